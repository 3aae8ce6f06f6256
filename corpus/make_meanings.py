"""Writes src/andon/detection/scoring/words.npz: common words of Japanese in the normal form, how likely each is, and what each is near to in meaning.

Usage: `make words`. Its packages (corpus/words/*.lock) are needed for nothing else and are no part of the development set. Word vectors are those of
chiVe (trained on a web corpus by Works Applications) as the package ja-ginza ships them: half a million words, most frequent first, that share 20,000
vectors. Kept are the words of the training rows, those of wordfreq, each with the vector of its dictionary form, and the first of chiVe itself;
vectors are cut to the `DIMENSIONS` in which the words of the training rows differ most, as whole numbers. What is written is numbers and words in the
normal form; `words.md` beside it says whose they are.
"""

from __future__ import annotations

import importlib.util
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgpack
import numpy as np
import wordfreq
from sudachipy import Dictionary, SplitMode

from andon.detection.learning.seeds import training_rows
from andon.language.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sudachipy import Morpheme

CORPUS = Path(__file__).resolve().parent
OUT = CORPUS.parent / "src" / "andon" / "detection" / "scoring" / "words.npz"
MOST_WORDS, MOST_CODES, DIMENSIONS = 150_000, 12, 100
WIDEST = 4.0  # deviations that the whole numbers reach to
SHARE_OF_FIRST = 0.1  # of running words; that of the word of rank r is the r-th part, as G. Zipf found
PLAIN = re.compile("[ぁ-んァ-ヶー一-龥々]{2,8}")
UNSEEN = 1e-8  # share of running words given to a word that a list lacks
_MULTIPLIER, _SIXTY_FOUR = 0xC6A4A7935BD1E995, (1 << 64) - 1


def _hash(word: str) -> int:
    """MurmurHash 64A with seed 1, by which spaCy names words."""
    data = word.encode()
    state = 1 ^ (len(data) * _MULTIPLIER & _SIXTY_FOUR)
    for at in range(0, len(data) // 8 * 8, 8):
        part = int.from_bytes(data[at : at + 8], "little") * _MULTIPLIER & _SIXTY_FOUR
        state = (state ^ ((part ^ part >> 47) * _MULTIPLIER & _SIXTY_FOUR)) * _MULTIPLIER & _SIXTY_FOUR
    if rest := data[len(data) // 8 * 8 :]:
        state = (state ^ int.from_bytes(rest, "little")) * _MULTIPLIER & _SIXTY_FOUR
    state = (state ^ state >> 47) * _MULTIPLIER & _SIXTY_FOUR
    return state ^ state >> 47


def read_vectors() -> tuple[dict[str, int], np.ndarray]:
    """The words of chiVe, most frequent first, with the numbers of their vectors, and the vectors (float32, one a row, of length 1)."""
    found = importlib.util.find_spec("ja_ginza")
    if found is None or found.origin is None:
        raise SystemExit("ja_ginza is missing: run `make words`")
    folder = next(Path(found.origin).parent.glob("ja_ginza-*")) / "vocab"
    vectors = np.load(folder / "vectors")
    names = msgpack.unpackb((folder / "key2row").read_bytes(), strict_map_key=False, raw=False)
    words = json.loads((folder / "strings.json").read_text(encoding="utf-8"))
    by_name = {_hash(word): word for word in words}
    numbers = {by_name[name]: number for name, number in names.items() if name in by_name}
    return numbers, vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def vector_of(token: Morpheme, numbers: dict[str, int]) -> int:
    """The number of a token's vector, by its normalised form, its dictionary form or as it stands; -1 for none."""
    forms = (token.normalized_form(), token.dictionary_form(), token.surface())
    return next((numbers[form] for form in forms if form in numbers), -1)


def pieces(text: str, tokenizer: object, numbers: dict[str, int]) -> Iterator[tuple[str, int]]:
    """The words of a text, as long as have a vector, with the numbers of their vectors."""
    for line in text.split("\n"):
        for token in tokenizer.tokenize(line, SplitMode.C):  # type: ignore[attr-defined]
            number = vector_of(token, numbers)
            if number >= 0:
                yield token.surface(), number
            else:
                yield from ((part.surface(), vector_of(part, numbers)) for part in token.split(SplitMode.A))


def main() -> None:
    """Write the file."""
    numbers, vectors = read_vectors()
    tokenizer = Dictionary().tokenizer()
    seen: Counter[tuple[str, int]] = Counter()
    for row in training_rows(CORPUS):
        if not row.get("reworded"):
            seen.update(pieces(str(row["text"]), tokenizer, numbers))
    shares: Counter[tuple[tuple[int, ...], int]] = Counter()
    total = sum(seen.values())
    for (word, number), count in seen.items():
        shares[tuple(normalise(word).codes.tolist()), number] += count / total / 2
    frequencies = wordfreq.get_frequency_dict("ja", wordlist="best")
    for word, frequency in frequencies.items():
        parts = list(pieces(word, tokenizer, numbers))
        if len(parts) == 1 and parts[0][1] >= 0:
            shares[tuple(normalise(word).codes.tolist()), parts[0][1]] += frequency / 2
    for rank, (word, number) in enumerate(list(numbers.items())[:MOST_WORDS], 1):
        codes = tuple(normalise(word).codes.tolist())
        if PLAIN.fullmatch(word) and (codes, number) not in shares:
            shares[codes, number] = SHARE_OF_FIRST / rank / 2
    best: dict[tuple[int, ...], tuple[float, int]] = {}
    for (codes, number), share in shares.items():
        if 0 < len(codes) <= MOST_CODES and number >= 0:
            before = best.get(codes, (0.0, number))
            best[codes] = (before[0] + share, number if share > before[0] else before[1])
    used = np.unique([number for _, number in best.values()])
    place = {number: row for row, number in enumerate(used.tolist())}
    often = Counter(number for (_, number), count in seen.items() for _ in range(min(count, 50)) if number >= 0)
    weights = np.array([often[number] for number in used.tolist()], np.float32) ** 0.25
    axes = np.linalg.svd(vectors[used] * weights[:, None], full_matrices=False)[2][:DIMENSIONS]
    cut = vectors[used] @ axes.T
    whole = np.clip(np.round(cut / cut.std() * (127 / WIDEST)), -127, 127).astype(np.int8)
    words = sorted(best)
    np.savez_compressed(
        OUT, codes=np.array([code for word in words for code in word], np.uint16), lengths=np.array([len(word) for word in words], np.uint8),
        rows=np.array([place[best[word][1]] for word in words], np.uint16),
        costs=np.array([round(-100 * math.log(best[word][0] + UNSEEN)) for word in words], np.uint16), vectors=whole,
    )  # fmt: skip
    sys.stdout.write(f"{len(words)} words, {len(used)} vectors, {OUT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
