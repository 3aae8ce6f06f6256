"""A question.

Why it counts: people asking, wondering or seeking work write questions; so do recruiters' first messages.
When it misleads: rhetorical questions are common in offers as well.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="question_mark",
    group="form",
    side=Side.SCENE,
    en="a question",
    ja="疑問符",
    why_ja="相談や求職は疑問文になる。勧誘の最初のDMも疑問文が多い。",
    within=Range(Measure.QUESTIONS, 1, 999),
)
