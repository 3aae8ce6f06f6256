"""The trail on a screen: found by person, event, subject, day and text; exported, verified; all of it an event."""

from __future__ import annotations

import ast
import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

import andon.console
from andon.console import gate
from andon.console.audit.chain import Who, append
from andon.console.audit.models import Entry
from andon.console.trail import checkpoints, queries, steps
from andon.console.trail.queries import Filter, find
from andon.domain.errors import Conflict
from andon.wording.say import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
TRAIL = "/audit/"


@pytest.fixture
def said(db: None) -> Callable[..., None]:
    """Add an entry: `said("review.decided", at=…)`."""

    def add(event: str, subject: str = "", at: str = "2026-11-20T12:00", person: int | None = 7, **facts: Any) -> None:
        with gate._door():
            append(Who(person, "青井" if person else "", "", "screen"), event, subject, facts, at=datetime.fromisoformat(at).replace(tzinfo=UTC))

    return add


def numbers(wanted: Filter, **how: Any) -> list[int]:
    """What a search finds."""
    return [entry.number for entry in find(wanted, **how).entries]


def test_newest_stand_first(said: Callable[..., None]) -> None:
    """Page after page, without a gap and without repeating one."""
    for _ in range(7):
        said("review.decided")
    first = find(Filter(), size=3)
    second = find(Filter(), first.next, size=3)
    third = find(Filter(), second.next, size=3)
    assert [[one.number for one in page.entries] for page in (first, second, third)] == [[7, 6, 5], [4, 3, 2], [1]]
    assert third.next is None


def test_each_field_narrows(said: Callable[..., None]) -> None:
    """Person, nobody, event, subject."""
    said("review.decided", "campaign:1")
    said("review.decided", "campaign:2", person=8)
    said("staff.signin_failed", person=None)
    assert numbers(Filter(person=8)) == [2]
    assert numbers(Filter(person=0)) == [3]
    assert numbers(Filter(event="review.decided")) == [2, 1]
    assert numbers(Filter(subject="campaign:1")) == [1]
    assert numbers(Filter(subject="campaign:1", person=8)) == []


def test_days_are_those_of_japan(said: Callable[..., None]) -> None:
    """Midnight is at 15:00 UTC; the last day belongs to the range."""
    for at in ("2026-11-19T14:59", "2026-11-19T15:00", "2026-11-20T14:59", "2026-11-20T15:00"):
        said("review.decided", at=at)
    day = datetime(2026, 11, 20, tzinfo=UTC).date()
    assert numbers(Filter(first_day=day, last_day=day)) == [3, 2]
    assert numbers(Filter(first_day=day)) == [4, 3, 2]
    assert numbers(Filter(last_day=day)) == [3, 2, 1]
    assert numbers(Filter(first_day=datetime(2027, 1, 1, tzinfo=UTC).date())) == []
    assert numbers(Filter(last_day=datetime(2025, 1, 1, tzinfo=UTC).date())) == []


@pytest.mark.parametrize("text", ["受け取り", "search-HASH", "100%", "a_b", "50"])
def test_text_in_facts_is_found(said: Callable[..., None], text: str) -> None:
    """Japanese as any other, and signs that mean something to a database mean nothing here."""
    said("search.made", query="荷物の受け取り", code="Search-hash", share="100% sure", name="a_b", count=50)
    said("search.made", query="荷物の運搬", code="x", share="1000 sure", name="axb", count=49)
    assert numbers(Filter(text=text)) == [1]


