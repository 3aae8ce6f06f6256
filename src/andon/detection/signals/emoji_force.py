"""Weapon or fist emoji.

Why it counts: fists, hammers and knives hint at robbery.
When it misleads: sport, cooking and game posts use them.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="emoji_force",
    group="emoji",
    side=Side.FOR,
    en="weapon or fist emoji",
    ja="刃物・拳の絵文字",
    why_ja="拳・ハンマー・刃物は強盗を示唆する。スポーツ、料理、ゲームでも使われる。",
    within=Range(Measure.EMOJI_FORCE, 1, 999),
    kinds=(Kind.ROBBERY,),
)
