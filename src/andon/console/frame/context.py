"""What every page needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu: its URL name, the right that it asks for, its icon, the key that follows `g`. The frame knows no app: only names."""

    url_name: str
    right: str
    icon: str
    key: str
    docked: bool = False  # in the bar at the bottom of a narrow screen
    also: str = ""  # where pages that belong to it begin, besides its own address

    @property
    def code(self) -> str:
        """The sentence that names it."""
        return "frame.nav." + self.url_name.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one person sees it."""

    entry: Entry
    href: str
    current: bool


ENTRIES = (
    Entry("home:today", "staff.own_settings", "today", "t", docked=True),
    Entry("review:queue", "queue.read", "queue", "q", docked=True),
    Entry("review:search", "queue.read", "search", "s", docked=True),
    Entry("intake:uploads", "intake.add", "upload", "u", docked=True),
    Entry("board:board", "measures.read", "flag", "b"),
    Entry("visits:visits", "measures.read", "refresh", "v"),
    Entry("holds:holds", "holds.place", "lock", "h"),
    Entry("captures:list", "measures.read", "file", "c"),
    Entry("casework:cases", "cases.read", "scale", "k", docked=True, also="/evidence/"),
    Entry("authority:plans", "cases.read", "shield", "l"),
    Entry("safety:help", "undercover.log", "phone", "w"),
    Entry("inspection:desk", "undercover.inspect", "eye", "x", docked=True),
    Entry("learning:signals", "model.read", "signal", "i"),
    Entry("learning:model", "model.read", "model", "m"),
    Entry("audit:trail", "audit.read", "trail", "a", docked=True),
    Entry("staff:people", "staff.read", "people", "p", docked=True),
    Entry("staff:me", "staff.own_settings", "me", "e"),
)
DOCK = 4


def page(request: HttpRequest) -> dict[str, Any]:
    """The looks that the person chose, their menu, and where the frame sends what it asks for."""
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    links = _links(request.path, getattr(user, "rights", frozenset())) if signed_in else []
    return {
        "is_demo": settings.DEMO,
        "appearance": getattr(user, "appearance", None) or _cookie(request, "appearance", ("light", "dark")) or "auto",
        "calm_media": getattr(user, "calm_media", False),
        "page_language": "en" if (get_language() or "ja").startswith("en") else "ja",
        "links": links,
        "docked": [link for link in links if link.entry.docked][:DOCK],
        "looks_url": (_address("staff:looks") if signed_in else "") or _address("frame:looks"),
        "palette_url": _address("review:palette") if "queue.read" in getattr(user, "rights", ()) else "",
    }


def _links(path: str, rights: frozenset[str]) -> list[Link]:
    """The entries that the person may open and that have an address; the current one is the one with the longest address that `path` starts with."""
    open_to = [(entry, address) for entry in ENTRIES if entry.right in rights and (address := _address(entry.url_name))]
    begins = {address: tuple(one for one in (address, entry.also) if one.strip("/")) for entry, address in open_to}  # all begins with "/"
    inside = [address for address, with_ in begins.items() if path == address or path.startswith(with_)]
    here = max(inside, key=len, default="")
    return [Link(entry, address, address == here) for entry, address in open_to]


@cache
def _address(url_name: str) -> str:
    """The address of a page, or nothing where this installation has no such page. Addresses do not change while a process lives."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _cookie(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    value = request.COOKIES.get(name, "")
    return value if value in known else ""
