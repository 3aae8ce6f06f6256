"""Units: adding one, changing one. None is deleted: people and decisions keep theirs."""

from __future__ import annotations

from andon.console.gate import Actor, Done, verb
from andon.console.staff.models import Unit
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict


@verb("staff.unit_added", Right.STAFF_CHANGE)
def add_unit(_actor: Actor, name: str, kind: str, prefecture: str = "") -> Done[Unit]:
    """Add a unit."""
    unit = Unit.objects.create(name=name, kind=kind, prefecture=prefecture)
    return Done(unit, f"unit:{unit.pk}", {"name": name, "kind": kind})


@verb("staff.unit_changed", Right.STAFF_CHANGE)
def change_unit(_actor: Actor, unit_id: int, name: str, kind: str, prefecture: str = "") -> Done[Unit]:
    """Change a unit's name, kind and prefecture."""
    unit = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if unit is None:
        raise Conflict(name=f"unit:{unit_id}")
    before = {"name": unit.name, "kind": unit.kind, "prefecture": unit.prefecture}
    unit.name, unit.kind, unit.prefecture = name, kind, prefecture
    unit.save(update_fields=["name", "kind", "prefecture"])
    after = {"name": name, "kind": kind, "prefecture": prefecture}
    return Done(unit, f"unit:{unit.pk}", {key: [before[key], after[key]] for key in after if before[key] != after[key]})
