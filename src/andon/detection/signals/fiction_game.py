"""Fiction, games and fandom.

Why it counts: Quests, roles, heists and gangs in games and stories.
When it misleads: Bait accounts pose as game or fan accounts.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="fiction_game",
    group="against",
    side=Side.AGAINST,
    en="fiction, games and fandom",
    ja="作品・ゲーム・推し",
    why_ja="ゲームや物語の中の任務・役・強盗・組織。餌のアカウントがゲームやファンを装うこともある。",
    terms=words("""
        ゲーム クエスト ミッション ステージ レベル上げ 経験値 ボス戦 ラスボス ガチャ 周回 イベント(報酬|周回|走) ギルド クラン パーティ(募集|組|メン|一緒) フレンド(募集|コード) レイド マルチ ソロ 配信 実況 vtuber
        アニメ 漫画 マンガ 小説 ラノベ 連載 作者 作品 主人公 ヒロイン キャラ 登場人物 声優 舞台 ドラマ 映画 最終回 ネタバレ 伏線 脚本 原作 二次創作 同人 推し 推しカプ 受け攻め 攻め 創作 trpg シナリオ 探索者
        ロールプレイ なりきり マイクラ スプラ ポケモン モンハン gta ff14 原神 apex ヴァロ fps 任務 ダンジョン 魔王 勇者 異世界 怪盗 ルパン 刑事ドラマ
    """),
)
