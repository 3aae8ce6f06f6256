"""The six items that a job advert must state, and where a post states them: the hotline's own test since March 2025.

Employment Security Act article 5-4 with the Labour Ministry's notice of December 2024: an advert that lacks the recruiter's name, address, contact, the work, the place of
work or the pay is a breach; an address goes down to the building, a contact is a telephone number, a mail address or the firm's own form (a
private message or a bare link is none). The rule covers calls for freelance work too.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.language.contacts import Contact


class JobItem(StrEnum):
    """The six items, in the order of the notice."""

    NAME = "name"
    ADDRESS = "address"
    CONTACT = "contact"
    WORK = "work"
    PLACE = "place"
    PAY = "pay"


Span = tuple[int, int]

_LETTER = r"[ぁ-んァ-ヶー一-龥々a-zA-Zａ-ｚＡ-Ｚ0-9０-９・]"
_NAME = re.compile(
    rf"(?:株式会社|有限会社|合同会社|一般社団法人|医療法人|社会福祉法人|NPO法人|[（(](?:株|有|同)[）)]){_LETTER}{{1,20}}|{_LETTER}{{1,20}}(?:株式会社|有限会社|合同会社|[（(](?:株|有|同)[）)])"
    rf"|[ァ-ヶー一-龥々a-zA-Z]{{2,16}}(?:支店|本店|営業所|事業所|工務店|商店|クリニック|病院|医院|薬局|製作所|運輸|物流センター|配送センター|農園|牧場|保育園|幼稚園|市役所|区役所|引越センター|ベーカリー|食堂|書店|旅館|ホテル|劇団)"
)
# Each item with a quick test: without one of these characters or words its pattern, which is tried at every place of the text, cannot match.
_NAME_MARK = re.compile(
    "会社|法人|[株有同][）)]|支店|本店|営業所|事業所|工務店|商店|クリニック|病院|医院|薬局|製作所|運輸|物流センター|配送センター|農園|牧場|保育園|幼稚園|市役所|区役所"
    "|引越センター|ベーカリー|食堂|書店|旅館|ホテル|劇団"
)
_PLACE_MARK = re.compile("[:：】駅道京阪県市区郡]")

_ADDRESS = re.compile(rf"[一-龥ァ-ヶ]{{1,6}}[都道府県市区町村郡]{_LETTER}{{0,14}}?[0-9０-９一二三四五六七八九十]+(?:丁目|番地?|[-－−‐][0-9０-９]+)[0-9０-９番号地丁目\-－−‐]*(?:[ 　]?{_LETTER}{{2,12}}[0-9０-９]*(?:階|F|号室?))?")
_TASKS = (
    "仕分け ピッキング 梱包 検品 品出し レジ 接客 ホール キッチン 調理 皿洗い 洗い場 清掃 警備 交通誘導 介護 看護 保育 配達 配送 ドライバー 運転手 引越し 引っ越し 搬入 搬出 設営 撤去 解体 塗装 溶接 足場 施工 大工 左官 "
    "農作業 収穫 草刈り 田植え 事務 受付 データ入力 テレアポ コールセンター 営業 販売 ライター ライティング 動画編集 デザイン プログラミング エンジニア 開発 講師 家庭教師 試験監督 チラシ配り ポスティング 棚卸し 着ぐるみ モデル エキストラ "
    "治験 モニター アンケート 座談会 キャスト フロアレディ ラウンジ 黒服 ボーイ 巫女 サンタ 交通量調査 覆面調査 ベビーシッター 家事代行 犬の散歩 倉庫作業 軽作業 製造 組立 フォークリフト 整備 美容師 ネイリスト 仲居 裏方 リフト係"
).split()
_HEADINGS = ("仕事内容", "業務内容", "職種", "作業内容")
# All alternatives begin with a plain character: only so does the engine skip quickly to where one may begin.
_WORK = re.compile("|".join([*(heading + r"\s*[:：】]\s*\S{2,20}" for heading in _HEADINGS), *sorted(_TASKS, key=len, reverse=True)]))
_PLACE = re.compile(
    rf"(?:勤務地|勤務先|就業場所|就業先|場所|現場|エリア)\s*[:：】]\s*\S{{2,20}}|{_LETTER}{{1,8}}駅(?!弁|伝)|(?:北海道|東京都?|大阪府?|京都府?|[一-龥]{{2,3}}県|[一-龥]{{1,4}}市(?!場|民|販|況|長)|[一-龥]{{1,3}}区(?!分|切|別|画)|[一-龥]{{1,3}}郡)(?:内|で|の)?"
)
_PAY = re.compile(r"(?:時給|日給|日当|月給|月収|年収|週給|給与|給料|報酬|謝礼|ギャラ|手当)[^\n。]{0,8}?[0-9０-９一二三四五六七八九十百千万][0-9０-９一二三四五六七八九十百千万,，.．]*円?|[0-9０-９.,，．]+\s*(?:万円?|千円|円|k\b)|[一二三四五六七八九十百]+万")
_FORM = re.compile(r"form|entry|apply|recruit|oubo|contact", re.IGNORECASE)
_ADVERT_CONTACTS = {"telephone", "mail"}


def _first(pattern: re.Pattern[str], text: str, mark: re.Pattern[str] | None = None) -> Span | None:
    match = pattern.search(text) if mark is None or mark.search(text) else None
    return match.span() if match else None


def find_job_items(text: str, contacts: Sequence[Contact]) -> dict[JobItem, Span | None]:
    """Where `text` states each of the six items: half-open code-point range of the first place, or None when the item is missing."""
    proper = next(
        ((one.start, one.end) for one in contacts if one.type in _ADVERT_CONTACTS or (one.type == "url" and _FORM.search(one.value))),
        None,
    )
    return {
        JobItem.NAME: _first(_NAME, text, _NAME_MARK),
        JobItem.ADDRESS: _first(_ADDRESS, text),
        JobItem.CONTACT: proper,
        JobItem.WORK: _first(_WORK, text),
        JobItem.PLACE: _first(_PLACE, text, _PLACE_MARK),
        JobItem.PAY: _first(_PAY, text),
    }
