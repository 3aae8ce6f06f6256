"""Quotation marks.

Why it counts: reports, warnings and headlines quote what recruiters write; offers rarely quote.
When it misleads: an advert may set its own slogan in quotation marks.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="quotation_marks",
    group="against",
    side=Side.AGAINST,
    en="quotation marks",
    ja="かぎかっこ",
    why_ja="報道・注意喚起は募集文句を引用する。募集自体がかぎかっこを使うことは少ないが、宣伝文句を囲む広告もある。",
    within=Range(Measure.QUOTES, 1, 999),
)
