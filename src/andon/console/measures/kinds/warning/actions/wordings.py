"""Wordings: proposed by one person, reviewed by another, retired. Their words are never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common import files
from andon.console.measures.kinds.warning.models import Wording
from andon.console.measures.kinds.warning.texts import checked
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from andon.console.measures.kinds.warning.pictures import Clean

SHIPPED = Path(__file__).parent.parent / "wordings.json"
_State = Wording.State


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording as somebody proposes it."""

    title: str
    purpose: str
    language: str
    text: str
    picture: Clean | None = None
    alt: str = ""


@verb("warning.wording_proposed", Right.MEASURE_DRAFT)
def propose(actor: Actor, proposal: Proposal) -> Done[Wording]:
    """Add a wording that waits for another person's review. Raises Refused for one that breaks a rule."""
    _check(proposal.text, proposal.purpose)
    picture = proposal.picture
    if picture and not proposal.alt.strip():
        raise Refused(reason="warning_alt", name=proposal.title)
    wording = Wording.objects.create(
        title=proposal.title, purpose=proposal.purpose, language=proposal.language, text=proposal.text.replace("\r\n", "\n").strip(),
        made_by=actor.person, picture=files.keep(picture.content) if picture else "", picture_type=picture.media_type if picture else "",
        alt=proposal.alt if picture else "",
    )  # fmt: skip
    return Done(wording, f"wording:{wording.pk}", {"purpose": wording.purpose, "language": wording.language, "picture": wording.picture[:12]})


@verb("warning.wordings_loaded", Right.MEASURE_RULES)
def load_shipped(_actor: Actor) -> Done[int]:
    """Add the wordings that andon brings along and that are not here yet. They wait for a review like any other."""
    known = set(Wording.objects.exclude(shipped="").values_list("shipped", flat=True))
    new = [one for one in _shipped() if one["name"] not in known]
    for one in new:
        Wording.objects.create(title=one["title"], purpose=one["purpose"], language=one["language"], text=one["text"], shipped=one["name"])
    return Done(len(new), "wordings", {"added": len(new)})


@verb("warning.wording_reviewed", Right.MEASURE_RULES)
def review(actor: Actor, wording_id: int) -> Done[Wording]:
    """Let a wording be used. Raises Refused for one's own, and for one that breaks a rule by now."""
    wording = _locked(wording_id, _State.PROPOSED)
    if wording.made_by_id == actor.person.pk:
        raise Refused(reason="warning_own_wording", name=f"wording:{wording_id}")
    _check(wording.text, wording.purpose)
    wording.state, wording.reviewed_by, wording.reviewed_at = _State.REVIEWED, actor.person, timezone.now()
    wording.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    return Done(wording, f"wording:{wording_id}", {"made_by": wording.made_by_id})


@verb("warning.wording_retired", Right.MEASURE_RULES)
def retire(actor: Actor, wording_id: int) -> Done[Wording]:
    """Use a wording no more: what waits with it does not go."""
    wording = _locked(wording_id, _State.PROPOSED, _State.REVIEWED)
    wording.state, wording.retired_by, wording.retired_at = _State.RETIRED, actor.person, timezone.now()
    wording.save(update_fields=["state", "retired_by", "retired_at"])
    return Done(wording, f"wording:{wording_id}")


def shipped_names() -> list[str]:
    """The names of those that andon brings along."""
    return [one["name"] for one in _shipped()]


@lru_cache(maxsize=1)
def _shipped() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return found


def _locked(wording_id: int, *states: str) -> Wording:
    wording = Wording.objects.select_for_update(of=("self",)).filter(pk=wording_id).first()
    if wording is None or wording.state not in states:
        raise Conflict(reason="warning_wording_moved_on", name=f"wording:{wording_id}")
    return wording


def _check(text: str, purpose: str) -> None:
    broken = checked(text, purpose)
    if broken:
        raise Refused(reason="warning_rules", name=", ".join(dict.fromkeys(f"{one.rule} {one.code}" for one in broken)))
