"""Money or movement today, tonight, tomorrow.

Why it counts: time words in the first message test whether a person is desperate enough to move at once.
When it misleads: anybody writes "today" or "tonight"; the terms here are narrower phrases, yet sales, lifts and dates use them too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="right_now",
    group="speed",
    side=Side.FOR,
    en="today, now",
    ja="今日中・今夜",
    why_ja="今日・今夜・明日までと時間を区切る言い方で、切迫した人を選び出す。販売、送迎、待ち合わせなど日常の用例も多く、弱い手がかり。",
    terms=words("""
        今日中に 今日中 本日中 きょう中 明日中 今夜中 今晩中 今週中 今日明日 今日か明日 今日明日で 明日まで 明日の朝まで 朝まで 月末まで
        支払日まで 今日だけ 今日だけで 即日 そくじつ 即時 その日のうち その日に 数時間後 1時間後 数日で 2、3日で 2〜3日で 三日で 3日で
        一晩で 一夜で ひと晩で 半日で 最短(即日|当日|今日|翌日|1日|30分|10分|即) 最速(即日|当日|今日|1日) スピード(対応|入金|審査|採用|案件)
        すぐ(に|)(入金|振込|現金|お金|金) 速攻 そっこう 秒で 今すぐ 本日 same_day today_only sokujitsu
    """),
    kinds=(Kind.APPROACH, Kind.VAGUE),
)
