"""Writes corpus/words: the common words of Japanese by sort, and where the ordinary seeds hold a word of such a sort.

Usage: `make words`, when ordinary seeds have come or the sorts change. Its packages (corpus/words/requirements.lock) are needed for nothing else
and are no part of the development set.

`words.txt`: lines `@ NUMBER SORT`, then `RANK NUMBER WORD`, most frequent first; a verb or adjective without its ending. `places.txt`: for every
ordinary seed, named by the beginning of its text's SHA-256, `BEGIN-END:NUMBER` of each word, in characters.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import ipadic
import wordfreq
from fugashi import GenericTagger

from andon.detection.learning.rewording import name_of
from andon.detection.learning.seeds import corpus_rows, is_ordinary

FOLDER = Path(__file__).resolve().parent
MOST_WORDS, LEAST_OF_A_SORT = 60_000, 20
# Names of people and firms stay where they are and are put nowhere: a made-up sentence must not say anything of somebody who exists.
NOUNS = ("一般", "サ変接続", "形容動詞語幹", "副詞可能")
BASE, INFLECTION = 6, 4  # fields of the dictionary


def sort_and_word(surface: str, features: tuple[str, ...]) -> tuple[str, str] | None:
    """The sort of a word, and the part of it that another of the sort can take the place of; None for one that stays."""
    if len(features) <= BASE:
        return None
    speech, finer = features[0], features[1]
    if speech == "名詞":
        place = finer == "固有名詞" and features[2] == "地域"
        return (f"名詞-{'地域' if place else finer}", surface) if place or finer in NOUNS else None
    if speech in ("動詞", "形容詞") and finer == "自立":
        stem = features[BASE][:-1]
        return (f"{speech}-{features[INFLECTION]}", stem) if stem and surface.startswith(stem) else None
    return (f"副詞-{finer}", surface) if speech == "副詞" else None


def main() -> None:
    """Write both files."""
    tagger = GenericTagger(ipadic.MECAB_ARGS)
    best: dict[tuple[str, str], int] = {}
    for rank, word in enumerate(wordfreq.top_n_list("ja", MOST_WORDS, wordlist="best")):
        tokens = list(tagger(word))
        found = sort_and_word(word, tuple(tokens[0].feature)) if len(tokens) == 1 else None
        if found:
            best.setdefault(found, rank)
    sizes = Counter(sort for sort, _ in best)
    numbers = {sort: number for number, sort in enumerate(sorted(sort for sort, size in sizes.items() if size >= LEAST_OF_A_SORT))}
    lines = [f"@ {number} {sort}" for sort, number in numbers.items()]
    lines += [f"{rank} {numbers[sort]} {word}" for (sort, word), rank in best.items() if sort in numbers and word.strip() == word and " " not in word]
    (FOLDER / "words" / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    places, families = [], set()
    for row in corpus_rows(FOLDER / "seeds"):
        if is_ordinary(row) and row["family"] not in families:
            families.add(row["family"])
            text = str(row["text"])
            found_places = ";".join(f"{begin}-{end}:{numbers[sort]}" for begin, end, sort in places_of(text, tagger) if sort in numbers)
            if found_places:
                places.append(f"{name_of(text)} {found_places}")
    (FOLDER / "words" / "places.txt").write_text("\n".join(places) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} words, {len(places)} texts\n")


def places_of(text: str, tagger: GenericTagger) -> list[tuple[int, int, str]]:
    """Begin, end and sort of every word of `text` that another can take the place of."""
    found, at = [], 0
    for line in text.split("\n"):
        for token in tagger(line):
            at = text.index(token.surface, at)
            one = sort_and_word(token.surface, tuple(token.feature))
            if one:
                found.append((at, at + len(one[1]), one[0]))
            at += len(token.surface)
    return found


if __name__ == "__main__":
    main()
