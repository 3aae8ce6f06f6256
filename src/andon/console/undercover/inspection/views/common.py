"""What the screens share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from andon.console.frame.templatetags.desk import language
from andon.domain.errors import Conflict, Refused
from andon.wording.say import say_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

_ELSEWHERE = ("right", "not_fresh")  # the door answers these


def did(form: Form, act: Callable[[], object]) -> bool:
    """Whether the verb went through; what it refuses is written on the form."""
    try:
        act()
    except (Refused, Conflict) as error:
        if error.data.get("reason") in _ELSEWHERE:
            raise
        form.add_error(None, say_error(error, language()))
        return False
    return True


def file_answer(content: bytes | str, name: str, kind: str) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
