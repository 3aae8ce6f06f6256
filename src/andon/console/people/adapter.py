"""What allauth asks this desk: who may come in, how passwords and second factors are kept, and with what words it answers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.urls import reverse
from django.utils.functional import lazystr

from andon.console.frame.templatetags.desk import language
from andon.console.gate import Actor, Via
from andon.console.people import secret_box
from andon.console.people.actions.passwords import change_own, store_anew
from andon.console.staff.models import Person
from andon.console.staff.queries import has_second_factor
from andon.wording.say import say

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest


_SAID = {
    "account/messages/password_changed.txt": "password.changed",
    "mfa/messages/totp_activated.txt": "factors.app.activated",
    "mfa/messages/totp_deactivated.txt": "factors.app.removed",
    "mfa/messages/webauthn_added.txt": "factors.passkey.added",
    "mfa/messages/webauthn_removed.txt": "factors.passkey.removed",
    "mfa/messages/recovery_codes_generated.txt": "factors.codes.renewed",
}


class _Words(dict[str, Any]):
    """Our sentence for each of allauth's codes, in the language of the answer; allauth's own where we have none."""

    def __getitem__(self, code: str) -> Any:  # noqa: ANN401 - a lazy sentence
        ours = say(f"signin_error.{code}", language())
        return super().__getitem__(code) if ours == f"signin_error.{code}" else lazystr(ours)


class DeskAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # no stubs
    """Nobody signs up: an administrator adds people. django-axes alone counts failed passwords."""

    error_messages = _Words(DefaultAccountAdapter.error_messages)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's form
        """Never."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """No second counter beside that of django-axes: two would tell people two different things."""

    def authenticate(self, request: HttpRequest, **credentials: object) -> AbstractBaseUser | None:
        """Check the password, and store it anew when today's settings hash it in another way."""
        person: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if isinstance(person, Person) and person.is_active and _is_old(person.password):
            store_anew(Actor(person, Via.SCREEN), str(credentials["password"]))
        return person

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A person changes their own password."""
        change_own(_actor(user), password)
        user.refresh_from_db(fields=["password", "must_change_password"])

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Setting up one's first factor right after signing in, and reading its recovery codes, needs no second proof; everything else does."""
        if app == "allauth.mfa" and _just_signed_in() and (not has_second_factor(context.request.user) or _reads_first_codes()):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's form
        """To work."""
        return reverse(settings.LOGIN_REDIRECT_URL)

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: object, **kwargs: object) -> None:
        """Only what we word ourselves: the desk does not greet."""
        if kwargs.get("message"):
            super().add_message(request, level, message_template, *args, **kwargs)
        elif message_template in _SAID:
            messages.add_message(request, level, say(_SAID[message_template], language()))

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """The desk sends no mail; the trail keeps what mail would tell."""


class DeskMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # no stubs
    """Secrets of second factors lie encrypted in the database; the key lies beside it, in the installation's folder."""

    error_messages = _Words(DefaultMFAAdapter.error_messages)

    def encrypt(self, text: str) -> str:
        """For the database."""
        return secret_box.lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        """From the database."""
        return secret_box.unlock(encrypted_text)

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """How the app on a telephone lists the desk."""
        return str(user.get_username())

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: object) -> str:  # noqa: A002, ARG002 - allauth's form
        """A first name for a passkey; people change it."""
        return say("passkey.first_name", language())


def _actor(user: AbstractBaseUser) -> Actor:
    if not isinstance(user, Person):
        raise TypeError(type(user))
    return Actor(user, Via.SCREEN, fresh=True)  # the form has just checked the old password


def _is_old(encoded: str) -> bool:
    used = identify_hasher(encoded)
    return bool(used.must_update(encoded)) or used.algorithm != get_hasher("default").algorithm


def _just_signed_in() -> bool:
    request = context.request
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _reads_first_codes() -> bool:
    """Whether the recovery codes are read in the session that set the first factor up: it began without one."""
    request = context.request
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" not in methods and request.resolver_match.view_name in {"mfa_view_recovery_codes", "mfa_download_recovery_codes"}
