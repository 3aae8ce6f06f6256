"""HTML, MFM and Markdown become what people see."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from andon.detection.sources.html_text import _carefully, _quickly, plain_text
from andon.detection.sources.marked_text import markdown_text, mfm_text
from andon.domain.posts import Link

PIECES = [
    "<p>", "</p>", "<br>", "<br/>", "<span>", "</span>", '<span class="invisible">', '<span class="ellipsis">', '<a href="https://example.com/ab">', "</a>",
    "https://", "example.com/ab", "/ab", "あ", " ", "\n", "&amp;", "&lt;", '<span class="h-card">', "<b>", "</b>", "<div>", "x", "&#1;", "&copy", "&", "<", ">",
    '"', "<a>", "<a href='x'>", "<P>", "<li>", "<!-- c -->", "<ruby>", "<rt>", "</rt>", "</ruby>", "\x1e",
]  # fmt: skip
SHORT = '<a href="https://example.com/a?b=1&amp;c=2" rel="x"><span class="invisible">https://</span><span class="ellipsis">example.com/a?b</span><span class="invisible">=1&amp;c=2</span></a>'


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""), ("a &amp; b", "a & b"), ("<p>日給<br>5万</p><p>二つ目</p>", "日給\n5万\n\n二つ目"), ("<p>閉じない<p>段落", "閉じない\n\n段落"), ("a<br><br>b", "a\n\nb"),
        ("<ul><li>一<li>二</ul>", "一\n二"), ("<script>x</script>y<!-- z -->", "y"), ("闇<span class=\"invisible\">zz</span>バイト", "闇バイト"), ("闇<b>バ</b>イト", "闇バイト"),
        ("<ruby>狸<rp>(</rp><rt>たぬ</rt><rp>)</rp></ruby><ruby>像<rt>き</rt></ruby>です", "狸像です\nたぬき"), ("<p>源の\n  改行</p>", "源の 改行"), ("caf&eacute; &#x732b;", "café 猫"),
        ('<img alt="🐱" src="x">猫', "🐱猫"), ("<pre>a\nb</pre>c", "a\nb\n\nc"), ("a < b", "a < b"), ("\0<p>x\r\ny</p>", "x y"), ("<p>あ\ud800</p><b>", "あ?"),
    ],
)  # fmt: skip
def test_html(html: str, text: str) -> None:
    """Blocks, entities, hidden words and ruby read as they look; nothing is refused."""
    assert plain_text(html)[0] == text


def test_html_links() -> None:
    """A shortened address stays whole in the text; what is seen and where it leads are kept; a hidden word in another link is not."""
    assert plain_text(f"見て {SHORT}") == ("見て https://example.com/a?b=1&c=2", (Link("example.com/a?b…", "https://example.com/a?b=1&c=2"),))
    assert plain_text('<a href="https://b.example/">闇<span class="invisible">x</span>市</a>') == ("闇市", (Link("闇市", "https://b.example/"),))
    assert plain_text('<a href="javascript:x">一</a><a href="#top">二</a><a>三</a>') == ("一二三", ())
    assert plain_text('<a href="tg://join?a=1&copy=2">参加</a>')[1] == (Link("参加", "tg://join?a=1&copy=2"),)


def test_html_breaks_kept() -> None:
    """Networks that show the line feeds of the source keep them."""
    assert plain_text("<p>一\n二  三</p>", keep_breaks=True)[0] == "一\n二  三"


def test_html_ways_agree() -> None:
    """Whatever the quick way takes, the parser reads in the same way."""
    chance, taken = random.Random(1), 0
    for turn in range(6000):
        html = "".join(chance.choice(PIECES[:19] if turn % 2 else PIECES) for _ in range(chance.randrange(1, 9)))
        for keep in (False, True):
            quick = _quickly(html, keep=keep)
            if quick is not None:
                taken += 1
                assert quick == _carefully(html, keep=keep), html
    assert taken > 1000
    assert _quickly(f"<p>{SHORT}</p>", keep=False) == _carefully(f"<p>{SHORT}</p>", keep=False)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ただの文", "ただの文"), ("闇**バ**イト", "闇バイト"), ("$[x2 $[fg.color=f00 高]い]", "高い"), ("$[blur 隠す]と$[閉じない", "隠すと$[閉じない"), ("[括弧] と $[x2 [中]]", "[括弧] と [中]"),
        ("$[ruby 狸 たぬ]$[ruby 像 き]と$[ruby 猫 ねこ]", "狸像と猫\nたぬき ねこ"), ("`a**b**` <plain>**c**</plain>", "a**b** **c**"), ("> 引用\n<small>小</small>~~線~~", "引用\n小線"),
        ("https://a.example/x_y_z と <https://b.example/**>", "https://a.example/x_y_z と https://b.example/**"), ("*a b* _c_ snake_case 2**3", "a b c snake_case 2**3"), (":cat: @a@b.example #犬", ":cat: @a@b.example #犬"),
    ],
)  # fmt: skip
def test_mfm(text: str, plain: str) -> None:
    """Functions and marks vanish, their words stay; a mark without its partner stays."""
    assert mfm_text(text)[0] == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("闇**バ**イト", "闇バイト"), ("*強調* と _斜体_ と snake_case", "強調 と 斜体 と snake_case"), (">!隠す!< すごい!<3", "隠す すごい!<3"), ("> 引用\n# 題\n* 一\n2 * 3", "引用\n題\n* 一\n2 * 3"),
        (r"2\*3\*4", "2*3*4"), ("`a*b*c`", "a*b*c"), ("行末  \n次", "行末\n次"), ("一&#x200B;二 &nbsp;", "一\u200b二 \xa0"), ("x^2 ~~線~~", "x2 線"), ("[括弧](だけ)", "[括弧](だけ)"),
    ],
)  # fmt: skip
def test_markdown(text: str, plain: str) -> None:
    """Emphasis, spoilers, quotes and escapes read as they look."""
    assert markdown_text(text)[0] == plain


@pytest.mark.parametrize("reader", [mfm_text, markdown_text])
def test_labelled_links(reader: Callable[[str], tuple[str, tuple[Link, ...]]]) -> None:
    """A labelled link leaves its label and is kept with its address."""
    assert reader("[案**内**](https://a.example/b_(c)_d)へ") == ("案内へ", (Link("案内", "https://a.example/b_(c)_d"),))


@pytest.mark.parametrize(
    "hostile",
    ['<a href="x">' + "a" * 50_000, "<" * 50_000, "<div>" * 50_000, '<a href="x">' + "<span>a</span>" * 9000, "$[x2 " * 20_000, "[" * 50_000, "**a" * 30_000, "`" * 50_000, "]" * 50_000, ">" * 50_000, "\\" * 50_000, "https://" * 9000, "<plain>" * 9000, "```\n" * 9000, "\\(" * 9000, "_" * 50_000, "> " * 30_000, "$[ruby a b]" * 9000],
    ids=range(18),
)  # fmt: skip
def test_no_text_is_slow(hostile: str) -> None:
    """The time grows with the length, whatever somebody writes."""
    for reader in (plain_text, mfm_text, markdown_text):
        begin = time.perf_counter()
        reader(hostile)
        assert time.perf_counter() - begin < 5, reader.__name__
