"""Calling people short of money.

Why it counts: Recruiters look for people in need and address them.
When it misleads: People in need write the same words about themselves; help services address them too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="money_need_call",
    group="people",
    side=Side.FOR,
    en="calling people short of money",
    ja="金に困る人への呼びかけ",
    why_ja="金に困っている人に呼びかけて誘う。本人のつぶやきや支援窓口の呼びかけにも似た語が出る。",
    terms=words("""
        (困って|お困り|金欠|足りない|ピンチ|入り用|急ぎ|どん底|崖っぷち|追い込まれ|切羽詰まっ)(の|な|る|いる|た|てる|ている|)(方|人|あなた|かた|子) (お金|金)(欠|欠の|欠な)(人|方|子|奴)
        (今日|今すぐ|すぐ|急ぎで|至急)(お金|現金|金|まとまった金)(が|)(必要|欲しい|ほしい|いる|要る|作りたい) (お金|金)(の|に関する)(悩み|相談|トラブル|心配)(がある方|のある方|ある方|聞|乗|解決|なら) 人生詰
        詰んだ(方|人) 詰んでる(方|人) 後がない(方|人) (本気で|ガチで|マジで)(稼ぎたい|金が|お金が|変わりたい|困って) 稼ぎたい(方|人|子|奴|あなた|男性|女性|学生|主婦|やつ) 一発逆転
        人生(変え|逆転|やり直)(たい|したい|) お金作(り|れ|る) お金困
    """),
    kinds=(Kind.VAGUE,),
)
