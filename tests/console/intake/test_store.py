"""One stretch into the store: whole or not at all, each post once, counts true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Max

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.actions.store_batch import store_batch
from andon.console.intake.models import Campaign, Contact, Post, PostContact, SignalDay, Tie, Upload
from andon.console.intake.ready import make_ready
from andon.console.intake.storing import Stretch
from andon.detection.assess.assess import assess
from andon.detection.scoring.engine import shipped_engine
from andon.domain import posts as domain
from andon.domain.errors import Conflict, Refused
from andon.pipeline import Flagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.intake.models import ModelVersion
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
TEXT = "深夜に車を出せる方を探しています。指定の場所で人を乗せて駅まで運ぶだけ、1件{}万円、即日払い テレグラム 0abc_driver"


def state() -> list[Any]:
    """Rows and highest numbers of every table that storing writes."""
    return [(model.objects.count(), model.objects.aggregate(last=Max("pk"))["last"]) for model in (Post, Campaign, Contact, PostContact, Tie, SignalDay)]


def test_the_same_again_changes_nothing(store: Callable[..., Any], post: Callable[..., dict[str, Any]], running: Upload) -> None:
    """Known posts are counted and nothing is written for them."""
    records = [post(TEXT.format(n)) for n in range(5)]
    store(records)
    before = state()
    assert store(records).known == 5
    assert state() == before
    running.refresh_from_db()
    assert (running.posts, running.flagged, running.stored, running.known, running.changed) == (10, 10, 5, 5, 0)


def test_a_changed_text_is_noted_and_the_first_kept(store: Callable[..., Any], post: Callable[..., dict[str, Any]], running: Upload) -> None:
    """The text as first seen stays; the upload and the trail say that it says something else now."""
    store([post("最初の本文です。荷物を運ぶ仕事", id="p")])
    store([post("書き換えられた本文です。普通の求人", id="p")])
    running.refresh_from_db()
    assert (running.known, running.changed) == (1, 1)
    kept = Post.objects.get(source_id="p")
    assert kept.text == "最初の本文です。荷物を運ぶ仕事"
    assert Entry.objects.latest("number").facts["changed"] == [kept.pk]


def test_twice_in_one_stretch_is_once(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """Within a stretch too each post counts once."""
    stored = store([post(TEXT.format(1), id="p"), post(TEXT.format(1), id="p")])
    assert (stored.stored, stored.known, Post.objects.count()) == (1, 1, 1)


def test_the_entry_says_what_was_done(store: Callable[..., Any], post: Callable[..., dict[str, Any]], running: Upload) -> None:
    """Counts and place stand in the trail, texts do not."""
    store([post(TEXT.format(1))])
    entry = Entry.objects.latest("number")
    assert (entry.event, entry.subject, entry.via) == ("intake.stored", f"upload:{running.pk}", "worker")
    assert (entry.facts["stored"], entry.facts["position"]) == (1, {"row": 1})
    assert "車" not in str(entry.facts)


def test_a_second_reader_is_turned_away(
    store: Callable[..., Any], post: Callable[..., dict[str, Any]], running: Upload, aoi: Person, actor: Callable[..., gate.Actor], version: ModelVersion
) -> None:
    """Who reads on from a place that is behind already stores nothing."""
    store([post(TEXT.format(1))])
    with pytest.raises(Conflict, match="upload_moved_on"):
        store_batch(actor(aoi), running.pk, Stretch(None, {"row": 9}, [], version.pk, 1))


def test_a_cancelled_upload_takes_nothing_more(
    running: Upload, aoi: Person, actor: Callable[..., gate.Actor], version: ModelVersion
) -> None:
    """The worker learns of it at its next stretch."""
    with gate._door():
        Upload.objects.filter(pk=running.pk).update(state=Upload.State.CANCELLED)
    with pytest.raises(Conflict):
        store_batch(actor(aoi), running.pk, Stretch(None, {"row": 1}, [], version.pk, 1, posts=5))


def test_storing_needs_the_right(running: Upload, kei: Person, actor: Callable[..., gate.Actor], version: ModelVersion) -> None:
    """An auditor stores nothing."""
    with pytest.raises(Refused):
        store_batch(actor(kei), running.pk, Stretch(None, {"row": 1}, [], version.pk, 1))


def test_a_failed_stretch_leaves_nothing(
    store: Callable[..., Any], post: Callable[..., dict[str, Any]], running: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks at the very end undoes all of it, and the next try (with the window filled anew) finds the ties."""
    store([post(TEXT.format(1), id="a")])
    before = state()

    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("andon.console.intake.storing.count_signals", broken)
        with pytest.raises(RuntimeError):
            store([post(TEXT.format(2), id="b")])
    assert state() == before
    store([post(TEXT.format(3), id="c")])
    assert Tie.objects.count() == 1
    assert Campaign.objects.get().posts == 2


def test_signals_are_counted_by_day(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """A signal counts the posts it fired in, over stretches."""
    store([post(TEXT.format(1), signals=["receive_parcel", "pay_day_high"])])
    store([post(TEXT.format(2), signals=["receive_parcel"])])
    assert dict(SignalDay.objects.values_list("signal", "posts")) == {"receive_parcel": 2, "pay_day_high": 1}


def make(**fields: Any) -> Any:
    """A flagged post made ready, with the shipped model."""
    engine = shipped_engine()
    text = fields.pop("text", "日給5万円 荷物を受け取るだけ 詳細はDM")
    one = domain.Post(**({"id": "1", "source": "generic", "text": text} | fields))
    return make_ready(Flagged(one, assess(text, engine)), engine, __import__("datetime").datetime.now(__import__("datetime").UTC))


def test_ids_made_of_places_name_the_text_too() -> None:
    """Row 12 of this week's list is not row 12 of last week's."""
    first, second = (make(id="list.csv:12", file="list.csv", row=12, text=text).post.source_id for text in ("日給5万円 荷物を受け取るだけ", "口座を買い取ります 即金10万円"))
    assert first != second
    assert first.startswith("list.csv:12#")
    assert make(id="77", file="list.csv", row=12).post.source_id == "77"


def test_values_fit_their_columns() -> None:
    """Long ids stay different, zero characters become a sign, half characters do not reach the database."""
    one, other = make(id="x" * 300 + "1"), make(id="x" * 300 + "2")
    assert len(one.post.source_id) <= 200
    assert one.post.source_id != other.post.source_id
    odd = make(author="a\0b\ud800", url="h" * 5000)
    assert odd.post.author == "a␀b?"
    assert len(odd.post.url) <= 1000


def test_ready_posts_say_what_the_assessment_says() -> None:
    """Level, kinds, pay, missing items and signals with a weight."""
    row = make().post
    assert row.level in (2, 3)
    assert (row.pay_yen, row.pay_per) == (50_000, "day")
    assert set(row.signals) <= {signal.name for signal in shipped_engine().signals}
    assert "name" in row.missing
