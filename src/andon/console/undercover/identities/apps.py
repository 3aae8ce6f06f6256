"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    """The register of fictitious identities and their documents, as received."""

    name = "andon.console.undercover.identities"
    label = "identities"
