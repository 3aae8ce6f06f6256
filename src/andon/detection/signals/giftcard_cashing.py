"""Gift cards and goods for cash.

Why it counts: Buying gift cards, phones or jewellery with somebody's money turns fraud proceeds into goods.
When it misleads: Point hunters and resellers do so for themselves.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="giftcard_cashing",
    group="account",
    side=Side.FOR,
    en="gift cards and goods for cash",
    ja="ギフト券・商品の買い回り",
    why_ja="他人の金でギフト券・スマホ・貴金属を買わせ換金する手口。ポイ活や転売の話題にも出る。",
    terms=words("""
        (ギフト券|ギフトカード|商品券|電子マネー|アマギフ|アマゾンギフト|金券|iTunesカード|プリペイドカード)(を|の|)(買って|購入|買うだけ|現金化|換金|コード|番号|買い取|送って|買取)
        (貴金属|ブランド品|ゲーム機|高級時計|時計|ロレックス|家電|iPhone|金)(を|の|)(購入代行|買ってくる|買って来|代理購入|買うだけ|買い付け|代わりに購入|買い子) 買い子 (代わりに|代理で)(購入|買って)
    """),
    kinds=(Kind.MONEY_MULE,),
)
