"""What a browser sends and what lies in the take-in folder: names, sizes, tricks, the same twice, vanished, full disk."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from andon.console.casework.actions.life import close, open_case
from andon.console.evidence.exhibits import copying, incoming, jobs, sending
from andon.console.evidence.exhibits.actions.take_in import Said, Source, order
from andon.console.evidence.exhibits.copying import take_in_now
from andon.console.evidence.exhibits.models import CustodyLine, Exhibit
from andon.console.evidence.exhibits.queries.listing import rows
from andon.console.evidence.exhibits.store import alone, room, store
from andon.domain.errors import Conflict, EvidenceError, Refused
from andon.evidence.custody.verify import verify

if TYPE_CHECKING:
    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
FORM = {"title": "押収スマートフォン", "place": "保管室", "how": "差押え"}


def post(client: Client, case: Case, files: dict[str, bytes], **more: Any) -> Any:
    """Send files under these names."""
    sent = [SimpleUploadedFile(name.rpartition("/")[2] or "x", content) for name, content in files.items()]
    return client.post(reverse("exhibits:take_in", args=[case.pk]), FORM | {"files": sent} | more)


def paths(*names: str) -> str:
    """As the script writes them."""
    return json.dumps(names)


def left() -> list[str]:
    """What lies in the room of what is sent."""
    return [one.name for one in room("incoming").iterdir()]


def test_one_file_is_one_exhibit(case: Case, mori: Person, browse: Any) -> None:
    """Sent, copied by the worker, its hash the file's; what was sent is gone."""
    content = os.urandom(3 << 20)
    answer = post(browse(mori), case, {"dump.bin": content}, expected_sha256=hashlib.sha256(content).hexdigest().upper())
    assert answer.status_code == 302
    assert len(left()) == 1
    assert jobs.run_copies() == 1
    exhibit = Exhibit.objects.get()
    assert (exhibit.state, exhibit.kind, exhibit.size_bytes, exhibit.way) == ("taken", "file", 3 << 20, "upload")
    assert exhibit.tree_sha256 == hashlib.sha256(content).hexdigest()
    assert not exhibit.differs
    assert store().manifest("E0001").files[0].name == "dump.bin"
    assert left() == []


def test_several_files_become_a_folder_with_their_paths(case: Case, mori: Person, browse: Any) -> None:
    """As the script tells the paths; without it by their names, and the same name twice stays two files."""
    client = browse(mori)
    post(client, case, {"a.txt": b"a", "b.txt": b"b"}, paths=paths("chats/a.txt", "chats/media/b.txt"))
    post(client, case, {"x/a.txt": b"1", "y/a.txt": b"2"})
    jobs.run_copies()
    first, second = Exhibit.objects.order_by("pk")
    assert [one.name for one in store().manifest(first.code).files] == ["chats/a.txt", "chats/media/b.txt"]
    assert [one.name for one in store().manifest(second.code).files] == ["a.txt", "a.txt#2"]
    assert second.renamed == {"a.txt#2": "a.txt"}


HOSTILE = (
    "../../etc/passwd", "/etc/passwd", "..", "a/../../b", "\0nul", "x" * 400 + ".txt", "\u202egpj.exe", "line\nend", "<script>alert(1)</script>.txt",
    "\ud800half", "a//b", "C:\\windows\\x", "  ", "日本語" * 100, "/".join(["deep"] * 900), "CON", "%2e%2e/x", "~root", "-rf", "a\u0000/b",
)  # fmt: skip


def test_hostile_names_lead_nowhere_and_nothing_is_lost(case: Case, mori: Person, browse: Any) -> None:
    """Every file is there with its bytes, inside; what had to be changed is told; the page shows no markup of theirs."""
    client = browse(mori)
    contents = {f"{number}": os.urandom(40) for number in range(len(HOSTILE))}
    answer = post(client, case, contents, paths=json.dumps(list(HOSTILE)))
    assert answer.status_code == 302, answer.content.decode()[:500]
    jobs.run_copies()
    exhibit = Exhibit.objects.get()
    assert exhibit.state == "taken", exhibit.problem
    files = store().manifest(exhibit.code).files
    assert sorted(one.sha256 for one in files) == sorted(hashlib.sha256(one).hexdigest() for one in contents.values())
    assert not any(one.name.startswith("/") or ".." in one.name.split("/") for one in files)
    assert exhibit.renamed
    text = client.get(reverse("exhibits:exhibit", args=[case.pk, exhibit.pk])).content.decode()
    assert "<script>alert(1)" not in text
    assert "\u202e" not in text
    assert verify(store()).findings == []


