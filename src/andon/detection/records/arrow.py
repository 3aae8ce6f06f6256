"""Posts as Arrow tables, and columns of text as the buffers that the kernels read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.domain.posts import Post

_TIME = pa.timestamp("us", tz="UTC")
_LINK = pa.struct([("shown", pa.string()), ("expanded", pa.string())])
_MEDIA = pa.struct([("type", pa.string()), ("url", pa.string()), ("alt", pa.string())])
_EXTRA = pa.struct([("key", pa.string()), ("value", pa.string())])
_STRINGS = ("id", "source", "text", "url", "author", "author_id", "author_name")
_TIMES = ("created_at", "observed_at", "edited_at", "deleted_at")
_RELATIONS = ("lang", "reply_to", "quote_of", "repost_of")

_FIELDS: list[pa.Field[Any]] = [
    *(pa.field(name, pa.string(), nullable=False) for name in _STRINGS),
    *(pa.field(name, _TIME) for name in _TIMES),
    *(pa.field(name, pa.string(), nullable=False) for name in _RELATIONS),
    pa.field("links", pa.list_(_LINK), nullable=False),
    pa.field("media", pa.list_(_MEDIA), nullable=False),
    pa.field("file", pa.string(), nullable=False),
    pa.field("row", pa.int64(), nullable=False),
    pa.field("extra", pa.list_(_EXTRA), nullable=False),
]
SCHEMA = pa.schema(_FIELDS)


def _row(post: Post) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(post, name) for name in (*_STRINGS, *_TIMES, *_RELATIONS, "file", "row")}
    row["links"] = [{"shown": link.shown, "expanded": link.expanded} for link in post.links]
    row["media"] = [{"type": media.type, "url": media.url, "alt": media.alt} for media in post.media]
    row["extra"] = [{"key": key, "value": value} for key, value in post.extra.items()]
    return row


def to_record_batch(posts: Sequence[Post]) -> pa.RecordBatch:
    """The posts with all their fields under `SCHEMA`; times are microseconds in UTC, `extra` is a list of keys and values."""
    return pa.RecordBatch.from_pylist([_row(post) for post in posts], schema=SCHEMA)


def is_text(kind: pa.DataType) -> bool:
    """Whether `text_column` reads columns of this type."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def text_column(array: pa.Array[Any]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Bytes and offsets (int64, one more than rows) of a column of strings; text i is `data[offsets[i]:offsets[i + 1]]`, null is empty.

    The bytes of string and large_string columns without nulls are not copied, and the first offset need not be 0. Views and dictionaries are
    laid out first. Raises TypeError for a column of another type.
    """
    if not is_text(array.type):
        raise TypeError(f"a column of {array.type} holds no text")
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        array = array.cast(pa.large_string())
    if array.null_count:
        array = array.fill_null("")
    _, places, content = array.buffers()
    if places is None or len(array) == 0:
        return np.empty(0, np.uint8), np.zeros(len(array) + 1, np.int64)
    width = np.int32 if pa.types.is_string(array.type) else np.int64
    offsets = np.frombuffer(memoryview(places), width)[array.offset : array.offset + len(array) + 1].astype(np.int64, copy=False)
    return np.frombuffer(memoryview(content), np.uint8) if content is not None and content.size else np.empty(0, np.uint8), offsets
