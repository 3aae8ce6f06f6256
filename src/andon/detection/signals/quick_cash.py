"""Cash at once: the money is promised on the spot or the same day.

Why it counts: recruiters sell speed, because people short of money today do not ask what the work is. In published examples the set phrase
stands next to a striking sum.
When it misleads: same-day and daily pay are normal in warehouse, removal and event work, and pawn shops advertise cash on the spot. Alone it is
closer to a lawful advert than to a crime.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="quick_cash",
    group="speed",
    side=Side.FOR,
    en="cash at once",
    ja="即金",
    why_ja="今日・その場で現金になると強調する募集は、急いで金が要る人を狙う。倉庫・引越し・イベントの日払い求人や質屋の広告でも普通に使われるため、これだけでは判断できない。",
    terms=words("""
        即日即金 即金 そっきん 即(日|)現金 当日(現金|手渡し|現ナマ) その場で(現金|支払い|手渡し|渡し) 現金手渡し 今日中に(現金|入金|振込)
    """),
    guards=words("即金買取 即金性"),
    kinds=(Kind.VAGUE,),
)
