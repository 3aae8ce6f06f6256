"""Words by which an officer would work on somebody, instead of answering: a crime, a target, a date or a higher stake proposed, or the other pushed.

A fictitious-identity investigation answers; it does not bring anybody to a crime (A17). An outgoing message is looked through before it is sent (the
form) and when it is logged; what is raised goes to the coordinator with the words. A pattern is a pointer and no finding: "FINE" is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.undercover.contactlog.matching import Raised, folded, sentences

if TYPE_CHECKING:
    import re

    from andon.console.undercover.contactlog.matching import Sentence

CRIME, TARGET, DATE, STAKE, PRESSURE = "crime", "target", "date", "stake", "pressure"
RULES = (CRIME, TARGET, DATE, STAKE, PRESSURE)

# Forms of proposing: "let us", "shall we", "how about", "I want to", "please do".
_LETS = (
    "ましょ|ませんか|ませんかね|(?:やろ|しよ|行こ|いこ|狙お|盗も|奪お|襲お|殴ろ|入ろ|決めよ|始めよ|組も|攫お)う|しない[?]|やらない[?]|やんない[?]|"
    "どうですか|どうでしょう|どうすか|どう[?]|いかがです|いいと思|(?:した|やった|行った|狙った|入った)(?:方|ほう)が|(?<!教え)(?<!言っ)(?<!聞い)てくださ"
)
_WANTS = "やりたい|したい|やらせて|でき(?:ます|る)(?!か)|やれ(?:ます|る)(?!か)|やります(?!か)|手伝(?:います|える|えます)(?!か)|任せて|お願いし"
_CRIMES = (
    "強盗|たたき|叩き|ひったくり|窃盗|盗(?:み|む|め|も|ん|っ|り)|泥棒|空き巣|詐欺|受け子|出し子|かけ子|押し入|押入|襲(?:う|お|い|え|っ)|殴(?:る|り|ろ|っ)|"
    "縛(?:る|り|ろ|っ)|脅(?:し|す|そ)|殺(?:す|し|そ|り|ろ)|刺(?:す|し|そ)|奪(?:う|い|お|っ|え)|拉致|監禁|攫|恐喝|かつあげ|運び屋|闇バイト|裏バイト|万引|"
    "金庫(?:を|)(?:破|開|壊)|窓(?:を|)割|忍び込|侵入"
)
_TOOLS = "バール|ハンマー|ナイフ|包丁|スタンガン|催涙|結束バンド|ガムテープ|目出し帽|凶器|武器|拳銃|偽造|飛ばし|レンタカー|原付|車"
_BRINGS = (
    "(?:用意|準備|調達|手配)(?:します|しま|できます|できる|する|しとき|しておき)(?!か)|"
    "(?:持って(?:行き|いき|き)|買って(?:行き|いき|き|おき)|出(?:せ|し))ます(?!か)"
)

# Who or what would be robbed.
_VICTIMS = (
    "金持ち|資産家|富裕|独居|ひとり暮らし|一人暮らし|老人|お年寄り|年寄り|高齢者|じいさん|ばあさん|じじい|ばばあ|おばあ|おじい|社長|宝石|質屋|貴金属|"
    "時計店|買取|タンス預金|金庫|現金|札束|金塊|売上金|名簿"
)
_PLACES = "家|店|屋敷|会社|事務所|倉庫|銀行|郵便局|コンビニ|マンション|アパート|ところ|所"
_OFFERED = (
    "(?:知って(?:い|)ま|知って(?:い|)る|知り合いに)|あります(?!か)|(?:い|おり)ます(?!か)|狙|紹介(?:します|できます)|教え(?:ます|られます)(?!か)|"
    "住んで(?:い|)ます|調べ(?:ました|ておき|ときま|てあ)|下見(?:し|を)|入りやす|留守|鍵.{0,6}(?:開|かかって(?:い|)な|かけて(?:い|)な)|"
    "持って(?:い|)ます(?!か)|置いて(?:い|)ます(?!か)|貯め|"
)
_WEAK = "狙|入りやす|留守|鍵.{0,6}(?:開|かかって(?:い|)な|かけて(?:い|)な)|(?:お|)金が.{0,4}(?:あ|置)|儲かって|下見(?:し|を)"

_UNLOCKED = "鍵.{0,6}(?:開|かかって(?:い|)な|かけて(?:い|)な)"
_SAFE = "大丈夫|平気|捕まら(?:ない|ん)|ばれない|ばれません|捕まりません"
_FRIENDS = "友達|友人|仲間|知り合い|後輩|先輩|連れ"
_DAYS = (
    "今日|本日|今夜|今晩|明日|あした|あす|明後日|あさって|今週|来週|再来週|週末|今月|来月|月末|年末|正月|連休|(?:月|火|水|木|金|土|日)曜|"
    "[0-9]{1,2}月[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}|[0-9]{1,2}日|[0-9]{1,2}時|深夜|夜中|早朝|朝いち|年金|給料日"
)
_SETS = (
    "ましょ|ませんか|にしよう|にしない|どうですか|どうでしょう|どうすか|どう[?]|いかがです|(?:が|は|のが|方が|ほうが|頃が|ごろが)(?:いい|良い|よい)|"
    "やりたい|行きたい|したい|決行|実行|でお願いし|でいき|狙|やろう|行こう"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Words that raise where some other words stand behind or before them. `asked`: also in a question."""

    rule: str
    pattern: re.Pattern[str]
    asked: bool = True


