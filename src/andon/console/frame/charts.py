"""Small charts as SVG, drawn on the server: attributes only, no style, so that the strict content policy holds."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, PAD, LOWEST = 96, 24, 2, 1.5


def sparkline(values: list[float], label: str, *, bars: bool = False) -> SafeString:
    """A line with its last point marked, or bars; a flat line for a flat series, nothing but the axis for an empty one."""
    drawn = (_bars(values) if bars else _line(values)) if values else ""
    return mark_safe(  # noqa: S308 - numbers of ours; the label is escaped
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" aria-label="{escape(label)}">'
        f'<path class="spark__axis" d="M0 {HEIGHT - 0.5}H{WIDTH}"/>{drawn}</svg>'
    )


def _line(values: list[float]) -> str:
    points = list(zip(_across(len(values)), _heights(values), strict=True))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    (first, _), (x, y) = points[0], points[-1]
    return (
        f'<path class="spark__area" d="M{first:.1f},{HEIGHT} L{path} L{x:.1f},{HEIGHT}Z"/><polyline class="spark__line" points="{path}"/>'
        f'<path class="spark__last" d="M{x:.1f} {y:.1f}h0"/>'
    )


def _bars(values: list[float]) -> str:
    """One bar a value; a value above nothing is at least LOWEST high, so that one post a day can be seen beside a thousand."""
    top, step = max(*values, 1), WIDTH / len(values)
    width = max(step - 1, step * 0.7)
    heights = ((k * step, max(LOWEST, value / top * (HEIGHT - PAD))) for k, value in enumerate(values) if value > 0)
    shapes = "".join(f"M{x:.1f} {HEIGHT}v-{high:.1f}h{width:.1f}V{HEIGHT}z" for x, high in heights)
    return f'<path class="spark__bars" d="{shapes}"/>'


def _across(count: int) -> list[float]:
    if count == 1:
        return [WIDTH - PAD]
    return [PAD + k * (WIDTH - 2 * PAD) / (count - 1) for k in range(count)]


def _heights(values: list[float]) -> list[float]:
    """Zero is always on the chart: a rise from 9 to 10 looks like what it is."""
    low, high = min(*values, 0), max(*values, 0)
    span = (high - low) or 1
    return [HEIGHT - PAD - (value - low) / span * (HEIGHT - 2 * PAD) for value in values]


def bar(value: float, of: float, label: str, tone: str) -> SafeString:
    """A horizontal bar: a `<meter>` would be coloured by the browser as good or bad."""
    part = 0.0 if of <= 0 else max(0.0, min(1.0, value / of))
    name = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308 - a number of ours; label and tone are escaped
        f'<svg class="bar bar--{escape(tone or "plain")}" viewBox="0 0 100 6" preserveAspectRatio="none" {name}>'
        f'<rect class="bar__all" width="100" height="6"/><rect class="bar__part" width="{part * 100:.2f}" height="6"/></svg>'
    )
