"""Campaigns on a terminal: the template with its slots, the spread over time, ties and suggestions."""

from __future__ import annotations

import shlex
import unicodedata
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from andon.cli.show import Flowing, kinds_text, label, level_text, printable, score_text, tokyo_time
from andon.detection.campaigns.template import Slot
from andon.detection.campaigns.ties import Ground
from andon.language.normal import normalise
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
_LONGEST_VALUE = 20
_MOST_CONTACTS, _MOST_SOURCES, _MOST_SUGGESTIONS, _MOST_COMMON = 4, 8, 3, 10
_EXAMPLE = 48  # characters of a suggestion's other side


def _values(part: Part, language: Language) -> str:
    """The values that a slot has most, each once however it is disguised, and a mark when there are more."""
    found: dict[str, str] = {}
    for value, _ in part.values:
        plain = printable(" ".join(unicodedata.normalize("NFKC", value).split()))
        shown = plain if len(plain) <= _LONGEST_VALUE else plain[: _LONGEST_VALUE - 1] + "…"
        found.setdefault(normalise(value).text if value else "", shown or say("none", language))
    more = "…" if len(found) > _MOST_VALUES else ""
    return "｜".join(list(found.values())[:_MOST_VALUES]) + more


def template_text(parts: Sequence[Part], language: Language, *, with_contacts: bool = True) -> Text:
    """Common text plainly, slots as ‹name=value｜value›; the slot of contacts by its name alone where they are listed elsewhere."""
    result = Text()
    for part in parts:
        if part.slot is None:
            result.append(printable(part.text))
            continue
        values = "" if part.slot is Slot.CONTACT and not with_contacts else "=" + _values(part, language)
        result.append(f"‹{say(f'slot.{part.slot}', language)}{values}›", style=_SLOT)
        if part.text[-1:].isspace():
            result.append(part.text[-1])
    result.rstrip()
    if len(result) > _MOST_TEXT:
        result.truncate(_MOST_TEXT)
        result.append("…")
    return result


