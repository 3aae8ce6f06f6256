"""Ties to campaigns: order does not matter, a person's word does, and a common contact joins nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.campaigns.grouping import MOST_JOINED, group
from andon.detection.campaigns.ties import Ground, Judgement, Standing, Tie, contact_key, contact_standing, wording_standing

POSTS = 12
PLACES = st.integers(0, POSTS - 1)
PAIRS = st.tuples(PLACES, PLACES).filter(lambda pair: pair[0] < pair[1])
TIES = st.lists(st.builds(lambda pair, strength, sure: wording(*pair, strength=strength, sure=sure), PAIRS, st.sampled_from([0.8, 0.9, 1.0]), st.booleans()), max_size=25)
WORDS = st.lists(st.builds(lambda pair, same: Judgement(*pair, same, "佐藤"), PAIRS, st.booleans()), max_size=6)
CONTACTS = st.dictionaries(st.sampled_from(["telegram:abc1", "line:xyz9", "handle:someone"]), st.lists(st.lists(PLACES, min_size=2, max_size=5, unique=True), max_size=2), max_size=3)


def wording(a: int, b: int, strength: float = 0.95, *, sure: bool = True) -> Tie:
    return Tie(a, b, Ground.WORDING, Standing.CONFIRMED if sure else Standing.SUGGESTED, strength)


@settings(max_examples=200, deadline=None)
@given(TIES, CONTACTS, WORDS, st.randoms(use_true_random=False))
def test_order_does_not_matter(ties: list[Tie], contacts: dict[str, list[list[int]]], words: list[Judgement], lot: random.Random) -> None:
    """Ties and contacts in any order give the same campaigns, reasons and suggestions."""
    shuffled = list(ties)
    lot.shuffle(shuffled)
    turned = {key: [list(reversed(posts)) for posts in reversed(stretches)] for key, stretches in reversed(contacts.items())}
    assert group(POSTS, ties, contacts, words) == group(POSTS, shuffled, turned, words)


@settings(max_examples=200, deadline=None)
@given(TIES, CONTACTS, WORDS)
def test_not_the_same_outlives_everything(ties: list[Tie], contacts: dict[str, list[list[int]]], words: list[Judgement]) -> None:
    """Two posts that a person parted last are never in one campaign, and no suggestion joins their campaigns."""
    grouping = group(POSTS, ties, contacts, words)
    last = {(one.a, one.b): one.same for one in words}
    for (a, b), same in last.items():
        if not same:
            assert grouping.root[a] != grouping.root[b]
            parted = {grouping.root[a], grouping.root[b]}
            assert all({grouping.root[tie.a], grouping.root[tie.b]} != parted for tie in grouping.suggested)


@settings(max_examples=200, deadline=None)
@given(TIES, CONTACTS, WORDS)
def test_every_member_has_its_reason(ties: list[Tie], contacts: dict[str, list[list[int]]], words: list[Judgement]) -> None:
    """Every post but a campaign's first came in along a confirmed tie of its own campaign; suggestions join two campaigns."""
    grouping = group(POSTS, ties, contacts, words)
    for n, root in enumerate(grouping.root):
        assert (n in grouping.brought) == (n != root)
        if n != root:
            tie = grouping.brought[n]
            assert n in (tie.a, tie.b)
            assert tie.standing is Standing.CONFIRMED
            assert grouping.root[tie.a] == grouping.root[tie.b] == root
    assert all(grouping.root[tie.a] != grouping.root[tie.b] for tie in grouping.suggested)


def test_suggested_ties_join_nothing() -> None:
    """Loose likeness is shown, and joins only with a person's word."""
    loose = [wording(0, 1, 0.78, sure=False)]
    assert group(2, loose, {}).root == [0, 1]
    assert group(2, loose, {}).suggested == loose
    confirmed = group(2, loose, {}, [Judgement(0, 1, same=True, by="田中")])
    assert confirmed.root == [0, 0]
    assert confirmed.brought[1].ground is Ground.PERSON
    assert confirmed.suggested == []


def test_the_last_word_holds() -> None:
    """A judgement can be taken back by a later one."""
    parted = Judgement(0, 1, same=False, by="田中")
    assert group(2, [wording(0, 1)], {}, [parted]).root == [0, 1]
    assert group(2, [wording(0, 1)], {}, [parted, Judgement(0, 1, same=True, by="鈴木")]).root == [0, 0]


def test_the_weaker_side_stays_out() -> None:
    """Of a chain that a person has parted at its ends, the weakest tie gives way."""
    ties = [wording(0, 1, 0.99), wording(1, 2, 0.9), wording(2, 3, 0.97)]
    assert group(4, ties, {}, [Judgement(0, 3, same=False, by="田中")]).root == [0, 0, 2, 2]


def test_a_shared_contact_joins_different_wordings() -> None:
    """The same messenger id in two posts ties them; a mere mention suggests."""
    assert group(2, [], {"telegram:abcd": [[0, 1]]}).root == [0, 0]
    mention = group(2, [], {"handle:abcd": [[0, 1]]})
    assert mention.root == [0, 1]
    assert [tie.detail for tie in mention.suggested] == ["handle:abcd"]


def test_a_common_contact_joins_nothing() -> None:
    """A contact under more wordings than one campaign would use is listed instead; many posts of one wording are no reason."""
    many = list(range(MOST_JOINED + 1))
    grouping = group(len(many), [], {"telegram:bot1": [many]})
    assert grouping.root == many
    assert grouping.suggested == []
    assert [(one.key, one.posts, one.wordings) for one in grouping.common] == [("telegram:bot1", MOST_JOINED + 1, MOST_JOINED + 1)]
    copies = [wording(0, n) for n in range(1, 50)]
    assert set(group(51, copies, {"telegram:bot1": [list(range(51))]}).root) == {0}


@pytest.mark.parametrize(
    ("type_", "value", "key"),
    [
        ("telegram", "https://t.me/Abc_123", "telegram:abc_123"),
        ("telegram", "Abc_123", "telegram:abc_123"),
        ("telegram", "t.me/+AbCdEfGh", "telegram:+AbCdEfGh"),
        ("line", "https://line.me/ti/p/~Ab12", "line:ab12"),
        ("line", "https://lin.ee/AbC12", "line:AbC12"),
        ("line", "Ab12cd", "line:ab12cd"),
        ("discord", "https://discord.gg/AbC123", "discord:AbC123"),
        ("handle", "@Someone", "handle:someone"),
        ("telephone", "09000000000", "telephone:09000000000"),
        ("mail", "A@example.invalid", "mail:a@example.invalid"),
        ("url", "https://example.invalid/jobs", None),
        ("telegram", "https://t.me/", None),
        ("handle", "@abc", None),
    ],
)
def test_contact_keys(type_: str, value: str, key: str | None) -> None:
    """One spelling for one contact; codes keep their case, handles do not; web addresses tie nothing."""
    assert contact_key(type_, value) == key


def test_standings() -> None:
    """Long and near-identical is confirmed, the rest suggested; a mention is weaker than an id."""
    assert wording_standing(0.9, 60) is Standing.CONFIRMED
    assert wording_standing(0.8, 60) is Standing.SUGGESTED
    assert wording_standing(1.0, 12) is Standing.SUGGESTED
    assert contact_standing("telegram:abcd") is Standing.CONFIRMED
    assert contact_standing("handle:abcd") is Standing.SUGGESTED
