"""SIM and line contracts to hand over.

Why it counts: Lines contracted in one's own name and handed over become untraceable phones for fraud.
When it misleads: Carriers and SIM enthusiasts talk of contracts and SIMs every day.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="sim_contract",
    group="phone",
    side=Side.FOR,
    en="SIM and line contracts to hand over",
    ja="SIM・回線の契約",
    why_ja="自分名義で契約した回線を渡すと、詐欺用の足のつかない電話になる。通信会社や愛好家の投稿でも日常的に出る。",
    terms=words("""

        (sim|シム|エスアイエム|esim|格安sim|データsim|音声sim|プリペイドsim|回線|番号)(を|の|カード|)(買取|買います|買い取り|契約(するだけ|して|代行|案件|できる方|してくれ|してくる|のみ|バイト|行ける|回り)|売って|譲って|渡す|送る|案件|バイト|レンタル|貸し|貸して|余って|複数|新規で|開通して|開通だけ|募集|集め|求む|大量)
        sim(買|売) 回線(契約|買取|余って|貸) (新規|mnp|乗り換え)(契約|)(で|)(複数台|複数回線|5台|4台|5回線|2回線|契約者) mnp(弾|一括|案件) 音声回線 (simカード|sim)(送って|郵送|回収)
        thuê_sim mua_sim bán_sim 收卡 收sim 电话卡 電話卡 手机卡 実名卡
    """),
    kinds=(Kind.PHONE,),
)
