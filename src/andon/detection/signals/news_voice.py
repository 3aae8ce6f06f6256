"""The voice of news.

Why it counts: Reports of arrests and trials quote slang far oftener than offers use it.
When it misleads: A recruiter may boast that nobody was arrested.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="news_voice",
    group="against",
    side=Side.AGAINST,
    en="the voice of news",
    ja="報道の口調",
    why_ja="逮捕・公判の報道は、募集よりもはるかに多く隠語を引用する。募集者が「逮捕者なし」と書くことはある。",
    terms=words("""
        逮捕へ 逮捕され 逮捕した 再逮捕 を逮捕 容疑で 容疑者 容疑の 疑いで 書類送検 送検 起訴 不起訴 初公判 公判 判決 懲役 実刑 執行猶予 求刑 控訴 上告 地裁 高裁 地検 供述 否認 黙秘 摘発 一斉摘発 検挙 県警 府警 道警
        警視庁 捜査 捜査員 捜査関係者 家宅捜索 押収 被告 被疑者 被告人 によると 関係者によると 発表した 明らかに 分かった 事件 殺人 強盗致傷 強盗傷害 組織犯罪 特殊詐欺グループ 詐欺グループ グループの 指示役の 元メンバー
        トクリュウ 匿名・流動型 匿流 相次ぐ 相次いで 続報 速報 独自 記者 報じ 報道 ニュース 新聞 特集 番組 号外 arrested police_said suspect sentenced convicted court 被捕 落网
        警方 逮捕 bị_bắt công_an cảnh_sát
    """),
)
