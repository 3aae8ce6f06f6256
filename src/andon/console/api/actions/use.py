"""The use of a key, in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.models import ApiToken
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping


@verb("api.used", Right.OWN_SETTINGS)
def use(_actor: Actor, token: ApiToken, subject: str, facts: Mapping[str, Any]) -> Done[None]:
    """Keep that a program asked for something with a person's key, and when the key was last used."""
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
    return Done(None, subject, {"token": token.pk, **facts})
