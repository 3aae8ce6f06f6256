"""People leaving the country.

Why it counts: Those who leave Japan are asked to sell accounts and phones.
When it misleads: Flat and farewell talk.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="foreigners_leaving",
    group="people",
    side=Side.FOR,
    en="people leaving the country",
    ja="帰国する人への呼びかけ",
    why_ja="帰国する人に口座や携帯を売らせる。引っ越しや送別の話にも出る。",
    terms=words("""
        (帰国|本国に帰|国に帰|国へ帰|出国)(前|する前|予定|する(方|人|時|学生|から)|の方|が近|される|したら|し|時)(に|の|は|方|人|)
        (留学生|実習生|技能実習|特定技能|外国人|外国籍|ベトナム人)(の方|歓迎|さん|OK|募集|で|向け|から|も可|可|帰国|も|の) 回国前 回國前 về_nước sắp_về_nước
    """),
    kinds=(Kind.ACCOUNT,),
)
