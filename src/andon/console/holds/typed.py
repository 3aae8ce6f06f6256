"""What a person types as the target of a hold, and the target it means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from andon.console.holds import targets
from andon.console.holds.targets import TargetKind
from andon.detection.campaigns.ties import contact_key
from andon.domain.errors import Refused
from andon.language.contacts import find_contacts

if TYPE_CHECKING:
    from andon.console.holds.targets import Target

_NUMBER = re.compile(r"(?:.*[/#\s])?(\d{1,18})(?:/)?", re.DOTALL)
_KEY = re.compile(r"([a-z]{2,20}):(\S{1,200})", re.IGNORECASE)
_ACCOUNT = re.compile(r"([a-z0-9_.-]{1,40})\s*[:：]\s*(\S{1,300})", re.IGNORECASE)


def target_of(kind: str, typed: str) -> Target:
    """The target. A campaign or post by its number (or the end of its page's address), a contact as posts write it, an account as "source:name".

    Raises Refused for what means nothing of that kind.
    """
    text = typed.strip()
    if kind in (TargetKind.CAMPAIGN, TargetKind.POST) and (match := _NUMBER.fullmatch(text)):
        return targets.campaign(int(match[1])) if kind == TargetKind.CAMPAIGN else targets.post(int(match[1]))
    if kind == TargetKind.CONTACT and (key := _contact(text)):
        return targets.contact(key)
    if kind == TargetKind.ACCOUNT and (match := _ACCOUNT.fullmatch(text)):
        return targets.account(match[1], match[2])
    raise Refused(reason=f"hold_typed_{kind}" if kind in TargetKind.values else "hold_terms")


def _contact(text: str) -> str:
    if (match := _KEY.fullmatch(text)) and match[1].lower() not in ("http", "https"):
        return contact_key(match[1].lower(), match[2]) or ""
    found = find_contacts(text)
    return contact_key(found[0].type, found[0].value) or "" if len(found) == 1 else ""