def test_text_is_searched_window_by_window(said: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A page says how far it has come, and the next one goes on from there: no page takes longer than its window."""
    monkeypatch.setattr(queries, "TEXT_WINDOW", 4)
    for number in range(10):
        said("search.made", query="needle" if number in (0, 8) else "hay")
    first = find(Filter(text="needle"))
    assert ([one.number for one in first.entries], first.next, first.looked_to) == ([9], 7, 7)
    second = find(Filter(text="needle"), first.next)
    assert ([one.number for one in second.entries], second.looked_to) == ([], 3)
    third = find(Filter(text="needle"), second.next)
    assert ([one.number for one in third.entries], third.next) == ([1], None)


def test_reading_is_kept(kei: Person, browse: Callable[[Person], Client], said: Callable[..., None]) -> None:
    """With what was searched for."""
    said("review.decided", "campaign:1")
    page = browse(kei).get(TRAIL, {"event": "review.decided", "text": "x"}).content.decode()
    assert "該当する記録はありません" in page
    entry = Entry.objects.latest("number")
    assert (entry.event, entry.person, entry.facts) == ("audit.read", kei.pk, {"event": "review.decided", "text": "x", "entries": 0})


def test_page_shows_words_facts_and_hash(kei: Person, browse: Callable[[Person], Client], said: Callable[..., None]) -> None:
    """Events in words; what has none by its name; what was typed is escaped."""
    said("staff.signin_failed", f"person:{kei.pk}", query="<script>alert(1)</script>")
    said("something.new")
    page = browse(kei).get(TRAIL).content.decode()
    assert "サインイン失敗" in page
    assert "something.new" in page
    assert "<script>alert" not in page
    assert Entry.objects.get(number=1).hash in page
    assert kei.name in page


@pytest.mark.parametrize("query", [{"before": "x"}, {"before": "9" * 40}, {"first_day": "yesterday"}, {"person": "-5"}, {"event": "'; --"}])
def test_nonsense_in_the_address_breaks_nothing(kei: Person, browse: Callable[[Person], Client], query: dict[str, str]) -> None:
    """It is said at the field, or passed over."""
    assert browse(kei).get(TRAIL, query).status_code == 200


def test_export_is_kept_and_harmless(kei: Person, browse: Callable[[Person], Client], said: Callable[..., None]) -> None:
    """Everything that fits, in a form that a spreadsheet does not take for a formula."""
    said("review.decided", "=cmd()", note="x")
    said("staff.signed_in")
    answer = browse(kei).post(reverse("audit:export"), {"event": "review.decided"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["1"]
    assert rows[0]["subject"].startswith("'=")
    assert rows[0]["facts"] == '{"note":"x"}'
    assert Entry.objects.latest("number").facts == {"event": "review.decided", "upto": 2}
    assert browse(kei).get(reverse("audit:export")).status_code == 405


def test_export_reads_in_pieces(said: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """None twice, none missing; nothing added meanwhile."""
    monkeypatch.setattr(queries, "_EXPORT_CHUNK", 3)
    for _ in range(8):
        said("review.decided")
    assert [one.number for one in queries.every(Filter(event="review.decided"), 7)] == [7, 6, 5, 4, 3, 2, 1]


def test_verification_on_the_page(kei: Person, browse: Callable[[Person], Client], said: Callable[..., None]) -> None:
    """In one step for a short trail; kept; a whole page without scripts, a piece with them."""
    checkpoints.set_up()
    said("review.decided")
    page = browse(kei).post(reverse("audit:verify"))
    assert "見つかりませんでした" in page.content.decode()
    assert "<html" in page.content.decode()
    assert Entry.objects.latest("number").event == "audit.verified"
    assert "<html" not in browse(kei).post(reverse("audit:verify"), headers={"hx-request": "true"}).content.decode()


def test_verification_goes_on_in_steps(said: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The state travels with the page; the result is that of one long walk."""
    monkeypatch.setattr(steps, "_SECONDS", 0)
    monkeypatch.setattr(steps, "_PIECE", 3)
    monkeypatch.setattr(steps.time, "monotonic", iter(range(1000)).__next__)
    monkeypatch.setattr(steps, "_SECONDS", 1.5)
    checkpoints.set_up()
    for _ in range(10):
        said("review.decided")
    step, count = steps.go_on(""), 1
    while not step.is_done:
        step, count = steps.go_on(step.state), count + 1
    assert (step.walk.checked, step.walk.findings, count) == (10, [], 4)


def test_state_of_another_is_refused(said: Callable[..., None]) -> None:
    """Nobody tells the desk that half of the trail was fine."""
    from django.core import signing

    for state in ("x", signing.dumps({"number": 5}, salt="another")):
        with pytest.raises(Conflict):
            steps.go_on(state)


def _events_in_the_source() -> set[str]:
    found = set()
    for file in Path(andon.console.__file__).parent.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            place = {"verb": 0, "unattended": 0, "saw": 1, "record": 1, "append": 1}.get(name)
            if place is not None and len(call.args) > place and isinstance(value := call.args[place], ast.Constant) and isinstance(value.value, str):
                found.add(value.value)
    return {event for event in found if "." in event}


def test_every_event_has_words() -> None:
    """In both languages, under `event.<name>`, in the wording file of its app."""
    known = _events_in_the_source()
    assert {"staff.signed_in", "audit.read", "gate.refused"} <= known
    assert sorted(event for event in known if f"event.{event}" not in SENTENCES) == []


def test_every_finding_has_words() -> None:
    """Whatever a verification may say."""
    source = "".join((Path(andon.console.__file__).parent / "trail" / name).read_text() for name in ("walk.py", "verify.py"))
    found = {
        call.args[0].value for call in ast.walk(ast.parse(source.replace("from __future__ import annotations", "")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Finding" and call.args and isinstance(call.args[0], ast.Constant)
    }  # fmt: skip
    assert len(found) > 8
    assert [code for code in found if f"finding.{code}" not in SENTENCES] == []


def test_few_queries(kei: Person, browse: Callable[[Person], Client], said: Callable[..., None], django_assert_max_num_queries: Any) -> None:
    """However long the page."""
    for _ in range(60):
        said("review.decided", f"person:{kei.pk}")
    client = browse(kei)
    with django_assert_max_num_queries(12):
        client.get(TRAIL)
