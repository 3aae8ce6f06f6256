"""Findings, problems and acts in words, for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.evidence.exhibits.people import HIDING
from andon.console.frame.templatetags.desk import language
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from andon.console.evidence.exhibits.models import CustodyLine, Exhibit

_EMPTY = {"path": "-", "reason": "", "name": "", "known": "", "detail": "", "count": 0, "code": "", "limit": 0, "most": 0}


def problem(told: Mapping[str, Any] | None) -> str:
    """One sentence for what went wrong with a job; empty for nothing."""
    if not told:
        return ""
    data = _EMPTY | dict(told.get("data", {}))
    special = f"{told['code']}.{told.get('reason', '')}"
    return say(special if special in SENTENCES else str(told["code"]), language(), **data)


def findings(told: Iterable[Mapping[str, Any]]) -> list[str]:
    """Findings in words, in their order."""
    return [plain(say(f"custody.finding.{one['code']}", language(), **(dict(one["facts"]) | {"where": one["where"]}))) for one in told]


def renamed(exhibit: Exhibit) -> list[str]:
    """Names that were sent and that no disk takes."""
    return [plain(say("exhibits.renamed", language(), kept=kept, sent=sent)) for kept, sent in exhibit.renamed.items()]


def plain(text: str) -> str:
    """Text with what hides or turns around what is shown spelled out: names of evidence are hostile until shown otherwise."""
    return HIDING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the custody log as the page shows it: what, between whom, and what belongs to it. `tone` colours it."""

    line: CustodyLine
    label: str
    tone: str
    giver: str
    taker: str
    notes: tuple[str, ...]


_TONES = {"sealed": "warn", "exported": "contact", "transferred": "done", "taken": "done"}


def acts(lines: Iterable[CustodyLine], names: Mapping[str, str]) -> list[Act]:
    """The trail, latest first. `names` are those of files by their SHA-256."""
    return [_act(line, names) for line in reversed(list(lines))]


def _act(line: CustodyLine, names: Mapping[str, str]) -> Act:
    facts, said = line.facts, language()
    giver = line.by if line.event == "transferred" else ""
    taker = str(facts.get("to", "")) if line.event in ("transferred", "exported") else ""
    notes = [one for one in (line.place, line.how) if one]
    if line.event == "marked":
        word = say("exhibits.disclosable." + ("yes" if facts["is_disclosable"] else "no"), said)
        notes.insert(0, say("exhibits.act.marked", said, name=names.get(facts["sha256"], facts["sha256"][:12]), word=word))
    elif line.event == "derived":
        notes.insert(0, say("exhibits.act.derived", said, name=facts["name"], sources=len(facts["from"])))
    elif line.event == "verified":
        notes.insert(0, say("exhibits.act.verified" if facts["findings"] else "exhibits.act.whole", said, count=facts["findings"]))
    elif line.event == "sealed" and facts.get("seal"):
        notes.insert(0, say("exhibits.act.seal", said, number=facts["seal"]))
    elif line.event == "exported" and facts.get("only_disclosable"):
        notes.insert(0, say("exhibits.act.only_disclosable", said))
    tone = "wrong" if line.event == "verified" and facts["findings"] else _TONES.get(line.event, "")
    return Act(line, say(f"exhibit.event.{line.event}", said), tone, giver, taker, tuple(notes))