def _near(rule: str, first: str, second: str, *, asked: bool = True) -> list[_Rule]:
    return [_Rule(rule, folded(f"(?:{first}).{{0,30}}?(?:{second})"), asked)]


_ALL: list[_Rule] = [
    *_near(CRIME, _CRIMES, f"{_LETS}|{_WANTS}"),
    _Rule(CRIME, folded(f"(?:{_LETS}).{{0,6}}?(?:{_CRIMES})")),
    *_near(CRIME, _TOOLS, _BRINGS, asked=False),
    *_near(TARGET, _VICTIMS, f"{_OFFERED}{_LETS}", asked=False),
    *_near(TARGET, _VICTIMS, "(?:狙|紹介)|ませんか|どうですか|どうでしょう|どう[?]|いかがです"),
    *_near(TARGET, _PLACES, _WEAK, asked=False),
    *_near(TARGET, f"(?:{_PLACES})(?:を|に|は|が|とか|なんか|)", "(?:狙|襲).{0,6}(?:ませんか|どう|ましょ|う)"),
    _Rule(TARGET, folded(f"{_UNLOCKED}.{{0,8}}(?:{_PLACES})"), asked=False),
    _Rule(TARGET, folded(f"(?:いい|良い|金(?:の|が)ある|儲かる)(?:{_PLACES}).{{0,4}}(?:知って|あります|ありますよ|教え)"), asked=False),
    *_near(DATE, _DAYS, _SETS),
    _Rule(STAKE, folded("(?:もっと|更に|さらに|もう少し|もうちょっと)(?:大き|でか|稼|高|儲|やば|危|割の|いい仕事|いい案件|金にな|おいし|本格|派手)")),
    _Rule(STAKE, folded("(?:他に|ほかに|別に)(?:も|)(?:仕事|案件|稼げ|でかい|大きい).{0,6}(?:あり|ない|くださ|回し|紹介)")),
    _Rule(STAKE, folded("(?:額|金額|報酬|取り分|分け前|人数|件数|回数).{0,6}(?:上げ|増や|倍)")),
    _Rule(STAKE, folded("もう(?:一|1|ひと)(?:軒|件|回|人|箇所|つ).{0,8}(?:やり|行き|いき|狙|ましょ|ませんか|でき|どう|回り|入り)")),
    _Rule(STAKE, folded("ついでに.{0,12}(?:ましょ|ませんか|やり|狙|取|盗)")),
    _Rule(STAKE, folded("(?:何でも|なんでも)(?:やり|し|でき)(?:ま|る)|どんな(?:仕事|こと|事|案件)でも")),
    _Rule(STAKE, folded("(?:一番|いちばん)(?:稼げ|儲か|高い|大きい|でかい|やばい)")),
    _Rule(STAKE, folded(f"(?:{_FRIENDS}).{{0,8}}(?:連れて(?:行|い|き)|誘(?:い|って|え)|紹介(?:し(?!ても)|でき)|集め|呼び|呼べ)"), asked=False),
    _Rule(PRESSURE, folded("(?:やめない|辞めない|逃げない|びびらない|怖がらない|降りない|迷わない)(?:で|よ)")),
    _Rule(PRESSURE, folded("(?:早く|さっさと|今すぐ|すぐに).{0,4}(?:やり|行き|決行|実行|始め|動き)(?:ましょ|たい|ませんか|しましょ)")),
    _Rule(PRESSURE, folded(f"(?:{_SAFE}).{{0,6}}(?:から|ので|って|です).{{0,12}}(?:やり|行き|やろ|行こ|ましょ|いけ)")),
]
# "Let us not": no proposal.
_REFUSES = folded(
    "(?:やり|し|でき|行き)ません(?!か)|(?:やり|し)たくな|嫌です|いやです|無理です|断(?:り|る)|やめ(?:ます|たい|ましょ|よう|て(?:くださ|おき)|ませんか)|"
    "止め(?:ましょ|ます|ませんか)|降り(?:ます|たい)|よく(?:な|あり)|だめです|いけません"
)
_KEEPS = frozenset({STAKE, PRESSURE})  # raised also where something else is declined in the same sentence


def check(text: str) -> list[Raised]:
    """What in an outgoing message proposes a crime, a target, a date or a higher stake, or pushes. In their order, each rule once a sentence."""
    found: dict[tuple[str, int], Raised] = {}
    for sentence in sentences(text):
        refuses = _REFUSES.search(sentence.text) is not None
        for rule in _ALL:
            if (rule.rule, sentence.offset) in found or (refuses and rule.rule not in _KEEPS):
                continue
            if raised := _raised(rule, sentence, text):
                found[rule.rule, sentence.offset] = raised
    return sorted(found.values(), key=lambda one: (one.start, RULES.index(one.rule)))


def _raised(rule: _Rule, sentence: Sentence, text: str) -> Raised | None:
    if sentence.is_question and not rule.asked:
        return None
    match = rule.pattern.search(sentence.text)
    if match is None:
        return None
    start, end = sentence.span(match)
    return Raised(start, end, rule.rule, text[start:end])
