"""Buying accounts and SIMs, in English and Portuguese.

Why it counts: Those who leave Japan are offered money for account, card and SIM.
When it misleads: Banks and carriers advertise in English too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="english_account_sim",
    group="foreign",
    side=Side.FOR,
    en="buying accounts and SIMs, in English and Portuguese",
    ja="英語等の口座・SIM買取",
    why_ja="帰国者に英語等で口座・カード・SIMの買取を持ちかける。銀行や通信会社の正規広告もある。",
    terms=words("""
        buy_bank_account buy_your_bank buying_bank bank_account_buy sell_bank sell_your_bank bank_accounts_wanted
        rent_your_account rent_bank account_rent buy_account buying_accounts sell_account buy_sim sell_sim sim_cards buy_your_sim
        atm_card cash_card bankbook bank_book leaving_japan going_back going_home before_you_leave unused_account unused_bank
        japan_post_bank yucho open_account open_bank send_card comprar_conta compro_conta vendo_conta conta_bancaria
        compro_contas chip_de_celular receive_money transfer_money keep_10% keep_5% your_account sms_code verification_code
        code_sms
    """),
    kinds=(Kind.ACCOUNT, Kind.PHONE,),
)
