"""X API v2: pages of search results, lines of the filtered stream, twarc files (pages or one post per line), compliance lines.

Shapes seen in real captures (twarc-csv test data): pages, flat lines, retweets, edits, media. `note_tweet` is from the published format only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from andon.detection.sources.pages import Items
from andon.detection.sources.source import JsonShape, Sample, Skip, Source
from andon.detection.sources.values import dict_of, dicts_of, plain_signs, read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.detection.sources.source import Found, Place

_RETWEET = "RT @"
_NOT_POSTS = ("errors", "meta", "includes", "action", "title", "matching_rules")  # keys of values that carry no post
_MARKS = ("edit_history_tweet_ids", "conversation_id", "public_metrics", "referenced_tweets", "author_id", "reply_settings", "context_annotations")


@dataclass(frozen=True, slots=True)
class _Around:
    """What a page says around its posts: users, other posts and media by id, and when it was fetched."""

    users: dict[str, dict[str, Any]]
    tweets: dict[str, dict[str, Any]]
    media: dict[str, dict[str, Any]]
    fetched: datetime | None


def _flat(value: dict[str, Any]) -> bool:
    return "text" in value and value.get("data") is None


def _fits(value: Any) -> float:
    if not isinstance(value, dict):
        return 0.0
    data = value.get("data")
    items = data if isinstance(data, list) else [data if isinstance(data, dict) else value]
    post = dict_of(items[0]) if items else {}
    marked = any(mark in post for mark in _MARKS) or any(key in value for key in ("includes", "matching_rules", "__twarc"))
    if "text" in post and "id" in post and marked:
        return 1.0
    if "__twarc" in value or ("errors" in value and isinstance(value["errors"], list)) or (value.get("action") and "id" in value):
        return 0.6
    # A bare {"data": {"id", "text"}} holds the API's default fields and nothing else.
    return 0.5 if isinstance(data, dict | list) and set(post) == {"id", "text"} else 0.0


def _sniff(sample: Sample) -> float:
    if not sample.records:  # one page can be longer than the sample
        return 0.9 if b'"data"' in sample.head and b'"public_metrics"' in sample.head else 0.0
    return 0.95 * sum(_fits(record) for record in sample.records) / len(sample.records)


def _by_key(items: Any, key: str) -> dict[str, dict[str, Any]]:
    return {text_id(item.get(key)): item for item in dicts_of(items)}


def _tweets(value: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return _by_key(dict_of(value.get("includes")).get("tweets"), "id")


def _around(value: dict[str, Any]) -> _Around:
    includes = dict_of(value.get("includes"))
    return _Around(
        users=_by_key(includes.get("users"), "id"),
        tweets=_tweets(value),
        media=_by_key(includes.get("media"), "media_key"),
        fetched=read_time(dict_of(value.get("__twarc")).get("retrieved_at")),
    )


def _whole_text(item: dict[str, Any]) -> Any:
    """The text, from the long form where there is one (`text` is cut then)."""
    note = dict_of(item.get("note_tweet")).get("text")
    return note if isinstance(note, str) and note else item.get("text")


def _referenced(item: dict[str, Any], kind: str) -> dict[str, Any]:
    return next((other for other in dicts_of(item.get("referenced_tweets")) if other.get("type") == kind), {})


def _original(item: dict[str, Any], tweets: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """The post that a retweet repeats, when the page holds it. Flat files keep it inside the reference itself."""
    reference = _referenced(item, "retweeted")
    other = tweets.get(text_id(reference.get("id")), reference)
    return other if isinstance(_whole_text(other), str) else None


def _links(item: dict[str, Any]) -> tuple[Link, ...]:
    note = dict_of(item.get("note_tweet"))
    urls = [*dicts_of(dict_of(item.get("entities")).get("urls")), *dicts_of(dict_of(note.get("entities")).get("urls"))]
    links = (Link(text_of(url.get("url")), text_of(url.get("unwound_url")) or text_of(url.get("expanded_url"))) for url in urls)
    return tuple(dict.fromkeys(links))


def _media(item: dict[str, Any], around: _Around) -> tuple[Media, ...]:
    attachments = dict_of(item.get("attachments"))
    keys = attachments.get("media_keys")
    found = dicts_of(attachments.get("media")) or [around.media[key] for key in (keys if isinstance(keys, list) else []) if key in around.media]
    addresses = [text_of(item.get("url")) or text_of(item.get("preview_image_url")) for item in found]
    return tuple(Media(text_of(item.get("type")), address, text_of(item.get("alt_text"))) for item, address in zip(found, addresses, strict=True))


def _extra(item: dict[str, Any]) -> dict[str, str]:
    extra = {"conversation_id": text_id(item.get("conversation_id"))}
    history = item.get("edit_history_tweet_ids")
    if isinstance(history, list) and len(history) > 1:
        extra["first_id"] = text_id(history[0])
    return {key: text for key, text in extra.items() if text}


def _content(item: dict[str, Any], text: str, tweets: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The post whose words and links are seen: of a retweet the one that it repeats, when the page holds it."""
    # Only a text with X's own mark is taken for a cut retweet: the compiled scanner leaves exactly those to this function.
    return (_original(item, tweets) if text.startswith(_RETWEET) else None) or item


