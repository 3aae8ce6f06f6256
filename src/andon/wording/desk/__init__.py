"""What the desk says, Japanese beside English, by code: one file per app."""

from __future__ import annotations

from andon.wording.desk.api import API
from andon.wording.desk.audit import AUDIT
from andon.wording.desk.authority import AUTHORITY
from andon.wording.desk.board import BOARD
from andon.wording.desk.captures import CAPTURES
from andon.wording.desk.casework import CASEWORK
from andon.wording.desk.commands import COMMANDS
from andon.wording.desk.contactlog import CONTACTLOG
from andon.wording.desk.conversations import CONVERSATIONS
from andon.wording.desk.deconfliction import DECONFLICTION
from andon.wording.desk.exhibits import EXHIBITS
from andon.wording.desk.frame import FRAME
from andon.wording.desk.holds import HOLDS
from andon.wording.desk.home import HOME
from andon.wording.desk.identities import IDENTITIES
from andon.wording.desk.inspection import INSPECTION
from andon.wording.desk.intake import INTAKE
from andon.wording.desk.learning import LEARNING
from andon.wording.desk.measures import MEASURES
from andon.wording.desk.referral import REFERRAL
from andon.wording.desk.removal import REMOVAL
from andon.wording.desk.review import REVIEW
from andon.wording.desk.safety import SAFETY
from andon.wording.desk.sightings import SIGHTINGS
from andon.wording.desk.staff import STAFF
from andon.wording.desk.visits import VISITS
from andon.wording.desk.warning import WARNING

DESK_SENTENCES: dict[str, tuple[str, str]] = (
    FRAME | STAFF | AUDIT | HOLDS | INTAKE | REVIEW | LEARNING | CAPTURES | MEASURES | VISITS | REMOVAL | WARNING | REFERRAL | BOARD
    | CASEWORK | AUTHORITY | IDENTITIES | CONTACTLOG | DECONFLICTION | SAFETY | INSPECTION | EXHIBITS | CONVERSATIONS | SIGHTINGS | HOME | API | COMMANDS
)
