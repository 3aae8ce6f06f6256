"""Files in: by the browser, by the command's way, stopped, tried again, read to the end; and who may do so."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake import files, scan, tasks
from andon.console.intake.actions.add_upload import add_upload
from andon.console.intake.actions.run_upload import begin, cancel, fail, retry
from andon.console.intake.engine import in_use
from andon.console.intake.models import Campaign, Post, Upload
from andon.domain.errors import Conflict, Refused, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
LURES = ["深夜に車を出せる人いますか。難波で待機して、合図があったら人を乗せて走るだけ、{}万円", "使っていない銀行口座を買います。通帳とカードをセットで{}万円、即日振込"]
ORDINARY = "今日は駅前のパン屋でカレーパンを買いました。とてもおいしかったです。その{}"


@pytest.fixture(autouse=True)
def at_once(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """Tests run in one transaction: what is to happen after a commit happens at the end of each test's step by hand."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def lines(count: int = 40, *, broken: int = 0) -> bytes:
    """JSON Lines: every tenth post recruits."""
    rows = [
        json.dumps({"id": str(n), "text": LURES[n % 20 // 10].format(n) if n % 10 == 0 else ORDINARY.format(n), "author": f"u{n}"}, ensure_ascii=False)
        for n in range(count)
    ]
    return ("\n".join([*rows, *["{broken"] * broken]) + "\n").encode()


def received(content: bytes, name: str = "posts.jsonl") -> files.Received:
    """A file as the browser sends it."""
    return files.receive(name, iter([content[:7], content[7:]]), len(content))


def added(who: gate.Actor, content: bytes, name: str = "posts.jsonl", **choices: Any) -> Upload:
    """An upload that waits."""
    return add_upload(who, received(content, name), **choices)[0]


def test_scan_from_upload_to_campaigns(aoi: Person, actor: Callable[..., gate.Actor], django_capture_on_commit_callbacks: Any) -> None:
    """Flagged posts are stored in campaigns with templates, the rest is not, counts are true, and the file is gone afterwards."""
    upload = added(actor(aoi), lines(40, broken=2))
    place = files.path_of(upload)
    assert place.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.scan_upload.func(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.posts, upload.flagged, upload.stored, upload.rejected) == ("done", 40, 4, 4, 2)
    assert Post.objects.count() == 4
    assert all(row.template_posts == row.posts for row in Campaign.objects.all())
    assert not place.exists()
    assert upload.file == ""
    assert len(files.rejects_path(upload).read_bytes().splitlines()) == 2
    assert [entry.event for entry in Entry.objects.order_by("number") if entry.event.startswith("intake.")] == [
        "intake.uploaded", "intake.model_registered", "intake.begun", "intake.stored", "intake.templates_drawn", "intake.finished",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["posts.jsonl.gz", "archive.zip"])
def test_packed_files_are_read_in_place(name: str, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """A packed file and an archive are one upload."""
    content = gzip.compress(lines())
    if name.endswith(".zip"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a/posts.jsonl", lines())
        content = buffer.getvalue()
    upload = added(actor(aoi), content, name)
    tasks.scan_upload.func(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.posts, upload.flagged) == ("done", 40, 4)


def test_same_content_is_one_upload(aoi: Person, jun: Person, actor: Callable[..., gate.Actor], django_capture_on_commit_callbacks: Any) -> None:
    """The same bytes under another name by somebody else are known, and the copy goes."""
    upload = added(actor(aoi), lines())
    with django_capture_on_commit_callbacks(execute=True):
        again, goes_on = add_upload(actor(jun), received(lines(), "other.jsonl"))
    assert (again.pk, goes_on) == (upload.pk, False)
    assert [one.name for one in files.path_of(upload).parent.iterdir()] == ["posts.jsonl"]
    tasks.scan_upload.func(upload.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert add_upload(actor(jun), received(lines(), "other.jsonl"))[1] is False
    assert not (files.uploads_folder() / upload.sha256).exists()


def test_a_file_that_is_none_fails_with_a_sentence(aoi: Person, actor: Callable[..., gate.Actor], browse: Callable[[Person], Client]) -> None:
    """What cannot be read at all is a failed upload that says why; it can be tried again or removed."""
    upload = added(actor(aoi), b"\x00\x01\x02 nothing that anybody knows \xff\xfe" * 50, "thing.bin")
    tasks.scan_upload.func(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "failed"
    assert upload.problem is not None
    assert str(files.uploads_folder()) not in json.dumps(upload.problem)
    page = browse(aoi).get(reverse("intake:uploads")).content.decode()
    assert reverse("intake:retry", args=[upload.pk]) in page
    assert "「thing.bin」の形式が分かりません" in page
    assert "--source" not in page


def test_an_unexpected_problem_is_told(aoi: Person, actor: Callable[..., gate.Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    """A job never ends in silence: whatever breaks, the upload is failed and says so."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    upload = added(actor(aoi), lines())
    monkeypatch.setattr(tasks, "scan", broken)
    with pytest.raises(ZeroDivisionError):
        tasks.scan_upload.func(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.problem) == ("failed", {"code": "intake.internal", "data": {}})


def test_who_lost_the_right_meanwhile_is_not_served(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """The worker acts for a person: with the right gone, the scan fails instead of going on for nobody."""
    upload = added(actor(aoi), lines())
    with gate._door():
        type(aoi).objects.filter(pk=aoi.pk).update(roles=["auditor"])
    tasks.scan_upload.func(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.stored) == ("failed", 0)


def test_a_stopped_scan_goes_on_where_it_was(aoi: Person, actor: Callable[..., gate.Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that dies between two stretches: the next one reads on, nothing is lost and nothing doubled."""
    monkeypatch.setattr(scan, "MOST_READY", 1)
    monkeypatch.setattr(scan, "_CHUNK", 1 << 16)
    content = lines(2000, broken=3)
    upload = added(actor(aoi), content)
    seen: list[int] = []

    def die(one: Upload) -> None:
        seen.append(one.posts)
        if len(seen) == 3:
            raise SystemExit

    with pytest.raises(SystemExit):
        scan.scan(actor(aoi), upload.pk, files.path_of(upload), die)
    upload.refresh_from_db()
    assert upload.state == "running"
    assert 0 < upload.posts < 2000
    assert tasks.resume_unfinished() == 1
    tasks.scan_upload.func(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.posts, upload.flagged, upload.stored, upload.known, upload.rejected) == ("done", 2000, 200, 200, 0, 3)
    assert Post.objects.count() == 200
    assert len(files.rejects_path(upload).read_bytes().splitlines()) == 3


def test_cancelled_stays_cancelled_and_can_go_on(
    aoi: Person, actor: Callable[..., gate.Actor], django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopping keeps what is stored and takes the file away; the same content added again goes on from there."""
    monkeypatch.setattr(scan, "MOST_READY", 1)
    monkeypatch.setattr(scan, "_CHUNK", 1 << 16)
    upload = added(actor(aoi), lines(2000))

    def stop(one: Upload) -> None:
        if one.posts > 20 and one.state == "running":
            cancel(actor(aoi), one.pk)

    with pytest.raises(Conflict):
        scan.scan(actor(aoi), upload.pk, files.path_of(upload), stop)
    upload.refresh_from_db()
    assert upload.state == "cancelled"
    stored = upload.stored
    assert 1 <= stored < 200
    with pytest.raises(Conflict):
        cancel(actor(aoi), upload.pk)
    again, goes_on = add_upload(actor(aoi), received(lines(2000)))
    assert goes_on
    tasks.scan_upload.func(again.pk)
    again.refresh_from_db()
    assert (again.pk, again.state, again.posts, again.stored) == (upload.pk, "done", 2000, 200)


def test_retry_needs_a_failed_upload(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """A failed one waits again; any other is a conflict."""
    upload = added(actor(aoi), lines())
    with pytest.raises(Conflict):
        retry(actor(aoi), upload.pk)
    fail(upload.pk, {"code": "intake.internal"})
    assert retry(actor(aoi), upload.pk).state == "waiting"


def test_verbs_need_the_right(aoi: Person, kei: Person, actor: Callable[..., gate.Actor]) -> None:
    """Nobody without the right adds, begins, stops or retries."""
    upload = added(actor(aoi), lines())
    for act in (lambda: add_upload(actor(kei), received(lines(41))), lambda: begin(actor(kei), upload.pk, in_use().version), lambda: cancel(actor(kei), upload.pk), lambda: retry(actor(kei), upload.pk)):
        with pytest.raises(Refused):
            act()
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\a\\投稿 一覧.csv", "投稿 一覧.csv"), ("a\u202egnp.exe", "agnp.exe"), ("...", "upload"), ("", "upload"),
        ("x" * 300 + ".jsonl.gz", "x" * 100 + "x" * 11 + ".jsonl.gz"), ("a/b\0c.csv", "bc.csv"), (".hidden", "hidden"),
    ],
)  # fmt: skip
def test_names_are_made_harmless(given: str, kept: str) -> None:
    """No folder, no control character, no hidden file, no name that a disk refuses; the ending stays."""
    assert files.safe_name(given) == kept


def test_too_large_empty_and_cut_are_refused(settings: Any) -> None:
    """A file above the limit is refused before and while it comes in, and leaves nothing on the disk."""
    settings.UPLOAD_MOST_BYTES = 10
    for pieces, announced, reason in (([b"x" * 11], None, "upload_too_large"), ([], 11, "upload_too_large"), ([], 0, "upload_empty"), ([b"abc"], 9, "upload_cut")):
        with pytest.raises(Refused, match=reason):
            files.receive("a.jsonl", iter(pieces), announced)
    assert not [one for one in files.uploads_folder().rglob("*") if one.is_file()]


def test_unknown_source_is_an_error(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """A source that nobody knows is refused when the file is added, not when it is read."""
    with pytest.raises(SourceError):
        added(actor(aoi), lines(), source="nowhere")


def test_drop_zone_sends_the_file_as_the_body(aoi: Person, browse: Callable[[Person], Client]) -> None:
    """The body is the file, its name is in a header; the worker has a job afterwards."""
    answer = browse(aoi).post(
        reverse("intake:receive") + "?source=auto&level=high", data=lines(), content_type="application/octet-stream", headers={"X-Name": "%E6%8A%95%E7%A8%BF.jsonl"}
    )
    assert answer.status_code == 200
    upload = Upload.objects.get(pk=answer.json()["id"])
    assert (upload.name, upload.level, upload.state) == ("投稿.jsonl", "high", "waiting")
    assert DBTaskResult.objects.filter(task_path="andon.console.intake.tasks.scan_upload").count() == 1


def test_csrf_is_asked_for(aoi: Person) -> None:
    """A file from another site is refused."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(aoi, backend="andon.console.staff.backend.SignInBackend")
    assert client.post(reverse("intake:receive"), data=lines(), content_type="application/octet-stream").status_code == 403
    assert not Upload.objects.exists()


def test_plain_form_takes_several_files(aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Without script the button sends; what cannot be taken is told for each file."""
    several = [SimpleUploadedFile("a.jsonl", lines()), SimpleUploadedFile("b.jsonl", lines(41))]
    assert browse(aoi).post(reverse("intake:uploads"), {"files": several}).status_code == 302
    assert set(Upload.objects.values_list("name", flat=True)) == {"a.jsonl", "b.jsonl"}
    answer = browse(aoi).post(reverse("intake:uploads"), {"files": [SimpleUploadedFile("empty.jsonl", b"")]})
    assert answer.status_code == 422
    assert "空のファイル" in answer.content.decode()
    assert browse(aoi).post(reverse("intake:uploads"), {}).status_code == 422
    wrong = browse(aoi).post(reverse("intake:uploads"), {"files": several, "columns": "nothing"})
    assert (wrong.status_code, Upload.objects.count()) == (422, 2)


@pytest.mark.parametrize("name", ["uploads", "upload_list", "receive"])
def test_pages_need_the_right(name: str, kei: Person, nao: Person, browse: Callable[[Person], Client]) -> None:
    """Who takes nothing in sees nothing of it."""
    for someone in (kei, nao):
        assert browse(someone).get(reverse(f"intake:{name}")).status_code == 403


def test_list_asks_again_only_while_something_runs(aoi: Person, browse: Callable[[Person], Client], upload: Upload) -> None:
    """A finished list is quiet; a waiting upload has it ask every second."""
    page = browse(aoi).get(reverse("intake:uploads")).content.decode()
    assert "every 1s" not in page
    with gate._door():
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.RUNNING, position={"thousandths": 420})
    moving = browse(aoi).get(reverse("intake:upload_list")).content.decode()
    assert "every 1s" in moving
    assert 'value="42"' in moving


def test_one_upload_tells_counts_and_gives_rejects(
    aoi: Person, actor: Callable[..., gate.Actor], browse: Callable[[Person], Client]
) -> None:
    """The page of an upload has shares with their denominators and the way to the queue; reading the unreadable rows is an event."""
    upload = added(actor(aoi), lines(40, broken=2))
    tasks.scan_upload.func(upload.pk)
    page = browse(aoi).get(reverse("intake:upload", args=[upload.pk])).content.decode()
    assert f"?upload={upload.pk}" in page
    assert "4 / 40" in page
    answer = browse(aoi).get(reverse("intake:rejects", args=[upload.pk]))
    assert len(b"".join(answer.streaming_content).splitlines()) == 2  # type: ignore[attr-defined]
    assert Entry.objects.latest("number").event == "intake.rejects_downloaded"


def test_list_needs_few_queries(aoi: Person, browse: Callable[[Person], Client], actor: Callable[..., gate.Actor], django_assert_max_num_queries: Any) -> None:
    """The list asks as much for many uploads as for one."""
    for n in range(20):
        added(actor(aoi), lines(3 + n), f"{n}.jsonl")
    client = browse(aoi)
    with django_assert_max_num_queries(8):
        assert client.get(reverse("intake:uploads")).status_code == 200


def test_cancel_and_retry_by_screen(aoi: Person, actor: Callable[..., gate.Actor], browse: Callable[[Person], Client]) -> None:
    """Buttons do what they say; HTMX gets the list anew."""
    upload = added(actor(aoi), lines())
    fail(upload.pk, {"code": "intake.internal", "data": {}})
    answer = browse(aoi).post(reverse("intake:retry", args=[upload.pk]), headers={"HX-Request": "true"})
    assert (answer.status_code, 'id="uploads"' in answer.content.decode()) == (200, True)
    assert browse(aoi).post(reverse("intake:cancel", args=[upload.pk])).status_code == 302
    upload.refresh_from_db()
    assert upload.state == "cancelled"
    assert browse(aoi).post(reverse("intake:cancel", args=[upload.pk])).status_code == 409


def test_every_problem_has_a_sentence() -> None:
    """Also one whose code nobody foresaw, in both languages."""
    from andon.console.intake.queries import problem_sentence

    for language in ("ja", "en"):
        assert problem_sentence(None, language) == ""
        assert "strange.code" in problem_sentence({"code": "strange.code", "data": {}}, language)
        assert "a.csv" in problem_sentence({"code": "source_unusable", "data": {"reason": "broken_archive", "path": "a.csv"}}, language)


def test_engine_is_the_model_in_use(aoi: Person) -> None:
    """The first call registers the shipped model; a second one, and another look, give the same."""
    first = in_use()
    assert (first.version.file, len(first.version.sha256)) == ("", 64)
    assert in_use().version == first.version
    assert Entry.objects.filter(event="intake.model_registered").count() == 1


def test_sources_say_where_they_lie() -> None:
    """A path of an upload never leaves its folder."""
    assert Path(files.receive("../x.csv", iter([b"abc"])).file).name == "x.csv"
