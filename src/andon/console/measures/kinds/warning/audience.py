"""W5: nobody who asks for help and nobody under eighteen is answered with a warning. What a post's words say of who wrote it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.language.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.intake.models import Post

SEEKER, MINOR, OTHER = "seeker", "minor", "other"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of who wrote a post: `who` (somebody seeking help, a minor, somebody who is no recruiter), and the words it was told by.

    A `certain` one closes the post to warnings. Any other asks a person to look.
    """

    who: str
    words: str
    certain: bool


# Kana as the normal form has them: hiragana, none small. Patterns are written as people write and brought there by `_like_normal`.
_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
_KANA = {code: _LARGE.get(code - 0x60, code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)} | _LARGE


def _like_normal(text: str) -> str:
    return text.translate(_KANA)


def _patterns(*written: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_like_normal(one), re.MULTILINE) for one in written)


_ME_IN_IT = r"(?:してしま|しちゃ|しちまっ|してしまい|させられ)"
_SENT = r"(?:送ってしま|送っちゃ|渡してしま|渡しちゃ|教えてしま|教えちゃ|見せてしま|撮られ|取られ)"
_HELP = _patterns(
    rf"(?:闇バイト|やみばいと|ヤミバイト|裏バイト|怪しいバイト|バイト|案件|仕事|募集|求人)(?:に|へ)?(?:応募|参加|登録|申し込み|申込){_ME_IN_IT}",
    rf"(?:応募|参加|加担|登録){_ME_IN_IT}",
    rf"(?:身分証|免許証?|保険証|マイナンバー|顔写真|個人情報|学生証|住所|口座|キャッシュカード|通帳)(?:の写真|の画像)?(?:を|も|まで)?{_SENT}",
    r"(?:どうしたら|どうすれば|どうやって)(?:いい|良い|抜け|やめ|辞め|逃げ|断)",
    r"(?:抜け出し|抜け|辞め|やめ|逃げ|断り|引き返し)たい(?:のに|けど|です|ん|と思|が|！|!|。|$)",
    r"(?:抜け|辞め|やめ|逃げ|断)られ(?:ない|ません|なく|ず)",
    r"(?:脅され|脅迫され|おどされ|家に(?:行く|来る|押しかけ)と(?:言わ|いわ)れ|家族(?:を|に).{0,8}(?:言わ|いわ)れ|バラすと|ばらすと)",
    r"(?:誰か|だれか|誰でもいいので|お願い(?:します)?、?)(?:助けて|たすけて)",
    r"(?:助けて|たすけて)(?:ください|下さい|欲しい|ほしい|$|！|!|。)",
    r"(?:警察|弁護士|親|先生|110|9110)(?:に|へ)(?:相談|言う|言っ|行く|行っ|話し|話す)(?:し|する)?た?(?:たい|べき|たら|方が|ほうが|らいい|んです)",
    r"(?:騙され|だまされ|ダマされ)(?:た|て|ました|てしま)",
    r"(?:死にたい|消えたい|自首し|自首する)",
    r"(?:捕まり|逮捕され)(?:たくない|ますか|るの(?:かな|でしょうか|か))",
    r"\bi (?:have )?(?:applied|signed up|joined|sent (?:them )?my (?:id|licen[sc]e|passport))\b",
    r"\b(?:help me|please help|how (?:do|can) i (?:get out|quit|leave|stop)|they(?:'re| are)? threaten\w*)\b",
    r"\bi (?:was|got|am being) (?:threatened|scammed|tricked)\b",
)
_AGE = r"(?:1[0-7]|十[一二三四五六七]?)(?:歳|才|さい)"
_SCHOOL = (
    r"(?:小学生|中学生|高校生|中学[1-3一二三]年|高校[1-3一二三]年|[中高][1-3一二三](?:年生)?|小[1-6一二三四五六](?:年生)?|高専生|"
    r"jk[1-3]?|jc[1-3]?|js[1-6]?|dk[1-3]?|男子高生|女子高生)"
)
_SELF = r"(?:です|だけど|だけれど|ですけど|ですが|だが|なんですが|なんだけど|なのに|になった|になりました|の娘|の息子|やってます|してます)"
_UNDER_AGE = _patterns(
    rf"(?:{_AGE}|{_SCHOOL})(?:の(?:男|女|男子|女子|者))?{_SELF}",
    rf"(?:私|わたし|僕|ぼく|俺|おれ|自分|うち)(?:は|、|まだ|も|って){{0,2}}(?:まだ)?(?:{_AGE}|{_SCHOOL}|未成年)",
    rf"まだ(?:{_AGE}|{_SCHOOL}|未成年)",
    rf"^\W*(?:{_AGE}|{_SCHOOL})[\s♀♂/|・,、。]",
    rf"(?:{_AGE}|{_SCHOOL})(?:♀|♂|女子|男子|女|男)?(?:の)?(?:バイト|仕事|働き先)?(?:を)?(?:探して|さがして|探し中|募集中です|欲しい|ほしい)",
    r"\bi(?:'m| am) (?:only )?1[0-7]\b",
    r"\b1[0-7] ?(?:yo|y/o|years? old)\b",
    r"\bi(?:'m| am) (?:a|in) (?:(?:junior )?high school|middle school|elementary)",
)
_YOUNG_NAME = _patterns(rf"{_SCHOOL}|{_AGE}|未成年")
_TALKS_OF_YOUTH = _patterns(rf"(?:{_AGE}|{_SCHOOL}|未成年|学生|生徒|小中高|middle school|high school|teen(?:ager)?s?)")
_TALKS_OF_HELP = _patterns(r"(?:助けて|相談|怖い|こわい|不安|被害|騙|だまさ|脅|抜けたい|やめたい|\bhelp)")
# Signals of the model that speak of another writer than a recruiter.
_OTHER_VOICES = frozenset({
    "first_person_wish", "first_person_feeling", "victim_report", "police_warning_voice", "school_hotline_voice", "news_voice", "reported_speech",
    "question_voice", "fiction_game", "joke_laugh", "past_narrative", "thanks_greeting",
})  # fmt: skip


