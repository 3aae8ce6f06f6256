"""Errors of andon: a code and named data each; the sentence for people is made in `wording`."""

from __future__ import annotations


class AndonError(Exception):
    """Root of all errors that a person may see. `code` names the sentence, `data` fills its places."""

    code = "error"

    def __init__(self, **data: object) -> None:
        super().__init__(f"{self.code} {data}")
        self.data = data


class SignalError(AndonError):
    """A signal file is wrong (a term too short, an unknown signal named, too many signals)."""

    code = "signal_wrong"


class ModelError(AndonError):
    """A model file cannot be used (missing, broken, or made for other signals)."""

    code = "model_unusable"


class SourceError(AndonError):
    """A whole input cannot be used: stop reading it."""

    code = "source_unusable"


class RowError(AndonError):
    """One row of an input cannot be read: record it and go on."""

    code = "row_unreadable"


class LabelError(AndonError):
    """Labelled rows cannot be used for training or evaluation."""

    code = "labels_unusable"


class OutputError(AndonError):
    """A result cannot be written (unknown ending, resume without a matching record)."""

    code = "output_unusable"


class BookError(AndonError):
    """A book of campaigns cannot be used (no book, a later version), or what is asked of it makes no sense."""

    code = "book_unusable"


class SettingError(AndonError):
    """A setting of the desk makes no sense."""

    code = "setting_wrong"


class Refused(AndonError):  # noqa: N818 - the word of the trail
    """A person may not do what was asked: no right, no fresh sign-in for a grave act, or a rule of the verb itself."""

    code = "refused"


class Conflict(AndonError):  # noqa: N818 - what HTTP calls it
    """What was asked no longer fits: somebody else was quicker, or the record has changed since it was read."""

    code = "conflict"


class LimitReached(Conflict):
    """No more of this may go out in this minute, or today (then until a person closes the breaker)."""

    code = "measure_limit"


class Held(Refused):
    """A hold stands on what the act would touch: `unit` and `name` say whom to ask, `until` its last day, `posts` how many posts it touches."""

    code = "measure_held"


class EvidenceError(AndonError):
    """An original, an exhibit or a package cannot be used, or a step with it was refused. Nothing of the original is changed then."""

    code = "evidence_unusable"
