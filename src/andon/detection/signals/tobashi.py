"""Phones and accounts that lead to nobody.

Why it counts: Tobashi phones and accounts are sold for fraud.
When it misleads: The word also means skipping (a song, a day) or dismissing.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="tobashi",
    group="phone",
    side=Side.FOR,
    en="phones and accounts that lead to nobody",
    ja="飛ばし",
    why_ja="他人名義の電話・口座を指す隠語。曲飛ばしなど「抜かす」意味でも使われる。",
    terms=words("""
        (飛ばし|とばし)(携帯|スマホ|電話|口座|sim|の携帯|の電話|端末|あり|ます|売|買|ケータイ|あります|用) 足(の|が)つかない(携帯|電話|スマホ|番号|口座|車) 他人名義の(携帯|スマホ|口座|sim) 名義不明
        契約者不明
    """),
    kinds=(Kind.PHONE,),
)
