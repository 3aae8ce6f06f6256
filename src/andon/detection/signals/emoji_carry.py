"""Carrying or driving emoji.

Why it counts: boxes, cars and suitcases stand for carrying and driving.
When it misleads: travel and delivery posts use them every day.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="emoji_carry",
    group="emoji",
    side=Side.SCENE,
    en="carrying or driving emoji",
    ja="荷物・車の絵文字",
    why_ja="箱・車・スーツケースは運びや運転を示す。旅行や通販の投稿でも日常的に使われる。",
    within=Range(Measure.EMOJI_CARRY, 1, 999),
    kinds=(Kind.TRANSPORT, Kind.DRIVER,),
)
