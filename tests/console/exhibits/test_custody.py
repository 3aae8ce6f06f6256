"""Custody: transfers with two names, seals, disclosure, and that log and rows tell the same, also after a stop in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction

from andon.console import gate
from andon.console.casework.actions.members import end_member
from andon.console.casework.models import Membership
from andon.console.evidence.exhibits import copying, jobs, mirror, packing, showing
from andon.console.evidence.exhibits.actions import handing
from andon.console.evidence.exhibits.actions.deriving import keep_derived
from andon.console.evidence.exhibits.actions.disclosing import mark
from andon.console.evidence.exhibits.actions.handing_over import order_package
from andon.console.evidence.exhibits.actions.sealing import seal, unseal
from andon.console.evidence.exhibits.actions.take_in import Said, Source, order
from andon.console.evidence.exhibits.actions.verifying import order_check
from andon.console.evidence.exhibits.models import Check, CustodyLine, Exhibit, Handing
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.queries.items import items
from andon.console.evidence.exhibits.store import store
from andon.domain.errors import Conflict, EvidenceError, Refused
from andon.evidence.custody import acts, disclosure, log
from andon.evidence.custody.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
HOW = {"place": "保管室", "how": "手渡し"}


def in_log() -> list[tuple[int, str, str]]:
    """Number, event and hash of every line of the log."""
    return [(line["number"], line["event"], line["hash"]) for line in log.lines(store().folder)]


def in_rows() -> list[tuple[int, str, str]]:
    """The same of the rows."""
    return list(CustodyLine.objects.order_by("number").values_list("number", "event", "hash"))


@pytest.fixture(autouse=True)
def alike() -> Any:  # noqa: ANN401 - a fixture
    """After every test the rows tell what the log tells."""
    yield
    assert in_rows() == in_log()


def test_transfer_needs_two_people_who_sign_in(taken: Exhibit, mori: Person, hara: Person, admit: Any, actor: Any) -> None:
    """Begun by who holds it, done when the taker confirms: one line with both names; nobody confirms for the taker."""
    admit(hara)
    slip = handing.give(actor(mori), taken.pk, hara.pk, **HOW)
    assert mirror.holder(taken) == written(mori)
    with pytest.raises(Refused):
        handing.confirm(actor(mori), slip.pk)
    line = handing.confirm(actor(hara), slip.pk)
    assert (line.event, line.by, line.facts["to"], line.place, line.how) == ("transferred", written(mori), written(hara), "保管室", "手渡し")
    assert mirror.holder(taken) == written(hara)
    slip.refresh_from_db()
    assert (slip.line, slip.ended_by) == (line.number, hara)
    with pytest.raises(Conflict):
        handing.confirm(actor(hara), slip.pk)


def test_only_the_holder_gives_and_only_keepers_take(
    taken: Exhibit, mori: Person, hara: Person, kubo: Person, admit: Any, actor: Any, person: Any
) -> None:
    """Not to oneself, not to who is outside of the case, not by who does not hold it, not twice at once, not to who only reads."""
    admit(hara)
    for taker in (mori.pk, kubo.pk, 0):
        with pytest.raises(Refused):
            handing.give(actor(mori), taken.pk, taker, **HOW)
    with pytest.raises(Refused):
        handing.give(actor(hara), taken.pk, mori.pk, **HOW)
    slip = handing.give(actor(mori), taken.pk, hara.pk, **HOW)
    with pytest.raises(Conflict):
        handing.give(actor(mori), taken.pk, hara.pk, **HOW)
    handing.leave(actor(hara), slip.pk)
    assert mirror.holder(taken) == written(mori)
    admit(kubo, "custodian")
    assert handing.confirm(actor(kubo), handing.give(actor(mori), taken.pk, kubo.pk, **HOW).pk).facts["to"] == written(kubo)


def test_outside_and_back(taken: Exhibit, mori: Person, hara: Person, admit: Any, actor: Any) -> None:
    """To a laboratory and back; a name that reads like a person of the desk is refused; nobody takes from who can sign in."""
    admit(hara)
    with pytest.raises(Refused):
        handing.take_back(actor(hara), taken.pk, **HOW)
    for name in (written(hara), "偽 名（よそ・hara）", "   "):
        with pytest.raises(Refused):
            handing.give_out(actor(mori), taken.pk, to=name, **HOW)
    handing.give_out(actor(mori), taken.pk, to="科捜研 山田太郎", **HOW)
    assert mirror.holder(taken) == "科捜研 山田太郎"
    with pytest.raises(Refused):
        handing.give(actor(mori), taken.pk, hara.pk, **HOW)
    line = handing.take_back(actor(hara), taken.pk, **HOW)
    assert (line.by, line.facts["to"]) == ("科捜研 山田太郎", written(hara))


def test_who_left_the_case_hands_on_through_who_takes_over(taken: Exhibit, mori: Person, hara: Person, admit: Any, actor: Any) -> None:
    """A holder who was taken out of the case cannot sign for it: the next keeper takes over, and the open slip ends."""
    admit(hara)
    handing.confirm(actor(hara), handing.give(actor(mori), taken.pk, hara.pk, **HOW).pk)
    handing.give(actor(hara), taken.pk, mori.pk, **HOW)
    end_member(actor(mori), taken.case_id, Membership.objects.get(person=hara).pk, ground="異動")
    handing.take_back(actor(mori), taken.pk, **HOW)
    assert mirror.holder(taken) == written(mori)
    assert not Handing.objects.filter(ended_at=None).exists()


def test_seal_stops_deciding_and_deriving_until_opened(taken: Exhibit, mori: Person, actor: Any) -> None:
    """Sealed with its number; opened with a reason; the anchor is that of the log."""
    line = seal(actor(mori), taken.pk, place="保管室", number="A-1")
    assert line.facts["seal"] == "A-1"
    assert mirror.is_sealed(taken)
    sha256 = store().manifest(taken.code).files[0].sha256
    with pytest.raises(EvidenceError):
        mark(actor(mori), taken.pk, [sha256], is_disclosable=True, why="x")
    with pytest.raises(EvidenceError):
        seal(actor(mori), taken.pk, place="保管室")
    with pytest.raises(Refused):
        unseal(actor(mori), taken.pk, place="保管室", why=" ")
    unseal(actor(mori), taken.pk, place="保管室", why="再解析")
    assert not mirror.is_sealed(taken)
    assert mark(actor(mori), taken.pk, [sha256], is_disclosable=True, why="提出済み") == 1


def test_decisions_are_listed_as_the_library_lists_them(taken: Exhibit, mori: Person, actor: Any) -> None:
    """Files and a derived item, decided and not: the rows give the same list as the store."""
    first, second = store().manifest(taken.code).files
    mark(actor(mori), taken.pk, [first.sha256], is_disclosable=False, why="私生活")
    mark(actor(mori), taken.pk, [first.sha256, second.sha256], is_disclosable=True, why="争点")
    with gate._door():
        keep_derived(taken, "transcript.html", [b"<p>"], by=mori, sources=("chat.txt",), parameters={"a": 1}, is_disclosable=None)
    found = items(taken, mirror.lines_of(taken))
    assert found == disclosure.items(store(), taken.code)
    assert [one.is_disclosable for one in found] == [True, True, None]


def test_who_is_none_of_the_keepers_does_nothing(taken: Exhibit, hara: Person, kubo: Person, admit: Any, actor: Any) -> None:
    """A reader of the case and somebody outside are refused by every verb."""
    admit(hara, "reader")
    for someone in (hara, kubo):
        for work in (
            lambda who: seal(actor(who), taken.pk, place="x"), lambda who: unseal(actor(who), taken.pk, place="x", why="x"),
            lambda who: handing.give_out(actor(who), taken.pk, to="x", **HOW), lambda who: handing.take_back(actor(who), taken.pk, **HOW),
            lambda who: mark(actor(who), taken.pk, ["0" * 64], is_disclosable=True, why="x"),
        ):  # fmt: skip
            with pytest.raises((Refused, Conflict)):
                work(someone)
    assert len(in_log()) == 1


def test_stop_between_log_and_row_is_caught_up_with(
    taken: Exhibit, mori: Person, hara: Person, admit: Any, actor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log has a transfer that the rows lost with their transaction: the worker's start adds it and ends the slip that it came from."""
    admit(hara)
    slip = handing.give(actor(mori), taken.pk, hara.pk, **HOW)
    with monkeypatch.context() as stopped:
        stopped.setattr(mirror, "line_at", _stop)
        with pytest.raises(KeyboardInterrupt):
            handing.confirm(actor(hara), slip.pk)
    assert len(in_log()) == 2
    assert len(in_rows()) == 1
    assert mirror.is_behind()
    jobs.tidy()
    assert mirror.holder(taken) == written(hara)
    slip.refresh_from_db()
    assert slip.line == 2
    assert not mirror.is_behind()


