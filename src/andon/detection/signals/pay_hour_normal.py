"""An hourly wage.

Why it counts: an hourly wage of an ordinary size is the mark of a lawful advert.
When it misleads: job-board disguises name 1,500 yen an hour.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="pay_hour_normal",
    group="pay",
    side=Side.AGAINST,
    en="an hourly wage",
    ja="時給の表示",
    why_ja="通常の時給の表示は合法な求人の目印。求人サイトを装う募集も時給1500円程度を示す。",
    within=Range(Measure.PAY_HOUR_YEN, 700, 3_999),
)
