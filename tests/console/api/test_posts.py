"""Posts that programs hand over go the way of an upload: the flagged are stored, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from andon.console.api import posts as endpoint
from andon.console.audit.models import Entry
from andon.console.intake.models import Post, Upload
from andon.console.staff.rights import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
RECRUIT = "闇バイト募集 即日日給5万円 荷物を受け取るだけ 詳細はテレグラム @0kuro_job"
ADDRESS = "/api/v1/posts"


@pytest.fixture(autouse=True)
def _worker(settings: Any) -> None:
    """Work in the background is done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def asking(aoi: Person, key: Callable[..., str], program: Callable[..., Client]) -> Client:
    """A program that may hand posts over."""
    return program(key(aoi, Scope.POSTS_WRITE))


def hand_over(client: Client, *rows: dict[str, Any], **more: Any) -> Any:
    return client.post(ADDRESS, {"posts": list(rows), **more}, content_type="application/json")


def test_flagged_posts_are_stored(asking: Client, aoi: Person) -> None:
    """Counts say what came of each; the rest is not kept. The upload and its entries are the person's."""
    answer = hand_over(asking, {"id": "1", "text": RECRUIT, "author": "someone_invented", "url": "https://social.example/1"}, {"id": "2", "text": "昼は蕎麦にした"})
    assert answer.status_code == 200
    said = answer.json()
    assert {name: said[name] for name in ("state", "posts", "flagged", "stored", "known", "rejected", "rejects")} == {
        "state": "done", "posts": 2, "flagged": 1, "stored": 1, "known": 0, "rejected": 0, "rejects": [],
    }  # fmt: skip
    stored = Post.objects.get()
    assert (stored.source_id, stored.text, stored.author) == ("api:1", RECRUIT, "someone_invented")
    assert Upload.objects.get().by == aoi
    assert {"intake.uploaded", "api.used"} <= set(Entry.objects.values_list("event", flat=True))


def test_same_batch_again_changes_nothing(asking: Client) -> None:
    """The same answer, and nothing stored twice."""
    rows = [{"id": "1", "text": RECRUIT}]
    first, second = hand_over(asking, *rows).json(), hand_over(asking, *rows).json()
    assert first == second
    assert Post.objects.count() == 1
    assert Upload.objects.count() == 1


def test_same_post_in_another_batch_is_known(asking: Client) -> None:
    """By its id in the collection; another collection's post of that id is another post."""
    hand_over(asking, {"id": "1", "text": RECRUIT})
    again = hand_over(asking, {"id": "1", "text": RECRUIT}, {"id": "2", "text": "晴れ"}).json()
    assert (again["stored"], again["known"]) == (0, 1)
    assert hand_over(asking, {"id": "1", "text": RECRUIT}, collection="board").json()["stored"] == 1


def test_rows_that_cannot_be_read_are_named(asking: Client) -> None:
    """By their number in the batch, with a reason; the others are stored."""
    said = hand_over(asking, {"id": "1", "text": RECRUIT}, {"id": "2", "text": "あ" * 40_000}, {"id": "3", "text": ""}).json()
    assert said["stored"] == 1
    assert said["rejected"] == len(said["rejects"]) > 0
    assert {one["row"] for one in said["rejects"]} <= {2, 3}
    assert all(one["sentence"] for one in said["rejects"])


@pytest.mark.parametrize(("row", "code", "name"), [
    ({"id": "1", "text": "x", "score": 1.0}, "unknown_field", "posts.0.score"), ({"id": "1", "text": "x", "campaign": 3}, "unknown_field", "posts.0.campaign"),
    ({"text": "x"}, "wrong_value", "posts.0.id"), ({"id": "", "text": "x"}, "wrong_value", "posts.0.id"), ({"id": 7, "text": "x"}, "wrong_value", "posts.0.id"),
    ({"id": "1", "text": None}, "wrong_value", "posts.0.text"), ({"id": "1", "text": "x", "created_at": "soon"}, "wrong_value", "posts.0.created_at"),
])  # fmt: skip
def test_protected_and_wrong_fields_are_refused(row: dict[str, Any], code: str, name: str, asking: Client) -> None:
    """The whole batch, by name: what the desk decides cannot be handed in."""
    answer = hand_over(asking, row)
    assert (answer.status_code, answer.json()["code"], answer.json()["fields"]) == (422, code, [name])
    assert not Upload.objects.exists()


@pytest.mark.parametrize("more", [{"level": "low"}, {"by": 1}, {"collection": "../x"}, {"collection": ""}])
def test_batch_has_no_other_fields(more: dict[str, Any], asking: Client) -> None:
    """Neither whose it is nor what is kept is the program's to say."""
    assert hand_over(asking, {"id": "1", "text": "x"}, **more).status_code == 422


def test_batches_have_a_limit(asking: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """None, or more than a thousand."""
    assert hand_over(asking).status_code == 422
    answer = hand_over(asking, *({"id": str(k), "text": "x"} for k in range(1001)))
    assert (answer.status_code, answer.json()["fields"]) == (422, ["posts"])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"posts": 1}', b"\xff\xfe", b'{"posts": [{"id": "1", "text": "\\ud800"}]}', b"[" * 100_000])
def test_what_is_no_batch_is_refused(body: bytes, asking: Client) -> None:
    """Whatever is sent in its place, in the form of all refusals."""
    answer = asking.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["sentence"]


def test_busy_worker_is_told(asking: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the worker is at something else: 202, and the upload's address answers later."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(endpoint, "PATIENCE", 0.2)
    answer = hand_over(asking, {"id": "1", "text": RECRUIT})
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert asking.get(f"/api/v1/uploads/{answer.json()['upload']}").json() == answer.json()


def test_uploads_of_others_are_not_there(asking: Client, jun: Person, key: Callable[..., str], program: Callable[..., Client]) -> None:
    """An upload belongs to the person whose key brought it."""
    said = hand_over(asking, {"id": "1", "text": RECRUIT}).json()
    assert program(key(jun)).get(f"/api/v1/uploads/{said['upload']}").status_code == 404
