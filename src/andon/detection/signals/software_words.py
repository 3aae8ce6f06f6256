"""Computing.

Why it counts: Signals, tools and API calls in computing.
When it misleads: Freelance bait poses as software work.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="software_words",
    group="against",
    side=Side.AGAINST,
    en="computing",
    ja="IT・開発",
    why_ja="シグナル、ツール、APIを叩くなどITの語。副業の餌がIT案件を装うこともある。",
    terms=words("""
        api apiを叩 api叩 コマンド叩 ターミナル サーバ サーバー linux unix windows mac python javascript ruby java aws docker git github
        コード(レビュー|書|を書|が動) デバッグ バグ 実装 リファクタ デプロイ db sql クエリ シグナルハンドラ sigkill sigterm プロセス スレッド フロントエンド バックエンド インフラ 要件定義 仕様書 単体テスト
        設計書 se プログラマ 情シス フォント udフォント ユニバーサルデザイン ud書体 エクセル マクロ キーボード叩 キーボードを叩 電卓叩 電卓を叩
    """),
)
