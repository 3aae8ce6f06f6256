"""Fits from beginning to end, on a corpus of some hundred rows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.engine import engine_of, in_use
from andon.console.intake.models import Campaign, ModelVersion, Post
from andon.console.learning import tasks
from andon.console.learning.actions.fit import fit
from andon.console.learning.models import Fitting
from andon.console.learning.run import run
from andon.domain.errors import Conflict, LabelError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.review.models import Decision
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(corpus: Path, busy_desk: None, sora: Person, actor: Callable[..., gate.Actor]) -> Fitting:
    """A fit that waits."""
    return fit(actor(sora))


def test_a_fit_makes_a_candidate(asked: Fitting, tmp_path: Path) -> None:
    """The worker's task fits, writes the model below the models folder, and leaves the model in use alone."""
    before = in_use().version
    scores = list(Post.objects.order_by("pk").values_list("score", flat=True))
    tasks.fit.call(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.problem, asked.share_done) == ("done", None, 1.0)
    candidate = asked.candidate
    assert candidate is not None
    assert (tmp_path / "models" / candidate.file).is_file()
    assert candidate.in_use_since is None
    assert in_use().version == before == asked.against
    assert engine_of(candidate).model.facts["desk"]["decisions"] == 8
    assert list(Post.objects.order_by("pk").values_list("score", flat=True)) == scores
    assert "デスクで人が判断した投稿の文面 8 件" in candidate.card


def test_the_comparison_counts(asked: Fitting) -> None:
    """The comparison names how many rows stand behind it: golden set, decisions held back, open campaigns."""
    done = run(asked.pk)
    assert done.rows["decisions"] == 8
    assert done.rows["held_back"] == 2
    assert done.rows["desk_recruit"] + done.rows["desk_benign"] == 8
    golden, time, today = (done.comparison[part] for part in ("golden", "time", "today"))
    assert (golden["recruit"], golden["benign"]) == (15, 24)
    assert (time["recruit"], time["benign"], time["decisions"]) == (1, 1, 2)
    assert today["campaigns"] == 2
    assert all(share["total"] == 15 for share in (golden["sides"][side]["levels"]["medium"]["recall"] for side in ("before", "after")))


def test_the_trail_tells_the_steps(asked: Fitting, sora: Person) -> None:
    """Asking is the person's entry; each step and the end are the machine's."""
    steps: list[str] = []
    run(asked.pk, lambda step, _share: steps.append(step))
    entries = list(Entry.objects.filter(subject=f"fitting:{asked.pk}").order_by("number").values_list("event", "person"))
    assert entries[0] == ("learning.fit_asked", sora.pk)
    assert entries[-1] == ("learning.fit_done", None)
    assert [event for event, _ in entries[1:-1]] == ["learning.fit_step"] * len(dict.fromkeys(steps))
    assert list(dict.fromkeys(steps)) == ["reading", "fitting", "weights", "folds", "alikes", "meaning", "limits", "measuring", "queue"]


