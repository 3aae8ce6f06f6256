"""Campaigns on a terminal: the template with its slots, the spread over time, ties and suggestions."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from andon.cli.show import kinds_text, level_text, printable, tokyo_time
from andon.detection.campaigns.ties import Ground
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.campaigns.campaign import Campaign, Suggestion
    from andon.detection.campaigns.draw import Drawn
    from andon.detection.campaigns.template import Part
    from andon.detection.campaigns.ties import Tie
    from andon.wording.say import Language

_SLOT = "bold cyan"
_BARS = "▁▂▃▄▅▆▇█"
_MOST_BARS = 24
_MOST_TEXT = 320  # characters of a template
_MOST_VALUES = 3  # of a slot
_LONGEST_VALUE = 16
_MOST_CONTACTS, _MOST_SUGGESTIONS, _MOST_COMMON = 4, 3, 10


def template_text(parts: Sequence[Part], language: Language) -> Text:
    """Common text plainly, slots as ‹name: value｜value›."""
    result = Text()
    for part in parts:
        if part.slot is None:
            result.append(printable(part.text))
            continue
        values = [printable(value.replace("\n", " "))[:_LONGEST_VALUE] or "∅" for value, _ in part.values[:_MOST_VALUES]]
        more = "…" if len(part.values) > _MOST_VALUES else ""
        result.append(f"‹{say(f'slot.{part.slot}', language)}: {'｜'.join(values)}{more}›", style=_SLOT)
    if len(result) > _MOST_TEXT:
        result.truncate(_MOST_TEXT)
        result.append("…")
    return result


def sparkline(campaign: Campaign) -> str:
    """Posts by day (or by stretches of days, when the span is long) as bars; an empty stretch is a dot."""
    if not campaign.days:
        return ""
    first, last = campaign.days[0][0], campaign.days[-1][0]
    width = -(-((last - first) / timedelta(days=1) + 1) // _MOST_BARS)
    counts = Counter[int]()
    for day, count in campaign.days:
        counts[int((day - first).days // width)] += count
    most = max(counts.values())
    return "".join(_BARS[(counts[k] * (len(_BARS) - 1) + most - 1) // most] if counts[k] else "·" for k in range(max(counts) + 1))


def tie_text(tie: Tie, language: Language) -> str:
    """What a tie rests on, in a few words."""
    return say(f"tie.{tie.ground}", language, percent=round(tie.strength * 100), detail=printable(tie.detail))


def _grounds(campaign: Campaign, language: Language) -> str:
    """How many posts came in along which kind of tie."""
    counts = Counter(one.tie.ground for one in campaign.members if one.tie is not None)
    parts = [say(f"ground.{ground}", language, count=counts[ground]) for ground in Ground if counts[ground]]
    return ("・" if language == "ja" else ", ").join(parts)


def _suggestion_line(one: Suggestion, language: Language) -> str:
    example = printable(one.example.replace("\n", " "))
    return say("campaign_suggestion", language, tie=tie_text(one.tie, language), campaign=printable(one.campaign), example=example)


def _what(campaign: Campaign, language: Language) -> Text:
    cell = template_text(campaign.template, language) if campaign.template else Text(printable(campaign.example)[:_MOST_TEXT])
    if not campaign.template:
        cell.append("\n" + say("campaign_no_template", language), style="dim")
    lines = [(say("kind", language), kinds_text([name for name, _ in campaign.kinds], language))] if campaign.kinds else []
    if campaign.contacts:
        shown = "  ".join(f"{key} ×{count}" for key, count in campaign.contacts[:_MOST_CONTACTS])
        lines.append((say("contact", language), printable(shown) + ("  …" if len(campaign.contacts) > _MOST_CONTACTS else "")))
    lines.append((say("campaign_ties", language), _grounds(campaign, language)))
    for name, value in lines:
        cell.append(f"\n{name}: ", style="dim").append(value)
    for one in campaign.suggestions[:_MOST_SUGGESTIONS]:
        cell.append("\n" + _suggestion_line(one, language), style="yellow")
    if len(campaign.suggestions) > _MOST_SUGGESTIONS:
        cell.append("\n" + say("campaign_more_suggestions", language, count=len(campaign.suggestions) - _MOST_SUGGESTIONS), style="yellow")
    return cell


def _spread(campaign: Campaign, language: Language) -> Text:
    cell = Text(say("campaign_size", language, posts=campaign.posts, accounts=campaign.accounts))
    cell.append("\n" + "  ".join(f"{name} {count}" for name, count in campaign.sources), style="dim")
    if campaign.first_seen and campaign.last_seen:
        first, last = tokyo_time(campaign.first_seen.isoformat()), tokyo_time(campaign.last_seen.isoformat())
        cell.append("\n" + sparkline(campaign), style="cyan")
        cell.append(f"\n{first}" + (f"\n→ {last}" if last != first else ""), style="dim")
    return cell


def campaigns_table(campaigns: Sequence[Campaign], title: str, language: Language) -> Table:
    """The ranked table of campaigns."""
    table = Table(title=title, show_lines=True, expand=True)
    table.add_column(say("col_rank", language), justify="right")
    table.add_column(say("col_level", language))
    table.add_column(say("col_campaign", language), ratio=3, overflow="fold")
    table.add_column(say("col_spread", language), ratio=1, min_width=22, overflow="fold")
    for rank, one in enumerate(campaigns, 1):
        level = level_text(one.level or None, language).append(f"\n{one.score:.3f}", style="dim")
        table.add_row(str(rank), level, _what(one, language), _spread(one, language))
    return table


def common_lines(drawn: Drawn, language: Language) -> list[str]:
    """The contacts that join nothing because too many different wordings have them, for a person to look at."""
    shown = [
        say("campaign_common", language, key=printable(one.key), posts=one.posts, wordings=one.wordings) for one in drawn.common[:_MOST_COMMON]
    ]  # fmt: skip
    more = len(drawn.common) - len(shown)
    return shown + ([say("campaign_common_more", language, count=more)] if more > 0 else [])
