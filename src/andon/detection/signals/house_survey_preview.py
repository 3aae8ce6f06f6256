"""Visits that check homes, valuables or who lives there.

Why it counts: inspections, buy-up calls and questionnaires serve to learn what a home holds; staff for them are sought like sales people.
When it misleads: real builders, recyclers, census takers and estate agents do the same work openly. Names and addresses tell them apart.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="house_survey_preview",
    group="errand",
    side=Side.FOR,
    en="house check and viewing",
    ja="屋根・水道・家の点検訪問",
    why_ja=(
        "点検・買取・アンケートを装って家の様子や在宅状況を聞き出す役の募集。正規の建設業、買取業、統計調査、不動産の内見と語が重なるため、"
        "事業者の明示で見分ける。"
    ),
    terms=words("""
        屋根(点検|の点検|修理の営業|調査) 床下(点検|の点検|調査) 水道(点検|の点検|調査)(バイト|員|スタッフ|の仕事|)
        ガス(点検|の点検)(を装|バイト|員急|のふり) 住宅(点検|診断|の点検)(バイト|員|スタッフ|の仕事|)
        訪問(点検|買取|買い取り|調査|販売|営業|アンケート|査定)(バイト|員|スタッフ|の仕事|案件|補助|) 戸別訪問 飛び込み(営業|訪問) 押し買い
        押買い 出張買取(バイト|スタッフ|補助|の同行) 貴金属(の有無|買取の同行|の買取訪問|を持って)
        アンケート(に行|で訪問|に回|を取りに|回り) 家族構成(を|の)(聞|調|確認) 資産(状況|の有無|を|確認|状況を)(聞|調|確認|)
        現金(の有無|がいくら|を持って(る|いる)か) 在宅(時間|状況)(を|の)(聞|調|確認|記録|) 生活(パターン|リズム)(を|の)(調|確認|記録|観察)
        行動(パターン|確認|を確認|を記録|を監視|調査) 行動確認 行確 身辺調査 人(の行動|を尾行|を監視|探し(バイト|案件|代行)) 内見
        内覧(するだけ|バイト|代行) 内見(代行|するだけ|バイト|のふり|同行) 物件(の下見|下見|調査(バイト|員)|の写真を撮)
        空き家(調査|の調査|巡り|確認|見つけ|チェック) 空き家調査 留守番 るすばん 留守番(バイト|の仕事|するだけ|だけ|案件) 家の留守番
        ハウスシッター(急|募|案件) 家に居てもらう 鍵(を預|の受け|開け|を開け|の受け渡し|の交換|の在り処|開いて) 鍵屋(できる|急|募|さん募)
        解錠 開錠 ピッキング(できる|出来る|技術|師|ツール) 合鍵 防犯(設備|状況)(を|の)(調|確認|チェック)
        店(の下見|舗の下見|の様子を見|内の様子|内の写真) 貴金属店(の|を)(下見|写真|様子) 質屋(の|を)(下見|様子)
        時計店(の|を)(下見|写真|様子)
    """),
    guards=words("""
        内見予約 内見した 内見行 内見に行 内見の予約 内見して 犬の留守番 猫の留守番 留守番電話 お留守番カメラ 合鍵を忘 倉庫内ピッキング
        合鍵作っ
    """),
    kinds=(Kind.LOOKOUT, Kind.ROBBERY),
)
