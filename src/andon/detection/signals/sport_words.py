"""Sport.

Why it counts: Hitting, receiving, carrying and stealing bases.
When it misleads: Words are few; the rest decides.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="sport_words",
    group="against",
    side=Side.AGAINST,
    en="sport",
    ja="スポーツ",
    why_ja="打つ・受ける・運ぶ・盗塁などスポーツの語。残りの語が決め手になる。",
    terms=words("""
        野球 巨人 阪神 広島カープ 中日 ヤクルト ソフバン 日ハム 西武 ロッテ オリックス 楽天イーグルス 打率 本塁打 ホームラン 三振 盗塁 投手 先発 中継ぎ 抑え 捕手 監督 スタメン ドラフト 甲子園 サッカー jリーグ ゴール
        シュート パス回し キーパー pk オフサイド w杯 ワールドカップ 代表戦 バスケ nba バレー レシーブ テニス 卓球 ゴルフ 競馬 馬券 騎手 相撲 ボクシング 柔道 剣道 筋トレ ジム マラソン 駅伝 登山 釣り 釣果 キャンプ
        スキー スノボ サーフィン 自転車 ロードバイク
    """),
)
