"""The page of rules: each rule of the table with the tests that try to break it, read off the tests' files. No test is run, no database asked."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.undercover.inspection.rules_table import GROUPS, RULES, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_HEAD = """\
The rules of fictitious-identity investigations: those of law and policy as the sources report them (U, A, D, O), and faults of other systems
that are tried here. The text of the notice itself was not available; what newspapers and answers in the Diet say of it is named as the source.
*Enforced in* and *tried by* are read off the tests: each named test tries to break its rule. A rule that software cannot enforce says why.
"""
_TITLES = {
    "U": "U: fictitious-identity investigation (仮装身分捜査)", "A": "A: authority and contacts", "D": "D: identity documents",
    "O": "O: oversight and records", "faults": "Known faults of other systems",
}  # fmt: skip


class UnreadableError(ValueError):
    """A mark whose rule or module is not written as plain text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """That a test tries to break a rule, and which module keeps it."""

    rule: str
    where: str
    test: str  # "tests/…/test_x.py::test_y"


def marks(root: Path) -> list[Mark]:
    """All marks of the tests below `root`/tests, in the order of files and lines."""
    files = sorted((root / "tests").rglob("test_*.py"))
    return [mark for path in files for mark in _of_file(path, path.relative_to(root).as_posix())]


def _of_file(path: Path, name: str) -> Iterator[Mark]:
    text = path.read_text(encoding="utf-8")
    if "mark.rule" not in text:
        return
    module = ast.parse(text)
    names = _constants(module)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for call in (one for one in node.decorator_list if _is_mark(one)):
                yield _mark(call, f"{name}::{node.name}", names)


def _is_mark(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule"


def _mark(call: ast.expr, test: str, names: dict[str, str]) -> Mark:
    given = call.args + [one.value for one in call.keywords if one.arg == "where"] if isinstance(call, ast.Call) else []
    texts = [_text(one, names) for one in given]
    return Mark(texts[0], texts[1] if len(texts) > 1 else "", test)


def _constants(module: ast.Module) -> dict[str, str]:
    """The module's own names of texts, which its marks use."""
    found: dict[str, str] = {}
    for node in module.body:
        if not isinstance(node, ast.Assign):
            continue
        targets, values = node.targets, [node.value]
        if len(targets) == 1 and isinstance(targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
            targets, values = targets[0].elts, node.value.elts
        for target, value in zip(targets, values, strict=False):
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant | ast.JoinedStr):
                found[target.id] = _text(value, found, strict=False)
    return found


def _text(node: ast.expr, names: dict[str, str], *, strict: bool = True) -> str:
    """What a text made of constants and the module's names says. Raises UnreadableError for anything else, unless told otherwise."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part.value if isinstance(part, ast.FormattedValue) else part, names, strict=strict) for part in node.values)
    if strict:
        raise UnreadableError(ast.unparse(node))
    return ""


def tests_of(found: Iterable[Mark]) -> dict[str, dict[str, list[str]]]:
    """By rule: the modules that keep it, and the tests that try each (those without a mark stand under no module)."""
    by_rule: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for mark in found:
        tests = by_rule[mark.rule].setdefault(mark.where, [])
        if mark.test not in tests:
            tests.append(mark.test)
    for rule in RULES.values():
        if rule.tests:
            by_rule[rule.code].setdefault("", []).extend(rule.tests)
    return dict(by_rule)


def faults(root: Path) -> list[str]:
    """What is wrong with table and marks: a rule without a test or reason, a mark of no rule, a module or test that is not there."""
    found = marks(root)
    tried = tests_of(found)
    wrong = [f"{mark.test}: there is no rule {mark.rule}" for mark in found if mark.rule not in RULES]
    wrong += [f"{mark.test}: there is no module {mark.where or '(none named)'}" for mark in found if not is_module(root, mark.where)]
    for rule in RULES.values():
        if rule.by_people and not rule.left:
            wrong.append(f"{rule.code}: left to people without saying why")
        if not rule.by_people and rule.code not in tried:
            wrong.append(f"{rule.code}: no test tries to break it, and no reason says why not")
        wrong += [f"{rule.code}: there is no test {test}" for test in rule.tests if not _is_test(root, test)]
    return wrong


def is_module(root: Path, name: str) -> bool:
    """Whether `name` is a module or a folder of the project. It is not imported: names of migrations begin with a number."""
    path = root.joinpath("src", *name.split("."))
    return bool(name) and (path.with_name(f"{path.name}.py").is_file() or path.is_dir())


def _is_test(root: Path, test: str) -> bool:
    file, _, function = test.partition("::")
    path = root / file
    return path.is_file() and f"def {function}(" in path.read_text(encoding="utf-8")


def page(made: str, root: Path) -> str:
    """docs/reference/rules.md. `made` says by what it was made."""
    tried = tests_of(marks(root))
    lines = ["# Rules and the tests that try to break them\n", made, _HEAD]
    for group, rules in GROUPS:
        lines += [f"## {_TITLES[group]}\n", "| rule | 日本語 | English | source | enforced in | tried by |", "|---|---|---|---|---|---|"]
        lines += [_row(rule, tried.get(rule.code, {})) for rule in rules]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(rule: Rule, tried: dict[str, list[str]]) -> str:
    tests = list(dict.fromkeys(test for found in tried.values() for test in found))
    where = "<br>".join(f"`{name.removeprefix('andon.console.')}`" for name in sorted(tried) if name) or "–"
    by = "<br>".join(f"[`{test.partition('::')[2]}`](../../{test.partition('::')[0]})" for test in tests)
    left = f"*{'Not enforced by software' if rule.by_people else 'Left to people'}:* {rule.left}" if rule.left else ""
    tried_by = "<br>".join(part for part in (by, left) if part) or "–"
    cells = (f'<a id="{rule.code.lower()}"></a>**{rule.code}**', rule.ja, rule.en, rule.source, where, tried_by)
    return f"| {' | '.join(cells)} |"
