"""Notices and explanations.

Why it counts: Notices explain words and laws; they define and list.
When it misleads: Fake firms write formal notices too.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="school_hotline_voice",
    group="against",
    side=Side.AGAINST,
    en="notices and explanations",
    ja="通知・解説の口調",
    why_ja="通知や解説は語や法律を説明し、定義し、列挙する。偽の会社も改まった文を書くことはある。",
    terms=words("""
        保護者の(皆様|方|皆さま) 生徒の皆 児童 学校では 授業で 講話 講演 セミナー 教室を開 啓発 パンフ リーフレット ポスター とは、 とは何 の手口 手口は 手口を 手口が 隠語 の意味 意味は を指す のこと。 と呼ばれ と呼ぶ
        いわゆる 用語 解説 まとめ チェックリスト 特徴は 特徴として 見分け方 事例 実態 背景 専門家 弁護士 法律 法違反 防止法 収益移転 職業安定法 刑法 条例 ガイドライン 指針 統計 件数 前年比 調査 アンケート結果 認知件数
        検挙率 割合 対象に 政府 国会 法案 改正 閣議 総務省 警察庁 厚労省 金融庁 教育委員会
    """),
)
