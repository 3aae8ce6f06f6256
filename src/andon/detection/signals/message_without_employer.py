"""A private message asked for, no employer named.

Why it counts: the Employment Security Act demands the recruiter's name and a contact; a private message to an unnamed account is neither (the hotline's test since March 2025).
When it misleads: artists, fans and private people ask for messages without naming a firm.
"""

from andon.detection.signals.signal import Side, Signal

SIGNAL = Signal(
    name="message_without_employer",
    group="contact",
    side=Side.FOR,
    en="a private message asked for, no employer named",
    ja="個別連絡を求め、雇い主の名が無い",
    why_ja="職業安定法は募集主の名と連絡先を求める。名の無い相手への個別連絡はそのどちらでもない。作家やファンなど個人のやり取りでは普通にある。",
    all_of=("contact_dm",),
    none_of=("named_employer", "trade_goods", "hobby_recruit",),
)
