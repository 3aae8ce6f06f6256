"""Workbooks: headings below titles, several sheets, dates and ids as workbooks hold them, and those that cannot be opened."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from ole import ole, xls

from andon.detection.records import workbook_guard
from andon.detection.records.batches import PostBatch, read_batches
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from andon.domain.posts import Post

HEADING = ["番号", "投稿日時", "投稿者", "本文", "URL"]
ROW = [1, dt.datetime(2026, 1, 5, 17, 36, 41), "@kuro_hako", "運ぶだけ 日給5万", "https://example.jp/1"]


def book(path: Path, sheets: dict[str, list[list[Any]]], *, hidden: str = "", merged: str = "") -> str:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = "hidden"
        if merged:
            sheet.merge_cells(merged)
    made.save(path)
    return str(path)


def posts(batches: list[PostBatch]) -> list[Post]:
    """All posts; their texts are those of the columns."""
    found = [(batch.post(i), batch.text(i)) for batch in batches for i in range(len(batch))]
    assert all(post.text == text for post, text in found)
    return [post for post, _ in found]


def fault(path: str, **options: Any) -> dict[str, Any]:
    """The data of the error that reading ends with."""
    with pytest.raises(SourceError) as caught:
        list(read_batches([path], **options))
    return dict(caught.value.data)


def test_fields_of_a_workbook(tmp_path: Path) -> None:
    """Numbers are ids without ".0", dates without a zone are Japanese, rows count as the spreadsheet shows them."""
    (post,) = posts(list(read_batches([book(tmp_path / "一覧.xlsx", {"表": [HEADING, ROW]})])))
    assert (post.id, post.author, post.text, post.url, post.file, post.row) == ("1", "@kuro_hako", "運ぶだけ 日給5万", "https://example.jp/1", "一覧.xlsx", 2)
    assert post.created_at == dt.datetime(2026, 1, 5, 8, 36, 41, tzinfo=dt.UTC)


def test_heading_below_a_merged_title(tmp_path: Path) -> None:
    """The heading is found under titles and empty rows, even when the title is itself the name of a column."""
    rows: list[list[Any]] = [["内容"], [], ["作成", "2026年1月"], HEADING, ROW, [None] * 5, ["x", None, None, None, None], ROW]
    batches = list(read_batches([book(tmp_path / "a.xlsx", {"表": rows}, merged="A1:E1")]))
    assert [post.row for post in posts(batches)] == [5, 8]
    assert [(item.row, item.reason) for batch in batches for item in batch.rejects] == [(7, "missing_text")]


def test_every_sheet_with_texts(tmp_path: Path) -> None:
    """Sheets without a column of texts are passed over; hidden ones are read; posts say which sheet they stand in."""
    sheets = {"説明": [["この表は", "作り物です"]], "一月": [HEADING, ROW], "空": [], "二月": [["text"], ["two"]]}
    found = posts(list(read_batches([book(tmp_path / "a.xlsx", sheets, hidden="二月")])))
    assert [(post.file, post.row, post.text) for post in found] == [("a.xlsx/一月", 2, "運ぶだけ 日給5万"), ("a.xlsx/二月", 2, "two")]


def test_number_that_excel_has_rounded_is_no_id(tmp_path: Path) -> None:
    """An id of more digits than a workbook keeps is not an id: the post goes by its place and keeps the number aside. Text cells are safe."""
    rows = [["id", "text"], [1234567890123456789, "数"], ["1234567890123456789", "字"], [123456789012345, "短い"]]
    lost, kept, short = posts(list(read_batches([book(tmp_path / "a.xlsx", {"表": rows})])))
    assert (lost.id, lost.extra) == ("a.xlsx:2", {"rounded_id": "1234567890123460000"})
    assert (kept.id, kept.extra, short.id) == ("1234567890123456789", {}, "123456789012345")


def test_cells_of_other_types(tmp_path: Path) -> None:
    """A text may be a number or a truth value, a time a bare number of days; formulas count by their value, which a file that was never opened lacks."""
    rows = [["本文", "日時", "id"], [110, 45292.5, "=1+1"], [True, dt.date(2026, 1, 2), None], [1.5, "2026/1/3 9:00", "c"]]
    found = posts(list(read_batches([book(tmp_path / "a.xlsx", {"表": rows})])))
    assert [post.text for post in found] == ["110", "TRUE", "1.5"]
    assert [post.id for post in found] == ["a.xlsx:2", "a.xlsx:3", "c"]
    assert [post.created_at.isoformat() for post in found if post.created_at] == ["2024-01-01T03:00:00+00:00", "2026-01-01T15:00:00+00:00", "2026-01-03T00:00:00+00:00"]


def test_formula_counts_by_its_value(tmp_path: Path) -> None:
    """A cell with a formula is what was last worked out."""
    path = book(tmp_path / "a.xlsx", {"表": [["text"], ["=A9"]]})
    with zipfile.ZipFile(path) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b'<c r="A2"><f>A9</f><v></v></c>', b'<c r="A2" t="str"><f>A9</f><v>worked out</v></c>')
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b'<c r="A2"><f>A9</f><v /></c>', b'<c r="A2" t="str"><f>A9</f><v>worked out</v></c>')
    with zipfile.ZipFile(path, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    assert [post.text for post in posts(list(read_batches([path])))] == ["worked out"]


def test_resume_inside_a_sheet(tmp_path: Path) -> None:
    """Going on from any position gives exactly the posts behind it, over sheets."""
    sheets = {"一": [["題"], ["text"], *[[f"一{i}"] for i in range(20_000)]], "二": [["text"], *[[f"二{i}"] for i in range(9_000)]]}
    path = book(tmp_path / "a.xlsx", sheets)
    batches = list(read_batches([path]))
    whole = [batch.text(i) for batch in batches for i in range(len(batch))]
    assert (len(whole), len(batches)) == (29_000, 5)
    behind = 0
    for batch in batches:
        behind += len(batch)
        again = [later.text(i) for later in read_batches([path], start=batch.position) for i in range(len(later))]
        assert again == whole[behind:]


def test_hotline_reports_in_a_workbook(tmp_path: Path) -> None:
    """Reports are told by their columns sheet by sheet; one without a copied text is skipped, and no content of a rejected one is kept."""
    heading = ["受付番号", "受付日時", "通報者区分", "氏名", "対象URL", "本文転記", "該当類型", "通報先"]
    day = dt.datetime(2025, 3, 1, 0, 10)
    rows = [heading, [12, day, "匿名", "例示太郎", "https://a.example/1", "叩き案件", "犯罪実行者募集情報", "警察"], [13, day, "匿名", "例示太郎", None, None, None, None],
            [14, day, "匿名", "例示太郎", None, "𠮷" * 32_000, None, None]]  # fmt: skip
    batches = list(read_batches([book(tmp_path / "a.xlsx", {"通報": rows, "投稿": [HEADING, ROW]})]))
    assert [(batch.source, len(batch), batch.skipped) for batch in batches] == [("hotline_report", 1, 1), ("generic", 1, 0)]
    assert [(item.reason, item.raw) for item in batches[0].rejects] == [("text_too_long", b"")]
    post = batches[0].post(0)
    assert (post.id, post.extra["category_class"], post.extra["reporter"]) == ("12", "illegal", "anonymous")
    assert "例示太郎" not in repr(post)


@pytest.mark.parametrize("name", ["x_api", "bluesky"])
def test_source_that_reads_no_tables(tmp_path: Path, name: str) -> None:
    """A workbook named as something else is refused."""
    assert fault(book(tmp_path / "a.xlsx", {"表": [HEADING, ROW]}), source=name)["reason"] == "wrong_source"


def test_workbook_without_texts(tmp_path: Path) -> None:
    """A workbook without a column of texts is refused with the heading that it has."""
    error = fault(book(tmp_path / "a.xlsx", {"表": [["表題"], ["氏名", "年齢"], ["x", 1]]}))
    assert (error["reason"], error["columns"]) == ("no_text_column", ["氏名", "年齢"])


def test_packed_workbook(tmp_path: Path) -> None:
    """A workbook inside gzip is still a workbook."""
    path = tmp_path / "a.xlsx.gz"
    path.write_bytes(gzip.compress(Path(book(tmp_path / "a.xlsx", {"表": [HEADING, ROW]})).read_bytes()))
    assert [post.id for post in posts(list(read_batches([str(path)])))] == ["1"]


def test_legacy_workbook(tmp_path: Path) -> None:
    """An .xls is read like an .xlsx."""
    path = tmp_path / "a.xls"
    path.write_bytes(xls([["番号", "本文", "日時"], [7.0, "古い表の投稿", 45292.5]]))
    (post,) = posts(list(read_batches([str(path)])))
    assert (post.id, post.text, post.row, str(post.created_at)) == ("7", "古い表の投稿", 2, "2024-01-01 03:00:00+00:00")


def test_password(tmp_path: Path) -> None:
    """A workbook with a password says so."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(ole({"EncryptedPackage": b"\1" * 5000, "EncryptionInfo": b"\4\0\4\0" + b"x" * 5000}))
    assert fault(str(path))["reason"] == "password"


