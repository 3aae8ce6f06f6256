"""Plain text of HTML as people see it, with the addresses of its links: posts of Mastodon and its kin, pages, summaries of feeds.

Ways that give the same result. The quick one takes the few tags that nearly every post consists of (p, br, a, span), well nested; anything else
goes through a forgiving HTML parser (lexbor), whose setting-up alone costs several times as much. For whole columns the quick one is compiled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from andon.detection.sources.markup_kernels import plain_html_column
from andon.domain.posts import Link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from andon.detection.sources.source import Bytes, Offsets

# Marks of where a block begins or ends: one line feed for most blocks, an empty line around paragraphs. HTML text never holds them for good reason.
_BLOCK, _PARAGRAPH = "\x1d", "\x1e"
_MARKS = re.compile(f"[ \n]*[{_BLOCK}{_PARAGRAPH}][{_BLOCK}{_PARAGRAPH} \n]*")
_SPACES = re.compile("  +")
_SPACE_AT_BREAK = re.compile(" *\n *")
_SPACE_OF_SOURCE = str.maketrans("\n\t", "  ")

_TAG = re.compile("<([^<>]*)>")
_ATTRIBUTE = '(?: [a-z-]++="[^"<>]*+")*+'
_SPAN = '<span(?: class="(?:invisible|ellipsis)")?>[^<>]*</span>'
_LINK = re.compile(f'<a href="([^"<>]*)"{_ATTRIBUTE}>((?:[^<>]++|{_SPAN})*+)</a>')
_INVISIBLE = re.compile('<span class="invisible">[^<>]*</span>')
_CUT = re.compile('(<span class="ellipsis">[^<>]*)(?=</span>)')
_ENTITY = re.compile("&(?:amp|lt|gt|quot|#39|nbsp);")
_CHARACTER = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": "\xa0"}
# What stands for a tag of the quick way; the spans are those that Mastodon puts around mentions.
_SIMPLE = {
    **dict.fromkeys(("p", "/p"), _PARAGRAPH),
    **dict.fromkeys(("br", "br/", "br /"), "\n"),
    **dict.fromkeys(("span", "/span", 'span class="h-card"', 'span class="h-card" translate="no"'), ""),
}

_AROUND = {
    **dict.fromkeys("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table hr figure".split(), _PARAGRAPH),
    **dict.fromkeys("div li dt dd tr section article header footer aside main nav address form figcaption option details summary".split(), _BLOCK),
}
_UNSEEN = frozenset("script style template noscript noframes noembed title textarea rp svg math iframe object audio video".split())
_MOST_OPEN = 2000  # tags without an end: beyond it somebody wants the parser to be slow (nested blocks cost it the square of their depth)
_NO_ADDRESS = ("#", "javascript:", "data:", "about:")


def _same_address(one: str, other: str) -> bool:
    def bare(address: str) -> str:
        return unquote(address).removeprefix("https://").removeprefix("http://").rstrip("/")

    return one == other or bare(one) == bare(other)


def _gap(found: re.Match[str]) -> str:
    return "\n\n" if _PARAGRAPH in found[0] else "\n"


def _finished(text: str, *, keep: bool) -> str:
    """Text with its marks turned into line feeds."""
    text = text.strip(f" \n{_BLOCK}{_PARAGRAPH}")
    if _PARAGRAPH in text or _BLOCK in text:
        text = _MARKS.sub(_gap, text)
    if keep:
        return text
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return _SPACE_AT_BREAK.sub("\n", text) if " \n" in text or "\n " in text else text


def _undone(text: str) -> str:
    """Text with its usual entities undone."""
    return _ENTITY.sub(lambda found: _CHARACTER[found[0]], text) if "&" in text else text


def _made_link(seen: str, href: str) -> tuple[Link, ...]:
    """The link, or none where the address leads nowhere outside the page."""
    return (Link(_finished(seen, keep=False), href),) if href and not href.lower().startswith(_NO_ADDRESS) else ()


class _Links:
    """Puts their texts in place of whole links and remembers them."""

    def __init__(self) -> None:
        self.found: list[Link] = []

    def __call__(self, match: re.Match[str]) -> str:
        href, inner = match.groups()
        seen = whole = inner
        if "<" in inner:
            whole = _TAG.sub("", inner)
            seen = _TAG.sub("", _CUT.sub(r"\1…", _INVISIBLE.sub("", inner)))
        href = _undone(href).strip()
        self.found += _made_link(_undone(seen), href)
        return whole if whole == seen or _same_address(_undone(whole), href) else seen


def _quickly(html: str, *, keep: bool) -> tuple[str, tuple[Link, ...]] | None:
    """Text and links of HTML of the usual tags, or None for any other."""
    entities = "&" in html
    if "\0" in html or (entities and len(_ENTITY.findall(html)) != html.count("&")):
        return None
    if not keep:
        html = html.translate(_SPACE_OF_SOURCE) if "\n" in html or "\t" in html else html
    links = _Links()
    if "<a" in html:
        html = _LINK.sub(links, html)
    pieces = _TAG.split(html)
    try:
        pieces[1::2] = [_SIMPLE[tag] for tag in pieces[1::2]]
    except KeyError:
        return None
    text = "".join(pieces)
    if "<" in text:
        return None
    return _finished(_undone(text) if entities else text, keep=keep), tuple(links.found)


class _Writer:
    """Gathers text and links in the order of the page. What a class hides is left out, except for the parts of an address that spells its link."""

    __slots__ = ("_href", "_seen", "_whole", "hidden", "keep", "links", "parts", "readings")

    def __init__(self, *, keep: bool) -> None:
        self.keep = keep
        self.parts: list[str] = []
        self.links: list[Link] = []
        self.readings: list[str] = []  # of ruby: they stand beside the line, so they must not part its words
        self.hidden = 0
        self._href: str | None = None
        self._seen: list[str] = []
        self._whole: list[str] = []

    def text(self, text: str) -> None:
        """Text where the page stands."""
        if self._href is None:
            if not self.hidden:
                self.parts.append(text)
            return
        self._whole.append(text)
        if not self.hidden:
            self._seen.append(text)

    def cut(self) -> None:
        """The mark that a browser draws behind the visible part of a shortened address."""
        if self._href is not None and not self.hidden:
            self._seen.append("…")

    def open_link(self, href: str) -> None:
        """A link begins."""
        self._href = href.strip()
        self._seen, self._whole = [], []

    def close_link(self) -> None:
        """The link ends: its text is what is seen, but the whole address where the link spells it, so that no end of it is lost."""
        href, seen, whole = self._href or "", "".join(self._seen), "".join(self._whole)
        self._href = None
        self.text(whole if whole != seen and _same_address(whole, href) else seen)
        self.links += _made_link(seen, href)

    def result(self) -> tuple[str, tuple[Link, ...]]:
        """Text and links; readings of ruby follow on a line of their own."""
        text = _finished("".join(self.parts), keep=self.keep)
        if self.readings:
            text = f"{text}\n{' '.join(filter(None, ''.join(self.readings).split()))}".strip()
        return text, tuple(self.links)


class _Careful:
    """A walk over the parsed tree, without recursion: nesting is as deep as somebody made it."""

    def __init__(self, writer: _Writer) -> None:
        self.writer = writer
        self.preformatted = self.ruby = 0
        self.linked = False

    def run(self, top: LexborNode) -> None:
        """Read everything below `top`."""
        node: LexborNode | None = top.child
        while node is not None:
            below = node.child if self._enter(node) else None
            if below is not None:
                node = below
                continue
            self._leave(node)
            while node.next is None:
                node = node.parent
                if node is None or node.mem_id == top.mem_id:
                    return
                self._leave(node)
            node = node.next

    def _enter(self, node: LexborNode) -> bool:
        """Write what stands before the children; whether the children are to be read."""
        tag, writer = node.tag or "", self.writer
        if node.is_text_node:
            self._text(node.text_content or "")
            return False
        if tag in _UNSEEN or not node.is_element_node:
            return False
        if tag == "br":
            writer.text("\n")
        elif tag in _AROUND:
            writer.text(_AROUND[tag])
            self.preformatted += tag == "pre"
        elif tag == "a":
            writer.open_link(node.attributes.get("href") or "")
        elif tag == "rt":
            self.ruby += 1
        elif tag == "img" and (shown := node.attributes.get("alt")):
            self._text(shown)  # custom emoji and the emoji pictures of some servers
        writer.hidden += _is_hidden(node)
        return True

    def _leave(self, node: LexborNode) -> None:
        tag, writer = node.tag or "", self.writer
        if node.is_text_node or tag in _UNSEEN or not node.is_element_node:
            return
        if tag == "span" and "ellipsis" in (node.attributes.get("class") or "").split():
            writer.cut()
        writer.hidden -= _is_hidden(node)
        if tag in _AROUND:
            writer.text(_AROUND[tag])
            self.preformatted -= tag == "pre"
        elif tag == "a":
            writer.close_link()
        elif tag == "rt":
            self.ruby -= 1
        elif tag == "ruby":
            writer.readings.append("")

    def _text(self, text: str) -> None:
        if not (self.writer.keep or self.preformatted):
            text = text.translate(_SPACE_OF_SOURCE)
        if self.ruby:
            self.writer.readings.append(text)
        else:
            self.writer.text(text)


def _is_hidden(node: LexborNode) -> bool:
    return node.tag == "span" and "invisible" in (node.attributes.get("class") or "").split()


def _carefully(html: str, *, keep: bool) -> tuple[str, tuple[Link, ...]]:
    """Text and links of any HTML whatever."""
    if html.count("<") - 2 * html.count("</") > _MOST_OPEN:
        html = _TAG.sub(_BLOCK, html)
    writer = _Writer(keep=keep)
    body = LexborHTMLParser(html.encode("utf-8", "replace")).body
    if body is not None:
        _Careful(writer).run(body)
    return writer.result()


def plain_text(html: str, *, keep_breaks: bool = False) -> tuple[str, tuple[Link, ...]]:
    """Text of a piece of HTML as people see it, and its links in their order (shown, address); nothing is refused, however broken it is.

    br is a line feed, a paragraph stands between empty lines, other blocks on lines of their own; entities are undone; pictures show their
    alternative text (custom emoji), scripts nothing. `span.invisible` is dropped, but inside a link whose text spells its address, so that the end
    of a shortened address stays in the text; `shown` is then what is seen, with … where it was cut. Readings of ruby follow behind the text, adjacent
    ones joined, lest they part the words that they stand above. White space of the source is one space, as in browsers, unless `keep_breaks`
    (networks that show it).
    """
    if "\r" in html:
        html = html.replace("\r\n", "\n").replace("\r", "\n")
    return _quickly(html, keep=keep_breaks) or _carefully(html, keep=keep_breaks)


def plain_texts(data: Bytes, offsets: Offsets) -> tuple[Bytes, Offsets, Offsets]:
    """A column of texts as `plain_text` with `keep_breaks` reads them, and the numbers of those that were left as they are, for `plain_text`."""
    out, borders, left = np.empty(len(data), np.uint8), np.empty_like(offsets), np.empty(len(offsets), np.int64)
    count = plain_html_column(data, offsets, out, borders, left)
    return out[: borders[-1]], borders, left[:count]
