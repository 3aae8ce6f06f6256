"""No kana.

Why it counts: sets the scene: another language, or nouns stacked without particles as in slogans.
When it misleads: short replies and foreign posts in general.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="no_kana",
    group="form",
    side=Side.SCENE,
    en="no kana",
    ja="かなが無い",
    why_ja="外国語、または助詞のない名詞の羅列。短い返信や外国語の投稿一般も含む。",
    within=Range(Measure.KANA, 0, 0),
)
