"""Union-find that knows what people have decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.detection.campaigns.grouping import Sets

if TYPE_CHECKING:
    from collections.abc import Sequence


class SettledSets(Sets):
    """Sets that may carry a decision ("" for none): two that carry different ones are never joined."""

    def __init__(self, decisions: Sequence[str]) -> None:
        super().__init__(len(decisions))
        self.decision = list(decisions)

    def keeps_apart(self, a: int, b: int) -> bool:
        """Whether a person has parted the two sets, or decided differently on them."""
        ours, theirs = self.decision[a], self.decision[b]
        return bool(ours and theirs and ours != theirs) or super().keeps_apart(a, b)

    def join(self, a: int, b: int) -> bool:
        """As in Sets; the joined set carries the decision of either."""
        decision = self.decision[self.find(a)] or self.decision[self.find(b)]
        joined = super().join(a, b)
        if joined:
            self.decision[self.find(a)] = decision
        return joined

    def is_parted(self, a: int, b: int) -> bool:
        """Whether a person's word stands between the sets of these two."""
        return self.find(b) in self.apart.get(self.find(a), ())
