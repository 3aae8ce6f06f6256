"""A share of the take instead of a wage.

Why it counts: receivers, mules and withdrawers are promised a share of what passes through their hands; split rates between strangers are
typical of criminal crews.
When it misleads: sales, taxis, hair salons, streamers and artists work on commission, and a company profit share is common news.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="commission_share",
    group="pay",
    side=Side.FOR,
    en="share of the take",
    ja="取り分・歩合",
    why_ja=(
        "扱った金額の何%、山分け・折半など、分け前で支払う言い方。受け取り役や送金役の勧誘に典型だが、営業・美容師・配信者など歩合制の合法"
        "な仕事や企業ニュースにもある。"
    ),
    terms=words("""
        取り分 取分 とりぶん 分け前 わけまえ 山分け 折半 せっぱん 半々で 折半で 歩合 完全歩合 フルコミ フルコミッション コミッション
        売上の(5|10|15|20|30|50)% 金額の(1|2|3|5|10|15|20|30)% 回収額の 回収金の 引き出し額の 引出額の 送金額の 入金額の 扱い額の
        総額の(5|10|20|30)% (5|6|7|8|3|4)(割)(お渡し|渡し|差し上げ|あげ|もら|バック|還元|で分配)
        (5|10|15|20|30|50)%(お渡し|渡し|差し上げ|あげ|バック|還元|報酬|もら|抜いて|引いて) %はあなた %があなた %が報酬 %を報酬 %が取り
        残りを(送金|振込|振り込|渡|送) 差し引いた(残り|額|金額) 手数料を(引いた|差し引いた|抜いた) 手数料として(%|5|10|報酬|受け取) 抜いて渡
        利益分配 分配率 配分 パーセンテージ 7:3 6:4 5:5 五分五分で 4:6
    """),
    guards=words("歩合制のタクシー 半々でした コミッション絵 コミッション募集"),
    kinds=(Kind.FRAUD_PICKUP, Kind.MONEY_MULE, Kind.RECRUITER, Kind.CASH_COLLECTION),
)
