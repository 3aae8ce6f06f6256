"""Showings: on request, to somebody of the plan, as data. Anything else is kept as the error that it is."""

from __future__ import annotations

from typing import Any

import pytest
from authority_help import DAY, NOW, make_world
from django.db import DatabaseError, IntegrityError, transaction
from identity_help import AT, HOUR, Register

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.authority.models import ErrorRecord
from andon.console.undercover.contactlog.actions.stage import reach
from andon.console.undercover.contactlog.codes import CHECKLIST
from andon.console.undercover.identities.actions.show import Shown, show
from andon.console.undercover.identities.codes import Form
from andon.console.undercover.identities.models import Showing
from andon.domain.errors import Conflict, Refused

pytestmark = pytest.mark.django_db
SHOW = "andon.console.undercover.identities.actions.show"
MODELS = "andon.console.undercover.identities.models"
LATER = AT + 2 * HOUR


def reason(error: pytest.ExceptionInfo[Any]) -> str:
    """Its code."""
    return str(error.value.data["reason"])


def kinds() -> list[str]:
    """What stands in the errors register."""
    return sorted(ErrorRecord.objects.values_list("kind", flat=True))


@pytest.mark.rule("D3", where=SHOW)
def test_a_showing_is_tied_to_its_request(register: Register) -> None:
    """To whom and when is what the log says; nothing stands in the errors register."""
    document, request, entry = register.out(), register.asked(), register.contact("out", LATER)
    shown = register.shown(document, entry, request)
    assert (shown.recipient, shown.happened_at, shown.entry, shown.request, shown.wrongs) == ("telegram:boss", LATER, entry.pk, request.pk, [])
    assert shown.is_permitted
    assert kinds() == []
    facts = Entry.objects.filter(event="identities.shown").latest("number").facts
    assert (facts["document"], facts["entry"], facts["request"], facts["wrongs"]) == (document.pk, entry.pk, request.pk, [])
    assert hooks.results(register.plan)["showings"] == 1
    with pytest.raises(Conflict):
        register.shown(document, entry, request)


@pytest.mark.rule("U11", where=SHOW)
@pytest.mark.rule("O6", where=SHOW)
def test_without_a_request_it_is_an_error(register: Register) -> None:
    """Kept, never as permitted."""
    shown = register.shown(register.out(), register.contact("out", LATER), None)
    assert (shown.wrongs, shown.is_permitted, kinds()) == (["no_request"], False, ["showing_without_request"])


@pytest.mark.rule("U11", where=SHOW)
def test_the_log_and_the_register_note_it_once(register: Register) -> None:
    """The stage "identity shown" without a demand has said it already."""
    document, entry = register.out(), register.contact("out", LATER)
    reach(register.world.at("toru"), register.plan.pk, "attempt", entry.pk, dict.fromkeys(CHECKLIST, False), now=LATER + HOUR)
    reach(register.world.at("toru"), register.plan.pk, "id_shown", entry.pk, dict.fromkeys(CHECKLIST, False), now=LATER + HOUR)
    register.shown(document, entry, None)
    assert kinds() == ["showing_without_request"]


@pytest.mark.rule("U11", where=SHOW)
def test_nothing_else_passes_as_a_request(register: Register) -> None:
    """Not a message that asks for nothing, not one of ours, not a later one, not one of another plan, not a number that is none."""
    document = register.out()
    entry = register.contact("out", LATER)
    other = make_world("大阪府")
    elsewhere = Register(other, other.plan_in(PlanState.ACTIVE))
    wrong = [
        register.contact("in", AT + HOUR, words="よろしく").pk, register.contact("out", AT + HOUR).pk, register.asked(LATER + HOUR).pk,
        elsewhere.asked().pk, 999_999,
    ]  # fmt: skip
    for request in wrong:
        with pytest.raises(Refused) as refused:
            show(register.world.at("toru"), register.plan.pk, Shown(document.pk, "data", entry.pk, request), now=LATER + 2 * HOUR)
        assert reason(refused) == "showing_request"
    for contact in (register.asked().pk, elsewhere.contact("out", LATER).pk, 999_999):
        with pytest.raises(Refused) as refused:
            show(register.world.at("toru"), register.plan.pk, Shown(document.pk, "data", contact), now=LATER + 2 * HOUR)
        assert reason(refused) == "showing_entry"
    assert not Showing.objects.exists()


