"""Lawfulness is asserted.

Why it counts: only offers that look unlawful have to say that they are not; "not a crime" and "loophole" are stock phrases of debt-recovery
and account offers.
When it misleads: lawyers, police pages, explainers and debates discuss what is lawful, and shops for CBD or tax schemes use the claim.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="legal_claim",
    group="safety",
    side=Side.FOR,
    en="said to be lawful",
    ja="違法ではない・合法",
    why_ja=(
        "「違法ではない」「犯罪ではない」とわざわざ断るのは、違法に見える内容だから。法律相談・報道・解説の議論や、CBDなどの宣伝でも使われ"
        "る。"
    ),
    terms=words("""
        違法(では|じゃ)(ない|ありません|ないです|なく|無い) 違法性(なし|はない|ありません|ゼロ|は一切|一切|は無)
        違法行為(では|じゃ|なし|一切|はない|はありません) いほうではない 犯罪(では|じゃ)(ない|ありません|ないです|なく|無い|ねえ)
        犯罪(性|行為|系|的なこと)(は|)(なし|ない|ありません|一切|ゼロ|無し|では) 犯罪とかじゃ 犯罪一切 犯罪まがい(では|じゃ)
        はんざいじゃない 合法 ごうほう 合法的 合法案件 合法バイト 合法な(仕事|案件|バイト|お金) 完全合法
        法律(の範囲|的に問題|に触れ|スレスレ|ギリギリ|の抜け|違反では) 法に(触れ|引っかから|ふれ)(ない|ません)
        法の(抜け穴|範囲|穴|グレー|網) 法的に(問題|大丈夫|セーフ|OK) 抜け穴 抜け道 セーフな(仕事|案件) グレーだけど(違法|合法|セーフ) 脱法
        だっぽう 罪(に|には)(なら|問われ)(ない|ません) 罪にはなりま 前科(つか|付か|がつか)(ない|ません) 刑事(事件|罰)(に|には)(なら|ない)
        警察(は関係|沙汰|案件では|に相談済|関係な) 弁護士(確認済|監修|に確認|がつい|がいる|付き|つけ) 弁護士も(い|つい) 顧問弁護士
        許可(取|とっ|得)て(い|)ます 正規の(仕事|案件|業務|依頼) 正当な(仕事|案件|依頼|業務) 正式な(仕事|案件|依頼)
        クリーン(な仕事|な案件|案件|バイト) legal_work not_illegal nothing_illegal 100%_legal
    """),
    guards=words("""
        非合法 合法化 合法ロリ 非合法な 合法性 脱法ハーブ店 違法ではないか 違法ではないの 違法じゃないの 違法じゃないか 違法ではないかと
        犯罪ではないか 犯罪じゃないの 犯罪じゃないか 合法的に 犯罪ではないの
    """),
    kinds=(Kind.VAGUE, Kind.DRUGS),
)
