"""What people type: a plan, and what its verbs ask for. A form has the fields of its purpose and no others: what else is posted is not read."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms

from andon.console.frame.moments import moment
from andon.console.frame.templatetags.desk import language
from andon.console.staff.models import Person, Unit
from andon.console.staff.ranks import at_least
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import STOP_GROUNDS, ErrorKind, Ground, Offence, Verb
from andon.console.undercover.authority.content import TEXTS
from andon.console.undercover.authority.ground_posts import ground_posts
from andon.console.undercover.authority.models import NOTE_LENGTH, TEXT_LENGTH
from andon.console.undercover.authority.offered import NEEDED_TEXT, OFFERS
from andon.console.undercover.authority.rules import rules
from andon.domain.times import JAPAN
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.console.casework.models import Case
    from andon.console.undercover.authority.models import Plan

_BETWEEN = re.compile(r"[\s,、，]+")


def first_moment(day: date) -> datetime:
    """The first moment of a day in Japan."""
    return datetime.combine(day, time.min, JAPAN)


def after_day(day: date) -> datetime:
    """The first moment after a day in Japan: its last day belongs to a period."""
    return first_moment(day + timedelta(days=1))


class Worded(forms.Form):
    """Labels and hints by the field's name (`authority.field.*`, `authority.hint.*`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"authority.field.{name}", language())
            hint = say(f"authority.hint.{name}", language())
            field.help_text = "" if hint.startswith("authority.hint.") else hint

    def choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        """Give a field its choices."""
        cast("forms.ChoiceField", self.fields[name]).choices = choices


def _area(rows: int, *, required: bool = False, longest: int = NOTE_LENGTH) -> forms.CharField:
    return forms.CharField(max_length=longest, required=required, widget=forms.Textarea(attrs={"rows": rows}))


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **more)


def _codes(kind: str, values: Any) -> list[tuple[Any, str]]:
    return [(value, say(f"authority.{kind}.{value}", language())) for value in values]


class PlanForm(Worded):
    """A plan as its applicant writes it. Nothing is required here: a draft may be half done, and submitting says what is missing."""

    unit = forms.TypedChoiceField(coerce=int)
    offences = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    linked_reason = _area(2)
    posts = forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple, required=False)
    necessity = _area(5, longest=TEXT_LENGTH)
    alternatives = _area(4, longest=TEXT_LENGTH)
    proportionality = _area(4, longest=TEXT_LENGTH)
    collateral = _area(3, longest=TEXT_LENGTH)
    confidential = _area(3, longest=TEXT_LENGTH)
    abort_point = _area(3, longest=TEXT_LENGTH)
    staffing = _area(2)
    coordinator = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    custodian = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    operators = forms.CharField(max_length=200, required=False)
    targets = _area(2)
    accounts = _area(2)
    starts_on = _day(required=False)
    ends_on = _day(required=False)
    documents_planned = forms.IntegerField(min_value=0, max_value=99, required=False)
    review_every_days = forms.IntegerField(min_value=1, max_value=99, required=False)

    def __init__(self, *args: Any, case: Case, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(case, plan), **kwargs)
        units = Unit.objects.filter(kind=Unit.Kind.POLICE).exclude(prefecture="").order_by("prefecture", "name")
        own = plan.unit_id if plan else case.unit_id
        self.choose("unit", [(one.pk, f"{one.name}（{one.prefecture}）") for one in units] or [(own, case.unit.name)])
        self.choose("offences", _codes("offence", Offence.values))
        self.choose("posts", ground_posts(case, plan.posts if plan else []))
        prefecture = plan.unit.prefecture if plan else case.unit.prefecture
        there = list(Person.objects.filter(unit__prefecture=prefecture, is_active=True).order_by("name")) if prefecture else []
        leads = [one for one in there if one.may(Right.CASE_WORK) and at_least(one.rank, rules().coordinator_rank)]
        self.choose("coordinator", [("", "—"), *((one.pk, f"{one.name}（{say(f'rank.{one.rank}', language())}）") for one in leads)])
        self.choose("custodian", [("", "—"), *((one.pk, one.name) for one in there if one.may(Right.IDENTITY_KEEP))])

    def content(self) -> dict[str, Any]:
        """For the verb. After `is_valid`."""
        given = self.cleaned_data
        lists = {name: [part for part in _BETWEEN.split(given[name]) if part] for name in ("operators", "targets", "accounts")}
        start, end = given["starts_on"], given["ends_on"]
        return {
            **{name: given[name] for name in (*TEXTS, "offences", "posts", "linked_reason", "staffing")}, **lists, "unit_id": given["unit"],
            "coordinator_id": given["coordinator"], "custodian_id": given["custodian"], "starts_at": first_moment(start) if start else None,
            "ends_at": after_day(end) if end else None, "documents_planned": given["documents_planned"] or 0,
            "review_every_days": given["review_every_days"] or 14,
        }  # fmt: skip


