"""Whole documents: how they are told, decoded, cut into batches and refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from andon.detection.records import document_rows
from andon.detection.records.batches import Position, PostBatch, read_batches
from andon.detection.records.document_text import document_text
from andon.detection.records.formats import Format, guess_format
from andon.domain.errors import SourceError

ITEM = "<item><title>題{0}</title><link>https://example.com/{0}</link><description>本文 ソ能 高額 {0}</description></item>"
WORDS = "椿が咲いた。ソ能表示 ｱｲｳ ①"


def feed(count: int, declared: str = "UTF-8") -> str:
    """An RSS feed of `count` items."""
    items = "".join(map(ITEM.format, range(count)))
    return f'<?xml version="1.0" encoding="{declared}"?>\n<rss version="2.0"><channel><title>例</title>{items}</channel></rss>'


def write(folder: Path, name: str, content: bytes) -> str:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return str(path)


def read(path: str, **options: object) -> list[PostBatch]:
    """All batches of one file."""
    return list(read_batches([path], **options))  # type: ignore[arg-type]


def texts(batches: list[PostBatch]) -> list[str]:
    """All texts, batch after batch."""
    return [batch.text(i) for batch in batches for i in range(len(batch))]


def faults(batches: list[PostBatch]) -> list[tuple[int, str]]:
    """Row and reason of all rejects."""
    return [(item.row, item.reason) for batch in batches for item in batch.rejects]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<!DOCTYPE html>\n<html lang=ja>", Format.MARKUP),
        (b"\n  <!-- a > b -->\n<?xml-stylesheet href='a'?><rdf:RDF xmlns=''>", Format.MARKUP),
        (b"<atom:feed>", Format.MARKUP),
        (b"<feeds>", Format.UNKNOWN),
        (b"<smses count='1'><sms/></smses>", Format.UNKNOWN),
        ("名無し<><>2024/01/15(月) 12:34:56 ID:a<><html> です<>\n".encode(), Format.BOARD),
        ("<html><>sage<>2024/01/15(月) 12:34:56 ID:a<>本文<>\n".encode(), Format.BOARD),
        (b'{"text": "<html>"}\n', Format.JSON_LINES),
        (b"text\n<html>\n", Format.TABLE),
    ],
)
def test_told_by_the_first_tag(head: bytes, kind: Format) -> None:
    """Web pages and feeds are told by their first tag; boards, tables and JSON that hold tags are not taken for one."""
    assert guess_format(head, ".html", whole=True) is kind


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("Shift_JIS", "cp932"),
        ("EUC-JP", "euc_jp"),
        ("ISO-2022-JP", "iso2022_jp_ext"),
        ("UTF-8", "cp932"),
        ("Shift_JIS", "utf-8"),
        ("no-such-encoding", "euc_jp"),
    ],
)
def test_encodings(tmp_path: Path, declared: str, encoding: str) -> None:
    """Feeds in all encodings of Japanese pages are read, also when what they declare is not true."""
    found = read(write(tmp_path, "a.xml", feed(5, declared).encode(encoding)))
    assert texts(found) == [f"題{i}\n本文 ソ能 高額 {i}" for i in range(5)]
    assert faults(found) == []


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-8", "iso2022_jp_ext"])
@pytest.mark.parametrize("tag", ['<meta charset="{}">', '<META http-equiv=Content-Type content="text/html; charset={}">'])
def test_charset_of_pages(encoding: str, tag: str) -> None:
    """The charset of a meta tag is believed, and without one the bytes decide."""
    words = WORDS.replace("①", "") if encoding != "cp932" and encoding != "utf-8" else WORDS
    name = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "iso2022_jp_ext": "iso-2022-jp"}.get(encoding, encoding)
    for head in (tag.format(name), ""):
        page = f"<html><head>{head}</head><body>{words}</body></html>"
        assert document_text(page.encode(encoding)).decode() == page


def test_declaration_is_made_true() -> None:
    """The XML declaration says UTF-8 afterwards, so that a parser that believes it reads what stands there."""
    assert document_text(feed(1, "EUC-JP").encode("euc_jp")).startswith(b'<?xml version="1.0" encoding="utf-8"?>')


def test_broken_bytes_cost_themselves_only() -> None:
    """A byte that does not belong to the encoding becomes U+FFFD, and the rest stays."""
    assert document_text(b'<html><meta charset="utf-8">' + "良\udc83い".encode("utf-8", "surrogateescape")).decode().endswith("良\ufffdい")


def test_batches_and_resume(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of many items makes several batches, and going on from any of them gives exactly what was missing."""
    monkeypatch.setattr(document_rows, "_ITEMS", 4)
    for count in (0, 3, 8, 10):
        paths = [write(tmp_path, f"{count}.xml", feed(count).encode()), write(tmp_path, "z.xml", feed(1).encode())]
        whole = list(read_batches(paths))
        assert [len(batch) for batch in whole][:-1] == {0: [0], 3: [3], 8: [4, 4, 0], 10: [4, 4, 2]}[count]
        for cut in range(len(whole)):
            assert texts(list(read_batches(paths, start=whole[cut].position))) == texts(whole[cut + 1 :])


