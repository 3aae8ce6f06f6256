"""Buying or renting bank accounts.

Why it counts: Selling or lending an account is the largest yami-baito offence; the buyer states it in a few words and often without any pay.
When it misleads: Help pages, news and warnings use the same words; shops buy other things.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="account_buying",
    group="account",
    side=Side.FOR,
    en="buying or renting bank accounts",
    ja="口座の買取・借用",
    why_ja="口座の売買・貸与は闇バイト摘発で最も多い。買い手は数語で書く。注意喚起・報道・解説でも同じ語が出る。",
    terms=words("""

        (銀行|ネット銀行|ネトバン|ネットバンク|個人|法人|休眠|不要な|不要|いらない|要らない|使ってない|使わない|使っていない|余ってる|余った|空き|眠ってる|眠っている|ゆうちょ|証券|暗号資産|仮想通貨|)(口座|こうざ|コウザ|5座|御座)(を|の|)(高く|高額で|即日|現金で|即金で|即|)(買取|買い取り|買取り|買います|買いたい|買うよ|買う|購入|売って|売却|売りたい|売れる|レンタル|貸して|貸出|貸し出し|貸します|貸せる|譲って|譲渡|募集|提供|求む|探して|集めて|いただけ|欲しい|ほしい|あれば|ある方|ある人|持ってる|余り|借ります|借りたい|貸し|貸す|1つ|一つ|2つ|作成|作って)
        口座(案件|屋|系|バイト|売買|買い|売り|レンタ|モデル) 通帳(買取|買います|買い|高く|売って|求む|譲って|レンタル|貸して|募集|と印鑑|とカード|キャッシュ)
        (キャッシュカード|キャッシュcard)(買取|買います|売って|渡す|送る|譲|貸|と暗証|と通帳|レンタル|郵送|発送) カードと通帳 通帳とカード カード(買います|買い取り|レンタル) 口座ごと 口座(一式|セット)
    """),
    kinds=(Kind.ACCOUNT,),
)
