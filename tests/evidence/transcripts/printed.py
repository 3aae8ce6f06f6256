"""A conversation with everything in it that an app can record, and its transcript in each form as text."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from andon.evidence.chats.model import (
    Attachment,
    Clock,
    Conversation,
    Event,
    Kind,
    Message,
    Numbering,
    Participant,
    Place,
    Reaction,
    Reply,
    Version,
)
from andon.evidence.transcripts.make import transcript
from andon.evidence.transcripts.model import Heading, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.wording.say import Language

_spec = importlib.util.spec_from_file_location("pdf_reading", Path(__file__).parents[2] / "console" / "removal" / "reading.py")
assert _spec is not None
assert _spec.loader is not None
_reading = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_reading)
pdf_text = _reading.pdf_text  # the tests' own reader of what fpdf2 makes

START = datetime(2026, 11, 20, 11, 58, 13, tzinfo=UTC)
NAMES = ("黒猫", "指示役", "hakobiya")
MADE_AT = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def said(seq: int, text: str, **more: Any) -> Message:
    given = {"sent_at": START + timedelta(minutes=seq), "clock": Clock.STATED, "author": f"user{seq % 3}", "author_name": NAMES[seq % 3], "number": seq + 1} | more
    place = given.pop("place", Place("chats/result.json", 1000 + seq * 321, 318, f"{seq * 7919:064x}"))
    kind = given.pop("kind", Kind.TEXT)
    return Message(str(given["number"]), "telegram:100", seq, kind, place, text=text, **given)


CONVERSATION = Conversation(
    "telegram:100", "telegram", "深夜便", "private_supergroup", tuple(Participant(f"user{at}", name) for at, name in enumerate(NAMES)),
    numbering=Numbering.PER_CHAT,
)  # fmt: skip
MESSAGES = (
    said(0, "", kind=Kind.SERVICE, event=Event.TIMER, facts={"seconds": 86400}),
    said(1, "集合は午後九時", expires_in=86400),
    said(2, "了解", reply_to=Reply("2", quoted="集合は午後九時", author="user1")),
    said(3, "報酬は10万円", edited_at=START + timedelta(minutes=9), versions=(Version("報酬は15万円"),), reactions=(Reaction("+1", "user0"), Reaction("!", None, 3))),
    said(4, "", kind=Kind.MEDIA, attachments=(Attachment("photo", "chats/p.jpg", "p.jpg", "image/jpeg", 18), Attachment("video", missing="not included"))),
    said(7, "転送です", forwarded_from="求人"),
    said(8, "", kind=Kind.DELETED, is_deleted=True),
    said(9, "消したはずの文", is_deleted=True),
    said(10, "時刻なし", sent_at=None, clock=Clock.NONE),
    said(11, "壁時計", clock=Clock.NAIVE, zone="Asia/Tokyo", written_time="2026/11/20 21:09"),
    said(12, "表から", place=Place("msgstore.db", 77, 40, "a" * 64, "message")),
)
WORDS = {  # what must be legible of the above
    "ja": (
        "深夜便", "消えるタイマーを 86,400 秒に設定", "集合は午後九時", "86,400 秒で消えるタイマー付き", "返信先：指示役「集合は午後九時」", "編集済み", "報酬は15万円",
        "黒猫、! ×3", "p.jpg", "この資料にファイルなし not included", "欠落（確実）", "6 番から 7 番までの 2 件", "転送：元の送信者 求人", "内容は残っていない", "内容は残っている",
        "時刻の記録なし", "表 message 行 77", "位置 1321＋318 バイト", "2026年11月20日（金）", "2026-11-20 20:59:13 JST", "11 行", "事件", "E0001", "山田",
        "のうち 1 行目から 11 行目まで", "「2026/11/20 21:09」を Asia/Tokyo とみなした",
    ),
    "en": (
        "深夜便", "timer set: messages erase themselves after 86,400 seconds", "集合は午後九時", "set to erase itself after 86,400 seconds", "In reply to 指示役: “集合は午後九時”",
        "edited (", "報酬は15万円", "黒猫, ! ×3", "p.jpg", "no file in this material not included", "Gap (proven)", "Numbers 6 to 7 (2)", "Forwarded from 求人",
        "What it said is not kept", "what it said is still here", "no time recorded", "table message row 77", "bytes 1321+318", "Fri 2026-11-20", "2026-11-20 20:59:13 JST",
        "Lines: 11", "Case", "E0001", "山田", "rows 1 to 11 of 11", "“2026/11/20 21:09”, read as Asia/Tokyo",
    ),
}  # fmt: skip
SOURCE = Source("E0001", "黒猫の端末", "令8証31号", "Pixel", "b" * 64, {"chats/result.json": "c" * 64, "chats/p.jpg": "d" * 64})


def heading(total: int = len(MESSAGES), **more: Any) -> Heading:
    given = {"case": "C-12", "sources": (SOURCE,), "conversation": CONVERSATION, "made_by": "山田", "made_at": MADE_AT, "total": total, "first": 1, "last": total, "zone": "Asia/Tokyo"}
    return Heading(**given | more)


def made(form: Any, rows: Iterable[Any], language: Language = "ja", **more: Any) -> bytes:
    """The transcript as bytes."""
    out = io.BytesIO()
    transcript(out, form, rows, heading(**more), language)
    return out.getvalue()


def html_text(content: bytes) -> str:
    """What a reader sees of a page, markup and style left out."""
    text = re.sub(r"<style>.*?</style>", "", content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", text))


def docx_text(content: bytes) -> str:
    """All texts of body and footnotes."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in ("word/document.xml", "word/footnotes.xml"):
            root = ET.fromstring(archive.read(name))
            parts += ["".join(one.text or "" for one in paragraph.iter(f"{_W}t")) for paragraph in root.iter(f"{_W}p")]
    return "\n".join(parts)
