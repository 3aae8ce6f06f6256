"""Any table or JSON with a field of text: CSV and Parquet columns, JSON Lines with the names that `fields` knows.

Tried on invented files; `--map` names columns that it does not know.
"""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING, Any

from andon.detection.sources.fields import NAMES, TEXT_NAMES, find_field, mapped_fields, text_columns
from andon.detection.sources.source import JsonShape, Sample, Source, TableShape
from andon.detection.sources.values import read_time, text_id, text_of
from andon.domain.errors import RowError, SourceError
from andon.domain.posts import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

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


class _Fields:
    """The fields of one object, by the names that `find` knows."""

    def __init__(self, value: dict[str, Any], find: Callable[[str, Iterable[str]], str | None]) -> None:
        self._value, self._find, self._keys = value, find, tuple(_given(value))

    def __getitem__(self, field: str) -> Any:
        name = self._find(field, self._keys)
        return None if name is None else self._value[name]


def _author(value: Any) -> str:
    """A handle given as a string or number, or inside an object about the author."""
    if isinstance(value, dict):
        return next((item for name in NAMES["author"] if isinstance(item := value.get(name), str) and item), "")
    return text_id(value)


def _post(value: dict[str, Any], place: Place, name: str, find: Callable[[str, Iterable[str]], str | None] = find_field) -> Post:
    fields = _Fields(value, find)
    text = fields["text"]
    if text is None or text == "":
        raise RowError(reason="missing_text", place=name)
    if not isinstance(text, str):
        raise RowError(reason="text_type", place=name, detail=type(text).__name__)
    return Post(
        id=text_id(fields["id"]) or name,
        source="generic",
        text=text,
        url=text_of(fields["url"]),
        author=_author(fields["author"]),
        author_id=text_id(fields["author_id"]),
        author_name=text_of(fields["author_name"]),
        created_at=read_time(fields["created_at"]),
        lang=text_of(fields["lang"]),
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
    table=TableShape(find_field),
)


def mapped(columns: Mapping[str, str]) -> Source:
    """The generic source for files whose columns or keys a person has named: `columns` goes from a field of a post to the name in the file.

    Raises SourceError (reason "unknown_field", with the fields there are) for a field that posts do not have here.
    """
    for field in columns:
        if field not in NAMES:
            near = difflib.get_close_matches(field, NAMES, n=1, cutoff=0.0)
            raise SourceError(reason="unknown_field", name=field, nearest=near[0] if near else "", known=list(NAMES))
    find = mapped_fields(columns)

    def posts(value: Any, place: Place) -> Iterator[Found]:
        if not isinstance(value, dict):
            raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
        places = (value, *(value.get(key) for key in _WRAPPERS))
        holder = next((one for one in places if isinstance(one, dict) and find("text", _given(one)) is not None), None)
        items = None if holder else next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        if items is None:
            yield _post(holder or value, place, place.name, find)
        for number, item in enumerate(items or (), 1):
            name = f"{place.name}.{number}"
            try:
                yield _post(item if isinstance(item, dict) else {}, place, name, find)
            except RowError as error:
                yield error

    # Without a name for the text the scanner's names could be those of a column that was given to another field.
    shapes = (JsonShape(text=(columns["text"],)),) if "text" in columns else ()
    return dataclasses.replace(SOURCE, posts=posts, shapes=shapes, table=TableShape(find, needs=tuple(columns.values())))
