"""Feeds of blogs and sites: RSS 2.0, RSS 1.0 (RDF, usual on Japanese blogs) and Atom.

An entry's text is its title, a line feed, and its content: on a blog either of them alone may hold the offer, and readers see both. A title that only
repeats the beginning of the content (feeds made of short posts) is not put before it. Written from the published formats; tested on invented feeds.

The time of a post is when it was published; RSS 1.0 says so by dc:date. An Atom entry that only says when it was last updated has no time of its own.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser

from andon.detection.sources.html_text import plain_text
from andon.detection.sources.source import Place, Sample, Source
from andon.detection.sources.values import dict_of, dicts_of, read_time, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found

_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_PLAIN = "text/plain"
_MARKED = re.compile(r"<[a-zA-Z/!]|&(?:#\w+|\w+);")
_CUT = re.compile(r"(?:…|\.\.\.)$")
_SPACES = re.compile(r"\s+")


def _sniff(sample: Sample) -> float:
    head = sample.head.lstrip()
    root = _ROOT.search(head[: 1 << 14]) if head.startswith(b"<") else None
    return 1.0 if root and b"<html" not in head[: root.start()].lower() else 0.0


def _time(entry: dict[str, Any], name: str) -> datetime | None:
    """The time of `name`: ISO 8601, RFC 822, else as feedparser understands it. Without a zone, or with a named one such as JST, it is Japanese."""
    written = text_of(entry.get(name)).strip()
    if not written or (time := read_time(written)):
        return time if written else None
    try:
        time = parsedate_to_datetime(written)
    except (ValueError, IndexError):
        parsed = entry.get(f"{name}_parsed")
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    return read_time(time.replace(tzinfo=UTC) if time.tzinfo is None and written.endswith("-0000") else time)


def _read(detail: dict[str, Any]) -> tuple[str, tuple[Link, ...]]:
    """Text and links of a title, summary or content. What is declared as plain text but holds tags is HTML all the same."""
    value = text_of(detail.get("value"))
    if text_of(detail.get("type")) == _PLAIN and not _MARKED.search(value):
        return value.strip(), ()
    text, links = plain_text(value)
    return text.strip(), links


def _content(entry: dict[str, Any]) -> tuple[str, tuple[Link, ...]]:
    """The longest content, or the summary where there is none."""
    details = dicts_of(entry.get("content")) or [dict_of(entry.get("summary_detail"))]
    return max(map(_read, details), key=lambda read: len(read[0]))


def _text(title: str, content: str) -> str:
    repeated = _SPACES.sub("", _CUT.sub("", title))
    if not title or (repeated and _SPACES.sub("", content).startswith(repeated)):
        return content
    return f"{title}\n{content}" if content else title


def _media(entry: dict[str, Any]) -> tuple[Media, ...]:
    found = [one for one in dicts_of(entry.get("links")) if one.get("rel") == "enclosure"] + dicts_of(entry.get("media_content"))
    made = (Media(text_of(one.get("type")).partition("/")[0] or "file", text_of(one.get("href") or one.get("url")), "") for one in found)
    return tuple(dict.fromkeys(media for media in made if media.url))


def _times(entry: dict[str, Any], version: str) -> tuple[datetime | None, datetime | None]:
    """When the entry was published and when it was changed later. feedparser keeps dc:date as the time of a change."""
    published, updated = _time(entry, "published"), _time(entry, "updated")
    if published is None and not version.startswith("atom"):
        return updated, None
    return published, None if updated == published else updated


def _address(entry: dict[str, Any]) -> str:
    """Where the entry can be read. feedparser takes an id for a link where there is none; most ids are no addresses."""
    link = text_of(entry.get("link"))
    return link if link.startswith(("http://", "https://")) else ""


def _post(entry: dict[str, Any], feed: dict[str, Any], version: str, place: Place) -> Post:
    title, title_links = _read(dict_of(entry.get("title_detail")))
    content, links = _content(entry)
    text, url, person = _text(title, content), _address(entry), dict_of(entry.get("author_detail"))
    if not text:
        raise RowError(reason="missing_text", place=place.name)
    created, edited = _times(entry, version)
    extra = {
        "feed": _read(dict_of(feed.get("title_detail")))[0],
        "feed_url": text_of(feed.get("link")),
        "author_url": text_of(person.get("href")),
        "tags": " ".join(text_of(tag.get("term")) for tag in dicts_of(entry.get("tags"))),
    }
    return Post(
        id=text_of(entry.get("id")) or url or place.name,
        source="feed",
        text=text,
        url=url,
        author_name=text_of(person.get("name")) or text_of(entry.get("author")),
        created_at=created,
        edited_at=edited,
        lang=text_of(feed.get("language")),
        links=tuple(Link(link.shown, urljoin(url, link.expanded)) for link in title_links + links),
        media=_media(entry),
        file=place.file,
        row=place.row,
        extra={key: value for key, value in extra.items() if value},
    )


def _document(document: bytes, place: Place) -> Iterator[Found]:
    """Entries of the feed; after those of a malformed one, a reject that says so."""
    # As a file object: a string might be taken for an address and fetched. Cleaning of HTML is ours.
    found = feedparser.parse(io.BytesIO(document), sanitize_html=False, resolve_relative_uris=False)
    if not found.version and not found.entries:
        raise RowError(reason="not_markup", place=place.name)
    for row, entry in enumerate(found.entries, 1):
        try:
            yield _post(dict(entry), found.feed, found.version, Place(place.file, row))
        except RowError as error:
            yield error
    if found.bozo:
        yield RowError(reason="feed_malformed", place=place.name, detail=str(found.bozo_exception))


def _posts(value: Any, place: Place) -> Iterator[Found]:
    """Feeds in JSON are another format."""
    del value
    raise RowError(reason="not_markup", place=place.name)
    yield


SOURCE = Source(
    name="feed",
    en="Feed (RSS, Atom)",
    ja="フィード（RSS・Atom）",
    sniff=_sniff,
    posts=_posts,
    document=_document,
)
