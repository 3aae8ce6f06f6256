"""Bluesky through Jetstream: lines of version 1 and frames of version 2; only posts are read.

Version 1 seen in a captured window of the stream (test data of bluesky-social/jetstream); version 2 from the published format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.detection.sources.source import JsonShape, Sample, Skip, Source
from andon.detection.sources.values import dict_of, dicts_of, from_epoch, read_time, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.detection.sources.source import Found, Place

_POST = "app.bsky.feed.post"
_COMMIT_V2 = "network.bsky.jetstream.subscribeEvents#commit"
_KINDS = ("commit", "identity", "account")
_TEXT_V1, _TEXT_V2 = ("commit", "record", "text"), ("payload", "record", "text")


def _fits(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    version_1 = "did" in value and "time_us" in value and value.get("kind") in _KINDS
    return version_1 or (value.get("$type") in ("message", "error") and ("payload" in value or "error" in value))


def _sniff(sample: Sample) -> float:
    return sum(map(_fits, sample.records)) / len(sample.records) if sample.records else 0.0


def _commit(value: dict[str, Any]) -> tuple[dict[str, Any], str, datetime | None] | None:
    """The commit of either version with its account and the time at which the server saw it, or None for anything else."""
    if value.get("kind") == "commit":
        seen = value.get("time_us")
        return dict_of(value.get("commit")), text_of(value.get("did")), from_epoch(seen) if isinstance(seen, int) else None
    payload = dict_of(value.get("payload"))
    if value.get("$type") == "message" and payload.get("$type") == _COMMIT_V2:
        return payload, text_of(payload.get("did")), read_time(payload.get("time"))
    return None


def _links(record: dict[str, Any], text: str, embed: dict[str, Any]) -> tuple[Link, ...]:
    """Links of the text (facets count UTF-8 bytes; a range outside the text shows as empty) and of the card below it."""
    coded, links = text.encode(), []
    for facet in dicts_of(record.get("facets")):
        index = dict_of(facet.get("index"))
        start, end = index.get("byteStart"), index.get("byteEnd")
        inside = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(coded)
        shown = coded[start:end].decode("utf-8", "replace") if inside else ""
        links += [Link(shown, text_of(feature.get("uri"))) for feature in dicts_of(facet.get("features")) if text_of(feature.get("uri"))]
    card = dict_of(embed.get("external"))
    if text_of(card.get("uri")):
        links.append(Link(text_of(card.get("title")), text_of(card.get("uri"))))
    return tuple(links)


def _media(embed: dict[str, Any]) -> tuple[Media, ...]:
    """Pictures and film with their alternative text. The record holds no address of them, only a content hash."""
    pictures = [Media("image", "", text_of(image.get("alt"))) for image in dicts_of(embed.get("images"))]
    if "video" in embed:
        pictures.append(Media("video", "", text_of(embed.get("alt"))))
    return tuple(pictures)


def _extra(record: dict[str, Any]) -> dict[str, str]:
    labels = [text_of(label.get("val")) for label in dicts_of(dict_of(record.get("labels")).get("values"))]
    tags = record.get("tags")
    extra = {"labels": " ".join(labels), "tags": " ".join(filter(None, map(text_of, tags)) if isinstance(tags, list) else ())}
    return {key: text for key, text in extra.items() if text}


def _quoted(embed: dict[str, Any]) -> str:
    """Address of the quoted record; with media it stands one level deeper."""
    record = dict_of(embed.get("record"))
    return text_of(record.get("uri")) or text_of(dict_of(record.get("record")).get("uri"))


def _post(record: dict[str, Any], address: tuple[str, str], seen: datetime | None, place: Place, *, edited: bool) -> Post:
    text = record.get("text")
    if not isinstance(text, str):
        raise RowError(reason="missing_text" if text is None else "text_type", place=place.name)
    did, rkey = address
    embed = dict_of(record.get("embed"))
    inner = dict_of(embed.get("media")) or embed
    langs = record.get("langs")
    return Post(
        id=f"at://{did}/{_POST}/{rkey}" if did and rkey else place.name,
        source="bluesky",
        text=text,
        url=f"https://bsky.app/profile/{did}/post/{rkey}" if did and rkey else "",
        author_id=did,
        created_at=read_time(record.get("createdAt")),
        observed_at=seen,
        edited_at=seen if edited else None,
        lang=text_of(langs[0]) if isinstance(langs, list) and langs else "",
        reply_to=text_of(dict_of(dict_of(record.get("reply")).get("parent")).get("uri")),
        quote_of=_quoted(embed),
        links=_links(record, text, inner),
        media=_media(inner),
        file=place.file,
        row=place.row,
        extra=_extra(record),
    )


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    found = _commit(value)
    if found is None:
        if not _fits(value):
            raise RowError(reason="unknown_record", place=place.name)
        return
    commit, did, seen = found
    operation, rkey = commit.get("operation"), text_of(commit.get("rkey"))
    if commit.get("collection") != _POST:
        return
    if operation == "delete":
        yield Skip("deleted", f"at://{did}/{_POST}/{rkey}")
    elif operation in ("create", "update"):
        yield _post(dict_of(commit.get("record")), (did, rkey), seen, place, edited=operation == "update")


def _shapes() -> tuple[JsonShape, ...]:
    made = []
    for operation in ("create", "update"):
        made.append(JsonShape(_TEXT_V1, {("kind",): "commit", ("commit", "collection"): _POST, ("commit", "operation"): operation}))
        made.append(
            JsonShape(
                _TEXT_V2,
                {("$type",): "message", ("payload", "$type"): _COMMIT_V2, ("payload", "collection"): _POST, ("payload", "operation"): operation},
                veto=(("kind",),),
            )
        )
    return tuple(made)


SOURCE = Source(
    name="bluesky",
    en="Bluesky (Jetstream)",
    ja="Bluesky（Jetstream）",
    sniff=_sniff,
    posts=_posts,
    shapes=_shapes(),
)
