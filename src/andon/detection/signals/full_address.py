"""An address.

Why it counts: A place down to the building is one of the six items.
When it misleads: Meeting points are given as places as well.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="full_address",
    group="against",
    side=Side.AGAINST,
    en="an address",
    ja="住所の記載",
    why_ja="建物までの住所は必要六項目の一つ。待ち合わせ場所として地名が書かれることもある。",
    terms=words("""
        丁目 番地 号室 ビル1F ビル2F ビル3F ビル4F ビル5F  駅前店 駅徒歩 徒歩5分 徒歩3分 徒歩10分 徒歩1分 駅から徒歩 駅より 駅チカ 駅近 アクセス 所在地 住所：
    """),
)
