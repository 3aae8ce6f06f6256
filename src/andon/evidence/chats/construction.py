"""Quick making of frozen records.

A frozen dataclass fills its fields one by one through `object.__setattr__`, which for a message of two dozen fields costs more than parsing it.
What is made here is filled as an object of a class with the same slots that is not frozen, and becomes one of the frozen class in one step at the
end. It is the same object as the class itself makes: equal, hashable, frozen (held by a test).
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar, cast

Made = TypeVar("Made")


def maker(frozen: type[Made]) -> type[Made]:
    """A function that makes objects of `frozen` (a frozen dataclass with slots) some three times as quickly; typed as the class."""
    given: dict[str, Any] = {"_open": type(f"_Open{frozen.__name__}", (), {"__slots__": tuple(_slots(frozen))}), "_frozen": frozen}
    parameters, lines = [], []
    for one in fields(cast("Any", frozen)):
        parameter, value = _described(one, given)
        parameters.append(parameter)
        lines.append(f"    one.{one.name} = {value}\n")
    source = f"def make({', '.join(parameters)}):\n    one = _open()\n{''.join(lines)}    one.__class__ = _frozen\n    return one\n"
    exec(source, given)  # noqa: S102 - source made of the names of our own fields, as dataclasses itself does
    return cast("type[Made]", given["make"])


def _slots(frozen: type[Made]) -> list[str]:
    return [one.name for one in fields(cast("Any", frozen))]


def _described(one: Field[Any], given: dict[str, Any]) -> tuple[str, str]:
    """A field as parameter and as the value that is stored; its default goes into `given`."""
    if one.default is not MISSING:
        given[f"_default_{one.name}"] = one.default
        return f"{one.name}=_default_{one.name}", one.name
    if one.default_factory is not MISSING:
        given[f"_make_{one.name}"] = one.default_factory
        return f"{one.name}=None", f"_make_{one.name}() if {one.name} is None else {one.name}"
    return one.name, one.name
