"""Any table or JSON with a field of text: CSV and Parquet columns, JSON Lines with the names that `fields` knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.detection.sources.fields import NAMES, TEXT_NAMES, find_field, text_columns
from andon.detection.sources.source import JsonShape, Sample, Source
from andon.detection.sources.values import read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_WRAPPERS = ("post", "data")
_LISTS = ("data", "posts", "post")
_FITS, _PERHAPS = 0.3, 0.02  # weak on purpose: a source that knows its format goes before


def _sniff(sample: Sample) -> float:
    if text_columns(sample.header):
        return _FITS
    objects = [record for record in sample.records if isinstance(record, dict)]
    if any(_holder(record) is not None for record in objects):
        return _FITS
    return _PERHAPS if objects or not sample.records else 0.0


def _given(value: dict[str, Any]) -> list[str]:
    """Keys that hold something: a text that is null does not hide one under another name."""
    return [key for key, item in value.items() if item is not None]


def _exact(value: Any) -> bool:
    return isinstance(value, dict) and any(name in value and value[name] is not None for name in TEXT_NAMES)


def _loose(value: Any) -> bool:
    return isinstance(value, dict) and text_columns(_given(value))


def _holder(value: dict[str, Any]) -> dict[str, Any] | None:
    """The object that holds the text: the value itself, or the one object under "post" or "data" that does; None when none or both do.

    Names spelled exactly as known go before others at both levels, because the compiled scanner sees no others.
    """
    for fits in (_exact, _loose):
        if fits(value):
            return value
        inner = [value[key] for key in _WRAPPERS if fits(value.get(key))]
        if inner:
            return inner[0] if len(inner) == 1 else None
    return None


def _field(value: dict[str, Any], keys: list[str], field: str) -> Any:
    name = find_field(field, keys)
    return None if name is None else value[name]


def _author(value: Any) -> str:
    """A handle given as a string or number, or inside an object about the author."""
    if isinstance(value, dict):
        return next((item for name in NAMES["author"] if isinstance(item := value.get(name), str) and item), "")
    return text_id(value)


def _post(value: dict[str, Any], place: Place, name: str) -> Post:
    keys = _given(value)
    text = _field(value, keys, "text")
    if text is None or text == "":
        raise RowError(reason="missing_text", place=name)
    if not isinstance(text, str):
        raise RowError(reason="text_type", place=name, detail=type(text).__name__)
    return Post(
        id=text_id(_field(value, keys, "id")) or name,
        source="generic",
        text=text,
        url=text_of(_field(value, keys, "url")),
        author=_author(_field(value, keys, "author")),
        author_id=text_id(_field(value, keys, "author_id")),
        author_name=text_of(_field(value, keys, "author_name")),
        created_at=read_time(_field(value, keys, "created_at")),
        lang=text_of(_field(value, keys, "lang")),
        file=place.file,
        row=place.row,
    )


def _listed(items: list[Any], place: Place) -> Iterator[Found]:
    """Posts of a list inside one value; a bad one does not stop the others."""
    for number, item in enumerate(items, 1):
        name = f"{place.name}.{number}"
        try:
            if not isinstance(item, dict):
                raise RowError(reason="not_object", place=name)
            yield _post(_holder(item) or item, place, name)
        except RowError as error:
            yield error


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    holder = _holder(value)
    if holder is None:
        items = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        if items is not None:
            yield from _listed(items, place)
            return
    yield _post(holder or value, place, place.name)


SOURCE = Source(
    name="generic",
    en="Table or JSON Lines with a text field",
    ja="本文の列を持つ表・JSON Lines",
    sniff=_sniff,
    posts=_posts,
    shapes=tuple(JsonShape(text=(*outer, name)) for outer in ((), *((key,) for key in _WRAPPERS)) for name in TEXT_NAMES),
)
