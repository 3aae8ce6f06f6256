"""Code and data to a sentence, in Japanese or English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from andon.wording.campaign_sentences import CAMPAIGN_SENTENCES
from andon.wording.chat_sentences import CHAT_SENTENCES
from andon.wording.custody_sentences import CUSTODY_SENTENCES
from andon.wording.desk import DESK_SENTENCES
from andon.wording.gap_sentences import GAP_SENTENCES
from andon.wording.sentences import SENTENCES as GENERAL_SENTENCES
from andon.wording.transcript_sentences import TRANSCRIPT_SENTENCES

if TYPE_CHECKING:
    from andon.domain.errors import AndonError

Language = Literal["ja", "en"]
_EVIDENCE = CHAT_SENTENCES | CUSTODY_SENTENCES | GAP_SENTENCES | TRANSCRIPT_SENTENCES
SENTENCES = GENERAL_SENTENCES | CAMPAIGN_SENTENCES | _EVIDENCE | DESK_SENTENCES


def say(code: str, language: Language, /, **data: object) -> str:
    """The sentence of `code` with its places filled. An unknown code is returned as it is, so that nothing a person needs is lost."""
    pair = SENTENCES.get(code)
    return code if pair is None else pair[language == "en"].format(**data)


def say_error(error: AndonError, language: Language) -> str:
    """One sentence for an error: what, where, and what to do."""
    data = {"path": "-", "reason": "", "columns": "", "name": "", "nearest": "", "known": "", "line": 0, "signal": "", "term": ""} | error.data
    data = {name: ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value for name, value in data.items()}
    special = f"{error.code}.{data['reason']}"
    return say(special if special in SENTENCES else error.code, language, **data)


def say_reason(code: str, label: tuple[str, str] | None, language: Language) -> str:
    """A reason's name for people: a signal's label, or one of the score's own parts."""
    if label is not None:
        return label[language == "en"]
    return say(f"reason.{code}", language)
