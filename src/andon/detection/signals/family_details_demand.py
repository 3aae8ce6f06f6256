"""Family and home demanded.

Why it counts: Names and work places of the family are the later threat.
When it misleads: Forms of schools and clinics ask for family.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="family_details_demand",
    group="control",
    side=Side.FOR,
    en="family and home demanded",
    ja="家族・実家の情報要求",
    why_ja="家族の名前や勤務先は後の脅しに使われる。学校や病院の書類も家族を尋ねる。",
    terms=words("""

        (家族|親|両親|実家|親族|兄弟|恋人|彼女|緊急連絡先|嫁|子供|職場|勤務先)(の|と|や|構成|情報|全員の)(連絡先|電話|番号|住所|名前|勤務先|職場|情報|写真|氏名|構成)(を|も|と|まで|教|全部|書|送|登録|お願い|必要|いただ|聞|確認|)
        家族構成 実家(どこ|の住所|は|暮らし)(ですか|教|？|か|) 緊急連絡先(を|の|2|二|も)
    """),
    kinds=(Kind.APPROACH,),
)