@pytest.mark.rule("D1", where=SHOW)
def test_no_document_of_another_plan(register: Register) -> None:
    """Its number is answered as one that is not there."""
    other = make_world("大阪府")
    elsewhere = Register(other, other.plan_in(PlanState.ACTIVE))
    elsewhere.make_officer()
    elsewhere.make_place()
    theirs = elsewhere.stored()
    entry = register.contact("out", LATER)
    for document in (theirs.pk, 999_999):
        with pytest.raises(Conflict) as conflict:
            show(register.world.at("toru"), register.plan.pk, Shown(document, "data", entry.pk), now=LATER + HOUR)
        assert reason(conflict) == "document_unknown"
    with pytest.raises(Conflict) as conflict:
        show(register.world.at("toru"), elsewhere.plan.pk, Shown(theirs.pk, "data", entry.pk), now=LATER + HOUR)
    assert reason(conflict) == "plan_unknown"


@pytest.mark.rule("U9", where=SHOW)
@pytest.mark.rule("D3", where=SHOW)
def test_somebody_outside_the_plan_is_an_error(register: Register) -> None:
    """Whom the plan does not name: shown to another."""
    shown = register.shown(register.out(), register.contact("out", LATER, other="@passer_by"), register.asked())
    assert (shown.recipient, shown.wrongs) == ("telegram:passer_by", ["other_person"])
    assert "shown_to_other" in kinds()


@pytest.mark.rule("U10", where=SHOW)
@pytest.mark.rule("D3", where=MODELS)
@pytest.mark.parametrize("form", ["sight", "original"])
def test_an_original_is_an_incident(register: Register, form: str) -> None:
    """Shown or handed over, also where it was asked for; and the database takes no row that calls it permitted."""
    document, request, entry = (
        register.out(),
        register.asked(),
        register.contact("met", LATER, channel="in_person", own="telegram:taro", other="telegram:boss", words="駅前で会った"),
    )
    shown = register.shown(document, entry, request, form=form)
    assert (shown.wrongs, shown.is_permitted, kinds()) == (["original"], False, ["original_handed_over"])
    assert ErrorRecord.objects.get().facts["form"] == form
    with pytest.raises(IntegrityError), gate._door(), transaction.atomic():
        Showing.objects.create(
            plan=register.plan, document=document, form=form, entry=entry.pk + 1, recipient="x", happened_at=LATER, wrongs=[], at=LATER,
            by=register.world.people["toru"],
        )  # fmt: skip
    with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
        Showing.objects.filter(pk=shown.pk).update(wrongs=[], form="data")


def test_no_form_says_that_it_was_given_away() -> None:
    """Of the forms, one is permitted; the others are incidents (U10)."""
    assert set(Form.values) == {"data", "sight", "original"}


@pytest.mark.rule("D2", where=SHOW)
def test_what_was_not_handed_out_was_not_to_be_shown(register: Register) -> None:
    """Neither before it went out nor after it came back."""
    document = register.stored()
    request, entry = register.asked(), register.contact("out", LATER)
    assert register.shown(document, entry, request).wrongs == ["not_out"]
    assert kinds() == ["other"]
    assert ErrorRecord.objects.get().facts["wrong"] == "not_out"


@pytest.mark.rule("A9", where=SHOW)
def test_a_contact_without_authority_shows_nothing_permitted(register: Register) -> None:
    """The log has noted the contact; the showing says that it was outside."""
    document = register.out()
    assert register.plan.ends_at is not None
    after = register.plan.ends_at + HOUR
    entry = register.contact("out", after)
    given = Shown(document.pk, "data", entry.pk, register.asked().pk)
    shown = show(register.world.at("toru"), register.plan.pk, given, now=after + HOUR)
    assert shown.wrongs == ["outside"]
    assert kinds().count("contact_without_authority") == 1


def test_only_who_works_on_the_case(register: Register) -> None:
    """Not the custodian, not the approver, not the officer under his own name."""
    document, entry = register.out(), register.contact("out", LATER)
    for who in ("rin", "mio", "officer", "kei"):
        with pytest.raises((Refused, Conflict)):
            register.shown(document, entry, None, who=who)
    assert not Showing.objects.exists()
    assert NOW + DAY > AT