def test_malformed_feed_is_said_once(tmp_path: Path) -> None:
    """A broken feed gives its readable items and one reject behind them, which a resumed run does not repeat."""
    path = write(tmp_path, "a.xml", feed(3).replace("</channel></rss>", "<item><title>途中 & ").encode())
    found = read(path)
    assert texts(found)[:3] == [f"題{i}\n本文 ソ能 高額 {i}" for i in range(3)]
    assert faults(found)[-1][1] == "feed_malformed"
    assert faults(read(path, start=found[-1].position)) == []


@pytest.mark.parametrize("content", [b"<html><p>\xe6\x9c\xac</p></html>", b"<rss" + b"\0" * 50, b"<html"])
def test_unknown_page_is_refused(tmp_path: Path, content: bytes) -> None:
    """A web page of no known network is refused as a whole."""
    with pytest.raises(SourceError) as caught:
        read(write(tmp_path, "a.html", content))
    assert caught.value.data["reason"] == "unknown_format"


@pytest.mark.parametrize(("content", "reason"), [(b"<rss><", "feed_malformed"), (b"<rdf:RDF xmlns:rdf='x'></rdf:RDF>", "not_markup"), (b"\xff<x", "not_markup")])
def test_hopeless_feeds(tmp_path: Path, content: bytes, reason: str) -> None:
    """What is named or looks like a feed and is none ends in a reject, never in an exception."""
    found = read(write(tmp_path, "a.xml", content), source="feed")
    assert texts(found) == []
    assert {fault for _, fault in faults(found)} <= {reason, "feed_malformed", "not_markup"}
    assert faults(found)


def test_entities_do_not_explode(tmp_path: Path) -> None:
    """A feed whose entities would grow to gigabytes, or name files, is only malformed; no file's content comes out."""
    secret = write(tmp_path, "secret.txt", b"do-not-show")
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    doc = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "aaaaaaaaaa">{levels}<!ENTITY f SYSTEM "file://{secret}">]>'
    doc += "<rss version='2.0'><channel><item><title>&e11;</title><description>&f;</description></item></channel></rss>"
    found = read(write(tmp_path, "a.xml", doc.encode()), source="feed")
    assert not any("do-not-show" in text or len(text) > 1000 for text in texts(found))


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document over the limit is refused before it is parsed, packed or not; one of exactly the limit is read."""
    content = feed(3).encode()
    monkeypatch.setattr(document_rows, "MOST_DOCUMENT", len(content))
    assert len(texts(read(write(tmp_path, "a.xml", content)))) == 3
    for name, longer in (("b.xml", content + b"\n"), ("b.xml.gz", gzip.compress(content + b"\n"))):
        with pytest.raises(SourceError) as caught:
            read(write(tmp_path, name, longer))
        assert caught.value.data["reason"] == "document_too_large"


def test_packed_and_cut(tmp_path: Path) -> None:
    """A packed document is read; of a cut one the readable items remain, with the word that it was cut."""
    packed = gzip.compress(feed(2000).encode(), mtime=0)
    assert len(texts(read(write(tmp_path, "a.xml.gz", packed)))) == 2000
    cut = read(write(tmp_path, "b.xml.gz", packed[: len(packed) // 2]))
    assert 100 < len(texts(cut)) < 2000
    assert {"truncated", "feed_malformed"} <= {reason for _, reason in faults(cut)}


def test_source_without_documents_is_refused(tmp_path: Path) -> None:
    """A named source that reads no documents is refused for one."""
    with pytest.raises(SourceError) as caught:
        read(write(tmp_path, "a.html", b"<html><body>x</body></html>"), source="bluesky")
    assert caught.value.data["reason"] == "wrong_source"


def test_resume_behind_the_end(tmp_path: Path) -> None:
    """Going on behind the last item gives nothing more."""
    path = write(tmp_path, "a.xml", feed(2).encode())
    assert texts(read(path, start=Position(0, 0, 2))) == []
