"""A visit to a private home, in a suit.

Why it counts: receivers of fraud cash are told to wear a suit and visit elderly people at home; offers name the suit and the visit but no
firm.
When it misleads: interviews, sales, care visits and canvassing wear suits or visit homes as well.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="visit_home_suit",
    group="errand",
    side=Side.FOR,
    en="suited visit to a home",
    ja="スーツで訪問",
    why_ja=(
        "受け取り役はスーツ着用で高齢者宅を訪ねるため、「スーツ」「訪問」「個人宅」と事業者名のなさが手がかり。面接・営業・介護の訪問でも普"
        "通の語。"
    ),
    terms=words("""
        スーツ(着用|必須|持参|持って|ある方|ある人|支給|貸与|でき|を着|着て|着れる|で来|で行|姿で|OK|OKな|用意|あれば|代|着用で|着られる|のみ)
        スーツ着用 すーつ着用 ビジネススーツ 黒スーツ リクルートスーツ(で|着|あれば|可) 革靴 黒髪 清潔感(のある|ある|がある)(方|人|男|)
        清潔感 身だしなみ 見た目(普通|真面目|まじめ|ちゃんと|きちんと|爽やか) 真面目そう 営業マン風 サラリーマン風 首から名札 名札 偽名札
        ネームプレート マスク着用 黒マスク 訪問(するだけ|バイト|案件|の仕事|だけ|して受け|して預か|して書類|して集金|先で|業務)
        個人宅(訪問|へ|に|を|での|宅) お宅(へ|に|を)(訪問|伺|行|お邪魔) 自宅(へ|に|を|まで)(訪問|伺|行って|取りに|訪ね)
        家(へ|に|を|まで)(訪問|伺|取りに|訪ね) 高齢者(宅|の家|のお宅|の自宅|から|を訪|相手) お年寄り(宅|の家|のお宅|から|を訪|相手|の自宅)
        老人(宅|の家|から|を訪|相手) おばあちゃん(から|の家|宅|に会) おじいちゃん(から|の家|宅|に会) おばあさん(から|の家|宅)
        年寄り(から|の家|宅|騙|相手) ジジババ じじばば 客先(に|で|へ)(訪問|行|伺)(って|くだけ|)
        お客様(宅|のお宅|の自宅|のご自宅)(へ|に|で|を|から) お客様宅 ご自宅(へ|に|まで)(訪問|伺|受け取り|受取) 代理で(訪問|伺|行)
        代わりに(行って|訪問|会って|取りに|会いに) 使いの者 代理人として 社員(として|のふり)(訪問|行|伺) 会って(受け取|もら|渡|預か)
        駅前で(受け取|渡|待ち合わせ) 指定(の|)家 現地(に|で)(行って|向か|受け取|待機|集合) 現地集合 手袋(持参|着用|必須|して|支給|用意)
        軍手(持参|着用|必須|用意) 動きやすい服装 動きやすい格好 黒(い|の|っぽい)(服|格好|服装) 目立たない(服|格好|服装) 帽子とマスク
        着替え(持参|用意|持って)
    """),
    guards=words("スーツ着用の結婚 スーツ着用義務 革靴下 自宅訪問医療 黒髪ロング 黒髪の 黒髪美 黒髪清 黒髪に 黒髪ボブ 黒髪が"),
    kinds=(Kind.FRAUD_PICKUP, Kind.CASH_COLLECTION),
    cue=True,
)
