"""What signing in, failing to, and second factors leave in the trail. Django, allauth and axes call these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import signals as auth

from andon.console import gate
from andon.console.audit.chain import Who
from andon.console.gate import Actor, Via
from andon.console.people.actions.signing import signed_in
from andon.console.people.codes import WAIT, locked
from andon.console.staff.middleware import FACTOR_SEEN
from andon.console.staff.models import Person
from andon.console.staff.naming import name_key

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

_NOBODY = Who(None, "", "", str(Via.SCREEN))


def connect() -> None:
    """Connect all of them."""
    account.user_logged_in.connect(on_signed_in, dispatch_uid="andon.signed_in")
    account.authentication_step_completed.connect(on_step, dispatch_uid="andon.step")
    auth.user_logged_out.connect(on_signed_out, dispatch_uid="andon.signed_out")
    auth.user_login_failed.connect(on_failed, dispatch_uid="andon.failed")
    user_locked_out.connect(on_locked_out, dispatch_uid="andon.locked_out")
    mfa.authenticator_added.connect(on_factor_added, dispatch_uid="andon.factor_added")
    mfa.authenticator_removed.connect(on_factor_removed, dispatch_uid="andon.factor_removed")
    mfa.authenticator_reset.connect(on_codes_renewed, dispatch_uid="andon.codes_renewed")
    mfa.authentication_failed.connect(on_factor_failed, dispatch_uid="andon.factor_failed")


def on_signed_in(request: HttpRequest, user: Person, **_: object) -> None:
    """All proofs were given: the person is in."""
    proofs = [str(one.get("type") or one.get("method")) for one in get_authentication_records(request, user)]
    signed_in(Actor(user, Via.SCREEN), ip_of(request), proofs)


def on_step(request: HttpRequest, user: Person, method: str, **more: object) -> None:
    """Somebody who is in has proved again who they are."""
    if more.get("reauthenticated"):
        gate.record(_who(user), "staff.reauthenticated", f"person:{user.pk}", {"ip": ip_of(request), "method": more.get("type") or method})


def on_signed_out(request: HttpRequest, user: Person | None, **_: object) -> None:
    """The person left."""
    if user is not None:
        gate.record(_who(user), "staff.signed_out", f"person:{user.pk}", {"ip": ip_of(request)})


def on_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: object) -> None:
    """A password did not fit. What was typed as a name is kept as a keyed hash: it may be a password."""
    person, facts = _about(str(credentials.get("username") or ""), request)
    during = {"during_lock_out": True} if getattr(request, "axes_locked_out", False) else {}
    gate.record(_NOBODY, "staff.signin_failed", f"person:{person.pk}" if person else "", facts | during)


def on_locked_out(request: HttpRequest, **_: object) -> None:
    """Too many failures: once when it begins, not for every further try."""
    if getattr(request, "axes_failures_since_start", None) == settings.AXES_FAILURE_LIMIT:
        person, facts = _about(str((getattr(request, "axes_credentials", None) or {}).get("username") or ""), request)
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        gate.record(_NOBODY, "staff.locked_out", f"person:{person.pk}" if person else "", facts | {"minutes": minutes})


def on_factor_added(request: HttpRequest, user: Person, authenticator: Authenticator, **_: object) -> None:
    """A factor was set up."""
    gate.record(_who(user), "staff.factor_added", f"person:{user.pk}", {"type": str(authenticator.type), "ip": ip_of(request)})


def on_factor_removed(request: HttpRequest, user: Person, authenticator: Authenticator, **_: object) -> None:
    """A factor was taken away: whether one is left is looked at anew."""
    request.session.pop(FACTOR_SEEN, None)
    gate.record(_who(user), "staff.factor_removed", f"person:{user.pk}", {"type": str(authenticator.type), "ip": ip_of(request)})


def on_codes_renewed(request: HttpRequest, user: Person, **_: object) -> None:
    """New recovery codes: the old ones open nothing any more."""
    gate.record(_who(user), "staff.recovery_codes_renewed", f"person:{user.pk}", {"ip": ip_of(request)})


def on_factor_failed(request: HttpRequest, user: Person, authenticator: Authenticator, **_: object) -> None:
    """A code did not fit: the password was right."""
    facts = {"type": str(authenticator.type), "ip": ip_of(request)}
    gate.record(_who(user), "staff.factor_failed", f"person:{user.pk}", facts)
    if locked(user):
        gate.record(_who(user), "staff.locked_out", f"person:{user.pk}", facts | {"minutes": int(WAIT.total_seconds() // 60)})


def ip_of(request: HttpRequest) -> str:
    """From where; nothing where the server does not say."""
    return str(get_adapter().get_client_ip(request)) if request.META.get("REMOTE_ADDR") else ""


def _who(person: Person) -> Who:
    return Actor(person, Via.SCREEN).who()


def _about(typed: str, request: HttpRequest | None) -> tuple[Person | None, dict[str, Any]]:
    person = Person.objects.filter(username__iexact=Person.normalize_username(typed)).first() if typed else None
    return person, {"name": name_key(typed), "known": person is not None, "ip": ip_of(request) if request is not None else ""}
