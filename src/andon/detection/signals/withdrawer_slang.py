"""Slang for taking money from machines with other people's cards.

Why it counts: dashi-ko and its spellings name the withdrawing role of a fraud crew.
When it misleads: news and warnings use it as a legal term, and in kana it lies inside cooking words (dashi) and ordinary verbs.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="withdrawer_slang",
    group="crime_word",
    side=Side.FOR,
    en="withdrawer slang (dashi-ko)",
    ja="出し子などの隠語",
    why_ja=(
        "他人のカードで現金を引き出す役の隠語。報道や啓発での使用が多く、かな書きでは料理の「だし」や他の語の一部に一致することがある。"
    ),
    terms=words("""
        出し子 出しこ だし子 ダシ子 だしこ 出子募集 d子 d案件 dashiko dashi-ko dashi_ko 出し案件 出しの仕事 出しバイト 出し役 引き出し役
        引出し役 引出役 引き出し(子|係|要員) atm役 出金役 出金係 出金要員 下ろし役 おろし役 おろし屋 下ろし子 打ち出し役 出しやれる
        出しできる(人|方) 受け無し出しのみ 出しのみ募集 他人名義のカード 他人のカード 人のカードで 預かったカード 渡されたカード 渡すカード
    """),
    guards=words("""
        だしこん だしこむ だしこみ だしこめ だしこい だしこと だしこれ だしこう だしこの だしこれ だしこそ 引き出しこ 見出しこ だしこく
        だしこな だしころ だしこま
    """),
    kinds=(Kind.FRAUD_PICKUP,),
)
