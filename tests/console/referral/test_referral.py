"""A case is handed over once, with proof of what was handed over, answered, and seen by the two units only."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.models import Post
from andon.console.measures.common import files
from andon.console.measures.common.elsewhere import elsewhere
from andon.console.measures.common.models import Notice, Outgoing
from andon.console.measures.common.outbox import run_due
from andon.console.measures.kinds.referral.actions import answer, give
from andon.console.measures.kinds.referral.actions.receivers import save_receiver
from andon.console.measures.kinds.referral.models import Receiver, Referral, ReferralEvent
from andon.console.measures.kinds.referral.queries.lists import visible, waiting
from andon.console.review.actions.withdraw import withdraw as take_back
from andon.domain.errors import Conflict, Refused

from .conftest import NOW, SOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.intake.models import Campaign
    from andon.console.review.models import Decision
    from andon.console.staff.models import Person, Unit

pytestmark = pytest.mark.django_db


def state(one: Referral) -> str:
    """As it stands now."""
    one.refresh_from_db()
    return one.state


def sent(one: Referral, by: gate.Actor) -> Referral:
    """Approved and gone out."""
    give.approve(by, [one.pk], now=NOW)
    run_due(now=SOON)
    one.refresh_from_db()
    return one


def test_drafted_approved_sent_accepted_closed(referred: Callable[..., Referral], aoi: Person, rin: Person, actor: Callable[..., gate.Actor]) -> None:
    """The whole life within the desk: each step with who and when, both units told, every step in the trail."""
    one = referred()
    assert state(one) == "draft"
    assert give.approve(actor(aoi), [one.pk], now=NOW) == 1
    assert (state(one), one.approved_by, Outgoing.objects.get().channel) == ("approved", aoi, "desk")
    run_due(now=NOW + timedelta(seconds=30))
    assert state(one) == "approved", "within the undo window nothing goes"
    run_due(now=SOON)
    assert state(one) == "sent"
    assert [(note.person, note.code) for note in Notice.objects.all()] == [(rin, "referral_received")]
    answer.accept(actor(rin), one.pk, their_number="R8-17", now=SOON)
    answer.close(actor(rin), one.pk, note="捜査に着手", now=SOON)
    assert (state(one), one.their_number) == ("closed", "R8-17")
    assert list(one.events.values_list("state", "by__username")) == [("draft", "aoi"), ("approved", "aoi"), ("sent", None), ("accepted", "rin"), ("closed", "rin")]
    assert {"referral_accepted", "referral_closed"} <= set(Notice.objects.filter(person=aoi).values_list("code", flat=True))
    events = set(Entry.objects.filter(event__startswith="referral.").values_list("event", flat=True))
    assert events == {"referral.drafted", "referral.approved", "referral.accepted", "referral.closed"}


def test_the_packet_proves_what_was_handed_over(referred: Callable[..., Referral]) -> None:
    """Posts, evidence and a manifest; every hash in it is right, and the packet made again is the same."""
    one = referred()
    content = files.read(one.packet)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(inside["manifest.json"])
    assert hashlib.sha256(inside["manifest.json"]).hexdigest() == one.manifest_sha256
    assert manifest["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in inside.items() if name not in ("manifest.json", "sha256sums.txt")}
    sums = dict(reversed(line.split("  ", 1)) for line in inside["sha256sums.txt"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in inside.items() if name != "sha256sums.txt"}
    posts = list(Post.objects.filter(campaign=one.campaign_id).order_by("pk"))
    assert [(post["number"], post["text_sha256"], post["url"]) for post in manifest["posts"]] == [(post.pk, post.sha256, post.url) for post in posts]
    assert manifest["contacts"] == ["telegram:abcd"]
    evidence = [kept for post in manifest["posts"] for kept in post["evidence"]]
    assert {kept["kind"] for kept in evidence} == {"record"}
    assert {f"evidence/{kept['archive']}.warc.gz" for kept in evidence} <= set(inside)
    assert posts[0].text in inside["posts.csv"].decode("utf-8-sig")


def test_the_entry_holds_no_text(referred: Callable[..., Referral]) -> None:
    """Numbers and hashes only; neither posts nor the words to the receiver."""
    referred(note="内々の連絡")
    facts = str(list(Entry.objects.filter(event__startswith="referral.").values_list("facts", flat=True)))
    assert "荷物" not in facts
    assert "内々" not in facts


@pytest.mark.parametrize(("verdict", "code", "allowed"), [("recruitment", "parcel", True), ("escalated", "unclear", True), ("not", "joke", False), (None, "", False)])
def test_only_what_people_decided(verdict: str | None, code: str, allowed: bool, referred: Callable[..., Referral], campaign: Callable[..., Campaign], settled: Callable[..., Decision], aoi: Person) -> None:
    """Recruitment and what was handed up can be referred; nothing else."""
    one = campaign()
    if verdict:
        settled(aoi, one, verdict, code)
    if allowed:
        assert referred(of=one).state == "draft"
    else:
        with pytest.raises(Refused, match="not_referable"):
            referred(of=one)


def test_choices_that_make_no_sense(referred: Callable[..., Referral], aoi: Person, partner: Receiver, police: Unit) -> None:
    """No receiver, two receivers, one's own unit, an unknown reason, "other" without a word, a receiver that is switched off."""
    for handing in ({"to_unit": None}, {"to_unit": police.pk, "receiver": partner.pk}, {"reason": "because"}):
        with pytest.raises(Refused, match="referral_choice"):
            referred(**handing)
    with pytest.raises(Refused, match="own_unit"):
        referred(to_unit=aoi.unit_id)
    with pytest.raises(Refused, match="note_needed"):
        referred(reason="other", note="  ")
    with gate._door():
        Receiver.objects.update(is_active=False)
    with pytest.raises(Refused, match="referral_choice"):
        referred(receiver=partner.pk)
    assert not Referral.objects.exists()


