"""Buying accounts and cards, in Chinese.

Why it counts: Cards, accounts and numbers are bought in Chinese groups.
When it misleads: Exchange talk among friends.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="chinese_account_sim",
    group="foreign",
    side=Side.FOR,
    en="buying accounts and cards, in Chinese",
    ja="中国語の口座・SIM買取",
    why_ja="中国語のグループでカード・口座・番号を買い集める。友人間の両替の話もある。",
    terms=words("""
        收银行卡 收銀行卡 收卡 收账户 收帳戶 租卡 租账户 买卡 卖卡 賣卡 银行账户 銀行帳戶 银行卡 銀行卡 邮储 郵儲 郵貯 开户 開戶 开卡 開卡 账户 帳戶 回国 回國 闲置 閒置 存折 存摺 手机号 手機號 注册 註冊 实名 實名
        验证码 驗證碼 收款 转账 轉帳 走账 走帳 网银 網銀 在留卡 护照 護照
    """),
    kinds=(Kind.ACCOUNT, Kind.PHONE,),
)
