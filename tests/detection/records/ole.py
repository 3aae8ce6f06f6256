"""Writing of the old container of Office files, just enough for tests: legacy workbooks and encrypted ones."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _LEAST = 512, 4096  # shorter streams would have to go into the small sectors


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams (at most three, of less than some 50 kB together)."""
    padded = {name: data.ljust(_LEAST, b"\0") for name, data in streams.items()}
    fat, body, entries = [_FAT, _END], b"", [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, data) in enumerate(padded.items(), 1):
        count, first = -(-len(data) // _SECTOR), len(fat)
        fat += [*range(first + 1, first + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
        entries.append(_entry(name, 2, first, len(data), right=number + 1 if number < len(padded) else _FREE))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    table = struct.pack(f"<{_SECTOR // 4}I", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _LEAST, _END, 0, _END, 0, 0)
    return head + struct.pack("<108I", *[_FREE] * 108) + table + directory + body


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    coded = (name + "\0").encode("utf-16-le")
    return coded.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(coded), kind, 1, _FREE, right, child, start, size)


def xls(rows: list[list[str | float]]) -> bytes:
    """A legacy workbook (BIFF 8) with one sheet."""
    def record(code: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", code, len(data)) + data

    def cell(row: int, column: int, value: str | float) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, float):
            return record(0x203, place + struct.pack("<d", value))
        return record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))

    begin, name = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6), "表".encode("utf-16-le")
    sheet = record(0x809, begin) + b"".join(cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row)) + record(0x0A)

    def book(at: int) -> bytes:
        bound = struct.pack("<IBBBB", at, 0, 0, 1, 1) + name
        return record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + record(0x42, struct.pack("<H", 1200)) + record(0x85, bound) + record(0x0A)

    return ole({"Workbook": book(len(book(0))) + sheet})
