"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class PeopleConfig(AppConfig):
    """Staff's verbs and pages."""

    name = "andon.console.people"
    label = "people"

    def ready(self) -> None:
        """Keep sign-ins in the trail. Django's own receiver would write past the gate."""
        from andon.console.people import receivers  # noqa: PLC0415 - it needs the models, which are loaded before this is called

        user_logged_in.disconnect(dispatch_uid="update_last_login")
        receivers.connect()
