"""Collecting cash from persons, homes or lockers.

Why it counts: collecting and handing on cash is the task behind many plain sounding offers.
When it misleads: newspaper and water collection, vending machines, refuse and recycling, bills and surveys are "collected" too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="cash_collection_words",
    group="errand",
    side=Side.FOR,
    en="collecting cash",
    ja="集金・回収",
    why_ja=(
        "現金の集金・回収を頼む募集は、被害金の受け取りの言い換えになりやすい。新聞・自販機・廃品・アンケートの回収など正規の仕事も多い。"
    ),
    terms=words("""
        集金 しゅうきん 集金(代行|バイト|の仕事|案件|業務|スタッフ|人|役|係|だけ|に行|のお手伝い|するだけ|員募集)
        現金(回収|受取|受け取り|の回収|の受け取り|を受け取|を預か|を回収|受領|引き取り|預かり|取り扱い|の引き取り|の受領)
        現金を(もら|貰|取りに|持って|渡|集め) お金(の回収|を回収|を受け取って|の受け取り|を取りに|を預か|を集め|受け取りに)
        金(の回収|を回収|の受け取り|を受け取る|を取りに|取りに行)
        回収(役|係|屋|要員|案件|バイト|の仕事|代行|業務スタッフ|してくれる|してきて|できる(人|方)|するだけ|メンバー) 回収 かいしゅう 回収金
        カード(回収|の回収|を回収|受け取|の受け取り|を預か|の引き取り|を受け取|引き取り) カードを回収
        売上(回収|金の回収|金回収|金の受け取り) 代金(回収|の回収|の受け取り|引き取り) 債権(回収|の回収)(スタ|バイト|手伝|の手伝|補助|業務|)
        債権回収 未収金 取り立て 取立て とりたて屋 取り立て(屋|バイト|の仕事|手伝|代行|案件|役) 掛け金の回収 受け取ったお金を
        受け取った現金を 預かった(お金|現金|金|封筒|荷物)を 現金手渡し役 手渡しで(受け|集) 一時預かり(現金|お金) 現金(の|)一時(預かり|保管)
        金の(運搬|移動|受け渡し|受渡し) 現金の受け渡し cash_collection collect_cash cash_pickup cash_pick_up cash_collector pick_up_cash
        money_collection kaishu shukin
    """),
    guards=words("""
        ゴミの回収 ごみの回収 ゴミ回収 ごみ回収 不用品回収 廃品回収 古紙回収 資源回収 アンケート回収 自主回収 リコール回収 伏線回収
        伏線の回収 商品回収 製品回収 ペットボトル回収 粗大ゴミ回収 粗大ごみ回収 回収車 投資回収 回収騒ぎ フラグ回収 牛乳パック回収 古着回収
        空き缶回収 衣類回収 資金回収 エコキャップ回収 回収ボックス 回収率 リコールで回収 熱回収 瓶回収 廃油回収 ガチャ回収 スチル回収
        実績回収 素材回収 集金ライブ 集金ゲー 集金イベ とりたて野菜 とりたての
    """),
    kinds=(Kind.CASH_COLLECTION, Kind.FRAUD_PICKUP),
)
