"""One spelling for one value, and its keyed hash: the register compares hashes, and without the installation's key a hash says nothing."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from andon.console.keys import kept
from andon.console.undercover.deconfliction.codes import Kind, Service
from andon.detection.campaigns.ties import contact_key
from andon.domain.errors import Refused
from andon.language.contacts import find_contacts

if TYPE_CHECKING:
    from datetime import datetime

KEY_FILE = "deconfliction.key"
_KEY_BYTES = 32
_LEAST_DIGITS, _MOST_DIGITS = 9, 15
_LEAST_NAME = 2
_SEVERAL = re.compile(r"[\s,、，;；|]+")
_AREA = re.compile(r"^.+?[市区町村]")
_SAME_SERVICE = {"twitter": "x", "x_dm": "x", "handle": "x", "phone": "telephone", "sms": "telephone", "tel": "telephone"}


@dataclass(frozen=True, slots=True)
class Value:
    """Something to compare, in its one spelling. `text` is how it was typed; an area has hours."""

    kind: str
    key: str
    text: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def digest(self) -> str:
        """What the register keeps."""
        return digest(self.key)


def digest(key: str) -> str:
    """The keyed hash of a value's one spelling."""
    secret = kept(Path(settings.HOME), KEY_FILE, lambda: secrets.token_bytes(_KEY_BYTES))
    return hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()


def handle(text: str, service: str, kind: str = Kind.HANDLE) -> Value:
    """A handle or account, however it was typed: with its service before it, as a link, full width, with an @. Raises Refused for none or several."""
    plain = _plain(text)
    if _SEVERAL.search(plain):
        raise Refused(reason="deconfliction_list")
    known = contact_key("", plain) if "/" in plain else None
    if known is None:
        named, colon, rest = plain.partition(":")
        known = f"{named.lower() if colon else service}:{(rest if colon else plain).lstrip('@')}"
    named, _, name = known.partition(":")
    named, name = _SAME_SERVICE.get(named, named), name.strip().lstrip("@").casefold()
    if named == "telephone":
        return phone(name)
    if len(name) < _LEAST_NAME or (not named.isalnum()):
        raise Refused(reason="deconfliction_value")
    return Value(kind, f"{named}:{name}", text.strip())


def phone(text: str) -> Value:
    """A telephone number: Japanese numerals, hyphens and the country's code do not count. Raises Refused for none or several."""
    plain = _plain(text)
    found = [one.value for one in find_contacts(plain) if one.type == "telephone"]
    if len(found) > 1:
        raise Refused(reason="deconfliction_list")
    digits = re.sub(r"\D", "", found[0] if found else plain)
    digits = "0" + digits[2:] if not found and digits.startswith("81") else digits
    if not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
        raise Refused(reason="deconfliction_list" if len(digits) > _MOST_DIGITS else "deconfliction_value")
    return Value(Kind.PHONE, f"telephone:{digits}", text.strip())


def post(post_id: int) -> Value:
    """A recruitment post that a plan stands on."""
    return Value(Kind.POST, f"post:{post_id}", str(post_id))


def place(prefecture: str, municipality: str, starts_at: datetime, ends_at: datetime) -> Value:
    """An area within hours. Of a city's wards the city counts: rather one call too many."""
    area = area_of(municipality)
    return Value(Kind.PLACE, f"area:{_plain(prefecture)}{area}", f"{prefecture}{area}", starts_at, ends_at)


def area_of(municipality: str) -> str:
    """The municipality of what was typed. Raises Refused for none."""
    plain = re.sub(r"\s+", "", _plain(municipality))
    found = _AREA.match(plain)
    if found is None:
        raise Refused(reason="deconfliction_area")
    return found.group()


def of_key(key: str, kind: str) -> Value | None:
    """A key as plans keep it ("telegram:boss"); nothing for what is no handle (a plan's text is free)."""
    try:
        return handle(key, Service.OTHER, kind)
    except Refused:
        return None


def spellings(value: Value) -> list[str]:
    """The keys under which the rest of the desk may know the value: contacts in posts, holds."""
    service, _, name = value.key.partition(":")
    more = [f"handle:{name}"] if service == Service.X else []
    return [value.key, *more] if value.kind != Kind.PLACE else []


def _plain(text: str) -> str:
    """Width and invisible characters do not count."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return "".join(one for one in folded if unicodedata.category(one) != "Cf")
