"""Keys, and a program that asks with them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from andon.console import gate
from andon.console.staff.models import ApiToken
from andon.console.staff.rights import Scope
from andon.console.staff.tokens import hash_of, new_key, prefix_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person


@pytest.fixture
def key() -> Callable[..., str]:
    """Make a key of a person: `key(aoi, Scope.QUEUE_READ)`; with all scopes when none is named."""

    def make(person: Person, *scopes: Scope, **fields: Any) -> str:
        text = new_key()
        values = {"expires_at": timezone.now() + timedelta(days=1), "scopes": [str(scope) for scope in scopes or Scope], **fields}
        with gate._door():
            ApiToken.objects.create(person=person, label="test", prefix=prefix_of(text), key_sha256=hash_of(text), **values)
        return text

    return make


@pytest.fixture
def program() -> Callable[..., Client]:
    """A program that sends a key with everything. It checks CSRF tokens as a real server does."""

    def with_key(text: str, language: str = "ja") -> Client:
        return Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {text}", "accept-language": language})

    return with_key
