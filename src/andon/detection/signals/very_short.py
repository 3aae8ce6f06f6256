"""A very short text.

Why it counts: sets the scene: little text, so each word weighs more.
When it misleads: most replies are this short.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="very_short",
    group="form",
    side=Side.SCENE,
    en="a very short text",
    ja="ごく短い文",
    why_ja="文字数が少なく、一語の重みが大きい。返信の多くもこの長さ。",
    within=Range(Measure.CHARS, 0, 9),
)
