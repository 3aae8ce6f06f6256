"""Buying accounts and SIMs, in Vietnamese.

Why it counts: Bank books, cards and phones of those going home are bought in Vietnamese groups.
When it misleads: Remittance and SIM shops advertise lawfully.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="vietnamese_account_sim",
    group="foreign",
    side=Side.FOR,
    en="buying accounts and SIMs, in Vietnamese",
    ja="ベトナム語の口座・SIM買取",
    why_ja="帰国前の通帳・カード・携帯をベトナム語で買い集める。正規の送金・SIM販売の広告もある。",
    terms=words("""
        mua_tài_khoản bán_tài_khoản tài_khoản_ngân_hàng thuê_tài_khoản thu_mua mua_lại mua_thẻ thẻ_ngân_hàng thẻ_atm sổ_ngân_hàng
        sổ_tài_khoản ngân_hàng yucho làm_thẻ mở_tài_khoản mở_thẻ sim_rác mua_sim bán_sim đăng_ký_sim hợp_đồng_điện_thoại
        làm_điện_thoại mua_điện_thoại iphone_trả_góp về_nước thẻ_ngoại_kiều thẻ_lưu_trú chuyển_tiền nhận_tiền rút_tiền mã_otp
        mã_xác_nhận
    """),
    kinds=(Kind.ACCOUNT, Kind.PHONE,),
)
