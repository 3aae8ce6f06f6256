"""A million yen and more.

Why it counts: raids, overseas call work and name lending are offered with a million and more.
When it misleads: news, budgets, investments and jokes speak of millions.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="pay_lump_huge",
    group="pay",
    side=Side.FOR,
    en="a million yen and more",
    ja="100万円以上の額",
    why_ja="強盗・海外での電話役・名義貸しには100万円以上が示される。ニュース、予算、投資、冗談でも使われる。",
    within=Range(Measure.PAY_LUMP_YEN, 1_000_000),
    kinds=(Kind.VAGUE,),
)
