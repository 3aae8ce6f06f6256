"""Reading an exhibit: counts, custody, again with another zone, failures, sealed ones, a stop in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.evidence.conversations import hooks, jobs, running, unread
from andon.console.evidence.conversations.actions.reading import order, order_first
from andon.console.evidence.conversations.books import book_of
from andon.console.evidence.conversations.models import Conversation, ParticipantHandle, Reading
from andon.console.evidence.conversations.running import read_now
from andon.console.evidence.exhibits import hooks as exhibit_hooks
from andon.console.evidence.exhibits.actions.sealing import seal
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.evidence.exhibits.store import store
from andon.domain.errors import Conflict, Refused
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from andon.console.staff.models import Person


def test_taken_in_is_read_by_the_worker(take: Callable[..., Exhibit], chat: Callable[..., Any]) -> None:
    """Taking in orders a reading; the worker's round reads it, and what went in came out."""
    exhibit = take(chat(12))
    waiting = Reading.objects.get(exhibit=exhibit)
    assert waiting.state == Reading.State.WAITING
    assert jobs.run_readings() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.messages, waiting.conversation_count, waiting.is_whole) == ("done", 12, 1, True)
    assert waiting.totals["records"] == waiting.totals["messages"] == 12


def test_book_stands_in_the_custody_log(talk: Conversation) -> None:
    """The book is an item derived from the exhibit, with program, version, zone and its source."""
    reading = talk.reading
    line = acts.derived(store(), reading.exhibit.code)[0]["facts"]
    assert line["sha256"] == reading.book_sha256
    assert line["made_by"] == reading.tool
    assert (line["parameters"]["zone"], line["from"][0]["name"]) == ("Asia/Tokyo", "result.json")
    assert store().object_path(reading.book_sha256).is_file()


def test_people_and_handles_are_listed(talk: Conversation) -> None:
    """Who takes part, with counts, and their handles by value."""
    assert talk.people == 3
    assert sum(one.messages for one in talk.participants.all()) == talk.length == 36
    assert ParticipantHandle.objects.filter(type="telegram_id", value="100").exists() or ParticipantHandle.objects.filter(value__endswith="100").exists()


def test_read_again_with_another_zone(read: Callable[..., Reading], mori: Person, actor: Any, tmp_path: Path) -> None:
    """A new reading beside the old one; times without a zone move, the old book stays."""
    path = tmp_path / "talk.txt"
    path.write_text("[LINE] はことのトーク履歴\n保存日時：2026/11/20 10:00\n\n2026/11/19(木)\n10:00\tはこ\tおはよう\n10:01\tヒロ\tはい\n", "utf-8")
    first = read(path)
    second = read_now(actor(mori), first.exhibit, "UTC")
    assert (first.number, second.number, second.zone) == (1, 2, "UTC")
    old, new = first.conversations.get(), second.conversations.get()
    assert old.first_at
    assert new.first_at
    assert (new.first_at - old.first_at).total_seconds() == 9 * 3600
    with book_of(first) as book:
        assert book.length(1) == old.length


def test_nothing_to_read_is_one_clear_sentence(take: Callable[..., Exhibit], mori: Person, tmp_path: Path, browse: Callable[..., Client]) -> None:
    """An exhibit without a known chat: the reading fails, and says so on its page."""
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    exhibit = take(path)
    jobs.run_readings()
    reading = Reading.objects.get(exhibit=exhibit)
    assert (reading.state, reading.problem["reason"]) == ("failed", "no_chats")
    page = browse(mori).get(reverse("conversations:reading", args=[reading.pk])).content.decode()
    assert "知っている形式の会話がありません" in page
    assert str(tmp_path) not in page


