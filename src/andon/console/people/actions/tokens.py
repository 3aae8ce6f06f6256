"""Keys for other programs: made by a person for what that person may do, shown once, revoked at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.people.actions.targets import another
from andon.console.staff.models import ApiToken
from andon.console.staff.queries import valid_tokens
from andon.console.staff.rights import SCOPE_RIGHTS, Right, Scope
from andon.console.staff.tokens import hash_of, new_key, prefix_of
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Made:
    """A new key and its row."""

    token: ApiToken
    key: str


@verb("staff.token_made", Right.TOKENS, grave=True)
def make_token(actor: Actor, label: str, scopes: Sequence[Scope], days: int) -> Done[Made]:
    """Make a key. Raises Refused for a scope that the person has no right to, or for more than MOST_DAYS."""
    if not scopes or not 1 <= days <= MOST_DAYS:
        raise Refused(reason="token_form", name="token")
    for scope in scopes:
        if not actor.person.may(SCOPE_RIGHTS[scope]):
            raise Refused(reason="scope", name=str(scope))
    key = new_key()
    token = ApiToken.objects.create(
        person=actor.person, label=label, prefix=prefix_of(key), key_sha256=hash_of(key), scopes=sorted(map(str, scopes)),
        expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    return Done(Made(token, key), f"token:{token.pk}", {"scopes": token.scopes, "days": days})


@verb("staff.token_revoked", Right.TOKENS)
def revoke_token(actor: Actor, token_id: int) -> Done[ApiToken]:
    """Revoke one of the actor's own keys. Raises Conflict when it is not theirs or opens nothing any more."""
    token = valid_tokens(actor.person, timezone.now()).filter(pk=token_id).first()
    if token is None:
        raise Conflict(name=f"token:{token_id}")
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    return Done(token, f"token:{token.pk}", {"of": actor.person.pk})


@verb("staff.token_revoked", Right.STAFF_CHANGE)
def revoke_all_of(actor: Actor, person_id: int) -> Done[int]:
    """Revoke all keys of somebody else."""
    person = another(actor, person_id)
    revoked = valid_tokens(person, timezone.now()).update(revoked_at=timezone.now())
    return Done(revoked, f"person:{person.pk}", {"of": person.pk, "tokens": revoked})
