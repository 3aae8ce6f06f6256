"""The life of a request: drafted, approved, sent, answered, found gone; each step with its entry in the trail and its line in the timeline."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.captures.models import Capture
from andon.console.intake.models import Campaign, Post
from andon.console.measures.common.models import Notice, Outgoing
from andon.console.measures.kinds.removal.actions import again, deadlines
from andon.console.measures.kinds.removal.actions.answer import answer
from andon.console.measures.kinds.removal.actions.approve import approve, approve_many, undo
from andon.console.measures.kinds.removal.actions.draft import draft, prepare
from andon.console.measures.kinds.removal.actions.police import tell_police
from andon.console.measures.kinds.removal.actions.rules import set_rules
from andon.console.measures.kinds.removal.models import Event, Item, Letter, Request
from andon.console.measures.visits.models import Watch
from andon.console.review.actions.withdraw import withdraw_others
from andon.console.review.models import Decision
from andon.domain.errors import Conflict, Held, Refused

from .conftest import go, look

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from andon.console.measures.common.models import Provider
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
Make = "Callable[..., Campaign]"


def posts_of(request: Request) -> list[Post]:
    return [item.post for item in request.items.select_related("post").order_by("pk")]


def codes(request: Request) -> list[str]:
    return list(Event.objects.filter(request=request).values_list("code", flat=True))


def test_drafting_makes_one_request_for_each_provider(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor]
) -> None:
    """Posts are parted by provider; a post whose provider nobody knows is in none; the trail has it."""
    social, board = provider(), provider("board", name="掲示板", channel="form", address="https://board.example/form")
    one = recruited(posts=4)
    ids = list(one.members.order_by("pk").values_list("pk", flat=True))
    with gate._door():
        Post.objects.filter(pk=ids[0]).update(url="https://www.board.example/t/1")
        Post.objects.filter(pk=ids[1]).update(url="https://nobody.example/1", source="nobody")
    requests = {request.provider_id: request for request in draft(actor(sora), one.pk)}
    assert {pk: request.to_ask for pk, request in requests.items()} == {social.pk: 2, board.pk: 1}
    assert Item.objects.filter(post_id=ids[1]).count() == 0
    entry = Entry.objects.filter(event="removal.drafted").latest("number")
    assert (entry.subject, entry.facts["posts"]) == (f"campaign:{one.pk}", 3)
    assert codes(requests[social.pk]) == ["drafted"]


def test_what_has_no_address_cannot_be_asked_for(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor]
) -> None:
    """A post that is known by its source alone is in no request: a provider needs the exact address."""
    provider(sources=["x"])
    one = recruited(posts=2)
    with gate._door():
        Post.objects.filter(pk=one.members.first().pk).update(url="")
    assert draft(actor(sora), one.pk)[0].to_ask == 1


def test_preparing_keeps_evidence_first_and_has_posts_looked_at(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor]
) -> None:
    """Every post of a draft was captured before it, and is watched from then on."""
    provider()
    one = recruited(posts=3)
    prepare(actor(sora), [one.pk])
    assert Capture.objects.filter(post__campaign=one, kind="record").count() == 3
    assert Watch.objects.filter(post__campaign=one, asks=["removal"]).count() == 3
    kept, drafted = (Entry.objects.get(event=event).number for event in ("captures.posts_kept", "removal.drafted"))
    assert kept < drafted


def test_a_post_is_drafted_for_once(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor]
) -> None:
    """Drafting again changes nothing: neither another request nor another letter."""
    provider()
    one = recruited(posts=3)
    first = draft(actor(sora), one.pk)[0]
    draft(actor(sora), one.pk)
    assert Request.objects.count() == Letter.objects.count() == 1
    assert first.items.count() == 3


def test_only_recruitment_is_asked_for(
    provider: Callable[..., Provider], campaign: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor]
) -> None:
    """An open, escalated or rejected campaign gets no request; in bulk it is left out."""
    provider()
    for state in ("open", "escalated", "not"):
        one = campaign(state=state)
        with pytest.raises(Refused, match="no_recruitment"):
            draft(actor(sora), one.pk)
        assert prepare(actor(sora), [one.pk]) == []
    assert not Request.objects.exists()


def test_who_may_draft_and_send(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], kei: Person, sora: Person, person: Callable[..., Person],
    actor: Callable[..., gate.Actor],
) -> None:  # fmt: skip
    """An auditor drafts nothing, an investigator approves nothing, and the trail keeps that they tried."""
    provider()
    one = recruited()
    with pytest.raises(Refused):
        draft(actor(kei), one.pk)
    request = draft(actor(sora), one.pk)[0]
    reader = person("ren", "investigator")
    with pytest.raises(Refused):
        approve(actor(reader), request.pk)
    with pytest.raises(Refused):
        approve_many(actor(reader), [request.pk])
    assert Entry.objects.filter(event="gate.refused", subject="removal.approved", person=reader.pk).count() == 2
    assert not Outgoing.objects.exists()


def test_held_posts_are_left_out_of_drafts_and_stop_approvals(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], hold_on: Callable[[Post], None]
) -> None:
    """A hold at drafting leaves the post out; one placed later takes it out of the letter; with nothing left, it says whom to ask."""
    provider()
    one = recruited(posts=3)
    first, second, third = one.members.order_by("pk")
    hold_on(first)
    request = draft(actor(sora), one.pk)[0]
    assert {item.post_id for item in request.items.all()} == {second.pk, third.pk}
    hold_on(second)
    assert [post["post"] for post in (approve(actor(sora), request.pk).packet or {})["posts"]] == [third.pk]
    undo(actor(sora), request.pk)
    hold_on(third)
    with pytest.raises(Held) as caught:
        approve(actor(sora), request.pk)
    assert caught.value.data["name"] == "Yui"
    request.refresh_from_db()
    assert request.state == Request.State.DRAFTED


def test_a_hold_stops_what_was_approved(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], hold_on: Callable[[Post], None],
    mails: list[EmailMessage],
) -> None:  # fmt: skip
    """Placed in the undo window: nothing of the letter goes, and it is a draft again that says why."""
    provider()
    one = recruited(posts=2)
    request = draft(actor(sora), one.pk)[0]
    approve(actor(sora), request.pk)
    hold_on(one.members.first())
    go()
    assert mails == []
    letter = request.letters.get()
    assert (letter.state, letter.problem) == ("drafted", "held")


def test_sending_asks_for_the_posts_and_starts_the_deadline(sent: Callable[..., Request], mails: list[EmailMessage]) -> None:
    """One mail, with the documents; the posts are asked for, the day of the answer is set, the timeline says so."""
    request = sent(posts=3)
    assert len(mails) == 1
    letter = request.letters.get()
    assert mails[0]["Message-ID"] == letter.message_id
    assert [part.get_filename() for part in mails[0].iter_attachments()] == [f"andon-R{request.pk}-{letter.pk}.{end}" for end in ("pdf", "csv", "xarf.jsonl")]
    assert set(request.items.values_list("state", flat=True)) == {"asked"}
    assert (request.asked, request.left) == (3, 3)
    assert request.due_at == letter.sent_at + timedelta(days=7)
    assert codes(request) == ["drafted", "approved", "sent"]


def test_undone_before_it_goes(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """An approval that is taken back in time sends nothing and can be given again; one that comes too late is a conflict."""
    provider()
    request = draft(actor(sora), recruited().pk)[0]
    approve(actor(sora), request.pk)
    assert undo(actor(sora), request.pk).state == Letter.State.DRAFTED
    go()
    assert mails == []
    request.refresh_from_db()
    assert request.state == Request.State.DRAFTED
    approve(actor(sora), request.pk)
    go()
    assert len(mails) == 1
    with pytest.raises(Conflict):
        undo(actor(sora), request.pk)


def test_withdrawn_decision_stops_what_waits(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """Taking the decision back takes the letter out of the outbox; nothing can be approved again."""
    provider()
    one = recruited()
    request = draft(actor(sora), one.pk)[0]
    approve(actor(sora), request.pk)
    withdraw_others(actor(sora), Decision.objects.get().pk, note="誤り")
    go()
    assert mails == []
    request.refresh_from_db()
    assert request.state == Request.State.DRAFTED
    assert request.letters.get().problem == "no_recruitment"
    with pytest.raises(Refused, match="no_recruitment"):
        approve(actor(sora), request.pk)


def test_decision_that_changed_unnoticed_is_found_at_sending(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """The outbox asks again at the last moment, whatever was or was not told to us."""
    provider()
    one = recruited()
    request = draft(actor(sora), one.pk)[0]
    approve(actor(sora), request.pk)
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(state="open")
    go()
    assert mails == []
    assert request.letters.get().state == Letter.State.DRAFTED


def test_police_first_and_two_days(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], rin: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """A hotline's letter waits until the police were told, and then two days."""
    provider()
    request = draft(actor(rin), recruited().pk)[0]
    with pytest.raises(Refused, match="police_first"):
        approve(actor(rin), request.pk)
    assert approve_many(actor(rin), [request.pk]) == 0
    with pytest.raises(Refused, match="police_whom"):
        tell_police(actor(rin), [request.pk], " ")
    assert tell_police(actor(rin), [request.pk], "警察庁 サイバー 2026-1") == 1
    with pytest.raises(Conflict):
        tell_police(actor(rin), [request.pk], "again")
    approve(actor(rin), request.pk)
    go(hours=47)
    assert mails == []
    go(hours=49)
    assert len(mails) == 1
    assert Entry.objects.filter(event="removal.police_told").exists()


