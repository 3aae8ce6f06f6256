"""Pages of Telegram: usual messages are read without a parser, and say the same as with one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from chat_reading import messages_of, places_are_true, read_folder
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.evidence.chats.readers import telegram_html
from andon.evidence.chats.readers.telegram_usual import usual

if TYPE_CHECKING:
    from collections.abc import Callable

_PARTS = (
    "集合", " ", "\n", "<br>", "<br/>", '<a href="https://a.example/?x=1&amp;y=2">', "</a>", "<strong>", "</strong>", "<em>", "</em>", "<code>", "</code>", "<pre>\n", "</pre>", "<span>",
    "</span>", "&amp;", "&lt;", "&quot;", "&apos;", "&nbsp;", "&#39;", "&", "<", ">", '"', "\r\n", "\x0c", "\u00a0", "\ufffd", "😀", "</div>", '<div class="text">', "media_wrap", "reply_to",
    '<a href="x>', "<A HREF='x'>", '<a onclick="return ShowHashtag(&quot;x&quot;)" href="">#x</a>', "<!--", "-->", "\x00", "\x1b",
)  # fmt: skip


def _page(names: list[str], texts: list[str], shapes: list[int]) -> bytes:
    """A page of messages as the exporter sets them, with its own line ends and blanks."""
    made = ['<!DOCTYPE html>\n<html>\n <body>\n  <div class="page_wrap">\n   <div class="history">\n\n']
    for number, (name, text, shape) in enumerate(zip(names, texts, shapes, strict=True), 1):
        joined = " joined" if shape & 1 else ""
        made.append(f'     <div class="message default clearfix{joined}" id="message{number}">\n\n')
        if shape & 2:
            made.append(
                '      <div class="pull_left userpic_wrap">\n\n       <div class="userpic userpic3" style="width: 42px; height: 42px">\n\n'
                f'        <div class="initials" style="line-height: 42px">\n{name[:1]}\n        </div>\n\n       </div>\n\n      </div>\n\n'
            )
        made.append(f'      <div class="body">\n\n       <div class="pull_right date details" title="19.11.2026 20:58:{number % 60:02} UTC+09:00">\n20:58\n       </div>\n\n')
        if not shape & 1:
            made.append(f'       <div class="from_name">\n{name} \n       </div>\n\n')
        made.append(f'       <div class="text">\n{text}\n       </div>\n\n      </div>\n\n     </div>\n\n')
    return "".join([*made, "    </div>\n\n   </div>\n\n  </div>\n\n </body>\n\n</html>\n"]).encode()


def _said(data: bytes) -> list[Any]:
    with TemporaryDirectory() as folder:
        page = Path(folder) / "x" / "messages.html"  # the folder's name is the conversation's key
        page.parent.mkdir()
        page.write_bytes(data)
        return read_folder(page.parent)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_pattern_says_what_the_parser_says(data: st.DataObject) -> None:
    """With whatever between the tags, the quick way gives the parser's messages, findings and counts."""
    some = st.lists(st.sampled_from(_PARTS), max_size=8).map("".join)
    count = data.draw(st.integers(1, 4))
    names = [data.draw(st.lists(st.sampled_from(("ボス", " ", "A", "\u00a0", "&amp;", "<b>", "\t")), min_size=1, max_size=3).map("".join)) for _ in range(count)]
    page = _page(names, [data.draw(some) for _ in range(count)], [data.draw(st.integers(0, 3)) for _ in range(count)])
    quick = _said(page)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(telegram_html, "usual", lambda _: None)
        assert _said(page) == quick


def test_a_usual_page_needs_no_parser(read: Callable[..., list[Any]]) -> None:
    """What the exporter writes for texts with links and breaks is known to the pattern."""
    texts = ["集合<br>新宿", '見て <a href="https://a.example/">https://a.example/</a> &amp; <strong>急いで</strong>', "&lt;b&gt;"]
    page = _page(["ボス", "みなと", "x"], texts, [2, 0, 1])
    items = read("messages.html", page)
    assert [(one.author_name, one.text) for one in messages_of(items)] == [
        ("ボス", "集合\n新宿"), ("みなと", "見て https://a.example/ & 急いで"), ("みなと", "<b>"),
    ]  # fmt: skip
    places_are_true(items, page)
    pieces = page.decode().split('     <div class="message default')[1:]
    assert all(usual('<div class="message default' + piece) for piece in pieces)
