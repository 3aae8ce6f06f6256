"""Standing by while somebody else collects.

Why it counts: instead of "collect" the offer says guard the collector, accompany, sit in the car, be a witness; the deed is the same.
When it misleads: event security, care of the elderly, wedding guests and medical escorts are ordinary uses.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="guard_watch",
    group="errand",
    side=Side.FOR,
    en="guarding or attending someone",
    ja="護衛・立ち会い・見守り",
    why_ja=(
        "回収そのものではなく「護衛」「立ち会い」「付き添い」と言い換える募集。イベント警備、介護の見守り、通院付き添いなど正当な用例も多い。"
    ),
    terms=words("""
        護衛 ごえい 護衛(役|バイト|の仕事|案件|要員|するだけ|募) 用心棒 ようじんぼう ボディーガード ボディガード(の仕事|募|役|案件|バイト)
        警護(役|バイト|の仕事|案件|要員|する) sp役 身辺警護(バイト|募) ガード役 付き添い(役|バイト|の仕事|案件|要員|人) 付添(役|人募|バイト)
        付き人(募|バイト|役) 同行(者募集|役|バイト|するだけの|してくれる|案件|してもら|要員|できる|者急|スタッフ|業務|のお仕事|して頂)
        立ち会い(役|バイト|の仕事|だけ|案件|のみ|するだけ|してくれる) 立会(人募|い役|いバイト|いだけ|するだけ|人になって)
        立ち合い(役|バイト|だけ) 見守り(役|バイト|の仕事|案件|要員) 見届け(役|人|るだけ) 監視員急募 見てる(係|役|人) 見届ける
        横に(立|座|い)(って|る|て)(るだけ|いるだけ|だけ|くれる) 隣に(立|座|い)(って|る|て)(るだけ|いるだけ|だけ)
        後ろに(立|座|い)(って|る|て)(るだけ|いるだけ|だけ|くれる) 頭数 頭数合わせ 数合わせ(の|)(人|要員|募|バイト) 人数合わせ
        エキストラ(案件|高額|即日) 強面 コワモテ いかつい(人|方|奴|男) 体格(の|が)(いい|良い|大き)(人|方|男|い人|い方|)
        体(が|の)(大き|でか)(い|)(人|方|奴|男) ガタイ がたい(いい|良い|の) 格闘技(経験|やって|してた) 喧嘩(強い|慣れ|自信|に自信|できる)
        ケンカ(強い|慣れ|自信) 腕っぷし 腕に自信 腕力 元(ヤン|ヤンキー|暴走族|不良|ヤクザ|半グレ|自衛) 不良(歓迎|募集|の子)
        半グレ(募|歓迎|の) ヤンチャ(な人|な方|してた|な子|系) やんちゃ(な人|な方|してた|系) 肝(の|が)(据わった|座った|すわった) 度胸
        どきょう 根性 bodyguard escort_job 交渉(の|に)(同行|立ち会|同席|付き添) 同席(するだけ|だけ|してくれる|バイト)
    """),
    guards=words("""
        護衛艦 護衛任務 護衛クエスト 護衛対象 護衛ミッション 男は度胸 度胸試し 根性焼き 根性論 根性無し ど根性 根性なし 腕力系 頭数が揃
        エキストラベッド 根性ある選手 度胸がない
    """),
    kinds=(Kind.CASH_COLLECTION, Kind.LOOKOUT),
)
