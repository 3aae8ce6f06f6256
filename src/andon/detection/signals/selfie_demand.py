"""A selfie demanded.

Why it counts: A selfie with papers or of the home completes the hold.
When it misleads: Friends ask for selfies; banks verify by face.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="selfie_demand",
    group="control",
    side=Side.FOR,
    en="a selfie demanded",
    ja="自撮り・動画の要求",
    why_ja="身分証と顔を並べた自撮りや自宅の動画で縛る。友人同士や銀行の本人確認でも求められる。",
    terms=words("""
        (自撮り|セルフィー|顔写真|顔写メ|顔の写真)(を|の|も|と|で|1枚|一枚|)(送って|お願い|撮って|必要|ください|くれ|提出|添付|並べ|確認) 顔と(免許|身分証) 顔の横に(免許|身分)
        (自宅|家|部屋|玄関|実家|表札|最寄り駅)(の|を|)(外観|写真|動画|前|周り|中)(の|を|も|)(写真|動画|撮って|送って|映して|お願い) (動画|ビデオ)通話(で|に)(顔|本人|自宅|家|確認)
    """),
    kinds=(Kind.APPROACH,),
)
