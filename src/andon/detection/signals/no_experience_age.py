"""No experience needed, an age is named.

Why it counts: high pay for the inexperienced and young is the profile crews look for; naming the age of adulthood is part of the stock
phrase.
When it misleads: most part-time advertisements welcome the inexperienced and name an age for legal reasons. Alone it is neutral.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="no_experience_age",
    group="ease",
    side=Side.FOR,
    en="no experience, any age",
    ja="未経験・年齢",
    why_ja=(
        "未経験・若年でも高報酬という条件は実行役の募集像に合う。ただし大半のアルバイト求人が「未経験歓迎」「18歳以上」と書くため、単独では"
        "ほぼ中立。"
    ),
    terms=words("""
        未経験(OK|可|歓迎|者|でも|大歓迎|から|の方) みけいけん 経験(不問|なし|無し|いら|不要|ゼロ|関係な|問わ)
        初心者(OK|歓迎|可|でも|大歓迎) 素人(OK|歓迎|でも|さん) しろうとでも 初めての方 はじめてでも 初めてでも
        経験者(優遇|歓迎|求|のみ|のみ募集) 経験ある方 経験あり優遇 スキル(不要|なし|不問|いら) 資格(不要|なし|不問|いら|無し)
        免許(不要|なし|無くて|なくて|いら|ない方) 特別な(スキル|資格|知識|技術|経験) 知識(不要|なし|いら) 18歳以上 18歳〜 18歳から 18才以上
        20歳以上 二十歳以上 20代(歓迎|の方|限定|の男|男性|活躍) 10代(OK|歓迎|でも|可|の方) 30代(OK|歓迎|でも|可|の方)
        若い(子|男|人|やつ|方)(募集|歓迎|優遇|求) 若者(歓迎|募集) 体力に自信 口(の|が)堅い 口の固い 口堅い 口が固い 秘密(を|)守れる
        約束(を|)守れる 時間(を|)守れる まじめな方 真面目な(方|人)(のみ|求|歓迎|募集) 素直な(方|人|子) 報連相(できる|出来る|ができる)
        ほうれんそう(できる|出来る) 連絡(が|)(取れる|つく|マメ|まめ)(方|人) 即レス(できる|可能|出来る|の方)
    """),
    kinds=(Kind.VAGUE, Kind.ORDINARY_LOOKING),
)
