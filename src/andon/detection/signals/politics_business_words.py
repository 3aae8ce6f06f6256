"""Politics and business.

Why it counts: Headlines use 回収, 受け, 案件 and 口座 in other senses.
When it misleads: Words are general.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="politics_business_words",
    group="against",
    side=Side.AGAINST,
    en="politics and business",
    ja="政治・経済",
    why_ja="見出しでは回収・受け・案件・口座が別の意味で使われる。語は一般的。",
    terms=words("""
        首相 大臣 議員 国会 選挙 投票 政党 自民 野党 内閣 政権 予算 増税 減税 消費税 円安 円高 株価 日経平均 株式市場 決算 業績 売上高 営業利益 経常 上場 買収 合併 投資家 社長交代 記者会見 条約 外交 米国 中国 ロシア
        ウクライナ 大統領 トランプ 関税 貿易 輸出 輸入 リコール 自主回収 製品回収 債権回収会社 資金調達 補助金 助成金 給付金(の|申請|対象|支給) 年金 保険料 マイナ保険証 自治体 市長 知事 都議 住民 再開発 工事 開業 新店舗
        閉店
    """),
)
