"""Posts and reasons on a terminal: highlighted text, the ranked table, and the tables of `explain`."""

from __future__ import annotations

import os
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from andon.detection.signals.registry import by_name
from andon.domain.times import JAPAN
from andon.wording.say import say, say_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import ConsoleOptions

    from andon.wording.say import Language

    Record = dict[str, Any]

FOR, AGAINST = "bold red", "bold blue"
_MARKS = {FOR: ("⟦", "⟧"), AGAINST: ("⟨", "⟩")}  # where there is no colour
_LEVEL_STYLE = {"high": "bold red", "medium": "bold yellow", "low": "cyan"}
_NO_REASON = {"base", "no_anchor", "wording_rest"}  # parts of the sum that tell a reader of the table nothing
_WIDTH = 120  # columns where there is no terminal
_MOST_TEXT = 400  # characters of a post in the table
_MOST_REASONS = 5
_ALMOST_ONE = 0.9995
# Posts are strangers' texts: what steers a terminal is shown, never sent. One character for one, so that spans stay true.
_NOT_FIRST = frozenset("、。，．,.:;!?！？・ー…)]}）］｝」』】〉》›⟧⟩｜〜％%々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")  # of a line
_NOT_LAST = frozenset("([{（［｛「『【〈《‹⟦⟨¥￥#@")
_NARROW_ENOUGH = 8  # columns below which a table may not squeeze flowing text
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def tokyo_time(stored: str | None) -> str:
    """A stored time (ISO 8601, aware) as people in Japan read it: date and minute in Asia/Tokyo; empty when the source gives none."""
    if not stored:
        return ""
    return datetime.fromisoformat(stored).astimezone(JAPAN).strftime("%Y-%m-%d %H:%M JST")


def printable(text: str) -> str:
    """`text` with control characters, direction marks and half surrogates replaced, one for one; line ends stay."""

    def shown(match: re.Match[str]) -> str:
        char = match.group()
        return " " if char == "\t" else chr(0x2400 + ord(char)) if char < " " else "\ufffd"

    return _STEERING.sub(shown, text)


def line_breaks(text: str, width: int) -> list[int]:
    """Where to break one line of text so that it fits into `width` columns: behind a space or beside a wide character, no mark left astray.

    A word longer than a line is cut. (rich breaks at spaces only, so that Japanese beside a space leaves half of its line empty.)
    """
    breaks: list[int] = []
    start = used = allowed = 0
    before, before_wide = " ", False
    for at, char in enumerate(text):
        columns = 1 if char == "\ufe0f" and not before_wide else cell_len(char)  # the mark that makes an emoji of a sign makes it wide
        wide = columns > 1
        if at > start and (before == " " or wide or before_wide) and char not in _NOT_FIRST and before not in _NOT_LAST and columns:
            allowed = at
        if used + columns > width and char != " " and at > start:
            start = allowed if allowed > start else at
            breaks.append(start)
            used = cell_len(text[start:at])
        used += columns
        before, before_wide = char, wide or (before_wide and not columns)
    return breaks


class Flowing:
    """Text in the cell of a table that breaks as Japanese does."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The lines, each as one text."""
        for line in self.text.split("\n", allow_blank=True):
            for piece in line.divide(line_breaks(line.plain, options.max_width)):
                piece.rstrip()
                piece.no_wrap, piece.overflow = True, "crop"
                yield piece

    def __rich_measure__(self, _: Console, options: ConsoleOptions) -> Measurement:
        """As narrow as a table must make it, as wide as its longest line."""
        longest = max(cell_len(line) for line in self.text.plain.split("\n"))
        return Measurement(min(longest, _NARROW_ENOUGH, options.max_width), min(longest, options.max_width))


def label(code: str, language: Language) -> str:
    """What stands before a value in a cell."""
    return say(code, language) + ("：" if language == "ja" else ": ")


def output() -> Console:
    """The console for results."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH
    return console


def plain_output(console: Console) -> bool:
    """Whether highlights need marks because the console has no colour."""
    return console.color_system is None or console.no_color


def _pull(text: str, reasons: Sequence[Record]) -> list[int]:
    """For each character which way the reasons that rest on it pull: 1 for, -1 against, 0 neither. Reasons on the whole text say nothing here."""
    pull = np.zeros(len(text))
    for reason in reasons:
        start, end = reason["start"], reason["end"]
        if 0 <= start < end <= len(text) and end - start < len(text):
            pull[start:end] += reason["weight"] / (end - start)
    return [int(value) for value in np.sign(pull)]


def highlighted(text: str, reasons: Sequence[Record], *, plain: bool, most: int | None = None) -> Text:
    """The text with the spans of its reasons in colour, or between ⟦ ⟧ (for) and ⟨ ⟩ (against) when `plain`; cut after `most` characters."""
    pull = _pull(text, reasons)
    shown = printable(text)
    length = len(shown) if most is None else min(len(shown), most)
    result, start = Text(), 0
    while start < length:
        end = start + 1
        while end < length and pull[end] == pull[start]:
            end += 1
        piece, style = shown[start:end], {1: FOR, -1: AGAINST}.get(pull[start], "")
        before, behind = _MARKS[style] if plain and style else ("", "")
        result.append(f"{before}{piece}{behind}", style=style)
        start = end
    return result.append("…") if length < len(shown) else result


def reason_name(code: str, language: Language) -> str:
    """A reason's name in the language."""
    signal = by_name().get(code)
    return say_reason(code, (signal.ja, signal.en) if signal else None, language)


