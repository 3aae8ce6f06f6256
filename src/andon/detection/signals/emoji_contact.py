"""Message emoji.

Why it counts: a letter or a telephone stands for write to me.
When it misleads: customer services and friends use them too.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="emoji_contact",
    group="emoji",
    side=Side.SCENE,
    en="message emoji",
    ja="連絡の絵文字",
    why_ja="手紙や電話の絵文字は連絡の催促。店の案内や友人間でも使われる。",
    within=Range(Measure.EMOJI_CONTACT, 1, 999),
)
