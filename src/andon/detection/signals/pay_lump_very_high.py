"""A very high lump sum (100,000 to under 1,000,000 yen).

Why it counts: half of the amounts in published examples are 150,000 yen and more for work that needs no skill.
When it misleads: monthly wages, rents and purchases are of this size.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="pay_lump_very_high",
    group="pay",
    side=Side.FOR,
    en="a very high lump sum (100,000 to under 1,000,000 yen)",
    ja="10万円以上100万円未満の額",
    why_ja="公表された募集例の金額の中央値は15万円前後で、技能の要らない作業には釣り合わない。月給・家賃・購入額も同じ規模になる。",
    within=Range(Measure.PAY_LUMP_YEN, 100_000, 999_999),
    kinds=(Kind.VAGUE,),
)
