"""Accounts and cards named.

Why it counts: Sets the scene: the text speaks of accounts, bank books or cash cards.
When it misleads: Everyday money talk.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="bankbook_card",
    group="account",
    side=Side.SCENE,
    en="accounts and cards named",
    ja="口座・通帳・カードの語",
    why_ja="口座・通帳・キャッシュカードの話であることを示すだけ。日常の会話でも使われる。",
    terms=words("""
        口座 こうざ 通帳 キャッシュカード ネットバンク ネトバン ネット銀行 ゆうちょ 名義 印鑑 暗証番号 法人口座 bank_account 银行卡 銀行卡 tài_khoản kouza koza 対公 对公 个人卡 conta 口座開設
    """),
    kinds=(Kind.ACCOUNT,),
)
