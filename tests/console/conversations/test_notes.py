"""Notes: marked, born disclosable or not, corrected and withdrawn beside, found again in a later reading."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console.audit.models import Entry
from andon.console.evidence.conversations.actions import notes as acts
from andon.console.evidence.conversations.models import Note
from andon.console.evidence.conversations.notes import read as read_note
from andon.console.evidence.conversations.running import read_now
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.evidence.conversations.models import Conversation
    from andon.console.staff.models import Person


@pytest.fixture
def note(talk: Conversation, mori: Person, actor: Any) -> Note:
    """A mark on three messages."""
    return acts.mark(actor(mori), talk.pk, 4, 6, "指示の始まり", is_disclosable=False)


def test_marking_keeps_place_and_word(note: Note, talk: Conversation) -> None:
    """Tied to the record's hash and the message's id; the trail has hashes and no text."""
    assert (note.position, note.end_position, note.message_id, note.is_disclosable) == (4, 6, "5", False)
    assert len(note.place_sha256) == 64
    entry = Entry.objects.get(event="conversations.marked")
    assert entry.facts["record"] == note.place_sha256
    assert "指示" not in str(entry.facts)


def test_disclosure_must_be_said(talk: Conversation, mori: Person, browse: Callable[..., Client]) -> None:
    """Without that word nothing is written, and one sentence says why."""
    answer = browse(mori).post(reverse("conversations:mark", args=[talk.pk]), {"first": 1, "last": 1, "text": "x"})
    assert answer.status_code == 422
    assert answer.headers["X-Sentence"]
    assert not Note.objects.exists()


def test_marking_through_the_page(talk: Conversation, mori: Person, browse: Callable[..., Client]) -> None:
    """The module's form gives the note back as it is drawn."""
    answer = browse(mori).post(reverse("conversations:mark", args=[talk.pk]), {"first": 2, "last": 2, "text": "要確認", "disclosable": "yes"})
    assert answer.json()["text"] == "要確認"
    listed = browse(mori).get(reverse("conversations:outline", args=[talk.pk])).json()["notes"]
    assert [(one["p"], one["text"], one["disclosable"]) for one in listed] == [(2, "要確認", True)]
    assert "要確認" in browse(mori).get(reverse("conversations:notes", args=[talk.reading.exhibit.case_id])).content.decode()


@pytest.mark.parametrize(("first", "last"), [(5, 4), (0, 10_000), (99, 99)])
def test_no_mark_outside(talk: Conversation, mori: Person, actor: Any, first: int, last: int) -> None:
    """Positions that are none are refused."""
    with pytest.raises(Refused):
        acts.mark(actor(mori), talk.pk, first, last, "", is_disclosable=True)


def test_correction_stands_beside(note: Note, mori: Person, actor: Any, browse: Callable[..., Client]) -> None:
    """The note stays as it was; its page shows both, and the last word counts."""
    acts.correct(actor(mori), note.pk, "実行の指示", is_disclosable=True, why="書き間違い")
    note.refresh_from_db()
    now = read_note(note)
    assert (note.text, now.text, now.is_disclosable) == ("指示の始まり", "実行の指示", True)
    page = browse(mori).get(reverse("conversations:note", args=[note.pk])).content.decode()
    assert "指示の始まり" in page
    assert "実行の指示" in page


def test_withdrawn_once(note: Note, mori: Person, actor: Any) -> None:
    """A withdrawal stands beside; a second one, or a correction after it, is a conflict."""
    acts.withdraw(actor(mori), note.pk, "別の会話だった")
    assert read_note(Note.objects.get()).withdrawn is not None
    with pytest.raises(Conflict):
        acts.withdraw(actor(mori), note.pk, "もう一度")
    with pytest.raises(Conflict):
        acts.correct(actor(mori), note.pk, "x", is_disclosable=True, why="x")


def test_reasons_are_asked(note: Note, mori: Person, actor: Any) -> None:
    """Without a reason, and without the word on disclosure, nothing is changed."""
    with pytest.raises(Refused):
        acts.withdraw(actor(mori), note.pk, " ")
    with pytest.raises(Refused):
        acts.correct(actor(mori), note.pk, "x", is_disclosable=None, why="x")


