"""A word for a reward outside the wage of ordinary employment.

Why it counts: offers speak of a reward, a fee or a thank-you instead of a wage, since there is no employer; the noun marks that money is
promised for a deed.
When it misleads: freelancers, influencers, monitors, prize rules and game texts use the same nouns, and "teate" is also first aid. It only
shows that pay is spoken of.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="pay_noun",
    group="pay",
    side=Side.FOR,
    en="word for the reward",
    ja="報酬などの語",
    why_ja=(
        "雇用の賃金ではなく「報酬・謝礼・ギャラ」として金を約束する語。フリーランス、モニター、ゲーム、懸賞、役員報酬の話題でも使われるため、"
        "金銭の話だと分かる程度の手がかり。"
    ),
    terms=words("""
        報酬 ほうしゅう 報奨 謝礼 お礼金 礼金 御礼 お礼は(現金|弾|はず|万) お礼します お礼(はずみ|弾み)ます 駄賃 ギャラ ギャランティ 手当
        特別手当 危険手当 手間賃 小遣い お小遣い おこづかい おこずかい 御小遣い インセン インセンティブ バック率 キックバック マージン
        ペイ(バック|あり) 見返り 日銭 謝金 着手金 成果報酬 成功報酬 完全報酬 報酬制 報酬形態 謝礼金 心付け お車代 足代 前金 前払金 前渡し
        前払い 後払い(報酬|現金) 手取り 取っ払い とっぱらい 諭吉 札束 現ナマ げんなま キャッシュで(支払|渡|お渡) 栄一 新札 reward payout
    """),
    guards=words("""
        ギャラリー ギャラクシー ギャラドス ギャラクティカ 手当て 役員報酬 弁護士報酬 診療報酬 介護報酬 調剤報酬 敷金礼金 児童手当 住宅手当
        通勤手当 家族手当 扶養手当 残業手当 資格手当 皆勤手当 福沢諭吉 渋沢栄一 利益マージン 子ども手当 子供手当 退職手当 役職手当
        年金手取り
    """),
    kinds=(Kind.VAGUE,),
)
