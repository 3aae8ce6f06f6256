"""Putting a model to use, and going back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.engine import in_use, look_again
from andon.console.intake.models import ModelVersion, Post
from andon.console.learning.actions.promote import promote, roll_back
from andon.console.learning.models import Fitting, Promotion
from andon.console.learning.queries.promotions import version_before
from andon.detection.scoring.model import shipped_model
from andon.domain.errors import Conflict, ModelError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

    Actors = Callable[..., gate.Actor]

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidate(sora: Person, tmp_path: Path) -> Callable[..., ModelVersion]:
    """A model that a fit has made: `candidate(bias=0.5)`; with other signals where `signals` is given."""

    def make(bias: float = 0.5, *, signals: tuple[str, ...] | None = None, state: str = "done") -> ModelVersion:
        shipped = shipped_model()
        model = replace(shipped, bias=shipped.bias + bias, signals=signals or shipped.signals)
        place = tmp_path / "models" / f"m{bias}.npz"
        place.parent.mkdir(exist_ok=True)
        model.save(place)
        with gate._door():
            version = ModelVersion.objects.create(sha256=hashlib.sha256(place.read_bytes()).hexdigest(), file=place.name)
            Fitting.objects.create(by=sora, state=state, candidate=version)
        return version

    return make


def test_promote(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """The candidate scores from then on; who did it, why and in place of what is kept."""
    before, version = in_use().version, candidate()
    promotion = promote(actor(sora), version.pk, note="見落としが減る", in_use_id=before.pk)
    look_again()
    assert in_use().version.pk == version.pk
    assert in_use().engine.model.bias == pytest.approx(shipped_model().bias + 0.5)
    assert (promotion.by, promotion.before, promotion.note, promotion.is_rollback) == (sora, before, "見落としが減る", False)
    entry = Entry.objects.get(event="learning.promoted")
    assert (entry.person, entry.subject, entry.facts["sha256"], entry.facts["before"]) == (sora.pk, f"model:{version.pk}", version.sha256, before.pk)


def test_stored_posts_keep_their_score(candidate: Callable[..., ModelVersion], campaign: Callable[..., Campaign], sora: Person, actor: Actors) -> None:
    """Putting another model to use changes no stored post and no campaign."""
    one = campaign()
    before = list(Post.objects.values_list("score", "level", "model"))
    promote(actor(sora), candidate().pk, note="試す", in_use_id=in_use().version.pk)
    again = type(one).objects.get(pk=one.pk)
    assert list(Post.objects.values_list("score", "level", "model")) == before
    assert (again.score, again.level, again.priority) == (one.score, one.level, one.priority)


def test_roll_back(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """Going back puts the model before to use, step by step, and never forth again by itself."""
    shipped, first, second = in_use().version, candidate(0.5), candidate(0.7)
    promote(actor(sora), first.pk, note="一", in_use_id=shipped.pk)
    promote(actor(sora), second.pk, note="二", in_use_id=first.pk)
    assert version_before() == first
    back = roll_back(actor(sora), in_use_id=second.pk)
    assert (back.version, back.before, back.is_rollback) == (first, second, True)
    assert version_before() == shipped
    roll_back(actor(sora), in_use_id=first.pk, note="まだ")
    look_again()
    assert in_use().version == shipped
    assert version_before() is None
    assert Entry.objects.filter(event="learning.rolled_back", person=sora.pk).count() == 2
    with pytest.raises(Refused) as error:
        roll_back(actor(sora), in_use_id=shipped.pk)
    assert error.value.data["reason"] == "no_earlier"


def test_after_going_back_another_may_come(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """A model that was gone back from is not what going back leads to later."""
    shipped, first, second = in_use().version, candidate(0.5), candidate(0.7)
    promote(actor(sora), first.pk, note="一", in_use_id=shipped.pk)
    roll_back(actor(sora), in_use_id=first.pk)
    promote(actor(sora), second.pk, note="二", in_use_id=shipped.pk)
    assert version_before() == shipped


def test_analysts_cannot(candidate: Callable[..., ModelVersion], aoi: Person, kei: Person, actor: Actors) -> None:
    """Neither an analyst nor an auditor puts a model to use or goes back, and the trail keeps that they tried."""
    shipped, version = in_use().version, candidate()
    for person in (aoi, kei):
        with pytest.raises(Refused):
            promote(actor(person), version.pk, note="使う", in_use_id=shipped.pk)
        with pytest.raises(Refused):
            roll_back(actor(person), in_use_id=shipped.pk)
        assert Entry.objects.filter(event="gate.refused", person=person.pk).count() == 2
    assert in_use().version == shipped
    assert not Promotion.objects.exists()


def test_a_stale_sign_in_is_refused(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """On a screen it takes a fresh sign-in."""
    version = candidate()
    with pytest.raises(Refused) as error:
        promote(actor(sora, fresh=False), version.pk, note="使う", in_use_id=in_use().version.pk)
    assert error.value.data["reason"] == "not_fresh"
    assert not Promotion.objects.exists()


def test_a_reason_is_needed(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """Without a note nothing is put to use."""
    with pytest.raises(Refused) as error:
        promote(actor(sora), candidate().pk, note="  ", in_use_id=in_use().version.pk)
    assert error.value.data["reason"] == "promotion_note"


def test_only_what_was_compared(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """A model whose fit did not end well is no candidate."""
    with pytest.raises(Refused) as error:
        promote(actor(sora), candidate(state="failed").pk, note="使う", in_use_id=in_use().version.pk)
    assert error.value.data["reason"] == "no_candidate"


def test_other_signals_are_refused(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """A model made for other signals than this version of andon has is not put to use."""
    version, before = candidate(signals=tuple(reversed(shipped_model().signals))), in_use().version
    with pytest.raises(ModelError):
        promote(actor(sora), version.pk, note="使う", in_use_id=before.pk)
    assert in_use().version == before
    assert not Promotion.objects.exists()


def test_an_altered_file_is_refused(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors, tmp_path: Path) -> None:
    """A model file that is not the one that was measured is not put to use."""
    version = candidate()
    (tmp_path / "models" / version.file).write_bytes(b"something else")
    with pytest.raises(ModelError):
        promote(actor(sora), version.pk, note="使う", in_use_id=in_use().version.pk)


def test_somebody_was_quicker(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """Who looked at a comparison with a model that is no longer in use is told so; twice is once."""
    shipped, first, second = in_use().version, candidate(0.5), candidate(0.7)
    promote(actor(sora), first.pk, note="一", in_use_id=shipped.pk)
    with pytest.raises(Conflict):
        promote(actor(sora), second.pk, note="二", in_use_id=shipped.pk)
    with pytest.raises(Conflict):
        promote(actor(sora), first.pk, note="一", in_use_id=first.pk)
    assert Promotion.objects.count() == 1


def test_promotions_are_only_added_to(candidate: Callable[..., ModelVersion], sora: Person, actor: Actors) -> None:
    """The database itself keeps what was put to use."""
    promote(actor(sora), candidate().pk, note="一", in_use_id=in_use().version.pk)
    for change in (lambda: Promotion.objects.update(note="別"), lambda: Promotion.objects.all().delete()):
        with gate._door(), pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_screen_asks_for_a_fresh_sign_in(candidate: Callable[..., ModelVersion], sora: Person, browse: Callable[[Person], Client]) -> None:
    """Posting without a fresh sign-in leads to the question who one is, and nothing is put to use."""
    client, version = browse(sora), candidate()
    answer = client.post(f"/learning/models/{version.pk}/promote/", {"note": "使う", "in_use": in_use().version.pk})
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["location"]
    assert not Promotion.objects.exists()
