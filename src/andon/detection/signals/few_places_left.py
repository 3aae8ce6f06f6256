"""Only a few places are left.

Why it counts: scarcity is staged so that people write before they think.
When it misleads: courses, sales, tours, auditions and game parties have few places as well.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="few_places_left",
    group="speed",
    side=Side.FOR,
    en="few places left",
    ja="残りわずか・枠",
    why_ja="「残り一枠」「限定」と希少さを演出して応募を急がせる。講座・セール・ツアー・オーディションでも普通の表現。",
    terms=words("""
        残り(1|2|3|一|二|三|わずか|僅か|数)(枠|名|席|人|件) あと(1|2|3|一|二|三)(枠|名|人) あと1人だけ ラスト(1|一)(枠|名|人|席) ラスト枠
        枠(あり|空|残|埋まり|うまり|あと|限定) 空き枠 枠に限り 残枠 枠空き 空きあり 空き有 限定募集 (1|2|3|5|10|数|少)名限定
        (1|2|3|5|10|数)名様限定 人数限定 少人数限定 数量限定案件 本日限定 今日限定 今だけ 今月限定 締切間近 締め切り間近
        定員(になり|まで|間近|あり) 埋まり次第 うまり次第 決まり次第(終了|〆|締) なくなり次第 早めに(連絡|応募|DM) お早めに 〆切 締切 募集枠
        選ばれた(方|人) 特別に(紹介|案内|教え) 秘密の案件 限定案件 非公開案件 非公開求人
    """),
    kinds=(Kind.VAGUE,),
)