def test_found_again_in_a_later_reading(note: Note, mori: Person, actor: Any, browse: Callable[..., Client]) -> None:
    """Read once more, the note lies on the same message of the new reading."""
    later = read_now(actor(mori), note.exhibit, "UTC").conversations.get()
    listed = browse(mori).get(reverse("conversations:outline", args=[later.pk])).json()["notes"]
    assert [(one["p"], one["e"]) for one in listed] == [(4, 6)]


def test_who_reads_only_may_not(note: Note, talk: Conversation, yuki: Person, hara: Person, actor: Any) -> None:
    """A reader of the case and who is in no case write nothing."""
    for someone in (yuki, hara):
        with pytest.raises(Refused):
            acts.mark(actor(someone), talk.pk, 1, 1, "", is_disclosable=True)
        with pytest.raises(Refused):
            acts.withdraw(actor(someone), note.pk, "x")


def exported(client: Client, case_id: int, **asked: str) -> list[dict[str, str]]:
    """The notes of a case as the table has them."""
    answer = client.get(reverse("conversations:notes_csv", args=[case_id]), asked)
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_export_holds_what_a_report_needs(note: Note, talk: Conversation, mori: Person, actor: Any, browse: Callable[..., Client]) -> None:
    """The note with its messages, their record, who wrote it, and what was said of it later; that it was fetched is kept."""
    acts.correct(actor(mori), note.pk, "=実行の指示", is_disclosable=True, why="書き間違い")
    (row,) = exported(browse(mori), talk.reading.exhibit.case_id)
    assert (row["ノート番号"], row["最初の件"], row["最後の件"], row["会話"]) == (str(note.pk), "5", "7", "夜の連絡")
    assert row["メッセージ"].split("\n")[0] == "[2024-11-08 02:25:00] 話者2: 5 番の発言"
    assert len(row["メッセージ"].split("\n")) == 3
    assert (row["ノートの内容"], row["作成時の開示の指定"], row["現在の開示の可否"], row["訂正・取消"]) == ("'=実行の指示", "開示不可", "開示可", "訂正あり")
    assert "書き間違い" in row["経緯"]
    assert "最初の内容: 指示の始まり" in row["経緯"]
    assert (row["ファイル"], row["記録の SHA-256"]) == ("result.json", note.place_sha256)
    entry = Entry.objects.get(event="conversations.notes_exported")
    assert entry.facts == {"notes": 1, "only_disclosable": False}


def test_export_for_outside_holds_only_what_may_be_disclosed(
    note: Note, talk: Conversation, mori: Person, actor: Any, browse: Callable[..., Client]
) -> None:
    """Neither a note that may not be disclosed, nor one that was withdrawn, nor what a corrected one said before."""
    case_id = talk.reading.exhibit.case_id
    gone = acts.mark(actor(mori), talk.pk, 1, 1, "取り消す", is_disclosable=True)
    acts.withdraw(actor(mori), gone.pk, "誤り")
    assert exported(browse(mori), case_id, disclosable="1") == []
    acts.correct(actor(mori), note.pk, "差し支えない内容", is_disclosable=True, why="伏せた")
    (row,) = exported(browse(mori), case_id, disclosable="1")
    assert row["ノートの内容"] == "差し支えない内容"
    assert "指示の始まり" not in str(row)
    assert len(exported(browse(mori), case_id)) == 2


def test_notes_stand_on_the_disclosure_list_without_their_words(
    note: Note, talk: Conversation, mori: Person, actor: Any, browse: Callable[..., Client]
) -> None:
    """By number and place, as they were born and as they count now; nothing of what they say, and no hash to try it with."""
    case_id = talk.reading.exhibit.case_id
    acts.correct(actor(mori), note.pk, "実行の指示", is_disclosable=True, why="書き間違い")
    page = browse(mori).get(reverse("exhibits:disclosures", args=[case_id]), {"origin": "note"}).content.decode()
    assert f"ノート {note.pk}: 夜の連絡 5〜7 件目" in page
    table = browse(mori).get(reverse("exhibits:disclosures_csv", args=[case_id]), {"origin": "note"}).content.decode("utf-8-sig")
    (row,) = list(csv.reader(io.StringIO(table)))[1:]
    assert (row[3], row[8:]) == ("", ["不可", "可", "書き間違い"])
    for text in (page, table):
        assert "指示の始まり" not in text
        assert "実行の指示" not in text
