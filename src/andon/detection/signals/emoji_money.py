"""Money emoji.

Why it counts: money bags and notes stand for pay without a word.
When it misleads: shops, gamblers and pay-day posts use them too.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="emoji_money",
    group="emoji",
    side=Side.FOR,
    en="money emoji",
    ja="お金の絵文字",
    why_ja="言葉を使わずに報酬を示す。店や賭け事、給料日の投稿でも使われる。",
    within=Range(Measure.EMOJI_MONEY, 1, 999),
)
