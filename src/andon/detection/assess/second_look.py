"""The second look: who speaks, and is something offered? Too costly for every post, so taken only of those that the screen lets through.

Each fact has a name, a weight in the model and a sentence for people; its contribution is a reason like any other. Facts of the form `a+b`
say that signals of two groups stand in one post.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from andon.language.kernels import STOP_CODE
from andon.language.measures import M

if TYPE_CHECKING:
    from andon.detection.assess.job_items import JobItem, Span
    from andon.detection.scoring.engine import Reading
    from andon.detection.signals.signal import Signal

_STOP = chr(STOP_CODE)
_QUOTED = re.compile("「([^「」]{2,})」?")
# All patterns run on the normal form: hiragana, small kana as large, no long-vowel marks.
_PATTERNS = {
    "ends_as_report": re.compile("(た|ている|ていた|という|らしい|だそう|とのこと|そうです|された|れた|ました|ていました|容疑|疑い|逮捕|判決|へ|も|か)(。|」|$)"),
    "ends_as_request": re.compile("(ください|下さい|お願いします|待つてます|お待ちしてます|まで|連絡|歓迎|募集|募集中|希望|優遇|可|可能|ok|おけ|あり|有り|大丈夫|のみ|だけ|限定|急募|求む|若干名|いませんか|しませんか|やりませんか|どうですか)(。|$)"),
    "ends_as_wish": re.compile("(たい|ほしい|欲しい|ないかな|ねえかな|くれ|くれよ|くれないかな|おしえて|教えて|たすけて|助けて|かなあ?|だろうか)(。|$)"),
    "ends_as_talk": re.compile("(だよ|よな|よね|やん|やんけ|やろ|じやん|じやねえ|わ|わな|だな|やな|ねえ|ぞ|ぜ|のか|だろ|でしよ|けど|けどさ|んだが|んやが|って|つて|wwww?|草|笑|泣|で草|なあ|のに|気がする|と思う|つけ|もん|だつた|やつた|すぎ|すぎる|すぎた)(。|」|$)"),
    "ends_as_noun": re.compile("[一-龥](。|$)"),
    "first_person": re.compile("(私|俺|僕|わい|うち|自分|わたし|ぼく|おれ|われ|わし|おいら|拙者)(は|が|も|の|に|を|、|って|つて|だ|なんか)"),
    "forbids": re.compile("(しない|するな|しては|てはいけ|ちやだめ|ないで|応募しな|やめ|絶対に|ご注意|注意|気をつけ|騙され|だまされ|犯罪|違法|詐欺|通報|相談|警察)"),
    "tells_of_others": re.compile("(逮捕|容疑|起訴|摘発|供述|被告|裁判|県警|警視庁|男が|男ら|少年|女が|ら[0-9]+人|[0-9]+歳|事件|被害|指示役|送検|書類送検|実刑|懲役)"),
    "asks_what_it_is": re.compile("(ですか|なの|なのか|でしようか|かな|って何|つて何|とは|怪しい|大丈夫ですか|あやしい|本当|ほんと)\\?|(どう思|教えて|だと思)"),
    "talks_about_posts": re.compile("(って書|つて書|という(投稿|募集|広告|dm|めつせじ)|みたいな(の|投稿|募集|dm)|(dm|募集|投稿|広告|りぷ)(が|も)?(来|き|届|流|回|多|見|出)|見かけ|見た|まじで|うさん|胡散)"),
    "reaction": re.compile("(こわい|怖い|こわ|怖すぎ|やばすぎ|やべえ|ひどい|あほ|ばか|かわいそう|可哀|信じ|ありえん|ありえない|笑|うける|えぐ|うざい|きつい|つらい|しんどい|疲れ|眠い|楽しい|嬉しい|うれしい|おいしい|美味)"),
    "speaks_to_you": re.compile("(あなた|君|きみ|おまえ|方(へ|は|、|。|いま|募|優|歓|限|大|、|$)|人(募|いま|いない|優|歓|限|求)|さん(募|歓)|者(募|歓|優))"),
    "buys_or_pays": re.compile("(買い?ます|買取|買います|買い取|払い?ます|お支払|支払い?ます|渡し|差し上げ|あげます|出します|負担|お礼|謝礼|還元|保証|稼げ|稼ぐ|儲)"),
    "proper_terms": re.compile("(時給|社会保険|雇用保険|交通費|有給|研修|面接|履歴書|制服|昇給|賞与|しふと|週[0-9]|[0-9]時.{0,3}[0-9]+時|勤務時間|休日|土日|社員|ぱと|駅)"),
    "fiction_or_game": re.compile("(げむ|くえすと|あにめ|どらま|小説|漫画|まんが|映画|きやら|主人公|れべる|がちや|ぎるど|ほろ|推し|作品|同人|舞台|らいぶ|ちけつと|声優|配信|実況)"),
}
_GROUP_PAIRS_LEAST = 2


def _clauses(text: str) -> list[str]:
    return [part for part in text.split(_STOP) if part]


def facts(reading: Reading, signals: tuple[Signal, ...], items: dict[JobItem, Span | None]) -> dict[str, float]:
    """The facts of one post by name: 1.0 where one holds, a share or a count where the name says so. Facts that do not hold are absent."""
    text = reading.normal.text
    found: dict[str, float] = {f"says_{name}": 1.0 for name, pattern in _PATTERNS.items() if pattern.search(text)}
    found |= _about_signals(reading, signals, text)
    found |= _about_form(reading, text)
    missing = sum(span is None for span in items.values())
    found[f"missing_{missing}"] = 1.0
    for item, span in items.items():
        if span is not None:
            found[f"states_{item}"] = 1.0
    return found


def _about_signals(reading: Reading, signals: tuple[Signal, ...], text: str) -> dict[str, float]:
    """Pairs of groups, counts of signals on either side, and how many of the hits stand inside quotation marks."""
    fired = [signals[number] for number in reading.signals]
    groups = sorted({signal.group for signal in fired})
    found = {f"{a}+{b}": 1.0 for a, b in itertools.combinations(groups, _GROUP_PAIRS_LEAST)}
    found |= {f"only_{groups[0]}": 1.0} if len(groups) == 1 else {}
    for side in ("for", "against"):
        count = sum(signal.side == side for signal in fired)
        found[f"{side}_{min(count, 4)}"] = 1.0
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    inside = sum(any(start <= hit.start and hit.end <= end for start, end in quoted) for hit in reading.hits)
    if inside:
        found["quoted_share"] = inside / len(reading.hits)
    return found


def _about_form(reading: Reading, text: str) -> dict[str, float]:
    """Length, number of clauses, share of clauses that end in a noun, script."""
    clauses = _clauses(text)
    row = reading.normal.measures
    length = int(row[M.CHARS])
    nouns = sum("一" <= clause[-1] <= "龥" for clause in clauses)
    found = {f"length_{sum(length > edge for edge in (8, 14, 22, 35, 60, 110))}": 1.0, f"clauses_{min(len(clauses), 5)}": 1.0}
    if nouns:
        found["noun_endings_share"] = nouns / len(clauses)
    if row[M.KANA] == 0 and row[M.LATIN] > length * 0.6:
        found["latin_text"] = 1.0
    return found
