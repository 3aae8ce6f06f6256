"""A monthly wage of ordinary size.

Why it counts: sets the scene: an advert that speaks of a monthly wage.
When it misleads: overseas fraud work is also offered at 220,000 yen a month.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="pay_month_normal",
    group="pay",
    side=Side.SCENE,
    en="a monthly wage of ordinary size",
    ja="通常の月給",
    why_ja="月給を示す求人であることを示すだけ。海外拠点の詐欺でも月22万円程度で誘う例がある。",
    within=Range(Measure.PAY_MONTH_YEN, 100_000, 499_999),
)
