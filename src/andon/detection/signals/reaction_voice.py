"""Reactions.

Why it counts: Fear, anger and pity: talk about posts, not offers.
When it misleads: Testimonials in offers exclaim as well.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="reaction_voice",
    group="against",
    side=Side.AGAINST,
    en="reactions",
    ja="感想・反応",
    why_ja="怖い・ひどい・かわいそうなどの反応。募集の体験談風の文でも感嘆はある。",
    terms=words("""
        怖い 怖っ 怖すぎ こわい こわっ こわすぎ 恐ろし やばすぎ ヤバすぎ やべえ ヤバイな やばいな ひどい 酷い 最低 許せ ふざけ ありえ あり得 信じられ 信じるやつ 引っかか ひっかか かわいそう 可哀想 気の毒 呆れ アホ 馬鹿
        バカ 頭悪 情弱 世も末 終わってる 終わっとる 物騒 治安 迷惑 うざい うざ 胡散臭 うさんくさ 怪しすぎ 闇深 闇が深 えぐい えぐ えげつな 恐怖 ゾッと 鳥肌 びっくり 驚い 衝撃 泣け 悲し さすがに 流石に なんで なぜ
        どうして 誰が(応募|やる|行く|引) 誰がやるん そんなの こんなの こういうの よくある よく見る 見かけ 流れてき
    """),
)
