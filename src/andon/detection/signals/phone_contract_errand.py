"""Contracting phones to hand over.

Why it counts: Contracting handsets and handing them over is fraud against the shop and supplies criminals.
When it misleads: Phone shops, changes of model and complaints use the same nouns.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="phone_contract_errand",
    group="phone",
    side=Side.FOR,
    en="contracting phones to hand over",
    ja="携帯・スマホの契約",
    why_ja="端末を契約して渡すのは店への詐欺で、犯罪の道具になる。携帯ショップや機種変更の話題でも同じ語が出る。",
    terms=words("""

        (携帯|ケータイ|ケイタイ|スマホ|端末|アイフォン|iphone|電話|けいたい)(を|の|)(契約(するだけ|して|してくる|してもら|代行|案件|できる方|できる人|者募集|バイト|のみ|だけ|に行|行ける|してくれ|お願い|1台|一台|して渡|していただ|可能な|回り|屋|のお仕事|同行|サポート|で[0-9])|新規契約|作ってくる|作って渡|作る(だけ|バイト)|買って(渡|来|くる)|名義|分割|レンタル|一括購入|買取案件|本体(は送|を送|渡)|代行)
        (携帯|スマホ|端末)(代|料金|代金|本体|の料金)(は|も|を|)(こちら|当方|全額|会社|うち)(が|で|)(払|負担|持) 端末(渡し|送るだけ|だけ送|を郵送|を渡|は発送) 複数台契約 台数(制限|無制限)
        審査(通る|通れば|落ち|さえ|が通|OKなら|ok)(方|人|れば|) 契約(してくれる|できる|行ってくれる|いける|してもらえる)(方|人|子) ショップ(に|へ)(同行|行って契約) 機種変(更|)(して渡|案件)
        契約後(に|の|すぐ)(渡|端末|郵送|送) モバイル契約
    """),
    kinds=(Kind.PHONE,),
)
