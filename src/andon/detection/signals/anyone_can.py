"""Anyone can do it, whoever they are.

Why it counts: a recruiter who takes anybody needs a body, not a worker; no trade says so when it pays well.
When it misleads: part-time jobs, circles, games and events welcome anybody, and slogans say anyone can.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="anyone_can",
    group="ease",
    side=Side.FOR,
    en="anyone can apply",
    ja="誰でも可",
    why_ja=(
        "高い報酬なのに誰でもよいという募集は、使い捨ての人手を求めている疑いがある。アルバイト、サークル、イベント、教室の案内も「誰でも歓"
        "迎」と書く。"
    ),
    terms=words("""
        誰でも(OK|可|可能|歓迎|応募|参加可|大歓迎|稼|でき|出来|大丈夫|いい|良い) だれでも(OK|可|稼|でき|歓迎|大丈夫) どなたでも どなた様でも
        老若男女 男女(問わ|不問|OK|歓迎|どちらでも) 性別(不問|問わ|関係な) 性別年齢 年齢(不問|問わ|関係な|性別)
        年齢制限(なし|無し|ありません) 年齢(なんて|は)関係 学歴(不問|問わ|関係な) 経歴(不問|問わ|関係な) 国籍(不問|問わ|関係な) 職歴不問
        前科(OK|あり|不問|持ち|者歓迎|問わ) 前歴不問 訳あり(OK|歓迎|可|の方|な方) ワケあり わけありの方 ワケアリ 訳アリ 事情がある方
        ブラック(OK|でも|可|の方|リスト) 多重債務(OK|でも|の方|者歓迎) 自己破産(OK|の方|した方) 無職(OK|でも|の方|可|歓迎)
        ニート(OK|でも|歓迎|可) 主婦(OK|歓迎|可|の方|も) 学生(OK|歓迎|可|さん歓迎|も可|大歓迎) 高校生(OK|可|歓迎|でも) 中学生(OK|可|でも)
        外国人(OK|可|歓迎|でも) 刺青(OK|可) タトゥーOK 全国(どこでも|OK|対応|各地|可|募集|案件|から) 日本全国 地域不問 地方OK 地方の方
        どこでもOK 場所問わず 場所不問 やる気(ある|さえ|のある|だけ) 根性ある 度胸(ある|のある) 肝(据わ|すわ) 気合(い|)ある 動ける方なら
    """),
    kinds=(Kind.VAGUE,),
)
