"""What people type or press on the pages of the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from andon.console.frame.templatetags.desk import language
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import QueryDict

_LONGEST = 18  # digits: fits any database


def numbers(sent: QueryDict, name: str) -> list[int]:
    """The numbers of a field that may come several times, each once, without what is none."""
    given = [part for value in sent.getlist(name) for part in value.split(",")]
    return list(dict.fromkeys(int(one) for one in given if one.isascii() and one.isdecimal() and len(one) <= _LONGEST))


class LimitForm(forms.Form):
    """How much may go out."""

    per_day = forms.IntegerField(min_value=0, max_value=1_000_000)
    per_minute = forms.IntegerField(min_value=1, max_value=10_000)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # whatever Django gives
        for name, one in self.fields.items():
            one.label = say(f"board.limit.{name}", language())
