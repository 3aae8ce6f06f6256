"""How a batch stands: its parts by kind, and what of it has gone out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min

from andon.console.measures.board.actions.batches import outgoing_of
from andon.console.measures.board.models import Batch, Part
from andon.console.measures.common.models import Outgoing
from andon.domain.errors import AndonError
from andon.wording.say import say_error

if TYPE_CHECKING:
    from datetime import datetime

    from andon.wording.say import Language


@dataclass(frozen=True, slots=True)
class KindSeen:
    """One kind of measure in a batch: parts done of all, drafts made, approved, and problems."""

    code: str
    parts: int
    done: int
    made: list[dict[str, Any]]
    approved: int
    problems: list[str]  # a sentence each


@dataclass(frozen=True, slots=True)
class BatchSeen:
    """A batch on its page. `goes_at`: when the first that waits goes out; until then everything can be taken back."""

    kinds: list[KindSeen]
    campaigns: list[int]
    states: dict[str, int]
    goes_at: datetime | None
    done: int
    parts: int

    @property
    def can_undo(self) -> bool:
        """Whether anything of it can be taken back."""
        return bool(self.states.get(Outgoing.State.WAITING) or self.states.get(Outgoing.State.DRY) or self.done < self.parts)


def seen_of(batch: Batch, language: Language) -> BatchSeen:
    """The page's content, problems said in this language."""
    parts = list(batch.parts.all())
    codes = list(dict.fromkeys(part.kind for part in parts))
    out = Outgoing.objects.filter(outgoing_of(batch)).values("state").annotate(n=Count("pk"), first=Min("not_before")).order_by()
    rows = {row["state"]: row for row in out}
    waiting = rows.get(Outgoing.State.WAITING)
    return BatchSeen(
        [_kind(code, [part for part in parts if part.kind == code], language) for code in codes],
        list(batch.campaigns.order_by("pk").values_list("pk", flat=True)), {state: row["n"] for state, row in rows.items()},
        waiting["first"] if waiting else None, sum(part.state != Part.State.WAITING for part in parts), len(parts),
    )  # fmt: skip


def _kind(code: str, parts: list[Part], language: Language) -> KindSeen:
    done = [part for part in parts if part.state == Part.State.DONE]
    return KindSeen(
        code, len(parts), len(done), [one for part in done for one in part.made], sum(part.approved for part in done),
        list(dict.fromkeys(_sentence(part.problem, language) for part in parts if part.problem)),
    )  # fmt: skip


def _sentence(problem: dict[str, Any], language: Language) -> str:
    """What was in the way, as it was said when it happened."""
    error = AndonError(**problem["data"])
    error.code = problem["code"]
    return say_error(error, language)
