"""Putting the certificates of a time stamp in order.

OpenSSL, and with it many authorities, writes the set of certificates in the order they were given; the rules of DER, which the library holds to, want
it sorted. The signature does not cover that set: sorting it for reading changes nothing of what was sworn to. What is kept is the answer as it came.
"""

from __future__ import annotations

from typing import NamedTuple

_SEQUENCE, _CONTEXT_0 = 0x30, 0xA0
_LONG = 0x80


class _Part(NamedTuple):
    """One element: its tag, where it begins, where its content begins, where it ends."""

    tag: int
    start: int
    inner: int
    end: int


def with_sorted_certificates(answer: bytes) -> bytes:
    """The same answer with its certificates sorted. Raises ValueError for what has not the form of an answer with a token."""
    whole = _only(_parts(answer, 0, len(answer)), _SEQUENCE)
    info = _parts(answer, whole.inner, whole.end)
    if len(info) < 2:  # noqa: PLR2004 - status and token
        raise ValueError(len(info))  # a refusal: there is no token
    token = _only(_parts(answer, info[1].inner, info[1].end)[1:2], _CONTEXT_0)
    signed = _only(_parts(answer, token.inner, token.end), _SEQUENCE)
    for part in _parts(answer, signed.inner, signed.end):
        if part.tag == _CONTEXT_0:
            certificates = sorted(answer[one.start : one.end] for one in _parts(answer, part.inner, part.end))
            return answer[: part.inner] + b"".join(certificates) + answer[part.end :]
    return answer


def _only(parts: list[_Part], tag: int) -> _Part:
    if len(parts) != 1 or parts[0].tag != tag:
        raise ValueError(tag)
    return parts[0]


def _parts(data: bytes, start: int, end: int) -> list[_Part]:
    """The elements that stand one behind the other."""
    found = []
    while start < end:
        if start + 2 > end:
            raise ValueError(start)
        tag, length, inner = data[start], data[start + 1], start + 2
        if length >= _LONG:
            inner += length - _LONG
            length = int.from_bytes(data[start + 2 : inner])
        if not start + 2 <= inner <= inner + length <= end:
            raise ValueError(start)
        found.append(_Part(tag, start, inner, inner + length))
        start = inner + length
    return found
