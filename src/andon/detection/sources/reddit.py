"""Reddit: Listing pages of its JSON API (with the comments below a post) and lines of Pushshift dumps.

The text of a submission is its title, an empty line and its body. Deleted comments are skipped; of a submission whose body is gone the title remains.
From the published format and descriptions of the dumps; no real capture was at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.detection.sources.marked_text import markdown_text, markdown_texts
from andon.detection.sources.pages import Items
from andon.detection.sources.source import JsonShape, Sample, Skip, Source
from andon.detection.sources.values import dict_of, dicts_of, plain_signs, read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_SITE = "https://www.reddit.com"
_COMMENT, _SUBMISSION = "t1", "t3"
_READ = (_COMMENT, _SUBMISSION)
# What stands in place of words that are gone, and who took them away.
_GONE = {"[deleted]": "author", "[deleted by user]": "author", "[removed]": "moderator", "[ removed by reddit ]": "reddit"}
_BIG_HEAD = (b'"kind"', b'"Listing"', b'"children"')


def _fits(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("kind"), str) and isinstance(value.get("data"), dict):
        return value["kind"] == "Listing" or value["kind"] in _READ
    return ("body" in value or "selftext" in value) and "created_utc" in value and "subreddit" in value


def _sniff(sample: Sample) -> float:
    if not sample.records:  # one page can be longer than the sample
        return 0.95 if all(mark in sample.head for mark in _BIG_HEAD) else 0.0
    return 0.95 * sum(map(_fits, sample.records)) / len(sample.records)


def _gone(text: Any) -> str:
    """Who took the words away ("author", "moderator", "reddit"), or the empty string when they are there."""
    if not isinstance(text, str) or not text.startswith("["):
        return ""
    return _GONE.get(text.strip().lower(), "")


def _comment(item: dict[str, Any]) -> bool:
    return "body" in item


def _body(item: dict[str, Any]) -> Any:
    """The body of a submission; of a crosspost without one that of the post it repeats."""
    body = item.get("selftext")
    if not body:
        body = next((other.get("selftext") for other in dicts_of(item.get("crosspost_parent_list"))), body)
    return "" if body is None else body


def _words(item: dict[str, Any]) -> tuple[str, tuple[Link, ...]] | None:
    """Text and links, or None when a part is no string."""
    if _comment(item):
        body = item["body"]
        return markdown_text(plain_signs(body)) if isinstance(body, str) else None
    title, body = item.get("title"), _body(item)
    if not isinstance(title, str) or not isinstance(body, str):
        return None
    if not body or _gone(body):
        return plain_signs(title), ()
    text, links = markdown_text(plain_signs(body))
    return f"{plain_signs(title)}\n\n{text}", links


def _url(item: dict[str, Any]) -> str:
    link, number = text_of(item.get("permalink")), text_id(item.get("id"))
    if link:
        return link if link.startswith("https://") else _SITE + link
    thread = text_of(item.get("link_id")).removeprefix("t3_")
    if not number or (_comment(item) and not thread):
        return ""  # old dumps hold no permalink; one is made of the ids where they are there
    return f"{_SITE}/comments/{thread}/_/{number}/" if thread else f"{_SITE}/comments/{number}/"


def _links(item: dict[str, Any], links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links of the text, and the address that a link submission is about."""
    address = plain_signs(text_of(item.get("url_overridden_by_dest")) or ("" if item.get("is_self") else text_of(item.get("url"))))
    return (Link(text_of(item.get("domain")), address), *links) if address.startswith("http") and not _comment(item) else links


def _media(item: dict[str, Any]) -> tuple[Media, ...]:
    address = plain_signs(text_of(item.get("url_overridden_by_dest")) or text_of(item.get("url")))
    if item.get("is_video"):
        film = dict_of(dict_of(item.get("media")).get("reddit_video"))
        return (Media("video", plain_signs(text_of(film.get("fallback_url"))) or address, ""),)
    if item.get("post_hint") == "image":
        return (Media("image", address, ""),)
    known = dict_of(item.get("media_metadata"))
    media = []
    for one in dicts_of(dict_of(item.get("gallery_data")).get("items")):
        held = dict_of(known.get(text_of(one.get("media_id"))))
        media.append(Media("image", plain_signs(text_of(dict_of(held.get("s")).get("u"))), text_of(one.get("caption"))))
    return tuple(media)


