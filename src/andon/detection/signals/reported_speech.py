"""Words of somebody else.

Why it counts: The writer tells what others said or wrote.
When it misleads: An offer may quote a former worker.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="reported_speech",
    group="against",
    side=Side.AGAINST,
    en="words of somebody else",
    ja="伝聞・引用",
    why_ja="書き手が他人の言葉を伝えている。募集が経験者の声を引用することもある。",
    terms=words("""
        という(話|投稿|募集|広告|dm|書き込み|言葉|文句|触れ込み|謳い文句|誘い|うたい文句|メール|連絡|電話|人|のが|の|のは|内容|バイト|仕事) っていう(話|投稿|募集|広告|dm|人|バイト|のが|の|やつ)
        って(書いて|書いと|言われ|言って|いわれ|聞いた|聞いて|いう|ゆー|dm|投稿|誘|来|出) と書かれ と書いて とあっ とあり とある。 と言われ と言って と言う と誘われ と持ちかけ と勧誘 と話し と説明 と語 とのこと だそう
        らしい みたいな(投稿|募集|dm|の|やつ|広告) などと などの(文言|投稿|言葉|甘い) 等の(文言|投稿) うたい文句 謳い文句 触れ込み と思い込 と信じ といった(言葉|投稿|文言)
    """),
)
