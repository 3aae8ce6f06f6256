"""Forms of naming a device and of entering what it tells."""

# ruff: noqa: ANN401 - constructors of forms hand on whatever Django gives them

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from andon.console.frame.templatetags.desk import language
from andon.console.undercover.contactlog.codes import Direction, Tag
from andon.console.undercover.contactlog.devices import queries
from andon.console.undercover.contactlog.forms import Worded
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.console.undercover.authority.models import Plan


class DeviceForm(Worded):
    """Which exhibit, whose device."""

    device_exhibit = forms.TypedChoiceField(coerce=int)
    officer = forms.ChoiceField()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(one.pk, f"{one.code} {one.title}") for one in queries.may_be_named(plan)]
        self.choose("device_exhibit", [("", say("contactlog.choose", language())), *found])
        self.choose("officer", [(code, code) for code in plan.operators])


class EnterForm(forms.Form):
    """Which message is entered, and as what (answer, question …) where the officer wrote it."""

    conversation = forms.IntegerField()
    position = forms.IntegerField(min_value=0)
    direction = forms.ChoiceField(choices=[(one, one) for one in (Direction.IN.value, Direction.OUT.value)])
    tag = forms.ChoiceField(choices=[("", ""), *((one, one) for one in Tag.values)], required=False)
