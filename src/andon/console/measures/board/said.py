"""What a notice says, in a person's language: codes in its data are said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from andon.console.measures.common.models import Notice
    from andon.wording.say import Language


def say_notice(notice: Notice, language: Language) -> str:
    """Its sentence."""
    data: dict[str, Any] = dict(notice.data)
    data["problem_name"] = say_problem(str(data.get("problem", "")), language)
    data["limit_name"] = say_limit(str(data.get("name", "")), language)
    code = f"notice.{notice.code}"
    if code not in SENTENCES:
        return code
    return SENTENCES[code][language == "en"].format_map(_Filled(data))


class _Filled(dict[str, Any]):
    """A place that nothing fills stays a dash: a notice is never lost to a missing word."""

    def __missing__(self, key: str) -> str:
        return "—"


def say_problem(code: str, language: Language) -> str:
    """What was in the way of sending, in words; nothing for nothing."""
    for known in (f"outgoing.problem.{code}", code):
        if known in SENTENCES:
            return say(known, language)
    return code


def say_limit(name: str, language: Language) -> str:
    """A limit's name: that of its kind of measure, and which of several."""
    kind, _, rest = name.partition(":")
    word = next((say(code, language) for code in (f"limit.{kind}", f"kind_of_measure.{kind}") if code in SENTENCES), kind)
    return f"{word} {rest}".strip()