def _stretch(campaign: Campaign) -> int:
    """Days that one bar stands for."""
    days = (campaign.days[-1][0] - campaign.days[0][0]) // timedelta(days=1) + 1
    return -(-days // _MOST_BARS)


def sparkline(campaign: Campaign) -> str:
    """Posts by day (or by stretches of days, when the span is long) as bars; an empty stretch is a dot."""
    if not campaign.days:
        return ""
    first, width = campaign.days[0][0], _stretch(campaign)
    counts = Counter[int]()
    for day, count in campaign.days:
        counts[(day - first).days // width] += count
    most = max(counts.values())
    return "".join(_BARS[(counts[k] * (len(_BARS) - 1) + most - 1) // most] if counts[k] else "·" for k in range(max(counts) + 1))


def tie_text(tie: Tie, language: Language) -> str:
    """What a tie rests on, in a few words."""
    return say(f"tie.{tie.ground}", language, percent=round(tie.strength * 100), detail=printable(tie.detail))


def _listed(parts: Sequence[str], language: Language, most: int) -> str:
    """The first `most` of them, and a mark when there are more."""
    return ("、" if language == "ja" else ", ").join(parts[:most]) + (" …" if len(parts) > most else "")


def _grounds(campaign: Campaign, language: Language) -> str:
    """How many posts came in along which kind of tie."""
    counts = Counter(one.tie.ground for one in campaign.members if one.tie is not None)
    parts = [say(f"ground.{ground}", language, count=counts[ground]) for ground in Ground if counts[ground]]
    return _listed(parts, language, len(parts))


def _suggestion(one: Suggestion, campaign: Campaign, ranks: Mapping[str, int], language: Language) -> str:
    """Another campaign that may be the same: by its rank when it is shown too, and what a person who has decided would type.

    Of two that are both shown, the second one only points to the first.
    """
    rank = ranks.get(one.campaign)
    other = say("campaign_rank", language, rank=rank) if rank else printable(one.campaign)
    tie = tie_text(one.tie, language)
    if rank and rank < ranks[campaign.id]:
        return say("campaign_suggestion_again", language, tie=tie, campaign=other)
    example = printable(one.example[:_EXAMPLE].replace("\n", " ")) + ("…" if len(one.example) > _EXAMPLE else "")
    posts = [printable(shlex.quote(name.partition(":")[2])) for name in (campaign.id, one.campaign)]
    line = say("campaign_suggestion", language, tie=tie, campaign=other, example=example)
    return line + "\n  " + say("campaign_judge", language, a=posts[0], b=posts[1])


def _spread(campaign: Campaign, language: Language) -> Text:
    """How many posts by how many accounts, from when to when, and how they lie in that time."""
    line = Text(say("campaign_size", language, posts=campaign.posts, accounts=campaign.accounts), style="bold")
    if campaign.first_seen and campaign.last_seen:
        first, last = (tokyo_time(time.isoformat())[:10] for time in (campaign.first_seen, campaign.last_seen))
        line.append("  " + (f"{first} → {last}" if last != first else first))
        line.append("  " + sparkline(campaign), style="cyan")
        if (days := _stretch(campaign)) > 1:
            line.append(" " + say("campaign_bar", language, days=days), style="dim")
    return line


def _what(campaign: Campaign, ranks: Mapping[str, int], language: Language) -> Text:
    cell = _spread(campaign, language).append("\n")
    if campaign.template:
        cell.append_text(template_text(campaign.template, language, with_contacts=not campaign.contacts))
    else:
        cell.append(printable(campaign.example)[:_MOST_TEXT]).append("\n" + say("campaign_no_template", language), style="dim")
    cell.append("\n")
    if campaign.kinds:
        cell.append(label("kind", language), style="dim").append(kinds_text([name for name, _ in campaign.kinds], language) + "  ")
    cell.append(label("campaign_ties", language), style="dim").append(_grounds(campaign, language))
    lines = []
    if campaign.contacts:
        lines.append(("contact", printable(_listed([f"{key} ×{count}" for key, count in campaign.contacts], language, _MOST_CONTACTS))))
    lines.append(("campaign_sources", _listed([f"{name} {count}" for name, count in campaign.sources], language, _MOST_SOURCES)))
    for code, value in lines:
        cell.append("\n" + label(code, language), style="dim").append(value)
    for one in campaign.suggestions[:_MOST_SUGGESTIONS]:
        cell.append("\n" + _suggestion(one, campaign, ranks, language), style="yellow")
    if len(campaign.suggestions) > _MOST_SUGGESTIONS:
        cell.append("\n" + say("campaign_more_suggestions", language, count=len(campaign.suggestions) - _MOST_SUGGESTIONS), style="yellow")
    return cell


def campaigns_table(campaigns: Sequence[Campaign], title: str, language: Language) -> Table:
    """The ranked table of campaigns."""
    table = Table(title=title, show_lines=True, expand=True)
    table.add_column(say("col_rank", language), justify="right")
    table.add_column(say("col_level", language))
    table.add_column(say("col_campaign", language), ratio=1)
    ranks = {one.id: rank for rank, one in enumerate(campaigns, 1)}
    for rank, one in enumerate(campaigns, 1):
        level = level_text(one.level or None, language).append("\n" + score_text(one.score), style="dim")
        table.add_row(str(rank), level, Flowing(_what(one, ranks, language)))
    return table


def common_lines(drawn: Drawn, language: Language) -> list[str]:
    """The contacts that join nothing because too many different wordings have them, for a person to look at."""
    shown = [
        say("campaign_common", language, key=printable(one.key), posts=one.posts, wordings=one.wordings) for one in drawn.common[:_MOST_COMMON]
    ]  # fmt: skip
    more = len(drawn.common) - len(shown)
    return shown + ([say("campaign_common_more", language, count=more)] if more > 0 else [])
