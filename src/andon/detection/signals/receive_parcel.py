"""Receiving parcels at home or elsewhere.

Why it counts: people are paid to accept parcels that hold phones bought in their name, stolen goods or cash from victims.
When it misleads: everybody receives parcels; delivery services, lockers and marketplaces use these words. The forms listed name it as a
task.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="receive_parcel",
    group="errand",
    side=Side.FOR,
    en="receiving parcels",
    ja="荷物の受け取り",
    why_ja=(
        "自宅で荷物を受け取る仕事は、不正に契約した端末や被害金の受け口にされる。通販・宅配・フリマの日常語と近く、仕事として述べた形だけを"
        "挙げている。"
    ),
    terms=words("""
        荷受け 荷受 にうけ 荷受け(代行|バイト|の仕事|案件|人|役|募|だけ|スタッフ) 荷受代行
        荷物(の|を|)(受け取り|受取|受取り|受け取る|受け取って|うけとり|受けとる|受領)(バイト|代行|だけ|の仕事|役|案件|のみ|くれる|もら|いただ|頂|ほしい|スタッフ|業務|の)
        荷物受け取り 荷物受取 荷物受領 荷物うけとり 宅配(の|を|)(受け取り|受取)(代行|バイト|だけ|の仕事|役|案件|のみ)
        郵便物(の|を|)(受け取|受取)(り|る|って|)(だけ|代行|バイト|)
        受け取り(代行|バイト|の仕事|案件|スタッフ|役|業務|要員|するだけ|のお仕事)
        受取(代行|バイト|の仕事|案件|スタッフ|業務|要員|のお仕事|人募集|人に) 受取人(募集|になって|になるだけ)
        代わりに受け取(って|る|り|れる) 代理(で|)(受取|受け取り|受領|受け取) 家で(荷物|受け取|待って荷)
        自宅(で|に|)(荷物|届く|届いた|受け取|配送) 自宅受け取り 自宅に(届く|届いた|送ります|お送り)
        家に(届く|届いた|送る|送ります)(荷物|もの|物|商品|ので|) 届いた(荷物|もの|物|商品|端末|品)(を|の)(受|送|転|渡|保|写) 郵便局留め
        局留め コンビニ受け取り(代行|バイト|案件) 宅配ボックス(から|で|の)(回収|取|受|荷) 宅配ボックス(使える|ある方|ある人) コインロッカー
        ロッカー(から|に|の)(取|入|荷物|置|回収|受) 私書箱 空き家(で|の|に)(受|荷|届) 空室(で|の|に)(受|荷|届) 空き部屋(で|の|に)(受|荷|届)
        不在票 受け子じゃない受け取り receive_packages receive_parcel parcel_receiver package_receiving niuke uketori
    """),
    guards=words("コインロッカーベイビー コインロッカー代 コインロッカーが空 局留め切手"),
    kinds=(Kind.PARCEL, Kind.PHONE),
)
