"""W6: a wrong warning is taken down, an apology stands in its place, and the log says who, why and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from warning_help import account_at, approve_all, send_all

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.measures.common import outbox
from andon.console.measures.common.actions.outbox import mark_sent
from andon.console.measures.common.models import Notice, Outgoing
from andon.console.measures.kinds.warning.actions.drafting import draft, drop
from andon.console.measures.kinds.warning.actions.withdrawing import take_out, withdraw
from andon.console.measures.kinds.warning.models import Account, WarningReply, Wording
from andon.console.review.actions import withdraw as review
from andon.console.review.queries.covering import standing_of
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from servers import Mastodon, Server

    from andon.console.gate import Actor
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
State = WarningReply.State


def test_the_reply_is_deleted_and_an_apology_stands_there(
    server: Server, account: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """By the API, in this order, with every step in the log."""
    approve_all(actor(aoi), draft(actor(aoi), posted(server, posts=1).pk, account.pk, wording.pk))
    send_all()
    first = server.replies[0]
    warning = WarningReply.objects.get()
    withdraw(actor(aoi), warning.pk, reason="not_recruitment", wording_id=apology.pk, note_text="手押し車の話だった")
    assert WarningReply.objects.get().state == State.WITHDRAWING
    send_all()
    assert server.deleted in ([first.id], [first.uri])
    assert len(server.replies) == 1
    assert "お詫び" in server.replies[0].text
    assert server.replies[0].reply_to == first.reply_to
    warning.refresh_from_db()
    assert (warning.state, warning.withdrawn_by) == (State.WITHDRAWN, aoi)
    log = list(warning.events.values_list("code", flat=True))
    assert log == ["approved", "sent", "withdrawing", "deletion_sent", "apology_sent", "withdrawn"]
    said = warning.events.get(code="withdrawing")
    assert (said.by, said.data["reason"], said.data["note"]) == (aoi, "not_recruitment", "手押し車の話だった")
    assert Entry.objects.filter(event="warning.withdrawal_asked", subject=f"warning:{warning.pk}").exists()


def test_no_second_warning_after_a_withdrawal(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """The post was answered wrongly once; it is left alone."""
    campaign = posted(mastodon, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk))
    send_all()
    withdraw(actor(aoi), WarningReply.objects.get().pk, reason="other", wording_id=apology.pk)
    send_all()
    with pytest.raises(Conflict):
        draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)


def test_a_reply_that_somebody_deleted_already_is_no_obstacle(
    server: Server, account: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """The apology goes all the same."""
    approve_all(actor(aoi), draft(actor(aoi), posted(server, posts=1).pk, account.pk, wording.pk))
    send_all()
    server.mine.clear()
    withdraw(actor(aoi), WarningReply.objects.get().pk, reason="other", wording_id=apology.pk)
    send_all()
    assert [("お詫び" in one.text) for one in server.replies] == [True]
    assert WarningReply.objects.get().state == State.WITHDRAWN


def test_an_apology_that_breaks_off_is_not_posted_twice(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """The same care as for warnings."""
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=1).pk, on_mastodon.pk, wording.pk))
    send_all()
    withdraw(actor(aoi), WarningReply.objects.get().pk, reason="other", wording_id=apology.pk)
    mastodon.faults = ["drop_after"]
    send_all()
    assert len(mastodon.replies) == 1
    assert WarningReply.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("wrong", ["reason", "wording", "unit", "state"])
def test_refusals(
    wrong: str, mastodon: Mastodon, on_mastodon: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor],
    aoi: Person, person: Callable[..., Person],
) -> None:  # fmt: skip
    """No known reason, a warning's wording as an apology, another unit's account, a warning that was not posted."""
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=1).pk, on_mastodon.pk, wording.pk))
    if wrong != "state":
        send_all()
    who = aoi
    if wrong == "unit":
        with gate._door():
            other = type(aoi.unit).objects.create(name="別の県警", kind="police")
        who = person("rin", *aoi.roles, unit=other)
    with pytest.raises((Refused, Conflict)):
        withdraw(
            actor(who), WarningReply.objects.get().pk, reason="because" if wrong == "reason" else "other",
            wording_id=wording.pk if wrong == "wording" else apology.pk,
        )  # fmt: skip
    assert not Outgoing.objects.filter(kind__in=("warning_away", "warning_sorry")).exists()


def test_undo_before_it_goes(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, settings: object
) -> None:
    """Within the undo window; the post is free again."""
    settings.MEASURES_UNDO_SECONDS = 60  # type: ignore[attr-defined]
    campaign = posted(mastodon, posts=2)
    batch = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    approve_all(actor(aoi), batch)
    send_all()
    assert mastodon.replies == []
    assert take_out(actor(aoi), list(batch.warnings.values_list("pk", flat=True))) == 2
    outbox.run_due(now=timezone.now() + timedelta(hours=1))
    assert mastodon.replies == []
    assert draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk).warnings.count() == 2


def test_dropped_drafts_free_their_posts(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Nothing was approved, nothing stands in the way."""
    campaign = posted(mastodon, posts=2)
    assert drop(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk).pk) == 2
    assert draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk).warnings.count() == 2


