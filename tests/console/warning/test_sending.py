"""From a decision to replies on servers that speak the four networks' APIs: once, never twice, and not where something stands in the way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from servers import TOKEN
from warning_help import account_at, another_worker, approve_all, send_all

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.measures.common import outbox
from andon.console.measures.common.actions.outbox import resolve, try_again
from andon.console.measures.common.models import Limit, Outgoing
from andon.console.measures.common.outbox import running
from andon.console.measures.kinds.warning.actions.accounts import switch
from andon.console.measures.kinds.warning.actions.approving import approve
from andon.console.measures.kinds.warning.actions.drafting import draft
from andon.console.measures.kinds.warning.actions.wordings import retire
from andon.console.measures.kinds.warning.models import WarningReply
from andon.console.measures.kinds.warning.queries import plan
from andon.console.measures.visits.models import Watch
from andon.console.review.actions.withdraw import withdraw
from andon.console.review.queries.covering import standing_of
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from servers import Mastodon, Server

    from andon.console.gate import Actor
    from andon.console.intake.models import Campaign
    from andon.console.measures.kinds.warning.models import Account, Wording
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
State = WarningReply.State


def test_replies_stand_under_the_posts(
    server: Server, account: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Each post of the campaign gets one reply with the reviewed words, by the account, and is looked at again later."""
    campaign = posted(server, posts=2)
    batch = draft(actor(aoi), campaign.pk, account.pk, wording.pk)
    assert approve_all(actor(aoi), batch) == 2
    assert server.replies == []
    send_all()
    under = sorted(one.reply_to for one in server.replies)
    assert under == sorted(post.uri if type(server).__name__ == "Bluesky" else post.id for post in server.posts.values())
    for reply in server.replies:
        assert "試験県警察です。この投稿は" in reply.text
        assert "#9110" in reply.text
    for warning in batch.warnings.all():
        assert (warning.state, warning.approved_by) == (State.SENT, aoi)
        assert warning.remote_id.split(" ")[0] in {one.id for one in server.replies} | {one.uri for one in server.replies}
        assert Watch.objects.filter(post=warning.post_id).exists()
        assert list(warning.events.values_list("code", flat=True)) == ["approved", "sent"]


def test_nothing_is_sent_twice_when_the_line_breaks_after_posting(
    server: Server, account: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """The reply is found on the server where it is, or a person is asked; it is not posted again."""
    campaign = posted(server, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, account.pk, wording.pk))
    server.faults = ["drop_after"]
    send_all()
    assert len(server.replies) == 1
    warning = WarningReply.objects.get()
    assert warning.state == State.SENT


def test_what_was_surely_not_posted_is_tried_again(
    server: Server, account: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """The line breaks before: three networks can say that nothing is there, and it goes the next time; X cannot, and a person is asked."""
    campaign = posted(server, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, account.pk, wording.pk))
    server.faults = ["drop_before"]
    send_all()
    assert server.replies == []
    if type(server).__name__ == "X":
        assert WarningReply.objects.get().state == State.UNSURE
        return
    assert WarningReply.objects.get().state == State.APPROVED
    outbox.run_due(now=timezone.now() + timedelta(minutes=2))
    assert len(server.replies) == 1
    assert WarningReply.objects.get().state == State.SENT


@pytest.mark.parametrize(("status", "state"), [(500, "waits"), (429, State.APPROVED), (403, State.FAILED)])
def test_refusals_of_the_service(
    status: int, state: str, server: Server, account: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """A failure may have posted and is asked back; too many is tried later; forbidden is the end, and the post is free for another warning."""
    campaign = posted(server, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, account.pk, wording.pk))
    server.faults = [status]
    send_all()
    expected = (State.UNSURE if type(server).__name__ == "X" else State.APPROVED) if state == "waits" else state
    assert (WarningReply.objects.get().state, server.replies) == (expected, [])
    if state == State.FAILED:
        assert WarningReply.objects.get().problem == "warning_forbidden"
        assert draft(actor(aoi), campaign.pk, account.pk, wording.pk).warnings.count() == 1


