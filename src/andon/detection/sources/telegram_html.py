"""Telegram as web pages: pages of a Desktop export (messages.html, messages2.html …) and the public page of a channel (t.me/s/<channel>).

From published descriptions and pieces of such pages; whole real ones were not at hand. The export knows no ids of chats: the id of its message is
"name of the chat/number". The public page marks that a message was edited, not when; it shows an album as one message. What a reply quotes stands
inside the message and is left out, because other people wrote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from andon.detection.sources.html_text import plain_text
from andon.detection.sources.source import Place, Sample, Skip, Source
from andon.detection.sources.telegram import id_in
from andon.detection.sources.values import read_time
from andon.domain.errors import RowError
from andon.domain.posts import Link, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborNode

    from andon.detection.sources.source import Found

_PUBLIC = b"tgme_"
_EXPORT = re.compile(rb'class="page_wrap[^>]*>|href="css/style\.css"[^>]*>\s*<script src="js/script\.js"')
_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_GO_TO = re.compile(r"go_to_message(\d+)")
_ADDRESS = re.compile(r"https?://t\.me/(?:s/)?([A-Za-z0-9_]+)/(\d+)")
_PICTURE = re.compile(r"""background-image:\s*url\(['"]?([^'")]+)""")
_PEER = re.compile(r"c(\d+)_")
_GONE = "Deleted Account"  # stands for the name of an account that no longer exists
_EDITED = re.compile(r"\s*(?:edited|編集済み)", re.IGNORECASE)
# Classes of the export's media blocks, and of the links around files that were exported.
_EXPORT_MEDIA = {
    "photo_wrap": "photo", "media_photo": "photo", "video_file_wrap": "video", "media_video": "video", "animated_wrap": "video",
    "sticker_wrap": "sticker", "media_voice_message": "audio", "media_audio_file": "audio", "media_file": "file",
}  # fmt: skip
_PUBLIC_MEDIA = {
    "a.tgme_widget_message_photo_wrap": "photo", "a.tgme_widget_message_video_player": "video", "video.tgme_widget_message_roundvideo": "video",
    "audio.tgme_widget_message_voice": "audio", "a.tgme_widget_message_document_wrap": "file", "i.tgme_widget_message_sticker": "sticker",
}  # fmt: skip


def _sniff(sample: Sample) -> float:
    if not sample.head.lstrip().startswith(b"<"):
        return 0.0
    return 1.0 if sample.head.count(_PUBLIC) > 1 or _EXPORT.search(sample.head) else 0.0


def _attribute(node: LexborNode | None, name: str) -> str:
    return "" if node is None else node.attributes.get(name) or ""


def _inner(node: LexborNode | None) -> tuple[str, tuple[Link, ...]]:
    """Text and links of what stands inside the node."""
    return ("", ()) if node is None else plain_text(node.inner_html or "")


def _shown(node: LexborNode | None) -> str:
    return _inner(node)[0].strip()


def _own_text(node: LexborNode | None) -> str:
    """Text of a name without the marks inside it (a date, "via @bot")."""
    return "" if node is None else (node.text(deep=False) or "").strip()


def _classes(node: LexborNode) -> list[str]:
    return _attribute(node, "class").split()


def _poll(body: LexborNode) -> list[str]:
    """Question and answers of a poll of the export, without the dash before and the number of votes behind an answer."""
    answers = [_own_text(node).removeprefix("-").strip() for node in body.css("div.media_poll .answer")]
    return [*map(_shown, body.css("div.media_poll .question")), *answers]


def _export_time(node: LexborNode | None) -> datetime | None:
    """Time out of "03.10.2025 12:34:18 UTC+03:00"; the zone is missing before 2022."""
    found = _DATE.search(_attribute(node, "title"))
    return read_time(f"{found[3]}-{found[2]}-{found[1]}T{found[4]}{found[5] or ''}") if found else None


def _export_media(body: LexborNode) -> tuple[Media, ...]:
    made = []
    for node in body.css(".media_wrap > *"):
        kind = next((_EXPORT_MEDIA[name] for name in _classes(node) if name in _EXPORT_MEDIA), "")
        if kind:
            made.append(Media(kind, _attribute(node, "href"), ""))
    return tuple(made)


def _export_post(node: LexborNode, number: str, author: str, chat: str, place: Place) -> Post:
    body = node.css_first("div.body")
    if body is None:
        raise RowError(reason="missing_text", place=place.name)
    text, links = _inner(body.css_first("div.text"))
    origin, card = body.css_first("div.forwarded > div.from_name"), body.css_first("div.media_contact")
    reply = _GO_TO.search(_attribute(body.css_first("div.reply_to a"), "href"))
    extra = {
        "chat": chat,
        "forwarded_from": _own_text(origin),
        "signature": _shown(body.css_first("div.signature")),
        "contact": "" if card is None else " ".join(filter(None, map(_shown, card.css(".title, .status")))),
    }
    return Post(
        id=id_in(chat, number) or place.name,
        source="telegram_html",
        text="\n".join(filter(None, [text, *_poll(body)])),
        author_name=author,
        created_at=_export_time(body.css_first("div.date.details")),
        reply_to=id_in(chat, reply[1]) if reply else "",
        links=links,
        media=_export_media(body),
        file=place.file,
        row=place.row,
        extra={key: value for key, value in extra.items() if value},
    )


def _export(page: LexborHTMLParser, place: Place) -> Iterator[Found]:
    """Messages of a page of the export; notices and lines that name the day are skipped."""
    chat, author = _shown(page.css_first("div.page_header div.text.bold")), ""
    for row, node in enumerate(page.css("div.history > div.message, div.page_body > div.message"), 1):
        number, classes = _attribute(node, "id").removeprefix("message"), _classes(node)
        if "default" not in classes:
            yield Skip("service", id_in(chat, number))
            continue
        if "joined" not in classes:  # else by the writer of the message above, whose name is not repeated
            name = _own_text(node.css_first("div.body > div.from_name"))
            author = "" if name == _GONE else name
        at = Place(place.file, row)
        try:
            yield _export_post(node, number, author, chat, at)
        except RowError as error:
            yield error


def _public_media(node: LexborNode) -> tuple[Media, ...]:
    made = []
    for found in node.css(", ".join(_PUBLIC_MEDIA)):
        kind = next(kind for name, kind in _PUBLIC_MEDIA.items() if name.partition(".")[2] in _classes(found))
        picture = _PICTURE.search(_attribute(found, "style"))
        film = found.css_first("video[src]") if kind == "video" else None
        address = _attribute(film, "src") or _attribute(found, "src") or (picture[1] if picture else "")
        made.append(Media(kind, address, _shown(found.css_first(".tgme_widget_message_document_title"))))
    return tuple(made)


def _more_links(node: LexborNode) -> tuple[Link, ...]:
    """Addresses of the preview card and of buttons."""
    cards = node.css("a.tgme_widget_message_link_preview[href]")
    made = [Link(_shown(card.css_first(".link_preview_title")), _attribute(card, "href")) for card in cards]
    made += [Link(_shown(button), _attribute(button, "href")) for button in node.css("a.tgme_widget_message_inline_button[href]")]
    return tuple(link for link in made if link.expanded)


def _address_id(node: LexborNode | None) -> str:
    """Id "channel/number" of the message that a link leads to, or the empty string."""
    found = _ADDRESS.match(_attribute(node, "href"))
    return f"{found[1]}/{found[2]}" if found else ""


def _public_post(node: LexborNode, place: Place) -> Post:
    address = _attribute(node, "data-post")
    channel, _, number = address.partition("/")
    text, links = _inner(node.css_first("div.js-message_text"))
    origin = node.css_first(".tgme_widget_message_forwarded_from_name")
    poll = map(_shown, node.css(".tgme_widget_message_poll_question, .tgme_widget_message_poll_option_text"))
    mark, peer = node.css_first(".tgme_widget_message_meta"), _PEER.match(_attribute(node, "data-peer"))
    extra = {
        "views": _shown(node.css_first(".tgme_widget_message_views")),
        "edited": "yes" if mark is not None and _EDITED.match(mark.text(deep=False) or "") else "",
        "forwarded_from": _shown(origin),
        "forwarded_link": _attribute(origin, "href"),
        "signature": _shown(node.css_first(".tgme_widget_message_from_author")),
    }
    return Post(
        id=address or place.name,
        source="telegram_html",
        text="\n".join(filter(None, [text, *poll])),
        url=f"https://t.me/{address}" if channel and number else "",
        author=channel,
        author_id=f"channel{peer[1]}" if peer else "",
        author_name=_shown(node.css_first(".tgme_widget_message_owner_name")),
        created_at=read_time(_attribute(node.css_first("a.tgme_widget_message_date time, .tgme_widget_message_meta time"), "datetime")),
        reply_to=_address_id(node.css_first("a.tgme_widget_message_reply")),
        repost_of=_address_id(origin),
        links=links + _more_links(node),
        media=_public_media(node),
        file=place.file,
        row=place.row,
        extra={key: value for key, value in extra.items() if value},
    )


def _document(page: bytes, place: Place) -> Iterator[Found]:
    tree = LexborHTMLParser(page)
    messages = tree.css("div.tgme_widget_message")
    if not messages:
        yield from _export(tree, place)
    for row, node in enumerate(messages, 1):
        if "service_message" in _classes(node):
            yield Skip("service", _attribute(node, "data-post"))
        else:
            yield _public_post(node, Place(place.file, row))


def _posts(value: Any, place: Place) -> Iterator[Found]:
    """Pages have no JSON form."""
    del value
    raise RowError(reason="not_markup", place=place.name)
    yield


SOURCE = Source(
    name="telegram_html",
    en="Telegram as web pages (Desktop export, t.me/s)",
    ja="Telegram のウェブページ（Desktop のエクスポート、t.me/s）",
    sniff=_sniff,
    posts=_posts,
    document=_document,
)
