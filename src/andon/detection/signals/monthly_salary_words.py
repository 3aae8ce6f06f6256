"""Pay by the month.

Why it counts: it shows that work with pay is meant; overseas and office-like disguises use a monthly figure.
When it misleads: job advertisements, salary surveys, complaints and politics all speak of monthly pay; the weight is learned.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="monthly_salary_words",
    group="pay",
    side=Side.SCENE,
    en="monthly salary",
    ja="月給・月収",
    why_ja="月単位の給与を示す語で、海外や事務を装う募集にも出るが、通常の求人・給与の話題が大半。重みは学習に任せる。",
    terms=words("""
        月給 げっきゅう 月収 固定給 基本給 年収 年俸 給与 給料 給料日 サラリー 初任給 月額報酬 月給制 手取り月 賃金
        月給(20|22|25|30|35|40|50)万 月収(20|22|25|30|35|40)万 年収(300|400|500|600|800|1000)万 monthly_salary per_month a_month salary
        賞与込 月払い
    """),
    kinds=(Kind.ORDINARY_LOOKING, Kind.OVERSEAS),
)
