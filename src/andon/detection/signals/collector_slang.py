"""Slang for collecting cash or cards from fraud victims.

Why it counts: the role words and their abbreviation (UD, receive and withdraw) are used between crews and in tag lines; nobody else
recruits for them.
When it misleads: court news, police pages, dramas and jokes use them far oftener, universal design is UD as well, and "uke-kotae" only
looks alike.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="collector_slang",
    group="crime_word",
    side=Side.FOR,
    en="receiver slang (uke-ko, UD)",
    ja="受け子・UD などの隠語",
    why_ja=(
        "特殊詐欺の受け取り役・引き出し役を指す隠語と略語。報道・判決・啓発・ドラマでの用例が圧倒的に多く、UDはユニバーサルデザインの略でも"
        "ある。"
    ),
    terms=words("""
        受け子 受子 うけこ 受けこ うけ子 ウケ子 受(け|)-子 u子 u案件 受け(出し|だし) うけだし 受出し 受け出 受出 ud u/d u.d u&d u+d uとd u,d
        ud案件 udバイト ud募集 ud出来る ud経験 ukeko uke-ko uke_ko uke_dashi ukedashi ukeda 受け子募集 受け役 受取役 受け取り役 受け取り子
        受け専 受けと出し 受け、出し 受け案件 受けの仕事 受けバイト 受けやれる 受けできる 受けのみ募集 現金受け取り役 カード受け取り役
        キャッシュカード(受取|受け取|回収|すり替え|交換|預か) すり替え すりかえ カードすり替え 封筒すり替え 警察官(役|に扮|のふり)
        銀行員(役|に扮|のふり) 役人のふり 駅員役 検事役 弁護士役 息子役 部下役 代理人役 受けと打ち uk募集
    """),
    guards=words("引き受け子会社 うけこた うけこな 受け出て 受け出る 預け子 受け出た 預け出し ユーディ"),
    kinds=(Kind.FRAUD_PICKUP,),
)
