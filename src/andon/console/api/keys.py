"""Who a program acts for: a bearer key with scopes, the person behind it with their rights, and how often it may ask."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from andon.console import gate
from andon.console.audit.chain import Who
from andon.console.gate import Actor, Via
from andon.console.staff.rights import SCOPE_RIGHTS, Scope
from andon.console.staff.tokens import token_of
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.staff.models import ApiToken

LIMIT, WINDOW = 120, 60  # requests of one key in so many seconds, in each process of the server
_LONGEST_KEY = 200


class Key(HttpBearer):
    """`Authorization: Bearer andon_…`. Cookies count for nothing: a page of another site cannot make a browser ask in somebody's name."""

    openapi_bearerFormat = "andon_…"  # noqa: N815 - the name in OpenAPI

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token of the key given, when it is good and has the scope, and its person still has the right that goes with it."""
        found = token_of(token) if 0 < len(token) <= _LONGEST_KEY else None
        if found is None:
            _keep_refusal(request)
            return None
        if self.scope not in found.scopes:
            _refuse(found, self.scope, "scope_missing")
        if not found.person.may(SCOPE_RIGHTS[self.scope]):
            _refuse(found, self.scope, "right")
        return found


class PerKey(BaseThrottle):
    """So many requests a minute for each key. Counted by minutes of the clock, in the memory of each process."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this one, and say whether it is within the limit."""
        name = f"api.count:{key_of(request).pk}:{int(time.time() // WINDOW)}"
        cache.add(name, 0, 2 * WINDOW)
        return cache.incr(name) <= LIMIT

    def wait(self) -> float:
        """Seconds until the next minute."""
        return WINDOW - time.time() % WINDOW


def key_of(request: HttpRequest) -> ApiToken:
    """The token that this request came with."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    return token


def actor_of(request: HttpRequest) -> Actor:
    """The person behind the key."""
    return Actor(key_of(request).person, Via.API)


def _refuse(token: ApiToken, scope: Scope, reason: str) -> None:
    gate.record(Actor(token.person, Via.API).who(), "gate.refused", f"token:{token.pk}", {"scope": str(scope), "reason": reason})
    raise Refused(reason=reason, name=str(scope))


def _keep_refusal(request: HttpRequest) -> None:
    """One entry a minute for each address at most: whoever guesses keys must not be able to flood the trail."""
    ip = str(request.META.get("REMOTE_ADDR", ""))
    if cache.add(f"api.refused:{ip}", 1, WINDOW):
        gate.record(Who(None, "", "", str(Via.API)), "api.key_refused", "", {"ip": ip})
