"""Pay by the day, paid out daily.

Why it counts: paid by the day is what people without money look for, and recruiters tag their posts with it.
When it misleads: day labour, events, removals and spot work are paid daily, so lawful advertisements hold these words more often than
criminal ones. The model may well learn a weight against.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="day_pay_words",
    group="pay",
    side=Side.FOR,
    en="daily pay",
    ja="日払い・日給",
    why_ja=(
        "日払いは手元に金のない人が検索する語で、募集側もタグに付ける。引越し・イベント・スポットワークなど合法の日雇いの方が多用するため、"
        "重みは他の語との組合せで決まる。"
    ),
    terms=words("""
        日払い 日払 ひばらい 日払いOK 日払い可 全額日払い 完全日払い 日給 にっきゅう 日当 にっとう 即日払い 即払い 当日払い 翌日払い
        毎日払い 日払い制 日収 日銭稼ぎ 一日で(万|稼|数) 1日で(万|稼|数) 1日(稼働|働)で 日に(数万|何万|10万|5万) 日毎の支払い 日ごとに支払
        その日払い その日に(支払|払|もら|渡|現金) その日のうちに(支払|払|もら|渡|現金|入金) 当日支払 当日全額 即日支払
        即日(入金|振込|手渡|支給|渡し|精算) 日雇い 日雇 デイリー払い hibarai daily_pay dailypay 日/万 一勤務 1勤務 一稼働 1稼働
        (1|一)日(万|あたり|当たり)
    """),
    guards=words("日当たり 日当り 日当山 日給月給"),
    kinds=(Kind.VAGUE, Kind.ORDINARY_LOOKING),
)