def test_a_worker_killed_while_posting_neither_doubles_nor_forgets(
    server: Server, account: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, monkeypatch: Any
) -> None:
    """Killed after the reply was posted and before it was written down: the next worker finds it at the service."""
    campaign = posted(server, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, account.pk, wording.pk))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(running, "_sent", die)
        with pytest.raises(KeyboardInterrupt):
            outbox.run_due()
    assert (len(server.replies), Outgoing.objects.get().state) == (1, Outgoing.State.SENDING)
    another_worker(monkeypatch)
    send_all()
    assert (len(server.replies), WarningReply.objects.get().state) == (1, State.SENT)


def test_a_post_that_is_gone_gets_no_reply(
    server: Server, account: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """It was there at the approval and is not any more."""
    campaign = posted(server, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, account.pk, wording.pk))
    for post in server.posts.values():
        server.take_down(post)
    send_all()
    warning = WarningReply.objects.get()
    assert (server.replies, warning.state) == ([], State.FAILED)
    assert warning.problem in ("warning_target_gone", "warning_rejected")


def test_w3_one_reply_for_each_post_over_all_units(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, sora: Person,
    person: Callable[..., Person],
) -> None:  # fmt: skip
    """Another unit with another account finds nothing left to warn, before the reply went and afterwards; the database refuses a second row."""
    with gate._door():
        other_unit = type(aoi.unit).objects.create(name="別の県警", kind="police")
    rin = person("rin", *aoi.roles, unit=other_unit)
    theirs = account_at(mastodon, other_unit, sora, handle="other")
    campaign = posted(mastodon, posts=1)
    batch = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    with pytest.raises(Conflict):
        draft(actor(rin), campaign.pk, theirs.pk, wording.pk)
    approve_all(actor(aoi), batch)
    send_all()
    with pytest.raises(Conflict):
        draft(actor(rin), campaign.pk, theirs.pk, wording.pk)
    first = WarningReply.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic(), gate._door():
        WarningReply.objects.create(batch=batch, post=first.post, account=theirs, target_key=first.target_key, target=first.target, text="x", reading="x")


def test_w3_the_same_post_by_two_files_is_one(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Two stored posts with one address get one reply."""
    campaign = posted(mastodon, posts=2)
    first, second = campaign.members.order_by("pk")
    with gate._door():
        type(first).objects.filter(pk=second.pk).update(url=first.url + "#copy")
    batch = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    assert batch.warnings.count() == 1


def test_w1_a_named_person_with_the_right_approves(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person,
    person: Callable[..., Person],
) -> None:  # fmt: skip
    """An investigator reads measures and may not send; the refusal stands in the trail, and nothing goes."""
    ren = person("ren", "investigator")
    batch = draft(actor(aoi), posted(mastodon, posts=1).pk, on_mastodon.pk, wording.pk)
    with pytest.raises(Refused):
        approve_all(actor(ren), batch)
    assert Entry.objects.filter(event="gate.refused", subject="warning.approved").exists()
    send_all()
    assert mastodon.replies == []


def test_w1_nothing_goes_unread(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Without a tick nothing is approved, and a tick covers only posts that say the same."""
    campaign = posted(mastodon, posts=2)
    with gate._door():
        odd = campaign.members.order_by("pk").last()
        type(odd).objects.filter(pk=odd.pk).update(text="まったく別の文面です 高収入 DMください")
    batch = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    readings = list(batch.warnings.values_list("reading", flat=True).distinct())
    assert len(readings) == 2
    with pytest.raises(Refused):
        approve(actor(aoi), batch.pk, set())
    assert approve(actor(aoi), batch.pk, {batch.warnings.exclude(post=odd).get().reading}) == 1
    send_all()
    assert len(mastodon.replies) == 1


@pytest.mark.parametrize("what", ["decision", "wording", "badge", "audience"])
def test_what_was_good_at_the_approval_is_looked_at_again(
    what: str, mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person,
    sora: Person,
) -> None:  # fmt: skip
    """A withdrawn decision, a retired wording, a badge that is gone, a post whose words turn out a help-seeker's: what waits does not go."""
    campaign = posted(mastodon, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk))
    if what == "decision":
        withdraw(actor(aoi), standing_of(campaign.pk).pk)
    elif what == "wording":
        retire(actor(sora), wording.pk)
    else:
        with gate._door():
            if what == "badge":
                type(on_mastodon).objects.update(badge="none")
            else:
                campaign.members.update(text="闇バイトに応募してしまった。助けてください")
    send_all()
    warning = WarningReply.objects.get()
    assert (mastodon.replies, warning.state) == ([], State.CANCELLED)
    assert warning.problem == {"decision": "decision_withdrawn", "badge": "warning_badge_none"}.get(what, f"warning_{what}")


