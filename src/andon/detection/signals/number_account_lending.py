"""Selling or lending online accounts.

Why it counts: Accounts of messengers, markets and networks are bought to hide behind.
When it misleads: Gamers trade game accounts; people recover their own.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="number_account_lending",
    group="phone",
    side=Side.FOR,
    en="selling or lending online accounts",
    ja="アカウントの売買・貸出",
    why_ja="メッセンジャーやフリマ等のアカウントを買い集めて隠れ蓑にする。ゲームアカウントの取引や自分の復旧の話もある。",
    terms=words("""
        (line|ライン|x|ツイッター|twitter|メルカリ|フリマ|paypay|ペイペイ|インスタ|telegram|sns|決済)(の|)(アカウント|アカ|垢)(を|)(買取|買います|売って|貸して|貸出|レンタル|譲って|高価買取|求む|提供|貸し|借り|渡)
        アカウント(を|)(買取|買い取|貸し出し|貸出|レンタル|貸して|売って|売買|提供者|譲って|売りたい) 垢(買取|買います|売って|レンタル|貸し) 收微信 收号 租号 出租微信 thuê_tài_khoản
    """),
    kinds=(Kind.PHONE,),
)
