"""Who may do what: one table, roles across, rights down. A right is asked for by verbs (through the gate) and by pages; nothing else decides."""

from __future__ import annotations

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """What a person is at the desk; one person may have several roles. The names are said by `wording` (role.*)."""

    ANALYST = "analyst"
    SUPERVISOR = "supervisor"
    INVESTIGATOR = "investigator"
    APPROVER = "approver"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """One thing that a person may do."""

    QUEUE_READ = "queue.read"
    DECIDE = "queue.decide"
    WITHDRAW_OTHERS = "queue.withdraw_others"
    INTAKE_ADD = "intake.add"
    MODEL_READ = "model.read"
    LEARN = "learning.fit"
    PROMOTE = "learning.promote"
    AUDIT_READ = "audit.read"
    STAFF_READ = "staff.read"
    STAFF_CHANGE = "staff.change"
    OWN_SETTINGS = "staff.own_settings"
    TOKENS = "api.tokens"
    HOLD_PLACE = "holds.place"
    HOLD_LIFT = "holds.lift"
    CAPTURE = "captures.make"
    MEASURE_READ = "measures.read"
    MEASURE_DRAFT = "measures.draft"
    MEASURE_SEND = "measures.send"
    MEASURE_RULES = "measures.rules"
    CASE_PROPOSE = "cases.propose"
    CASE_READ = "cases.read"
    CASE_WORK = "cases.work"
    PLAN_APPLY = "undercover.apply"
    PLAN_APPROVE = "undercover.approve"
    CONTACT_LOG = "undercover.log"
    IDENTITY_KEEP = "undercover.keep"
    SEAL_OPEN = "undercover.open_seal"
    INSPECT = "undercover.inspect"
    EVIDENCE_KEEP = "evidence.keep"


class Scope(StrEnum):
    """What a key for another program may do; never more than the person who made it."""

    POSTS_WRITE = "posts:write"
    QUEUE_READ = "queue:read"
    CAMPAIGNS_READ = "campaigns:read"
    DECISIONS_READ = "decisions:read"


SCOPE_RIGHTS = {
    Scope.POSTS_WRITE: Right.INTAKE_ADD,
    Scope.QUEUE_READ: Right.QUEUE_READ,
    Scope.CAMPAIGNS_READ: Right.QUEUE_READ,
    Scope.DECISIONS_READ: Right.QUEUE_READ,
}

_EVERYONE = {Right.OWN_SETTINGS}
_READER = _EVERYONE | {Right.QUEUE_READ, Right.MODEL_READ}
_ACTING = {Right.MEASURE_READ, Right.MEASURE_DRAFT, Right.MEASURE_SEND, Right.CAPTURE, Right.HOLD_PLACE, Right.CASE_PROPOSE}
ROLE_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ANALYST: frozenset(_READER | _ACTING | {Right.DECIDE, Right.INTAKE_ADD, Right.TOKENS}),
    Role.SUPERVISOR: frozenset(
        _READER
        | _ACTING
        | {Right.DECIDE, Right.INTAKE_ADD, Right.WITHDRAW_OTHERS, Right.LEARN, Right.PROMOTE, Right.STAFF_READ, Right.TOKENS}
        | {Right.CASE_READ, Right.CASE_WORK, Right.CONTACT_LOG}  # as a coordinator; of the cases that they are members of only
        | {Right.HOLD_LIFT, Right.MEASURE_RULES}  # rules: providers, wordings of warnings, limits
    ),
    Role.INVESTIGATOR: frozenset(
        _READER
        | {Right.MEASURE_READ, Right.CAPTURE, Right.HOLD_PLACE, Right.HOLD_LIFT}
        | {Right.CASE_PROPOSE, Right.CASE_READ, Right.CASE_WORK, Right.PLAN_APPLY, Right.CONTACT_LOG, Right.EVIDENCE_KEEP}
    ),
    Role.APPROVER: frozenset(_READER | {Right.MEASURE_READ, Right.CASE_READ, Right.PLAN_APPROVE, Right.SEAL_OPEN}),
    Role.CUSTODIAN: frozenset(_EVERYONE | {Right.CASE_READ, Right.IDENTITY_KEEP, Right.EVIDENCE_KEEP}),
    # Who checks the trail neither decides nor changes people; who changes people reads no posts.
    Role.AUDITOR: frozenset(_EVERYONE | {Right.AUDIT_READ, Right.STAFF_READ, Right.MODEL_READ, Right.INSPECT}),
    Role.ADMINISTRATOR: frozenset(_EVERYONE | {Right.STAFF_READ, Right.STAFF_CHANGE}),
}


def rights_of(roles: list[str]) -> frozenset[Right]:
    """All rights that these roles give; a name that is no role gives none."""
    known = [Role(role) for role in roles if role in Role.values]
    return frozenset().union(*(ROLE_RIGHTS[role] for role in known))