def signs(text: str, names: Iterable[str] = (), signals: Iterable[str] = ()) -> list[Sign]:
    """The signs in a post's text, in the names its author goes by, and among the signals that fired in it. Certain ones first."""
    found = _words_of(text, tuple(names))
    return [*found, *(Sign(OTHER, signal, certain=False) for signal in signals if signal in _OTHER_VOICES)]


@lru_cache(maxsize=5000)  # the same posts are looked at when drafted, read, approved and sent
def _words_of(text: str, names: tuple[str, ...]) -> tuple[Sign, ...]:
    plain = _plain(text)
    found = [Sign(SEEKER, words, certain=True) for words in _matches(_HELP, plain)]
    found += [Sign(MINOR, words, certain=True) for words in _matches(_UNDER_AGE, plain)]
    found += [Sign(MINOR, words, certain=True) for name in names for words in _matches(_YOUNG_NAME, _plain(name))]
    sure = {sign.who for sign in found}
    loose = [(MINOR, _TALKS_OF_YOUTH), (SEEKER, _TALKS_OF_HELP)]
    found += [Sign(who, words, certain=False) for who, patterns in loose if who not in sure for words in _matches(patterns, plain)]
    return tuple(found)


def _matches(patterns: Iterable[re.Pattern[str]], plain: str) -> list[str]:
    return [match.group().strip() for one in patterns if (match := one.search(plain))]


def signs_of(post: Post) -> list[Sign]:
    """The signs in a stored post."""
    return signs(post.text, (post.author_name,) if post.author_name else (), post.signals)


def _plain(text: str) -> str:
    """As the model reads it (disguises undone), and below it as it is written: the normal form takes marks out that end a sentence."""
    written = unicodedata.normalize("NFKC", text).lower()
    return _like_normal(f"{normalise(text).text}\n{written}")
