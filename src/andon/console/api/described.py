"""The interface's own schema, taken apart for the page that describes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from andon.console.api.interface import PREFIX, interface
from andon.console.staff.rights import Scope

_SCOPES = {
    "post_posts": Scope.POSTS_WRITE, "upload": Scope.POSTS_WRITE, "queue": Scope.QUEUE_READ, "campaign": Scope.CAMPAIGNS_READ,
    "decisions": Scope.DECISIONS_READ,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, its type as a program would write it, whether it must be there, and the type that it refers to."""

    name: str
    type: str
    needed: bool
    of: str


@dataclass(frozen=True, slots=True)
class Described:
    """One endpoint."""

    name: str
    method: str
    path: str
    scope: str
    parameters: list[Field]
    body: str
    answer: str
    statuses: list[str]

    @property
    def word(self) -> str:
        """The code of what it is for."""
        return f"api.op.{self.name}"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(interface.get_openapi_schema(path_prefix=PREFIX))


def operations() -> list[Described]:
    """All endpoints, in the order in which they were written."""
    return [_operation(path, method, one) for path, methods in schema()["paths"].items() for method, one in methods.items()]


def types() -> list[tuple[str, list[Field]]]:
    """All types with their fields."""
    found = schema()["components"]["schemas"]
    return [(name, _fields(one)) for name, one in found.items() if one.get("properties")]


def _operation(path: str, method: str, one: dict[str, Any]) -> Described:
    body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answers = {str(status): answer for status, answer in one["responses"].items()}  # numbers, unless somebody has had them through JSON
    answer = answers["200"]["content"]["application/json"]["schema"]
    return Described(
        one["operationId"], method.upper(), path, str(_SCOPES[one["operationId"]]),
        [_field(given["name"], given["schema"], needed=bool(given.get("required"))) for given in one.get("parameters", [])],
        _of(body), _of(answer), list(answers),
    )  # fmt: skip


def _fields(one: dict[str, Any]) -> list[Field]:
    needed = one.get("required", [])
    return [_field(name, given, needed=name in needed) for name, given in one["properties"].items()]


def _field(name: str, given: dict[str, Any], *, needed: bool) -> Field:
    return Field(name, _type(given), needed, _of(given))


def _of(given: dict[str, Any]) -> str:
    """The named type within."""
    for one in (given, given.get("items", {}), *given.get("anyOf", ()), *given.get("allOf", ())):
        if "$ref" in one:
            return str(one["$ref"]).rsplit("/", 1)[-1]
    return ""


def _type(given: dict[str, Any]) -> str:
    if "$ref" in given:
        return _of(given)
    if "const" in given:
        return f'"{given["const"]}"'
    if "enum" in given:
        return " | ".join(f'"{one}"' for one in given["enum"])
    if "anyOf" in given:
        return " | ".join(_type(one) for one in given["anyOf"])
    if given.get("type") == "array":
        return f"[{_type(given['items'])}]"
    shown = str(given.get("format") or given.get("type") or "object")
    most = given.get("maxLength") or given.get("maximum")
    return f"{shown} ≤ {most:,}" if isinstance(most, int) and most < 2**31 else shown
