"""Food and cooking.

Why it counts: Tataki, dashi, ice and vegetables on the table.
When it misleads: Drug slang borrows these words.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="food_words",
    group="against",
    side=Side.AGAINST,
    en="food and cooking",
    ja="食べ物・料理",
    why_ja="たたき・出汁・アイス・野菜は食べ物の話がほとんど。薬物の隠語はこれらの語を借りる。",
    terms=words("""
        カツオ かつお  出汁 だし巻き だし汁 白だし 味噌汁 アイスクリーム アイスコーヒー アイス食 アイスの実 ガリガリ君 ハーゲン かき氷 野菜炒め 野菜室 野菜ジュース 野菜スープ 野菜サラダ 野菜高 野菜食 無農薬 家庭菜園 サラダ
         カレー ラーメン うどん そば 寿司 刺身 唐揚げ 焼肉 餃子 パスタ パン ケーキ チョコ スイーツ プリン 珈琲 コーヒー ビール 日本酒 ランチ ディナー 朝食 夕飯 晩ご飯 お弁当 レシピ 下味 塩胡椒 ニンニク 薬味 キャベツ
        大根 じゃがいも トマト 給食 美味しい おいしい 旨い
    """),
)
