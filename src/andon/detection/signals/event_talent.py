"""Stage, film, volunteers.

Why it counts: Casting, stages, volunteers and local events.
When it misleads: Fake castings exist.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="event_talent",
    group="against",
    side=Side.AGAINST,
    en="stage, film, volunteers",
    ja="出演・ボランティア",
    why_ja="出演者・ボランティア・地域行事の募集。偽のキャスティングもある。",
    terms=words("""
        エキストラ 出演者 オーディション モデル募集 撮影会 被写体 読者モデル 子役 劇団員 バンドメンバー ギター ドラム ベース ボーカル 合唱 吹奏楽 コスプレ ボランティア 実行委員 消防団 町内会 自治会 子ども会 pta 文化祭
        学園祭 お祭り 祭り 神輿 盆踊り マラソン大会 大会スタッフ 審判 コーチ 里親 譲渡会 保護猫 保護犬 清掃活動 ゴミ拾い 炊き出し フリマ マルシェ 献血
    """),
)
