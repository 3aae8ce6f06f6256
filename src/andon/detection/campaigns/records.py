"""Campaigns as records for files and other programs."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import orjson

from andon.detection.records.writing import safe_cell
from andon.domain.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from andon.detection.campaigns.campaign import Campaign, Member
    from andon.detection.campaigns.template import Part
    from andon.detection.campaigns.ties import Tie

ENDINGS = (".jsonl", ".csv")
_COLUMNS = ("campaign", "posts", "id", "source", "url", "author", "created_at", "ground", "strength", "detail")


def campaign_record(campaign: Campaign) -> dict[str, Any]:
    """One campaign as plain values. Times are ISO 8601 in UTC, days are days in Japan; a tie's posts are named by their numbers in the book."""
    return {
        "campaign": campaign.id, "posts": campaign.posts, "accounts": campaign.accounts, "level": campaign.level, "score": round(campaign.score, 6),
        "kinds": dict(campaign.kinds), "sources": dict(campaign.sources), "contacts": dict(campaign.contacts),
        "first_seen": campaign.first_seen.isoformat() if campaign.first_seen else None,
        "last_seen": campaign.last_seen.isoformat() if campaign.last_seen else None,
        "days": {day.isoformat(): count for day, count in campaign.days},
        "template": [part_record(part) for part in campaign.template], "example": campaign.example,
        "members": [_member(one) for one in campaign.members],
        "suggestions": [{"campaign": one.campaign, "example": one.example, "tie": _tie(one.tie)} for one in campaign.suggestions],
    }  # fmt: skip


def part_record(part: Part) -> dict[str, Any]:
    """One part of a template as plain values."""
    if part.slot is None:
        return {"text": part.text}
    return {"slot": str(part.slot), "text": part.text, "values": [{"text": text, "posts": count} for text, count in part.values]}


def _tie(tie: Tie | None) -> dict[str, Any] | None:
    if tie is None:
        return None
    return {
        "ground": str(tie.ground), "standing": str(tie.standing), "strength": round(tie.strength, 4), "detail": tie.detail, "posts": [tie.a, tie.b],
    }  # fmt: skip


def _member(one: Member) -> dict[str, Any]:
    return {
        "number": one.number, "id": one.id, "source": one.source, "url": one.url, "author": one.author,
        "created_at": one.created_at.isoformat() if one.created_at else None, "tie": _tie(one.tie),
    }  # fmt: skip


def write_campaigns(campaigns: Iterable[Campaign], out: Path) -> None:
    """Write all campaigns: a `.jsonl` with one record each, or a `.csv` with one row per post. Raises OutputError for another ending."""
    if out.suffix not in ENDINGS:
        raise OutputError(path=str(out), reason="campaign_ending")
    try:
        if out.suffix == ".jsonl":
            with out.open("wb") as file:
                file.writelines(orjson.dumps(campaign_record(one)) + b"\n" for one in campaigns)
            return
        with out.open("w", encoding="utf-8-sig", newline="") as table:  # the mark makes spreadsheet programs read it as UTF-8
            writer = csv.writer(table)
            writer.writerow(_COLUMNS)
            writer.writerows(row for campaign in campaigns for row in _rows(campaign))
    except OSError as error:
        raise OutputError(path=str(out), reason=error.strerror or "open") from error


def _rows(campaign: Campaign) -> Iterator[list[Any]]:
    for one in campaign.members:
        tie = one.tie
        cells = [
            campaign.id, campaign.posts, one.id, one.source, one.url, one.author, one.created_at.isoformat() if one.created_at else "",
            str(tie.ground) if tie else "", round(tie.strength, 4) if tie else "", tie.detail if tie else "",
        ]  # fmt: skip
        yield [safe_cell(cell) for cell in cells]
