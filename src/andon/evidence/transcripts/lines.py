"""Rows of a book as the lines of a transcript: words for everything that the app recorded, a footnote for every record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.domain.times import JAPAN
from andon.evidence.books.model import BookRow, MergedRow
from andon.evidence.chats.model import Clock, Event, Kind
from andon.evidence.transcripts.inert import inert
from andon.evidence.transcripts.model import DayLine, GapLine, Line, Part
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from andon.evidence.chats.gaps.gap import Gap
    from andon.evidence.chats.model import Attachment, Message, Place, Reply
    from andon.evidence.transcripts.model import Block, Heading, Tally
    from andon.wording.say import Language

_NOTE_MOST = 120  # characters of an id or a written time


class Lines:
    """Makes the lines of one transcript, and counts them in `tally`."""

    def __init__(self, heading: Heading, language: Language, tally: Tally) -> None:
        self._heading, self._language, self._tally = heading, language, tally
        self._codes = {source.label: source for source in heading.sources}
        self._names = {who.key: who.name for who in heading.conversation.participants if who.name}
        self._names |= {who.key: who.name for who, _ in heading.people if who.name}
        self._day = ""

    def of(self, rows: Iterable[BookRow | MergedRow]) -> Iterator[Block]:
        """The lines with days and gaps between them."""
        for row in rows:
            yield from self._gaps(row.gaps_before)
            at = row.at if isinstance(row, MergedRow) else row.message.sent_at
            if at is not None and (day := self._date(at)) != self._day:
                self._day = day
                yield DayLine(day)
            self._tally.lines += 1
            yield self._line(row)
            yield from self._gaps(row.gaps_after)

    def _say(self, code: str, **data: object) -> str:
        return say(f"transcript.{code}", self._language, **data)

    def _gaps(self, gaps: Iterable[Gap | tuple[str, Gap]]) -> Iterator[GapLine]:
        for one in gaps:
            label, gap = one if isinstance(one, tuple) else ("", one)
            self._tally.gaps += 1
            facts = {name: inert(value) if isinstance(value, str) else value for name, value in gap.facts.items()}
            text = say(f"gap.{gap.code}", self._language, **facts)
            if quoted := facts.get("quoted"):
                text += self._say("gap.quoted", text=quoted)
            yield GapLine(str(gap.strength), say(f"gap.strength.{gap.strength}", self._language), f"{inert(label)}: {text}" if label else text)

    def _line(self, row: BookRow | MergedRow) -> Line:
        one = row.message
        parts = list(self._parts(one))
        if isinstance(row, BookRow):
            notes = [self._note(one, "")]
            if row.moved:
                parts.append(Part("mark", self._say("moved")))
        else:
            notes = [self._note(message, label) for label, message in row.sightings.items()]
            parts += self._differences(row)
        is_quiet = one.kind in {Kind.SERVICE, Kind.DELETED}
        return Line(self._tally.lines, self._when(one), self._speaker(one), tuple(parts), tuple(notes), is_quiet)

    def _parts(self, one: Message) -> Iterator[Part]:
        """What was said, and what the app recorded of it."""
        if one.forwarded_from:
            yield Part("quote", self._say("forwarded", name=inert(one.forwarded_from)))
        if one.reply_to is not None:
            yield Part("quote", self._reply(one.reply_to))
        if one.kind not in {Kind.TEXT, Kind.MEDIA}:
            yield Part("mark", f"［{self._kind(one)}］")
        if one.text:
            yield Part("text", inert(one.text))
        for file in one.attachments:
            yield Part("file", self._file(file))
        yield from self._marks(one)

    def _marks(self, one: Message) -> Iterator[Part]:
        if one.event is Event.TIMER:
            seconds = one.facts.get("seconds")
            known = isinstance(seconds, int) and not isinstance(seconds, bool)
            code = "timer_set" if known and seconds else "timer_off" if known else "timer_unstated"
            yield Part("mark", self._say(code, seconds=seconds))
        if one.is_deleted or one.kind is Kind.DELETED:
            yield Part("mark", self._say("deleted_kept" if one.text else "deleted"))
        if one.event is Event.UNSENT:
            yield Part("mark", self._say("unsent"))
        if one.expires_in:
            yield Part("mark", self._say("expires", seconds=one.expires_in))
        if one.edited_at is not None:
            yield Part("mark", self._say("edited_at", at=_clock(one.edited_at)))
        for old in one.versions:
            at = "" if old.at is None else self._say("version_at", at=_clock(old.at))
            yield Part("old", self._say("version", at=at, text=inert(old.text)))
        if one.reactions:
            given = (self._reaction(each.emoji, each.author, each.count) for each in one.reactions)
            yield Part("mark", self._say("reactions", given=self._say("and").join(given)))

    def _reaction(self, emoji: str, author: str | None, count: int) -> str:
        who = f"×{count}" if author is None else inert(self._names.get(author, author))
        return f"{inert(emoji)} {who}"

    def _reply(self, reply: Reply) -> str:
        who = inert(self._names.get(reply.author or "", reply.author or ""))
        if reply.quoted:
            return self._say("reply_quoted", who=who, text=inert(reply.quoted))
        named = inert(reply.id) if reply.id else "" if reply.at is None else _clock(reply.at)
        return self._say("reply", who=who, named=named)

    def _file(self, file: Attachment) -> str:
        name = inert(file.name or file.path or file.kind)
        facts = [one for one in (inert(file.media_type), "" if file.size is None else self._say("bytes", size=file.size)) if one]
        if file.path:
            sha256 = self._sha256(file.path)
            facts.append(self._say("file_here", path=inert(file.path), sha256=sha256) if sha256 else self._say("file_path", path=inert(file.path)))
        else:
            facts.append(self._say("file_missing", how=inert(file.missing)))
        return self._say("file", name=name, facts=self._say("and").join(facts))

    def _sha256(self, path: str) -> str:
        return next((source.files[path] for source in self._heading.sources if path in source.files), "")

    def _kind(self, one: Message) -> str:
        if one.kind is Kind.SERVICE and one.event is not None:
            return self._say(f"event.{one.event}")
        word = say(f"chat.kind.{one.kind}", self._language)
        return f"{word} {inert(one.raw_kind)}" if one.kind is Kind.UNKNOWN and one.raw_kind else word

    def _speaker(self, one: Message) -> str:
        name = one.author_name or self._names.get(one.author or "", "") or (one.author or "").removeprefix("name:")
        return inert(name) or ("" if one.kind is Kind.SERVICE else self._say("nobody"))

    def _differences(self, row: MergedRow) -> Iterator[Part]:
        """How the phones differ, in words, with what the others have instead."""
        for one in row.differences:
            data = {name: self._say("and").join(map(inert, value)) if isinstance(value, tuple) else value for name, value in one.facts.items()}
            yield Part("differs", say(f"merge.{one.code}", self._language, **data))
        if any(one.code == "text_differs" for one in row.differences):
            for label, message in row.sightings.items():
                if message is not row.best and message.text and message.text != row.best.text:
                    yield Part("old", self._say("text_on", phone=inert(label), text=inert(message.text)))

    def _date(self, at: datetime) -> str:
        local = at.astimezone(JAPAN)
        weekday = self._say("weekdays").split()[local.weekday()]
        return self._say("day", year=local.year, month=local.month, day=local.day, weekday=weekday)

    def _when(self, one: Message) -> str:
        if one.sent_at is None:
            return inert(one.written_time) or self._say("no_time")
        return _clock(one.sent_at) + ("" if one.clock is Clock.STATED else self._say(f"clock_mark.{one.clock}"))

    def _note(self, one: Message, label: str) -> str:
        """Exhibit, file, place, hash of the record, and how its time is known."""
        place = one.place
        self._tally.files.setdefault((label, place.file))
        source = self._codes.get(label) or next(iter(self._codes.values()), None)
        code = inert(source.code) if source else ""
        where = self._place(place)
        written = self._say("written_time", text=_short(one.written_time)) if one.written_time else ""
        clock = self._say(f"clock.{one.clock}", zone=inert(one.zone), written=written)
        named = f"{inert(label)} ({code})" if label and label != code else code
        return self._say("note", exhibit=named, file=inert(place.file), where=where, sha256=place.sha256, id=_short(one.id), clock=clock)

    def _place(self, place: Place) -> str:
        if place.table:
            return self._say("place_row", table=inert(place.table), row=place.offset)
        return self._say("place_bytes", offset=place.offset, length=place.length)


def _short(text: str) -> str:
    """What a footnote has room for."""
    return inert(text if len(text) <= _NOTE_MOST else f"{text[:_NOTE_MOST]}…")


def _clock(at: datetime) -> str:
    return at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S JST")
