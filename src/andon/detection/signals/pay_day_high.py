"""A day's wage of 20,000 yen and more.

Why it counts: no unskilled day job pays this much, and nothing is asked of the applicant.
When it misleads: night-life, site foremen and entertainers do earn such day wages.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="pay_day_high",
    group="pay",
    side=Side.FOR,
    en="a day's wage of 20,000 yen and more",
    ja="2万円以上の日当",
    why_ja="技能の要らない日雇いでこの額は通常ない。ナイトワークや職人・出演者では実際にある。",
    within=Range(Measure.PAY_DAY_YEN, 20_000),
    kinds=(Kind.VAGUE,),
)
