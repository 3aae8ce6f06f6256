"""A long text.

Why it counts: sets the scene: a long text names more words, so each weighs less.
When it misleads: long offers exist.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="long_text",
    group="form",
    side=Side.SCENE,
    en="a long text",
    ja="長い文",
    why_ja="長い文は語が多く、一語の重みは小さい。長い募集文もある。",
    within=Range(Measure.CHARS, 90, 100_000_000),
)
