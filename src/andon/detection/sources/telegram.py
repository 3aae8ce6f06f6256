"""Telegram Desktop's export as JSON (result.json): one chat, or the whole account with its chats; every message is read as a post.

Read from the source code of the exporter (states of 2021, 2023 and 2025) and from exports of others; an export of a public channel was not at hand.
Notices (somebody joined, a message was pinned) and messages that the exporter does not know are no posts. Their ids go on, though: a missing number
in a channel or supergroup is a deleted message.

A poll or a to-do list is text that people see: its title and lines stand below the text of the message.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.detection.sources.source import JsonShape, Sample, Source
from andon.detection.sources.values import dict_of, dicts_of, read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_NO_POSTS = ("service", "unsupported")
_TYPES = ("message", *_NO_POSTS)
_CHATS = frozenset(
    "saved_messages replies personal_chat bot_chat private_group private_supergroup public_supergroup private_channel public_channel".split()
)
_KINDS = {
    **dict.fromkeys(("video_file", "video_message", "animation"), "video"),
    **dict.fromkeys(("voice_message", "audio_file"), "audio"),
    "sticker": "sticker",
}
# Members of a message that are kept as they are, under our names.
_EXTRA = (
    ("saved_from", "saved_from"), ("via_bot", "via_bot"), ("author", "signature"), ("file_name", "file_name"), ("mime_type", "mime"),
    ("place_name", "place"), ("address", "address"),
)  # fmt: skip
_NO_FILE = "(File "  # "(File not included. Change data exporting settings to download.)" and others instead of a path
_HEAD_OF_CHAT = re.compile(rb'"messages"\s*:\s*\[\s*(?:\]|\{[^{}\[\]]*"type"\s*:\s*"(?:message|service|unsupported)")')
_HEAD_OF_ACCOUNT = re.compile(rb'"about"\s*:\s*"[^"]*",\s*"personal_information"\s*:\s*\{')
_FITS = 0.9  # a head without one complete value


def _is_message(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("type") not in _TYPES:
        return False
    return value["type"] == "unsupported" or "date" in value or "date_unixtime" in value


def _is_chat(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("messages"), list):
        return False
    return any(map(_is_message, value["messages"])) or (not value["messages"] and value.get("type") in _CHATS)


def _is_account(value: Any) -> bool:
    lists = [dict_of(dict_of(value).get(key)).get("list") for key in ("chats", "left_chats")]
    return any(_is_chat(chat) for chats in lists for chat in dicts_of(chats))


def _sniff(sample: Sample) -> float:
    if not sample.records:
        return _FITS if _HEAD_OF_CHAT.search(sample.head) or _HEAD_OF_ACCOUNT.search(sample.head) else 0.0
    return sum(_is_message(one) or _is_chat(one) or _is_account(one) for one in sample.records) / len(sample.records)


def joined(text: Any, depth: int = 4) -> str:
    """The text of a string, of an object with a text, or of a list of both, as Telegram keeps formatted text: nothing stands between the parts.

    What lies deeper than `depth` is no text of Telegram's and left out.
    """
    if isinstance(text, str):
        return text
    if depth and isinstance(text, list):
        return "".join([joined(part, depth - 1) for part in text])
    return joined(text.get("text"), depth - 1) if depth and isinstance(text, dict) else ""


def with_lists(text: str, poll: dict[str, Any], todo: dict[str, Any]) -> str:
    """The text with the title and the lines of a poll and a to-do list below it."""
    if not poll and not todo:
        return text
    lines = [joined(poll.get("question")), *(joined(one.get("text")) for one in dicts_of(poll.get("answers")) + dicts_of(poll.get("options")))]
    lines += [joined(todo.get("title")), *(joined(one.get("text")) for one in dicts_of(todo.get("answers")) + dicts_of(todo.get("items")))]
    return "\n".join(filter(None, [text, *lines]))


def _links(value: dict[str, Any]) -> tuple[Link, ...]:
    """Addresses in the text, behind words of the text, and on buttons below it."""
    entities = dicts_of(value.get("text_entities")) or dicts_of(value.get("text"))
    links = [Link(joined(one), text_of(one.get("href")) or joined(one)) for one in entities if one.get("type") in ("link", "text_link")]
    rows = value.get("inline_bot_buttons")
    for row in rows if isinstance(rows, list) else []:
        links += [Link(text_of(one.get("text")), text_of(one.get("data"))) for one in dicts_of(row) if one.get("type") == "url" and one.get("data")]
    return tuple(links)


def media_kind(mime: str) -> str:
    """What a file is by its MIME type: "image", "video", "audio", else "file"."""
    main = mime.partition("/")[0]
    return main if main in ("image", "video", "audio") else "file"


def _path(value: Any) -> str:
    path = text_of(value)
    return "" if path.startswith(_NO_FILE) else path


def _media(value: dict[str, Any]) -> tuple[Media, ...]:
    """The photo or file, with its path inside the export where it was exported, and the emoji that a sticker stands for."""
    if "photo" in value:
        return (Media("photo", _path(value["photo"]), ""),)
    if "file" in value:
        kind = _KINDS.get(text_of(value.get("media_type"))) or media_kind(text_of(value.get("mime_type")))
        return (Media(kind, _path(value["file"]), text_of(value.get("sticker_emoji"))),)
    return ()


def _extra(value: dict[str, Any], place: Place) -> dict[str, str]:
    extra = {"chat": text_of(place.outer.get("name")), "chat_type": text_of(place.outer.get("type"))}
    for key, name in _EXTRA:
        if key in value:
            extra[name] = text_of(value[key])
    if "forwarded_from" in value:
        extra["forwarded_from"] = text_of(value["forwarded_from"]) or "?"  # an account that is gone has no name any more
        extra["forwarded_from_id"] = text_id(value.get("forwarded_from_id"))
    if card := dict_of(value.get("contact_information")):
        extra["contact"] = " ".join(filter(None, (text_of(card.get(key)) for key in ("first_name", "last_name", "phone_number"))))
    if spot := dict_of(value.get("location_information")):
        extra["location"] = f"{spot.get('latitude', '')},{spot.get('longitude', '')}".strip(",")
    return {key: text for key, text in extra.items() if text}


def id_in(chat: str, number: str) -> str:
    """Id of a message: "chat/number", because Telegram counts anew in every chat; for a chat neither id nor name is known of, the number alone."""
    return f"{chat}/{number}" if chat and number else number


def _reply_to(value: dict[str, Any], chat: str) -> str:
    number = text_id(value.get("reply_to_message_id"))
    other = text_id(value.get("reply_to_peer_id")).lstrip("abcdefghijklmnopqrstuvwxyz")  # "channel123", of a reply into another chat
    return id_in(other or chat, number)


def _author(value: dict[str, Any], place: Place) -> tuple[str, str]:
    """Id and name of who wrote; a channel's post without a writer is the channel's own."""
    if "from" not in value and "from_id" not in value and text_of(place.outer.get("type")).endswith("_channel"):
        chat = text_id(place.outer.get("id"))
        return f"channel{chat}" if chat else "", text_of(place.outer.get("name"))
    return text_id(value.get("from_id")), text_of(value.get("from"))


def _written(value: dict[str, Any]) -> Any:
    return value.get("text", value.get("text_entities"))


def _text(value: Any) -> str | None:
    """The text of a message, or None for what is none."""
    if not isinstance(value, dict) or value.get("type") != "message" or not isinstance(text := _written(value), str | list):
        return None
    return with_lists(joined(text), dict_of(value.get("poll")), dict_of(value.get("todo_list")))


def _post(value: dict[str, Any], place: Place) -> Post:
    chat = text_id(place.outer.get("id")) or text_of(place.outer.get("name"))
    username, number = text_of(place.outer.get("username")).lstrip("@"), text_id(value.get("id"))
    author_id, author_name = _author(value, place)
    text = _text(value)
    if text is None:
        raise RowError(reason="missing_text" if _written(value) is None else "text_type", place=place.name)
    return Post(
        id=id_in(chat, number) or place.name,
        source="telegram",
        text=text,
        url=f"https://t.me/{username}/{number}" if username and number else "",
        author_id=author_id,
        author_name=author_name,
        created_at=read_time(value.get("date_unixtime")) or read_time(value.get("date")),
        edited_at=read_time(value.get("edited_unixtime")) or read_time(value.get("edited")),
        reply_to=_reply_to(value, chat),
        links=_links(value),
        media=_media(value),
        file=place.file,
        row=place.row,
        extra=_extra(value, place),
    )


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    kind = value.get("type")
    if kind == "message":
        yield _post(value, place)
    elif kind not in _NO_POSTS:
        raise RowError(reason="unknown_record", place=place.name)


SOURCE = Source(
    name="telegram",
    en="Telegram Desktop export (JSON)",
    ja="Telegram Desktop のエクスポート（JSON）",
    sniff=_sniff,
    posts=_posts,
    shapes=(JsonShape(("text",), {("type",): "message"}, veto=(("poll",), ("todo_list",))),),
    text=_text,
    inside=("messages",),
)
