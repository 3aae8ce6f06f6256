"""What people type about removal requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from andon.console.frame.templatetags.desk import language
from andon.console.measures.kinds.removal.actions.answer import Answer
from andon.console.staff.models import Unit
from andon.domain.times import JAPAN
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG = forms.Textarea(attrs={"rows": 3})


class _Form(forms.Form):
    """Labels and hints are said by `wording`: removal.field.<name>, and removal.hint.<name> where there is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"removal.field.{name}", language())
            code = f"removal.hint.{name}"
            field.help_text = "" if (hint := say(code, language())) == code else hint
            if isinstance(field, forms.DateTimeField):
                field.widget.attrs["type"] = "datetime-local"


def _chosen(prefix: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, say(f"{prefix}.{code}", language())) for code in codes]


class _Moment(forms.DateTimeField):
    """A time in Japan, to the minute."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def __init__(self) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - Django's form
        """As Japan's clock shows it."""
        moment = super().clean(value)
        return moment.replace(tzinfo=JAPAN) if moment is not None else None


class AnswerForm(_Form):
    """What a provider answered."""

    code = forms.ChoiceField()
    answered_at = _Moment()
    text = forms.CharField(required=False, max_length=2_000, widget=_LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _chosen("removal.answer", Answer)  # type: ignore[attr-defined]


class PoliceForm(_Form):
    """Which police were told, and when."""

    whom = forms.CharField(max_length=200)
    told_at = _Moment()


class AgainForm(_Form):
    """A further letter."""

    kind = forms.ChoiceField()
    receiver = forms.CharField(required=False, max_length=200)
    address = forms.CharField(required=False, max_length=500)
    text = forms.CharField(required=False, max_length=2_000, widget=_LONG)

    def __init__(self, kinds: Iterable[str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _chosen("removal.letter_kind", kinds)  # type: ignore[attr-defined]


class DraftForm(_Form):
    """The drafter's own words, and where the letter goes."""

    address = forms.CharField(required=False, max_length=500)
    text = forms.CharField(required=False, max_length=2_000, widget=_LONG)


class RulesForm(_Form):
    """The rules of an installation."""

    tells_police = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    wait_hours = forms.IntegerField(min_value=0, max_value=720)
    remind_days = forms.IntegerField(min_value=1, max_value=365)
    escalate_after = forms.IntegerField(min_value=1, max_value=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form
        super().__init__(*args, **kwargs)
        self.fields["tells_police"].choices = _chosen("unit.kind", Unit.Kind.values)  # type: ignore[attr-defined]
