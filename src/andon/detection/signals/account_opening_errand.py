"""Opening an account for somebody else.

Why it counts: Opening an account and handing over card or log-in is fraud against the bank; it is offered as an errand.
When it misleads: Bank campaigns also ask people to open accounts and pay a bonus.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="account_opening_errand",
    group="account",
    side=Side.FOR,
    en="opening an account for somebody else",
    ja="口座を作って渡す",
    why_ja="口座を開設してカードやログイン情報を渡す行為は詐欺に当たるが、簡単な作業として誘われる。銀行の正規キャンペーンも開設を呼びかける。",
    terms=words("""
        (口座|ネット口座|ネット銀行|ネットバンク|ネトバン|通帳)(を|の|)(開設|作る|作っ|作成|つくる|申し込み|申込み|申請|新規|開いて)(して|する|した|だけ|のみ|て(渡|送|くれ|もら|いただ)|るだけ|代行|補助|サポート|でき|可能な|協力|バイト|案件|1件|一件|のお手伝い)
        開設(して渡|して送|1件|一件|1社|1行|代行|だけで|協力|サポーター|モニター) カード(届いたら|届き次第) (ログイン|ログ)情報(を|)(渡|送|買|共有) (暗証番号|暗証)(を|も)(教|伝|送|セット) 開設終わ
    """),
    kinds=(Kind.ACCOUNT,),
)
