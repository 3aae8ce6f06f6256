"""Mastodon and servers that speak its API: statuses of REST (array, lines, search result, context), streams as WebSocket frames or event text.

The text is what people see: content warning, content and choices of a poll, each from a new line; a reblog has the text of the status it repeats.
Seen in real captures (the cassettes of Mastodon.py): statuses, search results, both kinds of stream. Quotes, polls and edits: published format only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from andon.detection.sources.html_text import plain_text, plain_texts
from andon.detection.sources.pages import Items
from andon.detection.sources.source import JsonShape, Sample, Skip, Source
from andon.detection.sources.values import dict_of, dicts_of, read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_LISTS = ("statuses", "ancestors", "descendants")
_NO_PAGE = ("content", "account", "event", "payload")  # keys of values that are one post, or none
_PAGES = (("statuses", "accounts"), ("statuses", "hashtags"), ("ancestors", "descendants"))
_STATUS_EVENTS = ("update", "status.update")
_BIG_HEAD = (b'"statuses"', b'"spoiler_text"', b'"account"')  # of a search result that is longer than the sample
_CERTAIN = 0.95


def _is_status(value: dict[str, Any]) -> bool:
    return "content" in value and "account" in value and ("spoiler_text" in value or "visibility" in value or "reblog" in value)


def _is_frame(value: dict[str, Any]) -> bool:
    return "event" in value and "payload" in value and "content" not in value


def _fits(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if _is_frame(value):
        return isinstance(value["event"], str)
    return _is_status(value) or any(one in value and other in value for one, other in _PAGES)


def _sniff(sample: Sample) -> float:
    objects = [record for record in sample.records if not isinstance(record, int)]  # deletions in a stream of events are bare ids
    if not objects:
        return _CERTAIN if all(mark in sample.head for mark in _BIG_HEAD) else 0.0
    return _CERTAIN * sum(map(_fits, objects)) / len(objects)


def _shown(status: dict[str, Any]) -> dict[str, Any]:
    """The status whose words are seen: the one that a reblog repeats, else itself."""
    other = dict_of(status.get("reblog"))
    return status if other.get("id") is None and other.get("content") is None else other


def _words(status: dict[str, Any]) -> tuple[str, tuple[Link, ...]] | None:
    """Text and links, or None when the content is no string."""
    shown = _shown(status)
    content = shown.get("content")
    if not isinstance(content, str):
        return None
    text, links = plain_text(content, keep_breaks=True)
    if shown.get("spoiler_text"):
        text = f"{text_of(shown['spoiler_text'])}\n{text}".strip("\n")
    if shown.get("poll"):
        choices = [text_of(choice.get("title")) for choice in dicts_of(dict_of(shown["poll"]).get("options"))]
        text = "\n".join(filter(None, (text, *choices)))
    return text, links


def _links(shown: dict[str, Any], links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links of the text, and that of the card below it when it is another."""
    card = dict_of(shown.get("card"))
    address = text_of(card.get("url"))
    if not address or any(link.expanded == address for link in links):
        return links
    return (*links, Link(text_of(card.get("title")), address))


def _media(shown: dict[str, Any]) -> tuple[Media, ...]:
    return tuple(
        Media(text_of(item.get("type")), text_of(item.get("url")) or text_of(item.get("remote_url")), text_of(item.get("description")))
        for item in dicts_of(shown.get("media_attachments"))
    )


def _quoted(shown: dict[str, Any]) -> str:
    quote = dict_of(shown.get("quote"))
    return text_id(dict_of(quote.get("quoted_status")).get("id")) or text_id(quote.get("quoted_status_id"))


def _url(status: dict[str, Any]) -> str:
    return text_of(status.get("url")) or text_of(status.get("uri"))


def _extra(status: dict[str, Any], shown: dict[str, Any]) -> dict[str, str]:
    visibility, uri = text_of(status.get("visibility")), text_of(status.get("uri"))
    extra = {
        "cw": text_of(shown.get("spoiler_text")),
        "visibility": "" if visibility == "public" else visibility,
        "uri": "" if uri == _url(status) else uri,
        "application": text_of(dict_of(status.get("application")).get("name")),
        "repost_author": text_of(dict_of(shown.get("account")).get("acct")) if shown is not status else "",
    }
    return {key: text for key, text in extra.items() if text}


