"""Search in a book: every substring of the folded texts, counted, with its place in the original."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.evidence.books.forms import forms_of
from andon.evidence.books.spans import spans_of
from andon.evidence.chats.model import Attachment, Kind, Reply, Version
from andon.language.bigrams import search_form, searched

from . import invented

said, START = invented.said, invented.START


@given(st.lists(st.lists(invented.words, min_size=1, max_size=3), max_size=8))
@settings(deadline=None, max_examples=300)
def test_forms_of_a_block_are_those_of_each_text(rows: list[list[str]]) -> None:
    """Folding many texts at once gives what folding one does, addresses and handles written out."""
    forms = forms_of(rows)
    for at, fields in enumerate(rows):
        found = forms.codes[forms.starts[at] : forms.starts[at + 1]].tobytes().decode("utf-16-le", "surrogatepass")
        assert found == "\x00".join(search_form(text) for text in fields)


@given(invented.words, st.data())
def test_map_goes_with_the_form(text: str, data: st.DataObject) -> None:
    """The same form, and every piece of it comes from inside of the text."""
    compared = searched(text)
    assert compared.text == search_form(text)
    assert len(compared.first) == len(compared.last) == len(compared.text)
    if compared.text:
        start = data.draw(st.integers(0, len(compared.text) - 1))
        first, last = compared.span(start, data.draw(st.integers(start + 1, len(compared.text))))
        assert 0 <= first < last <= len(text)


@pytest.mark.parametrize(("text", "typed", "marked"), [
    ("急ぎ、ﾆﾓﾂを渡す", "にもつ", ["ﾆﾓﾂ"]), ("闇・バ・イ・トの話", "闇バイト", ["闇・バ・イ・ト"]), ("日給１０万円", "10万", ["１０万"]),
    ("連絡は@Yami_Baitoまで", "yami_baito", ["Yami_Baito"]), ("https://example.com/abc を見て", "example.com/abc", ["example.com/abc"]),
    ("荷物、荷物、にもつ", "荷物", ["荷物", "荷物"]), ("ガソリン", "ガ", ["ガ"]),
])  # fmt: skip
def test_hit_is_marked_in_the_original(text: str, typed: str, marked: list[str]) -> None:
    """Whatever the disguise, what is marked is what was written."""
    assert [text[start:end] for start, end in spans_of(text, search_form(typed))] == marked


texts = st.lists(st.text("荷物にモツ ab12。・", max_size=10), min_size=1, max_size=30)


@given(texts, st.text("荷物にモツ ab12。・", min_size=1, max_size=4))
@settings(deadline=None, max_examples=200)
def test_search_finds_what_reading_everything_finds(written: list[str], typed: str) -> None:
    """Every row whose form holds the query's form, whatever its length, and no other."""
    form = search_form(typed)
    with TemporaryDirectory() as folder, invented.book_of(Path(folder), [said(seq, text=text) for seq, text in enumerate(written)]) as book:
        found = book.search(typed, limit=100)
        if not form:
            assert (found.total, found.form) == (0, "")
            return
        texts_kept = [row.message.text for row in book.all_rows(1)]
        expected = [at for at, text in enumerate(texts_kept) if form in search_form(text)]
        assert [hit.position for hit in found.hits] == expected
        assert found.total == len(expected)
        assert all(hit.spans for hit in found.hits)


def test_search_goes_over_blocks_and_conversations_page_by_page(tmp_path: Path) -> None:
    """Forward and back, without missing or repeating a row."""
    items = [said(seq, text="荷物" if seq % 7 == 0 else "了解", conversation="ab"[seq % 2]) for seq in range(9100)]
    with invented.book_of(tmp_path, items) as book:
        pages, after = list[tuple[int, int]](), None
        while True:
            found = book.search("荷物", limit=300, after=after)
            assert found.skipped == len(pages)
            pages += [(hit.number, hit.position) for hit in found.hits]
            if (after := found.after) is None:
                break
        assert pages == book.places("荷物")
        assert len(pages) == found.total == 1300
        back = book.search("荷物", limit=10, before=pages[500])
        assert [(hit.number, hit.position) for hit in back.hits] == pages[490:500]
        assert back.skipped == 490
        assert book.search("荷物", 2).total == 650


def test_search_is_filtered(tmp_path: Path) -> None:
    """By author, kind and time; a row without a time is in no range."""
    items = [said(0, text="荷物"), said(1, text="荷物"), said(2, text="荷物", sent_at=None), said(3, text="荷物")]
    with invented.book_of(tmp_path, items) as book:
        def places(**more: object) -> list[int]:
            return [place for _, place in book.places("荷物", 1, **more)]

        assert places(author="user0") == [0, 3]
        assert places(author="nobody") == []
        assert places(kind=Kind.TEXT) == [0, 1, 2, 3]
        assert places(kind=Kind.CALL) == []
        assert places(since=START + timedelta(minutes=1)) == [1, 3]
        assert places(since=START, until=START + timedelta(minutes=3)) == [0, 1]


def test_older_texts_quotes_and_file_names_are_found(tmp_path: Path) -> None:
    """And the hit says where; a word never spans two of them."""
    items = [
        said(0, text="消した", versions=(Version("荷物を渡す"),)), said(1, text="了解", reply_to=Reply(id="9", quoted="荷物は？")),
        said(2, text="写真", attachments=(Attachment("photo", name="荷物.jpg"),)), said(3, text="荷", versions=(Version("物"),)),
    ]  # fmt: skip
    with invented.book_of(tmp_path, items) as book:
        assert [(hit.position, hit.fields, hit.spans) for hit in book.search("荷物").hits] == [(0, ("version",), ()), (1, ("quoted",), ()), (2, ("file",), ())]


@pytest.mark.parametrize("typed", ["", "   ", "・・・", "\x00"])
def test_nothing_to_search_finds_nothing(tmp_path: Path, typed: str) -> None:
    """Without an error."""
    with invented.book_of(tmp_path, [said(0, text="・・・")]) as book:
        assert book.search(typed).hits == ()
