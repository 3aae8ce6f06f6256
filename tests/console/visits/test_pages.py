"""Pages of visits: what is known of posts, hosts, what waits for people, one post's looks."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

import andon.console.measures.visits as visits_app
from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.measures.visits.models import Host, Visit, Watch
from andon.console.measures.visits.reading.looking import CODES
from andon.console.measures.visits.reading.page import GONE, TOLD
from andon.console.measures.visits.running import run_due
from andon.console.outside.errors import Unreachable
from andon.wording.say import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=2)


def test_posts_by_what_is_known(watched: Callable[..., list[int]], net: Any, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """A post nobody could tell of stands under its own heading; "gone" stands empty until looks agree."""
    (pk,) = watched(text="即日即金 運びの仕事 詳細はDM", now=LONG_AGO)
    client = browse(aoi)
    assert "消えた投稿はありません" in client.get(reverse("visits:visits")).content.decode()
    assert "即日即金" in client.get(reverse("visits:visits"), {"state": "none"}).content.decode()
    net.put(f"https://board.example/posts/{pk}", "", status=404)
    run_due(net=net, now=LONG_AGO + timedelta(hours=7))
    assert "即日即金" in client.get(reverse("visits:visits"), {"state": "none"}).content.decode()
    run_due(net=net, now=timezone.now())
    body = client.get(reverse("visits:visits")).content.decode()
    assert "即日即金" in body
    assert "（404）" in body


def test_hosts(watched: Callable[..., list[int]], net: Any, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """How many posts, how many due, and why one is left alone."""
    ids = watched(3, now=LONG_AGO)
    watched(2, host="other.example")
    net.put(f"https://board.example/posts/{ids[0]}", Unreachable(reason="timeout", host="board.example"))
    for pk in ids:
        net.put(f"https://board.example/posts/{pk}", Unreachable(reason="timeout", host="board.example"))
    run_due(net=net, now=timezone.now())
    body = browse(aoi).get(reverse("visits:hosts")).content.decode()
    assert "board.example" in body
    assert "other.example" in body
    assert "時間内に応答がない" in body


def test_a_person_looks_row_by_row(watched: Callable[..., list[int]], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """The row answers with what was recorded, and the post leaves the list."""
    ids = watched(2, host="www.instagram.com", now=LONG_AGO)
    client = browse(aoi)
    body = client.get(reverse("visits:person")).content.decode()
    assert body.count("data-key-scope") == 2
    assert body.count('aria-current="true"') >= 1
    answer = client.post(reverse("visits:looked", args=[ids[0]]), {"state": "gone"}, headers={"hx-request": "true"})
    assert "記録しました" in answer.content.decode()
    assert "data-done" in answer.content.decode()
    assert client.get(reverse("visits:person")).content.decode().count("data-key-scope") == 1
    visit = Visit.objects.get()
    assert (visit.post_id, visit.state, visit.by) == (ids[0], "gone", aoi)


def test_what_is_no_state_is_refused(watched: Callable[..., list[int]], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """With a sentence, and nothing recorded."""
    (pk,) = watched()
    answer = browse(aoi).post(reverse("visits:looked", args=[pk]), {"state": "vanished"})
    assert answer.status_code == 422
    assert "から選んでください" in answer.content.decode()
    assert not Visit.objects.exists()


def test_one_posts_looks(watched: Callable[..., list[int]], net: Any, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """The first that finds nothing is shown as one that does not count yet; reading the page is an event."""
    (pk,) = watched(now=LONG_AGO)
    net.put(f"https://board.example/posts/{pk}", "", status=410)
    run_due(net=net, now=timezone.now())
    client = browse(aoi)
    body = client.get(reverse("visits:post", args=[pk])).content.decode()
    assert "（確定していません）" in body
    assert "もう一度の確認が要ります" in body
    assert Entry.objects.get(event="visits.opened").subject == f"post:{pk}"
    client.post(reverse("visits:looked", args=[pk]), {"state": "there", "note": "表示を確認"})
    body = client.get(reverse("visits:post", args=[pk])).content.decode()
    assert "表示を確認" in body
    assert aoi.name in body


def test_asking_for_a_look(watched: Callable[..., list[int]], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """By the button: due at once."""
    (pk,) = watched()
    answer = browse(aoi).post(reverse("visits:ask", args=[pk]), follow=True)
    assert "まもなく確かめます" in answer.content.decode()
    assert Watch.objects.get(post=pk).next_at <= timezone.now()
    assert Host.objects.get().next_at <= timezone.now()


def test_who_only_reads_is_offered_no_act(watched: Callable[..., list[int]], person: Callable[..., Person], browse: Callable[[Person], Client]) -> None:
    """An investigator sees the looks and changes nothing."""
    (pk,) = watched(host="www.instagram.com", now=LONG_AGO)
    client = browse(person("ryo", "investigator"))
    for name, places in (("visits:person", []), ("visits:post", [pk])):
        assert reverse("visits:looked", args=[pk]) not in client.get(reverse(name, args=places)).content.decode()
    assert client.post(reverse("visits:looked", args=[pk]), {"state": "gone"}).status_code == 403
    assert client.post(reverse("visits:ask", args=[pk])).status_code == 403


def test_every_code_has_words() -> None:
    """How a look was told, whatever it may have been: reasons of the way out, statuses, and codes written in the readers."""
    source = "".join(file.read_text() for file in (Path(visits_app.__file__).parent / "reading").glob("*.py"))
    written = set(re.findall(r'(?:State\.\w+, |unknown\()"(\w+)"', source)) | set(re.findall(r'"(text_differs|cut|no_text|sign_in|moved|wall|person)"', source))
    codes = written | CODES | set(GONE.values()) | {f"http_{status}" for status in TOLD} | {"http_other", "person", "unreachable"}
    assert {"embed_404", "api_not_found", "timeout"} <= codes
    assert sorted(code for code in codes if f"visit.code.{code}" not in SENTENCES) == []


def test_no_code_shows_through(watched: Callable[..., list[int]], net: Any, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """In neither language, on any page."""
    ids = watched(2, now=LONG_AGO) + watched(1, host="www.instagram.com", now=LONG_AGO)
    for pk in ids[:2]:
        net.put(f"https://board.example/posts/{pk}", "", status=503)
    run_due(net=net, now=timezone.now())
    for spoken in ("ja", "en"):
        with gate._door():
            aoi.language = spoken
            aoi.save()
        client = browse(aoi)
        for path in (reverse("visits:visits") + "?state=none", reverse("visits:hosts"), reverse("visits:person"), reverse("visits:post", args=[ids[0]])):
            body = re.sub(r'(?:href|src|hx-post|action|id)="[^"]*"|<script.*?</script>', "", client.get(path).content.decode(), flags=re.DOTALL)
            assert not re.search(r"\bvisits?\.[a-z]", body), (spoken, path)


def test_few_questions(watched: Callable[..., list[int]], aoi: Person, browse: Callable[[Person], Client], django_assert_max_num_queries: Any) -> None:
    """However many posts a page lists."""
    for k in range(20):
        watched(2, host=f"host{k}.example", now=LONG_AGO)
    watched(20, host="www.instagram.com", now=LONG_AGO)
    client = browse(aoi)
    client.get(reverse("visits:visits"))
    for path in (reverse("visits:visits") + "?state=none", reverse("visits:hosts"), reverse("visits:person")):
        with django_assert_max_num_queries(14):
            assert client.get(path).status_code == 200
