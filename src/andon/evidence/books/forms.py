"""What a search compares: the folded form of every text (`language.bigrams.search_form`), in blocks of rows, and the scan of a block.

A block is scanned from end to end, so that every substring is found, of one character too, and all of them are counted. Before that its
sieve says whether it can hold what is asked for: one bit for each character and each pair of neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from andon.evidence.books.kernels import SIEVE_BITS, WIDEST, fill, fold_some, may_hold
from andon.language.bigrams import search_form
from andon.language.fold import folding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import numpy.typing as npt

    Codes = npt.NDArray[np.uint16]

BETWEEN = 0  # stands between the fields of one row and is part of no form


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a block of rows, one behind the other: row `k` has `codes[starts[k]:starts[k + 1]]`."""

    codes: Codes
    starts: npt.NDArray[np.int32]


def forms_of(rows: Sequence[Sequence[str]]) -> Forms:
    """The forms of the fields of some rows."""
    texts = [text for fields in rows for text in fields]
    own = np.fromiter((len(fields) for fields in rows), np.int64, len(rows))
    parts = [text.encode("utf-8", "replace") for text in texts]
    data = np.frombuffer(b"".join(parts), np.uint8)
    ends = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
    codes, lengths, special = _folded(data, ends)
    pieces: list[Any] = []
    places = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    written = [(int(at), np.frombuffer(search_form(texts[at]).encode("utf-16-le", "replace"), np.uint16)) for at in np.flatnonzero(special)]
    for at, form in written:
        lengths[at] = len(form)
    done = 0
    for at, form in written:  # texts with addresses or handles: these are written out
        pieces += [codes[places[done] : places[at]], form]
        done = at + 1
    pieces.append(codes[places[done] :])
    return _parted(np.concatenate(pieces), lengths, own)


def _folded(data: Any, ends: Any) -> tuple[Codes, Any, Any]:  # noqa: ANN401 - arrays
    """All texts folded: the codes, the length of each, and which of them hold an address or a handle."""
    table = folding()
    out = np.empty(len(data) * WIDEST // 3 + 64 * (len(ends) + 1), np.uint16)
    lengths, special = np.zeros(len(ends), np.int64), np.zeros(len(ends), np.bool_)
    done, at, pieces = 0, 0, []
    while done < len(ends):
        before = done
        done, at = fold_some(data, ends, before, table.entry, table.pool, table.classes, out, lengths, special)
        pieces.append(out[:at].copy())
        if done == before:  # one text that unfolds to more than there is room for
            out = np.empty(len(out) * 2, np.uint16)
    return (np.concatenate(pieces) if pieces else np.empty(0, np.uint16)), lengths, special


def _parted(codes: Codes, lengths: Any, own: Any) -> Forms:  # noqa: ANN401 - arrays
    """The codes with a mark between the fields of a row."""
    starts = np.zeros(len(own) + 1, np.int32)
    fields = np.concatenate((np.zeros(1, np.int64), np.cumsum(own)))
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    between = np.maximum(own - 1, 0)
    starts[1:] = np.cumsum(np.diff(ends[fields]) + between)
    if between.any():
        inner = np.ones(len(lengths), np.bool_)
        inner[fields[:-1][own > 0]] = False  # the first field of a row has no mark before it
        codes = np.insert(codes, ends[:-1][inner], np.uint16(BETWEEN))
    return Forms(codes, starts)


def sieve_of(codes: Codes) -> npt.NDArray[np.uint8]:
    """One bit for each character and each pair of neighbours that stands in `codes`."""
    sieve = np.zeros(SIEVE_BITS // 8, np.uint8)
    fill(codes, sieve)
    return sieve


def rows_with(forms: Forms, query: Codes) -> npt.NDArray[np.int64]:
    """The rows of a block that hold `query`, in order: whole arrays are compared at once, first and last character first."""
    codes, starts, size = forms.codes, forms.starts, len(query)
    if len(codes) < size:
        return np.empty(0, np.int64)
    hit = codes[: len(codes) - size + 1] == query[0]
    if size > 1:
        hit &= codes[size - 1 :] == query[-1]
    places = np.flatnonzero(hit)
    for at in range(1, size - 1):
        places = places[codes[places + at] == query[at]]
    rows = np.searchsorted(starts, places, "right") - 1
    rows = rows[places + size <= starts[rows + 1]]  # not over the end of a row
    return rows[np.flatnonzero(np.diff(rows, prepend=-1))]


def forms_from(codes: bytes, starts: bytes) -> Forms:
    """The forms of a block as a book keeps them. Raises ValueError for a damaged one: places are looked up in it without asking again."""
    forms = Forms(np.frombuffer(codes, np.uint16), np.frombuffer(starts, np.int32))
    begins = forms.starts
    if not len(begins) or begins[0] != 0 or begins[-1] != len(forms.codes) or (np.diff(begins) < 0).any():
        raise ValueError(starts[:8])
    return forms


def sieve_from(bits: bytes) -> npt.NDArray[np.uint8]:
    """The sieve of a block. Raises ValueError for one of another size."""
    if len(bits) != SIEVE_BITS // 8:
        raise ValueError(len(bits))
    return np.frombuffer(bits, np.uint8)


def codes_of(form: str) -> Codes:
    """A form as codes."""
    return np.frombuffer(form.encode("utf-16-le", "replace"), np.uint16)


__all__ = ["Forms", "codes_of", "forms_from", "forms_of", "may_hold", "rows_with", "sieve_from", "sieve_of"]
