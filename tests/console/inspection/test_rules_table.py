"""Every rule has a row, and a test that tries to break it or a reason why software cannot keep it."""

from __future__ import annotations

from pathlib import Path

import pytest

from andon.console.undercover.inspection import rules_page
from andon.console.undercover.inspection.rules_table import RULES, Rule

ROOT = Path(__file__).resolve().parents[3]


def test_table_and_marks_fit() -> None:
    """No rule without a test or a reason, no mark of a rule or module that is not there."""
    assert rules_page.faults(ROOT) == []


def test_all_rules_of_the_documents_stand_there() -> None:
    """U1 to U17, A1 to A20, D1 to D5, O1 to O9, once each and in order, in both languages with a source."""
    wanted = [f"U{n}" for n in range(1, 18)] + [f"A{n}" for n in range(1, 21)] + [f"D{n}" for n in range(1, 6)] + [f"O{n}" for n in range(1, 10)]
    assert [code for code in RULES if code[0] in "UADO" and code[1:].isdecimal()] == wanted
    assert all(rule.ja and rule.en and rule.source for rule in RULES.values())
    assert all(rule.en.isascii() or "–" in rule.en or "…" in rule.en or "（" not in rule.en for rule in RULES.values())


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project with one module and an empty tests folder."""
    module = tmp_path / "src" / "andon" / "keeps.py"
    module.parent.mkdir(parents=True)
    module.touch()
    (tmp_path / "tests").mkdir()
    return tmp_path


def write(tree: Path, text: str) -> list[rules_page.Mark]:
    (tree / "tests" / "test_x.py").write_text(f"import pytest\nHERE, OTHER = 'andon', 'x'\nKEEPS = f'{{HERE}}.keeps'\n{text}", encoding="utf-8")
    return rules_page.marks(tree)


def test_marks_are_read_without_running(tree: Path) -> None:
    """By position or name, several on one test, through the module's own names; helpers are no tests."""
    found = write(
        tree,
        "raise SystemExit\n@pytest.mark.rule('U1', where=KEEPS)\n@pytest.mark.rule('A1', f'{HERE}.keeps')\ndef test_a(): ...\n@pytest.mark.rule('D1')\ndef helper(): ...\n",
    )
    assert found == [rules_page.Mark("U1", "andon.keeps", "tests/test_x.py::test_a"), rules_page.Mark("A1", "andon.keeps", "tests/test_x.py::test_a")]
    with pytest.raises(rules_page.UnreadableError):
        write(tree, "@pytest.mark.rule(name(), where=KEEPS)\ndef test_a(): ...\n")


def test_faults_are_found(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark of no rule, a module that is not there, a rule without a test, one left to people without a reason, a named test that is gone."""
    table = {
        "U1": Rule("U1", "あ", "a", "s"), "U2": Rule("U2", "い", "b", "s"), "U3": Rule("U3", "う", "c", "s", by_people=True),
        "U4": Rule("U4", "え", "d", "s", tests=("tests/test_x.py::test_gone",)),
    }  # fmt: skip
    monkeypatch.setattr(rules_page, "RULES", table)
    write(tree, "@pytest.mark.rule('U1', where='andon.gone')\ndef test_a(): ...\n@pytest.mark.rule('X9', where=KEEPS)\ndef test_b(): ...\n")
    assert rules_page.faults(tree) == [
        "tests/test_x.py::test_b: there is no rule X9",
        "tests/test_x.py::test_a: there is no module andon.gone",
        "U2: no test tries to break it, and no reason says why not",
        "U3: left to people without saying why",
        "U4: there is no test tests/test_x.py::test_gone",
    ]


def test_the_page_names_every_rule_and_its_tests() -> None:
    """With modules and tests that are there."""
    page = rules_page.page("made\n", ROOT)
    for rule in RULES.values():
        assert f"**{rule.code}**" in page
        assert rule.ja in page
    assert "`undercover.contactlog.figures`" in page
    assert "[`test_the_published_funnel`](../../tests/console/contactlog/test_figures.py)" in page
