"""The window of wordings: finds edited copies, holds short posts apart, stays within its memory, and gives the same answer however posts are fed."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.benchmark.copies import clauses_of, make_copies
from andon.detection.campaigns.edit_kernels import MOST_COMPARED, allowed_edits, edit_distance, mark_symbols
from andon.detection.campaigns.near_index import Codes, NearIndex, masked_codes
from andon.detection.records.batch import column

SYMBOLS = st.lists(st.integers(0, 15), max_size=MOST_COMPARED)


def codes_of(texts: list[str]) -> Codes:
    return masked_codes(*column([text.encode() for text in texts]))


def slow_distance(a: list[int], b: list[int]) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def fast_distance(a: list[int], b: list[int], limit: int) -> int:
    equal = np.zeros(16 * (MOST_COMPARED // 64), np.uint64)
    mark_symbols(np.array(a, np.uint8), len(a), equal)
    letters = np.zeros(400, np.uint8)
    start = 100
    for place, symbol in enumerate(b):
        letters[start + place // 2] |= symbol << (4 * (place & 1))
    plus, minus = np.zeros(8, np.uint64), np.zeros(8, np.uint64)
    return int(edit_distance(len(a), equal, letters, start, len(b), limit, plus, minus))


@settings(max_examples=300, deadline=None)
@given(SYMBOLS, SYMBOLS)
def test_edit_distance_is_exact(a: list[int], b: list[int]) -> None:
    """Bit-parallel and plain dynamic programming agree, whatever the lengths."""
    assert fast_distance(a, b, 10_000) == slow_distance(a, b)


@settings(max_examples=300, deadline=None)
@given(SYMBOLS, st.randoms(use_true_random=False), st.integers(0, 60))
def test_a_limit_only_cuts_what_is_above_it(a: list[int], lot: random.Random, limit: int) -> None:
    """Up to the limit the distance is exact; above, it is above."""
    b = [symbol if lot.random() < 0.8 else lot.randrange(16) for symbol in a]
    exact, limited = slow_distance(a, b), fast_distance(a, b, limit)
    assert limited == exact if exact <= limit else limited > limit


def test_short_posts_need_more() -> None:
    """Nothing below six characters, only equal ones below twelve, one edit in ten up to 24."""
    assert [allowed_edits(length) for length in (1, 5, 6, 11, 12, 19, 20, 23)] == [-1, -1, 0, 0, 1, 1, 2, 2]
    assert allowed_edits(24) == 7
    assert allowed_edits(100) == 31


@pytest.mark.parametrize(
    ("first", "second"),
    [("日給5万 即日払い", "日給5万 即日払い可"), ("運ぶだけ", "運ぶだけ"), ("受け子募集", "出し子募集"), ("詳細はDMまで", "詳細はLINEで"), ("簡単なお仕事です", "簡単なお料理です")],
)
def test_different_short_posts_never_meet(first: str, second: str) -> None:
    """Two short posts do not merge for being short, and nothing merges that says almost nothing."""
    assert len(NearIndex(64).add(codes_of([first, second])).post) == 0


def test_numbers_and_handles_do_not_part() -> None:
    """What a campaign varies (pay, handle, width of letters) leaves the wording the same."""
    near = NearIndex(64).add(codes_of(["急募！日給5万円で荷物を運ぶだけ 詳細は @abc_def まで", "急募！日給８万円で荷物を運ぶだけ　詳細は @xyz_987 まで"]))
    assert near.post.tolist() == [1]
    assert near.partner.tolist() == [0]
    assert near.similarity[0] == pytest.approx(1.0)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Made-up clauses, varied enough that two posts share one only by chance."""
    lot = random.Random(3)
    kana = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん漢字文章見本投稿公園電車散歩料理天気"
    return ["".join(lot.choices(kana, k=lot.randint(5, 16))) + "。" for _ in range(4000)]


def test_edited_copies_are_found(lines: list[str]) -> None:
    """Nearly all copies with a tenth of their characters changed are found, and nearly nothing else is."""
    stream = make_copies(clauses_of(lines), 6000, seed=5)
    near = NearIndex(8000).add(codes_of(stream.texts))
    base, share = np.array(stream.base), np.array(stream.share)
    right = base[near.post] == base[near.partner]
    found = np.zeros(len(base), bool)
    found[near.post[right]] = True
    assert right.mean() > 0.99
    assert found[share == 0.05].mean() > 0.98
    assert found[share == 0.1].mean() > 0.96
    assert found[share == 0.2].mean() > 0.8


def test_feeding_does_not_matter(lines: list[str]) -> None:
    """One column, or many small ones: the same pairs."""
    texts = make_copies(clauses_of(lines), 800, seed=9).texts
    whole, pieces = NearIndex(900), NearIndex(900)
    expected = whole.add(codes_of(texts))
    got = [pieces.add(codes_of(texts[start : start + 37])) for start in range(0, len(texts), 37)]
    assert np.concatenate([one.post for one in got]).tolist() == expected.post.tolist()
    assert np.concatenate([one.partner for one in got]).tolist() == expected.partner.tolist()


def test_old_wordings_fall_out_and_living_ones_stay(lines: list[str]) -> None:
    """A window of a hundred forgets what came long ago, but not a wording that is seen again and again."""
    lure = "【急募】即日現金手渡しのお仕事です、詳しくはメッセージをください"
    others = [one for one in make_copies(clauses_of(lines), 3000, seed=2).texts if len(one) > 40]
    index = NearIndex(100)
    index.add(codes_of([lure, others[0]]))
    for start in range(1, 1001, 20):
        index.add(codes_of([*others[start : start + 20], lure]))
    near = index.add(codes_of([lure, others[0]]))
    assert near.post.tolist() == [index.posts - 2]
    assert near.similarity.tolist() == [pytest.approx(1.0)]


def test_memory_a_post() -> None:
    """At most 200 bytes for each wording of the window, all tables together."""
    assert NearIndex(1_000_000).nbytes / 1_000_000 <= 200


def test_repeats_take_no_room() -> None:
    """Copies of one lure are one wording, each tied to the one before."""
    lure = "【急募】即日現金手渡しのお仕事です、詳しくはメッセージをください"
    index = NearIndex(1000)
    near = index.add(codes_of([lure] * 400))
    assert index.wordings == 1
    assert len(near.post) == 399
    assert near.partner.tolist() == list(range(399))


@pytest.mark.parametrize("capacity", [0, -1, 1 << 25])
def test_impossible_windows_are_refused(capacity: int) -> None:
    """A window has at least one place and no more than its numbers can count."""
    with pytest.raises(ValueError, match="capacity"):
        NearIndex(capacity)
