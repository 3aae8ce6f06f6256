"""Telegram messages as programs receive them: lines of Telethon and Pyrogram (as kept in research sets), updates and messages of the Bot API.

From the published types; no dump was at hand. Offsets of entities count UTF-16 units. A message is "chat/number", because numbers begin anew in every
chat. Notices are no posts; an empty message is one that is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.detection.sources.source import JsonShape, Sample, Skip, Source
from andon.detection.sources.telegram import id_in, media_kind, with_lists
from andon.detection.sources.values import dict_of, dicts_of, read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_NATIVE = ("Message", "MessageService", "MessageEmpty")
_UPDATES = ("message", "edited_message", "channel_post", "edited_channel_post", "business_message", "edited_business_message")
_FILES = ("video", "animation", "video_note", "audio", "voice", "document", "sticker")
_FILE_KINDS = {"animation": "video", "video_note": "video", "voice": "audio"}
_CONTENT = ("text", "caption", "photo", "poll", "checklist", "contact", "location", *_FILES)


def _is_plain(value: Any) -> bool:
    """Whether it is a message of the Bot API, or of Pyrogram, which names things alike."""
    return isinstance(value, dict) and ("message_id" in value or "id" in value) and isinstance(value.get("chat"), dict) and "date" in value


def _fits(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if value.get("_") in _NATIVE or "update_id" in value or ("message_id" in value and _is_plain(value)):
        return True
    result = value.get("result")
    return value.get("ok") is True and isinstance(result, list) and all(isinstance(one, dict) and "update_id" in one for one in result)


def _sniff(sample: Sample) -> float:
    return sum(map(_fits, sample.records)) / len(sample.records) if sample.records else 0.0


def _cut(text: str, entity: dict[str, Any]) -> str:
    """The part of the text that an entity means, or the empty string where it points outside."""
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or min(offset, length) < 0:
        return ""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def _kind(entity: dict[str, Any]) -> str:
    """Kind of an entity without the spelling of the library: "MessageEntityTextUrl", "MessageEntityType.TEXT_LINK" and "text_link" are one."""
    kind = text_of(entity.get("type") or entity.get("_")).rpartition(".")[2].lower().replace("_", "")
    return kind.removeprefix("messageentity").replace("url", "link")


def _links(text: str, entities: list[dict[str, Any]], buttons: Any) -> tuple[Link, ...]:
    """Addresses in the text, behind words of the text, and on buttons below it."""
    links = []
    for entity in entities:
        if _kind(entity) in ("link", "textlink"):
            shown = _cut(text, entity)
            links.append(Link(shown, text_of(entity.get("url")) or shown))
    for row in buttons if isinstance(buttons, list) else []:
        inner = dict_of(row).get("buttons") if isinstance(row, dict) else row
        links += [Link(text_of(one.get("text")), text_of(one.get("url"))) for one in dicts_of(inner) if text_of(one.get("url"))]
    return tuple(link for link in links if link.expanded)


def _peer(value: Any) -> tuple[str, str]:
    """Kind ("user", "channel", "chat") and id of a peer; old dumps give a number alone."""
    if isinstance(value, dict):
        return next(((kind, text_id(value[f"{kind}_id"])) for kind in ("channel", "user", "chat") if f"{kind}_id" in value), ("", ""))
    return "", text_id(value)


def _name(person: dict[str, Any]) -> str:
    return text_of(person.get("title")) or " ".join(filter(None, (text_of(person.get("first_name")), text_of(person.get("last_name")))))


def _without_empty(extra: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in extra.items() if text}


def _native_media(media: dict[str, Any]) -> tuple[Media, ...]:
    if "photo" in media:
        return (Media("photo", "", ""),)
    return (Media(media_kind(text_of(dict_of(media["document"]).get("mime_type"))), "", ""),) if "document" in media else ()


def _native_text(value: dict[str, Any], place: Place) -> str:
    text = value.get("message")
    if not isinstance(text, str):
        raise RowError(reason="missing_text" if text is None else "text_type", place=place.name)
    media = dict_of(value.get("media"))
    return with_lists(text, dict_of(media.get("poll")), dict_of(media.get("todo")))


def _native(value: dict[str, Any], place: Place) -> Post:
    """A message of Telethon: peers instead of names, unless the dump has added "chat" and "sender"."""
    text, number = _native_text(value, place), text_id(value.get("id"))
    chat_kind, chat = _peer(value.get("peer_id") or value.get("to_id"))
    around, sender = dict_of(value.get("chat")), dict_of(value.get("sender"))
    own = chat_kind == "channel" and not value.get("from_id")  # written in the name of the channel
    kind, author = (chat_kind, chat) if own else _peer(value.get("from_id"))
    origin, reply = dict_of(value.get("fwd_from")), dict_of(value.get("reply_to"))
    page = dict_of(dict_of(value.get("media")).get("webpage"))
    card = (Link(text_of(page.get("title")), text_of(page.get("url"))),) if text_of(page.get("url")) else ()
    username = text_of(around.get("username"))
    return Post(
        id=id_in(chat, number) or place.name,
        source="telegram_api",
        text=text,
        url=f"https://t.me/{username}/{number}" if username and number else "",
        author=text_of((around if own else sender).get("username")),
        author_id=f"{kind}{author}" if author else "",
        author_name=_name(around if own else sender),
        created_at=read_time(value.get("date")),
        edited_at=None if value.get("edit_hide") else read_time(value.get("edit_date")),  # hidden: only reactions or buttons changed
        reply_to=id_in(_peer(reply.get("reply_to_peer_id"))[1] or chat, text_id(reply.get("reply_to_msg_id") or value.get("reply_to_msg_id"))),
        repost_of=id_in(_peer(origin.get("from_id"))[1], text_id(origin.get("channel_post"))) if origin.get("channel_post") else "",
        links=_links(text, dicts_of(value.get("entities")), dict_of(value.get("reply_markup")).get("rows")) + card,
        media=_native_media(dict_of(value.get("media"))),
        file=place.file,
        row=place.row,
        extra=_without_empty({
            "chat": _name(around),
            "forwarded_from": text_of(origin.get("from_name")) or "".join(_peer(origin.get("from_id"))),
            "signature": text_of(value.get("post_author")),
            "views": text_id(value.get("views")),
            "album": text_id(value.get("grouped_id")),
        }),
    )  # fmt: skip


def _origin(value: dict[str, Any]) -> tuple[str, str]:
    """Name of who was forwarded, and id of the message where it is known; before 2024 the fields stood in the message itself."""
    origin = dict_of(value.get("forward_origin"))
    chat = dict_of(origin.get("chat") or origin.get("sender_chat") or value.get("forward_from_chat"))
    user = dict_of(origin.get("sender_user") or value.get("forward_from"))
    number = text_id(origin.get("message_id") or value.get("forward_from_message_id"))
    name = _name(chat) or _name(user) or text_of(origin.get("sender_user_name") or value.get("forward_sender_name"))
    return name, id_in(text_id(chat.get("id")), number) if chat and number else ""


def _plain_media(value: dict[str, Any]) -> tuple[Media, ...]:
    files = [Media("photo", "", "")] if value.get("photo") else []
    for key in _FILES:
        if isinstance(file := value.get(key), dict) and not (key == "document" and "animation" in value):  # an animation comes as both
            kind = _FILE_KINDS.get(key) or (media_kind(text_of(file.get("mime_type"))) if key == "document" else key)
            files.append(Media(kind, "", text_of(file.get("emoji"))))
    return tuple(files)


def _plain(value: dict[str, Any], place: Place) -> Iterator[Post]:
    """A message of the Bot API or Pyrogram; one without any content is a notice."""
    if not any(value.get(key) for key in _CONTENT):
        return
    key = "text" if value.get("text") is not None else "caption"
    if not isinstance(value.get(key, ""), str | None):
        raise RowError(reason="text_type", place=place.name)
    text = text_of(value.get(key))
    chat, number = dict_of(value.get("chat")), text_id(value.get("message_id", value.get("id")))
    author = dict_of(value.get("sender_chat") or value.get("from") or value.get("from_user"))
    if not author and text_of(chat.get("type")).rpartition(".")[2].lower() == "channel":
        author = chat
    entities = dicts_of(value.get("entities" if key == "text" else "caption_entities"))
    forwarded, repost = _origin(value)
    replied = dict_of(value.get("reply_to_message"))
    chat_id, username = text_id(chat.get("id")), text_of(chat.get("username"))
    card = dict_of(value.get("contact"))
    yield Post(
        id=id_in(chat_id, number) or place.name,
        source="telegram_api",
        text=with_lists(text, dict_of(value.get("poll")), dict_of(value.get("checklist"))),
        url=f"https://t.me/{username}/{number}" if username and number else "",
        author=text_of(author.get("username")),
        author_id=text_id(author.get("id")),
        author_name=_name(author),
        created_at=read_time(value.get("date")),
        edited_at=read_time(value.get("edit_date")),
        reply_to=id_in(chat_id, text_id(replied.get("message_id", replied.get("id")) or value.get("reply_to_message_id"))),
        repost_of=repost,
        links=_links(text, entities, dict_of(value.get("reply_markup")).get("inline_keyboard")),
        media=_plain_media(value),
        file=place.file,
        row=place.row,
        extra=_without_empty({
            "chat": _name(chat),
            "chat_type": text_of(chat.get("type")).rpartition(".")[2].lower(),
            "forwarded_from": forwarded,
            "signature": text_of(value.get("author_signature")),
            "views": text_id(value.get("views")),
            "album": text_id(value.get("media_group_id")),
            "contact": " ".join(filter(None, (_name(card), text_of(card.get("phone_number"))))),
        }),
    )  # fmt: skip


def _message(value: dict[str, Any], place: Place) -> Iterator[Found]:
    chat = _peer(value.get("peer_id"))[1]
    if value.get("_") == "MessageEmpty":
        yield Skip("gone", id_in(chat, text_id(value.get("id"))))
    elif value.get("_") == "MessageService":
        return
    elif _is_plain(value) and "message" not in value:
        yield from _plain(value, place)
    elif value.get("_") == "Message":
        yield _native(value, place)
    else:
        raise RowError(reason="unknown_record", place=place.name)


def _update(value: dict[str, Any], place: Place) -> Iterator[Found]:
    """The message of an update; other updates (a button pressed, somebody joined) are no posts."""
    for key in _UPDATES:
        if isinstance(value.get(key), dict):
            yield from _message(value[key], place)


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    if value.get("update_id") is not None:
        yield from _update(value, place)
    elif isinstance(value.get("result"), list):
        for update in dicts_of(value["result"]):
            try:
                yield from _update(update, place)
            except RowError as error:
                yield error
    else:
        yield from _message(value, place)


SOURCE = Source(
    name="telegram_api",
    en="Telegram messages of programs (Telethon, Pyrogram, Bot API)",
    ja="Telegram の API のメッセージ（Telethon・Pyrogram・Bot API）",
    sniff=_sniff,
    posts=_posts,
    shapes=(JsonShape(("message",), {("_",): "Message"}, veto=(("media", "poll"), ("media", "todo"), ("update_id",), ("result",))),),
)
