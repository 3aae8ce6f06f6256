"""Reports to a hotline, kept as a table: one report a row, the reported post copied into it.

No public machine format exists for such reports (web forms hold free text and an address); this reads the project's own intake form, as CSV or
workbook: 受付番号, 受付日時, 通報手段, 通報者区分, 対象URL (several in a cell or in several columns), サービス名, アカウント, 投稿日時, 本文転記,
該当類型, 画面保存(sha256), 発見日時, 通報先, 措置, 備考. Proven on invented rows only.

The person who reported is not carried along: of 通報手段 and 通報者区分 only the classes listed here are kept, never what else somebody wrote
there, and no other column about the reporter, nor the remarks (備考), where names end up, is read at all.

A report without a copied text is a report of a picture or of an address alone: skipped and counted. A post's `observed_at` is when it was seen
(発見日時), else when the report came in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.detection.sources.fields import plain_name
from andon.detection.sources.source import Sample, Source, TableShape
from andon.detection.sources.values import read_time, text_id, text_of
from andon.domain.errors import RowError
from andon.domain.kinds import HotlineCategory
from andon.domain.posts import Link, Post
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from andon.detection.sources.source import Found, Place

_COLUMNS = {
    "text": "本文転記", "id": "受付番号", "reported_at": "受付日時", "channel": "通報手段", "reporter": "通報者区分", "url": "対象url",
    "service": "サービス名", "author": "アカウント", "created_at": "投稿日時", "category": "該当類型",
    "screenshot_sha256": "画面保存(sha256)", "observed_at": "発見日時", "reported_to": "通報先", "action": "措置",
}  # fmt: skip
# Columns that no other table has.
_OWN = frozenset(_COLUMNS[field] for field in ("id", "reported_at", "channel", "reporter", "category", "reported_to", "action"))
_LEAST_OWN = 3
_COPIED = ("service", "screenshot_sha256", "reported_to", "action")  # kept as they are written
_CHANNELS = {"web": ("web", "ウェブ", "フォーム", "サイト"), "phone": ("電話", "tel", "phone"), "mail": ("メール", "mail")}
_REPORTERS = {
    "anonymous": ("匿名",), "patrol": ("パトロール",), "police": ("警察",), "business": ("事業者", "会社", "企業"), "school": ("学校", "教員"),
    "family": ("保護者", "家族"), "victim": ("本人", "被害者", "応募者"), "individual": ("個人", "一般"),
}  # fmt: skip
_CATEGORIES = (
    (re.compile("犯罪実行者|実行者募集|闇バイト|闇ﾊﾞｲﾄ"), HotlineCategory.PERPETRATOR_RECRUITMENT),
    (re.compile("口座|通帳|キャッシュカード"), HotlineCategory.ACCOUNT_TRANSFER),
    (re.compile("携帯|電話|sim", re.IGNORECASE), HotlineCategory.PHONE_TRANSFER),
    (re.compile("薬物|麻薬|覚醒剤|覚せい剤|大麻"), HotlineCategory.DRUG_ADVERT),
)
_BETWEEN = re.compile(r"[\s、，,;|]+(?=h[tx]{2}ps?://|ttps?://|$)")


def _column(field: str, names: Sequence[str]) -> str | None:
    wanted = _COLUMNS.get(field)
    return next((name for name in names if plain_name(name) == wanted), None)


def _sniff(sample: Sample) -> float:
    names = {plain_name(name) for name in sample.header}
    return 0.9 if _COLUMNS["text"] in names and len(_OWN & names) >= _LEAST_OWN else 0.0


def _addresses(value: dict[str, Any]) -> list[str]:
    """All addresses of the report, in order: a cell may hold several, and there may be several columns (対象URL, 対象URL_2 …)."""
    cells = [text_of(cell) for name, cell in value.items() if plain_name(name).startswith(_COLUMNS["url"])]
    return list(dict.fromkeys(address for cell in cells for part in _BETWEEN.split(cell) if (address := part.strip(" \u3000、，,;|\r\n\t"))))


def _class_of(text: str, classes: dict[str, tuple[str, ...]]) -> str:
    """The class that a cell names, "other" for what is none of them, empty for an empty cell."""
    plain = plain_name(text)
    return next((name for name, words in classes.items() if any(word in plain for word in words)), "other" if plain else "")


def _category(text: str, day: datetime | None) -> dict[str, str]:
    """Category of the guideline, and the class it had on the day (Japanese time) of the report."""
    found = next((category for pattern, category in _CATEGORIES if pattern.search(text)), None)
    held = found.class_on(day.astimezone(JAPAN).date()) if found is not None and day is not None else None
    return {"category_stated": text, "category": str(found or ""), "category_class": str(held or "")}


def _posts(value: Any, place: Place) -> Iterator[Found]:
    if not isinstance(value, dict):
        raise RowError(reason="not_object", place=place.name, detail=type(value).__name__)
    names = list(value)
    cells = {field: value[name] for field in _COLUMNS if (name := _column(field, names)) is not None}
    text = text_of(cells.get("text"))
    if not text:
        raise RowError(reason="missing_text", place=place.name)
    reported, seen = read_time(cells.get("reported_at")), read_time(cells.get("observed_at"))
    created, addresses = read_time(cells.get("created_at")), _addresses(value)
    extra = {
        "reported_at": reported.isoformat() if reported else "",
        "channel": _class_of(text_of(cells.get("channel")), _CHANNELS),
        "reporter": _class_of(text_of(cells.get("reporter")), _REPORTERS),
        **_category(text_of(cells.get("category")).strip(), reported or seen),
        **{field: text_of(cells.get(field)).strip() for field in _COPIED},
    }
    yield Post(
        id=text_id(cells.get("id")) or place.name,
        source="hotline_report",
        text=text,
        url=addresses[0] if addresses else "",
        author=text_id(cells.get("author")),
        created_at=created,
        observed_at=seen or reported,
        links=tuple(Link("", address) for address in addresses[1:]),
        file=place.file,
        row=place.row,
        extra={key: one for key, one in extra.items() if one},
    )


SOURCE = Source(
    name="hotline_report",
    en="Hotline reports (intake form as CSV or workbook)",
    ja="ホットラインの通報（受付票の CSV・Excel）",
    sniff=_sniff,
    posts=_posts,
    table=TableShape(_column, textless=True, private=True),
)
