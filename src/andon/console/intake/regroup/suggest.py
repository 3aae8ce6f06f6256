"""Two campaigns that may be one: what people are asked. Called by verbs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.intake.ids import parts
from andon.console.intake.models import Suggestion
from andon.detection.campaigns.ties import Ground, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from andon.console.intake.regroup.grouping import Grouped

Pair = tuple[int, int]


def renew_suggestions(grouped: Grouped, gone: Mapping[int, int], campaign_of: Callable[[int], int]) -> None:
    """Suggestions from the ties that joined nothing. Those of opened campaigns are made anew; those of joined campaigns go with them."""
    opened = grouped.scene.opened
    best = _best(grouped, campaign_of)
    for part in parts(sorted(opened | gone.keys())):
        old = Suggestion.objects.filter(Q(a__in=part) | Q(b__in=part))
        for one in old:
            if not {one.a_id, one.b_id} & opened:
                _offer(best, gone.get(one.a_id, one.a_id), gone.get(one.b_id, one.b_id), one)
        old.delete()
    for pair in _parted(grouped, campaign_of):
        best.pop(pair, None)
    _write(best)


def _best(grouped: Grouped, campaign_of: Callable[[int], int]) -> dict[Pair, Suggestion]:
    """The best open tie of every two campaigns."""
    best: dict[Pair, Suggestion] = {}
    for tie in grouped.open_ties:
        made = Suggestion(
            post_a_id=tie.a, post_b_id=tie.b, ground=tie.ground.value, standing=tie.standing.value, strength=tie.strength, detail=tie.detail
        )  # fmt: skip
        _offer(best, campaign_of(tie.a), campaign_of(tie.b), made)
    return best


def _offer(best: dict[Pair, Suggestion], a: int, b: int, one: Suggestion) -> None:
    """Keep `one` for the two campaigns unless a better one is there."""
    if a == b:
        return
    made = Suggestion(
        a_id=min(a, b), b_id=max(a, b), post_a_id=one.post_a_id, post_b_id=one.post_b_id, ground=one.ground, standing=one.standing,
        strength=one.strength, detail=one.detail,
    )  # fmt: skip
    if a > b:
        made.post_a_id, made.post_b_id = one.post_b_id, one.post_a_id
    pair = made.a_id, made.b_id
    if pair not in best or _rank(made) > _rank(best[pair]):
        best[pair] = made


def _rank(one: Suggestion) -> tuple[bool, float, bool]:
    return one.standing == Standing.CONFIRMED.value, one.strength, one.ground == Ground.CONTACT.value


def _parted(grouped: Grouped, campaign_of: Callable[[int], int]) -> set[Pair]:
    """Campaigns that a person has parted."""
    found: set[Pair] = set()
    for word in grouped.scene.words:
        if not word.same:
            a, b = campaign_of(word.a), campaign_of(word.b)
            found.add((min(a, b), max(a, b)))
    return found


def _write(best: Mapping[Pair, Suggestion]) -> None:
    """Add the suggestions, or put them in the place of weaker ones."""
    stored = _stored({pair[0] for pair in best})
    new = [one for pair, one in best.items() if pair not in stored]
    better = [one for pair, one in best.items() if pair in stored and _rank(one) > _rank(stored[pair])]
    fields = ["post_a", "post_b", "ground", "standing", "strength", "detail"]
    Suggestion.objects.bulk_create([*new, *better], update_conflicts=True, unique_fields=["a", "b"], update_fields=fields)


def _stored(firsts: Iterable[int]) -> dict[Pair, Suggestion]:
    return {(one.a_id, one.b_id): one for part in parts(sorted(firsts)) for one in Suggestion.objects.filter(a__in=part)}