def whole_book(tmp_path: Path) -> bytes:
    """The bytes of a good workbook."""
    return Path(book(tmp_path / "good.xlsx", {"表": [HEADING, *[ROW] * 200]})).read_bytes()


def test_broken_workbooks(tmp_path: Path) -> None:
    """Cut and damaged workbooks end with one error each."""
    good, path = whole_book(tmp_path), tmp_path / "bad.xlsx"
    reasons = []
    for content in (good[:2000], good[:300] + b"\0" * 50 + good[350:], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 2000):
        path.write_bytes(content)
        reasons.append(fault(str(path))["reason"])
    assert reasons == ["broken_archive", "broken", "broken"]


def sheet_with(tmp_path: Path, cells: bytes) -> str:
    """A workbook whose sheet holds these rows."""
    made, path = io.BytesIO(whole_book(tmp_path)), tmp_path / "far.xlsx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data[: data.index(b"<sheetData>") + 11] + cells + data[data.index(b"</sheetData>") :]
            new.writestr(name, data)
    return str(path)


TEXT = b'<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="9"><c r="A99999999"><v>1</v></c></row>',
        b'<row r="9999999"><c><v>1</v></c></row>' + b'<row r="10">' + b"<c/>" * 60 + b"<c><v>1</v></c></row>",
        b"<row r='1048576'><c  s='1' r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576"><x:c xmlns:x="u" r="XFD1048576"><v>1</v></x:c></row>',
    ],
)
def test_cell_at_the_far_corner(tmp_path: Path, cells: bytes) -> None:
    """A sheet that would have to be laid out over billions of cells is refused before anything tries to."""
    assert fault(sheet_with(tmp_path, TEXT + cells))["reason"] == "workbook_too_large"


def test_wide_sheet_is_read(tmp_path: Path) -> None:
    """A column far to the right, or cells that do not say where they stand, are no reason to refuse a small sheet."""
    cells = TEXT + b'<row><c t="inlineStr"><is><t>near</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>wide</t></is></c><c r="ZZ3"><v>1</v></c></row>'
    assert [post.text for post in posts(list(read_batches([sheet_with(tmp_path, cells)])))] == ["near", "wide"]


def test_workbook_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook with more content than the limit is refused."""
    monkeypatch.setattr(workbook_guard, "MOST_XML", 1000)
    assert fault(book(tmp_path / "a.xlsx", {"表": [HEADING, ROW]}))["reason"] == "workbook_too_large"
