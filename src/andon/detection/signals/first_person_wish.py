"""Somebody looking for work or money.

Why it counts: The mirror image of an offer: I need money, is there any work?
When it misleads: Recruiters imitate it: looking for people who want money.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="first_person_wish",
    group="against",
    side=Side.AGAINST,
    en="somebody looking for work or money",
    ja="求職・願望",
    why_ja="募集の鏡像である求職・願望（金が欲しい、仕事ないか）。募集者が「稼ぎたい方」と言う形とは主語が違う。",
    terms=words("""
        (お金|金|仕事|バイト|休み|現金|諭吉|給料|副業|彼女|彼氏|時間|ボーナス|案件)(が|)(欲しい|ほしい|欲し|ほし)(な|よ|わ|です|けど|んだが|い|いなあ|いな|いわ|いよ|いです|いけど|すぎ|さ)
        (仕事|バイト|お金|いいバイト|日払い|単発|稼げるの|割のいい)(の|を|)(ないかな|ないですか|ありませんか|ないかなあ|ねーかな|ないか|ないの|無いかな|落ちて|くれ|ください|下さい|紹介して(くれ|ください|ほしい|欲しい|もらえ)|教えて|探してる|探してます|探しています|探し中|さがしてます|探さな|探そ|見つから|決まら|したい|始めたい|やりたい|辞めたい|やめたい)
        金(が|)(ない|無い|ねえ|ねー|なさすぎ|足りん|足りない|欠すぎ) お金(が|)(ない|無い|なさすぎ|足りない|足りん) 金欠(すぎ|で|や|だ|つら|死) 稼ぎたい(な|です|けど|わ|よ|なあ|んだが|のに)
        働きたい(な|です|けど) 働きたくない 雇って(くれ|ください|もらえ|) 宝くじ 石油王 養って 誰か(お金|金|奢|養|助け|雇) 面接(受|落|行|緊) 応募しよう 受かった 受からない 内定 就活
        転職(したい|活動|考え|しよう)
    """),
)