@pytest.mark.parametrize("told", HOSTILE)
def test_kept_part_is_a_name(told: str) -> None:
    """Of any part of a path: short enough, no way out, told as text."""
    for part in told.split("/"):
        kept = sending.kept_part(part)
        assert len(kept.encode()) <= 255
        assert kept not in ("", ".", "..")
        assert "/" not in kept
        assert "\0" not in kept


def test_files_and_folders_of_one_name(case: Case) -> None:
    """A file that is also the folder of another gets out of its way."""
    names = sending.Names()
    found = [names.add(one) for one in ("a", "a/b", "a/b", "a", "c/d", "c")]
    assert len(set(found)) == len(found)
    assert found[0] == "a"
    assert found[1].endswith("/b")
    assert found[5] == "c#2"


def test_different_hash_is_a_finding_and_no_refusal(case: Case, mori: Person, browse: Any) -> None:
    """Taken in, and told on list and page."""
    client = browse(mori)
    post(client, case, {"x.bin": b"x"}, expected_sha256="a" * 64)
    jobs.run_copies()
    exhibit = Exhibit.objects.get()
    assert exhibit.is_taken
    assert exhibit.differs
    assert "SHA-256 が押収記録と違います" in client.get(reverse("exhibits:exhibit", args=[case.pk, exhibit.pk])).content.decode()
    assert "ハッシュ不一致" in client.get(reverse("exhibits:list", args=[case.pk])).content.decode()


def test_form_says_what_is_missing_and_leaves_nothing(case: Case, mori: Person, browse: Any) -> None:
    """No file, no title, no reason for "not disclosable", no SHA-256: 422 with a sentence, and what was sent is gone."""
    client = browse(mori)
    for more in ({"title": ""}, {"place": " "}, {"how": ""}, {"expected_sha256": "abc"}, {"is_disclosable": "no"}):
        assert post(client, case, {"x": b"x"}, **more).status_code == 422, more
    answer = client.post(reverse("exhibits:take_in", args=[case.pk]), FORM)
    assert answer.status_code == 422
    assert "ファイルを選ぶか" in answer.content.decode()
    sent = FORM | {"title": "", "files": SimpleUploadedFile("x", b"x")}
    told = client.post(reverse("exhibits:take_in", args=[case.pk]), sent, headers={"X-Requested-With": "desk"})
    assert "title" in told.json()["fields"]
    assert not Exhibit.objects.exists()
    assert left() == []


def test_form_of_another_site_is_refused_and_leaves_nothing(case: Case, mori: Person) -> None:
    """Without the token of the page nothing is taken in, though the files were read to find that out."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(mori, backend="andon.console.staff.backend.SignInBackend")
    assert post(client, case, {"x": b"x"}).status_code == 403
    assert not Exhibit.objects.exists()
    assert left() == []


def test_too_much_is_refused_before_it_is_read(case: Case, mori: Person, browse: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit, and more than the disk has room for."""
    settings.UPLOAD_MOST_BYTES = 1000
    assert post(browse(mori), case, {"x": bytes(5000)}).status_code == 422
    settings.UPLOAD_MOST_BYTES = 1 << 30
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10})())
    answer = post(browse(mori), case, {"x": bytes(5000)})
    assert answer.status_code == 422
    assert not Exhibit.objects.exists()
    assert left() == []


