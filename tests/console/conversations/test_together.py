"""Several phones side by side, people over exhibits, search over a case, transcripts: on the three phones of the samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.evidence.conversations.actions.comparing import compare
from andon.console.evidence.conversations.actions.papers import MOST_ON_PAPER, order, order_merged
from andon.console.evidence.conversations.jobs import run_papers
from andon.console.evidence.conversations.lists import suggested
from andon.console.evidence.conversations.models import Conversation
from andon.console.evidence.conversations.printing import job_of
from andon.console.evidence.exhibits.actions.sealing import seal
from andon.console.evidence.exhibits.progress import Progress
from andon.console.evidence.exhibits.store import store
from andon.domain.errors import Refused
from andon.evidence.custody import acts
from andon.evidence.transcripts.make import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Reading
    from andon.console.staff.models import Person


@pytest.fixture
def phones(read: Callable[..., Reading], phones_folder: Path) -> list[Reading]:
    """The three phones, read."""
    return [read(phones_folder / name) for name in ("phone-a", "phone-b.zip", "phone-c")]


@pytest.fixture
def group(phones: list[Reading]) -> list[Conversation]:
    """The Telegram group as each phone has it."""
    return list(Conversation.objects.filter(reading__in=phones, app="telegram", title="夜の連絡").order_by("reading"))


def test_the_same_group_is_suggested(group: list[Conversation], case: Case) -> None:
    """Three phones, one group: suggested by its number, once."""
    found = [one for one in suggested(case) if {talk.pk for talk in one.conversations} == {talk.pk for talk in group}]
    assert [one.why for one in found] == ["key"]


def test_what_was_compared_is_not_suggested_again(group: list[Conversation], case: Case, mori: Person, actor: Any) -> None:
    """Two of three phones together leave the three suggested; all three leave nothing of them; a comparison that failed counts for nothing."""
    every = {talk.pk for talk in group}

    def offered() -> list[set[int]]:
        return [them for one in suggested(case) if (them := {talk.pk for talk in one.conversations}) <= every]

    compare(actor(mori), case.pk, [one.pk for one in group[:2]])
    assert offered() == [every]
    whole = compare(actor(mori), case.pk, [one.pk for one in group])
    assert offered() == []
    with gate._door():
        type(whole).objects.filter(pk=whole.pk).update(state="failed")
    assert offered() == [every]


def test_phones_side_by_side(group: list[Conversation], case: Case, mori: Person, actor: Any, browse: Callable[..., Client]) -> None:
    """44 messages of 36, 19 and 16 records; what is not on a phone that reaches over it is said in words; only the differences on wish."""
    made = compare(actor(mori), case.pk, [one.pk for one in group])
    assert run_papers() == 1
    made.refresh_from_db()
    assert (made.state, made.length) == ("done", 44)
    client = browse(mori)
    rows = client.get(reverse("conversations:compared_rows", args=[made.pk]), {"start": 0, "count": 100}).json()["rows"]
    assert [row["p"] for row in rows] == list(range(44))
    told = [row for row in rows if row.get("df")]
    assert len(told) == made.differing
    assert any("にはありません" in words for row in told for words in row["df"])
    only = client.get(reverse("conversations:compared_rows", args=[made.pk]), {"start": 0, "count": 100, "only": 1}).json()["rows"]
    assert [row["p"] for row in only] == [row["p"] for row in told]
    assert sum("x" in cell for row in rows for cell in row["on"]) == 36 + 19 + 16
    assert client.get(reverse("conversations:comparison", args=[made.pk])).status_code == 200


def test_from_a_column_to_the_phone(group: list[Conversation], case: Case, mori: Person, actor: Any, browse: Callable[..., Client]) -> None:
    """A cell leads to the same message in the phone's own conversation."""
    made = compare(actor(mori), case.pk, [one.pk for one in group[:2]])
    run_papers()
    client = browse(mori)
    row = next(one for one in client.get(reverse("conversations:compared_rows", args=[made.pk])).json()["rows"] if "x" in one["on"][0] and one["x"])
    view = made.views.get(label=min(made.views.values_list("label", flat=True)))
    where = client.get(reverse("conversations:on_phone", args=[made.pk, view.pk, row["p"]])).headers["Location"]
    position = int(where.split("at=")[1].split("#")[0])
    shown = client.get(reverse("conversations:rows", args=[view.conversation_id]), {"start": position, "count": 1}).json()["rows"][0]
    assert shown["x"] == row["x"]


