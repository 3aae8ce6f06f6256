"""Sign-in names as counters and the trail keep them: what somebody typed in the name's place may be a password."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest


def same_name(typed: str) -> str:
    """One spelling for one name: width and case do not count."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def name_key(typed: str) -> str:
    """A keyed hash of a typed name: the same for the same name, of no use to a reader."""
    return salted_hmac("andon.name", same_name(typed), algorithm="sha256").hexdigest()[:16]


def counted_as(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Under which name django-axes counts failures (AXES_USERNAME_CALLABLE): however it was spelled, and never as typed."""
    typed = (credentials or {}).get("username") or request.POST.get("login") or ""
    return name_key(str(typed))
