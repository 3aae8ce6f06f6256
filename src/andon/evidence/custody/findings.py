"""What was found odd about an original or a store: a code, where, and facts. A finding never stops the reading of what can be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person must know. `where` is a path inside the exhibit or the store; the sentence is `custody.finding.<code>`."""

    code: str
    where: str
    facts: Mapping[str, object] = field(default_factory=dict)
