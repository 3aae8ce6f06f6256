"""Buying, queueing or cashing goods for unknown people.

Why it counts: buyers are sent with stolen cards, cash to be laundered or in their own name for tax-free goods; a Chinese app offered hourly
pay for it.
When it misleads: queue stands for trainers and cards, shopping help for the elderly and mystery shopping are known and mostly lawful.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="shop_queue_purchase",
    group="errand",
    side=Side.FOR,
    en="buying or queueing for others",
    ja="買い物・並び代行",
    why_ja=(
        "不正入手したカードや名義で買い物・免税購入・行列をさせる募集がある。並び代行、買い物支援、覆面調査など合法な仕事や趣味の行列も多い。"
    ),
    terms=words("""
        買い物(代行|バイト|の仕事|案件|するだけ|してもらう|要員|係|して渡) 買い物代行
        購入(代行|バイト|の仕事|案件|してもらう|役|係|要員|して(渡|転送|郵送|送)) 代理購入 代行購入
        代わりに(買|購入|並)(って|して|んで)(くれる|もらう|きて|ほしい|渡|頂)(人|方|だけ|) 買い子 買子 かいこ募集 購入役
        買い付け(バイト|の仕事|代行|案件|スタッフ|役) 買付(バイト|代行|スタッフ) 仕入れ(代行|バイト|の手伝|スタッフ急|要員)
        爆買い(代行|バイト|要員) 免税(品|店|購入|で買)(の|を|で|)(購入|買|代行|バイト|) 免税店 並び(屋|子|代行|バイト|の仕事|案件|要員|だけ)
        並ぶ(バイト|仕事) 行列(代行|バイト|に並|に並ぶだけ) 並び代行 代行並び 抽選(代行|並び|バイト|要員|参加バイト)
        整理券(取り|並び|バイト) 転売(バイト|案件|の手伝|要員|仲間|部隊|で稼|ビジネス|の仕入|商品) 高額転売 せどり(バイト|代行|仲間|手伝)
        家電(を購入|の購入|買って渡|量販店で)(し|する|買|購|)(て|だけ|) 量販店で(買|購入|契約)
        ブランド(品|バッグ|物)(を|の)(購入|買って|買い付け|換金|売却)(代行|だけ|する|)
        時計(を|の)(購入|買って|換金|売却|受け取り)(代行|だけ|する|して)
        金(を|の)(購入|買って|換金|売却)(代行|だけ|する|して)(くれ|もら|渡|) 貴金属(を|の)(購入|換金|売却|売る|売って)(代行|だけ|する|)
        換金(代行|バイト|の仕事|案件|するだけ|役|要員|してくれる|してもらう) 換金 質屋(に|で)(持|売|換金|入れ)
        売却(代行|役|するだけ|してもらう) 売ってきて(くれ|ほしい|もらう) 売りに行(く|って)(だけ|もら|くれ|ほしい)
        タバコ(買って|の購入|買い子|を買)(くる|きて|って|い|)(だけ|くれる|) たばこ買い
        化粧品(の|を)(購入|買|並)(い|って|)(代行|バイト|だけ|) スイッチ(の|を)(購入|買|並)(い|って|)(代行|バイト|だけ|)
        iphone(の|を|)(購入|買って|並|買い)(代行|バイト|だけ|くれる|渡|要員|付け|び) 薬局で買(って|う)(だけ|くる|渡)
        領収書(も|を|は)(渡|必ず|もら)(って|) レシート(買取|必須|と一緒に渡|を渡) proxy_buyer buyer_wanted personal_shopper 代購 代购
    """),
    guards=words("換金率 換金所 ポイント換金 換金性 換金売り 換金作物 非換金 換金アイテム パチンコ換金"),
    kinds=(Kind.PARCEL, Kind.MONEY_MULE),
)
