"""Driving people whose business is not told.

Why it counts: "drive three men from A to B tonight" is how getaway drivers and traffickers are found; "VIP", "girls" and "workers" stand
for passengers.
When it misleads: taxi, care transport, artists' transfers, car sharing and parents' lifts use the same verbs.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="drive_person",
    group="errand",
    side=Side.FOR,
    en="driving unnamed people",
    ja="人を乗せて運ぶ",
    why_ja=(
        "「人を運ぶだけ」「指定場所まで乗せる」と乗客の正体を伏せた運転の依頼は、犯行の送迎役に多い。タクシー、介護送迎、相乗り、家族の送り"
        "迎えと動詞が共通する。"
    ),
    terms=words("""
        人(を運|運び|の運搬|を乗せ|の送迎|の輸送|を送迎|を送る(だけ|仕事)|を載せ|の送り迎え|を迎え(に行く|)(だけ|仕事))(ぶ|る|て|んで|)
        人を運ぶ 人運び ひと運び 人(数|)(2|3|4|二|三|四)(人|名)(を|)(乗せ|運|送) 男(2|3|4|二|三|四)人(を|)(乗せ|運|送迎)
        男(性|)数(人|名)(を|)(乗せ|運|送迎) 仲間を(乗せ|送迎|迎え) 外国人(を乗せ|の送迎|を運|を送迎|を迎え) 乗客(を乗せ|は)
        女の子(の送迎|を運|の移動) vip(の|)(送迎|荷物|を乗せ|輸送|の荷物|ドライバー|運) 要人(送迎|の送迎|輸送)
        社長(の送迎|を送迎|を乗せ)(だけ|バイト|するだけ|) 作業員(の送迎|を送迎|を運)(のみ|だけ|バイト|)
        指定(の|)場所(まで|へ|に)(送|運|乗せ|運転|車|移動|行) 現場(まで|へ|に)(送|運転|乗せ|連れ)
        車で(待機|待つ|運ぶ|移動するだけ|送る|迎え|人を|指定|現場|回る) 車で待機 車で待つ 車内(待機|で待|で待機)
        車(を|の)(移動|回送|運転|陸送|運ぶ|届け|動か)(する|して|だけ|させ|す|)(だけ|仕事|バイト) 車を移動 車の移動
        車両(移動|回送|の回送)(バイト|だけ|) 乗せて(走|運|送|行く|いく|もらう|指定|現場|待|回)(る|ぶ|だけ|) 乗せる仕事
        拾って(送|運|乗せ|届)(る|ぶ|だけ|せて) 拾って送る ピックアップ(して|役|の仕事|するだけ|ドライ) 送り届け
        送って(待|行く|迎え|あげる)(だけ|って|) 送迎するだけ 高速(で|使|運転)(って|) 県外(まで|へ)(運転|運|行|走|移動)
        県外(案件|移動|出られる|行ける|動ける) 遠方(案件|まで|行ける|動ける|OK) 出張(可能|できる|行ける|OK|あり)(な|)(方|人|)
        出張(案件|バイト|高額|ベース) 遠征(案件|できる|可能|あり) 全国(飛び回|移動|出張|行ける|動ける)
        タクシー(業務|で移動|移動|代支給|代こちら|代は|で指定|に乗るだけ) 新幹線(代|移動|で移動|乗れる)(出|支給|こちら|負担|) drive_people
        transport_people
    """),
    guards=words("個人を運 人を乗せた 人を運び出 ピックアップして紹介 ピックアップしてみ 遠征ありがと"),
    kinds=(Kind.DRIVER, Kind.TRANSPORT, Kind.ROBBERY),
)
