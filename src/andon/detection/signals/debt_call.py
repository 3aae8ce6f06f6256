"""Calling people in debt.

Why it counts: Debts make people accept; recruiters name them as a welcome condition.
When it misleads: Lawyers and lenders advertise to the same people.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="debt_call",
    group="people",
    side=Side.FOR,
    en="calling people in debt",
    ja="借金のある人への呼びかけ",
    why_ja="借金を抱える人は断りにくく、募集者は歓迎条件として挙げる。弁護士や金融の広告も同じ相手に呼びかける。",
    terms=words("""
        (借金|多重債務|債務|ローン|滞納|返済|闇金|ヤミ金|リボ|負債|ギャンブル|支払い|督促)(が|の|で|に|を|)(ある方|ある人|持ち|抱え|返したい|返せない|苦しい|困って|まみれ|地獄|優遇|歓迎|ある子|一発返済|あっても|一括|首が|追われ|している方|してる人|チャラ|帳消し|完済|者歓迎|者優遇)
        (ブラック|自己破産|信用情報|ブラックリスト)(の方|でも|OK|可|の人|歓迎|した方) 借金(返済|完済|チャラ|帳消し|終わ|消え|一気|全部)
    """),
    kinds=(Kind.VAGUE,),
)
