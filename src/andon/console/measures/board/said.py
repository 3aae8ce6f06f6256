"""What a notice says, in a person's language: codes in its data are said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    return say_first((f"outgoing.problem.{code}", code), code, language)


def say_limit(name: str, language: Language) -> str:
    """A limit's name: that of its kind of measure, and which of several."""
    kind, _, rest = name.partition(":")
    word = say_first((f"limit.{kind}", f"kind_of_measure.{kind}"), kind, language)
    return f"{word} {rest}".strip()


def say_first(codes: Iterable[str], otherwise: str, language: Language) -> str:
    """The sentence of the first of these codes that has one."""
    return next((say(code, language) for code in codes if code in SENTENCES), otherwise)
