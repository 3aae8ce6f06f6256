"""Forms of safety."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone

from andon.console.casework.models import Membership, in_force
from andon.console.frame.moments import moment
from andon.console.frame.templatetags.desk import language
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.safety.actions.chaining import Somebody
from andon.console.undercover.safety.codes import Post, Resolution, Risk
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.undercover.authority.models import Plan

_PAPER_LENGTH, _PHONE_LENGTH = 100, 20


class Worded(forms.Form):
    """Labels and hints by the field's name (`safety.field.*`, `safety.hint.*`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"safety.field.{name}", language())
            hint = say(f"safety.hint.{name}", language())
            field.help_text = "" if hint.startswith("safety.hint.") else hint

    def choose(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Give a field its choices."""
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)


def _area(rows: int) -> forms.CharField:
    return forms.CharField(max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": rows}))


def _named(kind: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, say(f"{kind}.{one}", language())) for one in values]


class OfOfficer(Worded):
    """Something about an officer of a plan."""

    officer = forms.ChoiceField()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("officer", [(one, one) for one in plan.operators])


class BriefForm(OfOfficer):
    """Which risks were explained, and how."""

    risks = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    text = _area(3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("risks", _named("safety.risk", Risk.values))


class ConsentForm(OfOfficer):
    """Consent, in person or on paper."""

    paper = forms.CharField(max_length=_PAPER_LENGTH, required=False)


class ChainForm(Worded):
    """Somebody for the chain: a member of the case, or a number."""

    post = forms.ChoiceField()
    person = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    officer = forms.ChoiceField(required=False)
    phone = forms.CharField(max_length=_PHONE_LENGTH, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("post", _named("safety.post", Post.values))
        # Officers' own memberships are not listed: nobody learns here who stands behind a code.
        shown = Membership.objects.filter(in_force(timezone.now()), case=plan.case_id).exclude(role=Membership.Role.OPERATOR).select_related("person")
        self.choose("person", [("", say("safety.nobody", language())), *((one.person_id, one.person.name) for one in shown)])
        self.choose("officer", [("", "—"), *((one, one) for one in plan.operators)])

    def somebody(self) -> Somebody:
        """For the verb. After `is_valid`."""
        given = self.cleaned_data
        return Somebody(given["post"], given["person"], given["officer"], given["phone"])


class CheckForm(OfOfficer):
    """A welfare check by hand."""

    due_at = moment()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        due = timezone.localtime(timezone.now()).replace(second=0, microsecond=0) + timedelta(hours=1)
        super().__init__(*args, initial={"due_at": due}, **kwargs)


class ResolveForm(Worded):
    """How a call for help ended."""

    how = forms.ChoiceField(widget=forms.RadioSelect)
    result_text = _area(3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("how", _named("safety.resolution", Resolution.values))
