"""Keep that a document was shown. What happened is written down as what it was: only data, on request, to somebody of the plan is permitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import ErrorKind
from andon.console.undercover.authority.errors import About, record_error
from andon.console.undercover.authority.models import NOTE_LENGTH, ErrorRecord
from andon.console.undercover.identities import hooks
from andon.console.undercover.identities.actions.common import taken
from andon.console.undercover.identities.codes import Form, Moved, Wrong
from andon.console.undercover.identities.models import Document, Showing
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

_IN, _OUT, _MET = "in", "out", "met"  # as the log has it


@dataclass(frozen=True, slots=True)
class Shown:
    """A showing, as somebody tells it. To whom and when is what the log says of the contact."""

    document: int
    form: str
    entry: int
    request: int | None = None  # none: nobody had asked, and that is an error
    note: str = ""


@verb("identities.shown", Right.CONTACT_LOG)
def show(actor: Actor, plan_id: int, given: Shown, *, now: datetime | None = None) -> Done[Showing]:
    """Tie a showing to the contact and to the message that asked for it.

    Raises Refused for contacts that are none, of another plan, or of the wrong direction (U11: a request is a message that came in before and
    asks for papers), Conflict for a document of another plan. What was not permitted stands in the errors register.
    """
    now = now or timezone.now()
    plan = taken(actor, plan_id, now=now)
    document = Document.objects.filter(pk=given.document, plan=plan).first()
    if document is None:
        raise Conflict(reason="document_unknown", name=f"plan:{plan_id}")
    if given.form not in Form.values:
        raise Refused(reason="showing_whole", name=f"plan:{plan_id}")
    entry = _entry(plan, given)
    _request(plan, given, entry)
    if Showing.objects.filter(document=document, entry=given.entry).exists():
        raise Conflict(reason="showing_there", name=f"plan:{plan_id}")
    wrongs = _wrongs(document, given, entry)
    made = Showing.objects.create(
        plan=plan, document=document, form=given.form, entry=given.entry, request=given.request, recipient=entry["other"],
        happened_at=entry["happened_at"], wrongs=wrongs, note=given.note.strip()[:NOTE_LENGTH], by=actor.person, at=now,
    )  # fmt: skip
    errors = _errors(actor, made, now)
    facts = {"showing": made.pk, "document": document.pk, "entry": given.entry, "request": given.request, "form": given.form}
    return Done(made, f"plan:{plan_id}", {**facts, "wrongs": wrongs, "errors": errors})


def _entry(plan: Plan, given: Shown) -> dict[str, Any]:
    """The contact in which it was shown: data goes out; an original can be shown where people meet."""
    found = hooks.entry(given.entry)
    directions = (_OUT,) if given.form == Form.DATA else (_OUT, _MET)
    if found is None or found["plan_id"] != plan.pk or found["direction"] not in directions:
        raise Refused(reason="showing_entry", name=f"plan:{plan.pk}")
    return found


def _request(plan: Plan, given: Shown, entry: dict[str, Any]) -> None:
    if given.request is None:
        return
    found = hooks.entry(given.request)
    if found is None or found["plan_id"] != plan.pk or found["direction"] != _IN or not found["asks_id"]:
        raise Refused(reason="showing_request", name=f"plan:{plan.pk}")
    if found["happened_at"] > entry["happened_at"]:
        raise Refused(reason="showing_request", name=f"plan:{plan.pk}")


def _wrongs(document: Document, given: Shown, entry: dict[str, Any]) -> list[str]:
    found = {
        Wrong.ORIGINAL.value: given.form != Form.DATA,
        Wrong.NO_REQUEST.value: given.request is None,
        Wrong.OTHER_PERSON.value: "other" in entry["beyond"] or not entry["other"],
        Wrong.NOT_OUT.value: not _was_out(document, entry["happened_at"]),
        Wrong.OUTSIDE.value: bool(entry["outside"]),
    }
    return [wrong for wrong, is_so in found.items() if is_so]


def _was_out(document: Document, at: datetime) -> bool:
    """Whether the officer had it then, by its chain."""
    last = document.movements.filter(at__lte=at).order_by("-number").first()
    return last is not None and last.what == Moved.HANDED_OUT


_KINDS = {
    Wrong.ORIGINAL.value: ErrorKind.ORIGINAL_HANDED_OVER, Wrong.NO_REQUEST.value: ErrorKind.SHOWING_WITHOUT_REQUEST,
    Wrong.OTHER_PERSON.value: ErrorKind.SHOWN_TO_OTHER, Wrong.NOT_OUT.value: ErrorKind.OTHER,
}  # fmt: skip


def _errors(actor: Actor, showing: Showing, now: datetime) -> list[int]:
    """One error for each wrong; a missing request that the log has noted already is not noted twice, a contact without authority never here."""
    about = About(showing.plan.case_id, showing.plan_id, showing.happened_at, now, actor.person, showing.note)
    made = []
    for wrong in showing.wrongs:
        kind = _KINDS.get(wrong)
        if kind is None or (wrong == Wrong.NO_REQUEST and _noted(showing, kind)):
            continue
        facts = {"showing": showing.pk, "entry": showing.entry, "form": showing.form, "wrong": wrong}
        made.append(record_error(kind, f"showing:{showing.pk}", about, facts).pk)
    return made


def _noted(showing: Showing, kind: str) -> bool:
    return ErrorRecord.objects.filter(plan=showing.plan_id, kind=kind, happened_at=showing.happened_at).exists()
