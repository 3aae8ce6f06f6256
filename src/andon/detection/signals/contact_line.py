"""LINE.

Why it counts: Official LINE accounts and ids drew in more than a hundred people in one case.
When it misleads: Nearly everybody in Japan uses LINE; shops take applications by it.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="contact_line",
    group="contact",
    side=Side.SCENE,
    en="LINE",
    ja="LINEでの連絡",
    why_ja="公式アカウントやIDに誘導した事例がある。日本では広く使われ、店の応募窓口にもなる。",
    terms=words("""
        (line|ライン|らいん)(id|追加|まで|にて|で連絡|で詳細|へ|交換|登録|ください|下さい|公式|追加して|友だち|友達追加|を追加|から|で説明|よろ|で話|して) 公式line オープンチャット オプチャ lineで
    """),
)
