"""All signals compiled into arrays: one trie of terms, the ranges of measures, and the combinations."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from andon.domain.errors import SignalError
from andon.language.measures import M
from andon.language.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.signals.signal import Signal

WORDS = 3  # 64-bit words of a post's set of signals
MOST_SIGNALS = 63 * WORDS  # bit 63 stays free, so that the words are never negative
TRIE_SIZE = 1 << 19
TRIE_SHIFT = 20  # a transition's entry: node and code it starts from above, below them whether a term ends where it leads, and the node there
TERM_ENDS = 1 << (TRIE_SHIFT - 1)
PAIR_BITS = 1 << 18
PAIR_MULTIPLIER = 40503
TRIPLE_BITS = 1 << 20
TRIPLE_MULTIPLIER = 0x2545F491
NODE_MULTIPLIER = 0x9E3779B97F4A7C15 - (1 << 64)
NODE_SHIFT = 40
HEADS, DUOS = 1 << 15, 1 << 13  # places in the tables of first three codes and of terms of two
HEAD_SHIFT = 44

_MARKS = re.compile(r"[()|]|[^()|]+")


class Lexicon(NamedTuple):
    """Compiled signals.

    Terms: `pairs`, `shorts` and `triples` (bit sets, uint8 bytes) are the filters: first two codes of any term, terms of just two codes, first
    three codes of longer ones. `duos` (uint64: two codes, then the term's number plus one in the lower 32 bits; 0: empty) are the terms of two.
    `heads` (uint64: three codes, then a number plus one in the lower 16 bits; 0: empty) are the beginnings of all others, with the trie's node that
    each leads to (`head_nodes`, int32, with `TERM_ENDS`) and the fourth codes that may follow, by their lowest six bits (`head_next`, uint64). Few
    places of ordinary text pass them, so the large trie is rarely touched. `steps` are the trie's transitions (see `TRIE_SHIFT`; one look into the
    memory for each), `term_at` the term that ends at a node (-1: none), `lengths` each term's codes, `rows`
    each term's row of `bits` and `guard_bits` (int64, by `WORDS`): the signals that it fires and those that it guards against, of which there are
    few different ones. Ranges: `range_rows` (int64: measure, low, high, signal). Combinations: `needs`, `bans` (int64, rows by `WORDS`) and
    `combined` (signal).
    """

    pairs: npt.NDArray[np.uint8]
    shorts: npt.NDArray[np.uint8]
    triples: npt.NDArray[np.uint8]
    duos: npt.NDArray[np.uint64]
    heads: npt.NDArray[np.uint64]
    head_nodes: npt.NDArray[np.int32]
    head_next: npt.NDArray[np.uint64]
    steps: npt.NDArray[np.int64]
    term_at: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    bits: npt.NDArray[np.int64]
    guard_bits: npt.NDArray[np.int64]
    range_rows: npt.NDArray[np.int64]
    needs: npt.NDArray[np.int64]
    bans: npt.NDArray[np.int64]
    combined: npt.NDArray[np.int64]


def expand(term: str, *, whole: bool = False) -> tuple[str, ...]:
    """Multiply out `(a|b|)` alternatives, which may nest: 高(収入|額) gives 高収入 and 高額.

    A group at either end that may be empty adds nothing to where a term is found, so it is left out instead of multiplied; `whole` keeps it, as
    guards need, which protect all that they cover.
    """
    parts, rest = _sequence(_MARKS.findall(term), 0)
    if rest != len(_MARKS.findall(term)):
        raise SignalError(signal="*", term=term)
    while not whole and len(parts) > 1 and "" in parts[0]:
        parts = parts[1:]
    while not whole and len(parts) > 1 and "" in parts[-1]:
        parts = parts[:-1]
    return tuple(dict.fromkeys("".join(choice) for choice in itertools.product(*parts)))


def _sequence(marks: list[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """The parts of a sequence, each as its choices, and where it ends (at a bar, a closing bracket or the end)."""
    parts: list[tuple[str, ...]] = []
    while at < len(marks) and marks[at] not in {"|", ")"}:
        if marks[at] == "(":
            choices, at = _choices(marks, at + 1)
            parts.append(choices)
        else:
            parts.append((marks[at],))
            at += 1
    return parts, at


def _choices(marks: list[str], at: int) -> tuple[tuple[str, ...], int]:
    """The choices of a group whose opening bracket stands before `at`, and the place behind its closing bracket."""
    choices: list[str] = []
    while at < len(marks):
        parts, at = _sequence(marks, at)
        choices.extend("".join(choice) for choice in itertools.product(*parts))
        if at < len(marks) and marks[at] == ")":
            break
        at += 1
    return tuple(dict.fromkeys(choices)), at + 1


def normal_terms(terms: Sequence[str], *, signal: str, guards: bool = False) -> set[str]:
    """Normal forms of all expanded `terms`; `SignalError` for one shorter than two codes. Guards are kept even where one holds another."""
    result = set()
    for term in terms:
        for plain in expand(term, whole=guards):
            normal = normalise(plain).text
            if len(normal) < 2:  # noqa: PLR2004
                raise SignalError(signal=signal, term=plain)
            result.add(normal)
    return result if guards else {term for term in result if not _redundant(term, result)}


def _redundant(term: str, terms: set[str]) -> bool:
    """Whether another of the signal's own terms is found wherever `term` is: a shorter one inside it, not bound to a Latin word's edge."""
    for start in range(len(term)):
        for end in range(start + 2, len(term) + 1):
            inner = term[start:end]
            if end - start < len(term) and inner in terms and not (inner[0].isascii() or inner[-1].isascii()):
                return True
    return False


def _transition(key: int) -> int:
    """Home slot of a trie transition; the kernels compute the same."""
    return (((key * NODE_MULTIPLIER) & 0xFFFFFFFFFFFFFFFF) >> NODE_SHIFT) & (TRIE_SIZE - 1)


def _triple(first: int, second: int, third: int) -> int:
    """Bit of three codes in the filter; the kernels compute the same."""
    mixed = ((first << 32) ^ (second << 16) ^ third) * TRIPLE_MULTIPLIER & 0xFFFFFFFFFFFFFFFF
    return ((mixed >> 24) ^ mixed) & (TRIPLE_BITS - 1)


def _set_bit(row: npt.NDArray[np.int64], signal: int) -> None:
    row[signal // 63] |= 1 << (signal % 63)


def _build_trie(terms: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    keys, nodes = np.full(TRIE_SIZE, -1, np.int64), np.zeros(TRIE_SIZE, np.int64)
    term_at = [-1]
    for index, term in enumerate(terms):
        node = 0
        for char in term:
            key = (node << 16) | ord(char)
            slot = _transition(key)
            while keys[slot] not in {-1, key}:
                slot = (slot + 1) & (TRIE_SIZE - 1)
            if keys[slot] == -1:
                if len(term_at) > TRIE_SIZE // 2:
                    raise SignalError(signal="*", term=f"more than {len(term_at)} nodes")
                keys[slot], nodes[slot] = key, len(term_at)
                term_at.append(-1)
            node = int(nodes[slot])
        term_at[node] = index
    ends = np.array(term_at, np.int32)
    return np.where(keys < 0, -1, (keys << TRIE_SHIFT) | np.where(ends[nodes] >= 0, TERM_ENDS, 0) | nodes), ends


def _spot(key: int, size: int) -> int:
    """Home place of a key in the tables `duos` and `heads`; the kernels compute the same."""
    return (((key * NODE_MULTIPLIER) & 0xFFFFFFFFFFFFFFFF) >> HEAD_SHIFT) & (size - 1)


def _hashed(keys: dict[int, int], size: int, bits: int) -> npt.NDArray[np.uint64]:
    """A table with `key << bits | value + 1` for every key. Raises `SignalError` when it would be more than half full."""
    table = [0] * size
    if len(keys) > size // 2 or max(keys.values(), default=0) >= (1 << bits) - 1:
        raise SignalError(signal="*", term=f"more than {size // 2} beginnings")
    for key, value in keys.items():
        spot = _spot(key, size)
        while table[spot]:
            spot = (spot + 1) & (size - 1)
        table[spot] = (key << bits) | (value + 1)
    return np.array(table, np.uint64)


def _beginnings(
    terms: Sequence[str], steps: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64], npt.NDArray[np.int32], npt.NDArray[np.uint64]]:
    """`duos`, `heads`, `head_nodes` and `head_next` of `Lexicon`."""
    duos, heads, nodes, following = dict[int, int](), dict[int, int](), list[int](), list[int]()
    for index, term in enumerate(terms):
        first, second = ord(term[0]), ord(term[1])
        if len(term) == 2:  # noqa: PLR2004 - a pair is the shortest term
            duos[first << 16 | second] = index
            continue
        key = first << 32 | second << 16 | ord(term[2])
        if key not in heads:
            heads[key] = len(nodes)
            nodes.append(_node_of(term[:3], steps))
            following.append(0)
        if len(term) > 3:  # noqa: PLR2004
            following[heads[key]] |= 1 << (ord(term[3]) & 63)
    return _hashed(duos, DUOS, 32), _hashed(heads, HEADS, 16), np.array(nodes, np.int32), np.array(following, np.uint64)


def _node_of(begin: str, steps: npt.NDArray[np.int64]) -> int:
    """The trie's node that `begin` leads to, with `TERM_ENDS` where a term ends there."""
    entry = 0
    for char in begin:
        key = (entry & (TERM_ENDS - 1)) << 16 | ord(char)
        slot = _transition(key)
        while (entry := int(steps[slot])) >> TRIE_SHIFT != key:
            slot = (slot + 1) & (TRIE_SIZE - 1)
    return entry & (2 * TERM_ENDS - 1)