def test_disk_full_while_sending(case: Case, mori: Person, browse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, and nothing half is left."""

    class Full(io.BytesIO):
        def write(self, _: Any) -> int:
            raise OSError(errno.ENOSPC, "full")

    real = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *args, **more: Full() if ".parts" in self.parts else real(self, *args, **more))
    answer = post(browse(mori), case, {"x": bytes(5000)})
    assert answer.status_code == 422
    assert "空き" in answer.content.decode()
    assert not Exhibit.objects.exists()


def test_disk_full_while_copying(case: Case, mori: Person, browse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Failed with one sentence; what was sent stays; tried again with room it is taken in, and the store is whole."""
    client = browse(mori)
    post(client, case, {"a": os.urandom(100), "b": os.urandom(100)})
    box, real, calls = store(), type(store()).keep, []

    def full(self: Any, pieces: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "full")
        return real(self, pieces, **more)

    with monkeypatch.context() as filled:
        filled.setattr(type(box), "keep", full)
        jobs.run_copies()
    exhibit = Exhibit.objects.get()
    assert exhibit.state == "failed"
    page = client.get(reverse("exhibits:exhibit", args=[case.pk, exhibit.pk])).content.decode()
    assert "ディスクの空きが足りません" in page
    assert verify(store()).findings == []  # no copy is left that nothing tells of
    client.post(reverse("exhibits:again", args=[case.pk, exhibit.pk]))
    jobs.run_copies()
    exhibit.refresh_from_db()
    assert exhibit.state == "taken"
    assert verify(store()).findings == []


def test_failed_one_can_be_given_up(case: Case, mori: Person, phone: Path, said: Said, actor: Any, browse: Any) -> None:
    """It leaves the lists; it was never in the store."""
    exhibit = order(actor(mori), case, Source(Exhibit.Way.COMMAND, str(phone / "gone")), said)
    jobs.run_copies()
    exhibit.refresh_from_db()
    assert (exhibit.state, (exhibit.problem or {})["reason"]) == ("failed", "missing")
    client = browse(mori)
    page = client.get(reverse("exhibits:exhibit", args=[case.pk, exhibit.pk])).content.decode()
    assert "gone が見つかりません" in page
    assert str(phone) not in page
    client.post(reverse("exhibits:drop", args=[case.pk, exhibit.pk]))
    assert client.get(reverse("exhibits:exhibit", args=[case.pk, exhibit.pk])).status_code == 404
    assert not CustodyLine.objects.exists()


def test_same_content_twice_is_said(taken: Exhibit, case: Case, mori: Person, phone: Path, said: Said, actor: Any, browse: Any) -> None:
    """Not refused; both say so. The same content in another case is told to nobody."""
    again = take_in_now(actor(mori), case, phone, said)
    assert again.code == "E0002"
    assert [one.code for one in rows([again])[0].same] == ["E0001"]
    assert "E0002 と同じ内容" in browse(mori).get(reverse("exhibits:list", args=[case.pk])).content.decode()
    other = open_case(actor(mori), "別件", "general", ground="試験")
    third = take_in_now(actor(mori), other, phone, said)
    assert rows([third])[0].same == ()


def bomb() -> bytes:
    """A zip that would unpack to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(300 << 20))
    return out.getvalue()


def tricky() -> bytes:
    """A zip with a way out, a link and a half."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.txt", "x")
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


@pytest.mark.parametrize(("content", "code"), [(bomb(), "bomb"), (tricky(), "tricky_name"), (tricky()[:60], "not_readable_as_archive")], ids=["bomb", "way out", "half"])
def test_archives_are_kept_as_they_are_with_findings(content: bytes, code: str, case: Case, mori: Person, browse: Any) -> None:
    """Nothing is unpacked; what is odd stands on the page in words."""
    client = browse(mori)
    post(client, case, {"dump.zip": content})
    jobs.run_copies()
    exhibit = Exhibit.objects.get()
    assert exhibit.tree_sha256 == hashlib.sha256(content).hexdigest()
    assert code in {one["code"] for one in exhibit.findings}
    text = client.get(reverse("exhibits:exhibit", args=[case.pk, exhibit.pk])).content.decode()
    assert "custody.finding" not in text
    assert "気になる点はありませんでした" not in text


@pytest.fixture
def folder(settings: Any, tmp_path: Path, case: Case) -> Path:
    """A take-in folder with files, links, a case's own folder, another's."""
    made = tmp_path / "take-in"
    made.mkdir()
    settings.TAKE_IN = str(made)
    (made / "phone.zip").write_bytes(tricky())
    (made / "dump").mkdir()
    (made / "dump" / "a.txt").write_text("a")
    (made / "dump" / "out").symlink_to("/etc/passwd")
    (made / ".hidden").write_text("x")
    (made / "way-out").symlink_to("/etc")
    os.mkfifo(made / "pipe")
    (made / case.code).mkdir()
    (made / case.code / "own.txt").write_text("own")
    return made


