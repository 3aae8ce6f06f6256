"""The job is called white or grey.

Why it counts: "white job" is trade language: it presupposes that black ones exist. Grey and "black" ratings come from the same vocabulary.
When it misleads: "white company" is a common word for a good employer, and grey zones are discussed in law, tax and games.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="white_grey_words",
    group="safety",
    side=Side.FOR,
    en="white or grey job",
    ja="ホワイト・グレー案件",
    why_ja=(
        "「ホワイト案件」「グレー」は闇の仕事を前提にした業界用語。働きやすい「ホワイト企業」や、法律・税務のグレーゾーンの議論とは別に読む"
        "必要がある。"
    ),
    terms=words("""
        ホワイト(案件|バイト|あんけん|な案件|なバイト|系|副業|求人案件|な仕事|のみ|寄り|ワーク案件|です|だよ|だから) ほわいと案件 白案件
        しろ案件 白の案件 white(案件|バイト|_案件) ホワ案件 ホワ案 ホワイトアンケン
        グレー(案件|バイト|な案件|な仕事|なバイト|系|寄り|な内容|です|ワーク|な副業|ビジネス) ぐれー案件 灰色案件 gray案件 grey案件
        ブラック(案件|バイト案件|な案件|系案件) 黒案件 クロ案件 黒寄り 白寄り 白よりの 白より 黒よりの グレーゾーン(です|案件|の仕事|だけど)
        真っ白な(案件|仕事) 真っ白案件 完全ホワイト 完全白 超ホワイト クリーン案件のみ 合法ホワイト ホワイト高額 ホワイト高収入 W案件 G案件
        B案件 white_job white_work
    """),
    guards=words("ホワイト系インテリア ホワイト系コーデ"),
    kinds=(Kind.VAGUE,),
)
