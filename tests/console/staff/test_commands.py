"""`andon people` and `andon audit`: what somebody with the machine's command line does."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from andon.cli.main import main
from andon.console import gate
from andon.console.audit.chain import Who
from andon.console.audit.models import Entry
from andon.console.staff.models import Person
from andon.console.trail import signing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture
def andon(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[..., Result]:
    """Run a command on the test's own database and home; its tables are there already."""
    monkeypatch.setenv("ANDON_HOME", str(settings.HOME))
    monkeypatch.setenv("ANDON_LANG", "en")
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: None)

    def run(*words: str, **how: Any) -> Result:
        return CliRunner().invoke(main, list(words), **how)

    return run


def test_first_administrator(andon: Callable[..., Result]) -> None:
    """Gets a password that is shown once and must be changed."""
    done = andon("people", "add", "nao", "--name", "高橋 直", "--unit", "警視庁")
    assert done.exit_code == 0, done.output
    password = re.search(r": ([a-z0-9-]{23})$", done.output, re.MULTILINE)
    assert password is not None
    person = Person.objects.get(username="nao")
    assert (person.name, person.roles, person.must_change_password) == ("高橋 直", ["administrator"], True)
    assert person.check_password(password[1])


def test_typed_password_is_asked_for_twice_and_checked(andon: Callable[..., Result]) -> None:
    """A weak one is refused with a sentence; a good one is not shown and need not be changed."""
    words = ("people", "add", "nao", "--unit", "警視庁", "--ask-password")
    weak = andon(*words, input="password\npassword\n")
    assert weak.exit_code == 2
    assert "too weak" in weak.output
    done = andon(*words, input="quiet lantern by the river\nquiet lantern by the river\n")
    assert done.exit_code == 0
    assert "quiet" not in done.output
    assert not Person.objects.get(username="nao").must_change_password


def test_wrong_words_are_one_sentence(andon: Callable[..., Result], aoi: Person) -> None:
    """A role that is none, a name that is taken, nobody of that name."""
    assert "no role boss" in andon("people", "add", "x", "--unit", "y", "--role", "boss").output
    assert "is taken" in andon("people", "add", "AOI", "--unit", "y").output
    assert "Nobody is called" in andon("people", "restore", "nobody").output


def test_restored_and_listed(andon: Callable[..., Result], aoi: Person) -> None:
    """Somebody who is locked out comes back; everybody is in the list."""
    assert andon("people", "restore", "aoi").exit_code == 0
    assert Person.objects.get(pk=aoi.pk).must_change_password
    assert "aoi" in andon("people", "list").output


def test_verifying(andon: Callable[..., Result], tmp_path: Path) -> None:
    """Status 0 for a whole trail; 1 and the entry's number for one that was altered; the key and the line of a checkpoint are printed."""
    assert andon("audit", "key").output.strip() == signing.public_key()
    gate.record(Who(1, "a", "b", "screen"), "review.decided", "campaign:1")
    line = andon("audit", "checkpoint").stdout.strip()
    assert json.loads(line)["number"] == 1
    whole = andon("audit", "verify")
    assert (whole.exit_code, "Nothing altered" in whole.output) == (0, True)
    assert Entry.objects.latest("number").event == "audit.verified"
    copy = tmp_path / "kept.jsonl"
    copy.write_text(json.dumps(json.loads(line) | {"hash": "0" * 64}))
    forged = andon("audit", "verify", "--checkpoints", str(copy), "--json")
    assert forged.exit_code == 1
    assert [one["what"] for one in json.loads(forged.stdout)["findings"]] == ["line_forged", "no_checkpoints"]
    assert andon("audit", "verify", "--key", "xyz").exit_code == 2
    assert "after the last checkpoint" not in andon("audit", "verify", "--from-checkpoint").output
