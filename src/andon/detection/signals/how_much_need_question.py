"""How much do you need?.

Why it counts: The first question of recruiters who answer posts about money.
When it misleads: Lenders, shops and friends ask it too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="how_much_need_question",
    group="control",
    side=Side.FOR,
    en="how much do you need?",
    ja="必要な額の問い",
    why_ja="お金に困った投稿に反応する募集者の最初の質問。貸金、店、友人も尋ねる。",
    terms=words("""

        (いくら|幾ら|どれくらい|どのくらい|どんくらい|なんぼ|いつまでに|何万)(くらい|ぐらい|ほど|位|)(必要|困って|欲しい|ほしい|要る|要り|いる|いります|稼ぎたい|稼ぎたいです|足りない|あれば|返済|お金|入り用|用意)(ですか|です|でしょう|んですか|か|？|?|の|かな|る|)
        (希望|目標)(額|金額|の金額|月収)(は|いくら|教|を)(いくら|教|ですか|あり|) いくら稼ぎ いくらあれば
    """),
    kinds=(Kind.APPROACH,),
)
