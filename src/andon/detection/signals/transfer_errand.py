"""Passing money on.

Why it counts: Receiving money on one's own account and passing it on, for a share, launders the proceeds of fraud.
When it misleads: Remittance services, accounting jobs and people sending rent use near words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="transfer_errand",
    group="account",
    side=Side.FOR,
    en="passing money on",
    ja="送金の代行",
    why_ja="自分の口座で受けた金を手数料を取って移すのは詐欺金の洗浄になる。送金サービスや経理の求人も近い語を使う。",
    terms=words("""

        (送金|入金|振込|振り込み|振替|資金移動|お金の移動|転送|出金)(代行|だけ|するだけ|バイト|案件|サポート|補助|作業|業務|の作業|のお手伝い|アシスタント|スタッフ|係|役|エージェント|のお仕事|の仕事|オペレーター|ミュール)
        (振り込まれた|入金された|受け取った|届いた|着金した|口座に入った)(お金|金|現金|資金|代金|分)(を|の)(送|別|指定|移|転送|振|引き出|おろ|下ろ|渡)
        (指定口座|別の口座|指定の口座|別口座|他の口座|こちらの口座)(へ|に|まで)(送|振|移|入) 右から左(に|へ)(流|送|移) ペイメント(エージェント|代行|サポート) 決済代行(スタッフ|者|バイト)
        受け取(って|り)(送金|転送|振込) 手数料(として|は|)[0-9]+% (着金|入金)(したら|後|確認後|したか|通知) payment_agent money_transfer_agent money_mule 代收款 代收代付
        跑分 代付 nhận_tiền_chuyển chuyển_tiền_hộ (給料|お金)を預かって送 海外送金の(お手伝い|仕事|代行) 経理(アシスタント|補助)在宅 資金(の|)(受け渡し|受取|管理)
    """),
    kinds=(Kind.MONEY_MULE,),
)
