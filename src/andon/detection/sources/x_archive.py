"""The archive that X gives an account's owner: `tweets.js`, `note-tweet.js`, `deleted-tweets.js`, `community-tweet.js`, and the files around them.

Known from other readers of this export and invented examples; no real archive was at hand. Each file begins with `window.YTD.<name>.part<N> = [` (old
ones with `Grailbird.data.<name> =`, and without the `{"tweet": …}` around each post); what comes before the array is taken off by the reader.

Every file is read alone, so the owner's handle, which only `account.js` holds, stays empty, and so does the author's id where the post itself
does not give it. Everything that is no post (account, likes, direct messages, advertising …) yields nothing: it is counted as skipped.

A long post stands twice in an archive: cut in `tweets.js` and whole in `note-tweet.js`, whose own id is *not* the id of the post. The two stay two
posts: neither file names the other's id, and dropping the cut one would lose its address and its replies. The whole one has the id `note:<number>`,
no address and `extra["note"]`; the cut one has `extra["cut"]`. Who counts posts joins them by `created_at` (equal within two seconds) and leaves out
the cut one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.detection.sources.source import JsonShape, Sample, Source
from andon.detection.sources.values import dict_of, dicts_of, plain_signs, read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_PREFIX = re.compile(rb"\s*(?:window\.YTD\.|window\.__THAR_CONFIG\b|Grailbird\.data\.)")
_CUT = re.compile(r"…(?:\s*https?://t\.co/\w+)?\s*$")
_RETWEET = re.compile(r"RT @(\w{1,15}): ")
_TAG = re.compile(r"<[^>]*>")
_NOTE_PARTS = ("core", "noteTweetResults", "noteTweetContents")


def _fits(value: Any) -> bool:
    tweet = dict_of(dict_of(value).get("tweet"))
    return ("id_str" in tweet and "full_text" in tweet) or "noteTweetId" in dict_of(dict_of(value).get("noteTweet"))


def _sniff(sample: Sample) -> float:
    if _PREFIX.match(sample.head):
        return 1.0
    return 0.9 * sum(map(_fits, sample.records)) / len(sample.records) if sample.records else 0.0


def _text(value: Any, place: Place) -> str:
    if value is None or value == "":
        raise RowError(reason="missing_text", place=place.name)
    if not isinstance(value, str):
        raise RowError(reason="text_type", place=place.name, detail=type(value).__name__)
    return plain_signs(value)


def _versions(tweet: dict[str, Any]) -> list[str]:
    """Ids of all versions of an edited post, oldest first."""
    info = dict_of(tweet.get("edit_info"))
    first = dict_of(info.get("initial")) or dict_of(dict_of(info.get("edit")).get("editControlInitial"))
    ids = first.get("editTweetIds")
    return [number for one in ids if (number := text_id(one))] if isinstance(ids, list) else []


def _extra(tweet: dict[str, Any], text: str) -> dict[str, str]:
    versions = _versions(tweet)
    reposted = _RETWEET.match(text)
    extra = {
        "first_id": versions[0] if len(versions) > 1 else "",
        "reposted_author": reposted[1] if reposted else "",
        "cut": "yes" if _CUT.search(text) else "",
        "app": _TAG.sub("", text_of(tweet.get("source"))),
    }
    return {key: value for key, value in extra.items() if value}


def _links(tweet: dict[str, Any]) -> tuple[Link, ...]:
    urls = dicts_of(dict_of(tweet.get("entities")).get("urls"))
    return tuple(dict.fromkeys(Link(text_of(url.get("url")), text_of(url.get("expanded_url"))) for url in urls))


def _media(tweet: dict[str, Any]) -> tuple[Media, ...]:
    """Pictures and films; `extended_entities` names all of them, `entities` only the first."""
    items = dicts_of(dict_of(tweet.get("extended_entities")).get("media")) or dicts_of(dict_of(tweet.get("entities")).get("media"))
    addresses = (text_of(item.get("media_url_https")) or text_of(item.get("media_url")) for item in items)
    return tuple(Media(text_of(item.get("type")), address, text_of(item.get("ext_alt_text"))) for item, address in zip(items, addresses, strict=True))


def _tweet(tweet: dict[str, Any], place: Place) -> Post:
    full = tweet.get("full_text")
    text = _text(full if full is not None else tweet.get("text"), place)
    number = text_id(tweet.get("id_str")) or text_id(tweet.get("id"))
    user = dict_of(tweet.get("user"))  # only in archives of before about 2018
    handle = text_of(user.get("screen_name"))
    return Post(
        id=number or place.name,
        source="x_archive",
        text=text,
        url=f"https://x.com/{handle or 'i'}/status/{number}" if number else "",
        author=handle,
        author_id=text_id(user.get("id_str")) or text_id(user.get("id")),
        author_name=text_of(user.get("name")),
        created_at=read_time(tweet.get("created_at")),
        deleted_at=read_time(tweet.get("deleted_at")),
        lang=text_of(tweet.get("lang")),
        reply_to=text_id(tweet.get("in_reply_to_status_id_str")) or text_id(tweet.get("in_reply_to_status_id")),
        quote_of=text_id(tweet.get("quoted_status_id_str")),
        repost_of=text_id(dict_of(tweet.get("retweeted_status")).get("id_str")),
        links=_links(tweet),
        media=_media(tweet),
        file=place.file,
        row=place.row,
        extra=_extra(tweet, text),
    )


def _note(note: dict[str, Any], place: Place) -> Post:
    parts = [dict_of(note.get(name)) for name in _NOTE_PARTS]
    core = next((part for part in parts if part.get("text") is not None), {})
    number = text_id(note.get("noteTweetId"))
    created, updated = read_time(note.get("createdAt")), read_time(note.get("updatedAt"))
    links = (Link(text_of(url.get("shortUrl")), text_of(url.get("expandedUrl"))) for url in dicts_of(core.get("urls")))
    return Post(
        id=f"note:{number}" if number else place.name,
        source="x_archive",
        text=_text(core.get("text"), place),
        created_at=created,
        edited_at=updated if updated and created and updated > created else None,
        links=tuple(link for link in links if link.expanded),
        file=place.file,
        row=place.row,
        extra={"note": number} if number else {},
    )


def _is_flat(value: dict[str, Any]) -> bool:
    """Whether the value is a post without the wrapper of later archives."""
    return "full_text" in value or ("text" in value and ("id_str" in value or "id" in value))


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    tweet, note = value.get("tweet"), value.get("noteTweet")
    if isinstance(tweet, dict):
        # `tweet-headers.js` uses the same wrapper for ids and times without texts.
        if "id_str" in tweet or "id" in tweet or "full_text" in tweet or "text" in tweet:
            yield _tweet(tweet, place)
    elif isinstance(note, dict):
        yield _note(note, place)
    elif _is_flat(value):
        yield _tweet(value, place)


SOURCE = Source(
    name="x_archive",
    en="X archive of one's own account (tweets.js)",
    ja="X のアーカイブ（本人がダウンロードしたもの、tweets.js）",
    sniff=_sniff,
    posts=_posts,
    shapes=(
        JsonShape(text=("tweet", "full_text"), html=True),
        JsonShape(text=("noteTweet", "core", "text"), veto=(("tweet",),), html=True),
    ),
)