def test_the_wait_can_be_set(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], rin: Person, aoi: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """A supervisor sets the rules, within reason; an analyst does not."""
    with pytest.raises(Refused):
        set_rules(actor(aoi), wait_hours=0, tells_police=[], remind_days=3, escalate_after=2)
    with pytest.raises(Refused, match="removal_rules"):
        set_rules(actor(rin), wait_hours=-1, tells_police=[], remind_days=3, escalate_after=2)
    set_rules(actor(rin), wait_hours=0, tells_police=["hotline"], remind_days=3, escalate_after=2)
    provider()
    request = draft(actor(rin), recruited().pk)[0]
    tell_police(actor(rin), [request.pk], "警察署")
    approve(actor(rin), request.pk)
    go()
    assert len(mails) == 1


def test_gone_by_agreeing_looks_only(sent: Callable[..., Request]) -> None:
    """One look that finds nothing is remembered but changes no state; the agreed one does, and counts from the first of them."""
    request = sent(posts=2)
    first, second = posts_of(request)
    early = timezone.now()
    look([first], "gone", settled=False, at=early)
    request.refresh_from_db()
    assert (request.state, request.gone) == ("sent", 0)
    look([first], "gone", at=early + timedelta(hours=6))
    request.refresh_from_db()
    assert (request.state, request.gone, request.left) == ("partly", 1, 1)
    assert Item.objects.get(post=first).gone_at == early
    look([second], "gone", at=early + timedelta(hours=7))
    request.refresh_from_db()
    assert (request.state, request.left, request.due_at) == ("removed", 0, None)
    assert codes(request)[-2:] == ["state.partly", "state.removed"]