def _stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_stop_after_the_store_has_it(case: Case, mori: Person, phone: Path, said: Said, actor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken into the store, stopped before the row: the next run finds it by its token and copies nothing a second time."""
    exhibit = order(actor(mori), case, Source(Exhibit.Way.COMMAND, str(phone)), said)
    with monkeypatch.context() as stopped:
        stopped.setattr(copying, "settle", _stop)
        with pytest.raises(KeyboardInterrupt):
            copying.copy(exhibit.pk)
    exhibit.refresh_from_db()
    assert exhibit.state == Exhibit.State.COPYING
    assert store().ids() == ["E0001"]
    assert copying.run_due() == 1
    exhibit.refresh_from_db()
    assert (exhibit.state, exhibit.code) == (Exhibit.State.TAKEN, "E0001")
    assert store().ids() == ["E0001"]


def test_stop_while_copying_begins_anew(case: Case, mori: Person, phone: Path, said: Said, actor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped before the store tells of it: taken in once, by the next run."""
    exhibit = order(actor(mori), case, Source(Exhibit.Way.COMMAND, str(phone)), said)
    with monkeypatch.context() as stopped:
        stopped.setattr(log, "append", _stop)
        with pytest.raises(KeyboardInterrupt):
            copying.copy(exhibit.pk)
    assert in_log() == []
    assert store().ids() == []
    copying.run_due()
    exhibit.refresh_from_db()
    assert (exhibit.state, store().ids()) == (Exhibit.State.TAKEN, [exhibit.code])
    assert verify(store()).findings == []
    assert [event for _, event, _ in in_log()] == ["taken"]


def test_stop_behind_the_line_is_finished(case: Case, mori: Person, phone: Path, said: Said, actor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log tells of it, its manifest has no name yet: the same process can go on, and takes nothing in twice."""
    exhibit = order(actor(mori), case, Source(Exhibit.Way.COMMAND, str(phone)), said)
    name_it = log.put_in_place
    with monkeypatch.context() as stopped:
        stopped.setattr(log, "put_in_place", lambda waiting, path: _stop() if path.name == "E0001.json" else name_it(waiting, path))
        with pytest.raises(KeyboardInterrupt):
            copying.copy(exhibit.pk)
    assert (len(in_log()), len(in_rows()), store().ids()) == (1, 0, [])
    copying.run_due()
    exhibit.refresh_from_db()
    assert (exhibit.state, exhibit.code, store().ids()) == (Exhibit.State.TAKEN, "E0001", ["E0001"])
    assert verify(store()).findings == []
    assert [event for _, event, _ in in_log()] == ["taken"]


@pytest.mark.parametrize("where", ["_zipped", "end_package"])
def test_stop_between_package_and_row(
    where: str, taken: Exhibit, case: Case, mori: Person, actor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log says that it was made; stopped before the file, or before the row: the next run ends it, and the log tells of it once."""
    package = order_package(actor(mori), case, [taken.pk], to="東京地検", only_disclosable=False, language="ja")
    with monkeypatch.context() as stopped:
        stopped.setattr(packing, where, _stop)
        with pytest.raises(KeyboardInterrupt):
            packing.pack(package.pk)
    assert jobs.run_checks() == 1
    package.refresh_from_db()
    assert (package.state, package.size_bytes) == ("done", packing.file_of(package).stat().st_size)
    assert [event for _, event, _ in in_log()] == ["taken", "exported"]
    assert [one.name for one in packing.file_of(package).parent.iterdir()] == [packing.file_of(package).name]


def test_package_of_what_is_not_whole_is_not_made(taken: Exhibit, case: Case, mori: Person, actor: Any) -> None:
    """Failed with a sentence that names no place of the server; nothing is told of in the log."""
    copy = store().object_path(store().manifest(taken.code).files[0].sha256)
    copy.chmod(0o600)
    copy.write_bytes(b"changed")
    package = order_package(actor(mori), case, [taken.pk], to="東京地検", only_disclosable=False, language="ja")
    jobs.run_checks()
    package.refresh_from_db()
    assert (package.state, (package.problem or {})["reason"]) == ("failed", "not_whole")
    assert str(store().folder.parent) not in showing.problem(package.problem)
    assert [event for _, event, _ in in_log()] == ["taken"]


def test_rows_of_the_log_and_taken_exhibits_never_change(taken: Exhibit) -> None:
    """The database itself refuses, also inside the gate."""
    for change in (
        lambda: CustodyLine.objects.update(by="x"), lambda: CustodyLine.objects.all().delete(), lambda: Exhibit.objects.update(title="x"),
        lambda: Exhibit.objects.update(state="failed"), lambda: Exhibit.objects.update(tree_sha256="x"), lambda: Exhibit.objects.all().delete(),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            change()


def test_verifying_finds_what_was_changed(taken: Exhibit, mori: Person, actor: Any) -> None:
    """A changed copy, and a changed line: each a finding in words, kept on the check; the log tells of the first alone."""
    copy = store().object_path(store().manifest(taken.code).files[0].sha256)
    copy.chmod(0o600)
    copy.write_bytes(b"changed")
    order_check(actor(mori), taken.pk)
    jobs.run_checks()
    check = Check.objects.get()
    assert [one["code"] for one in check.findings] == ["copy_changed"]
    assert CustodyLine.objects.get(event="verified").facts["findings"] == 1


def test_cut_and_rewritten_log_is_found_by_the_rows(taken: Exhibit, mori: Person, actor: Any) -> None:
    """Somebody takes the seal out of the log and its head: the rows are anchors kept elsewhere. No line is added to that log."""
    seal(actor(mori), taken.pk, place="保管室")
    folder = store().folder
    before = {name: (folder / name).read_bytes() for name in (log.LOG, log.HEAD)}
    first = next(iter(log.lines(folder)))
    (folder / log.LOG).write_bytes(before[log.LOG].split(b"\n")[0] + b"\n")
    (folder / log.HEAD).write_text(f"1:{first['hash']}")
    order_check(actor(mori), taken.pk)
    jobs.run_checks()
    check = Check.objects.get()
    assert "log_anchor_lost" in {one["code"] for one in check.findings}
    assert check.line is None
    for name, content in before.items():
        (folder / name).write_bytes(content)


def test_acts_by_the_command_are_on_the_desk_too(taken: Exhibit, mori: Person, actor: Any) -> None:
    """A line that `andon exhibit` wrote is there with the next act of the desk."""
    acts.seal(store(), taken.code, by=written(mori), place="机上")
    assert mirror.is_behind()
    unseal(actor(mori), taken.pk, place="保管室", why="誤り")
    assert [event for _, event, _ in in_rows()] == ["taken", "sealed", "unsealed"]
