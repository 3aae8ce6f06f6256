"""A long number (telephone).

Why it counts: a telephone number in the text: lawful adverts apply by telephone.
When it misleads: buyers of accounts and phones also leave a number.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="long_digits",
    group="contact",
    side=Side.SCENE,
    en="a long number (telephone)",
    ja="長い数字（電話番号）",
    why_ja="電話番号の記載。合法な求人は電話応募が多いが、口座や携帯の買い手も番号を載せる。",
    within=Range(Measure.LONG_DIGITS, 1, 999),
)
