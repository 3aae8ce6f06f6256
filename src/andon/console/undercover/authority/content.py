"""What a plan says: its fields by name, cleaned as they come in, and as kept in a version."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from andon.console.intake.models import Campaign, Post
from andon.console.staff.models import Unit

if TYPE_CHECKING:
    from andon.console.undercover.authority.models import Plan

TEXTS = ("necessity", "alternatives", "proportionality", "collateral", "confidential", "abort_point")  # each a ground of its own
_LISTS = ("offences", "posts", "operators", "targets", "accounts")
_PEOPLE = ("coordinator_id", "custodian_id")
_TIMES = ("starts_at", "ends_at")
_OTHERS = ("staffing", "linked_reason", "documents_planned", "review_every_days")
# What an applicant may write, and nothing else: state, approver, prefecture and the like are no fields of a form.
WRITABLE = ("unit_id", *TEXTS, *_LISTS, *_PEOPLE, *_TIMES, *_OTHERS)
WIDENED = ("offences", "targets", "accounts", "operators")
OPERATOR = re.compile(r"K-\d{1,4}")


def content_of(plan: Plan) -> dict[str, Any]:
    """The content as JSON can keep it."""
    values = {name: getattr(plan, name) for name in WRITABLE}
    return values | {name: values[name].isoformat() if values[name] else None for name in _TIMES}


def sha256_of(content: dict[str, Any]) -> str:
    """Of the content, the same whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def put(plan: Plan, content: dict[str, Any]) -> list[str]:
    """Write what may be written into the plan (unsaved); returns the names of the fields. Raises KeyError for a field that is not for writing."""
    if unknown := set(content) - set(WRITABLE):
        raise KeyError(*sorted(unknown))
    for name, value in content.items():
        setattr(plan, name, _clean(name, value))
    plan.prefecture = Unit.objects.get(pk=plan.unit_id).prefecture
    return [*content, "prefecture"]


def _clean(name: str, value: Any) -> Any:  # noqa: ANN401 - values of many kinds
    if name == "posts":
        return sorted(set(map(int, value)))
    if name == "operators":
        return sorted({unicodedata.normalize("NFKC", one).strip().upper() for one in value if one.strip()})
    if name in _LISTS:
        return list(dict.fromkeys(one.strip() for one in value if one.strip()))
    return value.strip() if isinstance(value, str) else value


def recruitment_posts(plan: Plan) -> bool:
    """Whether there is a post as ground, and all are stored, and none is in a campaign that people said is not recruitment."""
    fine = Post.objects.filter(pk__in=plan.posts).exclude(campaign__state=Campaign.State.NOT).count()
    return fine == len(plan.posts) > 0


def widened(plan: Plan, adds: dict[str, Any]) -> bool:
    """Whether an amendment adds something the plan has not, and nothing but that. Raises ValueError for what no amendment can change."""
    if set(adds) - {*WIDENED, "documents"}:
        raise ValueError(sorted(adds))
    new = {name: [one for one in adds.get(name, []) if one not in getattr(plan, name)] for name in WIDENED}
    return any(new.values()) or int(adds.get("documents", 0)) > 0
