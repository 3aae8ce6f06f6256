"""Carrying documents, bags or parcels for unknown people.

Why it counts: "document carrying" is the plain name of the receiver of fraud cash; hand baggage, envelopes and "important papers" belong to
the same family.
When it misleads: couriers, motorcycle messengers, removals and office errands are real trades, and friends ask each other to carry things.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="carry_documents_goods",
    group="errand",
    side=Side.FOR,
    en="carrying papers or goods",
    ja="書類・荷物を運ぶ",
    why_ja=(
        "「書類運搬」「封筒を届ける」は現金受け取り役の言い換えとして最も多い。バイク便、配送、引越し、社内の届け物など正規の仕事も多いため、"
        "依頼主と行き先の説明の有無を見る。"
    ),
    terms=words("""
        書類(運搬|運び|配達|配送|受取|受け取り|受取り|の受け取り|の受取|の運搬|の配達|の配送|の回収|回収|を運|を届|届け|お届け|を受け|を預|を渡|持って|だけ|関係の|の受け渡し|受け渡し|引取)
        しょるい運 重要書類 契約書(を運|を届|の受け取り|受取|の回収) 封筒(を運|を届|を受け|を渡|受け取|運|渡す|の受け|を預)
        紙袋(を運|を受け|を渡|受け取|運|の受け|を預) バッグ(を運|を受け取|を渡す|の運搬) カバン(を運|を受け取|を届|の受け取り|の運搬)
        鞄(を運|を受け取|を届) アタッシュ ケース(を運|を受け取って|を届け) 小包(を運|を届|の受)
        荷物(運び|運搬|運|の運搬|を運|を届|お届け|を渡|を移動|を預か|預かり|の引き取り|引き取り|を取りに|移動|配達|の移動|を持って|の受け渡し|受け渡し)
        にもつ運 物(を運ぶ|の運搬|を届ける|を受け取って|を渡す)(だけ|仕事|バイト|) モノを運 ものを運(ぶ|んで)
        品物(を運|の運搬|を届|の受け|を受け|を渡) 商品(を運|の運搬|を届け)(ぶ|る|)(だけ|バイト|仕事) 貴重品(運搬|の運搬|を運|輸送)
        現金(輸送|運搬|を運|の運|運び|を届|配達|お届け) お金(を運|の運搬|を届|運) 金(を運ぶ|の運び|運び)
        運搬(バイト|の仕事|業務|案件|スタッフ急|作業|のお手伝い|のみ|作業員急) 運搬 うんぱん
        運んで(ほしい|欲しい|もらう|頂く|いただく|くれる|ください|くれ|来て) 運べる(方|人|奴|やつ)
        届けて(ほしい|もらう|くれる|ください|頂く|くれ) 届け物 お届け物 届けもの 配達(バイト|の仕事|業務|のお手伝い|案件|代行)
        配送(の仕事|バイト|案件|代行|補助|業務) メッセンジャー(業務|の仕事|募|バイト) 徒歩配(達|送) 徒歩(クーリエ|で配|での配) お使い
        おつかい お遣い 使い走り パシリ ぱしり 引っ越し(手伝|の手伝|バイト|補助|作業|案件|スタッフ急)
        引越し(手伝|の手伝|バイト|補助|作業|案件) 引越(手伝|バイト|作業) 不用品(の運び|運び出し|を運) 運び出し
        搬出(作業|バイト|の手伝|するだけ|の仕事) 積み込み(だけ|作業|バイト) 荷下ろし deliver_package carry_bag document_delivery
    """),
    guards=words("""
        必要書類を届 心を運 幸せを運 お荷物を運 幸運を運 荷物運賃 買い物を運 食べ物を運 飲み物を運 獲物を運 建物を運 生き物を運 ものを運動
        荷物運送約款 物を運搬する
    """),
    kinds=(Kind.TRANSPORT, Kind.FRAUD_PICKUP),
)
