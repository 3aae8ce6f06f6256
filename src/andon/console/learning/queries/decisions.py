"""Standing decisions with the texts of their campaigns, as training rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from andon.console.intake.models import Campaign, Post
from andon.console.learning.rows import Standing, Wordings, held_back, rows_of
from andon.console.review.models import Decision
from andon.console.review.queries.covering import STANDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from andon.detection.learning.labelled import Labelled

MOST_ROWS = 40_000
_AT_ONCE = 200  # campaigns whose texts are read together
_MOST_TEXTS = 2_000  # different texts of a campaign that are looked at
_FETCH = 2_000
Verdict = Decision.Verdict


@dataclass(slots=True)
class DeskRows:
    """Rows that teach and rows that measure, from how many decisions, up to when the teaching ones were made."""

    teach: list[Labelled] = field(default_factory=list)
    measure: list[Labelled] = field(default_factory=list)
    teaching: int = 0
    measuring: int = 0
    until: datetime | None = None
    measured_from: datetime | None = None


def standings() -> list[Standing]:
    """The decision that holds for each campaign, newest first: the last of those on it or on campaigns joined with it. Escalated ones are none."""
    home = _homes()
    held: set[int] = set()
    found = []
    columns = ("pk", "campaign_id", "verdict", "kind", "reason", "at")
    for pk, campaign, verdict, kind, reason, at in Decision.objects.filter(STANDS).order_by("-pk").values_list(*columns).iterator(_FETCH):
        root = home(campaign)
        if root in held:
            continue
        held.add(root)
        if verdict in (Verdict.RECRUITMENT, Verdict.NOT):
            recruit = verdict == Verdict.RECRUITMENT
            found.append(Standing(pk, root, recruit, kind if recruit else reason, at))
    return found


class _homes:  # noqa: N801 - used as a function
    """Which campaign holds the posts of each now."""

    def __init__(self) -> None:
        merged = Campaign.objects.filter(state=Campaign.State.MERGED, merged_into__isnull=False)
        self._into = dict(merged.values_list("pk", "merged_into_id"))

    def __call__(self, campaign: int) -> int:
        for _ in range(len(self._into)):
            if campaign not in self._into:
                break
            campaign = self._into[campaign]
        return campaign


def any_standing() -> bool:
    """Whether there is anything to learn from."""
    return Decision.objects.filter(STANDS, verdict__in=(Verdict.RECRUITMENT, Verdict.NOT)).exists()


def desk_rows(*, most: int = MOST_ROWS) -> DeskRows:
    """The rows, the newest decisions first, so that no wording of those that measure stands among those that teach. Beyond `most` rows to teach the
    oldest decisions make way: as many as the base corpus has, so that neither drowns the other and a fit stays a matter of minutes."""  # noqa: D205, D209
    every = standings()
    back = held_back(every)
    result = DeskRows(measuring=len(back))
    taken = Wordings(Post.objects.filter(campaign__in=[one.campaign for one in every]).count() if len(every) <= _AT_ONCE else Post.objects.count())
    for one, texts in _with_texts(every):
        rows = rows_of(one, texts, taken)
        if one.decision in back:
            result.measure += rows
            continue
        if len(result.teach) + len(rows) > most:
            break
        result.teach += rows
        result.teaching += 1
    result.until = max((one.at for one in every if one.decision not in back), default=None)
    result.measured_from = min((one.at for one in every if one.decision in back), default=None)
    return result


def _with_texts(every: Sequence[Standing]) -> Iterator[tuple[Standing, list[str]]]:
    """Each decision with the different texts of its campaign, in the order given; first come, first read."""
    ahead = iter(sorted(every, key=lambda one: (one.at, one.decision), reverse=True))
    while part := list(islice(ahead, _AT_ONCE)):
        texts: defaultdict[int, dict[str, None]] = defaultdict(dict)
        posts = Post.objects.filter(campaign__in=[one.campaign for one in part]).order_by("campaign", "pk").values_list("campaign_id", "text")
        for campaign, text in posts.iterator(_FETCH):
            if len(texts[campaign]) < _MOST_TEXTS:
                texts[campaign][text] = None
        for one in part:
            yield one, list(texts[one.campaign])
