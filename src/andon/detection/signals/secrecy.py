"""Keep it secret, do not ask.

Why it counts: Silence about content and contact is a condition no lawful employer sets.
When it misleads: Surprise parties, trials and business secrets need silence as well.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="secrecy",
    group="control",
    side=Side.FOR,
    en="keep it secret, do not ask",
    ja="口外禁止・詮索禁止",
    why_ja="内容を聞くな・口外するなという条件は正規の雇い主にはない。サプライズや治験、業務上の秘密では守秘を求める。",
    terms=words("""
        (口外|他言|詮索|質問|内容の質問|中身の(質問|確認)|開封|理由は)(禁止|厳禁|無用|しない|できない|不可|なし|ng|ＮＧ|聞かない|しないで|お断り|は受け|せず|聞か)
        (中身|中|内容|理由|行き先|相手|事情)(は|を|の|について)(聞かない|見ない|知らなく|知らない|確認しない|気にしない|問わない|聞くな|見なくて|秘密|お伝えでき|言えま|詮索|開けない|触れない|わからな|知る必要)(で|方|人|こと|て|い|し|ください|)
        (家族|親|友達|周り|誰|旦那|嫁|会社|学校|彼女|彼氏)(に|には|にも)(内緒|ないしょ|秘密|言わ|話さ|バレ|ばれ|知られ|黙って)(で|にして|ない|ず|ません|なく|られ)
        (秘密厳守|口が?堅い|口の堅い|口堅い|守秘|内密|極秘|水面下)(方|人|で|に|の|子|奴|) 親バレ(なし|しない) 身バレ(なし|しない|防止) ここだけの話 あまり大きな声で
    """),
    kinds=(Kind.VAGUE,),
)
