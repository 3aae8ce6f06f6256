"""Transcripts: everything is legible, footnoted and inert, in every form and both languages."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.domain.errors import EvidenceError
from andon.evidence.books.merged import MergedBook, merge_books
from andon.evidence.books.model import BookRow
from andon.evidence.books.read import Book
from andon.evidence.books.write import write_book
from andon.evidence.chats.model import Conversation, Message, Participant
from andon.evidence.transcripts import make
from andon.evidence.transcripts.frame import facts_of
from andon.evidence.transcripts.inert import inert
from andon.evidence.transcripts.model import Source

from . import printed

if TYPE_CHECKING:
    from andon.wording.say import Language

FORMS = ("html", "pdf", "docx")
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\u202egpj.exe\x00\x1b[2J ]]> &lt; \ud800 {0} %s"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    path = tmp_path_factory.mktemp("book") / "b"
    write_book(path, [printed.CONVERSATION, *printed.MESSAGES])
    return Book(path)


def text_of(form: str, content: bytes) -> str:
    """What a person reads, without the line breaks of the page."""
    if form == "html":
        return printed.html_text(content)
    if form == "docx":
        return printed.docx_text(content)
    return printed.pdf_text(content)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_recorded_is_legible(book: Book, form: str, language: Language) -> None:
    """Words, edits with older texts, deletions, timers, quotes, reactions, files with hashes, gaps with their strength; nothing is left to mere colour."""
    text = bare(text_of(form, printed.made(form, book.all_rows(1), language)))
    assert [one for one in printed.WORDS[language] if bare(one) not in text] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_line_is_footnoted(book: Book, form: str) -> None:
    """Exhibit, file, place and the whole hash of each record; at the end the hash of each file."""
    text = bare(text_of(form, printed.made(form, book.all_rows(1))))
    for message in printed.MESSAGES:
        assert message.place.sha256 in text
    assert text.count("SHA-256") >= len(printed.MESSAGES) + 3
    for sha256 in ("b" * 64, "c" * 64, "d" * 64):
        assert sha256 in text


def test_word_footnotes_are_real(book: Book) -> None:
    """Each reference in the text has its note; the library and a parser open the file."""
    content = printed.made("docx", book.all_rows(1))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        body, notes = (archive.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
        assert "footnotes.xml" in archive.read("[Content_Types].xml").decode()
        assert "footnotes.xml" in archive.read("word/_rels/document.xml.rels").decode()
    asked = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
    assert asked == [str(number) for number in range(1, len(printed.MESSAGES) + 1)]
    assert re.findall(r'<w:footnote w:id="(\d+)"', notes) == asked
    assert len(docx.Document(io.BytesIO(content)).paragraphs) > len(printed.MESSAGES)


def test_pages_are_numbered(book: Book) -> None:
    """Every page says its number (how many there are, is filled in at the end, where the reader of these tests does not see it)."""
    content = printed.made("pdf", [row for _ in range(9) for row in book.all_rows(1)])
    count, text = len(re.findall(rb"/Type /Page\b", content)), printed.pdf_text(content)
    assert count > 2
    assert all(f"E0001　{number} / " in text for number in range(1, count + 1))


def hostile_rows() -> list[BookRow]:
    message = printed.said(0, HOSTILE, author_name=HOSTILE, forwarded_from=HOSTILE, written_time=HOSTILE, raw_kind=HOSTILE)
    return [BookRow(0, message)]


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_is_inert(form: str) -> None:
    """In words, names, titles and case: no markup, no control character, no mark that turns the direction; what was there is written out."""
    conversation = Conversation(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (Participant(HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),)),))
    source = Source(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "b" * 64, {})
    content = printed.made(form, hostile_rows(), conversation=conversation, sources=(source,), case=HOSTILE, made_by=HOSTILE, note=HOSTILE, total=1)
    text = text_of(form, content)
    assert "[U+202E]" in text
    assert not set(text) & {"\u202e", "\x1b", "\x00"}
    if form == "html":
        page = content.decode()
        assert "<script" not in page
        assert "<img" not in page
        assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
        assert not re.search(r"(?:src|href)=", re.sub(r"&lt;.*?&gt;", "", page))
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    ET.fromstring(archive.read(name))


@given(st.lists(st.text(st.characters(codec=None, exclude_categories=()), max_size=200), min_size=1, max_size=4), st.sampled_from(FORMS))
@settings(deadline=None, max_examples=60)
def test_any_text_makes_a_document(texts: list[str], form: str) -> None:
    """Whatever was written, in every form."""
    rows = [BookRow(at, printed.said(at, text, author_name=text[:9])) for at, text in enumerate(texts)]
    content = printed.made(form, rows)
    assert str(len(texts)) in text_of(form, content)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["長" * 20_000, "x" * 20_000, "行\n" * 3000], ids=["long", "unbroken", "lines"])
def test_a_message_of_many_pages_is_whole(form: str, text: str) -> None:
    """Nothing is cut off, and what follows is there."""
    rows = [BookRow(0, printed.said(0, text)), BookRow(1, printed.said(1, "後の発言"))]
    found = text_of(form, printed.made(form, rows))
    assert bare(found).count(text[0]) >= text.count(text[0])
    assert "後の発言" in bare(found)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_gives_the_same_bytes(book: Book, form: str) -> None:
    """So that a hash says something."""
    hashes = {hashlib.sha256(printed.made(form, book.all_rows(1))).hexdigest() for _ in range(2)}
    assert len(hashes) == 1


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_more_lines_than_the_form_takes_are_refused(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """Before anything is written; also when the heading did not say so."""
    monkeypatch.setitem(make.MOST_LINES, form, 3)
    out = io.BytesIO()
    with pytest.raises(EvidenceError, match="transcript_long"):
        make.transcript(out, form, [], printed.heading(total=4), "ja")  # type: ignore[arg-type]
    assert out.getvalue() == b""
    with pytest.raises(EvidenceError, match="transcript_long"):
        make.transcript(out, form, (BookRow(at, printed.said(at, "x")) for at in range(9)), printed.heading(total=1), "ja")  # type: ignore[arg-type]


def test_page_is_written_as_rows_come() -> None:
    """The memory of an HTML transcript does not grow with it: rows are taken one at a time and are on the page before the next."""
    out = io.BytesIO()

    def rows() -> Any:
        for at in range(50):
            assert f'id="l{at}"'.encode() in out.getvalue() or at == 0
            yield BookRow(at, printed.said(at, "x"))

    make.transcript(out, "html", rows(), printed.heading(total=50), "en")
    assert b"Lines: 50" in out.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_nothing_in_range_is_said(form: str) -> None:
    """An empty part is a document too."""
    text = bare(text_of(form, printed.made(form, [], first=0, last=0, total=0)))
    assert bare("全 0 行のうち該当なし") in text
    assert bare("0 行、欠落の記載 0 件") in text


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=50))
def test_inert_text_loses_nothing_that_can_be_seen(text: str) -> None:
    """It encodes, holds no control character but the line end, and everything legible stays."""
    found = inert(text)
    found.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", found)
    assert [char for char in text if char.isalnum()] == [char for char in text if char.isalnum() and char in found]


def merged(folder: Path) -> MergedBook:
    first: list[Message] = [printed.said(seq, f"発言{seq}", number=None) for seq in range(5)]
    for name, own in (("A", first), ("B", [one for one in first if one.seq != 2])):
        write_book(folder / name, [printed.CONVERSATION, *own])
    merge_books(folder / "m", [(name, Book(folder / name), 1) for name in "AB"])
    return MergedBook(folder / "m")


@pytest.mark.parametrize("form", FORMS)
def test_merged_transcript_says_differences_in_words(form: str) -> None:
    """With a footnote for every phone's record, and the phone's name."""
    with TemporaryDirectory() as folder, merged(Path(folder)) as book:
        sources = (Source("E0001", label="A"), Source("E0002", label="B"))
        text = bare(text_of(form, printed.made(form, book.all_rows(), sources=sources, total=5)))
    assert bare("B にはありません。") in text
    assert bare("A (E0001)") in text
    assert bare("B (E0002)") in text
    assert text.count("(E0001)") - text.count("(E0002)") == 1


@pytest.mark.parametrize(("language", "name", "said"), [("ja", "会話", "深夜便 · Telegram · グループ"), ("en", "Conversation", "深夜便 · Telegram · group")])
def test_heading_says_app_and_kind_in_words(language: Language, name: str, said: str) -> None:
    """Not as a format writes them; what is unknown stays as written."""
    assert dict(facts_of(printed.heading(), language))[name] == said
    odd = replace(printed.CONVERSATION, app="someapp", kind="odd_kind")
    assert dict(facts_of(printed.heading(conversation=odd), language))[name] == "深夜便 · someapp · odd_kind"


def test_heading_names_an_exhibit_once() -> None:
    """A label that holds the code and the title says them already."""
    sources = (Source("E0001", "端末 A", "令8証31号", label="E0001 端末 A"),)
    assert dict(facts_of(printed.heading(sources=sources), "ja"))["証拠品"] == "E0001 端末 A · 令8証31号"
