"""What people type about cases. Every form names its fields: what else is sent along is read by nobody."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

from datetime import datetime, time
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from django import forms

from andon.console.casework.models import BY_HAND, GROUND_LENGTH, KEY_LENGTH, TITLE_LENGTH, Case, Membership
from andon.console.frame.templatetags.desk import language
from andon.console.holds.targets import TargetKind
from andon.console.holds.typed import target_of
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.domain.times import JAPAN
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.staff.models import Unit


class _Worded(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"casework.field.{name}", language())
            hint = say(f"casework.hint.{name}", language())
            field.help_text = "" if hint.startswith("casework.hint.") else hint

    def _choose(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)


def _text(*, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(max_length=GROUND_LENGTH, required=required, strip=True, widget=forms.Textarea(attrs={"rows": rows}))


def _worded(values: Iterable[str], words: str) -> list[tuple[str, str]]:
    return [(value, say(f"{words}.{value}", language())) for value in values]


class TitleForm(_Worded):
    """A title that tells nothing to who should not know."""

    title = forms.CharField(max_length=TITLE_LENGTH, strip=True, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class TakeUpForm(TitleForm):
    """A title and what sort of work it is."""

    kind = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("kind", _worded(Case.Kind.values, "case.kind"))


class OpenForm(TakeUpForm):
    """The same, and why."""

    ground = _text()


class WhyForm(_Worded):
    """A reason."""

    note = _text()


class ProposeForm(_Worded):
    """Why a campaign is proposed, and to whom."""

    ground = forms.ChoiceField()
    note = _text(required=False)
    unit = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, units: Iterable[Unit], own: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = say("casework.field.remark", language())
        self._choose("ground", _worded(Case.Ground.values, "case.ground"))
        found = sorted(units, key=lambda unit: unit.pk != own)
        self._choose("unit", [(str(unit.pk), unit.name) for unit in found])


class MemberForm(_Worded):
    """Who, as what, why, until when."""

    person = forms.TypedChoiceField(coerce=int)
    role = forms.ChoiceField()
    ground = _text(rows=2)
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, without: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = frozenset(without)
        everybody = Person.objects.filter(is_active=True).select_related("unit").order_by("unit__name", "name")
        fitting = [one for one in everybody if one.pk not in here and one.may(Right.CASE_READ) and not one.may(Right.INSPECT)]
        by_unit = groupby(fitting, key=lambda one: one.unit.name)
        self._choose("person", [("", "—"), *((unit, [(str(one.pk), one.name) for one in people]) for unit, people in by_unit)])
        self._choose("role", _worded(Membership.Role.values, "case.role"))
        self.initial = {"role": Membership.Role.MEMBER.value} | dict(self.initial)

    def given(self) -> dict[str, Any]:
        """For the verb. After `is_valid`."""
        until = self.cleaned_data["until"]
        return {"ground": self.cleaned_data["ground"], "until_at": datetime.combine(until, time(23, 59, 59), JAPAN) if until else None}


class LinkForm(_Worded):
    """What is to belong to the case: as the form of holds takes it, and measures as "removal:3"."""

    kind = forms.ChoiceField()
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}))
    ground = _text(rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("kind", _worded(BY_HAND, "case.link"))

    def clean(self) -> dict[str, Any]:
        """The key as it is stored."""
        given = self.cleaned_data
        if given.get("key") and given.get("kind") in TargetKind.values:
            try:
                given["key"] = target_of(given["kind"], given["key"]).key
            except Refused as error:
                self.add_error("key", say_error(error, language()))
        return given
