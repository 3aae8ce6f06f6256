"""Slang for making the fraud calls.

Why it counts: kake-ko, "apo" calls and "the box" (the call room) are words of fraud crews and of the recruiters who staff rooms at home and
abroad.
When it misleads: news and trials use them; telephone sales also speaks of "apo" and lists, and in kana the word lies inside verbs.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="caller_slang",
    group="crime_word",
    side=Side.FOR,
    en="caller slang (kake-ko)",
    ja="かけ子などの隠語",
    why_ja=(
        "だましの電話をかける役と電話拠点の隠語。報道・裁判での用例が多く、テレアポ営業にも「アポ」「リスト」がある。かな書きは動詞の一部に"
        "一致しうる。"
    ),
    terms=words("""
        かけ子 架け子 掛け子 架子 かけこ募集 かけこ(の|さん|急|案件|バイト|やり|でき|経験) カケコ募集 架けこ kakeko kake-ko kake_ko
        かけ場 架け場 掛け場 かけ案件 架け案件 掛け案件 架電役 かけ専 かけ経験者 かけ(箱|ハコ|ばこ) 架け(箱|ハコ)
        箱(に|で|の|)(入|缶詰|仕事|案件|要員|募集|かけ) ハコ要員 アポ電 アポでん アポ役 プレイヤー募集 プレーヤー募集
        プレイヤー(急|求|探|大募|枠|要員) 一線 1線 二線 2線 三線 3線 1線2線 一線二線 キャスト募集
        詐欺(の|)(電話|かけ|バイト|仕事|案件|プレイヤー) オレオレ おれおれ オレ(系|案件) 振り込め 還付金(案件|系|の電話|プレ)
        特殊(詐欺|案件) とくしゅ案件 特殊系 ニセ(警察|電話) 偽警察 偽刑事 警察役 刑事役 ロマ(案件|詐|ンス案件)
        ロマンス(案件|詐欺要員|の仕事) 国際ロマンス 投資(詐欺|系案件の電話) サギ(電話|の仕事)
        マニュアル(通り|どおり)(に|)(話|電話|読|喋|かけ) 台本(通り|どおり|を読|あり|読)(に|む|み|) トークスクリプト スクリプト(あり|通り|読)
        電話詐欺
    """),
    guards=words("""
        三線譜 三線教室 第一線 最前一線 一線を画 一線を越 一線を退 第二線 第三線 一線級 一線を超 三線の音 三線を弾 三線弾 一線で活 一線の研
        沖縄三線 一線引
    """),
    kinds=(Kind.FRAUD_CALLER, Kind.OVERSEAS),
)
