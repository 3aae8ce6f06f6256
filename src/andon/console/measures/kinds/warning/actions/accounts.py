"""Accounts that warn: added with their key, looked at, switched to live and off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.kinds.warning import sending
from andon.console.measures.kinds.warning.models import Account
from andon.console.measures.kinds.warning.queries.accounts import badge_problem
from andon.console.measures.kinds.warning.services import SERVICES
from andon.console.people import secret_box
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from andon.console.measures.kinds.warning.services.service import Identity


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account as somebody adds or changes it. An empty token leaves the one that is there."""

    service: str
    handle: str
    name: str
    server: str = ""
    verify_url: str = ""
    token: str = field(default="", repr=False)


@verb("warning.account_added", Right.MEASURE_RULES, grave=True)
def add(actor: Actor, new: NewAccount) -> Done[Account]:
    """Add an account of the actor's unit. It is not live. Raises Conflict for one that is there."""
    server = new.server or (SERVICES[new.service].usual_server if new.service in SERVICES else "")
    try:
        with transaction.atomic():
            account = Account.objects.create(
                service=new.service, server=server.rstrip("/"), handle=new.handle.lstrip("@"), name=new.name, unit=actor.person.unit,
                verify_url=new.verify_url, token=secret_box.lock(new.token) if new.token else "", made_by=actor.person,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(reason="warning_account_known", name=new.handle) from error
    return Done(account, f"account:{account.pk}", {"service": account.service, "server": account.server, "has_key": bool(account.token)})


@verb("warning.account_changed", Right.MEASURE_RULES, grave=True)
def change(actor: Actor, account_id: int, *, name: str, verify_url: str, token: str = "") -> Done[Account]:
    """Change the name, the page that names the account, or its key. With a new key it is not live until somebody switches it."""
    account = _own(actor, account_id)
    before = {"name": account.name, "verify_url": account.verify_url}
    account.name, account.verify_url = name, verify_url
    if token:
        account.token, account.is_live, account.asked_at = secret_box.lock(token), False, None
    if account.verify_url != before["verify_url"]:  # what was looked at is no longer what people are sent to
        account.badge, account.badge_at, account.is_live = Account.Badge.NONE, None, False
    account.save()
    changed = [key for key, was in before.items() if was != getattr(account, key)]
    return Done(account, f"account:{account_id}", {"changed": changed, "new_key": bool(token), "live": account.is_live})


@verb("warning.account_asked", Right.MEASURE_RULES)
def keep_identity(actor: Actor, account_id: int, identity: Identity) -> Done[Account]:
    """Keep what the service says who the key belongs to. Raises Refused when it is another account than the one that was named."""
    account = _own(actor, account_id)
    if identity.handle.lower().partition("@")[0] != account.handle.lower().partition("@")[0]:
        raise Refused(reason="warning_other_account", name=identity.handle)
    account.remote_id, account.remote_badge, account.asked_at = identity.remote_id[:200], identity.badge[:300], timezone.now()
    account.save(update_fields=["remote_id", "remote_badge", "asked_at"])
    return Done(account, f"account:{account_id}", {"remote_id": account.remote_id, "badge": account.remote_badge})


@verb("warning.badge_checked", Right.MEASURE_RULES)
def check_badge(actor: Actor, account_id: int, badge: str, note: str = "") -> Done[Account]:
    """Say how people can tell that the account is ours (W9): a mark of the service, a page of ours that names it, both, or not at all."""
    account = _own(actor, account_id)
    if badge in (Account.Badge.LISTED, Account.Badge.BOTH) and not account.verify_url:
        raise Refused(reason="warning_no_page", name=account.handle)
    account.badge, account.badge_note, account.badge_by, account.badge_at = Account.Badge(badge), note.strip()[:300], actor.person, timezone.now()
    if badge == Account.Badge.NONE:
        account.is_live = False
    account.save(update_fields=["badge", "badge_note", "badge_by", "badge_at", "is_live"])
    return Done(account, f"account:{account_id}", {"badge": badge, "live": account.is_live})


@verb("warning.account_switched", Right.MEASURE_RULES, grave=True)
def switch(actor: Actor, account_id: int, *, is_live: bool) -> Done[Account]:
    """Let an account post for real, or stop it. Raises Refused for one without a key, that nobody asked the service about, or without a badge."""
    account = _own(actor, account_id)
    if is_live:
        problem = "" if account.token else "warning_no_key"
        problem = problem or ("" if account.asked_at else "warning_not_asked") or badge_problem(account)
        if problem:
            raise Refused(reason=problem, name=account.handle)
    account.is_live, account.switched_by, account.switched_at = is_live, actor.person, timezone.now()
    account.save(update_fields=["is_live", "switched_by", "switched_at"])
    return Done(account, f"account:{account_id}", {"live": is_live, "service": account.service})


def identity_of(account: Account) -> Identity:
    """Ask the service who the key belongs to. Reaches the network: called before a verb, never in one."""
    if account.service not in SERVICES or not account.token:
        raise Refused(reason="warning_no_key", name=account.handle)
    return SERVICES[account.service].who(sending.login_of(account))


def _own(actor: Actor, account_id: int) -> Account:
    account = Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
    if account is None or account.unit_id != actor.person.unit_id:
        raise Refused(reason="warning_other_unit", name=f"account:{account_id}")
    return account
