"""The records of a JSON export, parsed one by one; what cannot be parsed becomes findings, and nothing is lost without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.json_values import NoValue, parsed, salvaged
from andon.evidence.chats.json_walk import Passed, Step, Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.json_walk import Path
    from andon.evidence.chats.model import Finding
    from andon.evidence.chats.reading import Part

_CODES = {Step.LARGE: "json_too_large", Step.BROKEN: "json_broken", Step.CUT: "truncated"}


_RECORD, _ENTER, _LEAVE = Step.RECORD, Step.ENTER, Step.LEAVE  # looked up once: an enumeration's own look-up is slow
Found = Passed  # a step of the walk with its parsed value (None for ENTER and LEAVE)


def json_records(part: Part, records: frozenset[Path], *, start: int = 0) -> Iterator[Found | Finding]:
    """All steps over the file. Every RECORD found or rejected is counted in the part's tally. `start`: bytes before the JSON (X archives)."""
    good = b""
    with part.file.open() as stream:
        if start:
            stream.read(start)
        for step in Walk(stream, records, offset=start):
            kind = step.step
            if kind is _ENTER or kind is _LEAVE:
                yield step
            elif kind is not _RECORD and kind in _CODES:
                yield from _odd(part, step, records, good)
            else:
                try:
                    step.value, mended = parsed(step.raw)
                except NoValue as error:
                    yield from _bad(part, step, error, good)
                    continue
                if kind is _RECORD:
                    part.tally.records += 1
                    good = step.raw
                yield step
                if mended:
                    yield part.finding("text_mended", step.offset, step.raw)


def _odd(part: Part, step: Passed, records: frozenset[Path], good: bytes) -> Iterator[Found | Finding]:
    """What stands where the file is cut, too large, or no JSON."""
    is_record = step.path in records and bool(step.raw.strip())
    if is_record and step.step is Step.CUT:
        yield part.finding("truncated", step.offset)
        yield from _saved(part, step, good or step.raw, "truncated")
        return
    part.tally.records += is_record
    yield part.finding(_CODES[step.step], step.offset, step.raw, rejects=is_record)


def _bad(part: Part, step: Passed, error: NoValue, good: bytes) -> Iterator[Found | Finding]:
    """A value that is no JSON: a record is cut again where others begin inside it."""
    if step.step is Step.RECORD and error.reason == "json_broken":
        yield from _saved(part, step, good or step.raw, error.reason)
        return
    is_record = step.step is Step.RECORD
    part.tally.records += is_record
    yield part.finding(error.reason, step.offset, step.raw, rejects=is_record, detail=error.detail)


def _saved(part: Part, step: Passed, good: bytes, code: str) -> Iterator[Found | Finding]:
    for at, raw, value in salvaged(step.raw, good):
        part.tally.records += 1
        if value is None:
            yield part.finding(code, step.offset + at, raw, rejects=True)
        else:
            yield Found(_RECORD, step.path, step.offset + at, raw, value)
