"""Pay by the hour.

Why it counts: it shows that work is offered; disguised job-board advertisements state modest hourly rates on purpose.
When it misleads: nearly every text with an hourly rate is a lawful job, a strike, a complaint about wages or a news item on the minimum
wage; the weight is learned and usually speaks against.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="hourly_pay_words",
    group="pay",
    side=Side.SCENE,
    en="hourly pay",
    ja="時給",
    why_ja=(
        "求人であることを示す語。最近は普通の時給を装う募集もあるが、圧倒的多数は合法な求人・最低賃金の話題・愚痴であり、重みは学習に任せる。"
    ),
    terms=words("""
        時給 じきゅう 時間給 自給(1|2|3)000 (1|一)時間(あたり|で)(1|2|3|5)000円 1h 時給制 時給換算 時給(1|2|3|4|5)000
        時給(千|二千|三千|四千|五千|一万) 時給1万 時給3千 時給4千 最低賃金 最賃 per_hour an_hour hourly  時給up 時給アップ 深夜割増
        深夜手当 日勤時給 夜勤時給 円/時 円／h
    """),
    kinds=(Kind.ORDINARY_LOOKING,),
)
