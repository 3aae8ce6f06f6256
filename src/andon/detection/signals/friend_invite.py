"""Friends welcome.

Why it counts: Friends are asked along so that each holds the other.
When it misleads: Lawful adverts welcome friends too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="friend_invite",
    group="people",
    side=Side.SCENE,
    en="friends welcome",
    ja="友達同士の誘い",
    why_ja="友人同士で応募させ、互いを縛る。正規の求人も友達同士の応募を歓迎する。",
    terms=words("""

        (友達|友人|ツレ|連れ|お友達|仲間|カップル|夫婦|兄弟|2人|二人|ペア|グループ|知り合い)(と|も|で|同士|一緒|とも|でも|と一緒に|で一緒に)(応募|参加|OK|ok|可|歓迎|一緒|やれ|稼|来て|ご一緒|行け|働|大歓迎|のご)
        周り(に|で)(困って|金|お金|稼ぎたい|いない|やりたい|いたら) お知り合い 知り合い(にいません|いません|で困|で探|にいたら)
    """),
    kinds=(Kind.RECRUITER,),
)
