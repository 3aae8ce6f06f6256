"""The compiled forms of markup beside the full readers: what they take is exactly the same, and what they cannot take they leave."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.records.batch import column
from andon.detection.sources.html_text import _carefully, plain_text, plain_texts
from andon.detection.sources.marked_text import _HARD_BREAK, _MARKDOWN, _Reader, markdown_text, markdown_texts

ADDRESS = "https://example.com/ab"
HTML = [
    "<p>", "</p>", "<br>", "<br/>", "<br />", "<span>", "</span>", '<span class="invisible">', '<span class="ellipsis">', f'<a href="{ADDRESS}">', "</a>", "あ", " ", "\n", "\t", "&amp;", "&lt;",
    "&nbsp;", "&#39;", '<span class="h-card">', '<span class="h-card" translate="no">', "https://", "example.com/ab", "/ab", ">", "x",
    f'<a href="{ADDRESS}" class="u-url mention" rel="tag">', '<a href="">', '<a href=" x ">', '<a href="a&nbsp;">', '<a href="&amp;">',
    # From here on nothing is taken.
    "<", "&", "&copy;", "\0", "\r", "\x1d", "\x1e", "<b>", "<a>", "<a href='x'>", "<P>", "<!-- c -->", '"', '<a href="x" >', '<a href="x" A="y">', '<a href="x"y>', '<a href="x" b=c>', "<a href=\"x",
]  # fmt: skip
PLAIN = HTML[:26]
LINK = '<a href="https://example.com/a?b=1&amp;c=2" rel="x"><span class="invisible">https://</span><span class="ellipsis">example.com/a?b</span><span class="invisible">=1&amp;c=2</span></a>'
MENTION = '<span class="h-card" translate="no"><a href="https://s.example/@neko" class="u-url mention">@<span>neko</span></a></span>'
MARKS = ["*", "**", "_", "__", "~", "~~", "`", "```", "[", "]", "(", ")", "](", "!", "<", ">", "\\", "^", "#", "##", "&amp;", "\n", " ", "  ", "\t", "a", "あ", "é", "http://a.b/_c", "1", "!<", ">!", "\u00a0", "\u3000"]  # fmt: skip
QUIET = ["_", "~", "[", "]", "(", ")", "!", "#", "##", "\n", " ", "a", "b", "あ", "http://a.b/", "1", "\u3000"]


def html_of(texts: list[str]) -> tuple[list[str], list[int]]:
    """What the compiled way gives of the texts, and the numbers of those that it left."""
    data, offsets, left = plain_texts(*column([text.encode() for text in texts]))
    return [data[a:b].tobytes().decode() for a, b in pairwise(offsets)], left.tolist()


def check_html(texts: list[str]) -> int:
    """All that is taken is as `plain_text` reads it, all else as it was; the number taken."""
    found, left = html_of(texts)
    for k, text in enumerate(texts):
        assert found[k] == (text if k in left else plain_text(text, keep_breaks=True)[0]), text
    return len(texts) - len(left)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(st.sampled_from(HTML), max_size=9).map("".join), min_size=1, max_size=4))
def test_html_ways_agree(texts: list[str]) -> None:
    """However tags, spaces, entities and broken ones stand side by side, nothing is taken that reads otherwise."""
    check_html(texts)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.text("<>/ apbrs&lt;\"='\n\x1d\0\u3000あ😀", max_size=12) | st.text(max_size=8).filter(lambda text: text.isprintable()), min_size=1, max_size=4))
def test_html_ways_agree_on_anything(texts: list[str]) -> None:
    """Nor of text that is no HTML."""
    check_html(texts)


def test_html_ways_agree_on_many() -> None:
    """Of the usual tags in any order a good part is taken, and that as the parser reads it."""
    chance = random.Random(3)
    texts = ["".join(chance.choice(PLAIN) for _ in range(chance.randrange(1, 9))) for _ in range(10_000)]
    assert check_html(texts) > 2000
    links = ["".join((f'<a href="{ADDRESS}">', *(chance.choice([*PLAIN[5:9], *PLAIN[-5:-2]]) for _ in range(chance.randrange(5))), "</a>")) for _ in range(10_000)]
    assert check_html(links) > 250


@pytest.mark.parametrize(
    "html",
    [
        "", "ただの文", "<p>日給<br>5万</p><p>二つ目</p>", " \n<p> あ </p>\n ", "a<br><br />b<br/>", "<p></p>", "<p>一\n二  三</p>", "a &amp;&lt;&gt;&quot;&#39;&nbsp;b", "a > b", LINK, MENTION, f"<p>{MENTION} 見て {LINK}</p>",
        '<a href="x">a<br', '<a href="x">#<span>犬</span></a>', "<p>あ</p> \n <p>い</p>", '<a href="https://a.example/"><span class="invisible">https://</span>a.example/</a>',
    ],
)  # fmt: skip
def test_html_taken(html: str) -> None:
    """The usual posts are taken, and read as the parser reads them."""
    (text,), left = html_of([html])
    if html.endswith("<br"):
        assert left == [0]
    else:
        assert (text, left) == (_carefully(html, keep=True)[0], [])


@pytest.mark.parametrize(
    "html",
    [
        "<b>a</b>", "a&copy;", "a & b", "a\rb", "\0", "a\x1db", "<p", "<", "<a href=\"x\">a", '<a href="x"><p>a</p></a>', '<a href="x"><span><span>a</span></span></a>', '<span class="invisible">a</span>', "</a>",
        '<a href="x"><span class="invisible">y</span></a>', '<a href="x"><span class="ellipsis">x', '<a href="x&y">a</a>', '<a href="x">a > b</a>', '<a href=" x"><span class="invisible"> x</span></a>',
        '<a href="x&nbsp;"><span class="invisible">x&nbsp;</span></a>', '<a href="x"><a href="y">z</a></a>', "<span class='h-card'>a</span>", '<a class="b" href="x">a</a>', '<a href="x" b="<">a</a>',
    ],
)  # fmt: skip
def test_html_left(html: str) -> None:
    """Anything else is left as it is, between neighbours that are taken."""
    assert html_of(["<p>a</p>", html, "<br>b"]) == (["a", html, "b"], [1])


def quiet(texts: list[str]) -> int:
    """Texts in which the compiled way sees no Markdown are not changed by the full reader; their number."""
    data, offsets, found = markdown_texts(*column([text.encode() for text in texts]))
    assert data[: offsets[-1]].tobytes().decode() == "".join(texts)
    for k in set(range(len(texts))) - set(found.tolist()):
        reader = _Reader()
        reader.run(_HARD_BREAK.sub("", texts[k]), _MARKDOWN)
        assert reader.result() == markdown_text(texts[k]) == (texts[k], ()), texts[k]
    return len(texts) - len(found)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(st.sampled_from(MARKS), max_size=9).map("".join), min_size=1, max_size=4))
def test_markdown_ways_agree(texts: list[str]) -> None:
    """Whatever marks stand side by side, none that counts is overlooked."""
    quiet(texts)


def test_markdown_ways_agree_on_many() -> None:
    """Of texts with marks that mostly mean nothing a good part is seen to hold none."""
    chance = random.Random(4)
    assert quiet(["".join(chance.choice(QUIET) for _ in range(chance.randrange(1, 12))) for _ in range(30_000)]) > 2500


@pytest.mark.parametrize(("text", "plain"), [("一\n二", True), ("10~12時 #犬 snake_case [括弧](だ", False), ("#犬\n #猫", True), ("[括弧] a_b 1~2 x #1", True), ("# 題", False), ("一 \n二", False), ("あ_い", False), ("a__b", False), ("x\n  ## y", False), ("# #x", False), ("> a", False)])  # fmt: skip
def test_markdown_found(text: str, plain: bool) -> None:
    """Line feeds, tags, brackets and marks inside of words are no Markdown."""
    assert quiet([text]) == plain


@pytest.mark.parametrize("hostile", ["#" * 90_000, "# " * 45_000, " " * 90_000 + "#", "\n#" * 45_000, " #" * 45_000, "<p>" * 30_000, '<a href="' * 10_000, '<a href="x">' * 8_000, "<" * 90_000, "&amp" * 10_000, '<a href="x" ' + 'a="b" ' * 15_000, " \n" * 45_000, "_" * 90_000], ids=range(13))  # fmt: skip
def test_no_text_is_slow(hostile: str) -> None:
    """The time grows with the length, whatever somebody writes."""
    html_of(["a"])
    quiet(["a"])
    texts = column([hostile.encode()] * 10)
    for compiled in (plain_texts, markdown_texts):
        begin = time.perf_counter()
        compiled(*texts)
        assert time.perf_counter() - begin < 2, compiled.__name__
