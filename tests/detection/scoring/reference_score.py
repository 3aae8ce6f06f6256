"""The raw score in plain Python: terms by `str.find`, n-grams by Python's own whole numbers, everything added up as whole numbers."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.scoring.kernels import MOST_HITS, NGRAM_MULTIPLIER, ORDERS
from andon.detection.scoring.lexicon import normal_terms
from andon.detection.scoring.meaning import PLACE
from andon.detection.scoring.meaning_kernels import MOST_CODES, MOST_WORDS, UNKNOWN
from andon.detection.scoring.model import FLOOR, PAIRS, SHIFT, TRIPLES, Contrast, Model
from andon.language.fold import folding
from andon.language.measures import M
from andon.language.normal import normalise
from andon.language.yen import MOST_AMOUNTS, find_amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from andon.detection.scoring.engine import Engine
    from andon.detection.signals.signal import Signal

_64_BITS = (1 << 64) - 1
_NUMBER = re.compile(r"[0-9](?:[0-9]|[. ](?=[0-9]))*|[一二三四五六七八九十百千]+(?=[万円])")


@lru_cache(maxsize=2)
def vocabulary(signals: tuple[Signal, ...]) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """The signals that each term fires, and those that each term guards against."""
    fires: dict[str, set[int]] = {}
    guards: dict[str, set[int]] = {}
    for number, signal in enumerate(signals):
        for terms, table in ((signal.terms, fires), (signal.guards, guards)):
            for term in normal_terms(terms, signal=signal.name):
                table.setdefault(term, set()).add(number)
    return fires, guards


def _sort(char: str) -> str:
    return "latin" if char.isascii() and char.isalpha() else "digit" if char.isascii() and char.isdigit() else ""


def _cuts_a_word(left: str, right: str) -> bool:
    return _sort(left) != "" and _sort(left) == _sort(right)


def places(text: str, term: str) -> Iterator[int]:
    """Where `term` stands in `text`, not inside a longer Latin word or number."""
    at = text.find(term)
    while at >= 0:
        end = at + len(term)
        if not (at and _cuts_a_word(text[at - 1], text[at])) and not (end < len(text) and _cuts_a_word(text[end - 1], text[end])):
            yield at
        at = text.find(term, at + 1)


def measures(text: str) -> list[int]:
    """The measures of a text: those taken while folding, amounts, and what is counted in the finished normal form."""
    found, table = normalise(text), folding()
    row: list[int] = found.measures.tolist()
    normal = found.text
    row[M.CHARS] = len(normal)
    row[M.LONG_DIGITS] = sum(len(run.replace(" ", "")) >= 9 for run in re.findall("[0-9 ]+", normal))
    row[M.LAUGHS] = sum(normal[k : k + 1] == "草" or k == 0 or _sort(normal[k - 1]) != "latin" or normal[k - 1] == "w" for k in range(len(normal)) if re.match("[w草](。|w|$)", normal[k : k + 2]))
    where, yens, periods = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
    for k in range(find_amounts(found.codes, len(found.codes), table.classes, table.numerals, where, yens, periods)):
        row[int(periods[k])] = max(row[int(periods[k])], int(yens[k]))
    return row


def fired(text: str, signals: tuple[Signal, ...]) -> set[int]:
    """The numbers of the signals that fire."""
    fires, guards = vocabulary(signals)
    normal = normalise(text).text
    hits = sorted((at, len(term), term) for term in fires.keys() | guards.keys() if term in normal for at in places(normal, term))[:MOST_HITS]
    result = set()
    for at, length, term in hits:
        guarded = {number for start, size, guard in hits if start <= at and at + length <= start + size for number in guards.get(guard, ())}
        result |= fires.get(term, set()) - guarded
    row = measures(text)
    result |= {number for number, one in enumerate(signals) if one.within and one.within.low <= row[M[one.within.measure.name]] <= one.within.high}
    names = {signal.name: number for number, signal in enumerate(signals)}
    for number, signal in enumerate(signals):
        if (signal.all_of or signal.none_of) and all(names[name] in result for name in signal.all_of) and not any(names[name] in result for name in signal.none_of):
            result.add(number)
    return result


def masked(text: str) -> str:
    """The normal form with every number as one 0, and a stop at both ends."""
    stream = "。" + _NUMBER.sub("0", normalise(text).text)
    return stream if stream.endswith("。") else stream + "。"


def bit(row: npt.NDArray[np.uint8], place: int) -> bool:
    """One bit of a bit set."""
    return bool(int(row[place // 8]) >> (place % 8) & 1)


def ngram_weights(stream: str, table: Model | Contrast) -> Iterator[int]:
    """Weights of all known runs of two to four characters; none is known behind a run that the table does not reach."""
    grams, reach = table.grams, table.reach
    for start in range(len(stream)):
        state = 0
        for length, char in enumerate(stream[start : start + ORDERS], 1):
            mixed = ((state ^ ord(char)) * NGRAM_MULTIPLIER) & _64_BITS
            state = mixed ^ (mixed >> 29)
            if length == 1:
                continue
            if not bit(reach, (state >> SHIFT) % (len(reach) * 8)):
                break
            bucket = (state >> SHIFT) % (len(grams) // 2) * 2
            known = [entry for entry in map(int, grams[bucket : bucket + 2]) if entry and entry >> 8 == state & 0xFFFF]
            if known:
                yield (known[0] & 0xFF) - (256 if known[0] & 0x80 else 0)


def anchored(text: str, engine: Engine) -> bool:
    """Whether a running sum of what the pairs of neighbours weigh, never below its lowest, comes up to the limit."""
    stream = "。" + re.sub("[0-9]", "0", normalise(text).text) + "。"
    limit, lowest = engine.model.anchor_limits
    total = 0
    codes = [0, *map(ord, stream)]
    for three in zip(codes, codes[1:], codes[2:], strict=False):
        two, all_three = (sum(code << (16 * k) for k, code in enumerate(reversed(run))) for run in (three[1:], three))
        pair, triple = ((key * NGRAM_MULTIPLIER & _64_BITS) >> 40 for key in (two, all_three))
        total = max(total + int(engine.model.anchors[pair % PAIRS]) + int(engine.model.anchors[PAIRS + triple % TRIPLES]), lowest)
        if total >= limit:
            return True
    return False


def linear(text: str, engine: Engine, table: Model | Contrast) -> float:
    """One linear score: starting point, signals, n-grams over the root of the length."""
    stream = masked(text)
    signals = sum(int(table.weights[number]) for number in fired(text, engine.signals))
    return table.bias + signals / 1000.0 + sum(ngram_weights(stream, table)) * table.step / math.sqrt(len(stream))


def score(text: str, engine: Engine) -> float:
    """The raw score of `text`, second look included."""
    model = engine.model
    if not anchored(text, engine):
        return FLOOR
    first = linear(text, engine, model)
    if first < model.gate or model.contrast is None:
        return first
    return first + min(0.0, linear(text, engine, model.contrast) - model.contrast.margin) + meaning(text, model)


def words(text: str) -> list[int]:
    """The numbers of the known words of the likeliest way to part a text, by trying every way that ends at each place."""
    stream = normalise(text).text
    known, costs = _dictionary()
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for end in range(1, len(stream) + 1):
        ways = []
        for start in range(max(end - MOST_CODES, 0), end):
            cost, before = best[start]
            number = known.get(stream[start:end])
            if number is not None:
                ways.append((cost + costs[number], (*before, number)))
            elif end - start == 1:
                ways.append((cost + UNKNOWN, before))
        # Of ways that cost the same the one whose last word is longest.
        best.append(min(ways, key=lambda way: way[0]))
    return list(best[-1][1])[:MOST_WORDS]


@lru_cache(maxsize=1)
def _dictionary() -> tuple[dict[str, int], list[int]]:
    """Words by their letters, and their costs."""
    with np.load(PLACE) as stored:
        letters = iter(stored["codes"].tolist())
        names = ["".join(chr(next(letters)) for _ in range(length)) for length in stored["lengths"].tolist()]
        return {name: number for number, name in enumerate(names)}, stored["costs"].tolist()


@lru_cache(maxsize=1)
def _vectors() -> npt.NDArray[np.int64]:
    """The vector of every word, in the order of the words."""
    with np.load(PLACE) as stored:
        return np.asarray(stored["vectors"].astype(np.int64)[stored["rows"]])


def meaning(text: str, model: Model) -> float:
    """What the words add: per filter the strongest of all windows and the sum over them, in single precision, then weighed in double."""
    found = words(text)
    if model.meaning is None or not found:
        return 0.0
    vectors = _vectors()[found]
    wide = vectors.shape[1]
    padded = np.vstack([np.zeros((1, wide), np.int64), vectors, np.zeros((1, wide), np.int64)])
    filters = model.meaning.filters.astype(np.int64)
    seen = sum(padded[k : k + len(found)] @ filters[k] for k in range(3))
    answers = np.maximum(seen.astype(np.float32) * model.meaning.scales + model.meaning.biases, np.float32(0))  # type: ignore[union-attr]
    root, count = math.sqrt(len(found) + 1), filters.shape[2]
    value = float(model.meaning.weights[2 * count])
    for f in range(count):
        total = 0.0
        for answer in answers[:, f].tolist():
            total += answer
        value += float(answers[:, f].max()) * float(model.meaning.weights[f]) + total * float(model.meaning.weights[count + f]) / root
    return value
