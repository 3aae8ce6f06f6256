"""Forms of the register. A form has the fields of its purpose and no others: what else is posted is not read."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from andon.console.casework.models import Membership
from andon.console.casework.queries.takers import fitting
from andon.console.frame.moments import moment
from andon.console.frame.templatetags.desk import jst, language
from andon.console.undercover.authority.models import NOTE_LENGTH, Asked
from andon.console.undercover.identities import hooks
from andon.console.undercover.identities.actions.identify import Invented
from andon.console.undercover.identities.actions.keeping import Paper
from andon.console.undercover.identities.actions.show import Shown
from andon.console.undercover.identities.codes import Face, Form, Kind, State
from andon.console.undercover.identities.models import ADDRESS_LENGTH, NAME_LENGTH, SERIAL_LENGTH, Officer, Place
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan

_EXCERPT = 30
_SHOWN = (State.STORED, State.OUT, State.RETURNED, State.LOST, State.DESTROYED)


class Worded(forms.Form):
    """Labels and hints by the field's name (`identities.field.*`, `identities.hint.*`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"identities.field.{name}", language())
            hint = say(f"identities.hint.{name}", language())
            field.help_text = "" if hint.startswith("identities.hint.") else hint
            field.widget.attrs.setdefault("autocomplete", "off")

    def choose(self, name: str, choices: Iterable[tuple[Any, str]], *, optional: bool = False) -> None:
        """Give a field its choices, behind one that chooses nothing."""
        first = say("identities.unlinked" if optional else "identities.choose", language())
        cast("forms.ChoiceField", self.fields[name]).choices = [("", first), *choices]


def _named(kind: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, say(f"identities.{kind}.{value}", language())) for value in values]


def _note(*, required: bool = True) -> forms.CharField:
    return forms.CharField(max_length=NOTE_LENGTH, required=required, widget=forms.Textarea(attrs={"rows": 2}))


def _line(longest: int = NAME_LENGTH, *, required: bool = True) -> forms.CharField:
    return forms.CharField(max_length=longest, required=required)


class IdentityForm(Worded):
    """An invented person."""

    identity_name = _line()
    reading = _line(required=False)
    born_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    address = _line(ADDRESS_LENGTH)
    officer = forms.ChoiceField()
    face = forms.ChoiceField()
    face_note = _line(NOTE_LENGTH, required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("officer", [(code, code) for code in plan.operators])
        self.choose("face", _named("face", Face.values))

    def invented(self) -> Invented:
        """For the verb. After `is_valid`."""
        given = dict(self.cleaned_data)
        return Invented(name=given.pop("identity_name"), **given)


class ReceiveForm(Worded):
    """A document that came. The image is read by the browser only: this form has no field for a file."""

    kind = forms.ChoiceField()
    serial = _line(SERIAL_LENGTH)
    image_sha256 = forms.CharField(max_length=64, widget=forms.TextInput(attrs={"class": "mono", "pattern": "[0-9a-f]{64}", "spellcheck": "false"}))
    issued_by = _line()
    brought_by = _line()
    note = _note(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", _named("kind", Kind.values))

    def paper(self) -> Paper:
        """For the verb. After `is_valid`."""
        return Paper(**self.cleaned_data)


class StoreForm(Worded):
    """A place of the custodian's unit."""

    place = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("place", [(one.pk, one.name) for one in Place.objects.filter(unit=person.unit_id).order_by("name")])


class HandOutForm(Worded):
    """For whom, until when, why."""

    officer = forms.ChoiceField()
    due_at = moment()
    note = _note()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("officer", [(code, code) for code in plan.operators])


class NoteForm(Worded):
    """Why, or how."""

    note = _note()


class LoseForm(Worded):
    """A loss."""

    noticed_by = _line()
    note = _note()


class FindForm(Worded):
    """A find."""

    found_by = _line()
    note = _note()


class PlaceForm(Worded):
    """A place to keep documents."""

    place_name = _line()
    is_locked = forms.BooleanField(required=False)
    is_apart = forms.BooleanField(required=False)


class ShowForm(Worded):
    """A showing: which document, how, by which contact, at whose request."""

    shown_document = forms.TypedChoiceField(coerce=int)
    form = forms.ChoiceField()
    request = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    entry = forms.TypedChoiceField(coerce=int)
    note = _note(required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = plan.documents.filter(state__in=_SHOWN).order_by("number")
        self.choose("shown_document", [(one.pk, f"{one.number} {say(f'identities.kind.{one.kind}', language())}") for one in documents])
        self.choose("form", _named("form", Form.values))
        listed = hooks.entries(plan.pk)
        self.choose("request", [(one["pk"], _said(one)) for one in listed if one["direction"] == "in"], optional=True)
        self.choose("entry", [(one["pk"], _said(one)) for one in listed if one["direction"] != "in"])

    def shown(self) -> Shown:
        """For the verb. After `is_valid`."""
        given = self.cleaned_data
        return Shown(given["shown_document"], given["form"], given["entry"], given["request"], given["note"])


def _said(entry: dict[str, Any]) -> str:
    """An entry of the log in a few words."""
    words = " ".join((entry["words"] or entry["exhibit"]).split())
    return f"{entry['number']} · {jst(entry['happened_at'], '%m-%d %H:%M')} · {words[:_EXCERPT]}{'…' if len(words) > _EXCERPT else ''}"


class SealForm(Worded):
    """Who an officer is. Everybody who could be is listed, also who is sealed already: a list that grew shorter would say who."""

    code = forms.ChoiceField()
    person = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = plan.amendments.filter(answer=Asked.Answer.WAITING).values_list("adds", flat=True)
        named = {*plan.operators, *(one for adds in asked for one in adds.get("operators", []))}
        sealed = set(Officer.objects.filter(plan=plan).values_list("code", flat=True))
        self.is_needed = bool(named - sealed)
        self.choose("code", [(code, code) for code in sorted(named - sealed)])
        others = (plan.applicant_id, plan.coordinator_id, plan.custodian_id, plan.approver_id)
        people = [one for one in fitting(Membership.Role.OPERATOR) if one.pk not in others]
        self.choose("person", [(one.pk, f"{one.name}（{one.unit.name}）") for one in people])


class OpenForm(Worded):
    """Why a seal is opened."""

    reason = _note()
