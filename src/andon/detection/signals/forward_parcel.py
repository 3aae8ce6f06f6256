"""Sending received goods on.

Why it counts: forwarding under one's own name hides who gets stolen goods or phones; it is advertised as home work.
When it misleads: forwarding services, resellers and warehouse packing are lawful and use the same words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="forward_parcel",
    group="errand",
    side=Side.FOR,
    en="forwarding parcels",
    ja="荷物の転送・再発送",
    why_ja=(
        "届いた品を別の宛先へ送り直す在宅仕事は、不正入手品の中継に使われる。転送サービス、せどり、倉庫の発送業務でも同じ語が使われる。"
    ),
    terms=words("""
        荷物転送 荷物(の|を|)(転送|再送|再発送|発送代行|発送し|送り直|送るだけ|送って)(代行|バイト|だけ|)
        転送(代行|バイト|の仕事|案件|するだけ|業務|スタッフ|役|作業|のお仕事|してもらう|して頂く|していただく) 再発送
        再送(するだけ|バイト|作業|の仕事) 発送代行 発送(するだけ|バイト|作業|の仕事|業務|スタッフ|代行業|のお仕事|のみ)
        梱包(発送|して発送|して送|するだけ|と発送) ラベル(を|)(貼|張)(って|り)(替|送|発送) ラベル貼り(替え|するだけ)
        宛名(を|)(書|貼)(いて|って)(送|発送) 送り状(を|)(貼|書)(って|いて)
        指定(の|した|された|)(住所|宛先|場所|先)(へ|に)(送|発送|転送|届|郵送|運) 別の住所(へ|に)(送|転送|発送) 届いたら(送|転送|発送|郵送)
        届いたものを(送|転送|発送) 受け取って(送|転送|発送|渡|届|郵送|持) 受け取ったら(送|転送|発送|渡|届|郵送|持)
        レターパック(で|に|を)(送|入れ|現金|受) レターパック(現金|で現金) ゆうパック(で送|を送|の発送) 現金書留 宅急便で(送る|送って|現金)
        ヤマトで送る 郵送(するだけ|だけ|バイト|代行|で送るだけ|のお仕事) 投函(するだけ|だけ|代行) 海外(へ|に)(発送|転送|送るだけ|郵送)
        海外発送(代行|バイト|するだけ) 個人輸入代行 輸入代行 輸出代行 輸出(の|)(手伝|バイト|補助|代行業) 検品(発送|して発送|と発送) 検品転送
        reshipping reship package_forwarding parcel_forwarding repack 代理発送 転売品の発送
    """),
    guards=words("メール転送 電話転送代行"),
    kinds=(Kind.PARCEL,),
)
