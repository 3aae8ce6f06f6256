"""The digest mail: what a person has not read, one line each. It holds no text of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from andon.console.frame.templatetags.desk import jst
from andon.console.measures.board.said import say_notice
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.measures.common.models import Notice
    from andon.console.staff.models import Person
    from andon.wording.say import Language


def mail_of(person: Person, notices: Sequence[Notice]) -> dict[str, Any]:
    """The payload of the mail, in the person's language."""
    language: Language = "en" if person.language == "en" else "ja"
    base = desk_address()
    lines = [f"・{jst(one.at)} {say_notice(one, language)}" + (f"\n  {base}{one.url}" if base else "") for one in notices]
    body = "\n".join([say("digest.greeting", language, name=person.name, n=len(notices)), "", *lines, "", say("digest.end", language)])
    return {"to": [person.email], "subject": say("digest.subject", language, n=len(notices)), "body": body}


def desk_address() -> str:
    """Where people reach the desk; nothing where it is not public, and no address would open from a mailbox."""
    return f"https://{settings.ALLOWED_HOSTS[0]}" if settings.ENVIRONMENT.public and settings.ALLOWED_HOSTS else ""
