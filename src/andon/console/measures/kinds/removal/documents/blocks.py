"""A letter as a row of blocks, in Japanese or English: written once here, drawn by the PDF, the DOCX, the e-mail and the page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from andon.console.review.visible import plain
from andon.detection.signals.registry import by_name
from andon.domain.times import JAPAN
from andon.wording.say import say, say_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from andon.wording.say import Language

ADVERT = "perpetrator_recruitment"  # the category in which what a job advert must state is a ground
_LONGEST = 1_000  # characters of an address or a quote


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `style`: title, right, head, body or small."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One post: its number and address, and what is said of it."""

    number: int
    address: str
    rows: tuple[tuple[str, str], ...]


Block = Text | Points | Record


def blocks(packet: Mapping[str, Any], language: Language) -> list[Block]:
    """The whole letter."""
    return [*_head(packet, language), *_body(packet, language), *records(packet, language), *_foot(packet, language)]


def title(packet: Mapping[str, Any], language: Language) -> str:
    """What the letter is called, with its number."""
    return _say(f"title.{packet['kind']}", language, number=packet["number"])


def records(packet: Mapping[str, Any], language: Language) -> Iterator[Block]:
    """The posts."""
    yield Text(_say("posts", language, posts=len(packet["posts"])), "head")
    is_advert = packet["ground"]["category"] == ADVERT
    for post in packet["posts"]:
        yield Record(post["number"], plain(post["url"], _LONGEST) or _say("no_url", language), tuple(_rows(post, language, is_advert=is_advert)))


def _head(packet: Mapping[str, Any], language: Language) -> Iterator[Block]:
    sender, to = packet["from"], packet["to"]
    yield Text(_say("number", language, number=packet["number"], date=day(packet["date"], language)), "right")
    yield Text(_say("to", language, name=to["receiver"] or (to["name"] if language == "ja" else to["name_en"])))
    yield Text(_say("from", language, unit=sender["unit"], person=sender["person"]), "right")
    if sender["contact"] or sender["mail"]:
        yield Text(_say("contact", language, contact=" / ".join(one for one in (sender["contact"], sender["mail"]) if one)), "right")
    yield Text(_say(f"title.{packet['kind']}", language, number=packet["number"]), "title")


def _body(packet: Mapping[str, Any], language: Language) -> Iterator[Block]:
    ground, count = packet["ground"], len(packet["posts"])
    category = say(f"category.{ground['category']}", language)
    provider = packet["to"]["name"] if language == "ja" else packet["to"]["name_en"]
    yield Text(_say(f"ask.{packet['kind']}", language, category=category, posts=count, provider=provider))
    if packet["earlier"]:
        said = [_say("earlier", language, number=one["number"], date=day(one["sent_at"], language)) for one in packet["earlier"]]
        yield Points(tuple(said))
    yield Text(_say("ground", language), "head")
    yield Points(tuple(grounds(packet, language)))
    yield Text(_say("why", language), "head")
    yield Text(_say("why_text", language, kind=say(f"kind.{ground['kind']}", language) if ground["kind"] else _say("kind_unsaid", language)))
    signals = Counter(quote["signal"] for post in packet["posts"] for quote in post["quotes"])
    if signals:
        yield Points(tuple(_say("why_count", language, label=label(code, language), posts=n) for code, n in signals.most_common(8)))
    if packet["note"]:
        yield Text(_say("note", language), "head")
        yield Text(packet["note"])
    yield Text(_say("reply", language), "head")
    yield Text(_say("reply_text", language, date=day(packet["answer_by"], language), number=packet["number"]))
    yield Text(_say("no_force", language), "small")


def grounds(packet: Mapping[str, Any], language: Language) -> Iterator[str]:
    """What the request rests on: the hotline's category, the law, what is missing of a job advert, the provider's terms."""
    ground = packet["ground"]
    yield _say("ground.category", language, category=say(f"category.{ground['category']}", language))
    yield _say(f"ground.law.{ground['category']}", language)
    missing = Counter(item for post in packet["posts"] for item in post["missing"])
    if missing and ground["category"] == ADVERT:
        named = _say("and", language).join(_say("missing_item", language, item=say(f"item.{item}", language), posts=n) for item, n in missing.items())
        yield _say("ground.missing", language, items=named)
    if packet["to"]["terms"]:
        yield _say("ground.terms", language, terms=packet["to"]["terms"])


def _foot(packet: Mapping[str, Any], language: Language) -> Iterator[Block]:
    yield Text(_say("evidence_note", language), "small")
    yield Text(_say("signs_note", language), "small")
    yield Text(_say("system_note", language, number=packet["number"]), "small")


def _rows(post: Mapping[str, Any], language: Language, *, is_advert: bool) -> Iterator[tuple[str, str]]:
    account = " ".join(one for one in (post["source"], f"@{post['author']}" if post["author"] else "") if one)
    yield _say("row.account", language), plain(account, 300)
    times = [("row.posted", post["created_at"]), ("row.seen", post["observed_at"]), ("row.there", post["there_at"]), ("row.asked", post["asked_at"])]
    said = [f"{_say(code, language)} {minute(at, language)}" for code, at in [*times, ("row.back", post["back_at"])] if at]
    if said:
        yield _say("row.times", language), _say("and", language).join(said)
    if post["missing"] and is_advert:
        yield _say("row.missing", language), _say("and", language).join(say(f"item.{item}", language) for item in post["missing"])
    for quote in post["quotes"]:
        yield _say("row.quote", language), _say("quote", language, text=plain(quote["text"], _LONGEST), label=label(quote["signal"], language))
    yield _say("row.text_hash", language), post["sha256"]
    for one in post["evidence"]:
        code = "evidence_stamped" if one["stamped"] else "evidence"
        yield _say("row.evidence", language), _say(code, language, kind=_say(f"evidence.{one['kind']}", language), sha256=one["sha256"])


def label(signal: str, language: Language) -> str:
    """What a signal is called."""
    one = by_name().get(signal)
    return say_reason(signal, (one.ja, one.en) if one else None, language)


def day(moment: str, language: Language) -> str:
    """A day in Japan, as a letter writes it."""
    at = datetime.fromisoformat(moment)
    at = at.astimezone(JAPAN) if at.tzinfo else at
    return f"{at.year}年{at.month}月{at.day}日" if language == "ja" else f"{at.day} {at:%B %Y}"


def minute(moment: str, language: Language) -> str:
    """A time in Japan, to the minute."""
    at = datetime.fromisoformat(moment).astimezone(JAPAN)
    return f"{at:%Y-%m-%d %H:%M}" if language == "ja" else f"{at:%Y-%m-%d %H:%M} JST"


def _say(code: str, language: Language, **data: object) -> str:
    return say(f"removal.letter.{code}", language, **data)
