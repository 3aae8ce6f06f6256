"""Buying coins for others.

Why it counts: Buying crypto-currency with money received from others hides its path.
When it misleads: Investors and exchanges talk of buying coins all day.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="crypto_errand",
    group="account",
    side=Side.FOR,
    en="buying coins for others",
    ja="暗号資産の購入・両替",
    why_ja="受け取った金で暗号資産を買って送らせる手口。投資家や取引所の話題でも同じ語が出る。",
    terms=words("""
        (ビットコイン|仮想通貨|暗号資産|usdt|テザー|btc|コイン)(を|に|へ|の|)(買って送|購入して送|買うだけ|換える|替える|両替|に換|交換するだけ|購入代行|購入して|買い取り|現金化|を送るだけ)
        usdt(両替|现金|換) (両替|換金)(代行|するだけ|のお仕事|バイト) 换汇 換匯
    """),
    kinds=(Kind.MONEY_MULE,),
)
