"""Telegram.

Why it counts: Moving to Telegram is the step at which police advise to stop; it hides who gives orders.
When it misleads: The app has ordinary users, news and channels.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="contact_telegram",
    group="contact",
    side=Side.FOR,
    en="Telegram",
    ja="テレグラム",
    why_ja="テレグラムへの移動は、警察が「ここで止まって」と呼びかける段階。普通の利用者や報道もある。",
    terms=words("""
        テレグラム てれぐら telegram テレグラ (テレ|てれ)(追加|入れて|まで|id|にて|で連絡|で詳細|交換|へ|やって|でやり|登録|インスト|ある|移動|くれ|教え) tg:
        (tg|tlg|tele)(まで|で|へ|id|追加|にて) t.me 電報群 电报 飞机号 飞机联系 纸飞机 紙飛行機(で|アプリ|の) 青い(アプリ|飛行機)
    """),
)
