"""Every finding about evidence has its sentence in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import andon.evidence.custody as package
from andon.wording.custody_sentences import CUSTODY_SENTENCES

SOURCES = [path.read_text("utf-8") for path in Path(package.__path__[0]).glob("*.py")]
REFUSALS = {"locked", "bomb"}  # of members: the finding's name is made of them
KINDS = {"link", "special", "symlink", "not_a_file", "unreadable", "missing"}


def codes() -> set[str]:
    """Names of findings as they stand in the source."""
    plain = {code for text in SOURCES for code in re.findall(r'(?:Finding\(|_end\(|code = )"([a-z_]+)"', text)}
    chosen = {code for text in SOURCES for pair in re.findall(r'Finding\("([a-z_]+)" if [^)]*? else "([a-z_]+)"', text) for code in pair}
    either = {code for text in SOURCES for pair in re.findall(r'code = "([a-z_]+)" if [^\n]*? else "([a-z_]+)"', text) for code in pair}
    return plain | chosen | either | {f"member_{one}" for one in REFUSALS | KINDS}


def test_every_finding_has_its_sentence() -> None:
    """And no sentence is left of a finding that is gone."""
    told = {code.removeprefix("custody.finding.") for code in CUSTODY_SENTENCES if code.startswith("custody.finding.")}
    assert len(told) > 30
    assert codes() == told


def test_both_languages_fill_the_same_places() -> None:
    """What one language tells, the other does."""
    for code, sentences in CUSTODY_SENTENCES.items():
        places = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in sentences]
        assert places[0] == places[1], code
