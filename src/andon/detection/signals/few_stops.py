"""Lines stacked.

Why it counts: offers are stacked line by line: pay, speed, ease, contact.
When it misleads: poems, lists and timetables are stacked as well.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="few_stops",
    group="form",
    side=Side.SCENE,
    en="lines stacked",
    ja="行が積み重なる",
    why_ja="募集は報酬・速さ・簡単さ・連絡先を行ごとに積む。詩や一覧も同じ形になる。",
    within=Range(Measure.STOPS, 4, 9_999),
)
