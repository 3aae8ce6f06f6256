"""An ordinary day's wage.

Why it counts: a day's wage of an ordinary size is what lawful day labour pays.
When it misleads: since 2024 disguised adverts name modest day wages on purpose.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="pay_day_normal",
    group="pay",
    side=Side.AGAINST,
    en="an ordinary day's wage",
    ja="通常の日当",
    why_ja="通常の日雇いの範囲の日当は合法な求人に多い。ただし2024年以降は目立たない額を示す偽装募集もある。",
    within=Range(Measure.PAY_DAY_YEN, 5_000, 19_999),
)
