"""The invented people of the demo, and how it tells of them. No Django here: the command prints this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.wording.say import say

if TYPE_CHECKING:
    from andon.wording.say import Language

PASSWORD = "andon-mihon-desk"  # noqa: S105 - of invented people, on a desk that refuses to be public (ANDON_DEMO)
UNIT = "見本県警察 サイバーパトロール班（見本）"
HEADQUARTERS = "見本県警察本部（見本）"  # who decides on plans is of no unit that applies for them
PREFECTURE = "見本県"


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist."""

    username: str
    name: str
    role: str
    language: str = "ja"
    rank: str = ""
    unit: str = UNIT


PEOPLE = (
    Invented("aoi", "見本 あおい", "analyst"),
    Invented("emma", "Emma Mihon", "analyst", "en"),
    Invented("sora", "見本 そら", "supervisor", rank="inspector"),
    Invented("kei", "見本 けい", "auditor"),
    Invented("nao", "見本 なお", "administrator"),
    Invented("toru", "見本 とおる", "investigator", rank="assistant_inspector"),
    Invented("mio", "見本 みお", "approver", rank="chief_superintendent", unit=HEADQUARTERS),
    Invented("rin", "見本 りん", "custodian"),
    Invented("ken", "見本 けん", "investigator", rank="sergeant"),  # the officer of the invented investigations, under seal
    Invented("hina", "見本 ひな", "analyst"),  # has settled a few, so that visitors begin with a day of their own
)


def sign_ins(address: str, language: Language) -> str:
    """Where the demo is, and with what to sign in: the two to begin with first, the others after them."""
    lines = [say("demo.open", language, address=address), say("demo.password", language, password=PASSWORD)]
    for one in PEOPLE:
        role = say(f"role.{one.role}", language)
        lines.append(say("demo.person", language, username=one.username.ljust(6), role=role, tongue=say(f"demo.tongue.{one.language}", language)))
    return "\n".join(lines)
