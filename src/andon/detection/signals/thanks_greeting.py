"""Thanks and greetings.

Why it counts: Greetings, thanks and congratulations: social talk.
When it misleads: First messages of recruiters greet too.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="thanks_greeting",
    group="against",
    side=Side.AGAINST,
    en="thanks and greetings",
    ja="挨拶・感謝",
    why_ja="挨拶・感謝・お祝いなど社交の言葉。勧誘の最初のDMも挨拶から始まる。",
    terms=words("""
        ありがとうございます ありがとうございました ありがとう おめでとう おはよう こんばんは お疲れ様 おつかれ いってらっしゃい ただいま おかえり よろしくお願いします() ごめんなさい すみません 申し訳 お誕生日 誕生日
        あけおめ 今年もよろしく お世話になって お久しぶり 失礼します いらっしゃいませ お待たせ かしこまりました 承知 ご来店 ご予約
    """),
)
