"""What people type to place, prolong and lift a hold."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone

from andon.console.frame.templatetags.desk import language
from andon.console.holds.actions.place import Terms
from andon.console.holds.models import NOTE_LENGTH, Hold
from andon.console.holds.targets import KEY_LENGTH, TargetKind
from andon.console.holds.typed import target_of
from andon.console.staff.models import Person
from andon.domain.errors import Refused
from andon.domain.times import JAPAN
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from andon.console.holds.targets import Target

USUAL_DAYS, USUAL_REVIEW_DAYS = 30, 14


def end_of(day: date) -> datetime:
    """The last moment of a day in Japan."""
    return datetime.combine(day, time.max, JAPAN).replace(microsecond=0)


def start_of(day: date) -> datetime:
    """The first moment of a day in Japan."""
    return datetime.combine(day, time.min, JAPAN)


class _Worded(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"holds.field.{name}", language())
            hint = say(f"holds.hint.{name}", language())
            field.help_text = "" if hint.startswith("holds.hint.") else hint

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **more)


def _note(*, required: bool) -> forms.CharField:
    return forms.CharField(max_length=NOTE_LENGTH, required=required, strip=True, widget=forms.Textarea(attrs={"rows": 3}))


class PlaceForm(_Worded):
    """The target, why, until when, and whom others ask."""

    kind = forms.ChoiceField()
    key = forms.CharField(max_length=KEY_LENGTH)
    reason = forms.ChoiceField()
    note = _note(required=False)
    until = _day()
    review_at = _day()
    ask = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("kind", [(kind, say(f"holds.kind.{kind}", language())) for kind in TargetKind.values])
        reasons = [(one, say(f"holds.reason.{one}", language())) for one in Hold.Reason.values]
        self._choose("reason", [("", say("holds.choose", language())), *reasons])
        colleagues = Person.objects.filter(unit=person.unit_id, is_active=True).order_by("name").values_list("pk", "name")
        self._choose("ask", [(str(pk), name) for pk, name in colleagues])
        today = timezone.now().astimezone(JAPAN).date()
        usual = {"until": today + timedelta(days=USUAL_DAYS), "review_at": today + timedelta(days=USUAL_REVIEW_DAYS), "ask": person.pk}
        self.initial = usual | dict(self.initial)
        self.fields["key"].widget.attrs |= {"spellcheck": "false", "autocomplete": "off", "autofocus": True}

    def clean(self) -> dict[str, Any]:
        """With `target`: what kind and key together mean."""
        given = self.cleaned_data
        if "kind" in given and "key" in given:
            try:
                given["target"] = target_of(given["kind"], given["key"])
            except Refused as error:
                self.add_error("key", say_error(error, language()))
        return given

    def target(self) -> Target:
        """What is to be held. After `is_valid`."""
        return cast("Target", self.cleaned_data["target"])

    def terms(self) -> Terms:
        """Why, how long, whom to ask. After `is_valid`."""
        given = self.cleaned_data
        return Terms(given["reason"], end_of(given["until"]), start_of(given["review_at"]), given["note"], given["ask"])


class ProlongForm(_Worded):
    """A new last day, a new review day, and why."""

    until = _day()
    review_at = _day()
    note = _note(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.now().astimezone(JAPAN).date()
        self.initial = {"until": today + timedelta(days=USUAL_DAYS), "review_at": today + timedelta(days=USUAL_REVIEW_DAYS)} | dict(self.initial)

    def given(self) -> dict[str, Any]:
        """For the verb. After `is_valid`."""
        return {"until": end_of(self.cleaned_data["until"]), "review_at": start_of(self.cleaned_data["review_at"]), "note": self.cleaned_data["note"]}


class LiftForm(_Worded):
    """Why it ends."""

    note = _note(required=True)
