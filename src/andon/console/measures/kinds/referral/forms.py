"""What people fill in: a referral, an answer, a receiver."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from andon.console.frame.templatetags.desk import language
from andon.console.measures.kinds.referral.actions.give import NOTE_LENGTH, Handing
from andon.console.measures.kinds.referral.models import Receiver
from andon.console.measures.kinds.referral.reasons import REASONS
from andon.console.staff.models import Unit
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from andon.console.staff.models import Person


def _say(code: str) -> str:
    return say(code, language())


class ReferralForm(forms.Form):
    """To whom, why, with which words. The receiver is "unit:3" or "receiver:5"."""

    to = forms.ChoiceField()
    reason = forms.ChoiceField()
    note = forms.CharField(required=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in self.fields.items():
            one.label = _say(f"referral.new.{name}")
        self.fields["note"].help_text = _say("referral.new.note_hint")
        self.units = [(f"unit:{pk}", name) for pk, name in Unit.objects.exclude(pk=person.unit_id).order_by("name").values_list("pk", "name")]
        self.receivers = [(f"receiver:{one.pk}", one.name) for one in Receiver.objects.filter(is_active=True)]
        groups = [(_say("referral.new.unit"), self.units), (_say("referral.new.receiver"), self.receivers)]
        choose = ("", _say("referral.new.choose"))
        cast("forms.ChoiceField", self.fields["to"]).choices = [choose, *[group for group in groups if group[1]]]
        cast("forms.ChoiceField", self.fields["reason"]).choices = [(code, _say(f"referral.reason.{code}")) for code in REASONS]

    def handing(self) -> Handing:
        """What was asked, of a valid form."""
        kind, _, number = self.cleaned_data["to"].partition(":")
        unit, receiver = (int(number), None) if kind == "unit" else (None, int(number))
        return Handing(self.cleaned_data["reason"], unit, receiver, self.cleaned_data["note"])


class ReceiverForm(forms.ModelForm[Receiver]):
    """A receiver outside of the desk."""

    class Meta:
        """All that a person says of it."""

        model = Receiver
        fields = ("name", "kind", "country", "language", "email", "note", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in self.fields.items():
            one.label = _say(f"referral.receiver_field.{name}")
            hint = f"referral.receiver_hint.{name}"
            one.help_text = _say(hint) if hint in SENTENCES else ""
        kinds = [(kind, _say(f"referral.receiver.{kind}")) for kind in Receiver.Kind.values]
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds

    def clean_country(self) -> str:
        """In capitals, as ISO 3166 has it."""
        return str(self.cleaned_data["country"]).upper()
