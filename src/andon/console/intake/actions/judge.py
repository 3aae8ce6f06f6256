"""Verb: a person's word that two posts are of one campaign or not. The campaigns concerned are drawn anew at once."""

from __future__ import annotations

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.intake.ids import one_writer
from andon.console.intake.models import Judgement, Post
from andon.console.intake.regroup.apply import Regrouping
from andon.console.intake.regroup.grouping import group_anew
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused


@verb("intake.judged", Right.DECIDE)
def judge(actor: Actor, post_a: int, post_b: int, *, same: bool | None) -> Done[list[int]]:
    """Record the word and regroup; the ids of the campaigns touched. `same=None` takes the last word on the two posts back.

    Raises Refused for a post and itself, Conflict for a post that is not there. Campaigns that were settled differently stay two whatever is said.
    """
    if post_a == post_b:
        raise Refused(reason="judged_itself", name=str(post_a))
    one_writer()
    first, second = sorted((post_a, post_b))
    campaigns = dict(Post.objects.filter(pk__in=(first, second)).values_list("pk", "campaign"))
    if len(campaigns) != 2:  # noqa: PLR2004 - two posts
        raise Conflict(reason="no_such_post", name=str(post_a))
    now = timezone.now()
    Judgement.objects.create(a_id=first, b_id=second, same=same, by=actor.person, at=now)
    regrouping = Regrouping(group_anew([], [], campaigns.values()), {}, now)
    regrouping.before_posts()
    touched = regrouping.after_posts()
    facts = {"posts": [first, second], "same": same, "campaigns": sorted(set(campaigns.values())), "after": touched}
    return Done(touched, f"post:{first}", facts)