def _quoted(reason: Record, text: str) -> str:
    """The place that the reason rests on, in quotation marks; nothing when it is the whole text."""
    if not reason["text"] or len(reason["text"]) == len(text):
        return ""
    return f"「{printable(reason['text']).replace(chr(10), ' ')}」"


def _top_reasons(record: Record, language: Language) -> Text:
    result = Text()
    telling = [reason for reason in record["reasons"] if reason["signal"] not in _NO_REASON]
    for reason in telling[:_MOST_REASONS]:
        result.append(f"{reason['weight']:+.1f} ", style=FOR if reason["weight"] > 0 else AGAINST)
        result.append(f"{reason_name(reason['signal'], language)}{_quoted(reason, record['text'])}\n")
    result.rstrip()
    return result


def _joined(values: Sequence[str], language: Language) -> str:
    return ("、" if language == "ja" else ", ").join(values)  # names of kinds hold "・" themselves


def kinds_text(kinds: Sequence[str], language: Language) -> str:
    """The kinds by name."""
    return _joined([say(f"kind.{kind}", language) for kind in kinds], language)


def missing_text(items: Sequence[str], language: Language) -> str:
    """The missing items by name."""
    return _joined([say(f"item.{item}", language) for item in items], language) or say("nothing_missing", language)


def pay_text(pay: Record | None, language: Language) -> str:
    """The amount and what it is paid for."""
    return say("none", language) if pay is None else f"¥{pay['amount_yen']:,} ({say('per.' + pay['per'], language)})"


def contacts_text(contacts: Sequence[Record], language: Language) -> str:
    """The contacts, type before value."""
    return printable("  ".join(f"{one['type']}: {one['value']}" for one in contacts)) or say("none", language)


def _post_cell(record: Record, language: Language, *, plain: bool) -> Text:
    cell = highlighted(record["text"], record["reasons"], plain=plain, most=_MOST_TEXT)
    origin = [record["source"], record["author"], tokyo_time(record["created_at"]), record["url"] or record["id"]]
    cell.append("\n" + printable("  ".join(str(part) for part in origin if part)), style="dim")
    lines = [("kind", kinds_text(record["kinds"], language)), ("missing", missing_text(record["missing_items"], language))]
    lines += [("contact", contacts_text(record["contacts"], language))] if record["contacts"] else []
    lines += [("pay", pay_text(record["pay"], language))] if record["pay"] else []
    for code, value in lines:
        cell.append("\n" + label(code, language), style="dim").append(value)
    return cell


def level_text(level: str | None, language: Language) -> Text:
    """The level by name, in its colour."""
    return Text(say(f"level.{level or 'none'}", language), style=_LEVEL_STYLE.get(level or "", ""))


def score_text(score: float) -> str:
    """The score with three places; never rounded up to a one, which would read as certainty."""
    return f"{score:.3f}" if score < _ALMOST_ONE else ">0.999"


def results_table(records: Sequence[Record], title: str, language: Language, *, plain: bool) -> Table:
    """The ranked table of a scan."""
    table = Table(title=title, show_lines=True, expand=True)
    table.add_column(say("col_rank", language), justify="right")
    table.add_column(say("col_level", language))
    table.add_column(say("col_post", language), ratio=3, overflow="fold")
    table.add_column(say("col_reasons", language), ratio=2, overflow="fold")
    for rank, record in enumerate(records, 1):
        level = level_text(record["level"], language).append("\n" + score_text(record["score"]), style="dim")
        table.add_row(str(rank), level, Flowing(_post_cell(record, language, plain=plain)), Flowing(_top_reasons(record, language)))
    return table


def reasons_table(title: str, reasons: Sequence[Record], text: str, language: Language, style: str) -> Table:
    """All reasons on one side."""
    table = Table(title=title, title_justify="left", expand=True)
    table.add_column(say("col_weight", language), justify="right", style=style)
    table.add_column(say("col_reason", language), ratio=1, overflow="fold")
    table.add_column(say("col_place", language), ratio=1, overflow="fold")
    for reason in reasons:
        place = f"{_quoted(reason, text)} {reason['start']}–{reason['end']}" if _quoted(reason, text) else say("whole_text", language)
        table.add_row(f"{reason['weight']:+.2f}", Text(reason_name(reason["signal"], language)), Text(place))
    return table


def legend(language: Language, *, plain: bool) -> Text:
    """What the highlights mean."""
    parts = []
    for style, code in ((FOR, "legend_for"), (AGAINST, "legend_against")):
        before, behind = _MARKS[style] if plain else ("", "")
        parts.append(Text(f"{before}{say(code, language)}{behind}", style=style))
    return Text("  ").join(parts)
