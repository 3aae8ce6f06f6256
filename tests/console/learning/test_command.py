"""`andon learn`: the same fit from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from andon.cli.main import main
from andon.console.audit.models import Entry
from andon.console.learning.models import Fitting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def learn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Call the command on this desk."""
    monkeypatch.setenv("ANDON_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["learn", "--lang", "en", *arguments])

    return call


def test_learn(learn: Callable[..., Result], corpus: Path, busy_desk: None, sora: Person) -> None:
    """The command fits, prints the comparison with its counts, and says where a person can put the candidate to use."""
    result = learn()
    assert result.exit_code == 0, result.output
    done = Fitting.objects.get()
    assert (done.state, done.by) == ("done", sora)
    assert "8 decisions" in result.output
    assert "15 rows of recruitment, 24 benign" in result.output.replace("\n", " ")
    assert f"/learning/fittings/{done.pk}/" in result.output
    assert Entry.objects.get(event="learning.fit_asked").via == "command"


def test_corpus_is_named(learn: Callable[..., Result], busy_desk: None, sora: Person, tmp_path: Path) -> None:
    """A corpus that is not there is said in one sentence that names the option."""
    result = learn("--by", "sora", "--corpus", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "andon learn --corpus PATH" in result.output
    assert not Fitting.objects.exists()


@pytest.mark.parametrize(("by", "said"), [("aoi", "no right"), ("ghost", "Nobody is registered as ghost")])
def test_who_asks(learn: Callable[..., Result], corpus: Path, busy_desk: None, aoi: Person, by: str, said: str) -> None:
    """The right is the person's, not the machine's: an analyst, or nobody known, cannot."""
    result = learn("--by", by)
    assert result.exit_code == 2
    assert said in result.output
    assert not Fitting.objects.exists()


def test_two_may(learn: Callable[..., Result], corpus: Path, busy_desk: None, person: Callable[..., Person]) -> None:
    """Where several may ask, somebody has to be named."""
    from andon.console.staff.rights import Role

    person("rin", Role.SUPERVISOR)
    person("ran", Role.SUPERVISOR)
    result = learn()
    assert result.exit_code == 2
    assert "--by" in result.output


def test_a_failing_fit_says_why(learn: Callable[..., Result], corpus: Path, busy_desk: None, sora: Person) -> None:
    """What the fit ended with is said in one sentence, with the exit status of unusable input."""
    (corpus / "seeds" / "recruit.txt").write_text("no header", encoding="utf-8")
    result = learn()
    assert result.exit_code == 2
    assert "before line 1 of recruit.txt" in result.output
    assert Fitting.objects.get().state == "failed"


def test_stopped_by_a_key(learn: Callable[..., Result], corpus: Path, busy_desk: None, sora: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the fit at once, and the next one need not wait for it."""
    from andon.console.learning import run as running

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "fit_candidate", stop)
    assert learn().exit_code == 130
    assert Fitting.objects.get().state == "failed"
