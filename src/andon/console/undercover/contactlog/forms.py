"""Forms of the contact log."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone

from andon.console.frame.moments import moment
from andon.console.frame.templatetags.desk import language
from andon.console.undercover.authority.codes import STOP_GROUNDS, Ground
from andon.console.undercover.authority.models import NOTE_LENGTH, TEXT_LENGTH
from andon.console.undercover.contactlog.actions.conclude import MOST_PEOPLE, OFFENCES, Ended
from andon.console.undercover.contactlog.actions.log import Said
from andon.console.undercover.contactlog.codes import CHECKLIST, Channel, Direction, Form, Judgement, Result, Stage, Tag, Warned
from andon.console.undercover.contactlog.models import HANDLE_LENGTH, Correction, LogEntry
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.undercover.authority.models import Plan

_ROWS_OF_ARRESTS = 3
_RECENT, _EXCERPT = 25, 40
_DIRECTIONS = (Direction.IN.value, Direction.OUT.value, Direction.MET.value)  # what comes in first: it is the most


class Worded(forms.Form):
    """Labels and hints by the field's name (`contactlog.field.*`, `contactlog.hint.*`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"contactlog.field.{name}", language())
            hint = say(f"contactlog.hint.{name}", language())
            field.help_text = "" if hint.startswith("contactlog.hint.") else hint

    def choose(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Give a field its choices."""
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)


def named(kind: str, values: Iterable[str], *, empty: str = "") -> list[tuple[str, str]]:
    """Choices with their names; `empty`: the code of a first one that chooses nothing."""
    first = [("", say(empty, language()))] if empty else []
    return [*first, *((value, say(f"{kind}.{value}", language())) for value in values)]


def _area(rows: int, *, required: bool = True, longest: int = NOTE_LENGTH) -> forms.CharField:
    return forms.CharField(max_length=longest, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class EntryForm(Worded):
    """A contact. What rarely changes is filled in as it was the last time."""

    direction = forms.ChoiceField(widget=forms.RadioSelect)
    words = _area(4, required=False, longest=TEXT_LENGTH)
    tag = forms.ChoiceField(required=False)
    asks_id = forms.BooleanField(required=False)
    happened_at = moment(exact=True)
    officer = forms.CharField(max_length=10)
    channel = forms.ChoiceField()
    other = forms.CharField(max_length=HANDLE_LENGTH, required=False)
    own = forms.CharField(max_length=HANDLE_LENGTH, required=False)
    known_as = forms.CharField(max_length=HANDLE_LENGTH, required=False)
    exhibit = forms.CharField(max_length=HANDLE_LENGTH, required=False)
    purpose = forms.CharField(max_length=NOTE_LENGTH, required=False)
    result = forms.CharField(max_length=NOTE_LENGTH, required=False)

    def __init__(self, *args: Any, plan: Plan | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(plan), **kwargs)
        self.choose("direction", named("contactlog.direction", _DIRECTIONS))
        self.choose("tag", named("contactlog.tag", Tag.values, empty="contactlog.choose"))
        self.choose("channel", named("contactlog.channel", Channel.values))
        self.fields["words"].widget.attrs |= {"data-key": "n", "data-key-label": say("contactlog.new", language())}
        for name in ("happened_at", "other", "own"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def said(self) -> Said:
        """For the verb. After `is_valid`."""
        return Said(**self.cleaned_data)


def _initial(plan: Plan | None) -> dict[str, Any]:
    now = timezone.localtime(timezone.now()).replace(second=0, microsecond=0)
    filled: dict[str, Any] = {"happened_at": now, "direction": Direction.IN.value}
    if plan is None:
        return filled
    last = plan.log.filter(outside="", beyond=[]).order_by("-pk").first()
    filled["officer"] = last.officer if last else plan.operators[0] if len(plan.operators) == 1 else ""
    if last:
        return filled | {"channel": last.channel, "own": last.own, "other": last.other, "known_as": last.known_as}
    return filled | {"own": plan.accounts[0] if plan.accounts else "", "other": plan.targets[0] if plan.targets else ""}


class StageForm(Worded):
    """A stage, the entry that shows it, and every stop rule with yes or no."""

    stage = forms.ChoiceField()
    entry = forms.TypedChoiceField(coerce=int)
    stage_text = _area(2, required=False)

    def __init__(self, *args: Any, plan: Plan, reached: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(reached)
        self.choose("stage", named("contactlog.stage", [one for one in Stage.values if one not in there], empty="contactlog.choose"))
        recent = plan.log.order_by("-happened_at", "-pk")[:_RECENT]
        self.choose("entry", [("", say("contactlog.choose", language())), *((one.pk, brief(one)) for one in recent)])
        for ground in CHECKLIST:
            self.fields[ground] = forms.ChoiceField(
                widget=forms.RadioSelect, label=say(f"authority.ground.{ground}", language()), choices=named("contactlog.answer", ("no", "yes"))
            )

    def answers(self) -> dict[str, bool]:
        """For the verb. After `is_valid`."""
        return {ground: self.cleaned_data[ground] == "yes" for ground in CHECKLIST}


def brief(entry: LogEntry) -> str:
    """An entry in a line."""
    at = timezone.localtime(entry.happened_at)
    words = " ".join((entry.words or entry.exhibit).split())
    return f"{entry.number} · {at:%m-%d %H:%M} · {say(f'contactlog.direction.{entry.direction}', language())} · {words[:_EXCERPT]}"


class StopForm(Worded):
    """Which stop rule is met."""

    stop_ground = forms.ChoiceField()
    stop_text = _area(2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("stop_ground", named("authority.ground", [one for one in Ground.values if one in STOP_GROUNDS], empty="contactlog.choose"))


class VictimForm(Worded):
    """What was done for the intended victim."""

    warned = forms.ChoiceField(widget=forms.RadioSelect)
    victim_text = _area(2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("warned", named("contactlog.victim", Warned.values))


class OutcomeForm(Worded):
    """How it ended, with arrests by offence."""

    outcome = forms.ChoiceField()
    ended_at = moment(exact=True)
    harm_prevented = forms.BooleanField(required=False)
    outcome_text = _area(3)
    leads = _area(2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("outcome", named("contactlog.result", Result.values, empty="contactlog.choose"))
        for row in range(_ROWS_OF_ARRESTS):
            for name, field in _arrest_fields().items():
                field.label = say(f"contactlog.field.{name}", language())
                self.fields[f"{name}_{row}"] = field

    def arrest_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the arrests, row by row."""
        return [[self[f"{name}_{row}"] for name in ("offence", "form", "people")] for row in range(_ROWS_OF_ARRESTS)]

    def ended(self) -> Ended:
        """For the verb. After `is_valid`."""
        given = self.cleaned_data
        rows = [tuple(given[f"{name}_{row}"] for name in ("offence", "form", "people")) for row in range(_ROWS_OF_ARRESTS)]
        arrests = tuple((offence, form, people or 0) for offence, form, people in rows if offence or people)
        more = {"harm_prevented": given["harm_prevented"], "leads": given["leads"]}
        return Ended(given["outcome"], given["ended_at"], given["outcome_text"], arrests, **more)


def _arrest_fields() -> dict[str, forms.Field]:
    return {
        "offence": forms.ChoiceField(required=False, choices=named("contactlog.offence", OFFENCES, empty="contactlog.none")),
        "form": forms.ChoiceField(required=False, choices=named("contactlog.form", Form.values, empty="contactlog.none")),
        "people": forms.IntegerField(required=False, min_value=0, max_value=MOST_PEOPLE),
    }


class AcknowledgeForm(Worded):
    """What the coordinator says of raised words."""

    judgement = forms.ChoiceField(widget=forms.RadioSelect)
    met = forms.ChoiceField(required=False)
    acknowledged = _area(2)

    def __init__(self, *args: Any, entry: LogEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serious = Judgement.INDUCEMENT if entry.is_ours else Judgement.STOP
        self.choose("judgement", named("contactlog.judgement", (Judgement.FINE.value, serious.value)))
        self.choose("met", named("authority.ground", CHECKLIST, empty="contactlog.choose"))
        if entry.is_ours:
            del self.fields["met"]


class CorrectForm(Worded):
    """What a field should read, and why."""

    field = forms.ChoiceField()
    corrected = _area(2, longest=TEXT_LENGTH)
    why = _area(2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("field", named("contactlog.field", Correction.Field.values, empty="contactlog.choose"))
