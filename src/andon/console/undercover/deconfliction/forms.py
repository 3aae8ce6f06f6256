"""Forms of deconfliction."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone

from andon.console.frame.moments import moment
from andon.console.frame.templatetags.desk import language
from andon.console.people.prefectures import PREFECTURES
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.deconfliction import keyed
from andon.console.undercover.deconfliction.actions.meet import Where
from andon.console.undercover.deconfliction.codes import Kind, Service
from andon.console.undercover.deconfliction.models import AREA_LENGTH
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.deconfliction.keyed import Value

_HANDLE_LENGTH, _NAME_LENGTH = 200, 60


class Worded(forms.Form):
    """Labels and hints by the field's name (`deconfliction.field.*`, `deconfliction.hint.*`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"deconfliction.field.{name}", language())
            hint = say(f"deconfliction.hint.{name}", language())
            field.help_text = "" if hint.startswith("deconfliction.hint.") else hint
            if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("autocomplete", "off")

    def choose(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Give a field its choices."""
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)


def _area(rows: int) -> forms.CharField:
    return forms.CharField(max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": rows}))


def prefectures(*more: str) -> list[tuple[str, str]]:
    """To choose from, with nothing chosen first."""
    return [("", say("deconfliction.choose", language())), *((one, one) for one in dict.fromkeys([*filter(None, more), *PREFECTURES]))]


class CheckForm(Worded):
    """Up to three values and the ground. One field holds one value."""

    ground = _area(2)
    service = forms.ChoiceField(required=False)
    handle = forms.CharField(max_length=_HANDLE_LENGTH, required=False)
    phone = forms.CharField(max_length=40, required=False)
    account_service = forms.ChoiceField(required=False)
    account = forms.CharField(max_length=_HANDLE_LENGTH, required=False)
    prefecture = forms.ChoiceField(required=False)
    municipality = forms.CharField(max_length=AREA_LENGTH, required=False)
    starts_at = moment(required=False)
    ends_at = moment(required=False)

    def __init__(self, *args: Any, prefecture: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("service", "account_service"):
            self.choose(name, [(one, say(f"deconfliction.service.{one}", language())) for one in Service.values])
        self.choose("prefecture", prefectures(prefecture))
        self.fields["ground"].widget.attrs |= {"data-key": "n", "data-key-label": say("deconfliction.check", language())}

    def values(self) -> list[Value]:
        """For the verb, after `is_valid`. Raises Refused for what is no value."""
        given, found = self.cleaned_data, []
        if given["handle"]:
            found.append(keyed.handle(given["handle"], given["service"] or Service.OTHER))
        if given["phone"]:
            found.append(keyed.phone(given["phone"]))
        if given["account"]:
            found.append(keyed.handle(given["account"], given["account_service"] or Service.OTHER, Kind.ACCOUNT))
        if given["municipality"] and given["starts_at"] and given["ends_at"]:
            found.append(keyed.place(given["prefecture"], given["municipality"], given["starts_at"], given["ends_at"]))
        return found


class TalkedForm(Worded):
    """A talk with the other side."""

    talked_to = forms.CharField(max_length=_NAME_LENGTH)
    goes_on = forms.ChoiceField(widget=forms.RadioSelect)
    text = _area(2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("goes_on", [(one, say(f"deconfliction.goes_on.{one}", language())) for one in ("yes", "no")])


class WordsForm(Worded):
    """Something in one's own words."""

    text = _area(2)


class MeetingForm(Worded):
    """When, where and who."""

    starts_at = moment()
    ends_at = moment()
    prefecture = forms.ChoiceField()
    municipality = forms.CharField(max_length=AREA_LENGTH)
    place = forms.CharField(max_length=NOTE_LENGTH, required=False)
    officers = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        start = timezone.localtime(timezone.now()).replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
        first = {"starts_at": start, "ends_at": start + timedelta(hours=2), "prefecture": plan.prefecture, "officers": plan.operators[:1]}
        super().__init__(*args, initial=first, **kwargs)
        self.choose("prefecture", prefectures(plan.prefecture))
        self.choose("officers", [(one, one) for one in plan.operators])

    def where(self) -> Where:
        """For the verb. After `is_valid`."""
        given = self.cleaned_data
        return Where(given["prefecture"], given["municipality"], given["place"], given["starts_at"], given["ends_at"], tuple(given["officers"]))
