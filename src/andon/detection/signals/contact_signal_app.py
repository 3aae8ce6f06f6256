"""Signal (the messenger).

Why it counts: Signal is now named as the standard line in recruitment; messages vanish by themselves.
When it misleads: Traffic lights, Unix, songs and privacy talk.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="contact_signal_app",
    group="contact",
    side=Side.FOR,
    en="Signal (the messenger)",
    ja="シグナル（アプリ）",
    why_ja="募集での標準的な連絡手段とされ、メッセージが自動で消える。信号、Unix、曲名、プライバシーの話題にも出る。",
    terms=words("""
        (シグナル|signal|しぐなる)(入れて|追加|まで|にて|で|へ|に|の|id|アプリ|インストール|ダウンロード|交換|使え|やって|登録|持って|連絡|を入|を追|移動|くれ|お願い|いれ|番号|できる)
        (signalアプリ|シグナルアプリ) 秘匿(アプリ|性の高いアプリ) (消える|消せる|自動で消え)(アプリ|メッセ|設定|チャット) メッセージ(が|は)(自動|)(で|)消
    """),
)
