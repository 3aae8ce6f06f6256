"""One JSON value out of bytes that may be no valid JSON, and what can be saved of a damaged stretch of them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import orjson

from andon.evidence.chats.kernels import as_array, depth_of, value_end

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DEPTH = 64  # of brackets in one record; the deepest real ones (bot buttons, blocks of Slack) stay below 20
_MANY = 64
# Telegram Desktop writes control characters as \x0B, which is no JSON (its output writer, `export_output_json.cpp`); \\ must be passed over first.
_ESCAPE = re.compile(rb"\\(?:\\|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENER = re.compile(rb'\{\s*"(?:[^"\\]|\\.)*"\s*:', re.DOTALL)
_JUNK = b" \t\r\n,]}"
_SEPARATORS = b" \t\r\n,"


class NoValue(ValueError):  # noqa: N818 - it says what there is
    """These bytes are no JSON value: `reason` "json_broken" or "json_too_deep"."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def parsed(raw: bytes) -> tuple[Any, bool]:
    """The value of `raw`, and whether something had to be replaced (broken characters). Raises NoValue."""
    if raw.count(b"{") + raw.count(b"[") > _MANY and depth_of(as_array(raw)) > MOST_DEPTH:
        raise NoValue("json_too_deep")
    try:
        return orjson.loads(raw), False
    except orjson.JSONDecodeError:
        return _mended(raw)


def _mended(raw: bytes) -> tuple[Any, bool]:
    """The same for exports with escapes of their own, control characters, broken UTF-8 or lone surrogates."""
    escaped = _ESCAPE.sub(lambda found: found[0] if found[1] is None else b"\\u00" + found[1], raw)
    try:
        return orjson.loads(escaped), False
    except orjson.JSONDecodeError:
        pass
    text = escaped.decode("utf-8", "replace")
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NoValue("json_broken", str(error)) from error
    return _without_surrogates(value), True


def _without_surrogates(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Halves of characters, which no text may hold, as U+FFFD. The depth of `value` is bounded by then."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_SURROGATE.sub("\ufffd", key): _without_surrogates(one) for key, one in value.items()}
    return [_without_surrogates(one) for one in value] if isinstance(value, list) else value


def salvaged(raw: bytes, good: bytes) -> Iterator[tuple[int, bytes, Any]]:
    """What stands in a damaged stretch, cut where records begin as the good one did: (offset in `raw`, bytes, the value or None).

    A piece counts as a record only when it has at least half of the good one's keys, so that objects inside records are not taken for records. Where
    none was met before, `good` is the stretch itself: records begin as it begins, and the first that can be read is the measure of the others.
    All bytes but white space, commas and closing brackets come out in one of the pieces.
    """
    opener = _OPENER.match(good)
    starts = [found.start() for found in re.finditer(re.escape(opener[0]), raw)] if opener else []
    starts = starts if starts[:1] == [0] else [0, *starts]
    keys = _keys(good) if opener else set()
    lost = -1  # where bytes that are no record begin
    for start, stop in zip(starts, [*starts[1:], len(raw)], strict=True):
        for at, piece, value in _piece(start, raw[start:stop], keys):
            if value is None:
                lost = at if lost < 0 else lost
                continue
            if lost >= 0 and (before := raw[lost:at].rstrip(_SEPARATORS)):
                yield lost, before, None
            lost = -1
            keys = keys or set(value)
            yield at, piece, value
    if lost >= 0 and (before := raw[lost:].rstrip(_SEPARATORS)):
        yield lost, before, None


def _keys(good: bytes) -> set[str]:
    try:
        value = parsed(good)[0]
    except NoValue:
        return set()
    return set(value) if isinstance(value, dict) else set()


def _piece(start: int, piece: bytes, keys: set[str]) -> Iterator[tuple[int, bytes, Any]]:
    """What one piece holds: a record and what follows it, or (with None) nothing that can be read."""
    end = value_end(as_array(piece), 0) if piece else -1
    try:
        value = parsed(piece[:end])[0] if end > 0 else None
    except NoValue:
        value = None
    if not isinstance(value, dict) or len(keys & set(value)) * 2 < len(keys):
        if piece.strip(_SEPARATORS):
            yield start, piece, None
        return
    yield start, piece[:end], value
    if rest := piece[end:].strip(_JUNK):
        yield start + piece.index(rest, end), rest, None
