"""Somebody at the sign-in page, and what they carry in their pocket."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person

PASSWORD = "correct horse battery staple"
LOGIN = "/account/login/"


@pytest.fixture
def visitor() -> Client:
    """Somebody who has not signed in."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def sign_in(visitor: Client) -> Callable[..., Client]:
    """A person who types name and password at the sign-in page."""

    def typed(someone: Person, password: str = PASSWORD, client: Client | None = None) -> Client:
        at = client or visitor
        at.post(LOGIN, {"login": someone.username, "password": password})
        return at

    return typed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Move the clock of one-time codes by some seconds."""
    real, moved = time.time, [0.0]

    class Moved:
        """In the place of the module `time`, there only."""

        @staticmethod
        def time() -> float:
            """Now, moved."""
            return real() + moved[0]

    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", Moved)

    def move(seconds: float) -> None:
        moved[0] += seconds

    return move


@pytest.fixture
def app() -> Callable[[Person], Callable[[], str]]:
    """Give a person an authenticator app; what it shows now."""

    def give(someone: Person) -> Callable[[], str]:
        secret = generate_totp_secret()
        TOTP.activate(someone, secret)
        return lambda: _shown(secret)

    return give


@pytest.fixture
def shown() -> Callable[[str], str]:
    """What an app with that secret shows now."""
    return _shown


def _shown(secret: str) -> str:
    from allauth.mfa.totp.internal import auth

    return format_hotp_value(hotp_value(secret, int(auth.time.time() // 30)))
