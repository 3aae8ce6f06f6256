"""An offer in Vietnamese.

Why it counts: Trainees and students are recruited in Vietnamese groups for parcels, phones and errands.
When it misleads: Lawful job groups use the same words.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="vietnamese_job_offer",
    group="foreign",
    side=Side.FOR,
    en="an offer in Vietnamese",
    ja="ベトナム語の勧誘",
    why_ja="実習生・留学生をベトナム語グループで荷受けや契約に誘う。正規の求人グループも同じ語を使う。",
    terms=words("""
        tuyển_người cần_người tuyển_gấp cần_gấp tìm_người tuyển_ctv việc_nhẹ lương_cao việc_làm làm_thêm việc_làm_thêm lương_ngày
        trả_tiền_ngay tiền_mặt nhận_hàng nhận_đồ chuyển_hàng giao_hàng vận_chuyển xách_hàng xách_tay lấy_hàng chở_người chở_hàng
        lái_xe có_bằng_lái không_cần_kinh_nghiệm không_cần_tiếng an_toàn kiếm_tiền thu_nhập mỗi_ngày một_ngày 1_ngày mỗi_lần
        một_lần bao_ăn_ở bao_vé vé_máy_bay liên_hệ nhắn_tin inbox ib du_học_sinh thực_tập_sinh tu_nghiệp_sinh bỏ_trốn
        hết_hạn_visa không_hỏi bạn_nào ai_muốn ai_cần anh_em rút_tiền mở_cửa
    """),
)
