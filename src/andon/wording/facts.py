"""The second look's facts as words. Facts that pair two groups of signals, count or measure are put together from parts."""

from __future__ import annotations

import re
from typing import Literal

_FACTS: dict[str, tuple[str, str]] = {
    "says_ends_as_report": ("出来事を伝える結び", "ends like a report"),
    "says_ends_as_request": ("人を募る結び", "ends like a call for people"),
    "says_ends_as_wish": ("願い・求めの結び", "ends like a wish"),
    "says_ends_as_talk": ("おしゃべりの結び", "ends like chat"),
    "says_ends_as_noun": ("名詞で終わる", "ends in a noun"),
    "says_first_person": ("一人称で語る", "speaks in the first person"),
    "says_forbids": ("止める・注意する言葉", "forbids or warns"),
    "says_tells_of_others": ("事件や他人について述べる", "tells of a case or of others"),
    "says_asks_what_it_is": ("何なのかを尋ねる", "asks what it is"),
    "says_talks_about_posts": ("募集や投稿を話題にする", "talks about such posts"),
    "says_reaction": ("感想・反応", "reacts"),
    "says_speaks_to_you": ("相手に呼びかける", "speaks to the reader"),
    "says_buys_or_pays": ("買う・払うと言う", "says it buys or pays"),
    "says_proper_terms": ("労働条件の言葉", "names terms of employment"),
    "says_fiction_or_game": ("作品・ゲーム・推しの話", "fiction, games or fandom"),
    "quoted_share": ("手がかりが引用の中にある", "cues stand inside quotation marks"),
    "noun_endings_share": ("名詞止めが多い", "clauses end in nouns"),
    "latin_text": ("ローマ字・英字の文", "written in Latin letters"),
}
_GROUPS: dict[str, tuple[str, str]] = {
    "pay": ("報酬", "pay"), "speed": ("速さ", "speed"), "ease": ("簡単さ", "ease"), "safety": ("安全の主張", "safety claims"), "crime_word": ("犯罪の隠語", "crime words"),
    "errand": ("お使い仕事", "errands"), "account": ("口座", "accounts"), "phone": ("携帯", "phones"), "tools": ("道具", "tools"), "people": ("人への呼びかけ", "calls to people"),
    "contact": ("連絡手段", "contact"), "control": ("身分証・支配", "papers and control"), "recruit": ("募集の言葉", "recruiting words"), "foreign": ("外国語", "other languages"),
    "against": ("そうでない話", "signs against"), "form": ("文の形", "form"), "emoji": ("絵文字", "emoji"), "disguise": ("偽装", "disguise"),
}  # fmt: skip
_COUNTED = re.compile(r"(missing|for|against|length|clauses)_(\d)$")
_COUNTS: dict[str, tuple[str, str]] = {
    "missing": ("求人の必要項目が {n} 個欠けている", "{n} of the six advert items missing"),
    "for": ("募集を示すシグナルの数: {n}", "signals for: {n}"),
    "against": ("そうでないシグナルの数: {n}", "signals against: {n}"),
    "length": ("文の長さ（段階 {n}）", "length of the text (step {n})"),
    "clauses": ("句の数: {n}", "clauses: {n}"),
}


def fact_sentence(fact: str, language: Literal["ja", "en"]) -> str:
    """A fact's words in the language; an unknown fact is returned as it is."""
    index = int(language == "en")
    if fact in _FACTS:
        return _FACTS[fact][index]
    counted = _COUNTED.match(fact)
    if counted:
        return _COUNTS[counted.group(1)][index].format(n=counted.group(2))
    if fact.startswith("states_"):
        return ("必要項目の記載: " if index == 0 else "states: ") + fact.removeprefix("states_")
    if fact.startswith("only_"):
        group = fact.removeprefix("only_")
        return ("手がかりは一種類だけ: " if index == 0 else "only one sort of cue: ") + _GROUPS.get(group, (group, group))[index]
    if "+" in fact:
        parts = [_GROUPS.get(group, (group, group))[index] for group in fact.split("+")]
        return ("と" if index == 0 else " and ").join(parts)
    return fact
