"""A story told in the past.

Why it counts: What was done or happened is told, not offered.
When it misleads: Invented testimonials are told in the past too.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="past_narrative",
    group="against",
    side=Side.AGAINST,
    en="a story told in the past",
    ja="過去の話",
    why_ja="過去の出来事を語っていて募集ではない。作り話の体験談も過去形になる。",
    terms=words("""
        したという していた していました された。 されていた されました だった。 だったという でした。 ました。 ていた。 だったけど だったのに だったから たらしい たみたい たそうだ たことがある たのを たのに たけど たんだが
        たんだけど た結果 た話 してしまった してしまい 思い出し 昔は 昔の 当時 あの頃 子供の頃 学生時代 前の会社 以前
    """),
)
