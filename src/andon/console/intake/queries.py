"""What the pages of the intake show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.intake.models import Upload
from andon.domain.errors import AndonError
from andon.wording.say import SENTENCES, say, say_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from andon.wording.say import Language

ACTIVE = (Upload.State.WAITING, Upload.State.RUNNING)


@dataclass(frozen=True, slots=True)
class UploadLine:
    """An upload as a page shows it: its row, how far it is (hundredths, None where nobody knows), its problem as a sentence."""

    upload: Upload
    percent: int | None
    problem: str

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.upload.state in ACTIVE

    @property
    def can_retry(self) -> bool:
        """Whether it can be tried again from here."""
        return self.upload.state == Upload.State.FAILED and bool(self.upload.file)

    @property
    def can_cancel(self) -> bool:
        """Whether there is anything to stop or to take away."""
        return self.is_active or self.upload.state == Upload.State.FAILED

    @property
    def by_command(self) -> bool:
        """Whether a command reads it in its own place."""
        return self.is_active and not self.upload.file


def uploads() -> QuerySet[Upload]:
    """All uploads with who added them, latest first."""
    return Upload.objects.select_related("by").order_by("-at", "-pk")


def is_anything_active() -> bool:
    """Whether any upload waits or runs."""
    return Upload.objects.filter(state__in=ACTIVE).exists()


def lines(rows: Iterable[Upload], language: Language) -> list[UploadLine]:
    """Uploads as lines."""
    return [UploadLine(one, percent(one), problem_sentence(one.problem, language)) for one in rows]


def percent(upload: Upload) -> int | None:
    """How far an upload is; done is done, whatever its archive claimed about sizes."""
    if upload.state == Upload.State.DONE:
        return 100
    if not upload.position:
        return 0 if upload.state == Upload.State.WAITING else None
    return int(upload.position.get("thousandths", 0)) // 10


def problem_sentence(problem: dict[str, Any] | None, language: Language) -> str:
    """What went wrong, in one sentence."""
    if not problem:
        return ""
    code, data = str(problem.get("code", "")), dict(problem.get("data") or {})
    own = f"intake.problem.{data.get('reason', '')}"
    if own in SENTENCES:  # where the command's sentence speaks of its options
        return say(own, language, **data)
    if code not in SENTENCES:
        return say("intake.problem.other", language, name=code)
    error = AndonError(**data)
    error.code = code
    return say_error(error, language)


def campaigns_of(upload: Upload) -> int:
    """In how many campaigns the posts that it brought are now."""
    return upload.stored_posts.values("campaign").distinct().count()
