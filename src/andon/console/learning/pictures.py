"""Pictures of the model's figures as SVG, drawn on the server: shares with their intervals, and how far scores and shares lie apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)  # ends of a scale that people read at a glance
_SIZE, _PAD = 220, 24


def top_of(shares: Sequence[Mapping[str, Any] | None]) -> float:
    """The end of a scale that holds all these shares with their intervals."""
    highest = max((one["high"] for one in shares if one and one["high"] is not None), default=1.0)
    return next(top for top in _TOPS if highest <= top + 1e-9)


def gauge(share: Mapping[str, Any], top: float, tone: str) -> SafeString:
    """A share as a bar from 0 to `top`, its 95 % interval as a line across the end of the bar. The numbers stand beside it, so it has no label."""
    drawn = SafeString("")
    if share["value"] is not None:
        value, low, high = (f"{min(share[name] / top, 1.0) * 100:.2f}" for name in ("value", "low", "high"))
        drawn = format_html(
            '<rect class="gauge__all" width="100" height="12"/><rect class="gauge__part" width="{}" height="12"/>'
            '<path class="gauge__interval gauge__halo" d="M{} 6H{}M{} 3V9M{} 3V9"/><path class="gauge__interval" d="M{} 6H{}M{} 3V9M{} 3V9"/>',
            value, *(low, high, low, high) * 2,
        )  # fmt: skip
    return format_html('<svg class="gauge gauge--{}" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">{}</svg>', tone, drawn)


def calibration(series: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], label: str) -> SafeString:
    """Mean score against share of recruitment, a line for each of `series` (tone, bins); on the diagonal they are equal. Points grow with counts."""
    inner = _SIZE - 2 * _PAD
    drawn = format_html_join("", "{}", ((_line(tone, bins, inner),) for tone, bins in series))
    ticks = format_html_join(
        "",
        '<path class="plot__grid" d="M{} {}H{}M{} {}V{}"/><text class="plot__tick" x="{}" y="{}">{}</text>'
        '<text class="plot__tick plot__tick--y" x="{}" y="{}">{}</text>',
        (_tick(at, inner) for at in (0.0, 0.5, 1.0)),
    )  # fmt: skip
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}<path class="plot__even" d="M{} {}L{} {}"/>{}</svg>',
        _SIZE, _SIZE, label, ticks, _PAD, _SIZE - _PAD, _SIZE - _PAD, _PAD, drawn,
    )  # fmt: skip


def _tick(at: float, inner: int) -> tuple[Any, ...]:
    x, y = round(_PAD + at * inner), round(_SIZE - _PAD - at * inner)
    name = f"{at:g}"
    return _PAD, y, _SIZE - _PAD, x, _PAD, _SIZE - _PAD, x, _SIZE - 8, name, _PAD - 6, y + 4, name


def _line(tone: str, bins: Sequence[Mapping[str, Any]], inner: int) -> SafeString:
    points = [(_PAD + one["mean_score"] * inner, _SIZE - _PAD - one["recruit_share"] * inner, one["count"]) for one in bins]
    most = max((count for *_, count in points), default=1)
    circles = ((f"{x:.1f}", f"{y:.1f}", f"{2 + 4 * (count / most) ** 0.5:.1f}") for x, y, count in points)
    dots = format_html_join("", '<circle cx="{}" cy="{}" r="{}"/>', circles)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    return format_html('<g class="plot__line plot__line--{}"><polyline points="{}"/>{}</g>', tone, path, dots)