def test_only_decided_campaigns_are_warned(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """No decision, no draft."""
    with pytest.raises(Refused, match="warning_not_decided"):
        draft(actor(aoi), posted(mastodon, decided=False).pk, on_mastodon.pk, wording.pk)


def test_dry_run_is_the_default(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, sora: Person
) -> None:
    """An account that nobody switched to live: everything is made, nothing is posted, and the post stays free."""
    switch(actor(sora), on_mastodon.pk, is_live=False)
    campaign = posted(mastodon, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk))
    send_all()
    assert (WarningReply.objects.get().state, mastodon.replies) == (State.DRY, [])
    assert not [one for one in mastodon.asked if one.method == "POST"]
    switch(actor(sora), on_mastodon.pk, is_live=True)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk))
    send_all()
    assert len(mastodon.replies) == 1


def test_w8_a_day_has_a_limit(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """The third of two a day waits for a person, and the breaker stays open."""
    with gate._door():
        Limit.objects.create(name=f"warning:{on_mastodon.pk}", per_day=2, per_minute=60)
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=3).pk, on_mastodon.pk, wording.pk))
    send_all()
    assert len(mastodon.replies) == 2
    outbox.run_due(now=timezone.now() + timedelta(days=1))
    assert len(mastodon.replies) == 2
    assert Limit.objects.get(name=f"warning:{on_mastodon.pk}").tripped_at is not None


def test_w8_a_minute_has_a_limit(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Six a minute unless told otherwise; the others go in the next."""
    now = timezone.now().replace(second=1)
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=8).pk, on_mastodon.pk, wording.pk))
    outbox.run_due(now=now + timedelta(minutes=1))
    assert len(mastodon.replies) == 6
    outbox.run_due(now=now + timedelta(minutes=2))
    assert len(mastodon.replies) == 8


def test_keys_are_sealed_and_never_shown(on_mastodon: Account, mastodon: Mastodon, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person) -> None:
    """Neither the database, nor what goes out, nor the trail holds a key in the clear."""
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=1).pk, on_mastodon.pk, wording.pk))
    send_all()
    assert TOKEN not in on_mastodon.token
    assert TOKEN not in str(list(Outgoing.objects.values()))
    assert TOKEN not in str(list(Entry.objects.values()))


def test_two_units_that_draft_at_the_same_moment(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, monkeypatch: Any
) -> None:
    """Both saw the posts free; the database lets one have them."""
    campaign = posted(mastodon, posts=2)
    draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    monkeypatch.setattr(plan, "warned", lambda _: set())
    with pytest.raises(Conflict, match="warning_taken"):
        draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    assert WarningReply.objects.count() == 2


def test_a_rehearsed_warning_cannot_be_sent_beside_another(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, sora: Person
) -> None:
    """Rehearsed, then warned by a second draft: trying the first again is refused."""
    switch(actor(sora), on_mastodon.pk, is_live=False)
    campaign = posted(mastodon, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk))
    send_all()
    switch(actor(sora), on_mastodon.pk, is_live=True)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk))
    send_all()
    with pytest.raises(Conflict):
        try_again(actor(aoi), Outgoing.objects.get(state=Outgoing.State.DRY).pk)
    send_all()
    assert len(mastodon.replies) == 1


def test_a_worker_killed_before_it_posted_forgets_nothing(
    server: Server, account: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, monkeypatch: Any
) -> None:
    """Taken and not yet asked for: the next worker looks at the service and posts; where X cannot tell, a person says, and then it goes."""
    campaign = posted(server, posts=1)
    approve_all(actor(aoi), draft(actor(aoi), campaign.pk, account.pk, wording.pk))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(running, "_send", die)
        with pytest.raises(KeyboardInterrupt):
            outbox.run_due()
    assert (server.replies, Outgoing.objects.get().state) == ([], Outgoing.State.SENDING)
    another_worker(monkeypatch)
    outbox.run_due()
    if type(server).__name__ == "X":
        assert WarningReply.objects.get().state == State.UNSURE
        resolve(actor(aoi), Outgoing.objects.get().pk, was_sent=False)
    outbox.run_due(now=timezone.now() + timedelta(minutes=2))
    assert (len(server.replies), WarningReply.objects.get().state) == (1, State.SENT)
