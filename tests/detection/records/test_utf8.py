"""The compiled check of UTF-8 beside Python's decoder."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from andon.detection.records.pieces import good_utf8

EDGES = "a\x7f\x80߿ࠀあ漢\ud7ff\ue000\uffff𐀀😀\U0010ffff"
NASTY = bytes([0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xE0, 0xED, 0xEE, 0xF0, 0xF4, 0xF5, 0xFF])


def decodes(data: bytes) -> bool:
    """Whether Python decodes it."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@settings(max_examples=400)
@given(data=st.binary(max_size=12) | st.lists(st.sampled_from(NASTY), max_size=8).map(bytes) | st.text(EDGES, max_size=12).map(str.encode))
@example(data=b"\xe3\x81")
@example(data=b"\xf0\x9f\x98")
@example(data=b"\xed\xa0\x80")
def test_agrees_with_python(data: bytes) -> None:
    """Bytes are good exactly when Python decodes them, wherever they stand in a buffer."""
    for before in (b"", "漢".encode(), b"\xe3\xf0\xf0"):
        buffer = np.frombuffer(before + data + b"\x80", np.uint8)
        assert good_utf8(buffer, len(before), len(before) + len(data)) == decodes(data)


@pytest.mark.parametrize("seed", range(3))
def test_one_bad_byte_in_long_texts(seed: int) -> None:
    """One changed byte anywhere in a text of many vectors' length is seen when Python sees it, and both answers occur."""
    lot = random.Random(seed)
    answers = set()
    for _ in range(400):
        data = bytearray("".join(lot.choices(EDGES, k=200)).encode())
        data[lot.randrange(len(data))] = lot.choice(NASTY)
        answers.add(found := bool(good_utf8(np.frombuffer(bytes(data), np.uint8), 0, len(data))))
        assert found == decodes(bytes(data))
    assert answers == {True, False}
