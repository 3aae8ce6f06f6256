"""Goods changing hands.

Why it counts: Fans trade tickets and goods with the words of offers.
When it misleads: Ticket fraud uses the same form.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="trade_goods",
    group="against",
    side=Side.AGAINST,
    en="goods changing hands",
    ja="グッズ・チケットの取引",
    why_ja="ファン同士のチケットやグッズの取引は募集と似た語を使う。チケット詐欺も同じ形を取る。",
    terms=words("""
        譲渡 譲ります 譲って お譲り     交換(希望|募集|してくださ|相手|お願い|条件|先) 定価 定価以下 手数料込 同行(者|募集|してくれ) チケット リセール 先行 落選 当選しました ライブ 公演 グッズ 缶バ
        アクスタ トレカ ランダム 開封 缶バッジ ぬい チェキ 銀テ 特典 現地手渡し 送料 匿名配送 メルカリで ラクマで ヤフオク 出品 美品 中古 未使用 お下がり ベビー服 教科書 自転車売 バイク売 車売 高価買取 出張買取 査定
        ブランド買取 古着 切手 着物 貴金属買取 質屋 リサイクル 遺品整理 不用品回収 粗大ゴミ
    """),
)
