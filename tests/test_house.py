"""The house rules that a machine can check: sizes, docstrings, no traces of a machine, both languages everywhere, locks without hosts."""

from __future__ import annotations

import ast
import re
import string
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

from andon.detection.signals.registry import all_signals, modules
from andon.detection.sources.registry import all_sources
from andon.wording.say import SENTENCES

ROOT = Path(__file__).resolve().parents[1]
# Migrations are written by Django.
SOURCES = sorted(path for path in (ROOT / "src" / "andon").rglob("*.py") if path.parent.name != "migrations")
SIGNALS = ROOT / "src" / "andon" / "detection" / "signals"

MOST_MODULE_LINES = 500
MOST_FUNCTION_LINES = 60
# Kernels are one long function on purpose: a call that numba does not inline costs more than the work (docs/decisions/0001).
LONG_FUNCTIONS = {
    "language/kernels.py": {"fold_text"},
    "language/yen.py": {"find_amounts"},
    "detection/records/kernels.py": {"_scan_value"},
    "detection/scoring/kernels.py": set(),
    "detection/scoring/posts.py": set(),
}
# File endings that are read as text; what stands in the tree by hand or by a generator of the project.
TEXTS = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".cfg", ".lock", ".jsonl", ".json", ".csv", ""}
# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile("|".join(("/" + "root/", "/" + "home/[a-z]", "/" + "Users/[A-Za-z]", "/" + "work/(main|shared|try)", "/" + "opt/pypi")))
# Hosts of package registries and mirrors: an installer's own default is never repeated here.
REGISTRY_HOSTS = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "artifact" + "ory", "index" + "-url", "regis" + "try\\.npm", "simple" + "/uv")))


@lru_cache(maxsize=1)
def tracked() -> tuple[Path, ...]:
    """Files that belong to the project: what git knows or would add; everything but hidden folders where there is no git."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listing.returncode == 0:
        return tuple(path for name in listing.stdout.splitlines() if (path := ROOT / name).is_file())
    return tuple(path for path in ROOT.rglob("*") if path.is_file() and not any(part in {".venv", ".git"} for part in path.parts))


def own_name(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "andon").as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    documented = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - documented


def test_modules_stay_small() -> None:
    """No module outside the vocabulary is longer than the budget."""
    long = {own_name(path): count for path in SOURCES if path.parent != SIGNALS and (count := len(path.read_text().splitlines())) > MOST_MODULE_LINES}
    assert long == {}


def test_functions_stay_small() -> None:
    """No function is longer than the budget, but for the kernels named above."""
    long = {
        f"{own_name(path)}:{node.name}": lines
        for path in SOURCES
        for node in functions(path)
        if (lines := body_lines(node)) > MOST_FUNCTION_LINES and node.name not in LONG_FUNCTIONS.get(own_name(path), set())
    }
    assert long == {}


def test_list_of_long_functions_is_true() -> None:
    """A kernel that has become short leaves the list of exceptions."""
    there = {own_name(path): path for path in SOURCES}
    for name, allowed in LONG_FUNCTIONS.items():
        long = {node.name for node in functions(there[name]) if body_lines(node) > MOST_FUNCTION_LINES}
        assert allowed <= long, name


def test_public_names_have_docstrings() -> None:
    """Every module, public class and public function of the library says what it is."""
    silent = []
    for path in SOURCES:
        module = tree(path)
        silent += [own_name(path)] if not ast.get_docstring(module) else []
        silent += [
            f"{own_name(path)}:{node.name}"
            for node in ast.walk(module)
            if isinstance(node, ast.ClassDef | ast.FunctionDef)
            and not (node.name.startswith("_") or ast.get_docstring(node) or _inner(node, module) or _is_form(node))
        ]
    assert silent == []


def _inner(node: ast.AST, module: ast.Module) -> bool:
    """Whether the function stands inside another function, where nobody outside can call it."""
    outer = [one for one in ast.walk(module) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(node is not one and node in ast.walk(one) for one in outer)


def _is_form(node: ast.ClassDef | ast.FunctionDef) -> bool:
    """Whether a method of a protocol only gives the form of what others have."""
    first = node.body[0]
    return len(node.body) == 1 and isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and first.value.value is ...


def test_no_broad_except() -> None:
    """Nobody catches everything; the command's boundary catches the project's own errors."""
    broad = [
        f"{own_name(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert broad == []


def test_hidden_imports_state_a_reason() -> None:
    """An import inside a function says why in a comment on its line or the line above."""
    silent = []
    for path in SOURCES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for function in functions(path):
            imports = [node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            silent += [f"{own_name(path)}:{line}" for line in imports if "#" not in lines[line - 1] + lines[line - 2]]
    assert silent == []


@pytest.mark.parametrize(("what", "pattern"), [("machine path", MACHINE_PATHS), ("registry host", REGISTRY_HOSTS)])
def test_no_traces_of_a_machine(what: str, pattern: re.Pattern[str]) -> None:
    """No file of the project names a folder of somebody's machine or a package registry's host."""
    found = [
        f"{path.relative_to(ROOT)}: {what}: {hit.group()}"
        for path in tracked()
        if path.suffix in TEXTS and (hit := pattern.search(path.read_bytes().decode("utf-8", "replace")))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_host(name: str) -> None:
    """Every pinned package carries a hash, and no address stands in a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==[^\n]*(?:\n[ ]{4}--hash=[^\n]+)*", text, flags=re.MULTILINE)
    assert len(pins) > 10
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in text


@pytest.mark.parametrize("name", sorted(modules()))
def test_signal_explains_itself(name: str) -> None:
    """A signal's file holds a signal of its own name, with docs in both languages and a docstring that says why and when it misleads."""
    module = modules()[name]
    signal = module.SIGNAL
    docs = module.__doc__ or ""
    assert signal.name == name
    assert "Why it counts" in docs
    assert "When it misleads" in docs
    assert signal.en.strip()
    assert signal.en.isascii() or "“" in signal.en or "’" in signal.en
    assert re.search("[ぁ-んァ-ヶ一-龥]", signal.ja)
    assert re.search("[ぁ-んァ-ヶ一-龥]", signal.why_ja)
    assert sum((bool(signal.terms), signal.within is not None, bool(signal.all_of))) == 1


def test_signals_that_others_name_exist() -> None:
    """A combination names signals that are there."""
    names = {signal.name for signal in all_signals()}
    assert {other for signal in all_signals() for other in (*signal.all_of, *signal.none_of)} <= names


def test_sources_say_their_name_in_both_languages() -> None:
    """Every source has a name for people in Japanese and English, and none answers to another's file name."""
    assert [source.name for source in all_sources() if not (source.ja.strip() and source.en.strip())] == []
    assert len({source.name for source in all_sources()}) == len(all_sources())


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_sentences_stand_in_both_languages() -> None:
    """Both sentences of a pair are there and have the same places to fill; the English one holds no Japanese but names and quotations."""
    assert [code for code, (ja, en) in SENTENCES.items() if not ja.strip() or not en.strip()] == []
    assert [code for code, (ja, en) in SENTENCES.items() if _places(ja) != _places(en)] == []
    quoted = re.compile(r"本文|行灯|「[^」]*」|'[^']*'")
    assert [code for code, (_, en) in SENTENCES.items() if re.search("[ぁ-んァ-ヶ一-龥]", quoted.sub("", en))] == []
