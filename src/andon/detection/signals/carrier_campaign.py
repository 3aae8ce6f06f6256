"""Carriers and handsets.

Why it counts: Lawful talk of phones: plans, models, shops, faults.
When it misleads: Errands ask people to contract at just these shops.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="carrier_campaign",
    group="against",
    side=Side.AGAINST,
    en="carriers and handsets",
    ja="通信会社・機種の話",
    why_ja="料金プラン・機種・店・不具合など携帯の普通の話。契約代行もこれらの店に行かせる。",
    terms=words("""
        ギガ 料金プラン 乗り換え(キャンペーン|た|で|割|検討|よう|たい|先|る) 機種変(更|)(した|し|しよう|したい|の|で|割) 格安(sim|スマホ)(に|の|って|比較|検討|おすすめ|へ)
        esim(に|が|の|対応|設定|再|で|切|って) 通信障害 圏外 電池 バッテリー 画面割れ 修理 充電 データ移行 バックアップ ケース フィルム 新型 発売日 予約 携帯ショップ(の|で|店|行|に行) ドコモ ソフバン ソフトバンク
        au 楽天モバイル ahamo povo linemo ワイモバ uq mvno 5g wi-fi ルーター 通話料 スマホ代(高|が|安|今月|払) 一括1円 下取り
    """),
)
