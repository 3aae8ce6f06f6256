"""Phones and bags are kept.

Why it counts: Helpers who cannot call out are helpless; named in disguised adverts.
When it misleads: Exams, factories and clubs keep phones as well.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="phones_kept",
    group="control",
    side=Side.FOR,
    en="phones and bags are kept",
    ja="携帯・荷物の預かり",
    why_ja="連絡手段を取り上げ、逃げられなくする。試験会場や工場、会場警備でも預かりはある。",
    terms=words("""

        (携帯|スマホ|電話|私物|荷物|貴重品|身分証|パスポート|財布|鞄|バッグ)(は|を|の|類は|等は|や|と)(預か|お預かり|回収し|持ち込み禁止|持ち込めま|集め|没収|預け|電源|一旦|会社で保管|こちらで保管|全部預)(り|ら|ます|って|て|も|を切|せて|)
        携帯(預|回収|没収|持ち込み)
    """),
    kinds=(Kind.ORDINARY_LOOKING,),
)
