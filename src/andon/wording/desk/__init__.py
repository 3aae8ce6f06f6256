"""What the desk says, Japanese beside English, by code: one file per app."""

from __future__ import annotations

from andon.wording.desk.api import API
from andon.wording.desk.audit import AUDIT
from andon.wording.desk.commands import COMMANDS
from andon.wording.desk.frame import FRAME
from andon.wording.desk.home import HOME
from andon.wording.desk.intake import INTAKE
from andon.wording.desk.learning import LEARNING
from andon.wording.desk.review import REVIEW
from andon.wording.desk.staff import STAFF

DESK_SENTENCES: dict[str, tuple[str, str]] = FRAME | STAFF | AUDIT | INTAKE | REVIEW | LEARNING | HOME | API | COMMANDS
