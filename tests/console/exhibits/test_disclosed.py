"""The disclosure list of a case, and single files that are fetched."""

from __future__ import annotations

import csv
import io
import stat
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console.audit.models import Entry
from andon.console.casework.actions.members import add_member
from andon.console.evidence.exhibits import hooks
from andon.console.evidence.exhibits.actions.disclosing import mark
from andon.console.evidence.exhibits.copying import take_in_now
from andon.console.evidence.exhibits.hooks import Line
from andon.console.evidence.exhibits.queries.disclosed import of_case
from andon.console.evidence.exhibits.store import store
from andon.console.evidence.exhibits.views.files import safe_name, sound
from andon.console.staff.rights import Role
from andon.domain.errors import EvidenceError
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def hash_of(exhibit: Exhibit, name: str) -> str:
    """Of a file of the exhibit."""
    return next(one.sha256 for one in store().manifest(exhibit.code).files if one.name == name)


@pytest.fixture
def decided(taken: Exhibit, mori: Person, actor: Any) -> Exhibit:
    """One file decided, a derived item born not disclosable."""
    acts.derive(
        store(), taken.code, [b"made"], name="table.csv", by="森", sources=("chat.txt",), parameters={"of": "a test"}, is_disclosable=False
    )
    mark(actor(mori), taken.pk, [hash_of(taken, "chat.txt")], is_disclosable=True, why="立証に必要")
    return taken


@pytest.fixture
def second(mori: Person, case: Case, tmp_path: Path, said: Any, actor: Any) -> Exhibit:
    """Another exhibit of the case: one file whose name a table program would compute."""
    path = tmp_path / "=1+1.txt"
    path.write_text("x", "utf-8")
    return take_in_now(actor(mori), case, path, said)


def test_everything_of_the_case_is_on_it(decided: Exhibit, second: Exhibit, case: Case) -> None:
    """By exhibit, files first; how each was born and what counts now."""
    told = [(line.exhibit.code, line.origin, line.name, line.born, line.now) for line in of_case(case)]
    assert told == [
        ("E0001", "original", "chat.txt", None, True), ("E0001", "original", "photo.jpg", None, None),
        ("E0001", "derived", "table.csv", False, False), ("E0002", "original", "=1+1.txt", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 4), ({"decided": "yes"}, 1), ({"decided": "open"}, 2), ({"origin": "derived"}, 1), ({"exhibit": "E0002"}, 1), ({"q": "PHOTO"}, 1),
        ({"q": "nothing"}, 0), ({"decided": "maybe", "origin": "x"}, 4),
    ],
)  # fmt: skip
def test_page_and_table_narrow_alike(
    decided: Exhibit, second: Exhibit, case: Case, mori: Person, browse: Any, asked: dict[str, str], found: int
) -> None:
    """The page says how many of how many; the table holds as many lines; on paper they are the same, with whole hashes."""
    client = browse(mori)
    page = client.get(reverse("exhibits:disclosures", args=[case.pk]), asked).content.decode()
    assert f"4 件中 {found} 件" in page
    table = client.get(reverse("exhibits:disclosures_csv", args=[case.pk]), asked)
    assert len(list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))) == found + 1
    paper = client.get(reverse("exhibits:disclosures", args=[case.pk]), asked | {"print": "1"}).content.decode()
    assert paper.count('data-label="現在の判断"') == found
    assert (hash_of(decided, "chat.txt") in paper) is (found == 4 or asked == {"decided": "yes"})
    entry = Entry.objects.get(event="exhibits.disclosure_listed")
    assert (entry.subject, entry.facts["items"]) == (f"case:{case.pk}", found)