def _post(item: Any, around: _Around, place: Place, name: str) -> Post:
    if not isinstance(item, dict):
        raise RowError(reason="not_object", place=name, detail=type(item).__name__)
    text = _whole_text(item)
    if text is None:
        raise RowError(reason="missing_text", place=name)
    if not isinstance(text, str):
        raise RowError(reason="text_type", place=name, detail=type(text).__name__)
    content = _content(item, text, around.tweets)
    author_id = text_id(item.get("author_id"))
    author = around.users.get(author_id) or dict_of(item.get("author"))
    handle, number = text_of(author.get("username")), text_id(item.get("id"))
    return Post(
        id=number or name,
        source="x_api",
        text=plain_signs(text_of(_whole_text(content))),
        url=f"https://x.com/{handle or 'i'}/status/{number}" if number else "",
        author=handle,
        author_id=author_id,
        author_name=text_of(author.get("name")),
        created_at=read_time(item.get("created_at")),
        observed_at=around.fetched or read_time(dict_of(item.get("__twarc")).get("retrieved_at")),
        lang=text_of(item.get("lang")),
        reply_to=text_id(_referenced(item, "replied_to").get("id")),
        quote_of=text_id(_referenced(item, "quoted").get("id")),
        repost_of=text_id(_referenced(item, "retweeted").get("id")),
        links=_links(content),
        media=_media(content, around),
        file=place.file,
        row=place.row,
        extra=_extra(item),
    )


def _item_text(item: Any, tweets: dict[str, dict[str, Any]]) -> str | None:
    """Text of the post that `_post` makes, or None where it makes none."""
    if not isinstance(item, dict):
        return None
    text = _whole_text(item) if "note_tweet" in item else item.get("text")
    if not isinstance(text, str):
        return None
    return plain_signs(text_of(_whole_text(_content(item, text, tweets))) if text.startswith(_RETWEET) else text)


class _Page(Items):
    """A page with what stands around its posts."""

    def __init__(self, value: dict[str, Any], place: Place) -> None:
        self._value = value
        super().__init__(value["data"], place, self._made, partial(_item_text, tweets=_tweets(value)))

    def _made(self, item: Any, place: Place, name: str) -> Post:
        return _post(item, self._around, place, name)

    @cached_property
    def _around(self) -> _Around:
        return _around(self._value)

    @cached_property
    def skipped(self) -> int:  # type: ignore[override]
        """Posts that the API names and no longer gives."""
        return sum(1 for _ in _gone(self._value))


def _page(value: Any, place: Place) -> _Page | None:
    return _Page(value, place) if isinstance(value, dict) and isinstance(value.get("data"), list) else None


def _gone(value: dict[str, Any]) -> Iterator[Found]:
    """Posts that the API names and no longer gives."""
    for error in dicts_of(value.get("errors")):
        yield Skip("gone", text_id(error.get("resource_id")) or text_id(error.get("value")))


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    data = value.get("data")
    if isinstance(data, list):
        yield from _Page(value, place).posts()
    elif data is not None:
        yield _post(data, _around(value), place, place.name)
    elif _flat(value):
        yield _post(value, _around(value), place, place.name)
    elif not any(key in value for key in _NOT_POSTS):
        raise RowError(reason="missing_text", place=place.name)
    yield from _gone(value)


def _text(value: Any) -> str | None:
    if not isinstance(value, dict) or value.get("errors"):
        return None
    item = value if _flat(value) else value.get("data")
    return _item_text(item, _tweets(value))


SOURCE = Source(
    name="x_api",
    en="X API v2 (search pages, stream, twarc)",
    ja="X API v2（検索結果・ストリーム・twarc）",
    sniff=_sniff,
    posts=_posts,
    shapes=(
        JsonShape(text=("text",), veto=(("data",), ("note_tweet",), ("errors",)), html=True, not_first=_RETWEET),
        JsonShape(text=("data", "text"), veto=(("data", "note_tweet"), ("errors",)), html=True, not_first=_RETWEET),
        JsonShape(text=("text",), veto=(("note_tweet",),), html=True, not_first=_RETWEET, items=("data",), beside=(("errors",),)),
    ),
    text=_text,
    page=_page,
)
