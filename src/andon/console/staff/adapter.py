"""What allauth asks this desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest


class DeskAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # no stubs
    """Nobody signs up: an administrator adds people."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's form
        """Never."""
        return False


class DeskMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # no stubs
    """Second factors by allauth's own rules."""
