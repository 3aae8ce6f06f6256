"""Safety is claimed unasked.

Why it counts: a lawful job needs no word that it is safe; the claim answers the question that reader already has.
When it misleads: investment, medicine, tools and travel speak of safety, warnings quote the claim, and moving work names low risk.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="safe_claim",
    group="safety",
    side=Side.FOR,
    en="said to be safe",
    ja="安全・リスクなし",
    why_ja=(
        "聞かれてもいないのに安全・低リスクと言うのは、読み手の疑いに先回りするため。投資・医療・製品の説明や、注意喚起の引用でも同じ語が出"
        "る。"
    ),
    terms=words("""
        安全な(仕事|お仕事|案件|バイト|副業|作業|やり方|お金) 安全に(稼|儲|働|お金) 安全(案件|バイト|第一で稼|確実|保証|性重視|面|圏)
        安全です 100%安全 絶対安全 完全安全 安心安全 安心して(働|稼|応募|ください|下さい|連絡|DM) 安心(案件|保証|サポート|の案件)
        安心な(仕事|案件|バイト) リスク(なし|無し|ゼロ|ナシ|0|低|一切|少な|ほぼ|小|フリー|はない|はありません|ありません|回避) ノーリスク
        のーりすく ローリスク 低リスク りすくなし 無リスク
        危険(なし|な事なし|性なし|はない|はありません|なこと一切|じゃない|ではない|ゼロ|一切) 危なく(ない|ありません|ねえ) 危なくない
        危ない(こと|事|仕事|案件)(は|では|じゃ)(ない|ありません|なし) 怪しく(ない|ありません|ないです|ねえ) あやしくない
        怪しい(仕事|案件|もの|バイト|話|こと)(では|じゃ)(ない|ありません|無い) 変な(仕事|案件|話|こと)(では|じゃ)(ない|ありません)
        怖く(ない|ありません)です 怖いこと(は|)(ない|なし|ありません) 迷惑(はかけ|かけ)ません 迷惑かからない
        詐欺(では|じゃ)(ない|ありません|ないです|無い) サギではない 騙し(なし|ません) 信用(できる|して|第一) 信頼(できる|の|第一|関係)
        実績(あり|多数|100|豊富) 実績◎ 安定(案件|した案件|収入) ちゃんとした(仕事|案件|会社|バイト|ところ) しっかりした(案件|会社|組織)
        まともな(仕事|案件|バイト) 健全な(仕事|案件|バイト) 健全案件 no_risk risk_free anzen 安心サポート 完全サポート
        サポート(完備|万全|体制|します)
    """),
    guards=words("安全圏内 安全面に 信用できない 信用できるか 信用して良い 信頼できない 信頼の原則 実績ありますか"),
    kinds=(Kind.VAGUE,),
)
