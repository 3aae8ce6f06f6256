"""What was read, out to a file: JSON Lines (everything), Parquet (messages; everything else as JSON Lines beside it) or HTML (a page to read).

Items are written as they come, so the memory does not grow with the export. A file is written under another name first and takes its own at the end.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Self

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from andon.domain.errors import OutputError
from andon.domain.times import JAPAN
from andon.evidence.chats.model import Conversation, Finding, Message
from andon.evidence.chats.plain import plain, plain_message
from andon.wording.say import say

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from andon.evidence.chats.model import Counts, Item
    from andon.wording.say import Language

ENDINGS = (".jsonl", ".parquet", ".html")
_BATCH = 10_000  # messages in one row group
_TEXTS = (
    "conversation",
    "id",
    "kind",
    "event",
    "sent_at",
    "clock",
    "zone",
    "written_time",
    "author",
    "author_name",
    "text",
    "forwarded_from",
    "edited_at",
    "raw_kind",
)
_NESTED = ("reply_to", "versions", "reactions", "attachments", "facts")  # as JSON text: their shape differs from app to app
_FIELDS: list[pa.Field[Any]] = [
    *(pa.field(name, pa.string()) for name in _TEXTS), *(pa.field(name, pa.string()) for name in _NESTED),
    pa.field("seq", pa.int64()), pa.field("number", pa.int64()), pa.field("expires_in", pa.int64()), pa.field("is_deleted", pa.bool_()),
    pa.field("file", pa.string()), pa.field("offset", pa.int64()), pa.field("length", pa.int64()), pa.field("sha256", pa.string()),
    pa.field("table", pa.string()),
]  # fmt: skip
_SCHEMA = pa.schema(_FIELDS)
_STYLE = (
    "body{font-family:sans-serif;max-width:70rem;margin:auto}td{vertical-align:top;padding:.2rem .5rem;border-top:1px solid #ccc}"
    ".t{white-space:pre-wrap}.s{color:#555}.p{font-size:.7rem;color:#555;word-break:break-all}"
)


class ChatFile:
    """Writes items to `path`. As a context manager it completes the file, or removes what was begun when something failed."""

    def __init__(self, path: Path, language: Language) -> None:
        """Raises OutputError (reason "unknown_ending") for an ending that is none of `ENDINGS`."""
        if path.suffix not in ENDINGS:
            raise OutputError(reason="unknown_ending", path=str(path), known=ENDINGS)
        self.path, self._language = path, language
        self._part = path.with_name(f"{path.name}.andon-part")
        self._beside = path.with_suffix(".context.jsonl")
        self._rows: list[dict[str, Any]] = []
        self._names: dict[str, str] = {}
        self._parquet = pq.ParquetWriter(self._part, _SCHEMA, compression="zstd") if path.suffix == ".parquet" else None
        self._file = (self._beside if self._parquet else self._part).open("wb")
        if path.suffix == ".html":
            title = html.escape(say("chat.page_title", language))
            policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            head = f'<meta charset="utf-8">{policy}<title>{title}</title><style>{_STYLE}</style>'
            self._file.write(f'<!DOCTYPE html><html lang="{language}">{head}<h1>{title}</h1><table>'.encode())

    def write(self, item: Item | Counts) -> None:
        """One item."""
        if self.path.suffix == ".html":
            self._file.write(self._line(item).encode("utf-8", "replace"))
        elif self._parquet is not None and isinstance(item, Message):
            self._rows.append(_row(item))
            if len(self._rows) >= _BATCH:
                self._flush()
        else:
            self._file.write(orjson.dumps(plain(item), option=orjson.OPT_APPEND_NEWLINE))

    def _flush(self) -> None:
        if self._parquet is not None and self._rows:
            self._parquet.write_table(pa.Table.from_pylist(self._rows, _SCHEMA))
            self._rows = []

    def _line(self, item: Item | Counts) -> str:
        """An item as a row of the page. All text is escaped: nothing of the evidence becomes markup."""
        if isinstance(item, Conversation):
            self._names.update({who.key: who.name for who in item.participants if who.name})
            title = item.title or item.key
            return f'<tr><th colspan="4">{html.escape(title)} <span class="p">{html.escape(item.key)}</span></th></tr>\n'
        if isinstance(item, Finding):
            text = html.escape(say(f"finding.{item.code}", self._language, **_places(item)))
            return f'<tr class="s"><td colspan="3">⚠ {text}</td><td class="p">{_place(item)}</td></tr>\n'
        return self._message(item) if isinstance(item, Message) else ""

    def _message(self, item: Message) -> str:
        when = item.sent_at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S") if item.sent_at else item.written_time or "—"
        mark = "" if item.clock == "stated" or item.sent_at is None else f" ({html.escape(item.zone)}?)"
        who = item.author_name or self._names.get(item.author or "", "") or item.author or ""
        kind = "" if item.kind == "text" else f"[{html.escape(say(f'chat.kind.{item.kind}', self._language))}] "
        files = "".join(f"\n📎 {one.name or one.path or one.missing or one.kind}" for one in item.attachments)
        css = "t s" if item.kind in {"service", "deleted"} else "t"
        said = f'<td class="{css}">{kind}{html.escape(item.text + files)}</td>'
        return f'<tr><td>{html.escape(when)}{mark}</td><td>{html.escape(who)}</td>{said}<td class="p">{_place(item)}</td></tr>\n'

    def __enter__(self) -> Self:
        """The file."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Complete the file, or remove what was begun."""
        if kind is None:
            self._flush()
            if self.path.suffix == ".html":
                self._file.write(b"</table></html>\n")
        self._file.close()
        if self._parquet is not None:
            self._parquet.close()
        if kind is None:
            self._part.replace(self.path)
            return
        self._part.unlink(missing_ok=True)
        if self._parquet is not None:
            self._beside.unlink(missing_ok=True)


def _places(item: Finding) -> dict[str, object]:
    return {"file": item.place.file, "offset": item.place.offset, "length": item.place.length, **item.facts}


def _place(item: Message | Finding) -> str:
    place = item.place
    where = f"{place.table} #{place.offset}" if place.table else f"{place.offset}+{place.length}"
    return html.escape(f"{place.file} {where} {place.sha256[:16]}…")


def _row(item: Message) -> dict[str, Any]:
    """A message as a row of the table."""
    given = plain_message(item)
    place = given.pop("place")
    return {**given, **{name: orjson.dumps(given[name]).decode() for name in _NESTED}, **place}
