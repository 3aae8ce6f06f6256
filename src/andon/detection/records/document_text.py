"""Bytes of a whole web page or feed as UTF-8, by what the document says of its encoding and what its bytes show.

The encodings of Japanese pages: UTF-8, Shift_JIS (read as cp932, which has the characters of Windows too), EUC-JP, ISO-2022-JP, UTF-16.
"""

from __future__ import annotations

import codecs
import re

from andon.language.encodings import guess_encoding

_HEAD = 4096  # bytes in which a declaration is looked for
_XML = re.compile(rb"""(<\?xml\b[^>]*?\bencoding\s*=\s*["'])([A-Za-z0-9._:-]+)""")
_META = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_NOT_ASCII = bytes(range(0x80, 0x100))
_ESCAPES = (b"\x1b$B", b"\x1b$@")  # ISO-2022-JP turns Japanese on with them; its bytes are all ASCII
_WIDER = {"shift_jis": "cp932", "iso2022_jp": "iso2022_jp_ext", "latin-1": "cp1252", "iso8859-1": "cp1252"}
# EUC-JP first: its text is often good cp932 (as half-width kana), while text in cp932 is hardly ever good EUC-JP.
_TRIED = ("euc_jp", "cp932", "utf-8")
_MOST_FAULTS = 0.2  # share of the bytes that are not ASCII up to which a declaration is believed


def _declared(head: bytes) -> str:
    """Name of the encoding that the document declares, as Python knows it, or the empty string."""
    found = _XML.search(head) or _META.search(head)
    if not found:
        return ""
    try:
        name = codecs.lookup(found[found.lastindex or 0].decode()).name
    except LookupError:
        return ""
    return _WIDER.get(name, name)


def _faults(raw: bytes, encoding: str) -> int:
    """How many places of `raw` are not good in `encoding`."""
    return raw.decode(encoding, "replace").count("\ufffd")


def _encoding(raw: bytes) -> tuple[str, int]:
    """Encoding of the document and length of its byte order mark."""
    guessed, mark = guess_encoding(raw[: 1 << 16])
    if mark or guessed.startswith("utf-16"):
        return guessed, mark
    declared = _declared(raw[:_HEAD])
    if declared.startswith("iso2022") or any(escape in raw for escape in _ESCAPES):
        return "iso2022_jp_ext", 0
    try:
        raw.decode()
    except UnicodeDecodeError:
        pass
    else:
        # Before what is declared: a browser that saves a page recodes it and leaves the declaration. Japanese in any other encoding is hardly ever
        # good UTF-8 by chance.
        return "utf-8", 0
    beyond = len(raw) - len(raw.translate(None, _NOT_ASCII))
    if declared and not declared.startswith("utf-16") and _faults(raw, declared) <= _MOST_FAULTS * beyond:
        return declared, 0
    return min(_TRIED, key=lambda name: _faults(raw, name)), 0


def document_text(raw: bytes) -> bytes:
    """The document in UTF-8, without byte order mark, with an XML declaration that says so. What cannot be decoded becomes U+FFFD."""
    encoding, mark = _encoding(raw)
    text = raw[mark:].decode(encoding, "replace").encode()
    return _XML.sub(rb"\g<1>utf-8", text, count=1) if _XML.match(text[:_HEAD].lstrip()) else text
