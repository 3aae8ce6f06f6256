"""Need-to-know: everything of this app as three people of known rights, and as the inspector of a sample."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from andon.console.casework.actions.samples import draw
from andon.console.evidence.conversations.actions import notes as acts
from andon.console.evidence.conversations.actions.comparing import compare
from andon.console.evidence.conversations.actions.papers import order, order_merged
from andon.console.evidence.conversations.jobs import run_papers
from andon.console.evidence.conversations.urls import urlpatterns
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.evidence.conversations.models import Conversation, Reading
    from andon.console.staff.models import Person

POSTS = {"again", "mark", "correct", "withdraw"}


@pytest.fixture
def places(talk: Conversation, read: Callable[..., Reading], chat: Callable[..., Any], mori: Person, actor: Any) -> dict[str, dict[str, int]]:
    """Every address of this app that answers a GET, of things that are there."""
    other = read(chat(38)).conversations.get()
    note = acts.mark(actor(mori), talk.pk, 1, 1, "秘密のノート", is_disclosable=False)
    both = compare(actor(mori), talk.reading.exhibit.case_id, [talk.pk, other.pk])
    paper = order(actor(mori), talk.pk, "html", 0, 5, is_disclosable=False, language="ja")
    run_papers()
    merged = order_merged(actor(mori), both.pk, "html", 0, 5, is_disclosable=False, language="ja")
    run_papers()
    known = {
        "case_id": talk.reading.exhibit.case_id, "exhibit_id": talk.reading.exhibit_id, "reading_id": talk.reading_id, "conversation_id": talk.pk,
        "note_id": note.pk, "comparison_id": both.pk, "view_id": both.views.earliest("pk").pk, "transcript_id": paper.pk, "merged_transcript_id": merged.pk, "position": 1, "number": 0,
    }  # fmt: skip
    found = {one.name: {name: known[name] for name in one.pattern.converters} for one in urlpatterns if one.name not in POSTS}
    found["picture"]["position"] = 25
    return found  # type: ignore[return-value]


def _path(name: str, places: dict[str, int]) -> str:
    extra = "?when=2024-11-08" if name.endswith("moment") else "?q=発言"
    return reverse(f"conversations:{name}", kwargs=places) + extra


def test_members_see_all(places: dict[str, dict[str, int]], mori: Person, browse: Callable[..., Client]) -> None:
    """The leader opens every address."""
    for name, where in places.items():
        assert browse(mori).get(_path(name, where)).status_code in (200, 302), name


def test_others_are_told_there_is_no_such_page(places: dict[str, dict[str, int]], hara: Person, browse: Callable[..., Client]) -> None:
    """An investigator who is in no case: 404 everywhere, by GET and by POST, and nothing of it in the answer."""
    for name, where in places.items():
        answer = browse(hara).get(_path(name, where))
        assert answer.status_code == 404, name
        assert "話者" not in answer.content.decode(), name
    for name in POSTS:
        one = next(pattern for pattern in urlpatterns if pattern.name == name)
        known = places["comparison"] | places["read"] | places["note"] | places["reading"]
        where = {place: known.get(place, 1) for place in one.pattern.converters}
        assert browse(hara).post(reverse(f"conversations:{name}", kwargs=where), {"why": "x", "disclosable": "yes"}).status_code == 404, name


def test_without_the_right_no_page(places: dict[str, dict[str, int]], aoi: Person, browse: Callable[..., Client]) -> None:
    """An analyst reads no cases at all."""
    for name, where in places.items():
        assert browse(aoi).get(_path(name, where)).status_code == 403, name


def test_readers_see_but_write_nothing(places: dict[str, dict[str, int]], yuki: Person, browse: Callable[..., Client]) -> None:
    """Who is let in as a reader opens what is read, and finds no way to write."""
    client = browse(yuki)
    page = client.get(_path("read", places["read"])).content.decode()
    assert 'id="mark"' not in page
    assert client.post(reverse("conversations:mark", kwargs=places["read"]), {"first": 1, "last": 1, "disclosable": "yes"}).status_code in (403, 422)


def test_inspector_of_a_sample_reads_only(
    places: dict[str, dict[str, int]], talk: Conversation, person: Callable[..., Person], browse: Callable[..., Client], actor: Any
) -> None:
    """The inspector opens what belongs to his sample, by GET alone; before the sample he opens nothing."""
    inspector = person("kansa", Role.AUDITOR)
    assert browse(inspector).get(_path("read", places["read"])).status_code == 403
    draw(actor(inspector), [talk.reading.exhibit.case_id], ground="年次監察", until_at=timezone.now() + timedelta(days=30))
    for name in ("read", "rows", "outline", "find", "list", "notes", "note", "reading", "comparison", "paper", "merged_paper", "merged_file"):
        assert browse(inspector).get(_path(name, places[name])).status_code == 200, name
    assert browse(inspector).post(reverse("conversations:mark", kwargs=places["read"]), {"first": 1, "last": 1, "disclosable": "yes"}).status_code == 403


def test_case_search_holds_own_cases_only(
    talk: Conversation, hara: Person, actor: Any, browse: Callable[..., Client]
) -> None:
    """Another case's search finds nothing of this one."""
    from andon.console.casework.actions.life import open_case

    theirs = open_case(actor(hara), "別件", "general", ground="試験")
    page = browse(hara).get(reverse("conversations:search", args=[theirs.pk]), {"q": "発言"}).content.decode()
    assert "話者" not in page
    assert "見つかりません" in page


def test_looking_for_what_may_not_be_seen_is_kept(talk: Conversation, hara: Person, browse: Callable[..., Client]) -> None:
    """The trail says who asked for a conversation that they may not know of."""
    from andon.console.audit.models import Entry

    browse(hara).get(reverse("conversations:read", args=[talk.pk]))
    assert Entry.objects.filter(event="conversations.missed", subject=f"conversation:{talk.pk}", person=hara.pk).exists()
