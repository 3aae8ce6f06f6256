"""Overseas and a very high month's pay.

Why it counts: call-centre groups abroad are staffed with offers of this form.
When it misleads: seasonal work, expatriate posts and travel talk name both now and then.
"""

from andon.detection.signals.signal import Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="overseas_high_pay",
    group="pay",
    side=Side.FOR,
    en="overseas and a very high month's pay",
    ja="海外と高額の月収",
    why_ja="海外の電話拠点はこの形の誘いで人を集める。駐在や季節労働の話題でも両方が出ることがある。",
    all_of=("overseas_place", "pay_month_high",),
    kinds=(Kind.OVERSEAS,),
)
