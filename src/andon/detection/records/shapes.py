"""Shapes of JSON posts as flat tables for the compiled scanner: a tree of keys, with marks on the nodes that matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.sources.source import JsonShape

Ints = npt.NDArray[np.int64]
MOST_NODES = 62  # one bit each in a signed 64-bit mask
LAST_BIT = 62  # in masks of lengths and first bytes, all from here on share one bit


class ShapeTables(NamedTuple):
    """The tree as tables of whole numbers, one row per node, key, word and shape; the columns are named below."""

    nodes: Ints
    keys: Ints
    words: Ints
    shapes: Ints
    pool: npt.NDArray[np.uint8]  # bytes of all keys and words


# Columns. Nodes: the keys below (rows of `keys`), masks of their lengths and first bytes (most keys of a post are ruled out by these alone), marks,
# the words asked for, the node of the elements where the array there holds posts (else 0).
CHILD_FROM, CHILD_TO, LENGTHS, FIRSTS, IS_TEXT, VETO_BITS, WORD_FROM, WORD_TO, ITEMS = range(9)
# Keys: place and length in the pool, the node they lead to. Words: place, length, their bit.
AT, SIZE, TARGET = range(3)
# Shapes: node of the text, masks of words needed, of paths refused in the value or element, of those refused and those noted around the elements,
# whether entities may stand in the text, place and length of what it may not begin with.
TEXT, NEED, VETO, AROUND, BESIDE, HTML, FIRST_AT, FIRST_SIZE = range(8)


@dataclass
class _Node:
    children: dict[str, int] = field(default_factory=dict)
    words: list[tuple[str, int]] = field(default_factory=list)
    is_text: int = 0
    veto_bits: int = 0
    items: int = 0


class _Tree:
    """Nodes by path; node 0 is the whole value."""

    def __init__(self) -> None:
        self.nodes = [_Node()]

    def at(self, path: tuple[str, ...], below: int = 0) -> int:
        """Number of the node at `path` below another, made when missing."""
        here = below
        for key in path:
            children = self.nodes[here].children
            if key not in children:
                children[key] = self._new()
            here = children[key]
        return here

    def items(self, path: tuple[str, ...]) -> int:
        """Number of the node of the elements of the array at `path` (without path: of the whole value), made when missing."""
        array = self.at(path)
        if path and not self.nodes[array].items:
            self.nodes[array].items = self._new()
        return self.nodes[array].items

    def _new(self) -> int:
        if len(self.nodes) >= MOST_NODES:
            raise ValueError(f"shapes with more than {MOST_NODES} keys do not fit the scanner")
        self.nodes.append(_Node())
        return len(self.nodes) - 1


class _Pool:
    """Bytes of all keys and words, one behind the other."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def put(self, text: str) -> tuple[int, int]:
        """Place and length of `text`."""
        at = len(self.bytes)
        self.bytes += text.encode()
        return at, len(self.bytes) - at


def _mark(tree: _Tree, shapes: Sequence[JsonShape]) -> list[tuple[int, ...]]:
    """Enter the shapes; return for each the node of its text and the masks of needed words, of vetoes and of paths around its items."""
    rows: list[tuple[int, ...]] = []
    words = vetoes = 0
    for shape in shapes:
        top = tree.items(shape.items)
        text = tree.at(shape.text, top)
        tree.nodes[text].is_text = 1
        need, masks = 0, [0, 0, 0]
        for path, word in shape.need.items():
            tree.nodes[tree.at(path, top)].words.append((word, words))
            need |= 1 << words
            words += 1
        for which, (begin, paths) in enumerate(((top, shape.veto), (0, shape.around), (0, shape.beside))):
            for path in paths:
                tree.nodes[tree.at(path, begin)].veto_bits |= 1 << vetoes
                masks[which] |= 1 << vetoes
                vetoes += 1
        rows.append((text, need, *masks))
    if max(words, vetoes) > MOST_NODES:
        raise ValueError(f"shapes with more than {MOST_NODES} conditions do not fit the scanner")
    return rows


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    """The rows as a table, also when there are none."""
    return np.array(rows, np.int64).reshape(len(rows), width)


def compile_shapes(shapes: Sequence[JsonShape]) -> ShapeTables:
    """Tables for `scan_values`. Raises ValueError for more keys or conditions than a 64-bit mask holds."""
    tree, pool = _Tree(), _Pool()
    rows = _mark(tree, shapes)
    nodes: list[tuple[int, ...]] = []
    keys: list[tuple[int, ...]] = []
    words: list[tuple[int, ...]] = []
    for node in tree.nodes:
        first_key, first_word, lengths, firsts = len(keys), len(words), 0, 0
        for key, child in node.children.items():
            keys.append((*pool.put(key), child))
            lengths |= 1 << min(keys[-1][SIZE], LAST_BIT)
            firsts |= 1 << min(key.encode()[0] & 63, LAST_BIT)
        words += [(*pool.put(word), bit) for word, bit in node.words]
        nodes.append((first_key, len(keys), lengths, firsts, node.is_text, node.veto_bits, first_word, len(words), node.items))
    shape_rows = [(*row, int(shape.html), *pool.put(shape.not_first)) for row, shape in zip(rows, shapes, strict=True)]
    content = np.frombuffer(bytes(pool.bytes) + b"\0", np.uint8)
    return ShapeTables(_table(nodes, 9), _table(keys, 3), _table(words, 3), _table(shape_rows, 8), content)
