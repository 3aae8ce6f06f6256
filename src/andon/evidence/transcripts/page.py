"""The transcript as one HTML page, written as it comes: nothing of the evidence becomes markup, nothing is loaded, and it prints well."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from andon.evidence.transcripts import frame
from andon.evidence.transcripts.model import DayLine, GapLine
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from andon.evidence.transcripts.model import Block, Heading, Line, Tally
    from andon.wording.say import Language

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root{color-scheme:light;--ink:#1b1b1b;--quiet:#555;--line:#c9c9c9}
body{font:10.5pt/1.6 "BIZ UDGothic","Noto Sans CJK JP","Hiragino Sans","Yu Gothic",Meiryo,sans-serif;color:var(--ink);background:#fff;max-width:58rem;
 margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0 0 1rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:0}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
ul{padding-left:1.2rem;margin:.3rem 0}li{overflow-wrap:anywhere}
h3{font-size:1rem;margin:1.4rem 0 .4rem;padding:.1rem .6rem;background:#eee;break-after:avoid}
article{display:grid;grid-template-columns:3.5rem 12.5rem 9rem 1fr;gap:0 .8rem;padding:.35rem 0;border-top:1px solid #e4e4e4;break-inside:avoid}
article>.n{text-align:right;color:var(--quiet);font-variant-numeric:tabular-nums}.w{font-variant-numeric:tabular-nums}
.s{font-weight:700;overflow-wrap:anywhere}.b p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}.q .b,.q .s{color:var(--quiet)}
p.quote{border-left:3px solid var(--line);padding-left:.5rem;color:var(--quiet)}p.mark,p.file,p.differs{font-size:.9em;color:#333}
p.mark::before,p.differs::before{content:"― "}p.differs{font-weight:700}p.old{padding-left:.8rem;border-left:3px double #777;font-size:.95em}
footer{grid-column:2/-1;font-size:.72em;line-height:1.35;color:var(--quiet);overflow-wrap:anywhere}footer sup{margin-right:.3em}
.gap{border:1.5px solid #333;border-left-width:8px;padding:.3rem .7rem;margin:.5rem 0;break-inside:avoid}.gap.strong{border-style:dashed}
.gap.weak{border:1px dotted #333;border-left:8px solid #bbb}.gap b{margin-right:.6em}
.end{font-weight:700;margin-top:1.5rem;border-top:3px double #333;padding-top:.5rem}
@page{size:A4;margin:16mm 14mm;@bottom-center{content:counter(page) " / " counter(pages);font-size:8pt}}
@media print{body{max-width:none;margin:0;padding:0;font-size:9pt}article{grid-template-columns:2.8rem 11.5rem 7rem 1fr}}
@media(max-width:44rem){article{grid-template-columns:3rem 1fr}.s,.b,footer{grid-column:2}}
"""


def write(target: BinaryIO, heading: Heading, blocks: Iterable[Block], tally: Tally, language: Language) -> None:
    """The whole page."""

    def put(text: str) -> None:
        target.write(text.encode("utf-8", "replace"))

    title = escape(frame.title_of(heading, language))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    put(
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">{policy}'
        f'<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>\n<h1>{title}</h1>\n<dl>"
    )
    for name, value in frame.facts_of(heading, language):
        put(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n")
    put("</dl>\n")
    _list(put, say("transcript.legend", language), frame.legend_of(language))
    _list(put, say("transcript.people", language), frame.people_of(heading, language))
    put(f"<h2>{escape(say('transcript.lines', language))}</h2>\n<main>\n")
    for block in blocks:
        put(_block(block, language))
    put(f'</main>\n<p class="end">{escape(frame.end_of(tally, language))}</p>\n')
    _list(put, say("transcript.sources", language), frame.sources_of(heading, tally, language))
    put("</body></html>\n")


def _list(put: Callable[[str], None], name: str, points: Iterable[str]) -> None:
    written = "".join(f"<li>{escape(point)}</li>\n" for point in points)
    if written:
        put(f"<h2>{escape(name)}</h2>\n<ul>{written}</ul>\n")


def _block(block: Block, language: Language) -> str:
    if isinstance(block, DayLine):
        return f"<h3>{escape(block.text)}</h3>\n"
    if isinstance(block, GapLine):
        word = escape(say("transcript.gap", language, word=block.word))
        return f'<p class="gap {escape(block.strength)}"><b>{word}</b>{escape(block.text)}</p>\n'
    return _line(block)


def _line(line: Line) -> str:
    parts = "".join(f'<p class="{part.style}" dir="auto">{escape(part.text)}</p>' for part in line.parts)
    notes = "".join(f"<div><sup>{line.number}</sup>{escape(note)}</div>" for note in line.notes)
    quiet = ' class="q"' if line.is_quiet else ""
    return (
        f'<article id="l{line.number}"{quiet}><span class="n">{line.number}</span><span class="w">{escape(line.when)}</span>'
        f'<span class="s" dir="auto">{escape(line.speaker)}</span><div class="b">{parts}</div><footer>{notes}</footer></article>\n'
    )
