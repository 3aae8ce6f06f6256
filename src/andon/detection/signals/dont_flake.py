"""Do not back out.

Why it counts: Backing out is called flying; recruiters warn of it.
When it misleads: Event organisers and sellers complain of no-shows.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="dont_flake",
    group="control",
    side=Side.FOR,
    en="do not back out",
    ja="飛ばないで",
    why_ja="「飛ぶ＝途中で消える」ことへの釘刺し。催しや取引の当日キャンセルへの苦言でも使われる。",
    terms=words("""
        (飛び|とび)(なし|ばっくれ|禁止|無し|対策|は|厳禁|防止|ＮＧ|ng)(で|厳禁|ng|お断り|許|のため|の為|制裁|罰|方|の方|) 飛ばない(方|で|人|こと|でください|でね|子|よう)
        (飛ん|トン|とん)だら(どう|分か|わか|家|追|罰|わかって|許) (バックレ|ばっくれ|ブッチ|ドタキャン|どたきゃん|冷やかし|ひやかし|冷かし)(お断り|禁止|ng|厳禁|なし|無し|は|する|勘弁|不可|さん|返事)
        (責任感|約束)(の|を|が)(ある|守れる|強い)(方|人|者)(のみ|だけ|限定|を|)
    """),
    kinds=(Kind.APPROACH,),
)
