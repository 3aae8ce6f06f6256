"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ContactlogConfig(AppConfig):
    """The log of every contact, its stages and its outcome."""

    name = "andon.console.undercover.contactlog"
    label = "contactlog"
