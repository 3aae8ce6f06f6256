"""Workbooks (xlsx, xlsm, legacy xls) to batches: every sheet that has a column of texts, hidden ones too. Rows count as the spreadsheet shows them.

The heading may stand some rows down, under a title. A workbook holds numbers where people see ids and dates: whole numbers become digits, dates
without a zone are Japanese time, and an id of more than 15 digits, whose end Excel has already replaced by zeros, is not taken for an id.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from itertools import chain, islice
from typing import IO, TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from andon.detection.records.batch import Position, PostBatch, column, only_post, reject
from andon.detection.records.table_rows import text_name, unique_names
from andon.detection.records.workbook_guard import check_workbook
from andon.detection.scoring.posts import MOST_BYTES
from andon.detection.sources.fields import plain_name
from andon.detection.sources.source import Place
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.detection.sources.source import Source
    from andon.domain.posts import Post, Reject

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_PART = "xl/workbook.xml"  # what makes a zip a workbook
_ROWS = 8192  # rows per batch
_TITLE_ROWS = 40  # rows in which the heading is looked for
_LEAST_HEADING = 2  # cells of a heading; a title has one
_EXACT = 2**53  # whole numbers from here on are no longer exact in a workbook
_EXCEL_DIGITS = 10**15  # Excel keeps 15 digits and writes zeros for the others
_SERIAL_FROM, _SERIAL_TO = 20_000, 80_000  # 1954 to 2119 as days since 1899-12-30: a date whose format was lost
_SERIAL_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - naive on purpose: values.read_time makes it Japanese
_TIME_WORDS = ("日時", "日付", "date", "time", "created_at")


def cell_text(cell: Cell) -> str:
    """What a person reads in a cell: whole numbers without ".0", dates as ISO 8601."""
    if isinstance(cell, str):
        return cell.replace("_x000D_", "") if "_x000D_" in cell else cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _value(cell: Cell, *, is_time: bool) -> object:
    """A cell as sources take it: text, whole number, date and time."""
    if isinstance(cell, float) and not isinstance(cell, bool):
        if is_time and _SERIAL_FROM <= cell < _SERIAL_TO:
            return _SERIAL_DAY + dt.timedelta(days=cell)
        return int(cell) if cell.is_integer() else cell
    return cell if isinstance(cell, dt.date) else cell_text(cell)


@dataclasses.dataclass(slots=True)
class _Heading:
    """The heading of a sheet: its row (from 1), names by column, the source that reads the rows below and where it finds text and id."""

    row: int
    names: list[str]
    source: Source
    text_at: int
    id_at: int | None
    times: set[int]

    @classmethod
    def of(cls, row: int, cells: list[Cell], choose: Callable[[list[str]], Source]) -> _Heading | None:
        """The heading that a row is, or None when it is none."""
        names = unique_names([cell_text(cell).strip() for cell in cells])
        source = choose(names)
        try:
            text = text_name(source, names)
        except SourceError as error:
            if error.data.get("reason") == "wrong_source":
                raise
            return None
        number = source.table.find("id", names) if source.table else None
        times = {at for at, name in enumerate(names) if any(word in plain_name(name) for word in _TIME_WORDS)}
        return cls(row, names, source, names.index(text), None if number is None else names.index(number), times)


class _SheetRows:
    """Rows of one batch: good ones in `rows`, the others in `rejects`."""

    def __init__(self, heading: _Heading, file: str) -> None:
        self.heading, self.file = heading, file
        table = heading.source.table
        self.textless, self.private = table is not None and table.textless, table is not None and table.private
        self.rows: list[list[Cell]] = []
        self.numbers: list[int] = []
        self.texts: list[bytes] = []
        self.rejects: list[Reject] = []
        self.skipped = 0

    def add(self, number: int, cells: list[Cell]) -> None:
        """Take a row. Empty ones are nothing."""
        text = cell_text(cells[self.heading.text_at]) if self.heading.text_at < len(cells) else ""
        coded = text.encode("utf-8", "replace")
        if text and len(coded) <= MOST_BYTES:
            self.rows.append(cells)
            self.numbers.append(number)
            self.texts.append(coded)
        elif text:
            self._refuse(number, "text_too_long", cells, str(len(coded)))
        elif any(cell != "" for cell in cells):
            if self.textless:
                self.skipped += 1
            else:
                self._refuse(number, "missing_text", cells)

    def _refuse(self, number: int, reason: str, cells: list[Cell], detail: str = "") -> None:
        raw = b"" if self.private else "\t".join(map(cell_text, cells)).encode("utf-8", "replace")
        self.rejects.append(reject(Place(self.file, number), reason, raw, detail))

    def post(self, i: int) -> Post:
        """The full record of row `i` of `rows`."""
        heading, place = self.heading, Place(self.file, self.numbers[i])
        cells = self.rows[i]
        value = {name: _value(cell, is_time=at in heading.times) for at, (name, cell) in enumerate(zip(heading.names, cells, strict=False)) if name}
        value[heading.names[heading.text_at]] = self.texts[i].decode()
        given = cells[heading.id_at] if heading.id_at is not None and heading.id_at < len(cells) else ""
        lost = isinstance(given, float) and abs(given) >= _EXCEL_DIGITS and (abs(given) >= _EXACT or given % 10 == 0)
        if lost and heading.id_at is not None:
            value[heading.names[heading.id_at]] = ""
        post = only_post(heading.source.posts(value, place), place)
        return dataclasses.replace(post, extra=post.extra | {"rounded_id": str(int(Decimal(f"{given:.14e}")))}) if lost else post


class WorkbookReader:
    """Reads one workbook; `choose` gives the source for a heading.

    Raises SourceError: reason "password" for one that asks for a password, "broken" for no readable workbook, "workbook_too_large" for one that
    cannot be laid out in memory, and as `text_name` does when no sheet has a heading with texts.
    """

    def __init__(self, file: str, content: str | IO[bytes], size: int, choose: Callable[[list[str]], Source], *, zipped: bool) -> None:
        self.file, self._size, self._choose = file, size, choose
        if zipped:
            check_workbook(content)
            if not isinstance(content, str):
                content.seek(0)
        try:
            self._book = CalamineWorkbook.from_object(content)
        except PasswordError as error:
            raise SourceError(reason="password", format="xlsx") from error
        except (CalamineError, OSError, ValueError) as error:
            raise SourceError(reason="broken", format="xlsx", detail=str(error)) from error
        sheets = enumerate(self._book.sheets_metadata)
        self._sheets = [(at, sheet.name) for at, sheet in sheets if sheet.typ == SheetTypeEnum.WorkSheet]
        self._columns: list[Cell] = []  # first row that could be a heading and names no texts, for the error

    def batches(self, index: int, sheet: int, row: int) -> Iterator[PostBatch]:
        """Batches from sheet number `sheet` on, of its rows behind `row`; positions keep the sheet in `offset`. `index` is the number of the file."""
        found = sheet > 0 or row > 0
        for at, name in self._sheets:
            if at < sheet:
                continue
            heading, rows = self._heading(self._rows(at))
            if heading is not None:
                found = True
                shown = f"{self.file}/{name}" if len(self._sheets) > 1 else self.file
                yield from self._sheet(rows, heading, shown, Position(index, at, row if at == sheet else 0))
        if not found:
            self._refuse()

    def _rows(self, at: int) -> Iterator[list[Cell]]:
        try:
            return self._book.get_sheet_by_index(at).iter_rows()
        except (CalamineError, OSError, ValueError) as error:
            raise SourceError(reason="broken", format="xlsx", detail=str(error)) from error

    def _heading(self, rows: Iterator[list[Cell]]) -> tuple[_Heading | None, Iterator[list[Cell]]]:
        """The heading of a sheet and the rows below it. A row of one cell, which may be a title, is one only when no other row is."""
        first = list(islice(rows, _TITLE_ROWS))
        filled = [sum(cell != "" for cell in cells) for cells in first]
        for least in (_LEAST_HEADING, 1):
            for at, cells in enumerate(first):
                if filled[at] >= least and (heading := _Heading.of(at + 1, cells, self._choose)) is not None:
                    return heading, chain(first[at + 1 :], rows)
        if not self._columns:
            self._columns = next((cells for at, cells in enumerate(first) if filled[at] >= _LEAST_HEADING), [])
        return None, rows

    def _refuse(self) -> None:
        """Say why no sheet can be read."""
        names = [text for cell in self._columns if (text := cell_text(cell).strip())]
        text_name(self._choose(names), names)

    def _sheet(self, rows: Iterator[list[Cell]], heading: _Heading, file: str, begin: Position) -> Iterator[PostBatch]:
        """Batches of the rows below the heading; those up to `begin.row` are behind."""
        number = max(heading.row, begin.row)
        rows = islice(rows, number - heading.row, None)
        taken = _ROWS
        while taken == _ROWS:
            batch, taken = _SheetRows(heading, file), 0
            for cells in islice(rows, _ROWS):
                taken += 1
                batch.add(number + taken, cells)
            number += taken
            if batch.rows or batch.rejects or batch.skipped:
                yield self._batch(batch, Position(begin.file, begin.offset, number))

    def _batch(self, rows: _SheetRows, position: Position) -> PostBatch:
        data, offsets = column(rows.texts)
        read = self._size * (position.offset + 1) // (len(self._sheets) + 1)
        return PostBatch(rows.file, rows.heading.source.name, data, offsets, rows.rejects, rows.skipped, position, read, rows.post)
