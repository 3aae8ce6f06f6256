"""A small sum.

Why it counts: a sum per piece, parcel, card or introduction is how account, phone and parcel offers pay.
When it misleads: prices, fares and lawful day wages lie in the same range.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="pay_lump_small",
    group="pay",
    side=Side.SCENE,
    en="a small sum",
    ja="数千円〜3万円未満の額",
    why_ja="口座・携帯・荷受けの募集は一件いくらの少額で誘う。商品の値段や通常の日当も同じ範囲にある。",
    within=Range(Measure.PAY_LUMP_YEN, 1_000, 29_999),
)
