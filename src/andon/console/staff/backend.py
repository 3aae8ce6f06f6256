"""Who is signed in, read with their unit: nearly every page names it, and every entry of the trail holds it."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from andon.console.staff.models import Person


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's, but that a request's person and unit are one question to the database."""

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session; nobody where they were switched off."""
        person = Person.objects.select_related("unit").filter(pk=user_id).first()
        return person if self.user_can_authenticate(person) else None
