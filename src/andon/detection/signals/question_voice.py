"""Asking for advice.

Why it counts: People ask whether an offer is safe or lawful.
When it misleads: Recruiters ask too, about the reader.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="question_voice",
    group="against",
    side=Side.AGAINST,
    en="asking for advice",
    ja="質問・相談",
    why_ja="怪しくないか、違法でないかを尋ねる相談。募集者の問いは相手自身についてのもの。",
    terms=words("""
        (これ|それ|あれ)(って|は)(闇|大丈夫|やばい|ヤバい|怪しい|詐欺|犯罪|違法|本当|マジ|何) 怪しい(です|よね|かな|で|の|と|バイト|求人|？|案件|話|募集|仕事) 怪しく(ない|て)
        大丈夫(ですか|でしょうか|なの|かな|なんか) 違法(ですか|でしょうか|なの|じゃ|では) 犯罪(ですか|になります|でしょうか|じゃ) どう思い どうすれば どうしたら どうなり 教えてください 教えて下さい 詳しい方 わかる方 ご存知
        誰か教え 知恵を 質問です 質問なん 質問させ アドバイス 相談(です|なん|させ|したい|乗って) なんでしょうか なのでしょうか ですかね のかな って何 ってなに とは？ どういう意味 どういうこと 経験者(の方|いますか|に聞)
        やったことある人 is_this is_it_legal is_it_safe 是不是骗 靠谱吗 có_phải có_lừa
    """),
)
