"""The base corpus: what every fit starts from (decisions alone would forget the rest), and the golden set that measures it.

A corpus is a folder with `seeds/`, `words/`, `heldout/` and `heldout3/` as the project's repository has it. It is looked for where it was asked for,
else in the installation's own folder (`corpus/` below ANDON_HOME), then beside the source code. An installed package brings none: the sentence of the
error says what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from andon import __file__ as andon_file
from andon.detection.learning.labelled import Labelled
from andon.detection.learning.seeds import corpus_rows, training_rows
from andon.domain.errors import LabelError

if TYPE_CHECKING:
    from collections.abc import Iterable

GOLDEN = ("heldout", "heldout3")  # heldout2 is left out: its misses were read, and told to those who wrote later seeds


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of seeds and held-out parts."""

    folder: Path

    def base(self) -> list[Labelled]:
        """The rows to train on."""
        return _labelled("seeds", training_rows(self.folder))

    def golden(self) -> list[Labelled]:
        """The rows that no model is trained on; none where the corpus has no held-out parts."""
        return [row for part in GOLDEN for row in _labelled(part, corpus_rows(self.folder / part))]


def find_corpus(asked: str = "") -> Corpus:
    """The base corpus. Raises LabelError when there is none; a folder that was asked for is not replaced by another."""
    home = Path(settings.HOME) / "corpus"
    beside = Path(andon_file).resolve().parents[2] / "corpus"
    places = [Path(asked)] if asked else [home, beside]
    for place in places:
        if (place / "seeds").is_dir():
            return Corpus(place)
    raise LabelError(path=str(places[0]), reason="no_corpus")


def _labelled(part: str, rows: Iterable[dict[str, object]]) -> list[Labelled]:
    return [
        Labelled(str(row["text"]), row["label"] == "recruit", str(row["kind"]), f"{part}/{row['family']}", reworded=bool(row.get("reworded")))
        for row in rows
    ]