def test_once_to_the_same_receiver(referred: Callable[..., Referral], campaign: Callable[..., Campaign], settled: Callable[..., Decision], aoi: Person, partner: Receiver, actor: Callable[..., gate.Actor], rin: Person) -> None:
    """A second one to the same receiver is refused while the first is with them; to another it goes, and again once it was returned."""
    one = campaign()
    settled(aoi, one)
    first = referred(of=one)
    with pytest.raises(Conflict, match="referral_twice"):
        referred(of=one)
    assert referred(of=one, receiver=partner.pk).state == "draft"
    sent(first, actor(aoi))
    answer.give_back(actor(rin), first.pk, note="管轄外")
    assert referred(of=one).state == "draft"


def test_undone_before_it_went(referred: Callable[..., Referral], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Withdrawn within the window: nobody is told, nothing goes."""
    one = referred()
    give.approve(actor(aoi), [one.pk], now=NOW)
    give.withdraw(actor(aoi), one.pk, now=NOW)
    run_due(now=SOON)
    assert (state(one), Outgoing.objects.get().state) == ("withdrawn", "cancelled")
    assert not Notice.objects.exists()


def test_withdrawn_after_it_went(referred: Callable[..., Referral], aoi: Person, rin: Person, actor: Callable[..., gate.Actor]) -> None:
    """With a reason, and the receiver is told and still sees that it was there."""
    one = sent(referred(), actor(aoi))
    with pytest.raises(Refused, match="note_needed"):
        give.withdraw(actor(aoi), one.pk)
    give.withdraw(actor(aoi), one.pk, note="誤り")
    assert "referral_withdrawn" in set(Notice.objects.filter(person=rin).values_list("code", flat=True))
    assert list(visible(rin)) == [one]


def test_a_withdrawn_decision_stops_it(referred: Callable[..., Referral], aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """What waits is not sent; the draft stays for a person."""
    one = campaign()
    decision = settled(aoi, one)
    made = referred(of=one)
    give.approve(actor(aoi), [made.pk], now=NOW)
    take_back(actor(aoi), decision.pk)
    run_due(now=SOON)
    row = Outgoing.objects.get()
    assert (row.state, row.problem, state(made)) == ("cancelled", "decision_withdrawn", "draft")


def test_two_units_see_it_and_nobody_else(referred: Callable[..., Referral], aoi: Person, rin: Person, mio: Person, actor: Callable[..., gate.Actor]) -> None:
    """The giver always, the receiver once it was sent, a third unit never; none of them acts on what is not theirs."""
    one = referred()
    assert (list(visible(aoi)), list(visible(rin)), list(visible(mio))) == ([one], [], [])
    with pytest.raises(Conflict):
        answer.accept(actor(rin), one.pk)
    sent(one, actor(aoi))
    assert (list(visible(rin)), list(visible(mio))) == ([one], [])
    for refused in (
        lambda: answer.accept(actor(mio), one.pk), lambda: answer.accept(actor(aoi), one.pk), lambda: give.withdraw(actor(rin), one.pk, note="x"),
        lambda: answer.accept(actor(mio), 10_000),
    ):  # fmt: skip
        with pytest.raises(Refused, match="not_own_referral"):
            refused()
    assert give.approve(actor(rin), [one.pk]) == 0


def test_outside_by_mail(referred: Callable[..., Referral], partner: Receiver, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """To a receiver abroad a mail is put into the outbox, in its language, with the packet; the giver writes the answer down."""
    one = referred(receiver=partner.pk)
    give.approve(actor(aoi), [one.pk], now=NOW)
    row = Outgoing.objects.get()
    assert (row.channel, row.payload["to"]) == ("mail", ["desk@hotline.example"])
    assert f"Referral #{one.pk}" in row.payload["subject"]
    assert "荷物" not in row.payload["body"]
    assert row.payload["attachments"][0]["key"] == one.packet
    run_due(now=SOON)
    row.refresh_from_db()
    assert (row.state, state(one)) == ("dry", "approved"), "mail is not switched on: nothing left the desk"
    with gate._door():
        Referral.objects.update(state="sent")
    answer.accept(actor(aoi), one.pk, their_number="NL-1")
    assert state(one) == "accepted"


def test_outside_by_hand(referred: Callable[..., Referral], partner: Receiver, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Without a mail address a person hands the packet over and says so."""
    with gate._door():
        Receiver.objects.update(email="")
    one = referred(receiver=partner.pk)
    give.approve(actor(aoi), [one.pk], now=NOW)
    assert Outgoing.objects.get().channel == "copy"


def test_others_have_it_already(referred: Callable[..., Referral], campaign: Callable[..., Campaign], settled: Callable[..., Decision], aoi: Person, rin: Person, mio: Person, actor: Callable[..., gate.Actor], police: Unit) -> None:
    """The third unit learns that posts or a contact are in another unit's hands, and whose; not the case. The two units themselves learn nothing new."""
    one = campaign(contact="telegram:same")
    settled(aoi, one)
    sent(referred(of=one), actor(aoi))
    seen = elsewhere(mio.unit_id, [one.pk])
    assert (seen.posts, seen.contacts, seen.units) == (2, 1, (aoi.unit.name,))
    assert not elsewhere(aoi.unit_id, [one.pk])
    assert not elsewhere(police.pk, [one.pk])
    other = campaign("別の文面", contact="telegram:same")
    seen = elsewhere(mio.unit_id, [other.pk])
    assert (seen.posts, seen.contacts) == (0, 1)
    assert not elsewhere(mio.unit_id, [campaign("無関係", contact="telegram:else").pk])


def test_what_waits_for_whom(referred: Callable[..., Referral], aoi: Person, rin: Person, mio: Person, actor: Callable[..., gate.Actor]) -> None:
    """A draft waits for its unit, what was sent for the receiver, overdue after a week, what was returned for the giver."""
    one = referred()
    assert [line.code for line in waiting(aoi)] == ["referral_approve"]
    assert waiting(rin) == []
    sent(one, actor(aoi))
    assert [line.code for line in waiting(rin)] == ["referral_answer"]
    assert not waiting(rin)[0].overdue
    with gate._door():
        Referral.objects.update(answer_by=NOW - timedelta(days=1))
    assert waiting(rin)[0].overdue
    answer.give_back(actor(rin), one.pk, note="管轄外")
    assert [line.code for line in waiting(aoi)] == ["referral_returned"]
    assert waiting(mio) == []


def test_rights(referred: Callable[..., Referral], kei: Person, aoi: Person, sora: Person, actor: Callable[..., gate.Actor], partner: Receiver) -> None:
    """Auditors refer nothing; receivers are changed by who sets the rules."""
    one = referred()
    with pytest.raises(Refused):
        referred(by=kei)
    with pytest.raises(Refused):
        give.approve(actor(kei), [one.pk])
    with pytest.raises(Refused):
        save_receiver(actor(aoi), partner.pk, {"email": "x@example.org"})
    assert save_receiver(actor(sora), partner.pk, {"email": "x@example.org"}).email == "x@example.org"
    assert save_receiver(actor(sora), None, {"name": "IHC", "kind": "hotline"}).pk


def test_the_history_is_only_added_to(referred: Callable[..., Referral]) -> None:
    """The database itself refuses, even with the gate's door open."""
    referred()
    for change in (lambda: ReferralEvent.objects.update(state="sent"), lambda: ReferralEvent.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), gate._door():
            change()
