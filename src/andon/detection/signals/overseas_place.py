"""Work abroad, with the places that recruiters name.

Why it counts: rooms in South-East Asia and the Gulf are staffed from Japan; offers name the country, or only "abroad", and promise a
resort.
When it misleads: travel, expatriate jobs, football, trade and news about rescued people fill these words, so a job word must stand near.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="overseas_place",
    group="errand",
    side=Side.FOR,
    en="work abroad, by place",
    ja="海外の地名・海外案件",
    why_ja=(
        "東南アジア・中東などの拠点へ誘う募集は、国名や「海外」とリゾート風の説明だけを示す。旅行、駐在、留学、報道での地名が圧倒的に多く、"
        "仕事の語と並ぶかを見る。"
    ),
    terms=words("""
        海外(案件|バイト|の仕事|で仕事|で働|勤務|出稼ぎ|出張(案件|バイト|できる)|高収入|移住(して|で稼)|で稼|行ける(人|方)|渡航|に行ける|に行ってくれ|に住める|コール|リゾバ|リゾート|拠点|求人|ワーク|滞在で|短期|高額|に興味|に行く(だけ|仕事)|運び|ud|で一緒に|副業|かけ|オペレーター)
        かいがい案件 海外在住で稼 出稼ぎ でかせぎ カンボジア かんぼじあ プノンペン シアヌークビル ポイペト バベット ミャンマー みゃんまー
        ミャワディ タイ(案件|で仕事|で働|の仕事|バンコクで|国境|のコール|に行ける|行ける) バンコク(で仕事|で働|案件|勤務|の仕事) パタヤ
        メーソート フィリピン(案件|で仕事|で働|の仕事|に行ける|勤務|のコール) マニラ(で仕事|で働|案件|勤務|の仕事) セブ(で仕事|で働|案件)
        ラオス(案件|で仕事|で働|の仕事|行) ベトナム(案件|で仕事|の仕事|に行ける) ホーチミン(で働|案件|の仕事)
        マレーシア(案件|で仕事|で働|の仕事|に行ける) クアラルンプール(で働|案件) ドバイ(案件|で仕事|で働|の仕事|に行ける|勤務|で稼)
        香港(案件|で仕事|で働|に行ける) マカオ(案件|で仕事|で働|ジャンケット) 台湾(案件|で仕事|運び) 韓国(案件|で仕事|運び|に行くだけ)
        中国(案件|で仕事の|大連で|拠点) 大連(で|の)(仕事|働|コール) シンガポール(案件|運び) インドネシア(案件|で仕事) バリ島で(働|仕事|稼)
        アフリカ案件 メキシコ案件 東南アジア(で|案件|の仕事|勤務|某国|某所|出|方面|に行) 某国 南国(で|リゾート|勤務)
        リゾート(バイト|案件|で働|勤務|地で) リゾバ りぞば 現地(スタッフ|で働|滞在|採用|勤務|コール) 語学(不要|力不要|できなくて|いら)
        英語(不要|できなくて|話せなくて|いら) 通訳(バイト|の仕事|案件|募|スタッフ) 翻訳(ビジネス|バイト|の仕事|案件|業務) 通訳
        ワーホリ(案件|より稼) ゴールデントライアングル kk園区 kkパーク cambodia myanmar overseas_job work_abroad kaigai kaigai_anken
    """),
    guards=words("カンボジア料理 カンボジア旅行 アンコールワット カンボジア代表 ミャンマー料理 ミャンマー代表 同時通訳機"),
    kinds=(Kind.OVERSEAS, Kind.FRAUD_CALLER, Kind.TRANSPORT),
)
