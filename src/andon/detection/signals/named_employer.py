"""A named employer.

Why it counts: A lawful advert names who employs.
When it misleads: Invented firms are named in disguised adverts.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="named_employer",
    group="against",
    side=Side.AGAINST,
    en="a named employer",
    ja="名前のある雇い主",
    why_ja="合法な求人は雇い主を名乗る。偽装募集では架空の社名が使われる。",
    terms=words("""
        株式会社 有限会社 合同会社    医療法人 社会福祉法人 財団法人 組合 協会 支店 本店 営業所 事業所 工務店 商店 クリニック 病院 薬局 製作所 物流センター 配送センター 農園 牧場 保育園 幼稚園 介護施設
        デイサービス 市役所 区役所 消防 自衛 郵便局 コンビニ スーパー 居酒屋 カフェ レストラン ラーメン屋 パン屋 ケーキ屋 美容室 サロン 旅館 ホテル ペンション スキー場 ゴルフ場 遊園地 映画館 書店 花屋 弁当 食堂 工場 倉庫
         学校 大学 研究室 劇団 事務所 当院 当店 当社 弊社 当園
    """),
)
