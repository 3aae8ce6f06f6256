"""Turning credit into cash.

Why it counts: Cashing credit cards or pay-later lines is bait for people in debt and a source of names.
When it misleads: Lawful lenders and warnings use the words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="credit_card_cashing",
    group="account",
    side=Side.FOR,
    en="turning credit into cash",
    ja="カード・後払いの現金化",
    why_ja="カードや後払いの現金化は多重債務者を狙う餌。合法な業者や注意喚起でも使われる。",
    terms=words("""
        (クレカ|クレジットカード|クレジット|カード|後払い|ショッピング枠|携帯決済|キャリア決済|スマホ決済)(を|の|で|)(現金化|換金|作って|現金に) 後払い(アプリ|)(現金|換金)
        (クレカ|カード)(を|)(作る|作れ|発行)(だけ|る方|して)
    """),
    kinds=(Kind.MONEY_MULE,),
)
