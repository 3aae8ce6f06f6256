"""A striking lump sum (30,000 to under 100,000 yen).

Why it counts: offers of crime name a lump sum where lawful adverts name an hourly rate; one-day errands pay 30,000 yen and more.
When it misleads: shopping, gambling and price talk name such sums all the time.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="pay_lump_high",
    group="pay",
    side=Side.FOR,
    en="a striking lump sum (30,000 to under 100,000 yen)",
    ja="3万円以上10万円未満のまとまった額",
    why_ja="合法な求人は時給を示すことが多いのに対し、犯罪の募集は一回・一日で数万円という額を示す。買い物や賭け事の話にも同じ額は出る。",
    within=Range(Measure.PAY_LUMP_YEN, 30_000, 99_999),
    kinds=(Kind.VAGUE,),
)
