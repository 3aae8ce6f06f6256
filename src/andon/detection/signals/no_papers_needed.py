"""No CV, no interview, no registration, no check.

Why it counts: whoever hires without a name, paper or meeting has no employment in mind; registration comes later, through a messenger and a
picture of an identity card.
When it misleads: spot-work apps, events and posting jobs skip the CV lawfully, and lenders advertise "no screening".
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="no_papers_needed",
    group="ease",
    side=Side.FOR,
    en="no papers, no interview",
    ja="履歴書・面接不要",
    why_ja=(
        "履歴書・面接・登録・審査が要らないと強調する募集は、雇用の手続きを避けている。スポットワークやイベントの単発求人、貸金の広告でも同"
        "じ語が使われる。"
    ),
    terms=words("""
        履歴書(不要|なし|いら|無し|無用|ナシ) 面接(なし|不要|無し|ナシ|いら|一切|ゼロ) 面接なく 無面接 電話面接 オンライン面接のみ LINE面接
        WEB面接のみ 来社不要 登録(不要|なし|いら) 登録会(なし|不要) 審査(なし|不要|無し|ゼロ|通らない方|落ち)
        身分証(不要|なし|いら|無し|なくて) 身元(不要|問わ) 保証人(不要|なし|いら|無し) 書類(不要|選考なし) 手続き(不要|なし)
        契約書(不要|なし) 源泉(なし|徴収なし) 税金(かから|引かれ|なし) 非課税 確定申告(不要|なし|いら) 会社に(バレ|ばれ)ない 会社バレ
        職場(バレ|に知られ)なし 匿名(OK|可|で|でも|希望|応募|案件) 偽名(OK|可|でも) 顔出し(不要|なし|無し|いら)
        顔バレ(なし|ありません|しない) 手ぶら 身一つ 体一つ からだ一つ 身体一つ 服装自由 髪型自由 持ち物(不要|なし)
        元手(不要|なし|ゼロ|いら) 初期費用(なし|不要|ゼロ|無料|一切) 自己負担(なし|ゼロ|一切) 費用(かかりません|一切かか|負担なし|はこちら)
        経費(全額|こちら|支給|負担|当方)
    """),
    guards=words("無面接触"),
    kinds=(Kind.VAGUE,),
)
