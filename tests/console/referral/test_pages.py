"""Referrals on screens, by the unit that gives and the unit that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console.audit.models import Entry
from andon.console.measures.common.outbox import run_due
from andon.console.measures.kinds.referral.actions import give
from andon.console.measures.kinds.referral.models import Receiver, Referral

from .conftest import NOW, SOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console import gate
    from andon.console.intake.models import Campaign
    from andon.console.review.models import Decision
    from andon.console.staff.models import Person, Unit

pytestmark = pytest.mark.django_db


def body(client: Client, name: str, *args: Any, query: str = "") -> str:
    """The page."""
    answer = client.get(reverse(f"referral:{name}", args=args) + query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def sent(one: Referral, by: gate.Actor) -> Referral:
    """Approved and gone out."""
    give.approve(by, [one.pk], now=NOW)
    run_due(now=SOON)
    return one


def test_handing_over(aoi: Person, police: Unit, partner: Receiver, campaign: Callable[..., Campaign], settled: Callable[..., Decision], browse: Callable[[Person], Client]) -> None:
    """The form offers other units and receivers outside; what is wrong is said and what was typed stays; one press drafts and approves."""
    one, client = campaign(), browse(aoi)
    settled(aoi, one)
    page = body(client, "new", one.pk)
    assert (police.name in page, partner.name in page, f">{aoi.unit.name}<" in page) == (True, True, False)
    values = {"to": f"unit:{police.pk}", "reason": "other", "note": "", "do": "send"}
    answer = client.post(reverse("referral:new", args=[one.pk]), values)
    assert answer.status_code == 422
    assert not Referral.objects.exists()
    answer = client.post(reverse("referral:new", args=[one.pk]), values | {"note": "管轄の確認"})
    made = Referral.objects.get()
    assert answer.headers["Location"] == reverse("referral:referral", args=[made.pk])
    assert (made.state, made.approved_by) == ("approved", aoi)
    again = client.post(reverse("referral:new", args=[one.pk]), values | {"note": "もう一度"})
    assert "すでにあります" in again.content.decode()


def test_an_undecided_campaign(aoi: Person, police: Unit, campaign: Callable[..., Campaign], browse: Callable[[Person], Client]) -> None:
    """The form says why it cannot be handed over."""
    answer = browse(aoi).post(reverse("referral:new", args=[campaign().pk]), {"to": f"unit:{police.pk}", "reason": "removal", "do": "draft"})
    assert "募集と判断したか" in answer.content.decode()


def test_the_list_of_each_unit(referred: Callable[..., Referral], aoi: Person, rin: Person, mio: Person, actor: Callable[..., gate.Actor], browse: Callable[[Person], Client]) -> None:
    """Given and received; nothing of others, whatever the address says."""
    one = referred()
    link = reverse("referral:referral", args=[one.pk])
    assert link in body(browse(aoi), "referrals")
    assert link not in body(browse(rin), "referrals")
    sent(one, actor(aoi))
    seen = {query: link in body(browse(rin), "referrals", query=query) for query in ("", "?side=taken", "?side=given", "?state=sent", "?state=draft", "?state=odd")}
    assert seen == {"": True, "?side=taken": True, "?side=given": False, "?state=sent": True, "?state=draft": False, "?state=odd": True}
    stranger = browse(mio)
    assert link not in body(stranger, "referrals")
    for name in ("referral", "packet"):
        assert stranger.get(reverse(f"referral:{name}", args=[one.pk])).status_code == 404
    for name in ("approve", "withdraw", "answer"):
        assert stranger.post(reverse(f"referral:{name}", args=[one.pk]), {"do": "accept"}).status_code == 404


def test_answering(referred: Callable[..., Referral], aoi: Person, rin: Person, actor: Callable[..., gate.Actor], browse: Callable[[Person], Client]) -> None:
    """The receiver accepts with its own number, then closes; the giver sees both, and has no buttons for it."""
    one = sent(referred(), actor(aoi))
    taker, giver, where = browse(rin), browse(aoi), reverse("referral:answer", args=[one.pk])
    assert where in body(taker, "referral", one.pk)
    assert where not in body(giver, "referral", one.pk)
    assert taker.post(where, {"do": "return", "note": ""}).status_code == 403
    assert taker.post(where, {"do": "nonsense"}).status_code == 404
    assert taker.post(where, {"do": "accept", "their_number": "R8-17"}).status_code == 302
    assert taker.post(where, {"do": "accept"}).status_code == 409
    assert "R8-17" in body(giver, "referral", one.pk)
    taker.post(where, {"do": "close", "note": "捜査に着手"})
    assert "捜査に着手" in body(giver, "referral", one.pk)


def test_the_packet_is_a_file_and_an_event(referred: Callable[..., Referral], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Who took it and when stands in the trail."""
    one = referred()
    answer = browse(aoi).get(reverse("referral:packet", args=[one.pk]))
    assert answer.content[:2] == b"PK"
    assert f"referral-{one.pk}.zip" in answer.headers["Content-Disposition"]
    entry = Entry.objects.get(event="referral.packet_taken")
    assert (entry.person, entry.facts) == (aoi.pk, {"packet": one.packet})


def test_in_other_hands(referred: Callable[..., Referral], campaign: Callable[..., Campaign], settled: Callable[..., Decision], aoi: Person, mio: Person, actor: Callable[..., gate.Actor], browse: Callable[[Person], Client]) -> None:
    """A third unit that is about to hand over the same campaign is told whose it is, and nothing of the case."""
    one = campaign(contact="telegram:same")
    settled(aoi, one)
    sent(referred(of=one, note="内々の連絡"), actor(aoi))
    page = body(browse(mio), "new", one.pk)
    assert aoi.unit.name in page
    assert "内々の連絡" not in page


def test_receivers(sora: Person, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Added and changed by who sets the rules; read by all who work on measures."""
    client = browse(sora)
    values = {"name": "IHC", "kind": "hotline", "country": "jp", "language": "ja", "is_active": "on"}
    assert client.post(reverse("referral:new_receiver"), values | {"email": "no mailbox"}).status_code == 422
    client.post(reverse("referral:new_receiver"), values)
    one = Receiver.objects.get()
    assert one.country == "JP"
    client.post(reverse("referral:receiver", args=[one.pk]), values | {"name": "新しい名前"})
    assert "新しい名前" in body(browse(aoi), "receivers")
    assert browse(aoi).get(reverse("referral:receiver", args=[one.pk])).status_code == 403


def test_few_queries(referred: Callable[..., Referral], aoi: Person, browse: Callable[[Person], Client], django_assert_max_num_queries: Any) -> None:
    """However many there are."""
    for _ in range(8):
        one = referred()
    client = browse(aoi)
    for name, args, most in (("referrals", (), 14), ("referral", (one.pk,), 20)):
        with django_assert_max_num_queries(most):
            client.get(reverse(f"referral:{name}", args=args))
