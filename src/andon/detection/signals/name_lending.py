"""Lending one's name.

Why it counts: Lending one's name for accounts, firms, flats, cars or loans makes a front person; offered as easy income.
When it misleads: Law pages and warnings explain it.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="name_lending",
    group="account",
    side=Side.FOR,
    en="lending one's name",
    ja="名義貸し",
    why_ja="名義を貸すと口座・法人・部屋・車・ローンの名義人にされる。楽な収入として誘われる。法律解説や注意喚起にも出る。",
    terms=words("""
        名義(貸し|がし|を貸|だけ貸|貸して|借り|人募集|人になって|だけ借|だけで|代|料|レンタル|を使わせ|使用料|提供|役員|社長|だけ頂戴|だけちょうだい|ください|OK) 名前(を|だけ)(貸|借り) 名前貸し 社長になって
        代表(者|取締役|)(に|を)(なって|就任|お願い|募集) 代表者募集 (名ばかり|お飾り|名目)(の|)(社長|役員|代表) 法人(を|)(設立|作|立ち上げ)(て|って|して|してくれ|代行) 法人代表(になれる|になって|募集|者)
        会社(を|)作って(渡|もら) ローン(を|)組(んで|める|むだけ) (車|部屋|賃貸)(の|)(名義|契約)(だけ|を代|して) 契約者になって
    """),
    kinds=(Kind.ACCOUNT,),
)
