"""What the reader's module asks for: windows, gaps, search, records, pictures; and that it stays cheap."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console.audit.models import Entry
from andon.console.evidence.conversations import hooks
from andon.console.evidence.conversations.hooks import Badge

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.evidence.conversations.models import Conversation, Reading
    from andon.console.staff.models import Person


@pytest.fixture
def ask(mori: Person, browse: Callable[[Person], Client]) -> Callable[..., Any]:
    """Values of an address: `ask("rows", talk.pk, start=0)`."""
    client = browse(mori)

    def get(name: str, *places: int, **given: Any) -> Any:
        answer = client.get(reverse(f"conversations:{name}", args=places), given)
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.json()

    return get


def test_window_holds_rows_in_order(talk: Conversation, ask: Callable[..., Any]) -> None:
    """Rows from a position on, with day, time, speaker and colour; the day is told once."""
    rows = ask("rows", talk.pk, start=0, count=20)["rows"]
    assert [row["p"] for row in rows] == list(range(20))
    assert [bool(row.get("nd")) for row in rows[:3]] == [True, False, False]
    assert (rows[0]["x"], rows[0]["n"], rows[0]["d"], rows[0]["h"]) == ("1 番の発言", "話者1", "2024-11-08", "02:21:00")
    assert ask("rows", talk.pk, start=1, count=1)["rows"][0].get("nd") is None


def test_gaps_lie_where_numbers_are_missing(talk: Conversation, ask: Callable[..., Any]) -> None:
    """The hole of numbers 11 to 14 stands before the fifteenth message, proven, in words; the outline and the next window agree."""
    rows = ask("rows", talk.pk, start=0, count=40)["rows"]
    gap = next(row for row in rows if any(one["k"] == "numbers_chat" for one in row.get("g", ())))
    assert gap["x"] == "15 番の発言"
    assert any(one["s"] == "proven" and "11 番から 14 番までの 4 件" in one["x"] for one in gap["g"])
    assert any(one["p"] == gap["p"] and one["k"] == "numbers_chat" for one in ask("outline", talk.pk)["gaps"])


def test_edits_and_answers_are_told(talk: Conversation, ask: Callable[..., Any]) -> None:
    """An edit with its time; an answer leads to what it answers; what is gone is said to be."""
    rows = ask("rows", talk.pk, start=0, count=40)["rows"]
    by_text = {row["x"]: row for row in rows}
    assert by_text["5 番の発言"]["ed"]["at"].startswith("2024-11-08")
    assert (by_text["8 番の発言"]["r"]["p"], by_text["8 番の発言"]["r"]["x"]) == (2, "3 番の発言")
    assert by_text["20 番の発言"]["r"]["gone"] == 1


def test_search_is_the_queues_search(talk: Conversation, ask: Callable[..., Any]) -> None:
    """Width and kana fold, spans are of the original text, a window of rows is lit too; another author's are left out."""
    found = ask("find", talk.pk, q="テレグラム")
    assert (found["total"], found["positions"]) == (1, [16])
    hit = found["hits"][0]
    (start, end), = hit["m"]
    assert hit["x"][start:end] == "ﾃﾚｸﾞﾗﾑ"
    row = ask("rows", talk.pk, start=16, count=1, q="テレグラム")["rows"][0]
    assert row["x"][slice(*row["m"][0])] == "ﾃﾚｸﾞﾗﾑ"
    assert ask("find", talk.pk, q="発言")["total"] == 34
    assert ask("find", talk.pk, q="発言", author="user100")["total"] < 34
    assert ask("find", talk.pk, q="発言", until="2024-11-07")["total"] == 0


def test_search_is_kept_once(talk: Conversation, ask: Callable[..., Any]) -> None:
    """What was typed and how much was found stand in the trail, the same words within a minute once, further pages not at all."""
    for _ in range(2):
        ask("find", talk.pk, q="発言")
    ask("find", talk.pk, q="発言", after=3)
    entry = Entry.objects.get(event="conversations.searched")
    assert (entry.facts, entry.subject) == ({"q": "発言", "hits": 34}, f"conversation:{talk.pk}")


