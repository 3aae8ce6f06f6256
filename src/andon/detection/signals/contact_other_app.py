"""Other private messengers.

Why it counts: Less known messengers are chosen to hide.
When it misleads: Gamers use Discord; many people use WhatsApp or WeChat.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="contact_other_app",
    group="contact",
    side=Side.FOR,
    en="other private messengers",
    ja="他の秘匿アプリ",
    why_ja="匿名性の高い別アプリを指定して隠れる。ゲーマーのDiscord、海外のWhatsApp等は普通の利用も多い。",
    terms=words("""

        (カカオ|kakao|カカオトーク|wickr|ウィッカー|threema|スリーマ|session|セッション|zangi|ザンギ|whatsapp|ワッツアップ|viber|バイバー|discord|ディスコード|ディスコ|wechat|ウィーチャット|simplex|element|スナチャ|snapchat|instagram|インスタ|zalo)(id|追加|まで|にて|で連絡|で詳細|へ|入れて|で話|に移動|を入れ|でやり取り|くれ|してく|で説明)
        専用アプリ(を|に|で)(入れ|登録|ダウン|連絡|やり取) (連絡|やり取り|指示|説明)(は|が|も)(すべて|全て|全部|)(アプリ|チャット|専用アプリ|秘匿)(で|のみ|だけ|から) 加微信 加v 加薇 威信 zalo
    """),
)
