"""Banks and points.

Why it counts: Lawful account talk: campaigns, points, procedures.
When it misleads: Buyers borrow the words of campaigns.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="bank_campaign",
    group="against",
    side=Side.AGAINST,
    en="banks and points",
    ja="銀行・ポイント・制度",
    why_ja="口座開設キャンペーン・ポイント・手続きなど正規の話。買い手がキャンペーンの語を借りることもある。",
    terms=words("""
        口座開設(キャンペーン|で(もれ|最大|ポイント|現金|1)|はこちら|方法|手順|必要書類|数|の流れ|アプリ|ページ) キャンペーン(中|実施|コード|開催|終了) 紹介コード 招待コード ポイ活
        ポイント(還元|付与|進呈|が貯|貯|獲得|サイト|プレゼント) エントリー 還元率 キャッシュバック 年会費 金利 定期預金 普通預金 積立 nisa ideco 株主 投資信託 証券会社 確定申告 インボイス 住宅ローン 通帳記入 記帳
        残高 引き落とし 引落 口座振替 振込手数料 振込先 給与口座 口座凍結 休眠口座 デビット 暗証番号を忘 atm手数料 窓口 両替機 銀行員 キャッシュカード(紛失|再発行|を忘|落と|入れ|磁気|が割)
    """),
)
