"""Passing on codes and numbers.

Why it counts: A code passed on opens accounts in another's name.
When it misleads: Every log-in help page speaks of codes.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="sms_code",
    group="phone",
    side=Side.FOR,
    en="passing on codes and numbers",
    ja="認証コード・番号の提供",
    why_ja="認証コードを渡すと他人名義のアカウント作成に使われる。ログインの案内や注意喚起でも出る。",
    terms=words("""
        (sms|ショートメール|電話|認証|番号)(認証|)(代行|コード(を|が|の|)(送|教|伝|転送|届|読|共有|スクショ)|だけ(で|教|送))
        認証(代行|コード|番号)(代|送|教|伝|だけ|買取|案件|バイト|届|1件|一回|)(るだけ|えるだけ|して|たら|くだ|えて|いたら) 認証代行 sms認証(代|だけ|案件|1|一|バイト|買)
        (届いた|来た)(コード|番号|数字|6桁|4桁)(を|の) 電話番号(貸|レンタル|買取|売|提供|だけ貸|使わせ) 番号(貸し|レンタル|貸して) 本人確認(代行|だけ|案件|のみ|バイト|1件|一件|してくれ|お手伝い|を代わり)
        kyc(代行|案件|バイト|1件|だけ) 接码 收验证码 代收验证码 驗證碼 (コード|番号)(を|)送るだけ
    """),
    kinds=(Kind.PHONE,),
)
