"""Signing in and out, as the trail keeps it."""

from __future__ import annotations

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.models import Person
from andon.console.staff.rights import Right


@verb("staff.signed_in", Right.OWN_SETTINGS)
def signed_in(actor: Actor, ip: str, methods: list[str]) -> Done[None]:
    """Keep that the person came in, from where and with which proofs."""
    Person.objects.filter(pk=actor.person.pk).update(last_login=timezone.now())
    return Done(None, f"person:{actor.person.pk}", {"ip": ip, "methods": methods})
