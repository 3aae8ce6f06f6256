"""Night walks, animal searches or marking houses on a map.

Why it counts: odd jobs at night, such as finding cats and marking the place, were suspected of scouting; phones kept by the organiser made
it worse.
When it misleads: lost-pet searches, night photography, surveys, post-box checks and map hobbyists are innocent, and no such job has been
shown criminal in what we read.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="cat_search_like_survey",
    group="errand",
    side=Side.FOR,
    en="night walk, cat search, mapping",
    ja="夜の見回り・猫探し調査",
    why_ja=(
        "深夜に猫を探して地図に印を付けるといった奇妙な仕事は、下見との関連が疑われた。迷い猫の捜索や地図・夜景の趣味、正規の調査業務は無関"
        "係で、犯罪と確認された例は確認できていない。"
    ),
    terms=words("""
        猫(探し|さがし|を探|捜し|を捜|を見つけ|の数|の調査|調査|の写真を撮|の生息|のいる(家|場所)|を数え|見つけて|の捜索|捜索|がいたら|を撮影)
        ねこ(探し|さがし|を見つけ|の調査) 犬(のいる家|がいる家|の有無|を飼って(る|いる)家|の調査|を数え) 番犬 鳥(の調査|を探|の数を)
        野良猫(調査|の調査|探|を探|の数|マップ) 地図に(印|マーク|記|ピン|丸|チェック|書き) 地図(アプリ|上)に(印|マーク|ピン|登録|記録)
        マップに(印|マーク|ピン|登録|記録) 印を(つけ|付け)(る|て)(だけ|もら|くださ|仕事|) 印をつけ シールを貼(る|って)(だけ|仕事|くる)
        マーキング(バイト|するだけ|調査) ピンを(刺す|立てる|さす)だけ
        深夜(の|に|)(散歩|見回り|徘徊|歩|調査|撮影|巡回|住宅|さんぽ|作業|パトロール) 夜中(の|に|)(散歩|歩|調査|撮影|巡回|住宅)
        夜間(の|に|)(散歩|歩|調査|撮影|巡回|見回り) 夜の(散歩バイト|住宅街|見回り|調査) 夜(散歩|歩く)(バイト|だけ|する仕事|案件)
        散歩(バイト|するだけ|の仕事|案件|代行バイト) 歩いて(調査|撮影|写真|数|記録|回る)(する|を|) 歩くだけ
        巡回(バイト|するだけ|業務|調査|だけ|スタッフ急) 調査(バイト|案件|の仕事|員募|スタッフ急|だけ|するだけ|作業|業務)
        街(を歩|の写真|歩き調査|頭調査バイト) 住宅(の調査|調査|街調査|街の|外観|を撮|の写真|撮影|の撮影)
        家(を撮影|の撮影|の数を|の調査|の特徴|に印) 車(の調査|の写真を撮|種調査|を探して|のナンバー|の台数|種を|を見つけ|の有無)
        高級車(を探|の場所|見つけ|の写真|調査|のある家|がある) 車庫(の|を)(確認|写真|調査) 表札(の|を)(確認|写真|撮|調査|見)
        郵便受け(の|を)(確認|写真|撮|調査|見) 電気(がついて|の点灯)(る家|いる家|確認|を確認) 点灯確認
        写真(を|)撮(って|り)(送|報告|くる|アップ)(る|)(だけ|) 写真を撮って送る 撮影(して|)(送る|報告する)(だけ|) 動画を撮って送 覆面調査
        ミステリーショッパー 交通量調査 街頭調査 night_walk
    """),
    guards=words("歩くだけでも 歩くだけで疲 歩くだけなら 番犬ガ"),
    kinds=(Kind.LOOKOUT, Kind.ORDINARY_LOOKING),
)
