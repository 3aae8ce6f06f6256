"""Can you drive?.

Why it counts: Drivers for raids and errands are sought by this question.
When it misleads: Friends and lawful delivery ask it as well.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="licence_question",
    group="control",
    side=Side.SCENE,
    en="can you drive?",
    ja="免許・車の有無の問い",
    why_ja="実行や運びの運転役を探す問い。友人同士や正規の配送求人でも尋ねる。",
    terms=words("""

        (免許|車|運転免許|原付|バイク|普免|普通免許|足|運転)(は|って|の|)(ありますか|ある?|あります?|持って(ますか|る?|ます|いますか|る方|る人|る子)|お持ち|持ち(の方|優遇|歓迎|限定|求)|ある方|ある人|出せる|あれば|できますか|できる(方|人|子|？|?)|運転でき|あり(ますか|優遇|歓迎)|必須|いらない|不要|なしでも)
    """),
    kinds=(Kind.APPROACH,),
)
