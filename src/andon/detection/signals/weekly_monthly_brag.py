"""Weekly or monthly income that no ordinary job pays.

Why it counts: recruiters for overseas call centres and for repeated errands promise a million a month; the unit is longer than a day, and
so is the commitment.
When it misleads: network marketing, night clubs, crypto and coaching advertise the same sums, and people dream aloud of them.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="weekly_monthly_brag",
    group="pay",
    side=Side.FOR,
    en="a fortune per week or month",
    ja="週・月単位の高収入",
    why_ja=(
        "週・月で百万円といった、普通の雇用では出ない額を示す言い方。海外の詐欺拠点や継続的な実行役の勧誘に多い一方、情報商材・マルチ・夜職"
        "の広告や願望のつぶやきにも現れる。"
    ),
    terms=words("""
        月収(50|60|70|80|100|120|150|200|300|500|1000)万 月(100|150|200|300|500|1000)万 月に(100|150|200|300|500)万 月(百|二百|三百)万
        月収(百|二百|三百)万 月収7桁 月7桁 月7けた 月利 週(10|15|20|30|40|50|100)万 週に(10|20|30|50|100)万 週給 週払い 週収 週間で(万|稼)
        一週間で(20|30|50|100)万 (1|一)週間で(稼|数十|100万|50万|30万|20万) (1|一)(か月|ヶ月|カ月|ヵ月)で(稼|数百|100万|200万|300万)
        月何百万 毎月(100万|数百万|百万) 月収保証 月100以上 月100〜 最低月収 最低でも月 年収(2000|3000|5000)万 年収一千万以上 年収億
        年(1000|2000|3000)万 月(6|7)桁 六桁 百万円プレイヤー 100万プレイヤー 100万円/月 200万/月 万/月 万/週 万／週
    """),
    guards=words("週刊"),
    kinds=(Kind.OVERSEAS, Kind.VAGUE, Kind.RECRUITER),
)
