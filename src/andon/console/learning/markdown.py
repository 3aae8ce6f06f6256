"""Model cards as HTML: headings, paragraphs, lists, tables, `code`, nothing else. Whatever the text holds is escaped; no tag of its own passes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_CODE = re.compile("`([^`]+)`")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")


def render(text: str, *, lowest: int = 2) -> SafeString:
    """`text` as HTML; its highest heading becomes `<h{lowest}>`."""
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return mark_safe("\n".join(part for block in blocks for part in _block(block, lowest)))  # noqa: S308 - every part is made by format_html


def _block(lines: Sequence[str], lowest: int) -> list[SafeString]:
    """One block; headings may stand right above what belongs to them."""
    found = []
    rest = list(lines)
    while rest and (heading := re.match("(#{1,4}) +(.*)", rest[0])):
        size = min(len(heading.group(1)) + lowest - 1, 6)
        found.append(format_html("<h{}>{}</h{}>", size, _inline(heading.group(2)), size))
        rest.pop(0)
    return [*found, _body(rest)] if rest else found


def _body(lines: Sequence[str]) -> SafeString:
    if all(line.startswith("- ") for line in lines):
        return _wrapped("ul", "li", [line[2:] for line in lines])
    if len(lines) > 1 and lines[0].startswith("|") and _RULE.fullmatch(lines[1].strip()):
        head = format_html_join("", '<th scope="col">{}</th>', ((_inline(cell),) for cell in _cells(lines[0])))
        rows = (format_html_join("", "<td>{}</td>", ((_inline(cell),) for cell in _cells(line))) for line in lines[2:])
        body = format_html_join("", "<tr>{}</tr>", ((row,) for row in rows))
        return format_html('<div class="table-box"><table class="table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>', head, body)
    return format_html("<p>{}</p>", _inline(" ".join(lines)))


def _wrapped(outer: str, inner: str, texts: Sequence[str]) -> SafeString:
    items = format_html_join("", f"<{inner}>{{}}</{inner}>", ((_inline(text),) for text in texts))
    return format_html(f"<{outer}>{{}}</{outer}>", items)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _inline(text: str) -> SafeString:
    """Escaped text with `code`."""
    escaped: Callable[[str], SafeString] = lambda part: format_html("{}", part)  # noqa: E731 - one word for two uses
    parts = [format_html("<code>{}</code>", part) if number % 2 else escaped(part) for number, part in enumerate(_CODE.split(text))]
    return mark_safe("".join(parts))  # noqa: S308 - each part was escaped
