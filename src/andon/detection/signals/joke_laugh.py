"""Joking.

Why it counts: Jokes take the recruiters' phrases for cats, homework and idols.
When it misleads: Casual recruiters laugh too.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="joke_laugh",
    group="against",
    side=Side.AGAINST,
    en="joking",
    ja="冗談・笑い",
    why_ja="猫・宿題・推しなどに募集文句を当てはめる冗談。くだけた募集者も笑いを入れることがある。",
    terms=words("""
        ワロタ わろた 草生え 草すぎ 草やろ で草 は草 が草 も草 大草原 笑った 笑える 爆笑 ｗｗｗ wwww  ネタ ネタです 冗談 ジョーク 大喜利 ボケて ツッコミ オチ あるある ってか？ みたいで笑 闇バイトかよ
        闇バイトじゃん 闇バイト(感|みたい|っぽ|説|より|か？|で草|やんけ|やろ|扱い|並み|すぎ) 実質闇 ブラック企業より
    """),
)
