"""Letters of another script.

Why it counts: Cyrillic, circled or mathematical letters hide a word from search.
When it misleads: fancy profile names and numbered lists use them.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="lookalike_letters",
    group="disguise",
    side=Side.SCENE,
    en="letters of another script",
    ja="別の文字体系のそっくり文字",
    why_ja="キリル文字・丸囲み・数学用文字は検索逃れになる。飾り文字や番号付き一覧でも使われる。",
    within=Range(Measure.LOOKALIKES, 2, 9_999),
)
