"""Earnings are bragged about, not stated as a wage.

Why it counts: "make a bundle in one go" replaces a wage and a task. In quoted posts such brags stand in a third of cases and in few lawful
advertisements.
When it misleads: gamblers, traders, fishermen, athletes and jokers brag in the same words, and info-product sellers live by them. Look for
a deed that is asked of the reader.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="amount_brag",
    group="pay",
    side=Side.FOR,
    en="bragging about earnings",
    ja="稼げると強調",
    why_ja=(
        "「一撃」「ガッツリ稼げる」のように賃金ではなく儲けの大きさを煽る言い方。ギャンブル・投資・情報商材・スポーツの話題でも多く、読み手"
        "に何をさせるかが書かれているかを見る。"
    ),
    terms=words("""
        稼げる 稼げます 稼ぎたい(方|人|奴|子|やつ) 稼ぎたくない 稼がせ 稼ぎませんか 稼ごう 稼いで(もら|みませんか|下さい|ください) 稼ぎ放題
        稼ぎまくり かせげる かせげます 荒稼ぎ ガッツリ がっつり稼 ガッポリ がっぽり 一撃で(万|何|数|稼|100|50|30|20)
        一撃(万|数十|百万|高額|稼) 一撃案件 一発で(稼|万|何十|何百|借金) 一発(稼|大金|高額|逆転) 爆益 爆稼ぎ 大金 大きく稼
        まとまった(お金|金|現金|額|収入) デカく稼 でかい金 でかく稼 大きい金 人生(逆転|変えたい|一発) 一攫千金 楽に(稼|儲) らくに稼
        楽して(稼|儲|金) ラクして 簡単に(稼|儲) 儲かる 儲かります 儲け話 もうけ話 もうかる 札束(見|積) 荒稼 短期で(稼|万|大) 短期間で(稼|大)
        数時間で(万|稼) 数十万 数百万 何十万 何百万 桁違い 月収超え 給料以上 本業超 稼ぎ頭 億り人 7桁 七桁 ガチで稼 本気で稼 マジで稼
        ほんまに稼 稼ぐなら 稼ぎ方 稼いでる kaseg kasegeru easy_money big_money
    """),
    guards=words("がっつり寝 ガッツリ食 がっつり食 ガッツリ系 がっつり系 儲かる企業 大金星 大金持ち 大金時 大金玉"),
    kinds=(Kind.VAGUE, Kind.RECRUITER),
)