def test_the_same_decisions_give_the_same_model(asked: Fitting, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """A second fit on the same decisions makes the very same candidate, which is stored once."""
    first = run(asked.pk).candidate
    again = run(fit(actor(sora)).pk)
    assert again.candidate == first
    assert ModelVersion.objects.exclude(file="").count() == 1


def test_asking_enqueues_one(asked: Fitting, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """A fit waits for the worker, and while it does nobody can ask for another."""
    assert DBTaskResult.objects.filter(task_path="andon.console.learning.tasks.fit").count() == 1
    with pytest.raises(Conflict):
        fit(actor(sora))


def test_a_lost_fit_gives_way(asked: Fitting, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """A fit whose worker has been silent for long is marked as failed when somebody asks again."""
    with gate._door():
        Fitting.objects.filter(pk=asked.pk).update(state="running", heard_at=timezone.now() - timedelta(minutes=20))
    other = fit(actor(sora))
    asked.refresh_from_db()
    assert (asked.state, asked.problem) == ("failed", {"code": "learning.problem.silent", "data": {}})
    assert other.state == "waiting"


def test_a_restarted_worker_takes_it_up(asked: Fitting) -> None:
    """What was running when the worker stopped is enqueued again; what has ended is not."""
    assert tasks.resume_unfinished() == []
    with gate._door():
        Fitting.objects.filter(pk=asked.pk).update(state="running")
    assert tasks.resume_unfinished() == [asked.pk]
    assert run(asked.pk).state == "done"
    ended = run(asked.pk).ended_at
    assert run(asked.pk).ended_at == ended


def test_analysts_cannot_ask(corpus: Path, busy_desk: None, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Who may not start a fit is refused, and the trail keeps it."""
    with pytest.raises(Refused):
        fit(actor(aoi))
    assert not Fitting.objects.exists()
    assert Entry.objects.filter(event="gate.refused", subject="learning.fit_asked", person=aoi.pk).exists()


def test_nothing_to_learn_from(corpus: Path, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """Without decisions there is nothing to fit, and that is said at once."""
    with pytest.raises(LabelError) as error:
        fit(actor(sora))
    assert error.value.data["reason"] == "no_decisions"


def test_no_corpus(busy_desk: None, sora: Person, actor: Callable[..., gate.Actor], tmp_path: Path) -> None:
    """A corpus folder that was asked for and is none is named, and nothing waits."""
    with pytest.raises(LabelError) as error:
        fit(actor(sora), corpus=str(tmp_path / "nowhere"))
    assert error.value.data == {"path": str(tmp_path / "nowhere"), "reason": "no_corpus"}
    assert not Fitting.objects.exists()


def test_a_failing_fit_says_why(asked: Fitting, corpus: Path) -> None:
    """A fit that cannot be made ends with a code and its data; decisions, models and the model in use are as before."""
    before, models = in_use().version, ModelVersion.objects.count()
    (corpus / "seeds" / "recruit.txt").write_text("no header", encoding="utf-8")
    failed = run(asked.pk)
    assert failed.state == "failed"
    assert failed.problem == {"code": "labels_unusable", "data": {"path": "recruit.txt", "line": 1, "reason": "no_header"}}
    assert (in_use().version, ModelVersion.objects.count()) == (before, models)


def test_too_few_rows_to_fold(asked: Fitting, corpus: Path) -> None:
    """Rows that no fit can be made of fail with a sentence, not with a crash of the worker."""
    (corpus / "seeds" / "benign" / "talk.txt").unlink()
    (corpus / "seeds" / "benign" / "adverts.txt").write_text("@ kind=advert\n時給千円\n", encoding="utf-8")
    (corpus / "seeds" / "recruit.txt").write_text("@ kind=vague\n受け子\n", encoding="utf-8")
    failed = run(asked.pk)
    assert failed.state == "failed"
    assert failed.problem is not None
    assert failed.problem["code"] == "learning.problem.fit"


def test_open_campaigns_are_compared(asked: Fitting) -> None:
    """Every open campaign stands once in the table of levels, and a move names scores and levels of both models."""
    today: dict[str, Any] = run(asked.pk).comparison["today"]
    assert sum(sum(row.values()) for row in today["matrix"].values()) == Campaign.objects.filter(state="open").count() == 2
    order = ("high", "medium", "low", "none")
    for campaign, was, level_was, will, level_will in today["up"]:
        assert order.index(level_will) < order.index(level_was) or (level_will == level_was and will > was)
        assert Campaign.objects.get(pk=campaign).state == "open"


def test_a_withdrawn_decision_is_forgotten_by_the_next_fit(asked: Fitting, decided: Callable[..., Decision], sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """The next candidate is fitted without the decision that was withdrawn."""
    from andon.console.review.models import Decision as Record

    run(asked.pk)
    first = Record.objects.order_by("pk").first()
    assert first is not None
    decided(first.campaign, "withdrawn", withdraws=first)
    again = run(fit(actor(sora)).pk)
    assert again.rows["decisions"] + again.rows["held_back"] == 9


def test_moves_across_levels_come_first(campaign: Callable[..., Campaign]) -> None:
    """Of the campaigns that would move, those that change levels stand first, and each stands on the side to which it moves."""
    from dataclasses import replace

    from andon.console.learning.queries.today import changes_today
    from andon.detection.scoring.engine import Engine, shipped_engine

    for text in ("闇バイト 受け子 急募 テレグラムまで 即日即金 日給10万", "荷物を受け取るだけの仕事 日給3万円 DMください", "口座買います 高額"):
        campaign(text, posts=1)
    before = shipped_engine()
    lower = Engine(before.signals, replace(before.model, bias=before.model.bias - 9.0))
    found = changes_today(before, lower)
    assert found["campaigns"] == 3
    assert found["up"] == []
    steps = [("high", "medium", "low", "none").index(move[4]) - ("high", "medium", "low", "none").index(move[2]) for move in found["down"]]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] > 0
    assert sum(found["matrix"][level][level] for level in found["matrix"]) == 3 - sum(step > 0 for step in steps)


def test_waiting_behind_a_scan_is_not_lost(asked: Fitting) -> None:
    """A fit may wait for hours behind other work; one that runs speaks up within minutes."""
    now = timezone.now()
    assert asked.is_open(now + timedelta(hours=5))
    assert not asked.is_open(now + timedelta(days=2))
    asked.state = "running"
    assert asked.is_open(now + timedelta(minutes=5))
    assert not asked.is_open(now + timedelta(hours=5))
    asked.state = "done"
    assert not asked.is_open(now)