def test_comparison_stands_in_every_exhibits_log(group: list[Conversation], case: Case, mori: Person, actor: Any) -> None:
    """One book, derived from each phone."""
    made = compare(actor(mori), case.pk, [one.pk for one in group])
    run_papers()
    made.refresh_from_db()
    for one in group:
        assert made.sha256 in {line["facts"]["sha256"] for line in acts.derived(store(), one.reading.exhibit.code)}


def test_which_may_be_compared(group: list[Conversation], case: Case, mori: Person, hara: Person, yuki: Person, actor: Any) -> None:
    """Two to four of this case, by who works on it, none of them sealed."""
    ids = [one.pk for one in group]
    for someone, chosen in ((mori, ids[:1]), (mori, [*ids, 10**6]), (mori, [ids[0], ids[0]]), (hara, ids), (yuki, ids)):
        with pytest.raises(Refused):
            compare(actor(someone), case.pk, chosen)
    seal(actor(mori), group[0].reading.exhibit_id, place="保管庫")
    with pytest.raises(Refused) as refusal:
        compare(actor(mori), case.pk, ids)
    assert refusal.value.data["reason"] == "conversations_sealed"


def test_equal_handles_link_exhibits(phones: list[Reading], case: Case, mori: Person, browse: Callable[..., Client]) -> None:
    """The instructor's Telegram number stands on several phones under two names; the page calls it a lead."""
    page = browse(mori).get(reverse("conversations:people", args=[case.pk])).content.decode()
    assert "夜間担当" in page
    assert "案内" in page
    assert "同一人物であることを示しません" in page
    everybody = browse(mori).get(reverse("conversations:people", args=[case.pk]), {"tab": "everybody", "q": "はこ"}).content.decode()
    assert "はこ" in everybody


