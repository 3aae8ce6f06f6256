"""Where do you live?.

Why it counts: Recruiters ask amount, home and age in a fixed order.
When it misleads: Dating and chat ask the same.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="where_live_question",
    group="control",
    side=Side.FOR,
    en="where do you live?",
    ja="住まい・年齢の問い",
    why_ja="必要額・住まい・年齢を決まった順で尋ねる。出会いや雑談でも尋ねられる。",
    terms=words("""

        (どこ住み|何処住み|どこすみ|どちらにお住まい|お住まい(は|と|の地域|どちら|はどちら|お願い)|どの辺(住|に住|り)|最寄り(駅|)(は|どこ|教えて|と)|地域(と年齢|年齢|は|を教|どこ|dmで)|住まいと年齢|年齢(と地域|と住|と性別|お願い|教|は|住)|年齢と(お住|居住)|居住地(と|は|を|年齢)|何歳|おいくつ|歳いくつ|いま何処|今どこ(です|いますか|に|？|?))
    """),
    kinds=(Kind.APPROACH,),
)