def test_a_withdrawn_decision_cancels_drafts_and_tells_who_warned(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, jun: Person, sora: Person
) -> None:
    """What was posted on it is named to the unit, to be taken back."""
    campaign = posted(mastodon, posts=2)
    batch = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    first, second = batch.warnings.order_by("pk")
    drop(actor(aoi), batch.pk, ids=[second.pk])
    approve_all(actor(aoi), batch)
    send_all()
    later = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    review.withdraw(actor(aoi), standing_of(campaign.pk).pk)
    assert set(later.warnings.values_list("state", flat=True)) == {State.CANCELLED}
    first.refresh_from_db()
    assert first.state == State.SENT
    told = Notice.objects.filter(code="warning_take_back")
    assert {one.person for one in told} == {aoi, jun, sora}
    assert told[0].data["count"] == 1


def test_by_hand_a_person_copies_and_says_so(
    mastodon: Mastodon, unit: object, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, sora: Person
) -> None:
    """An account without a connection: nothing is reached, it waits to be copied, is marked as sent, and taken back the same way."""
    account = account_at(mastodon, unit, sora, service="copy", token="", is_live=False)  # type: ignore[arg-type]
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=1).pk, account.pk, wording.pk))
    send_all()
    row = Outgoing.objects.get()
    assert (row.channel, row.state, mastodon.asked) == ("copy", Outgoing.State.WAITING, [])
    mark_sent(actor(aoi), row.pk, remote_id="https://social.example/reply/1")
    assert WarningReply.objects.get().state == State.SENT
    withdraw(actor(aoi), WarningReply.objects.get().pk, reason="other", wording_id=apology.pk)
    for step in Outgoing.objects.filter(kind__in=("warning_away", "warning_sorry")):
        mark_sent(actor(aoi), step.pk)
    assert WarningReply.objects.get().state == State.WITHDRAWN


def test_what_was_posted_by_hand_is_not_looked_for_at_the_service(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """The service knows no such number and would say that it is gone; a person deletes it and says so."""
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=1).pk, on_mastodon.pk, wording.pk))
    mastodon.faults = [403]
    send_all()
    mark_sent(actor(aoi), Outgoing.objects.get().pk, remote_id="https://social.example/@keisatsu/1")
    withdraw(actor(aoi), WarningReply.objects.get().pk, reason="other", wording_id=apology.pk)
    send_all()
    assert set(Outgoing.objects.exclude(kind="warning").values_list("channel", "state")) == {("copy", "waiting")}
    assert WarningReply.objects.get().state == State.WITHDRAWING


def test_a_withdrawal_of_an_account_that_was_switched_off_asks_for_a_hand(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person,
    browse: Callable[..., object],
) -> None:  # fmt: skip
    """Nothing goes out by it any more, and the page says what is to be done."""
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=1).pk, on_mastodon.pk, wording.pk))
    send_all()
    with gate._door():
        Account.objects.update(is_live=False)
    warning = WarningReply.objects.get()
    withdraw(actor(aoi), warning.pk, reason="other", wording_id=apology.pk)
    send_all()
    assert len(mastodon.replies) == 1
    page = browse(aoi).get(f"/measures/warnings/{warning.pk}/").content.decode()  # type: ignore[attr-defined]
    assert "手作業で返信を削除する" in page
    assert "手作業でお詫びを投稿する" in page
    for step in Outgoing.objects.exclude(kind="warning"):
        mark_sent(actor(aoi), step.pk)
    warning.refresh_from_db()
    assert warning.state == State.WITHDRAWN