def test_search_over_the_case(phones: list[Reading], case: Case, mori: Person, browse: Callable[..., Client]) -> None:
    """Hits of all phones by conversation, lit, each a way to its place; what was typed is kept in the trail."""
    page = browse(mori).get(reverse("conversations:search", args=[case.pk]), {"q": "シグナル"}).content.decode()
    assert '<mark class="hit hit--found">シグナル</mark>' in page
    assert "?at=" in page
    assert Entry.objects.get(event="conversations.searched").facts["q"] == "シグナル"


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_transcript_is_made_kept_and_fetched(
    group: list[Conversation], mori: Person, actor: Any, browse: Callable[..., Client], form: str
) -> None:
    """Ordered, made by the worker, in custody with its parameters and the word on disclosure, fetched as it lies in the store."""
    talk = group[0]
    answer = browse(mori).post(
        reverse("conversations:transcript", args=[talk.pk]),
        {"by": "place", "first": "1", "last": "20", "form": form, "language": "ja", "disclosable": "no"},
    )
    assert answer.status_code == 302
    run_papers()
    paper = talk.transcripts.get()
    assert (paper.state, paper.first, paper.last, paper.problem) == ("done", 0, 19, {})
    line = next(one["facts"] for one in acts.derived(store(), talk.reading.exhibit.code) if one["facts"]["sha256"] == paper.sha256)
    assert (line["is_disclosable"], line["parameters"]["form"]) == (False, form)
    fetched = browse(mori).get(reverse("conversations:paper_file", args=[paper.pk]))
    content = b"".join(fetched.streaming_content)
    assert len(content) == paper.size_bytes > 1000
    assert "attachment" in fetched.headers["Content-Disposition"]
    assert Entry.objects.filter(event="conversations.downloaded", subject=f"transcript:{paper.pk}").exists()


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_transcript_of_several_phones(
    group: list[Conversation], case: Case, mori: Person, actor: Any, browse: Callable[..., Client], form: str
) -> None:
    """Ordered on the page of a comparison, made by the worker, derived from every exhibit, fetched as it lies in the store."""
    both = compare(actor(mori), case.pk, [one.pk for one in group])
    client = browse(mori)
    where = reverse("conversations:merged_transcript", args=[both.pk])
    assert client.get(where).status_code == 404
    run_papers()
    assert client.get(where).status_code == 200
    given = {"by": "place", "first": "1", "last": "44", "form": form, "language": "ja", "disclosable": "yes"}
    assert client.post(where, given).headers["Location"] == reverse("conversations:merged_paper", args=[both.transcripts.get().pk])
    assert run_papers() == 1
    paper = both.transcripts.get()
    assert (paper.state, paper.first, paper.last, paper.problem) == ("done", 0, 43, {})
    for one in group:
        line = next(each["facts"] for each in acts.derived(store(), one.reading.exhibit.code) if each["facts"]["sha256"] == paper.sha256)
        assert (line["is_disclosable"], line["parameters"]["comparison"], line["parameters"]["form"]) == (True, both.pk, form)
        assert {each["name"].partition("!/")[0] for each in line["from"]} <= {each.name for each in store().manifest(one.reading.exhibit.code).files}
    fetched = client.get(reverse("conversations:merged_file", args=[paper.pk]))
    content = b"".join(fetched.streaming_content)
    assert len(content) == paper.size_bytes > 1000
    assert "attachment" in fetched.headers["Content-Disposition"]
    assert Entry.objects.filter(event="conversations.downloaded", subject=f"merged_transcript:{paper.pk}").exists()
    if form == "html":
        text = content.decode()
        assert all(one.reading.exhibit.code in text for one in group)
        assert "にはありません" in text
        assert "（記録なし）" not in text  # also a file in an archive is named with its own hash
    assert f"comparison-{both.pk}-transcript-{paper.pk}.{form}" in fetched.headers["Content-Disposition"]
    assert paper.by.name in client.get(reverse("conversations:list", args=[case.pk])).content.decode()


def test_how_far_a_transcript_is(group: list[Conversation], case: Case, mori: Person, actor: Any, browse: Callable[..., Client]) -> None:
    """While the worker is at it the page tells how many messages of how many; when it is over the page is drawn anew."""
    both = compare(actor(mori), case.pk, [one.pk for one in group])
    run_papers()
    paper = order_merged(actor(mori), both.pk, "html", 0, 19, is_disclosable=False, language="ja")
    where = reverse("conversations:merged_progress", args=[paper.pk])
    assert "<progress" not in browse(mori).get(where).content.decode()
    with Progress(job_of(paper), 20):
        told = browse(mori).get(where)
        assert "0 / 20 件" in told.content.decode()
        assert "HX-Refresh" not in told.headers
    run_papers()
    assert browse(mori).get(where).headers["HX-Refresh"] == "true"


