"""Trials, panels, surveys.

Why it counts: Lawful paid participation: clinical trials, panels, mystery shopping.
When it misleads: Fake monitors ask for papers and accounts.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="trial_participant",
    group="against",
    side=Side.AGAINST,
    en="trials, panels, surveys",
    ja="治験・モニター",
    why_ja="治験・座談会・覆面調査など正規の有償参加。偽モニターは身分証や口座を求める。",
    terms=words("""
        治験 臨床試験 臨床研究 被験者 入院 通院 健診 投薬 モニター調査 商品モニター 座談会 グループインタビュー オンラインインタビュー アンケートモニター アンケートに 会場調査 覆面 試食 試飲 ユーザーテスト ユーザーインタビュー
        心理実験 実験参加 献血
    """),
)
