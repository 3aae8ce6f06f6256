"""An hourly wage of 4,000 yen and more.

Why it counts: an hourly wage far above the market for work without skill.
When it misleads: night-life, tutoring, medical and software work pay such rates.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="pay_hour_high",
    group="pay",
    side=Side.SCENE,
    en="an hourly wage of 4,000 yen and more",
    ja="4000円以上の時給",
    why_ja="技能の要らない仕事としては相場を大きく超える。ナイトワーク、家庭教師、医療、ITでは実際にある。",
    within=Range(Measure.PAY_HOUR_YEN, 4_000),
)
