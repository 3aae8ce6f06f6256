"""Drug-like emoji.

Why it counts: broccoli, ice, maple leaf and pill stand for drugs in sales posts.
When it misleads: food, season and health posts use the same ones.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="emoji_drug",
    group="emoji",
    side=Side.SCENE,
    en="drug-like emoji",
    ja="薬物を示しうる絵文字",
    why_ja="ブロッコリー・氷・葉・錠剤は薬物の隠語になる。料理や季節の投稿でも使われる。",
    within=Range(Measure.EMOJI_DRUG, 1, 999),
    kinds=(Kind.DRUGS,),
)