def test_table_is_no_program(decided: Exhibit, second: Exhibit, case: Case, mori: Person, browse: Any) -> None:
    """No cell is taken for a formula; words are the reader's."""
    rows = list(csv.reader(io.StringIO(browse(mori).get(reverse("exhibits:disclosures_csv", args=[case.pk])).content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["証拠品", "種別", "名称"]
    assert [row[2] for row in rows[1:]] == ["chat.txt", "photo.jpg", "table.csv", "'=1+1.txt"]
    assert [row[8:10] for row in rows[1:]] == [["未定", "可"], ["未定", "未定"], ["不可", "不可"], ["未定", "未定"]]


def test_apps_above_add_lines(taken: Exhibit, case: Case, mori: Person, browse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they give stands after the exhibit's own, marked when it no longer holds."""

    def more(_: Case, exhibits: Any) -> list[Line]:
        one = exhibits[0]
        line = Line(one, "note", "ノート 7", "", 12, taken.at, "森", "", born=False, now=True, reason="訂正", url="/somewhere/", is_withdrawn=True)
        return [line]

    monkeypatch.setattr(hooks, "DISCLOSED", [more])
    assert [line.name for line in of_case(case)] == ["chat.txt", "photo.jpg", "ノート 7"]
    page = browse(mori).get(reverse("exhibits:disclosures", args=[case.pk])).content.decode()
    assert 'href="/somewhere/"' in page
    assert "取消済み" in page


def test_list_costs_few_queries(
    decided: Exhibit, second: Exhibit, case: Case, mori: Person, browse: Any, django_assert_max_num_queries: Any
) -> None:
    """However many exhibits there are."""
    client = browse(mori)
    client.get(reverse("exhibits:disclosures", args=[case.pk]))
    with django_assert_max_num_queries(24):
        client.get(reverse("exhibits:disclosures", args=[case.pk]))


def test_file_is_saved_as_it_lies_there(taken: Exhibit, phone: Path, mori: Person, browse: Any) -> None:
    """The very bytes, as an attachment of no kind that a browser shows; kept in the trail with hash and size."""
    sha256 = hash_of(taken, "photo.jpg")
    answer = browse(mori).get(reverse("exhibits:file", args=[taken.case_id, taken.pk, sha256]))
    assert b"".join(answer.streaming_content) == (phone / "photo.jpg").read_bytes()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="E0001_photo.jpg"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert int(answer.headers["Content-Length"]) == 5002
    entry = Entry.objects.get(event="exhibits.file_fetched")
    assert (entry.subject, entry.facts) == (f"exhibit:{taken.pk}", {"case": taken.case_id, "code": "E0001", "sha256": sha256, "bytes": 5002})


def test_derived_items_are_fetched_alike(decided: Exhibit, mori: Person, browse: Any) -> None:
    """By their hash; what the exhibit does not have is not there, though the store has it."""
    line = acts.derived(store(), decided.code)[0]["facts"]
    answer = browse(mori).get(reverse("exhibits:file", args=[decided.case_id, decided.pk, line["sha256"]]))
    assert b"".join(answer.streaming_content) == b"made"
    for wrong in ("0" * 64, "..", store().manifest(decided.code).tree_sha256):
        assert browse(mori).get(f"/evidence/exhibits/{decided.case_id}/{decided.pk}/files/{wrong}/").status_code == 404, wrong


def test_who_may_fetch_a_file(taken: Exhibit, case: Case, mori: Person, person: Callable[..., Person], police: Any, browse: Any, actor: Any) -> None:
    """Who keeps the case's exhibits: a reader of the case finds no link and is refused, and nothing is told to have been fetched."""
    reader = person("yuki", Role.INVESTIGATOR, unit=police)
    add_member(actor(mori), case.pk, reader.pk, "reader", ground="応援")
    place = reverse("exhibits:file", args=[case.pk, taken.pk, hash_of(taken, "chat.txt")])
    page = reverse("exhibits:exhibit", args=[case.pk, taken.pk])
    assert place in browse(mori).get(page).content.decode()
    assert place not in browse(reader).get(page).content.decode()
    assert browse(reader).get(place).status_code == 403
    assert not Entry.objects.filter(event="exhibits.file_fetched").exists()


def test_changed_copy_never_arrives_whole(taken: Exhibit, mori: Person, browse: Any) -> None:
    """Bytes that are not those of the manifest: a copy of another size is refused in words, another of the same size stops before its end."""
    sha256 = hash_of(taken, "photo.jpg")
    path = store().object_path(sha256)
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    path.write_bytes(bytes(5002))
    with pytest.raises(EvidenceError) as refusal:
        b"".join(sound(path, sha256, "E0001"))
    assert refusal.value.data["reason"] == "copy_changed"
    path.write_bytes(bytes(7))
    assert browse(mori).get(reverse("exhibits:file", args=[taken.case_id, taken.pk, sha256])).status_code == 409


def test_all_but_the_last_piece_goes_out_before_the_hash_is_known(tmp_path: Path) -> None:
    """A large copy is not held in memory: its pieces come one by one, the last only when the whole is sound."""
    path = tmp_path / "large"
    path.write_bytes(bytes(3 << 20))
    got = []
    with pytest.raises(EvidenceError):
        got.extend(len(piece) for piece in sound(path, "0" * 64, "E0001"))
    assert sum(got) == 2 << 20


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("chat.txt", "E0001_chat.txt"), ("DCIM/100/写真.jpg", "E0001_写真.jpg"), ("..\\..\\evil.exe", "E0001_evil.exe"), ("../..", "E0001_file"),
        ("a\u202egpj.exe", "E0001_agpj.exe"), ('x"\r\nSet-Cookie: a', "E0001_x_Set-Cookie_ a"), ("", "E0001_file"), (" .hidden. ", "E0001_hidden"),
        ("あ" * 300 + ".json", "E0001_" + "あ" * 100 + ".json"), ("n" * 300, "E0001_" + "n" * 120),
    ],
)  # fmt: skip
def test_saved_names_are_plain(name: str, safe: str) -> None:
    """The last part of the name, without what a disk or an eye takes for something else."""
    assert safe_name("E0001", name) == safe