def test_after_a_stop_the_reading_goes_on(take: Callable[..., Exhibit], chat: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between store and table: the next worker lists the book that is there, and writes no second."""
    exhibit = take(chat(5))
    reading = Reading.objects.get(exhibit=exhibit)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(running, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            running.read(reading.pk)
    reading.refresh_from_db()
    assert reading.state == Reading.State.RUNNING
    assert jobs.run_readings() == 1
    assert len(acts.derived(store(), exhibit.code)) == 1
    reading.refresh_from_db()
    assert (reading.state, reading.messages) == ("done", 5)


def test_taken_and_not_read_is_never_lost(
    take: Callable[..., Exhibit], chat: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, mori: Person
) -> None:
    """Killed between the exhibit's last transaction and the order to read it: the next worker orders it, once, for who took it in."""

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(unread, "_left", set())
    with monkeypatch.context() as patched:
        patched.setattr(exhibit_hooks, "AFTER_TAKEN", [killed])
        with pytest.raises(KeyboardInterrupt):
            take(chat(7))
    exhibit = Exhibit.objects.get()
    assert (exhibit.state, exhibit.readings.count()) == ("taken", 0)
    assert jobs.run_readings() == 1
    reading = exhibit.readings.get()
    assert (reading.state, reading.messages, reading.by_id) == ("done", 7, mori.pk)
    assert jobs.run_readings() == 0
    assert exhibit.readings.count() == 1


def test_what_is_being_taken_in_is_left_to_who_takes_it_in(take: Callable[..., Exhibit], chat: Callable[..., Any]) -> None:
    """While another process holds the job of an exhibit its reading is not ordered a second time."""
    seen = []
    exhibit_hooks.AFTER_TAKEN.insert(0, lambda _: seen.append(unread.order_unread()))
    try:
        exhibit = take(chat(3))
    finally:
        exhibit_hooks.AFTER_TAKEN.pop(0)
    assert (seen, exhibit.readings.count()) == ([0], 1)


def test_who_left_the_case_has_nothing_read(
    take: Callable[..., Exhibit], chat: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, mori: Person, yuki: Person, browse: Callable[..., Client]
) -> None:
    """Whoever took it in may no longer: it is asked once, kept in the trail once, and the page says that it was not read."""
    monkeypatch.setattr(unread, "_left", set())
    with monkeypatch.context() as patched:
        patched.setattr(exhibit_hooks, "AFTER_TAKEN", [])
        exhibit = take(chat(3))
    with monkeypatch.context() as patched:
        patched.setattr(type(mori), "may", lambda *_: False)
        assert (jobs.run_readings(), jobs.run_readings()) == (0, 0)
    assert Entry.objects.filter(event="gate.refused", subject="conversations.reading_ordered").count() == 1
    page = browse(yuki).get(reverse("conversations:list", args=[exhibit.case_id])).content.decode()
    assert "まだ読み取っていません" in page


def test_sealed_is_read_on_but_not_anew(talk: Conversation, mori: Person, actor: Any, browse: Callable[..., Client]) -> None:
    """What was read can be read; a new reading is refused with the reason."""
    exhibit = talk.reading.exhibit
    seal(actor(mori), exhibit.pk, place="保管庫")
    with pytest.raises(Refused) as refusal:
        order(actor(mori), exhibit.pk)
    assert refusal.value.data["reason"] == "conversations_sealed"
    assert browse(mori).get(reverse("conversations:read", args=[talk.pk])).status_code == 200
    assert browse(mori).post(reverse("conversations:again", args=[exhibit.pk])).status_code == 403


def test_who_may_not_keep_may_not_read_anew(talk: Conversation, yuki: Person, hara: Person, actor: Any) -> None:
    """A reader of the case, and who is in no case, are refused."""
    for someone in (yuki, hara):
        with pytest.raises((Refused, Conflict)):
            order(actor(someone), talk.reading.exhibit_id)


def test_one_at_a_time_and_a_real_zone(take: Callable[..., Exhibit], chat: Callable[..., Any], mori: Person, actor: Any) -> None:
    """A second order waits its turn; a zone that is none is refused; ordering the first twice is once."""
    exhibit = take(chat(3))
    with pytest.raises(Conflict):
        order(actor(mori), exhibit.pk)
    jobs.run_readings()
    with pytest.raises(Refused):
        order(actor(mori), exhibit.pk, "Mars/Base")
    assert order_first(actor(mori), exhibit.pk).number == 1
    assert exhibit.readings.count() == 1


def test_others_are_told_afterwards(take: Callable[..., Exhibit], chat: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks hear of a reading that is done; one that fails keeps neither the reading nor the next hook."""
    heard: list[int] = []

    def breaks(_reading: Reading) -> None:
        raise ValueError

    monkeypatch.setattr(hooks, "AFTER_READING", [breaks, lambda reading: heard.append(reading.pk)])
    take(chat(3))
    jobs.run_readings()
    assert heard == [Reading.objects.get().pk]
    assert Reading.objects.get().state == "done"


def test_tables_are_closed(talk: Conversation) -> None:
    """The database itself refuses to change what was read."""
    changes = (
        lambda: Conversation.objects.filter(pk=talk.pk).update(title="x"),
        lambda: Reading.objects.filter(pk=talk.reading_id).update(messages=1),
        lambda: Reading.objects.filter(pk=talk.reading_id)._raw_delete("default"),
        lambda: ParticipantHandle.objects.all()._raw_delete("default"),
    )
    for change in changes:
        with pytest.raises(DatabaseError, match=r"only|never"), transaction.atomic(), gate._door():
            change()


def test_trail_holds_no_words(talk: Conversation, mori: Person, browse: Callable[..., Client]) -> None:
    """Entries of readings and of reading tell ids, counts and hashes, nothing of what was said or by whom."""
    client = browse(mori)
    client.get(reverse("conversations:read", args=[talk.pk]))
    client.get(reverse("conversations:rows", args=[talk.pk]), {"start": 0, "count": 50})
    client.get(reverse("conversations:record", args=[talk.pk, 3]))
    told = " ".join(f"{one.event} {one.subject} {one.facts}" for one in Entry.objects.filter(event__startswith="conversations."))
    assert "話者" not in told
    assert "発言" not in told
    assert Entry.objects.filter(event="conversations.opened", subject=f"conversation:{talk.pk}").count() == 1
