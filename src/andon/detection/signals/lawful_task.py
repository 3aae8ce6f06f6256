"""An ordinary task named.

Why it counts: The task is concrete and of a trade.
When it misleads: Disguised adverts name ordinary tasks too.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="lawful_task",
    group="against",
    side=Side.AGAINST,
    en="an ordinary task named",
    ja="具体的で普通の業務",
    why_ja="業種の分かる具体的な作業名。偽装募集も普通の作業を装うことがある。",
    terms=words("""
        仕分け ピッキング 検品 梱包 品出し レジ打ち レジ ホールスタッフ キッチン 調理 皿洗い 洗い場 清掃 掃除 警備 交通誘導 介護 看護 保育 配膳 仲居 フロント ベッドメイク 客室清掃 設営 撤去 搬入 解体 塗装 溶接 足場 施工
        大工 左官 電気工事 草刈り 田植え 稲刈り 収穫 農作業 選果 酪農 牡蠣 リフト係 監視員 プール監視 試験監督 模試 採点 チラシ配り ティッシュ配り ポスティング 棚卸し 着ぐるみ データ入力 文字起こし テープ起こし 事務 経理事務
        営業事務 受付 医療事務 webデザイン コーディング プログラミング エンジニア php java python react 動画編集 サムネ ライター ライティング 記事作成 翻訳家 校正 イラスト ロゴ 撮影モデル カットモデル
        サロンモデル 講師 家庭教師 塾講師 ベビーシッター 家事代行 ペットシッター 犬の散歩 交通量調査 覆面調査 ミステリーショッパー 投票 開票 巫女 サンタ 福袋 餅つき 除雪 雪かき 引っ越し作業 フォークリフト 玉掛け 製造 組立
        ライン作業 惣菜 製パン ケーキ 美容師 ネイリスト エステ 整体 トレーナー インストラクター バーテンダー ソムリエ 寿司 蕎麦 焼肉 居酒屋 カフェ店員 販売スタッフ アパレル 家電量販 携帯販売 不動産営業 保険営業 ルート営業
        コールセンター テレオペ 受電 カスタマーサポート
    """),
)