def _combinations(signals: Sequence[Signal], number: dict[str, int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    combined = [signal for signal in signals if signal.all_of or signal.none_of]
    needs, bans = np.zeros((len(combined), WORDS), np.int64), np.zeros((len(combined), WORDS), np.int64)
    for row, signal in enumerate(combined):
        for names, table in ((signal.all_of, needs), (signal.none_of, bans)):
            for name in names:
                if name not in number:
                    raise SignalError(signal=signal.name, term=name)
                _set_bit(table[row], number[name])
    return needs, bans, np.array([number[signal.name] for signal in combined], np.int64)


def compile_lexicon(signals: Sequence[Signal]) -> Lexicon:
    """Compile `signals` in their given order (a signal's number is its place). Raises `SignalError` for a term too short or an unknown name."""
    if len(signals) > MOST_SIGNALS:
        raise SignalError(signal="*", term=f"{len(signals)} > {MOST_SIGNALS}")
    number = {signal.name: index for index, signal in enumerate(signals)}
    fired: dict[str, set[int]] = {}
    guarded: dict[str, set[int]] = {}
    for signal in signals:
        for source, target in ((signal.terms, fired), (signal.guards, guarded)):
            for term in normal_terms(source, signal=signal.name, guards=target is guarded):
                target.setdefault(term, set()).add(number[signal.name])
    terms = sorted(fired.keys() | guarded.keys())
    pairs, shorts, triples = np.zeros(PAIR_BITS // 8, np.uint8), np.zeros(PAIR_BITS // 8, np.uint8), np.zeros(TRIPLE_BITS // 8, np.uint8)
    bits, guard_bits = np.zeros((len(terms), WORDS), np.int64), np.zeros((len(terms), WORDS), np.int64)
    for index, term in enumerate(terms):
        pair = (ord(term[0]) * PAIR_MULTIPLIER + ord(term[1])) & (PAIR_BITS - 1)
        pairs[pair >> 3] |= 1 << (pair & 7)
        if len(term) == 2:  # noqa: PLR2004 - a pair is the shortest term
            shorts[pair >> 3] |= 1 << (pair & 7)
        else:
            triple = _triple(*map(ord, term[:3]))
            triples[triple >> 3] |= 1 << (triple & 7)
        for fires, table in ((fired, bits), (guarded, guard_bits)):
            for signal_number in fires.get(term, ()):
                _set_bit(table[index], signal_number)
    ranges = [
        (int(M[signal.within.measure.name]), signal.within.low, signal.within.high, number[signal.name]) for signal in signals if signal.within
    ]
    both, rows = np.unique(np.concatenate([bits, guard_bits], axis=1), axis=0, return_inverse=True)
    steps, term_at = _build_trie(terms)
    return Lexicon(
        pairs, shorts, triples, *_beginnings(terms, steps), steps, term_at,
        np.array([len(term) for term in terms], np.int32), rows.reshape(-1).astype(np.int32),
        both[:, :WORDS].copy(), both[:, WORDS:].copy(),
        np.array(ranges, np.int64).reshape(-1, 4), *_combinations(signals, number),
    )  # fmt: skip
