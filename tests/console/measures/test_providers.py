"""Which provider a post is with, and how the directory is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console.intake.models import Post
from andon.console.measures.common.actions.providers import FIELDS, confirm_provider, load_directory, save_provider, starting_directory
from andon.console.measures.common.models import Provider
from andon.console.measures.common.providers import Directory, bare, provider_of, providers_of
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console import gate
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(sora: Person, actor: Callable[..., gate.Actor]) -> Directory:
    """The starting directory, loaded."""
    load_directory(actor(sora))
    return Directory()


@pytest.mark.parametrize(("url", "source", "code"), [
    ("https://x.com/a/status/1", "", "x"), ("https://www.twitter.com/a", "generic", "x"), ("https://mobile.x.com:443/a", "", "x"),
    ("https://notx.com/a", "", None), ("https://x.com.evil.example/a", "", None), ("https://jp.indeed.com/job", "", "indeed"),
    ("", "x_api", "x"), ("", "mastodon", None), ("https://social.example/1", "telegram_api", "telegram"), ("https://[broken", "", None),
    ("https://X.COM./a", "", "x"), ("javascript:alert(1)//x.com", "", None),
])  # fmt: skip
def test_by_host_then_by_source(url: str, source: str, code: str | None, directory: Directory) -> None:
    """The whole name of a host or its end at a dot; a look-alike is another host."""
    found = directory.of(url, source)
    assert (found.code if found else None) == code


def test_of_posts(directory: Directory, campaign: Callable[..., Any]) -> None:
    """One post, or many with few questions to the database."""
    posts = list(Post.objects.filter(campaign=campaign(posts=3)))
    assert {one.code if one else None for one in providers_of(posts).values()} == {"x"}
    assert provider_of(posts[0]) == providers_of(posts)[posts[0].pk]


def test_names_in_other_scripts() -> None:
    """As they go over the wire."""
    assert bare("www.日本語.jp") == "xn--wgv71a119e.jp"
    assert bare("WWW.Example.JP.") == "example.jp"


def test_the_starting_directory_is_whole() -> None:
    """Codes once, hosts once, addresses by https, answer times, both names; nothing that could mail by itself."""
    rows = starting_directory()
    hosts = [host for row in rows for host in row["hosts"]]
    assert len({row["code"] for row in rows}) == len(rows) > 10
    assert len(set(hosts)) == len(hosts)
    assert all(host == bare(host) for host in hosts)
    assert all(row["channel"] == "form" and row["address"].startswith("https://") and row["answer_days"] > 0 and row["name_en"] for row in rows)
    assert {name for row in rows for name in row} <= {"code", *FIELDS}


def test_loading_again_keeps_what_people_changed(sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """Only what nobody touched is brought up to date; loaded addresses are unconfirmed until somebody looks."""
    assert load_directory(actor(sora)) == len(starting_directory())
    assert not Provider.objects.filter(confirmed_at__isnull=False).exists()
    save_provider(actor(sora), "x", {"address": "https://our.example/form"})
    assert load_directory(actor(sora)) == 0
    one = Provider.objects.get(code="x")
    assert (one.address, one.confirmed_by) == ("https://our.example/form", sora)
    confirm_provider(actor(sora), Provider.objects.get(code="reddit").pk)
    assert Provider.objects.get(code="reddit").confirmed_at is not None


def test_a_host_belongs_to_one(directory: Directory, sora: Person, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """And only who sets the rules changes the directory."""
    with pytest.raises(Conflict, match="provider_host"):
        save_provider(actor(sora), "other", {"name": "Other", "hosts": ["www.X.com"]})
    for refused in (lambda: save_provider(actor(aoi), "x", {}), lambda: load_directory(actor(aoi)), lambda: confirm_provider(actor(aoi), 1)):
        with pytest.raises(Refused):
            refused()


def test_the_pages(sora: Person, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Load, find, add, change; what is wrong is said at its field."""
    client = browse(sora)
    client.post(reverse("measures:load"))
    page = client.get(reverse("measures:providers"), {"q": "Reddit"}).content.decode()
    assert ("Reddit" in page, "Discord" in page, "未確認" in page) == (True, False, True)
    values = {
        "code": "board", "name": "掲示板", "country": "jp", "channel": "email", "address": "abuse@board.example", "languages": "ja, en",
        "answer_days": "5", "hosts": "https://www.board.example/threads\nb.example", "is_active": "on",
    }  # fmt: skip
    assert client.post(reverse("measures:new_provider"), values | {"address": "no mailbox"}).status_code == 422
    assert client.post(reverse("measures:new_provider"), values | {"hosts": "x.com"}).status_code == 422
    assert client.post(reverse("measures:new_provider"), values).status_code == 302
    one = Provider.objects.get(code="board")
    assert (one.hosts, one.languages, one.country, one.from_file) == (["b.example", "board.example"], ["ja", "en"], "JP", False)
    assert client.post(reverse("measures:provider", args=[one.pk]), values | {"name": "新しい名前"}).status_code == 302
    assert Provider.objects.get(code="board").name == "新しい名前"
    assert browse(aoi).get(reverse("measures:provider", args=[one.pk])).status_code == 403
    assert reverse("measures:new_provider") not in browse(aoi).get(reverse("measures:providers")).content.decode()
