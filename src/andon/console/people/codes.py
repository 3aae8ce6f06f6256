"""Codes of second factors: each opens once; after some wrong ones none does for a while. In the database: the server has several processes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils import timezone

from andon.console.audit.models import Entry

if TYPE_CHECKING:
    from andon.console.staff.models import Person

MOST_WRONG = 5
WAIT = timedelta(minutes=15)
_STEP = "last_step"


def locked(person: Person) -> bool:
    """Whether so many codes were wrong of late that none is looked at. By person: only who knows the password comes so far."""
    wrong = Entry.objects.filter(person=person.pk, event="staff.factor_failed", at__gt=timezone.now() - WAIT)
    return wrong.order_by("-number")[:MOST_WRONG].count() >= MOST_WRONG


def claim(authenticator: Authenticator, code: str) -> bool:
    """Use a code of an app up; False when its half-minute was used already. Recovery codes are used up by allauth itself."""
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        step = _step_of(decrypt(row.data["secret"]), code)
        if step is None or step <= row.data.get(_STEP, 0):
            return False
        row.data[_STEP] = step
        row.save(update_fields=["data"])
    authenticator.data = row.data
    return True


def _step_of(secret: str, code: str) -> int | None:
    """The half-minute that a code is of."""
    return next((step for step in yield_hotp_counters_from_time() if _fits(code, format_hotp_value(hotp_value(secret, step)))), None)


def _fits(typed: str, shown: str) -> bool:
    return bool(compare_user_code(actual=typed, expected=shown))