def test_record_is_the_bytes_that_were_read(talk: Conversation, mori: Person, browse: Callable[..., Client]) -> None:
    """The raw record, escaped, with file, offset and a hash that agrees."""
    page = browse(mori).get(reverse("conversations:record", args=[talk.pk, 16])).content.decode()
    assert "ハッシュ一致" in page
    assert "result.json" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_pictures_are_served_without_power(talk: Conversation, mori: Person, browse: Callable[..., Client]) -> None:
    """A picture of the exhibit as a picture only, in a sandbox; other numbers and messages have none."""
    position = next(k for k in range(talk.length) if k >= 24 and browse(mori).get(reverse("conversations:picture", args=[talk.pk, k, 0])).status_code == 200)
    answer = browse(mori).get(reverse("conversations:picture", args=[talk.pk, position, 0]))
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert browse(mori).get(reverse("conversations:picture", args=[talk.pk, position, 7])).status_code == 404
    assert browse(mori).get(reverse("conversations:picture", args=[talk.pk, 0, 0])).status_code == 404


def test_what_calls_itself_a_picture_is_none(read: Callable[..., Reading], chat: Callable[..., Any], mori: Person, browse: Callable[..., Client]) -> None:
    """SVG and HTML under a picture's name, and a path that leads outside, are not served."""
    for name, content in (("photos/a.png", b"<svg onload=alert(1)>"), ("../../etc/passwd.png", b"x")):
        files = {"photos/a.png": content}
        talk = read(chat(3, changed={2: {"photo": name, "text": ""}}), files=files).conversations.get()
        assert browse(mori).get(reverse("conversations:picture", args=[talk.pk, 1, 0])).status_code == 404


def test_badges_of_others_stand_on_rows(talk: Conversation, ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who registers says what stands on which row of a window."""
    monkeypatch.setattr(hooks, "ROW_BADGES", [lambda _talk, positions, _person: {positions[1]: [Badge("x", "/review/")]}])
    rows = ask("rows", talk.pk, start=4, count=3)["rows"]
    assert [row.get("b") for row in rows] == [None, [{"t": "conversations.badge.x", "u": "/review/"}], None]


def test_time_leads_to_a_position(talk: Conversation, ask: Callable[..., Any]) -> None:
    """The first message at or after a time in Japan."""
    assert ask("moment", talk.pk, when="2024-11-08T02:25")["position"] == 4
    assert ask("moment", talk.pk, when="2030-01-01")["position"] == talk.length - 1


@pytest.mark.parametrize(("name", "most"), [("read", 22), ("rows", 8), ("outline", 10), ("find", 8)])
def test_few_queries(talk: Conversation, mori: Person, browse: Callable[..., Client], django_assert_max_num_queries: Any, name: str, most: int) -> None:
    """A page or window asks the database little, however long the conversation."""
    client = browse(mori)
    client.get(reverse("conversations:rows", args=[talk.pk]))
    with django_assert_max_num_queries(most):
        assert client.get(reverse(f"conversations:{name}", args=[talk.pk]), {"q": "発言"}).status_code == 200


def test_window_survives_odd_addresses(talk: Conversation, ask: Callable[..., Any]) -> None:
    """Beyond the end, negative, too many, no numbers at all."""
    assert ask("rows", talk.pk, start=10**9)["rows"] == []
    assert len(ask("rows", talk.pk, start=-5, count=10**6)["rows"]) == talk.length
    assert len(ask("rows", talk.pk, start="x", count="y")["rows"]) == talk.length


def test_halves_of_characters_are_survived(
    read: Callable[..., Reading], chat: Callable[..., Any], mori: Person, browse: Callable[..., Client], tmp_path: Any
) -> None:
    """A text with half a character (as some exports hold, as an escape) is shown in window, search and record."""
    folder = tmp_path / "halves"
    folder.mkdir()
    export = chat(3, changed={2: {"text": "HALF の字", "text_entities": []}})
    (folder / "result.json").write_text(json.dumps(export, ensure_ascii=True).replace("HALF", "\\ud83d"), "ascii")
    talk = read(folder).conversations.get()
    client = browse(mori)
    for name, places in (("rows", ()), ("find", ()), ("record", (1,)), ("read", ())):
        assert client.get(reverse(f"conversations:{name}", args=[talk.pk, *places]), {"q": "の字"}).status_code == 200, name
