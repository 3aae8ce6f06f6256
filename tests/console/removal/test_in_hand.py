"""What another unit asks to have removed is noticed elsewhere, without its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console import gate
from andon.console.measures.common.elsewhere import elsewhere
from andon.console.measures.kinds.removal.models import Item, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person


def test_a_request_of_another_unit_is_noticed(sent: Callable[..., Request], rin: Person, sora: Person) -> None:
    """Its posts are counted and the unit is named; the unit itself is told nothing; a post taken out, and a request given up, count no more."""
    request = sent(posts=2)
    seen = elsewhere(rin.unit_id, [request.campaign_id])
    assert (seen.posts, seen.contacts, seen.units) == (2, 0, (sora.unit.name,))
    assert not elsewhere(sora.unit_id, [request.campaign_id])
    with gate._door():
        Item.objects.filter(pk=request.items.first().pk).update(state=Item.State.DROPPED)
    assert elsewhere(rin.unit_id, [request.campaign_id]).posts == 1
    with gate._door():
        Request.objects.filter(pk=request.pk).update(state=Request.State.CANCELLED)
    assert not elsewhere(rin.unit_id, [request.campaign_id])


def test_plan_page_says_whom_to_ask(
    sent: Callable[..., Request], recruited: Callable[..., Campaign], rin: Person, sora: Person, browse: Callable[..., Client]
) -> None:
    """A campaign with the same contact: the plan counts it and names the unit, and shows nothing of the other campaign."""
    of_theirs = sent(posts=1).campaign
    with gate._door():
        of_theirs.title = "ほかの部署だけの題名"
        of_theirs.save()
    ours = recruited("まったく別の文面 荷物の受け取り", contact="telegram:same")
    assert not elsewhere(rin.unit_id, [ours.pk])
    shared = ours.members.first().contact_links.get().contact
    with gate._door():
        of_theirs.members.first().contact_links.create(contact=shared)
    page = browse(rin).get(f"/measures/plan/?campaign={ours.pk}").content.decode()
    assert f"この投稿 0 件、連絡先 1 件は、すでにほかの部署（{sora.unit.name}）が扱っています" in page
    assert of_theirs.title not in page
    shared.is_common = True
    with gate._door():
        shared.save()
    assert not elsewhere(rin.unit_id, [ours.pk]), "a shared service ties nobody"
