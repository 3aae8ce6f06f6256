"""The post denies being a crime job.

Why it counts: posts say "this is not one" because readers have heard the warnings; the denial carries the search tag as well.
When it misleads: lawful employers hit by suspicion, game and satire accounts and people asking for advice deny it too, and journalists
quote the denial.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="not_yamibaito_denial",
    group="safety",
    side=Side.FOR,
    en="denies being yami-baito",
    ja="闇バイトではないと否定",
    why_ja=(
        "「闇バイトではありません」「闇×」といった否定は、警戒する読み手への先回りで、検索語としても働く。疑われた正規の事業者の釈明、冗談、"
        "報道の引用にも現れる。"
    ),
    terms=words("""
        (闇バイト|やみばいと|裏バイト|闇バ|闇案件|闇系|闇の仕事|闇仕事)(では|じゃ)(ない|ありません|ないです|なく|無い|ねえ|あらへん|ございません)
        (闇バイト|裏バイト|闇|闇系|裏)(ng|NG|x)
        (闇バイト|裏バイト|闇系|闇案件)(一切|お断り|禁止|関係な|なし|無し|とは違|とは関係|と違|とかじゃ|とかでは)
        闇(では|じゃ)(ない|ありません|なく|ないです) 闇とか(じゃ|では) 闇(なし|無し|一切) ヤミ(じゃ|では)な 裏(じゃ|では)(ない|ありません)
        裏とかじゃ 叩き(では|じゃ)(ない|ありません) 叩き(なし|無し|ng|一切) タタキ(なし|ではない|じゃない)
        (強盗|ud|受け子|受け出し|詐欺|薬物|薬|運び)(なし|無し|ng|一切なし|系なし|系×|ではありません|じゃありません|ではないです|じゃないです)
        捕まる系(では|じゃ)ない 普通の(仕事|バイト|案件)(です|だよ|ですよ|やで) not_yamibaito yamibaito_janai
        闇バイトと(は違い|は異なり|一緒に) ニュースの(やつ|あれ)(じゃ|とは|では)
    """),
    kinds=(Kind.VAGUE, Kind.ROBBERY),
)
