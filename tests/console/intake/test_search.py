"""Substring search: what stands in a post is found however it is spelled, and nothing else is."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from andon.console.intake.models import Post
from andon.console.intake.search import find
from andon.language.bigrams import search_form

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
TEXTS = [
    "代田の駅前で荷物を受け取る仕事です",
    "闇★バ★イ★ト募集、ｱﾙﾊﾞｲﾄ感覚で稼げます",
    "連絡は @Abc_1234 かテレグラム 0night_boss まで",
    "応募はこちら https://forms.example/Abc?x=1 から",
    "霞が関で書類を運ぶだけ、日給５万円",
    "田代さんの家で電話番",
]


@pytest.fixture
def stored(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """The texts above, stored; p1 is the first."""
    store([post(text, id=f"p{n}") for n, text in enumerate(TEXTS, 1)])


def ids(query: str) -> list[str]:
    """Ids of the posts found, newest first."""
    of = dict(Post.objects.values_list("pk", "source_id"))
    return [of[pk] for pk in find(query).posts]


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("代田", ["p1"]),  # two kanji: what tables of three-letter pieces cannot find
        ("田代", ["p6"]),
        ("田", ["p6", "p1"]),  # one character
        ("ヤミバイト", []),  # kanji are not read aloud
        ("闇バイト", ["p2"]),
        ("闇ﾊﾞｲﾄ", ["p2"]),
        ("あるばいと", ["p2"]),
        ("@abc_1234", ["p3"]),
        ("ABC_1234", ["p3"]),
        ("abc_12", ["p3"]),
        ("0NIGHT_boss", ["p3"]),
        ("forms.example/abc", ["p4"]),
        ("https://forms.example", ["p4"]),
        ("５万", ["p5"]),
        ("5万円", ["p5"]),
        ("霞が関で書類を運ぶだけ", ["p5"]),
        ("関で書類を運ばない", []),
        ("です", ["p1"]),  # at the very end
        ("☆☆", []),
        ('"', []),
        ("' OR 1=1 --", []),
        ("%", []),
    ],
)
def test_found_however_it_is_spelled(query: str, found: list[str]) -> None:
    """Width, case, kana, marks between letters, handles and addresses."""
    assert ids(query) == found


@pytest.mark.usefixtures("stored")
def test_contacts_and_campaigns() -> None:
    """A part of a handle gives the contact with its posts, and their campaigns."""
    found = find("night")
    assert [one.key for one in found.contacts] == ["telegram:0night_boss"]
    row = Post.objects.get(source_id="p3")
    assert found.posts == (row.pk,)
    assert found.campaigns == (row.campaign_id,)
    assert find("@").contacts == ()


@pytest.mark.usefixtures("stored")
def test_answers_are_bounded_and_say_so() -> None:
    """The newest come first; that there are more is told."""
    found = find("で", limit=2)
    assert (len(found.posts), found.is_more) == (2, True)
    assert list(found.posts) == sorted(found.posts, reverse=True)
    assert find("代田", limit=2).is_more is False


@pytest.mark.usefixtures("stored")
def test_nothing_typed_finds_nothing() -> None:
    """Blanks and marks have no form."""
    for query in ("", "   ", "。。", "\u200b"):
        assert (find(query).form, find(query).posts) == ("", ())


def test_exactly_the_posts_that_hold_it(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """Every part of every text finds exactly the posts whose form holds it: on either database the same."""
    draw = random.Random(7)
    letters = "代田駅前荷物受取仕闇ばいと円。万5 ab"
    texts = ["".join(draw.choice(letters) for _ in range(draw.randint(2, 14))) for _ in range(60)]
    kept = [text for text in texts if search_form(text).strip()]
    store([post(text) for text in kept])
    forms = {pk: search_form(text) for pk, text in Post.objects.values_list("pk", "text")}
    for text in kept:
        form = search_form(text)
        start = draw.randrange(len(form))
        query = form[start : start + draw.randint(1, 5)]
        asked = search_form(query)
        if asked:
            assert set(find(query, limit=1000).posts) == {pk for pk, held in forms.items() if asked in held}, query
