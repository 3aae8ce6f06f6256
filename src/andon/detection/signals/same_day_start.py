"""Work can start today.

Why it counts: "act today" leaves no time to ask or think; crews lose people daily and fill the hole within hours.
When it misleads: spot-work apps, dispatch agencies and substitutes in shops look for people for the same day.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="same_day_start",
    group="speed",
    side=Side.FOR,
    en="start at once",
    ja="即日勤務・即稼働",
    why_ja=(
        "今日・今すぐ動ける人を求め、考える時間を与えない募集に多い。スポットワーク、派遣、急な欠員補充でも普通に使われるため、内容の有無と"
        "合わせて見る。"
    ),
    terms=words("""
        即日勤務 即日稼働 即日スタート 即日開始 即日(可|可能|OK|ok|対応|動|働|案件|バイト|仕事|採用|面接|入) 即稼働
        即(採用|戦力|スタート|開始|動け|対応) 即採 即決 すぐ(動ける|働ける|始められ|稼げ|出られ|行ける|来れる|来られる|稼働|スタート)
        すぐに(動ける|働ける|始められ|稼げ|行ける|来れる) 直ぐ(動ける|働ける|稼げ) 今すぐ(動|働|稼|来れ|行け|始め|応募|連絡)
        いますぐ(動|働|稼|応募) 今から(動ける|働ける|行ける|来れる|出れる|稼働|できる) 本日(動|働|稼|から|スタート|稼働|中に稼)
        今日から(働|稼|動|スタート|でき|始め) 明日から(働|稼|動|スタート|でき) 今夜(動|働|稼|から|行ける) 今晩(動|働|稼|から)
        今週(動|稼働|中に動) 明日(動ける|働ける|稼働|行ける) フットワーク(軽|の軽) 腰の軽い 即応 すぐ金になる すぐお金になる
        翌日から(働|稼|勤務)
    """),
    guards=words("即決価格 即決購入 即対応の設備 即決可能なオークション"),
    kinds=(Kind.VAGUE,),
)
