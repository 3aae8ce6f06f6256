"""Several hashtags.

Why it counts: a tail of tags (high pay, instant cash) is how such posts are found.
When it misleads: fans and shops use tag tails as well.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="hashtags_many",
    group="form",
    side=Side.SCENE,
    en="several hashtags",
    ja="複数のハッシュタグ",
    why_ja="高額・即金などのタグの列で見つけてもらう。ファンや店の投稿でも普通に使われる。",
    within=Range(Measure.HASHTAGS, 2, 999),
)
