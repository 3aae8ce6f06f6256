"""Tools and papers for crime.

Why it counts: Suppliers are recruited as well: cars, phones, papers, accounts.
When it misleads: 道具 and 買取 are everyday words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="tools_seller",
    group="tools",
    side=Side.FOR,
    en="tools and papers for crime",
    ja="道具・身分証の調達",
    why_ja="車・携帯・身分証・口座など犯行の道具の調達役も募られる。「道具」「買取」は日常語でもある。",
    terms=words("""
        道具(屋|揃|一式|あり|用意|手配|売|買|調達|持|渡|支給|貸|募集|提供|貸し|レンタル|まわ|流|系|案件)
        (身分証|免許証|保険証|マイナンバー|マイナカード|パスポート|在留カード|学生証|住民票)(の|を|)(買取|買います|売|画像|写真|貸|レンタル|偽造|データ|コピー|作成|譲|提供|買い取|高く|撮って|撮影|一枚|1枚)
        (偽造|偽名|他人名義)(の|)(免許|身分|カード|ナンバー|書類) 在留卡 (盗難車|足のつかない車|プレート|ナンバープレート|ナンバー)(あり|買|売|調達|手配|外|持) (スタンガン|催涙|バール|目出し帽|手袋と|結束バンド)
        (車両|車)(の|)(調達|手配|準備|用意)(役|係|でき|して|担当)
    """),
    kinds=(Kind.TOOLS,),
)
