"""Money given away.

Why it counts: Giveaways gather the needy; those who answer are steered to errands or robbed of data.
When it misleads: Shops and fans give things away lawfully.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="giveaway_bait",
    group="people",
    side=Side.FOR,
    en="money given away",
    ja="お金配り",
    why_ja="現金配布は困っている人を集める餌で、応じた人を使い走りや情報詐取に導く。店やファンの正当な企画もある。",
    terms=words("""

        (お金|現金|お年玉|給付金|支援金|生活費|諭吉|ペイペイ|paypay|金|アマギフ)(を|)(配り|配布|配る|配ります|プレゼント|差し上げ|あげます|送ります|送る|ばらま|バラま|全員|支給|恵み|振り込み)(ます|企画|中|し|)
        お金配り (現金|)(1|3|5|10|20|30|50|100|一|三|五|十|百)+万円?(を|)(プレゼント|配|差し上げ|あげ|送|支給|当選|が当たる)
        当選(者|おめでとう|しました|発表|金|された)(に|は|ございます|の方|)(振|送|口座|dm|連絡|) 先着(順|で|)[0-9]*名?(様|)(に|へ|)(現金|お金|プレゼント|配)(を|) 困ってる人に(配|送|お金)
    """),
    kinds=(Kind.BAIT,),
)