def test_folder_offers_files_and_folders_alone(folder: Path, case: Case, mori: Person, actor: Any) -> None:
    """No links, no pipes, nothing hidden; what lies in a case's own folder for that case alone, and not even its name for others."""
    assert [one.name for one in incoming.entries(case)] == [f"{case.code}/own.txt", "dump", "phone.zip"]
    other = open_case(actor(mori), "別件", "general", ground="試験")
    assert [one.name for one in incoming.entries(other)] == ["dump", "phone.zip"]


def test_entry_is_taken_in_and_stays_where_it_is(folder: Path, case: Case, mori: Person, browse: Any) -> None:
    """Copied; the original is untouched; a link inside is a finding and is not followed."""
    before = (folder / "dump" / "a.txt").stat()
    browse(mori).post(reverse("exhibits:take_in", args=[case.pk]), FORM | {"entry": "dump"})
    jobs.run_copies()
    exhibit = Exhibit.objects.get()
    assert (exhibit.state, exhibit.files, exhibit.way) == ("taken", 1, "folder")
    assert "member_symlink" in {one["code"] for one in exhibit.findings}
    after = (folder / "dump" / "a.txt").stat()
    assert (before.st_mtime_ns, before.st_size, before.st_ino) == (after.st_mtime_ns, after.st_size, after.st_ino)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "way-out", "way-out/passwd", ".hidden", "pipe", "dump/../../x", "nothing", "dump/a.txt"])
def test_nothing_outside_of_what_is_offered(name: str, folder: Path, case: Case, mori: Person, browse: Any) -> None:
    """Whatever a form says."""
    answer = browse(mori).post(reverse("exhibits:take_in", args=[case.pk]), FORM | {"entry": name})
    assert answer.status_code == 422
    assert not Exhibit.objects.exists()


def test_entry_that_vanished_or_became_a_link(folder: Path, case: Case, mori: Person, browse: Any) -> None:
    """Between form and copying: failed with a sentence, nothing taken from elsewhere."""
    client = browse(mori)
    client.post(reverse("exhibits:take_in", args=[case.pk]), FORM | {"entry": "phone.zip"})
    (folder / "phone.zip").unlink()
    (folder / "phone.zip").symlink_to("/etc/passwd")
    jobs.run_copies()
    assert (Exhibit.objects.get().problem or {})["reason"] == "missing"
    assert store().ids() == []


def test_two_take_ins_have_two_numbers(case: Case, mori: Person, phone: Path, said: Said, actor: Any) -> None:
    """And a job that another process is at is left alone."""
    first = order(actor(mori), case, Source(Exhibit.Way.COMMAND, str(phone)), said)
    second = order(actor(mori), case, Source(Exhibit.Way.COMMAND, str(phone / "chat.txt")), said)
    with alone(copying.job_of(first)):
        assert copying.run_due() == 1
    assert copying.run_due() == 1
    assert {one.code for one in Exhibit.objects.all()} == {"E0001", "E0002"}
    assert Exhibit.objects.get(pk=second.pk).code == "E0001"


def test_who_may_not_take_in(case: Case, hara: Person, mori: Person, phone: Path, said: Said, admit: Any, actor: Any) -> None:
    """Not outside of the case, not as a reader, not for a closed case."""
    with pytest.raises(Refused):
        take_in_now(actor(hara), case, phone, said)
    admit(hara, "reader")
    with pytest.raises(Refused):
        take_in_now(actor(hara), case, phone, said)
    close(actor(mori), case.pk, note="終了")
    case.refresh_from_db()
    with pytest.raises(Conflict):
        take_in_now(actor(mori), case, phone, said)
    assert not Exhibit.objects.exists()


def test_what_nobody_waits_for_is_swept(case: Case, mori: Person, browse: Any) -> None:
    """A folder of a sending that never became an exhibit goes after a day; one that an exhibit waits for stays."""
    post(browse(mori), case, {"x": b"x"})
    old = room("incoming") / ("f" * 32)
    old.mkdir()
    for one in room("incoming").iterdir():
        os.utime(one, (0, 0))
    jobs.tidy()
    assert left() == [Exhibit.objects.get().token]


def test_raised_in_this_process(case: Case, mori: Person, tmp_path: Path, said: Said, actor: Any) -> None:
    """A command gets the error itself, and the row says that it failed."""
    with pytest.raises(EvidenceError):
        take_in_now(actor(mori), case, tmp_path / "nothing", said)
    assert Exhibit.objects.get().state == "failed"
