"""What an inspector types: terms of a draw, a case to open for a cause, a year to prepare."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from andon.console.casework.models import GROUND_LENGTH
from andon.console.frame.templatetags.desk import language
from andon.console.undercover.inspection.models import TEXT_LENGTH
from andon.console.undercover.inspection.rules import MOST_DRAWN
from andon.domain.times import JAPAN
from andon.wording.say import say

_USUAL = timedelta(days=30)
_CODE_LENGTH = 12


class Worded(forms.Form):
    """Labels and hints by the field's name (`inspection.field.*`, `inspection.hint.*`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"inspection.field.{name}", language())
            hint = say(f"inspection.hint.{name}", language())
            field.help_text = "" if hint.startswith("inspection.hint.") else hint


def _in_a_month() -> date:
    return (timezone.now().astimezone(JAPAN) + _USUAL).date()


class TermsForm(Worded):
    """Why, and until which day (the last that is read)."""

    ground = forms.CharField(max_length=GROUND_LENGTH)
    until = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=_in_a_month)

    def until_at(self) -> datetime:
        """The first moment after that day in Japan."""
        return datetime.combine(self.cleaned_data["until"] + timedelta(days=1), time.min, JAPAN)


class DrawForm(TermsForm):
    """Cases drawn by chance."""

    size = forms.IntegerField(min_value=1, max_value=MOST_DRAWN, initial=3)
    field_order = ("size", "ground", "until")


class OpenForm(TermsForm):
    """A case opened for a cause."""

    case = forms.CharField(max_length=_CODE_LENGTH)
    field_order = ("case", "ground", "until")


class PrepareForm(Worded):
    """A year; for a later edition, what it puts right."""

    year = forms.TypedChoiceField(coerce=int)
    changes = forms.CharField(max_length=TEXT_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["year"]
        if isinstance(choices, forms.ChoiceField):
            choices.choices = [(year, str(year)) for year in years]


class DropForm(Worded):
    """Why an edition is not released."""

    why = forms.CharField(max_length=TEXT_LENGTH)