def _post(status: Any, place: Place, name: str) -> Post:
    if not isinstance(status, dict):
        raise RowError(reason="not_object", place=name, detail=type(status).__name__)
    words, shown = _words(status), _shown(status)
    if words is None:
        content = shown.get("content")
        raise RowError(reason="missing_text" if content is None else "text_type", place=name, detail=type(content).__name__)
    account = dict_of(status.get("account"))
    return Post(
        id=text_id(status.get("id")) or name,
        source="mastodon",
        text=words[0],
        url=_url(status),
        author=text_of(account.get("acct")) or text_of(account.get("username")),
        author_id=text_id(account.get("id")),
        author_name=text_of(account.get("display_name")),
        created_at=read_time(status.get("created_at")),
        edited_at=read_time(shown.get("edited_at")),
        lang=text_of(shown.get("language")),
        reply_to=text_id(status.get("in_reply_to_id")),
        quote_of=_quoted(shown),
        repost_of=text_id(shown.get("id")) if shown is not status else "",
        links=_links(shown, words[1]),
        media=_media(shown),
        file=place.file,
        row=place.row,
        extra=_extra(status, shown),
    )


def _is_deleted(status: dict[str, Any]) -> bool:
    """Whether it is the answer to a deletion: it holds what the author had typed in place of the content."""
    return "content" not in status and isinstance(status.get("text"), str)


def _payload(value: dict[str, Any], place: str = "") -> Any:
    """What a WebSocket frame carries: JSON inside a string; some recorders have decoded it already. Raises RowError (reason "json")."""
    payload = value.get("payload")
    if not isinstance(payload, str):
        return payload
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise RowError(reason="json", place=place, detail=str(error)) from error


def _frame(value: dict[str, Any], place: Place) -> Iterator[Found]:
    if value["event"] in _STATUS_EVENTS:
        yield _post(_payload(value, place.name), place, place.name)
    elif value["event"] == "delete":
        yield Skip("deleted", text_id(value["payload"]))


def _item_text(status: Any) -> str | None:
    words = _words(status) if isinstance(status, dict) else None
    return None if words is None else words[0]


def _page(value: Any, place: Place) -> Items | None:
    """The statuses of a list, a search result or a context; None for any other value."""
    if isinstance(value, dict) and not any(value.get(key) is not None for key in _NO_PAGE):
        lists = [items for key in _LISTS if isinstance(items := value.get(key), list)]
        value = [item for items in lists for item in items] if lists else None
    return Items(value, place, _post, _item_text) if isinstance(value, list) else None


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if isinstance(value, int) and not isinstance(value, bool):  # the data of a deletion in a stream of events
        yield Skip("deleted", str(value))
    elif (page := _page(value, place)) is not None:
        yield from page.posts()
    elif not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    elif _is_frame(value):
        yield from _frame(value, place)
    elif "content" in value or "account" in value:
        if _is_deleted(value):
            yield Skip("deleted", text_id(value.get("id")))
        # A notification has an account and a kind of its own; the status in it need not be public.
        elif value.get("type") is None:
            yield _post(value, place, place.name)
    else:
        raise RowError(reason="unknown_record", place=place.name)


def _text(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    if _is_frame(value):
        try:
            value = _payload(value) if value["event"] in _STATUS_EVENTS else None
        except RowError:
            return None
        if not isinstance(value, dict):
            return None
    elif value.get("type") is not None or not ("content" in value or "account" in value):
        return None
    return _item_text(value)


def _plain(content: str) -> str:
    return plain_text(content, keep_breaks=True)[0]


_VETO = ("reblog", "id"), ("reblog", "content"), ("poll", "options")

SOURCE = Source(
    name="mastodon",
    en="Mastodon (REST, streaming)",
    ja="Mastodon（REST・ストリーミング）",
    sniff=_sniff,
    posts=_posts,
    shapes=(
        JsonShape(text=("content",), need={("spoiler_text",): ""}, veto=(*_VETO, ("payload",), ("type",))),
        JsonShape(
            text=("content",),
            need={("spoiler_text",): ""},
            veto=_VETO,
            items=("statuses",),
            around=tuple((key,) for key in (*_NO_PAGE, *_LISTS) if key != "statuses"),
        ),
    ),
    text=_text,
    page=_page,
    plain=_plain,
    plain_column=plain_texts,
)
