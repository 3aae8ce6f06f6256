"""Identity papers demanded.

Why it counts: A photo of papers gives the group its hold over the applicant; asked for before any contract.
When it misleads: Hotels, gyms, banks and lawful employers check papers too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="id_demand",
    group="control",
    side=Side.FOR,
    en="identity papers demanded",
    ja="身分証の要求",
    why_ja="身分証の画像は応募者を縛る材料になる。契約前に求めるのが特徴。宿・ジム・銀行・正規の雇い主も確認はする。",
    terms=words("""
        (身分証|身分証明書|免許証|保険証|マイナンバー|マイナカード|パスポート|学生証|住民票|在留カード|顔写真|個人情報)(の|を|と|も|が|さえ|だけ|で|)(写真|画像|写メ|送って|送信|送る|提出|提示|コピー|見せて|必要|必須|あれば|お持ち|ある方|持って|撮って|裏表|両面|自撮り|お願い|登録|アップ|確認させ)
        身元(確認|保証)(の|が|を|)(ため|書類|でき|必要|お願い|させ|) 身分証(確認|提示|提出|持参|のみ|だけ|1つ|一つ|で) 護照 身份证 hộ_chiếu
    """),
    kinds=(Kind.APPROACH,),
)
