"""Passwords that somebody else has seen: good for one sign-in."""

from __future__ import annotations

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
_GROUPS, _LENGTH = 4, 5


def one_time_password() -> str:
    """Twenty letters of 31 in four groups: 99 bits, and can be read out over a telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
