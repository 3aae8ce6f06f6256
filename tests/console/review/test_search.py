"""Search and palette: what is found, shown, and kept in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.urls import reverse

from andon.console.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_two_characters_find_posts_contacts_and_campaigns(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """Words are lit in the original text; each hit leads to its card."""
    one = campaign("駅前の霧島で荷物を受け取るだけ", contact="telegram:kirishima01")
    page = browse(aoi).get(reverse("review:search"), {"q": "霧島"}).content.decode()
    assert '<mark class="hit hit--found">霧島</mark>' in page
    assert reverse("review:card", args=[one.pk]) in page
    page = browse(aoi).get(reverse("review:search"), {"q": "kirishima"}).content.decode()
    assert "contact=telegram%3Akirishima01" in page


def test_a_search_is_kept(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """What was searched and how much was found; the same search again within a minute is one event; no search, no event."""
    campaign("霧島で荷物")
    client = browse(aoi)
    client.get(reverse("review:search"))
    assert not Entry.objects.filter(event="review.searched").exists()
    for _ in range(3):
        client.get(reverse("review:search"), {"q": "霧島"}, headers=HTMX)
    entry = Entry.objects.get(event="review.searched")
    assert (entry.person, entry.facts["q"], entry.facts["posts"], entry.facts["where"]) == (aoi.pk, "霧島", 2, "page")
    cache.clear()
    client.get(reverse("review:palette"), {"q": "霧島"})
    assert Entry.objects.filter(event="review.searched").count() == 2


def test_htmx_gets_the_results_alone(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """While typing only the results come, with an address that can be shared."""
    campaign("霧島で荷物")
    answer = browse(aoi).get(reverse("review:search"), {"q": "霧島"}, headers=HTMX)
    assert "<html" not in answer.content.decode()
    assert answer.headers["HX-Replace-Url"] == reverse("review:search") + "?q=%E9%9C%A7%E5%B3%B6"


def test_nothing_found_says_where_was_searched(aoi: Person, browse: Callable[[Person], Client]) -> None:
    """An absence is no finding: only flagged posts are searched. What was typed is text."""
    page = browse(aoi).get(reverse("review:search"), {"q": "<b>無い言葉"}).content.decode()
    assert "取り込んだ該当投稿の中を探しています" in page
    assert "<b>無い言葉" not in page


def test_the_palette_lists_links(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """Entries only, without a list around them; nothing for no words."""
    one = campaign("霧島で荷物", title="霧島で荷物")
    client = browse(aoi)
    page = client.get(reverse("review:palette"), {"q": "霧島"}).content.decode().strip()
    assert page.startswith("<li><a href=")
    assert reverse("review:card", args=[one.pk]) in page
    assert "?q=%E9%9C%A7%E5%B3%B6" in page
    assert client.get(reverse("review:palette")).content.decode().strip() == ""


@pytest.mark.parametrize("query", ["霧", "%", "_", "'", '"', "\\", "*", "(", "あ" * 500, "\u202e", "\x00霧島", "😀", "AND OR NOT"])
def test_any_words_can_be_searched(query: str, aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """No sign breaks the search or means more than itself."""
    campaign("霧島で荷物")
    for name in ("search", "palette"):
        assert browse(aoi).get(reverse(f"review:{name}"), {"q": query}).status_code == 200
    assert browse(aoi).get(reverse("review:queue"), {"q": query}).status_code == 200
