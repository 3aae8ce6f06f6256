"""The joke form “simple job of …”.

Why it counts: A common joke about everyday chores.
When it misleads: Real offers use the very same words.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="simple_work_idiom",
    group="against",
    side=Side.AGAINST,
    en="the joke form “simple job of …”",
    ja="「簡単なお仕事です」の言い回し",
    why_ja="日常の作業を茶化す決まり文句。本物の募集も同じ語を使うため、これだけでは決められない。",
    terms=words("""
        簡単なお仕事です だけの簡単なお仕事 るだけの簡単な仕事 簡単なお仕事でした 簡単なお仕事(始|に|が|は|なの|だよ|だと|w) 簡単なお仕事と かんたんなおしごと
    """),
)
