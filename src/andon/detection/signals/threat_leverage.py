"""Threats after wavering.

Why it counts: Those who waver are threatened with family, home, damages and exposure.
When it misleads: Reports and fiction tell of such threats.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="threat_leverage",
    group="control",
    side=Side.FOR,
    en="threats after wavering",
    ja="脅し",
    why_ja="断ろうとすると家族・自宅・損害賠償・晒しで脅す。報道や創作にも出る。",
    terms=words("""
        (家|自宅|実家|家族|親|職場|学校)(に|まで)(行くよ|行くぞ|行きます|行かせ|押しかけ|迎え|人を|乗り込|連絡します|連絡する|連絡いく|バラ|ばら|言います|電話し|挨拶)
        (損害|違約金|罰金|キャンセル料|賠償|弁償)(を|が|)(請求|払|発生|かか|いただ|もら) (今さら|いまさら|もう)(逃げ|断れ|やめられ|抜け|引け|遅い) 逃げ(たら|ても|られ)(無駄|追い|わか|どう|ない|家|ると)
        個人情報(は|も)(全部|全て|もう|握|抑|押さえ|預|こっち) 顔(も|は)(割れ|わか) 住所(は|)(わか|割れ|知って|控え) 晒(します|される|すよ|すぞ) 身柄 詰められ 詰めます
    """),
    kinds=(Kind.APPROACH,),
)
