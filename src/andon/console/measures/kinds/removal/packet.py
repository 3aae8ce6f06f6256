"""All that a letter says, as plain data: made from the database once, frozen with the approval, and the only thing that documents are made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from andon.console.captures.queries import evidence_of
from andon.console.intake.engine import in_use
from andon.console.measures.common.held import held_posts
from andon.console.measures.kinds.removal.models import Item, Letter
from andon.console.measures.visits.queries import standings
from andon.console.review.queries.covering import standing_of, survivor
from andon.detection.assess.assess import assess
from andon.detection.signals.registry import by_name
from andon.domain.kinds import HotlineCategory, Kind
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.captures.queries import Evidence
    from andon.console.intake.models import Post
    from andon.console.review.models import Decision
    from andon.console.staff.models import Person
    from andon.detection.scoring.engine import Engine

VERSION = 1
MOST_QUOTES = 4  # of one post
_LONGEST_QUOTE = 120
_OPEN = (Item.State.WAITING, Item.State.BACK)
_STILL_THERE = (Item.State.ASKED, Item.State.BACK)


def items_of(letter: Letter) -> list[Item]:
    """The posts that a letter is about: those it was approved with, or those that it would go out with now (held ones wait for another)."""
    if letter.items:
        return list(_rows(letter).filter(pk__in=letter.items))
    meant = meant_items(letter)
    held = held_posts(item.post_id for item in meant)
    return [item for item in meant if item.post_id not in held]


def meant_items(letter: Letter) -> list[Item]:
    """The posts that a letter in the making would be about if none were held."""
    return list(_rows(letter).filter(state__in=_OPEN if letter.kind in (Letter.Kind.FIRST, Letter.Kind.MORE) else _STILL_THERE))


def _rows(letter: Letter) -> QuerySet[Item]:
    return Item.objects.filter(request=letter.request_id).select_related("post").order_by("pk")


def build(letter: Letter, items: Sequence[Item], by: Person, now: datetime | None = None) -> dict[str, Any]:
    """The packet of a letter about these items, as it would be approved by a person now."""
    now = now or timezone.now()
    request = letter.request
    decision = standing_of(survivor(request.campaign_id))
    provider = request.provider
    return {
        "version": VERSION, "number": f"R{request.pk}-{letter.pk}", "kind": letter.kind, "date": _moment(now), "campaign": request.campaign_id,
        "from": {"unit": request.unit.name, "person": by.name, "contact": settings.CONTACT, "mail": settings.MAIL_FROM},
        "to": {
            "name": provider.name, "name_en": provider.name_en or provider.name, "country": provider.country, "channel": letter.channel,
            "address": letter.address, "terms": provider.terms, "receiver": letter.receiver,
        },
        "languages": _languages(provider.languages), "ground": _ground(decision, now), "note": letter.note,
        "answer_by": (now + timedelta(days=provider.answer_days)).astimezone(JAPAN).date().isoformat(),
        "earlier": [{"kind": one.kind, "number": f"R{request.pk}-{one.pk}", "sent_at": _moment(one.sent_at)} for one in _earlier(letter)],
        "posts": _posts(items),
    }  # fmt: skip


def sha256_of(packet: dict[str, Any]) -> str:
    """One name for a packet: SHA-256 of its JSON with sorted keys."""
    return hashlib.sha256(json.dumps(packet, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _languages(read: Iterable[str]) -> list[str]:
    """Japanese and English; first what the provider reads best."""
    known = [one for one in read if one in ("ja", "en")]
    return [*dict.fromkeys([*known, "ja", "en"])]


def _ground(decision: Decision | None, now: datetime) -> dict[str, Any]:
    kind = Kind(decision.kind) if decision is not None and decision.kind in set(Kind) else None
    category = kind.category if kind else HotlineCategory.PERPETRATOR_RECRUITMENT
    if category is HotlineCategory.UNDECIDED:
        category = HotlineCategory.PERPETRATOR_RECRUITMENT  # a person said that it is recruitment
    rank = category.class_on(now.astimezone(JAPAN).date())
    return {
        "kind": str(kind or ""), "category": str(category), "class": str(rank or ""), "decision": decision.pk if decision else None,
        "decided_at": _moment(decision.at) if decision else "",
    }  # fmt: skip


def _earlier(letter: Letter) -> list[Letter]:
    sent = Letter.objects.filter(request=letter.request_id, sent_at__isnull=False, state=Letter.State.SENT)
    return list(sent.exclude(pk=letter.pk).order_by("sent_at"))


def _posts(items: Sequence[Item]) -> list[dict[str, Any]]:
    ids = [item.post_id for item in items]
    evidence, seen, engine = evidence_of(ids), standings(ids), in_use().engine
    quoted: dict[str, list[dict[str, str]]] = {}
    found = []
    for number, item in enumerate(items, 1):
        post = item.post
        if post.sha256 not in quoted:
            quoted[post.sha256] = [{"text": one.text, "signal": one.signal} for one in quotes(post.text, engine)]
        look = seen.get(post.pk)
        found.append(
            {
                "item": item.pk, "post": post.pk, "number": number, **_facts(post), "quotes": quoted[post.sha256],
                "evidence": [_evidence(one) for one in evidence.get(post.pk, ())],
                "there_at": _moment(look.last_at) if look is not None and look.last_state in ("there", "changed") else "",
                "asked_at": _moment(item.asked_at), "back_at": _moment(item.back_at),
            }
        )  # fmt: skip
    return found


def _evidence(one: Evidence) -> dict[str, Any]:
    return {"kind": one.kind, "sha256": one.sha256, "at": _moment(one.at), "stamped": bool(one.stamped)}


def _facts(post: Post) -> dict[str, Any]:
    return {
        "url": post.url, "source": post.source, "source_id": post.source_id, "author": post.author, "created_at": _moment(post.created_at),
        "observed_at": _moment(post.observed_at), "sha256": post.sha256, "missing": list(post.missing),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a post's text, and the signal that rests on it."""

    text: str
    signal: str


def quotes(text: str, engine: Engine) -> list[Quote]:
    """The places that speak most for recruitment, in the order of the text; none overlaps another, none is the whole text by way of no place."""
    named = [one for one in assess(text, engine).reasons if one.weight > 0 and one.signal in by_name() and one.end > one.start]
    chosen: list[tuple[int, int, str]] = []
    for one in sorted(named, key=lambda one: (-one.weight, one.start)):
        is_whole = one.start == 0 and one.end >= len(text)
        if is_whole or any(one.start < end and start < one.end for start, end, _ in chosen):
            continue
        chosen.append((one.start, one.end, one.signal))
        if len(chosen) == MOST_QUOTES:
            break
    return [Quote(text[start:end][:_LONGEST_QUOTE], signal) for start, end, signal in sorted(chosen)]


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
