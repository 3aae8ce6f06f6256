"""Letters set apart.

Why it counts: letters set apart by spaces, dots or stars hide words from search.
When it misleads: decorated titles and children's writing are spaced as well.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="split_writing",
    group="disguise",
    side=Side.FOR,
    en="letters set apart",
    ja="文字の間に記号や空白",
    why_ja="文字の間に空白・点・星を入れて検索を逃れる。装飾的な題名などでも使われる。",
    within=Range(Measure.SPLITS, 4, 9_999),
)
