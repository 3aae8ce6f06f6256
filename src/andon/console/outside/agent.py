"""How the desk names itself to servers."""

from __future__ import annotations

from importlib.metadata import version

from django.conf import settings

NAME = "andon"


def user_agent() -> str:
    """Name and version, and whom to ask, where the installation says so."""
    contact = "".join(sign for sign in settings.CONTACT if sign.isascii() and sign.isprintable())
    return f"{NAME}/{version('andon')}" + (f" (+{contact})" if contact else "")


def headers() -> list[tuple[str, str]]:
    """What goes with every look: no cookies, no referrer."""
    return [
        ("User-Agent", user_agent()), ("Accept", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "ja,en;q=0.5"), ("Accept-Encoding", "gzip"), ("Connection", "close"),
    ]  # fmt: skip
