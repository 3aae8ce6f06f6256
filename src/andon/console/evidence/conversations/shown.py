"""Rows of a book as the reader's module draws them: plain values, sentences in the reader's language, nothing that the person may not know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from andon.console.evidence.conversations import hooks
from andon.domain.times import JAPAN
from andon.evidence.books.spans import spans_of
from andon.evidence.chats.model import Clock, Kind
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from andon.console.evidence.conversations.hooks import Badge
    from andon.console.evidence.conversations.models import Conversation
    from andon.console.staff.models import Person
    from andon.evidence.books.model import BookRow
    from andon.evidence.books.read import Book
    from andon.evidence.chats.gaps.gap import Gap
    from andon.evidence.chats.model import Attachment, Message, Reaction, Reply
    from andon.wording.say import Language

PREVIEW = 120  # characters of what a message answers
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")
_MINUTE, _HOUR, _DAY, _WEEK = 60, 3600, 86400, 604800


@dataclass(slots=True)
class Shower:
    """Draws rows of one conversation for one person. `names`: key of a participant → name and place in the list of speakers."""

    conversation: Conversation
    book: Book
    language: Language
    names: Mapping[str, tuple[str, int, bool]]
    form: str = ""  # what was searched for, folded
    badges: Mapping[int, Sequence[Badge]] = field(default_factory=dict)

    def rows(self, found: Sequence[BookRow], before: BookRow | None) -> list[dict[str, Any]]:
        """A window of rows; `before` is the row above it."""
        drawn, last = [], _day(before.message) if before else None
        for row in found:
            value = self.row(row)
            if (day := value.get("d")) and day != last:
                value["nd"], last = 1, day
            drawn.append(value)
        return drawn

    def row(self, row: BookRow) -> dict[str, Any]:
        """One row; what is empty is left out."""
        value = message_value(row.message, self.language, self.names) | {"p": row.position}
        if row.gaps_before:
            value["g"] = [gap_value(gap, self.language) for gap in row.gaps_before]
        if row.gaps_after:
            value["ga"] = [gap_value(gap, self.language) for gap in row.gaps_after]
        if row.moved:
            value["mv"] = 1
        if row.message.reply_to is not None:
            value["r"] = self._reply(row.message.reply_to)
        if self.form and (spans := list(spans_of(row.message.text, self.form))):
            value["m"] = spans
        if badges := self.badges.get(row.position):
            value["b"] = [{"t": say(f"conversations.badge.{one.code}", self.language, **one.data), "u": one.url} for one in badges]
        return value

    def _reply(self, reply: Reply) -> dict[str, Any]:
        """What a message answers: where it is, and how it begins; `gone` when it is not in this conversation any longer."""
        who = reply.author or ""
        value: dict[str, Any] = {"x": clean(reply.quoted)[:PREVIEW], "n": self.names.get(who, (clean(who), -1, False))[0]}
        elsewhere = reply.conversation is not None and reply.conversation != self.conversation.key
        at = self.book.position_of(self.conversation.number, reply.id) if reply.id and not elsewhere else None
        if at is not None:
            answered = self.book.rows(self.conversation.number, at, 1)[0].message
            value |= {"p": at, "n": author_name(answered, self.names)}
            value["x"] = value["x"] or clean(answered.text)[:PREVIEW]
        elif elsewhere:
            value["o"] = 1
        elif reply.id:
            value["gone"] = 1
        if reply.at is not None:
            value["t"] = stamp(reply.at)
        return value


def asked_badges(conversation: Conversation, positions: Sequence[int], person: Person) -> dict[int, list[Badge]]:
    """What other apps say of these rows."""
    found: dict[int, list[Badge]] = {}
    for ask in hooks.ROW_BADGES:
        for position, badges in ask(conversation, positions, person).items():
            found.setdefault(position, []).extend(badges)
    return found


def message_value(one: Message, language: Language, names: Mapping[str, tuple[str, int, bool]]) -> dict[str, Any]:
    """A message without what hangs on its place in a conversation."""
    _, who, is_owner = names.get(one.author or "", ("", -1, False))
    value: dict[str, Any] = {"k": one.kind.value, "n": author_name(one, names), "a": who, "o": is_owner, "x": clean(one.text), **_when(one, language)}
    if one.kind is Kind.SERVICE or one.event is not None:
        value["s"] = service_sentence(one, language, names)
        value["e"] = one.event.value if one.event else ""
    if one.kind is Kind.UNKNOWN:
        value |= {"uk": clean(one.raw_kind) or "—", "pl": place_words(one)}
    if one.is_deleted or one.kind is Kind.DELETED:
        value["del"] = 1
    if one.edited_at is not None or one.versions:
        value["ed"] = {"at": stamp(one.edited_at), "v": [{"x": clean(old.text), "at": stamp(old.at)} for old in one.versions]}
    if one.expires_in:
        value["ex"] = duration(one.expires_in, language)
    if one.forwarded_from:
        value["fw"] = clean(one.forwarded_from)
    if one.reactions:
        value["re"] = [_reaction(each, names) for each in one.reactions]
    if one.attachments:
        value["at"] = [_attachment(each, language) for each in one.attachments]
    if facts := _told_facts(one, language):
        value["f"] = facts
    return value


def _when(one: Message, language: Language) -> dict[str, Any]:
    """The time as shown, and how it is known."""
    value: dict[str, Any] = {}
    if one.sent_at is not None:
        local = one.sent_at.astimezone(JAPAN)
        value |= {"d": f"{local:%Y-%m-%d}", "h": f"{local:%H:%M:%S}", "u": one.sent_at.isoformat()}
    if one.clock is not Clock.STATED:
        value["c"] = say(f"conversations.clock.{one.clock.value}", language, zone=clean(one.zone) or "—")
        value["w"] = clean(one.written_time)
    if one.clock is Clock.NAIVE:
        value["cn"] = 1
    return value


def author_name(one: Message, names: Mapping[str, tuple[str, int, bool]]) -> str:
    """Who wrote it, as the record says; else as the conversation knows them."""
    return clean(one.author_name) or names.get(one.author or "", ("", -1, False))[0] or clean(one.author or "")


def service_sentence(one: Message, language: Language, names: Mapping[str, tuple[str, int, bool]]) -> str:
    """What the app itself says."""
    facts = {name: value for name, value in one.facts.items() if isinstance(value, int | float | str | tuple)}
    seconds = facts.get("seconds")
    code = f"conversations.event.{one.event.value if one.event else 'other'}"
    if code == "conversations.event.timer":
        code += ".unstated" if not isinstance(seconds, int | float) else ".off" if not seconds else ""
    if code == "conversations.event.call" and isinstance(seconds, int | float):
        code += ".seconds"
    members = facts.get("members")
    listed = [members] if isinstance(members, str) else list(members) if isinstance(members, tuple) else []
    people = "、".join(names.get(str(each), (clean(str(each)), -1, False))[0] or clean(str(each)) for each in listed)
    if not people and f"{code}.bare" in SENTENCES:
        code += ".bare"
    time = duration(int(seconds), language) if isinstance(seconds, int | float) else ""
    return say(code, language, members=people or "—", title=clean(str(facts.get("title", ""))) or "—", kind=clean(one.raw_kind) or "—", time=time)


def gap_value(gap: Gap, language: Language) -> dict[str, Any]:
    """A gap: how surely it holds, and its sentence."""
    return {"k": gap.kind, "s": gap.strength.value, "t": say(f"gap.strength.{gap.strength.value}", language), "x": gap_sentence(gap, language)}


def gap_sentence(gap: Gap, language: Language) -> str:
    """What is said of a gap."""
    facts = {name: clean(value) if isinstance(value, str) else value for name, value in gap.facts.items()}
    return say(f"gap.{gap.code}", language, **facts)


def _reaction(one: Reaction, names: Mapping[str, tuple[str, int, bool]]) -> dict[str, Any]:
    by = names.get(one.author, (clean(one.author), -1, False))[0] if one.author else ""
    return {"e": clean(one.emoji), "c": one.count, "n": by}


def _attachment(one: Attachment, language: Language) -> dict[str, Any]:
    name = clean(one.name or one.path.rsplit("/", 1)[-1])
    value: dict[str, Any] = {"k": clean(one.kind), "n": name or clean(one.kind) or "—"}
    if one.size is not None:
        value["z"] = size_words(one.size)
    if not one.path:
        value["mi"] = clean(one.missing) or say("conversations.attachment.missing", language)
    elif one.path.lower().endswith(PICTURES):
        value["pic"] = 1
    return value


def _told_facts(one: Message, language: Language) -> list[str]:
    """Facts of a message that a reader should see without asking: of calls how long and how they went."""
    told = []
    if one.kind is Kind.CALL:
        seconds = one.facts.get("seconds")
        if isinstance(seconds, int | float) and not isinstance(seconds, bool):
            told.append(duration(int(seconds), language))
        told += [clean(str(one.facts[name])) for name in ("result", "direction", "media", "reason") if one.facts.get(name)]
    if one.kind is Kind.LOCATION:
        told += [f"{name} {one.facts[name]}" for name in ("latitude", "longitude") if one.facts.get(name) is not None]
    return told


def place_words(one: Message) -> str:
    """Where a record stands, in short."""
    place = one.place
    return clean(f"{place.file} {place.table} #{place.offset}" if place.table else f"{place.file} @{place.offset:,}+{place.length:,}")


def duration(seconds: int, language: Language) -> str:
    """A length of time in its largest whole unit."""
    for unit, size in (("weeks", _WEEK), ("days", _DAY), ("hours", _HOUR), ("minutes", _MINUTE)):
        if seconds >= size and seconds % size == 0:
            return say(f"conversations.duration.{unit}", language, count=seconds // size)
    if seconds > _MINUTE:
        return say("conversations.duration.both", language, minutes=seconds // _MINUTE, seconds=seconds % _MINUTE)
    return say("conversations.duration.seconds", language, count=seconds)


def size_words(size: int) -> str:
    """Bytes for people."""
    value = float(size)
    for unit in ("B", "KB", "MB"):
        if value < 1000:  # noqa: PLR2004 - units of a thousand
            return f"{value:.0f} {unit}" if unit == "B" or value >= 10 else f"{value:.1f} {unit}"  # noqa: PLR2004 - one digit behind the point for small ones
        value /= 1000
    return f"{value:.1f} GB"


def stamp(at: datetime | None) -> str:
    """A time in Japan, to the second; nothing for none."""
    return at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _day(one: Message) -> str | None:
    return f"{one.sent_at.astimezone(JAPAN):%Y-%m-%d}" if one.sent_at else None


def clean(text: str) -> str:
    """Without halves of characters, which no page can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def finding_sentence(code: str, language: Language, **facts: object) -> str:
    """What is said of a kind of finding; its places stay open where nothing fills them."""
    known = {name: clean(value) if isinstance(value, str) else value for name, value in facts.items()}
    pair = SENTENCES.get(f"finding.{code}")
    return code if pair is None else pair[language == "en"].format_map(_Open(known))


class _Open(dict[str, object]):
    """Places that nothing fills."""

    def __missing__(self, name: str) -> str:
        return "…"
