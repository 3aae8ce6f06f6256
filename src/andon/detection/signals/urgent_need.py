"""The call is urgent.

Why it counts: urgency pushes people past their doubts, and errands come up at short notice.
When it misleads: shops, nurseries, bands, game guilds and lost-dog notices call urgently too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="urgent_need",
    group="speed",
    side=Side.FOR,
    en="urgent call",
    ja="急募・至急",
    why_ja="急ぎを強調して判断を急がせる言い方。店舗の欠員、バンドやゲームの仲間募集、迷子の捜索など無関係な「急募」も多い。",
    terms=words("""
        急募 きゅうぼ 急ぎ募集 急ぎで 大至急 至急 しきゅう 緊急募集 緊急案件 緊急(で|に)(募集|人|動) 急遽募集 急遽(人|1名|2名|数名) 急遽
        急ぎ案件 急ぎの(案件|仕事|方|人) お急ぎの方 急きょ 早急に 早い者勝ち 早いもん勝ち 早い者順 先着 先着順 先着(1|2|3|5|10)名 欠員
        欠員が出 穴埋め ドタキャン出た 人手不足 人(が|)足りない 人(が|)足りん 人足らん 人員不足 人員補充 増員 追加募集 再募集 緊急 asap
        urgent urgently kyubo
    """),
    guards=words("""
        緊急地震速報 緊急事態 緊急車両 緊急搬送 緊急速報 緊急避難 緊急停止 緊急手術 緊急入院 緊急放送 緊急連絡先 先着プレゼント
    """),
    kinds=(Kind.VAGUE,),
)
