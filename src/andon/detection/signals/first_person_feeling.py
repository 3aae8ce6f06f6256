"""Everyday feelings.

Why it counts: Tired, hungry, off to work: the writer's own day, nothing offered.
When it misleads: Offers open with a bit of everyday talk.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="first_person_feeling",
    group="against",
    side=Side.AGAINST,
    en="everyday feelings",
    ja="日常のつぶやき",
    why_ja="疲れた・お腹すいた・行ってきますなど自分の日常。募集が世間話で始まることもある。",
    terms=words("""
        疲れた つかれた 眠い ねむい 眠たい 寝る おやすみ お腹すい 腹減 おいしかっ 美味しかっ うまかっ 楽しかっ 楽しみ 嬉しい うれしい つらい 辛い しんどい きつい だるい めんどくさ 面倒くさ 行ってき 帰宅 帰ってき 帰りたい
        休みたい 仕事終わ 仕事行 バイト行 バイト終わ 出勤 退勤 残業 有給 上司 店長 先輩に お局 同僚 うちの会社 うちの店 弊社 給料日 今日の(晩|夕|昼|朝)ご飯 寝坊 遅刻 課題 レポート テスト 試験 授業 部活 風邪 熱が 頭痛
         暑い 寒い 天気 可愛い かわいい 推し 尊い 神回 最高だった 泣いた 買った 買っちゃ 届いた！ 食べた 飲んだ 見た。 行った。
    """),
)
