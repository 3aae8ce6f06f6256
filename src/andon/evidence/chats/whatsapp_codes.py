"""Numbers by which WhatsApp's databases name kinds of messages and of notices, on both kinds of phones.

After public readers of these databases (they agree on what stands here); a number that is not here is kept as it is and called unknown.
"""

from __future__ import annotations

from andon.evidence.chats.model import Event, Kind

ANDROID_KINDS = {
    0: Kind.TEXT, 1: Kind.MEDIA, 2: Kind.MEDIA, 3: Kind.MEDIA, 4: Kind.CONTACT, 5: Kind.LOCATION, 7: Kind.SERVICE, 8: Kind.CALL, 9: Kind.MEDIA,
    10: Kind.CALL, 13: Kind.MEDIA, 14: Kind.CONTACT, 15: Kind.DELETED, 16: Kind.LOCATION, 20: Kind.STICKER, 42: Kind.MEDIA, 43: Kind.MEDIA,
    64: Kind.DELETED, 66: Kind.POLL,
}  # fmt: skip
ANDROID_ACTIONS = {
    1: Event.TITLE, 4: Event.JOINED, 5: Event.LEFT, 7: Event.REMOVED, 11: Event.CREATED, 12: Event.INVITED, 14: Event.REMOVED, 18: Event.ENCRYPTION,
    19: Event.ENCRYPTION, 20: Event.JOINED, 67: Event.ENCRYPTION,
}  # fmt: skip
DELETED_BY_ADMIN = 64

IOS_KINDS = {
    0: Kind.TEXT, 1: Kind.MEDIA, 2: Kind.MEDIA, 3: Kind.MEDIA, 4: Kind.CONTACT, 5: Kind.LOCATION, 6: Kind.SERVICE, 7: Kind.TEXT, 8: Kind.MEDIA,
    10: Kind.SERVICE, 11: Kind.MEDIA, 14: Kind.DELETED, 15: Kind.STICKER, 46: Kind.POLL, 59: Kind.CALL,
}  # fmt: skip
_IOS_EVENTS = {  # kind of the message, kind of the event
    (6, 2): Event.JOINED, (6, 3): Event.LEFT, (6, 7): Event.REMOVED, (6, 12): Event.CREATED, (6, 50): Event.JOINED, (10, 1): Event.CALL,
    (10, 2): Event.ENCRYPTION, (10, 3): Event.ENCRYPTION, (10, 4): Event.CALL, (10, 22): Event.CALL, (10, 40): Event.CALL, (10, 41): Event.CALL,
}  # fmt: skip


def ios_event(kind: object, event: object) -> Event:
    """What a notice of an iPhone tells of."""
    return _IOS_EVENTS.get((kind, event), Event.OTHER) if isinstance(kind, int) and isinstance(event, int) else Event.OTHER


def handles(jid: str) -> tuple[tuple[str, str], ...]:
    """The handles that an account's name holds: numbers of "@lid" are no telephone numbers."""
    number, _, host = jid.partition("@")
    phone = (("phone", f"+{number}"),) if host == "s.whatsapp.net" and number.isdigit() else ()
    return (("whatsapp_jid", jid), *phone) if jid else ()
