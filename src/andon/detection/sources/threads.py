"""Threads API: pages of `keyword_search`, of a user's threads or replies, and one post per line.

The text is what people see: text, long text attachment, choices of a poll, each from a new line.
From the published format; no real capture was at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.detection.sources.pages import Items
from andon.detection.sources.source import JsonShape, Sample, Source
from andon.detection.sources.values import dict_of, dicts_of, read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_MARKS = (
    *("is_quote_post", "has_replies", "is_reply", "topic_tag", "reply_audience", "hide_status", "text_entities", "text_attachment"),
    *("poll_attachment", "root_post", "replied_to", "quoted_post", "reposted_post", "is_spoiler_media", "link_attachment_url"),
)
_HOSTS = ("https://www.threads.net/", "https://www.threads.com/", "https://threads.net/", "https://threads.com/")
_CHOICES = ("option_a", "option_b", "option_c", "option_d")
_TEXTS = ("TEXT_POST", "TEXT", "REPOST_FACADE")
_VISIBLE = ("", "NOT_HUSHED", "UNHUSHED")
_LEAST_MARKS = 2


def _is_post(value: Any) -> bool:
    if not isinstance(value, dict) or "id" not in value:
        return False
    ours = value.get("media_product_type") == "THREADS" or text_of(value.get("permalink")).startswith(_HOSTS)
    return ours or (("media_type" in value or "text" in value) and sum(mark in value for mark in _MARKS) >= _LEAST_MARKS)


def _fits(value: Any) -> bool:
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        return bool(value["data"]) and _is_post(value["data"][0])
    return _is_post(value)


def _sniff(sample: Sample) -> float:
    if not sample.records:  # one page can be longer than the sample
        return 0.95 if b'"data"' in sample.head and b'"THREADS"' in sample.head else 0.0
    return 0.95 * sum(map(_fits, sample.records)) / len(sample.records)


def _words(item: dict[str, Any]) -> str | None:
    """The text, or None when there is none and nothing says that there need not be."""
    shown = dict_of(item.get("reposted_post")) if item.get("reposted_post") and not item.get("text") else item
    text = shown.get("text")
    if text is None and ("media_type" in item or "reposted_post" in item):
        text = ""  # the API leaves out the text of a picture that has none
    if not isinstance(text, str):
        return None
    attached = dict_of(shown.get("text_attachment")).get("plaintext") if shown.get("text_attachment") else ""
    poll = dict_of(shown.get("poll_attachment"))
    choices = [text_of(poll.get(choice)) for choice in _CHOICES] if poll else []
    return "\n".join(filter(None, (text, text_of(attached), *choices))) if attached or poll else text


def _links(item: dict[str, Any]) -> tuple[Link, ...]:
    addresses = (item.get("link_attachment_url"), dict_of(item.get("text_attachment")).get("link_attachment_url"))
    return tuple(Link("", address) for address in addresses if isinstance(address, str) and address)


def _medium(item: dict[str, Any]) -> tuple[Media, ...]:
    kind, address = text_of(item.get("media_type")), text_of(item.get("media_url")) or text_of(item.get("thumbnail_url"))
    plain = kind in _TEXTS or kind == "CAROUSEL_ALBUM"
    return (Media(kind.lower(), address, text_of(item.get("alt_text"))),) if kind and not plain else ()


def _media(item: dict[str, Any]) -> tuple[Media, ...]:
    """Pictures and films: of an album those of its children, which the API gives as a list or as {"data": list}."""
    children = item.get("children")
    listed = dicts_of(children if isinstance(children, list) else dict_of(children).get("data"))
    media = [medium for one in (listed or [item]) for medium in _medium(one)]
    if text_of(item.get("gif_url")):
        media.append(Media("gif", text_of(item.get("gif_url")), ""))
    return tuple(media)


def _other(item: dict[str, Any], key: str) -> str:
    """Id of another post, given as an object or bare."""
    value = item.get(key)
    return text_id(value.get("id")) if isinstance(value, dict) else text_id(value)


def _extra(item: dict[str, Any]) -> dict[str, str]:
    hidden = text_of(item.get("hide_status"))
    extra = {"topic": text_of(item.get("topic_tag")), "root": _other(item, "root_post"), "hidden": "" if hidden in _VISIBLE else hidden}
    return {key: text for key, text in extra.items() if text}


def _post(item: Any, place: Place, name: str) -> Post:
    if not isinstance(item, dict):
        raise RowError(reason="not_object", place=name, detail=type(item).__name__)
    text = _words(item)
    if text is None:
        given = item.get("text")
        raise RowError(reason="missing_text" if given is None else "text_type", place=name, detail=type(given).__name__)
    return Post(
        id=text_id(item.get("id")) or name,
        source="threads",
        text=text,
        url=text_of(item.get("permalink")),
        author=text_of(item.get("username")),
        author_id=_other(item, "owner"),
        created_at=read_time(item.get("timestamp")),
        reply_to=_other(item, "replied_to"),
        quote_of=_other(item, "quoted_post"),
        repost_of=_other(item, "reposted_post"),
        links=_links(item),
        media=_media(item),
        file=place.file,
        row=place.row,
        extra=_extra(item),
    )


def _page(value: Any, place: Place) -> Items | None:
    data = value.get("data") if isinstance(value, dict) else None
    return Items(data, place, _post, lambda item: _words(item) if isinstance(item, dict) else None) if isinstance(data, list) else None


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    data = value.get("data")
    if (page := _page(value, place)) is not None:
        yield from page.posts()
    elif value.get("error") is not None and "id" not in value:
        raise RowError(reason="unknown_record", place=place.name)
    elif data is not None:
        yield _post(data, place, place.name)
    else:
        yield _post(value, place, place.name)


def _text(value: Any) -> str | None:
    return _words(value) if isinstance(value, dict) and "data" not in value and "error" not in value else None


_VETO = ("text_attachment", "plaintext"), *(("poll_attachment", choice) for choice in _CHOICES)

SOURCE = Source(
    name="threads",
    en="Threads API",
    ja="Threads API",
    sniff=_sniff,
    posts=_posts,
    shapes=(
        JsonShape(text=("text",), veto=(("data",), ("error",), *_VETO)),
        JsonShape(text=("text",), veto=_VETO, items=("data",)),
    ),
    text=_text,
    page=_page,
)