def _extra(item: dict[str, Any]) -> dict[str, str]:
    extra = {
        "subreddit": text_of(item.get("subreddit")),
        "flair": plain_signs(text_of(item.get("link_flair_text"))),
        "thread": text_of(item.get("link_id")),
        "removed": "" if _comment(item) else _gone(item.get("selftext")),
    }
    return {key: text for key, text in extra.items() if text}


def _name(item: dict[str, Any]) -> str:
    """The full name, "t1_" or "t3_" before the id: the ids of comments and submissions are counted apart."""
    number = text_id(item.get("id"))
    name = text_of(item.get("name"))
    if name.startswith(("t1_", "t3_")):
        return name
    return f"{_COMMENT if _comment(item) else _SUBMISSION}_{number}" if number else ""


def _post(item: Any, place: Place, name: str) -> Found:
    """The post of a comment or submission, or Skip for one whose words are gone."""
    if not isinstance(item, dict):
        raise RowError(reason="not_object", place=name, detail=type(item).__name__)
    if _is_gone(item):
        return Skip("deleted", _name(item))
    words = _words(item)
    if words is None:
        faulty = item["body"] if _comment(item) else item.get("title")
        raise RowError(reason="missing_text" if faulty is None else "text_type", place=name)
    author = text_of(item.get("author"))
    edited = item.get("edited")
    parent = text_of(item.get("parent_id"))
    return Post(
        id=_name(item) or name,
        source="reddit",
        text=words[0],
        url=_url(item),
        author="" if _gone(author) else author,
        author_id="" if _gone(author) else text_of(item.get("author_fullname")),
        created_at=read_time(item.get("created_utc")),
        observed_at=read_time(item.get("retrieved_on") or item.get("retrieved_utc")),
        edited_at=None if isinstance(edited, bool) else read_time(edited),
        reply_to=parent,
        repost_of=text_of(item.get("crosspost_parent")),
        links=_links(item, words[1]),
        media=_media(item),
        file=place.file,
        row=place.row,
        extra=_extra(item),
    )


def _is_gone(item: dict[str, Any]) -> bool:
    """Whether nothing of the words is left: a deleted comment, or a submission without title."""
    return bool(_gone(item.get("body") if _comment(item) else item.get("title")))


def _things(value: Any) -> list[Any]:
    """The comments and submissions of a listing and of the listings below them, in the order of the page."""
    found, waiting = [], [value]
    while waiting:
        thing = waiting.pop()
        inner = thing.get("data") if isinstance(thing, dict) else None
        if isinstance(thing, dict) and thing.get("kind") == "Listing":
            children = dict_of(inner).get("children")
            waiting += reversed(children if isinstance(children, list) else [])
        elif not isinstance(thing, dict) or thing.get("kind") in _READ:
            found.append(inner if isinstance(thing, dict) else thing)
            if isinstance(inner, dict) and isinstance(inner.get("replies"), dict):
                waiting.append(inner["replies"])
    return found


def _item_text(item: Any) -> str | None:
    words = _words(item) if isinstance(item, dict) and not _is_gone(item) else None
    return None if words is None else words[0]


def _page(value: Any, place: Place) -> Items | None:
    """The comments and submissions of a listing; None for any other value."""
    listing = isinstance(value, dict) and isinstance(value.get("kind"), str) and "data" in value
    return Items(_things(value), place, _post, _item_text) if listing else None


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if isinstance(value, list):
        for one in value:
            yield from Items(_things(one), place, _post, _item_text).posts()
    elif not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    elif (page := _page(value, place)) is not None:
        yield from page.posts()
    elif "error" in value and "title" not in value and "body" not in value:
        raise RowError(reason="unknown_record", place=place.name)
    else:
        yield _post(value, place, place.name)


def _text(value: Any) -> str | None:
    return None if not isinstance(value, dict) or "kind" in value or "error" in value else _item_text(value)


def _plain(text: str) -> str:
    return markdown_text(text)[0]


SOURCE = Source(
    name="reddit",
    en="Reddit (Listing pages, Pushshift dumps)",
    ja="Reddit（一覧ページ・Pushshift）",
    sniff=_sniff,
    posts=_posts,
    # Comments; what begins like "[deleted]" go the careful way.
    shapes=(JsonShape(text=("body",), veto=(("kind",), ("error",)), html=True, not_first="["),),
    text=_text,
    page=_page,
    plain=_plain,
    plain_column=markdown_texts,
)