def _initial(case: Case, plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {"unit": case.unit_id, "review_every_days": 14}
    lists = {name: " ".join(getattr(plan, name)) for name in ("operators", "targets", "accounts")}
    days = {
        "starts_on": plan.starts_at.astimezone(JAPAN).date() if plan.starts_at else None,
        "ends_on": (plan.ends_at - timedelta(seconds=1)).astimezone(JAPAN).date() if plan.ends_at else None,
    }
    plain = (*TEXTS, "offences", "posts", "linked_reason", "staffing", "documents_planned", "review_every_days")
    people = {"coordinator": plan.coordinator_id, "custodian": plan.custodian_id, "unit": plan.unit_id}
    return {name: getattr(plan, name) for name in plain} | lists | days | people


class ActForm(Worded):
    """What one verb asks for."""

    ground = forms.ChoiceField()
    stop_ground = forms.ChoiceField()
    reference = forms.CharField(max_length=100)
    given_at = moment(exact=True)
    until = _day()
    results = _area(4, required=True, longest=TEXT_LENGTH)
    need = _area(4, required=True, longest=NOTE_LENGTH)
    offences = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    targets = _area(2)
    accounts = _area(2)
    operators = forms.CharField(max_length=200, required=False)
    documents = forms.IntegerField(min_value=0, max_value=99, required=False)
    why = _area(3, required=True, longest=TEXT_LENGTH)
    text = _area(3)
    involvement = _area(2)
    higher = forms.CharField(max_length=NOTE_LENGTH, required=False)

    def __init__(self, verb: Verb, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=verb.value, **kwargs)
        for name in set(self.fields) - set(OFFERS[verb].fields):
            del self.fields[name]
        grounds = [one for one in Ground.values if one != Ground.REVIEW_MISSED]
        lists = {"ground": grounds, "stop_ground": [one for one in Ground.values if one in STOP_GROUNDS]}
        for name, values in lists.items():
            if name in self.fields:
                self.choose(name, [("", say("authority.choose", language())), *_codes("ground", values)])
        if "offences" in self.fields:
            self.choose("offences", _codes("offence", [one for one in Offence.values if one not in plan.offences]))
        if "text" in self.fields:
            self.fields["text"].required = verb in NEEDED_TEXT
            special = say(f"authority.text.{verb.value}", language())
            self.fields["text"].label = self.fields["text"].label if special.startswith("authority.text.") else special

    def given(self) -> dict[str, Any]:
        """For `Offer.do`. After `is_valid`."""
        given = dict(self.cleaned_data)
        if "until" in given:
            given["until"] = after_day(given["until"])
        if "why" in given:
            lists = {name: [part for part in _BETWEEN.split(given[name]) if part] for name in ("targets", "accounts", "operators")}
            adds = lists | {"offences": given["offences"], "documents": given["documents"] or 0}
            given["adds"] = {name: value for name, value in adds.items() if value}
        return given


class ErrorForm(Worded):
    """What happened."""

    error_kind = forms.ChoiceField()
    happened_at = moment(exact=True)
    error_text = _area(3, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("error_kind", [("", say("authority.choose", language())), *_codes("error", ErrorKind.values)])


class AnswerForm(Worded):
    """Cause, effect, notification, remedy."""

    cause = _area(2, required=True)
    effect = _area(2, required=True)
    notified = _area(2, required=True)
    remedy = _area(2, required=True)


class UnrelatedForm(Worded):
    """Material that has nothing to do with it."""

    what = forms.CharField(max_length=200)
    unrelated_why = _area(2, required=True)
