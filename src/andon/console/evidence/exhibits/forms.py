"""What people type about exhibits."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them
from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from andon.console.evidence.exhibits.actions.take_in import Said
from andon.console.evidence.exhibits.models import NAME_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from andon.console.frame.templatetags.desk import language
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.staff.models import Person

_DECISIONS = {"": None, "yes": True, "no": False}


class _Worded(forms.Form):
    hints = "exhibits.hint"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"exhibits.field.{name}", language())
            hint = say(f"{self.hints}.{name}", language())
            field.help_text = "" if hint.startswith("exhibits.hint.") else hint


def _line(length: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(max_length=length, required=required, strip=True, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def _text(*, required: bool = True) -> forms.CharField:
    return forms.CharField(max_length=TEXT_LENGTH, required=required, strip=True, widget=forms.Textarea(attrs={"rows": 2}))


class TakeInForm(_Worded):
    """What an exhibit is, and how it came."""

    number = _line(60, required=False)
    title = _line(TITLE_LENGTH)
    device = _line(TITLE_LENGTH, required=False)
    from_whom = _line(NAME_LENGTH, required=False)
    place = _line(NAME_LENGTH)
    how = _text()
    expected_sha256 = forms.CharField(
        max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "mono"})
    )  # fmt: skip
    is_disclosable = forms.ChoiceField(required=False)
    disclosure_reason = _line(TEXT_LENGTH, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, say(f"exhibits.disclosable.{key or 'open'}", language())) for key in _DECISIONS]
        cast("forms.ChoiceField", self.fields["is_disclosable"]).choices = choices

    def clean_expected_sha256(self) -> str:
        """Without spaces, in small letters; a SHA-256 or nothing."""
        value = "".join(self.cleaned_data["expected_sha256"].split()).lower()
        if value and (len(value) != 64 or set(value) - set("0123456789abcdef")):  # noqa: PLR2004 - digits of a SHA-256
            raise forms.ValidationError(say("refused.exhibit_hash_form", language()))
        return value

    def clean(self) -> dict[str, Any]:
        """What may not be disclosed has a reason."""
        found = cast("dict[str, Any]", super().clean())
        if found.get("is_disclosable") == "no" and not found.get("disclosure_reason"):
            self.add_error("disclosure_reason", say("refused.exhibit_why", language()))
        return found

    def said(self) -> Said:
        """As the verb takes it."""
        found = dict(self.cleaned_data)
        return Said(**found | {"is_disclosable": _DECISIONS[found["is_disclosable"]]})


class _PlaceForm(_Worded):
    hints = "exhibits.hint.handing"

    place = _line(NAME_LENGTH)


class GiveForm(_PlaceForm):
    """To whom of the case, where, how."""

    taker = forms.ChoiceField()
    how = _text()

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["taker"]).choices = [(str(one.pk), f"{one.name}（{one.unit.name}）") for one in people]

    field_order = ("taker", "place", "how")


class GiveOutForm(_PlaceForm):
    """To whom outside, where, with what paper."""

    to = _line(NAME_LENGTH)
    how = _text()
    field_order = ("to", "place", "how")


class TakeBackForm(_PlaceForm):
    """Where, with what paper."""

    how = _text()


class SealForm(_PlaceForm):
    """Where, and the number on the bag."""

    seal = _line(60, required=False)
    field_order = ("seal", "place")


class UnsealForm(_PlaceForm):
    """Where, and why."""

    why = _text()
    field_order = ("why", "place")


class PackageForm(_Worded):
    """To whom, and how much of it."""

    to = _line(NAME_LENGTH)
    only_disclosable = forms.BooleanField(required=False)
