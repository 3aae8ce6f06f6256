"""Help held out to the desperate.

Why it counts: Offers of help and talk to desperate people end in an errand.
When it misleads: Real help services say the same.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="distress_bait",
    group="people",
    side=Side.FOR,
    en="help held out to the desperate",
    ja="助けるという餌",
    why_ja="追い詰められた人に「助ける」「相談に乗る」と近づき使い走りにする。本物の支援窓口も同じ言い方をする。",
    terms=words("""
        (助け|救い|力になり|お力になり|相談に乗り|相談乗り|解決し|支援し|サポートし)(たい|ます|ますよ|ませんか|てあげ|れます|るよ|れると思) (個人|個別)(融資|支援|に相談|に話) 融資(します|可能|できます|先|待ち|相談)
        即日融資 お金(貸し|貸せ|融通|用意し|作れ|作り方|作る方法|送り)(ます|ますよ|る方法|るよ|て|) (一人で|ひとりで)(悩ま|抱え)ないで(dm|連絡|話)(ください|を|して|) 個人間融資
        (まず|まずは|とりあえず)(話|相談|連絡|dm|気軽に)(だけ|して|ください|聞|を) 話だけでも
    """),
    kinds=(Kind.BAIT,),
)
