"""An account named.

Why it counts: an account to write to, often the recruiter's second one.
When it misleads: every reply on some networks begins with one.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="mention_present",
    group="contact",
    side=Side.SCENE,
    en="an account named",
    ja="アカウント名あり",
    why_ja="連絡先として別アカウントを示すことがある。返信では必ず付くネットワークもある。",
    within=Range(Measure.MENTIONS, 1, 999),
)
