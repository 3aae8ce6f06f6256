"""What one searches the trail for."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

from typing import Any, cast

from django import forms

from andon.console.frame.templatetags.desk import language
from andon.console.staff.models import Person
from andon.console.trail.queries import Filter
from andon.wording.say import SENTENCES, say

_NOBODY = "0"


class TrailForm(forms.Form):
    """Person, event, subject, days, text; all may be empty."""

    person = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    event = forms.ChoiceField(required=False)
    subject = forms.CharField(max_length=120, required=False)
    first_day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in self.fields.items():
            one.label = say(f"trail.field.{name}", language())
        people = Person.objects.order_by("-is_active", "name").values_list("pk", "name", "username")
        everybody = [("", say("trail.anybody", language())), (_NOBODY, say("trail.nobody", language()))]
        cast("forms.ChoiceField", self.fields["person"]).choices = everybody + [(str(pk), f"{name}（{username}）") for pk, name, username in people]
        cast("forms.ChoiceField", self.fields["event"]).choices = [("", say("trail.any_event", language())), *events()]

    def filter(self) -> Filter:
        """What is asked, of a valid form; nothing of an invalid one."""
        return Filter(**self.cleaned_data) if self.is_valid() else Filter()


def events() -> list[tuple[str, str]]:
    """All events that have words, with them, by name: those of one part of the desk stand together."""
    return sorted((code.removeprefix("event."), pair[language() == "en"]) for code, pair in SENTENCES.items() if code.startswith("event."))
