"""Half a million yen a month and more.

Why it counts: a monthly income of this size without skill is bait for overseas call work and for vague offers.
When it misleads: sales commissions, freelance software work and night-life name such incomes.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="pay_month_high",
    group="pay",
    side=Side.FOR,
    en="half a million yen a month and more",
    ja="月50万円以上",
    why_ja="技能不問でこの月収は海外の電話役や内容不明の募集の餌に多い。歩合営業、フリーランスIT、ナイトワークでも示される。",
    within=Range(Measure.PAY_MONTH_YEN, 500_000),
    kinds=(Kind.VAGUE,),
)
