"""Signs of a stop rule in what came in (A16): they suspect, they threaten, a minor, another victim, an order to do it oneself.

A pointer for the coordinator and for whoever logs, never a finding: whether a rule is met is answered by people at every stage.
"""

from __future__ import annotations

from andon.console.undercover.authority.codes import Ground
from andon.console.undercover.contactlog.matching import Raised, folded, sentences

_SIGNS = {
    Ground.IDENTITY_NOTICED.value: (
        "(?:警察|さつ|ポリ(?:公|)|刑事|おまわり|おとり|囮|潜入|スパイ).{0,8}(?:だろ|じゃ|でしょ|だな|ですよね|だよね|か[?]|[?]|ばれ|疑|臭)|"
        "(?:身分証|免許|写真|名前|住所).{0,8}(?:偽|嘘|加工|おかし|でたらめ|存在しな)|お前誰"
    ),
    Ground.SAFETY.value: (
        "殺す|殺され|ぶっ殺|刺すぞ|埋め(?:る|て)|沈め|攫|さらう|拉致|(?:家|実家|住所|親|家族|妹|弟|子供).{0,10}(?:行くぞ|行くから|行かせ|押しかけ|乗り込|どうなる|"
        "知ってる|分かってる|割れて|おさえて|狙)|逃げたら|飛んだら|ただじゃ"
    ),
    Ground.NEW_VICTIM.value: (
        "(?:別の|他の|ほかの|次の|もう一つの|追加の)(?:家|店|標的|ターゲット|年寄り|じじい|ばばあ|たたき)|(?:ターゲット|標的)(?:を|が|は).{0,6}(?:変|増|追加)"
    ),
    Ground.ASKED_TO_COMMIT.value: (
        "(?:殴|縛|刺|割|奪|壊)(?:れ|っ(?:て|と)(?:こい|きて|ください|くれ|け|[。!]|$))|押し入(?:れ|って)|(?:お前|君|あなた|そっち)(?:が|も|で)(?:やれ|やって|入れ|入って|殴|縛|受け取)|"
        "(?:口座|キャッシュカード|通帳).{0,6}(?:作って|送って|貸して|渡して)|(?:現金|荷物|カード).{0,6}(?:受け取って|引き出して|下ろして)"
    ),
    Ground.MINOR.value: "中学生|高校生|中[1-3](?:の|です|だ)|高[1-3](?:の|です|だ)|未成年|(?<![0-9])1[0-7](?:歳|才|さい)|(?<![a-z])j[kc](?![a-z])",
}
RULES = tuple(_SIGNS)
_PATTERNS = {ground: folded(pattern) for ground, pattern in _SIGNS.items()}


def check(text: str) -> list[Raised]:
    """The signs in an incoming message, in the order of the text, each rule once a sentence."""
    found = []
    for sentence in sentences(text):
        for ground, pattern in _PATTERNS.items():
            if match := pattern.search(sentence.text):
                start, end = sentence.span(match)
                found.append(Raised(start, end, ground, text[start:end]))
    return sorted(found, key=lambda one: one.start)
