"""A striking sum and no ordinary task.

Why it counts: no concrete work and strikingly high pay together are what providers' model terms of February 2023 name as a sign.
When it misleads: talk of prices and purchases names sums without a task as well.
"""

from andon.detection.signals.signal import Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="lump_pay_without_task",
    group="pay",
    side=Side.FOR,
    en="a striking sum and no ordinary task",
    ja="高額なのに普通の業務名が無い",
    why_ja="具体的な業務が無く著しく高い報酬、という組合せは2023年2月のモデル約款解説が挙げる目印。買い物や値段の話でも額だけが出る。",
    all_of=("pay_lump_high",),
    none_of=("lawful_task", "lawful_terms", "trade_goods", "bank_campaign", "past_narrative",),
    kinds=(Kind.VAGUE,),
)
