"""Carrying, growing, keeping or posting something for dealers.

Why it counts: dealers hire people to receive, keep, grow, pack or hand over; the goods are called "plants", "samples" or "goods" and the
pay is far above the work.
When it misleads: gardening, farm work, pharmacies, supplements and cosmetics samples use near words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="drug_errand",
    group="crime_word",
    side=Side.FOR,
    en="errand for a dealer",
    ja="薬物の運び・栽培の手伝い",
    why_ja="品物をぼかして受け取り・保管・栽培・小分け・手渡しを頼む募集。農作業、園芸、薬局、サプリやコスメの試供品の話題と語が近い。",
    terms=words("""
        栽培(の手伝|手伝|バイト|案件|部屋|管理|場|を手伝|スタッフ急|の管理|用の部屋)
        植物(の|を|)(管理|世話|水やり|育て)(て|る|バイト|の仕事|だけ|案件) 水やり(だけ|バイト|の仕事|するだけ) 育てるだけ 部屋で育て
        収穫(要員|案件) トリミング(バイト|要員)栽培 小分け(作業|バイト|するだけ|して発送|の仕事|だけ) 袋詰め(して発送|するだけ) パケ詰め
        パケ(作業|詰|分け) 粉(を|の)(小分け|運|袋詰) 手渡し(案件|バイト|の仕事|するだけ|で渡す|役|要員) 手渡すだけ 客に渡(す|して)
        お客さんに渡すだけ 受け渡し(だけ|のみ|するだけ|役|要員|案件|バイト|の仕事|場所|のお手伝い) 受け渡しの(仕事|バイト|代行)
        受渡し(だけ|のみ|するだけ|役|要員|案件) 配り子 配り(案件|役)
        保管(するだけ|しておくだけ|バイト|案件|役|だけ|場所貸|代行|して(くれる|もらえる)) 預かるバイト 預かり(バイト|案件|役) 荷物の保管
        荷物を(保管|預か)(る|って|り)(だけ|バイト|くれる|ほしい|欲しい|頂) 家に置いて(おく|おいて|もら)(だけ|) 家に置かせて 冷蔵庫に置
        部屋を貸して 中身(は|が|)(見ない|聞かない|気にしない|知らなくて|知らない方|言えない|秘密|聞くな|確認しない|開けない)(で|こと|)
        開封(しない|厳禁|せずに)(で|こと|) 絶対に開け(ない|ず) 開けずに 運んで渡すだけ 薬の(配達|受け取り|仕入|輸入|宅配)
        処方(箋|薬)(を|の)(買|売|もら|集) 眠剤(を|の)(買|集|処方) 睡眠薬(を|の)(買取|買い取|集|売) 向精神薬 種(を|の)(輸入|受け取)
        治験っぽい
    """),
    guards=words("薬の受け取りに来 薬の輸入販売 配り方"),
    kinds=(Kind.DRUGS,),
)
