"""All one has to do is one small act.

Why it counts: "only carry", "only receive", "only stand": naming the one act and nothing of its purpose is the commonest form of quoted
posts.
When it misleads: recipes, apps, campaigns and jokes are full of "just do this"; only acts that crews need are listed, but delivery and
reception jobs share them.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="only_do_x",
    group="ease",
    side=Side.FOR,
    en="only have to do X",
    ja="〜するだけ",
    why_ja=(
        "目的を伏せて「運ぶだけ」「受け取るだけ」と一つの動作だけを示すのは引用例で最も多い型。配達・受付の求人やアプリの宣伝、冗談にもある"
        "ため、他の手がかりと合わせる。"
    ),
    terms=words("""
        (運ぶ|届ける|渡す|受け取る|受取る|うけとる|もらう|貰う|預かる|あずかる|送る|置く|回収する|取りに行く|取ってくる|持っていく|持って行く|もってく|持ってくる|引き取る)(だけ|のみ)
        (立つ|立ってる|立っている|待つ|待機する|見てる|見ている|見張る|座ってる|乗る|乗ってる|ついてくる|付いていく|歩く|同行する)(だけ|のみ)
        (運転する|運転|走る|迎えに行く|乗せる|送迎する)だけ
        (電話する|電話かける|電話をかける|かける|話す|喋る|しゃべる|電話に出る|読む|読み上げる)だけ
        (振り込む|振込む|送金する|引き出す|引出す|おろす|下ろす|降ろす|入金する|口座に移す|転送する|発送する)(だけ|のみ)
        (契約する|契約|名前を貸す|名義を貸す|貸す|登録する|申し込む|認証する|口座作る|口座を作る|開設する)(だけ|のみ)
        (買う|購入する|並ぶ|換金する|撮影する|写真を撮る|撮る|教える|見に行く|確認する|調べる)(だけ|のみ)
        (運搬|配達|配送|受取|受け取り|回収|集金|送迎|運び|荷物運び|書類運び|待機|見守り|付き添い|送金|引き出し)(だけ|のみ|するだけ|オンリー)
        指示(通り|どおり)(に|)(動く|やる|する|行く)(だけ|のみ) 指示(通り|どおり)(に|)(動ける|動いて|やれば)
        言われた(通り|とおり)に(動|する|や) 言われた(場所|とこ|所)に 指定(の|された)(場所|住所|家|コインロッカー|ロッカー) A地点からB地点
        AからB A→B 右から左 右から左に 行って帰ってくるだけ 行くだけ 来るだけ 家にいるだけ 居るだけ いるだけで(お金|稼|万|ok)
    """),
    guards=words("見てるだけで癒 見ているだけで 話すだけで楽 歩くだけで痩 買うだけ無駄 貰うだけ貰 見てるだけで幸せ"),
    kinds=(Kind.TRANSPORT, Kind.FRAUD_PICKUP, Kind.PARCEL, Kind.MONEY_MULE, Kind.PHONE, Kind.LOOKOUT, Kind.DRIVER),
)
