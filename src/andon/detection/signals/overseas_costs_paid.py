"""Fares, passport, room and board are paid.

Why it counts: paying a stranger's passport and flight binds that person; room and board at the site keep everyone inside.
When it misleads: resort jobs, seasonal farm work, study programmes and dispatched engineers come with fares and dormitories.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="overseas_costs_paid",
    group="errand",
    side=Side.FOR,
    en="passport and fares paid",
    ja="渡航費・宿付き",
    why_ja=(
        "旅券・航空券・滞在費まで負担して呼び寄せるのは、海外拠点や軟禁型の勧誘の特徴。リゾートバイト、農家の住み込み、派遣の寮付き求人も「"
        "寮・食事付き」と書く。"
    ),
    terms=words("""
        渡航費 渡航費(無料|支給|負担|全額|こちら|当方|なし|込み|も) 渡航(費用|代|手配|準備|サポート|日) 航空券
        航空券(支給|代|手配|付き|負担|無料|こちら|込み|も) 飛行機代 飛行機(代|チケット)(出|支給|こちら|負担|全額|も) 飛行機乗る(だけ|仕事)
        パスポート ぱすぽーと パスポート(ある|持|必須|取得|代|だけ|作|ない方|あれば|無く|なく|費用|お持ち|お渡し|預) 旅券
        ビザ(取得|代|手配|不要|サポート|支給|こちら) 観光ビザ 宿泊費(無料|支給|負担|全額|こちら|込み)
        ホテル(代|付き|完備|支給|滞在|暮らし|用意|住まい) ホテル代 滞在費(無料|支給|負担|全額|こちら|込み|用) 滞在費
        滞在先(用意|手配|あり|は) 食費(無料|支給|負担|全額|込み) 食事付き 食事(支給|付|込み|3食|提供|宿) 三食(付|昼寝) 3食付
        寮(完備|付き|あり|無料|費無料|即入|に住|生活) 寮付 寮完備 即入寮 個室寮 住み込み 住込み 住込 すみこみ 泊まり込み 泊まりこみ
        泊まり(仕事|案件|がけ|で働|で稼|可能) 家賃(無料|タダ|負担|なし) 光熱費(無料|負担) 衣食住 住む(ところ|場所|所)(ない|あり|が|も|用意)
        宿(付き|あり|用意|こちら|代|無料) 宿泊先(用意|手配|あり) 旅費(支給|負担|無料|全額|込み|こちら) 旅費
        交通費(は|)(別途|こちら|先払い|全額(こちら|前|先)|当方|負担し) 往復チケット 往復航空券 片道チケット
        経費(は|)(会社|全て|すべて)(持|負担|こちら) 費用(は|)(全額|全て|すべて|一切)(こちら|負担|当方|持) 無料で海外 タダで海外 ただで海外
        旅行(気分|ついでに|しながら|感覚)(で|に|)(稼|働|仕事|) 旅行しながら 海外旅行(付|気分|ついで|プレゼント|感覚)
        空港(まで|で|に)(迎え|集合|来れ|送迎|待ち合わせ|来て) 現地(まで|で)(送迎|迎え|サポート|生活) 出発日 来週出発 すぐ出発 国外
        出国(できる|予定|日|まで) free_flight visa_provided accommodation_provided free_accommodation
    """),
    guards=words("""
        パスポート更新 パスポート申請 パスポートの更新 パスポートの申請 ディズニー年間パスポート 年間パスポート 年パスポート 国外追放
        国外退去 国外逃亡
    """),
    kinds=(Kind.OVERSEAS,),
)