def test_cannot_tell_is_no_finding(sent: Callable[..., Request]) -> None:
    """A login wall changes nothing but what the last look met with."""
    request = sent()
    look(posts_of(request), "unknown", code="login_wall", settled=False)
    request.refresh_from_db()
    assert (request.state, request.gone) == ("sent", 0)
    assert set(request.items.values_list("last_code", "state")) == {("login_wall", "asked")}


def test_a_post_that_comes_back_reopens(sent: Callable[..., Request], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]) -> None:
    """Removed, then there again: the request is open, its unit is told, and a further letter asks for it."""
    request = sent(posts=2)
    look(posts_of(request), "gone")
    look(posts_of(request)[:1], "there", code="http_200")
    request.refresh_from_db()
    assert (request.state, request.to_ask, request.gone) == ("reopened", 1, 1)
    assert Notice.objects.filter(code="removal_reopened").exists()
    assert again.may_write(request)[0] == "more"
    again.write_again(actor(sora), request.pk, "more")
    approve(actor(sora), request.pk)
    go(hours=2)
    request.refresh_from_db()
    assert (request.state, request.to_ask, len(mails)) == ("partly", 0, 2)
    assert mails[1]["In-Reply-To"] == mails[0]["Message-ID"]


def test_gone_before_anybody_asked(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """What vanishes before the letter goes is counted apart; when nothing is left, nothing is sent."""
    provider()
    request = draft(actor(sora), recruited(posts=2).pk)[0]
    approve(actor(sora), request.pk)
    look(posts_of(request), "gone")
    go()
    request.refresh_from_db()
    assert (request.state, request.gone_before, request.asked, mails) == ("gone_before", 2, 0, [])


def test_later_arrivals_reopen(
    sent: Callable[..., Request], campaign: Callable[..., Campaign]
) -> None:
    """Posts that join a campaign whose request is out are added to it, and it is open again; nothing is sent by itself."""
    from andon.console.intake.hooks import AFTER_REGROUP

    request = sent(posts=2)
    newcomer = campaign(posts=1, state="recruitment").members.get()
    with gate._door():
        Post.objects.filter(pk=newcomer.pk).update(campaign=request.campaign)
        for hook in AFTER_REGROUP:
            hook([request.campaign_id])
    request.refresh_from_db()
    assert (request.state, request.to_ask, request.asked) == ("reopened", 1, 2)
    assert codes(request)[-1] == "later"


def test_answers(sent: Callable[..., Request], sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """An acknowledgement, a claim of removal (looked at soon, not believed), a refusal with its reason."""
    request = sent()
    assert answer(actor(sora), request.pk, "acknowledged").state == "acknowledged"
    answer(actor(sora), request.pk, "says_removed")
    request.refresh_from_db()
    assert (request.state, request.gone) == ("acknowledged", 0)
    assert Watch.objects.filter(next_at__lte=timezone.now()).count() == 2
    with pytest.raises(Refused, match="answer_reason"):
        answer(actor(sora), request.pk, "refused")
    with pytest.raises(Refused, match="answer_time"):
        answer(actor(sora), request.pk, "refused", text="規約に反しない", at=timezone.now() + timedelta(days=1))
    assert answer(actor(sora), request.pk, "refused", text="規約に反しない").state == "refused"
    look(posts_of(request), "gone")
    request.refresh_from_db()
    assert request.state == "removed"  # what is found outweighs what was said


def test_no_answer_second_request_escalation(
    sent: Callable[..., Request], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """The day passes: no answer, and people are told once; a second request; then a place above."""
    request = sent()
    late = timezone.now() + timedelta(days=8)
    assert deadlines.look_after(late) == 1
    assert deadlines.look_after(late) == 0
    request.refresh_from_db()
    assert request.state == "no_answer"
    assert Notice.objects.filter(code="removal_overdue", person=sora).count() == 1
    assert deadlines.look_after(late + timedelta(days=4)) == 1  # told again
    assert again.may_write(request) == ["second"]
    again.write_again(actor(sora), request.pk, "second")
    approve(actor(sora), request.pk)
    go(hours=9 * 24)
    request.refresh_from_db()
    assert (request.state, len(mails)) == ("sent", 2)
    assert "escalation" in again.may_write(request)
    with pytest.raises(Refused, match="escalate_where"):
        again.write_again(actor(sora), request.pk, "escalation")
    again.write_again(actor(sora), request.pk, "escalation", receiver="違法情報窓口", address="desk@above.example")
    approve(actor(sora), request.pk)
    go(hours=9 * 24)
    assert [str(one["To"]) for one in mails] == ["abuse@social.example", "abuse@social.example", "desk@above.example"]
    assert "違法情報窓口 御中" in mails[2].get_body().get_content()  # type: ignore[union-attr]


def test_a_form_is_carried_out_by_a_person(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """Nothing is sent for a form; the request is out when a person says so."""
    from andon.console.measures.common.actions.outbox import mark_sent

    provider(channel="form", address="https://social.example/report")
    request = draft(actor(sora), recruited().pk)[0]
    approve(actor(sora), request.pk)
    go()
    row = Outgoing.objects.get()
    assert (row.state, row.channel, mails) == ("waiting", "copy", [])
    mark_sent(actor(sora), row.pk)
    request.refresh_from_db()
    assert (request.state, request.asked) == ("sent", 2)


def test_dry_until_switched_on(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor]
) -> None:
    """While nobody has switched mail on, everything is made and nothing leaves."""
    provider()
    request = draft(actor(sora), recruited().pk)[0]
    approve(actor(sora), request.pk)
    go()
    request.refresh_from_db()
    assert (request.state, request.asked, request.letters.get().problem) == ("approved", 0, "not_live")


def test_drafts_are_changed_and_given_up(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor]
) -> None:
    """Posts are taken out, words added; a request that is given up frees its posts for another."""
    provider()
    one = recruited(posts=3)
    request = draft(actor(sora), one.pk)[0]
    again.change(actor(sora), request.pk, text="至急ご確認ください")
    assert again.drop(actor(sora), request.pk, [request.items.first().pk]) == 1  # type: ignore[union-attr]
    approve(actor(sora), request.pk)
    letter = request.letters.get()
    assert letter.packet is not None
    assert (letter.packet["note"], len(letter.packet["posts"])) == ("至急ご確認ください", 2)
    with pytest.raises(Conflict):
        again.change(actor(sora), request.pk, text="later")
    again.give_up(actor(sora), request.pk, text="重複")
    assert not Outgoing.objects.exclude(state="cancelled").exists()
    anew = draft(actor(sora), one.pk)[0]
    assert anew.pk != request.pk
    assert anew.items.count() == 3


def test_what_was_approved_is_what_goes(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> None:
    """The packet is frozen: a text that changes afterwards changes no letter, and its hash says which it was."""
    from andon.console.measures.kinds.removal.packet import sha256_of

    provider()
    request = draft(actor(sora), recruited().pk)[0]
    approve(actor(sora), request.pk)
    with gate._door():
        Post.objects.update(url="https://elsewhere.example/")
    go()
    letter = request.letters.get()
    assert "https://social.example/" in mails[0].get_body().get_content()  # type: ignore[union-attr]
    assert letter.packet is not None
    assert sha256_of(letter.packet) == letter.packet_sha256


def test_timeline_cannot_be_changed(sent: Callable[..., Request]) -> None:
    """The database refuses, whoever asks."""
    request = sent()
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), gate._door():
        Event.objects.filter(request=request).update(code="other")
