"""Content types of LINE's published interface (`ContentType`), as both phones' databases number them."""

from __future__ import annotations

from andon.evidence.chats.model import Attachment, Kind

_KINDS = {
    0: Kind.TEXT, 1: Kind.MEDIA, 2: Kind.MEDIA, 3: Kind.MEDIA, 6: Kind.CALL, 7: Kind.STICKER, 9: Kind.TEXT, 10: Kind.TEXT, 11: Kind.TEXT,
    12: Kind.TEXT, 13: Kind.CONTACT, 14: Kind.MEDIA, 15: Kind.LOCATION, 16: Kind.TEXT, 17: Kind.MEDIA, 18: Kind.SERVICE, 19: Kind.TEXT,
    20: Kind.TEXT, 21: Kind.MEDIA, 22: Kind.TEXT,
}  # fmt: skip
_FILES = {1: "photo", 2: "video", 3: "audio", 14: "file", 17: "rich", 21: "photo"}


def kind_of(native: object, text: str) -> Kind:
    """What a message is by its content type. Rows of plain kind without any text are of a kind that is not known."""
    known = _KINDS.get(native if isinstance(native, int) else -1, Kind.UNKNOWN)
    return Kind.UNKNOWN if known is Kind.TEXT and not text else known


def attachments_of(native: object, path: str) -> tuple[Attachment, ...]:
    """The file of a message; its bytes lie elsewhere on the phone."""
    kind = _FILES.get(native if isinstance(native, int) else -1, "")
    return (Attachment(kind or "file", path, missing="" if path else "not_stored"),) if kind or path else ()
