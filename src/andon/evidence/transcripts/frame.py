"""What stands around the lines of a transcript, the same in every form: title, facts, legend, people, the end, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.domain.times import JAPAN
from andon.evidence.chats.talk_words import app_name, kind_code
from andon.evidence.custody.tool import tool
from andon.evidence.transcripts.inert import inert
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.evidence.transcripts.model import Heading, Source, Tally
    from andon.wording.say import Language

LEGEND = ("order", "time", "clock", "gap", "absence", "text", "sign", "note", "name")


def title_of(heading: Heading, language: Language) -> str:
    """The title of the document."""
    return say("transcript.title", language, title=_named(heading, language))


def _named(heading: Heading, language: Language) -> str:
    return inert(heading.conversation.title) or say("chat.untitled", language)


def facts_of(heading: Heading, language: Language) -> Iterator[tuple[str, str]]:
    """Pairs of a name and what is so called."""

    def told(code: str, value: str) -> Iterator[tuple[str, str]]:
        if value:
            yield say(f"transcript.head.{code}", language), value

    one = heading.conversation
    yield from told("case", inert(heading.case))
    for source in heading.sources:
        yield from told("exhibit", _exhibit(source, language))
    yield from told("conversation", " · ".join(filter(None, (_named(heading, language), inert(app_name(one.app)), _kind(one.kind, language)))))
    yield from told("key", inert(one.key))
    yield from told("range", _range(heading, language))
    yield from told("zone", say("transcript.head.zones" if heading.zone else "transcript.head.jst", language, zone=inert(heading.zone)))
    yield from told("made", say("transcript.head.made_by", language, name=inert(heading.made_by), at=clock(heading.made_at)))
    yield from told("tool", " ".join((tool()["name"], tool()["version"])))
    yield from told("parameters", "; ".join(f"{inert(name)}={inert(str(value))}" for name, value in heading.parameters.items()))
    yield from told("note", inert(heading.note))


def _kind(kind: str, language: Language) -> str:
    code = kind_code(kind)
    return say(f"chat.talk.{code}", language) if code else inert(kind)


def _exhibit(source: Source, language: Language) -> str:
    named = inert(source.label)
    for part in (inert(source.code), inert(source.title), inert(source.number), inert(source.device)):
        if part and part not in named:  # a label often holds the code and the title already
            named = f"{named} · {part}" if named else part
    return say("transcript.head.exhibit_hash", language, named=named, sha256=source.sha256) if source.sha256 else named


def _range(heading: Heading, language: Language) -> str:
    if heading.first:
        text = say("transcript.head.rows", language, first=heading.first, last=heading.last, total=heading.total)
    else:
        text = say("transcript.head.no_rows", language, total=heading.total)
    if heading.since is None and heading.until is None:
        return text
    since, until = (clock(at) if at else "…" for at in (heading.since, heading.until))
    return text + say("transcript.head.asked", language, since=since, until=until)


def people_of(heading: Heading, language: Language) -> Iterator[str]:
    """Who takes part: name, number or handle, and how many lines of the whole conversation."""
    for who, count in heading.people:
        handles = ", ".join(f"{inert(kind)}: {inert(value)}" for kind, value in who.handles)
        owner = say("transcript.owner", language) if who.is_owner else ""
        name = inert(who.name) or "—"
        yield say("transcript.person", language, name=name, key=inert(who.key), handles=f" ({handles})" if handles else "", owner=owner, count=count)


def legend_of(language: Language) -> Iterator[str]:
    """What the marks mean, and what the transcript does not say."""
    return (say(f"transcript.legend.{one}", language) for one in LEGEND)


def end_of(tally: Tally, language: Language) -> str:
    """The last line: nothing follows."""
    return say("transcript.end", language, lines=tally.lines, gaps=tally.gaps)


def sources_of(heading: Heading, tally: Tally, language: Language) -> Iterator[str]:
    """Every file that a footnote names, with the hash of its bytes."""
    by_label = {source.label: source for source in heading.sources}
    first = next(iter(heading.sources), None)
    for label, file in tally.files:
        source = by_label.get(label) or first
        outer = file.partition("!/")[0]
        sha256 = "" if source is None else source.files.get(file) or source.files.get(outer, "")
        code = "" if source is None else inert(source.code)
        known = sha256 or say("transcript.no_hash", language)
        yield say("transcript.source", language, exhibit=code, file=inert(file), sha256=known)


def clock(at: datetime) -> str:
    """A time as transcripts write it."""
    return at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S JST")
