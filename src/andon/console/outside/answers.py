"""What came back from the outside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from datetime import datetime

_GOOD = range(200, 300)


class Headers(Mapping[str, str]):
    """Headers of an answer, whatever the case of their names; `pairs` keeps them as they came."""

    def __init__(self, pairs: tuple[tuple[str, str], ...]) -> None:
        self.pairs = pairs
        self._values: dict[str, str] = {}
        for name, value in pairs:
            known = self._values.get(name.lower())
            self._values[name.lower()] = value if known is None else f"{known}, {value}"

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a way: what was asked, by which address, and where it sent us on to."""

    url: str
    status: int
    location: str
    ip: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of another server.

    `body` is decompressed and cut at the limit (`truncated`); `raw` is what came over the line (unchunked). `hops` are the redirects before it.
    """

    url: str
    final_url: str
    status: int
    headers: Headers
    body: bytes
    at: datetime
    ip: str
    hops: tuple[Hop, ...] = ()
    truncated: bool = False
    raw: bytes = b""

    @property
    def ok(self) -> bool:
        """Whether the server says that it went well."""
        return self.status in _GOOD

    @property
    def media_type(self) -> str:
        """What kind of content it is said to be ("text/html")."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Any:  # noqa: ANN401 - whatever the other side wrote
        """The body read as JSON. Raises Unreachable when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Unreachable(reason="not_json", host=self.final_url.split("/")[2]) from error
