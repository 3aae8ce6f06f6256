"""Can you move today?.

Why it counts: Availability at once is what matters, not the person.
When it misleads: Friends and shift leaders ask the same.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="can_move_today_question",
    group="control",
    side=Side.FOR,
    en="can you move today?",
    ja="今日動けるか",
    why_ja="人物より「今すぐ動けるか」を問う。友人やシフトの相談でも使われる。",
    terms=words("""
        (今日|本日|明日|今|今から|これから|今晩|今夜|すぐ|即|いつ|夜|深夜|週末|今週|土日|平日|朝から|このあと|急に)(から|でも|すぐ|夜|以降|の夜|)(動け(ます|る)|出れます|出られます|稼働でき|稼働可|移動できます|向かえます|来れます|来られます|行けます|働けます|入れます|始められます)
        いつから(動け|働け|入れ|稼働|いけ|行け) 動ける(方|人|子|男性|奴|日|時間|エリア|地域|なら|男|女性|かた|学生) 稼働(でき|可能|開始|日|して|エリア|希望|します|者|中)
        即(稼働|対応|動|出発|参加|戦力|勤務)(でき|可|可能|け|ok|できる|) フットワーク(軽い|の軽い|軽) 今日空いて 今から空いて 明日空いて 今日暇 何時から(動|行|空|いけ)
    """),
    kinds=(Kind.APPROACH,),
)