def test_transcript_of_several_phones_after_a_stop(
    group: list[Conversation], case: Case, mori: Person, actor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed when the first exhibit's log has its line: the next worker adds the others', of the same bytes, and none twice."""
    both = compare(actor(mori), case.pk, [one.pk for one in group])
    run_papers()
    paper = order_merged(actor(mori), both.pk, "html", 0, 43, is_disclosable=False, language="en")
    derive, calls = acts.derive, []

    def killed(*given: Any, **more: Any) -> Any:
        calls.append(given[1])
        if len(calls) > 1:
            raise KeyboardInterrupt
        return derive(*given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(acts, "derive", killed)
        with pytest.raises(KeyboardInterrupt):
            run_papers()
    assert run_papers() == 1
    paper.refresh_from_db()
    assert paper.state == "done"
    for one in group:
        lines = [each["facts"] for each in acts.derived(store(), one.reading.exhibit.code) if "merged_transcript" in each["facts"]["parameters"]]
        assert [each["sha256"] for each in lines] == [paper.sha256]


def test_who_may_order_a_transcript_of_several_phones(
    group: list[Conversation], case: Case, mori: Person, yuki: Person, hara: Person, actor: Any, browse: Callable[..., Client]
) -> None:
    """Who keeps the exhibits of the case, with a word on disclosure, of rows that are there; not while one of the exhibits is sealed."""
    both = compare(actor(mori), case.pk, [one.pk for one in group])
    with pytest.raises(Refused):  # not made yet
        order_merged(actor(mori), both.pk, "html", 0, 1, is_disclosable=True, language="ja")
    run_papers()
    for someone in (yuki, hara):
        with pytest.raises(Refused):
            order_merged(actor(someone), both.pk, "html", 0, 1, is_disclosable=True, language="ja")
    for word, last in ((None, 1), (True, 44)):
        with pytest.raises(Refused):
            order_merged(actor(mori), both.pk, "html", 0, last, is_disclosable=word, language="ja")
    page = browse(yuki).get(reverse("conversations:merged_transcript", args=[both.pk])).content.decode()
    assert 'name="form"' not in page
    seal(actor(mori), group[2].reading.exhibit_id, place="保管庫")
    with pytest.raises(Refused) as refusal:
        order_merged(actor(mori), both.pk, "html", 0, 1, is_disclosable=True, language="ja")
    assert refusal.value.data["reason"] == "conversations_sealed"
    assert not both.transcripts.exists()


def test_merged_transcript_of_a_stretch_of_time(group: list[Conversation], case: Case, mori: Person, actor: Any, browse: Callable[..., Client]) -> None:
    """Times in Japan choose the rows of the comparison; a stretch without any is refused with a sentence."""
    both = compare(actor(mori), case.pk, [one.pk for one in group])
    run_papers()
    where = reverse("conversations:merged_transcript", args=[both.pk])
    given = {"by": "time", "since": "2000-01-01T00:00", "form": "html", "language": "en", "disclosable": "yes"}
    assert browse(mori).post(where, given).status_code == 302
    made = both.transcripts.get()
    assert (made.first, made.last) == (0, 43)
    assert browse(mori).post(where, given | {"since": "2050-01-01T00:00"}).status_code == 422


def test_transcript_of_a_stretch_of_time(group: list[Conversation], mori: Person, browse: Callable[..., Client]) -> None:
    """Times in Japan choose the rows; a stretch without any is refused with a sentence."""
    talk = group[0]
    assert talk.first_at
    day = talk.first_at.strftime("%Y-%m-%d")
    where = reverse("conversations:transcript", args=[talk.pk])
    given = {"by": "time", "since": f"{day}T00:00", "form": "html", "language": "en", "disclosable": "yes"}
    assert browse(mori).post(where, given).status_code == 302
    assert browse(mori).post(where, given | {"since": "2050-01-01T00:00"}).status_code == 422


def test_who_may_order_a_transcript(group: list[Conversation], mori: Person, yuki: Person, hara: Person, actor: Any) -> None:
    """Who keeps the exhibits of the case; with a word on disclosure; not from a sealed one; not longer than the form holds."""
    talk = group[0]
    for someone in (yuki, hara):
        with pytest.raises(Refused):
            order(actor(someone), talk.pk, "pdf", 0, 1, is_disclosable=True, language="ja")
    with pytest.raises(Refused):
        order(actor(mori), talk.pk, "pdf", 0, 1, is_disclosable=None, language="ja")
    seal(actor(mori), talk.reading.exhibit_id, place="保管庫")
    with pytest.raises(Refused):
        order(actor(mori), talk.pk, "pdf", 0, 1, is_disclosable=True, language="ja")
    assert MOST_ON_PAPER == MOST_LINES
