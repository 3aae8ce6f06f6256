"""Making, changing and confirming providers; loading the starting directory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common.models import Provider
from andon.console.measures.common.providers import bare
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent.parent / "data" / "providers.json"
FIELDS = (
    "name", "name_en", "country", "channel", "address", "languages", "terms", "hosts", "sources", "answer_days", "note", "is_active",
)  # fmt: skip


def starting_directory() -> list[dict[str, Any]]:
    """The providers of the reviewed file. Their addresses are unconfirmed until a person of the installation has looked."""
    rows: list[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return rows


@verb("measures.directory_loaded", Right.MEASURE_RULES)
def load_directory(_actor: Actor) -> Done[int]:
    """Add the providers of the starting directory that are not there, and bring those up to date that nobody has changed. Returns how many."""
    changed = 0
    known = {one.code: one for one in Provider.objects.all()}
    for row in starting_directory():
        values = {name: row[name] for name in FIELDS if name in row}
        before = known.get(row["code"])
        if before is None:
            Provider.objects.create(code=row["code"], from_file=True, **values)
        elif before.from_file and any(getattr(before, name) != value for name, value in values.items()):
            Provider.objects.filter(pk=before.pk).update(**values, confirmed_at=None, confirmed_by=None, changed_at=timezone.now())
        else:
            continue
        changed += 1
    return Done(changed, "providers", {"changed": changed})


@verb("measures.provider_saved", Right.MEASURE_RULES)
def save_provider(actor: Actor, code: str, values: Mapping[str, Any]) -> Done[Provider]:
    """Make a provider, or change the one of this code. Who saves it vouches for its address. Raises Conflict for a host that another one has."""
    fields = {name: values[name] for name in FIELDS if name in values}
    if "hosts" in fields:
        fields["hosts"] = sorted({bare(host) for host in fields["hosts"] if host.strip()})
        _check_hosts(code, fields["hosts"])
    now = timezone.now()
    fields |= {"from_file": False, "confirmed_at": now, "confirmed_by": actor.person, "changed_at": now}
    provider, is_new = Provider.objects.update_or_create(code=code, defaults=fields)
    return Done(provider, f"provider:{provider.pk}", {"code": code, "new": is_new, "fields": sorted(values)})


@verb("measures.provider_confirmed", Right.MEASURE_RULES)
def confirm_provider(actor: Actor, provider_id: int) -> Done[None]:
    """Say that the address of a provider is right today."""
    Provider.objects.filter(pk=provider_id).update(confirmed_at=timezone.now(), confirmed_by=actor.person)
    return Done(None, f"provider:{provider_id}")


def _check_hosts(code: str, hosts: list[str]) -> None:
    for other in Provider.objects.filter(is_active=True).exclude(code=code):
        twice = sorted(set(hosts) & {bare(host) for host in other.hosts})
        if twice:
            raise Conflict(reason="provider_host", name=twice[0])
