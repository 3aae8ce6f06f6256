"""Laughter.

Why it counts: people laugh when they talk about such posts or joke; an offer seldom laughs.
When it misleads: young recruiters write casually too.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="laughter",
    group="against",
    side=Side.AGAINST,
    en="laughter",
    ja="笑い（w・草）",
    why_ja="話題にしたり冗談を言う投稿に多い。若い募集者がくだけて書く場合もある。",
    within=Range(Measure.LAUGHS, 1, 999),
)
