"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Plans of fictitious-identity investigations and the authority to carry them out."""

    name = "andon.console.undercover.authority"
    label = "authority"
