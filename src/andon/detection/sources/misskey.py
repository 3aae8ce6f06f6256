"""Misskey: notes of its API (arrays, lines) and frames of its streaming channels.

The text is what people see: content warning, note with its MFM taken off, choices of a poll, each from a new line; a pure renote has the text of the
note it repeats. From the published types of misskey-js; no real capture was at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.detection.sources.marked_text import MFM_MARKS, mfm_text
from andon.detection.sources.pages import Items
from andon.detection.sources.source import JsonShape, Sample, Skip, Source
from andon.detection.sources.values import dict_of, dicts_of, read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_FRAMES = ("channel", "noteUpdated", "note", "connected", "notification", "emojiAdded", "emojiUpdated", "emojiDeleted", "announcementCreated", "api")
_MARKS = ("userId", "renoteId", "reactionAcceptance", "localOnly", "reactions", "fileIds")
_LEAST_MARKS = 2


def _is_note(value: dict[str, Any]) -> bool:
    return "text" in value and "id" in value and sum(mark in value for mark in _MARKS) >= _LEAST_MARKS


def _fits(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    return _is_note(value) or (value.get("type") in _FRAMES and "body" in value)


def _sniff(sample: Sample) -> float:
    return 0.95 * sum(map(_fits, sample.records)) / len(sample.records) if sample.records else 0.0


def _is_renote(note: dict[str, Any]) -> bool:
    """Whether the note repeats another and says nothing of its own."""
    own = note.get("text") is not None or note.get("cw") is not None or note.get("files") or note.get("fileIds") or note.get("poll")
    return bool(note.get("renoteId")) and not own


def _shown(note: dict[str, Any]) -> dict[str, Any]:
    """The note whose words are seen: the one that a pure renote repeats, else itself."""
    return dict_of(note.get("renote")) or note if _is_renote(note) else note


def _words(note: dict[str, Any]) -> tuple[str, tuple[Link, ...]] | None:
    """Text and links, or None when the text is neither a string nor null (a note of pictures alone)."""
    shown = _shown(note)
    raw = shown.get("text")
    if raw is not None and not isinstance(raw, str):
        return None
    if raw is None and "text" not in shown and not (shown.get("files") or shown.get("poll") or shown.get("renoteId")):
        return None
    text, links = mfm_text(raw) if raw else ("", ())
    if shown.get("cw"):
        warning, more = mfm_text(text_of(shown["cw"]))
        text, links = f"{warning}\n{text}".strip("\n"), (*more, *links)
    if shown.get("poll"):
        choices = [text_of(choice.get("text")) for choice in dicts_of(dict_of(shown["poll"]).get("choices"))]
        text = "\n".join(filter(None, (text, *choices)))
    return text, links


def _handle(user: dict[str, Any]) -> str:
    """Name of the account, with its server when that is another than the one asked (the export does not name that one)."""
    name, host = text_of(user.get("username")), text_of(user.get("host"))
    return f"{name}@{host}" if name and host else name


def _media(shown: dict[str, Any]) -> tuple[Media, ...]:
    return tuple(
        Media(text_of(file.get("type")).partition("/")[0], text_of(file.get("url")), text_of(file.get("comment")))
        for file in dicts_of(shown.get("files"))
    )


def _extra(note: dict[str, Any], shown: dict[str, Any]) -> dict[str, str]:
    visibility, uri = text_of(note.get("visibility")), text_of(note.get("uri"))
    extra = {
        "cw": text_of(shown.get("cw")),
        # The sum of a file is the same on every account that posts it.
        "md5": " ".join(filter(None, (text_of(file.get("md5")) for file in dicts_of(shown.get("files"))))),
        "visibility": "" if visibility == "public" else visibility,
        "uri": "" if uri == _url(note) else uri,
        "channel": text_of(dict_of(note.get("channel")).get("name")),
        "repost_author": _handle(dict_of(shown.get("user"))) if shown is not note else "",
    }
    return {key: text for key, text in extra.items() if text}


def _url(note: dict[str, Any]) -> str:
    return text_of(note.get("url")) or text_of(note.get("uri"))


def _post(note: Any, place: Place, name: str) -> Found:
    """The post of a note, or Skip for one whose words are gone."""
    if not isinstance(note, dict):
        raise RowError(reason="not_object", place=name, detail=type(note).__name__)
    number = text_id(note.get("id"))
    if _is_gone(note):
        return Skip("deleted" if note.get("deletedAt") else "gone", number)
    words, shown = _words(note), _shown(note)
    if words is None:
        text = shown.get("text")
        raise RowError(reason="missing_text" if text is None else "text_type", place=name, detail=type(text).__name__)
    user, other = dict_of(note.get("user")), text_id(note.get("renoteId"))
    repeats = _is_renote(note)
    return Post(
        id=number or name,
        source="misskey",
        text=words[0],
        url=_url(note),
        author=_handle(user),
        author_id=text_id(note.get("userId")) or text_id(user.get("id")),
        author_name=text_of(user.get("name")),
        created_at=read_time(note.get("createdAt")),
        edited_at=read_time(shown.get("updatedAt")),
        deleted_at=read_time(note.get("deletedAt")),
        reply_to=text_id(note.get("replyId")),
        quote_of="" if repeats else other,
        repost_of=other if repeats else "",
        links=words[1],
        media=_media(shown),
        file=place.file,
        row=place.row,
        extra=_extra(note, shown),
    )


def _is_gone(note: dict[str, Any]) -> bool:
    """Whether the server names the note and keeps its words back: deleted, or hidden from the one who asked."""
    return bool(note.get("deletedAt") or note.get("isHidden")) and not note.get("text")


def _item_text(note: Any) -> str | None:
    words = _words(note) if isinstance(note, dict) and not _is_gone(note) else None
    return None if words is None else words[0]


def _page(value: Any, place: Place) -> Items | None:
    return Items(value, place, _post, _item_text) if isinstance(value, list) else None


def _is_frame(value: dict[str, Any]) -> bool:
    return "body" in value and "type" in value and "text" not in value


def _frame_note(value: dict[str, Any]) -> Any:
    """The note that a frame of a channel carries, or None."""
    body = value.get("body")
    if value.get("type") == "channel":
        value = dict_of(body)
        body = value.get("body")
    return body if value.get("type") == "note" else None


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if (page := _page(value, place)) is not None:
        yield from page.posts()
    elif not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    elif _is_frame(value):
        body = dict_of(value["body"])
        if value["type"] == "noteUpdated" and body.get("type") == "deleted":
            yield Skip("deleted", text_id(body.get("id")))
        elif (note := _frame_note(value)) is not None:
            yield _post(note, place, place.name)
    elif isinstance(value.get("createdNote"), dict):  # the answer to notes/create
        yield _post(value["createdNote"], place, place.name)
    elif "error" in value and "text" not in value:
        raise RowError(reason="unknown_record", place=place.name)
    else:
        yield _post(value, place, place.name)


def _text(value: Any) -> str | None:
    if isinstance(value, dict) and _is_frame(value):
        value = _frame_note(value)
    if not isinstance(value, dict) or "createdNote" in value or "error" in value:
        return None
    return _item_text(value)


def _plain(text: str) -> str:
    return mfm_text(text)[0]


_VETO = ("cw",), ("poll", "choices"), ("deletedAt",), ("body",), ("createdNote",), ("error",)
_FRAME_VETO = tuple(("body", "body", *path) for path in _VETO[:3])

SOURCE = Source(
    name="misskey",
    en="Misskey (API, streaming)",
    ja="Misskey（API・ストリーミング）",
    sniff=_sniff,
    posts=_posts,
    shapes=(
        JsonShape(text=("text",), veto=_VETO),
        JsonShape(text=("body", "body", "text"), need={("type",): "channel", ("body", "type"): "note"}, veto=_FRAME_VETO),
    ),
    text=_text,
    page=_page,
    plain=_plain,
    plain_if=MFM_MARKS,
)
