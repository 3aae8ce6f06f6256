"""Exclamation marks.

Why it counts: sets the tone of an advert.
When it misleads: any excited post has them.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="exclamations",
    group="form",
    side=Side.SCENE,
    en="exclamation marks",
    ja="感嘆符",
    why_ja="広告の調子を示すだけ。興奮した投稿全般に見られる。",
    within=Range(Measure.EXCLAMATIONS, 2, 999),
)
