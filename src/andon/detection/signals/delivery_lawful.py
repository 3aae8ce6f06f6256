"""Lawful delivery and transport.

Why it counts: Named trades of carrying: food delivery, light trucks, newspapers, buses.
When it misleads: Couriers for crime call themselves delivery staff.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="delivery_lawful",
    group="against",
    side=Side.AGAINST,
    en="lawful delivery and transport",
    ja="正規の配送・運送",
    why_ja="フード配達・軽貨物・新聞・送迎バスなど業種の分かる運送。犯罪の運び役も配送スタッフを名乗る。",
    terms=words("""
        フードデリバリー 出前 ウーバー uber 出前館 ウォルト menu配達 ピザ 軽貨物 軽バン 黒ナンバー 緑ナンバー 宅配便 宅急便 ヤマト 佐川 日本郵便 ゆうパック 新聞配達 新聞販売 牛乳配達 弁当配達 ルート配送 企業配 路線便
        長距離 大型ドライバー 4tトラック 2tトラック 10t トレーラー 中型 フォーク タクシー バス運転 運転代行 代行ドライバー 随伴 介護タクシー スクールバス 幼稚園バス 車両回送 陸送 レッカー 引越センター 引っ越し屋 引越し屋
        バイク便 検針 集配 物流 運送会社 運輸 点呼 乗務員
    """),
)
