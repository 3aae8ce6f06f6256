"""The colours can be read: the contrast of every pair of tokens that is used, computed from tokens.css, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import andon.console.frame

STATIC = Path(andon.console.frame.__file__).parent / "static" / "frame"
GROUNDS = ("paper", "sheet", "sunk", "raised", "hover", "chosen")
MEANINGS = ("for", "against", "scene", "contact", "escalate", "warn", "done")
# Text on what it is written on: at least 4.5.
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "link") for ground in GROUNDS),
    *(("ink-3", ground) for ground in ("sheet", "raised", "sunk")),
    *((level, ground) for level in ("level-high", "level-medium", "level-low") for ground in ("sheet", "raised", "hover", "chosen")),
    *((meaning, ground) for meaning in MEANINGS for ground in (f"{meaning}-ground", "sheet", "raised", "hover")),
    *((ink, f"{meaning}-ground") for ink in ("ink", "ink-2") for meaning in MEANINGS),
    ("on-lantern", "lantern"), ("on-lantern", "lantern-hover"),
]  # fmt: skip
# Edges of what can be operated, signs, charts, the mark of the focus: at least 3.
SIGNS = [
    *(("edge", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in GROUNDS),
    *(("lantern-edge", ground) for ground in ("paper", "sheet", "raised", "sunk", "chosen")),
    *((f"{meaning}-edge", ground) for meaning in MEANINGS for ground in ("sheet", "raised", f"{meaning}-ground")),
]  # fmt: skip


def themes() -> dict[str, dict[str, str]]:
    """The tokens that are colours, as each theme ends up with them."""
    css = re.sub(r"/\*.*?\*/", "", (STATIC / "tokens.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    light = _tokens(css, r":root, \[data-appearance=\"light\"\] \{")
    dark = _tokens(css, r"\n    \[data-appearance=\"dark\"\] \{")
    system = _tokens(css, r":root:not\(\[data-appearance=\"light\"\], \[data-appearance=\"dark\"\]\) \{")
    return {"light": light, "dark": light | dark, "dark of the system": light | system}


def _tokens(css: str, opening: str) -> dict[str, str]:
    begin = re.search(opening, css)
    assert begin, opening
    block = css[begin.end() : css.index("}", begin.end())]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", block))


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_computed_as_defined() -> None:
    """Black on white is 21, a colour on itself 1, and a known grey comes out as published."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#8a4b00", "#8a4b00") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark", "dark of the system"])
def test_text_can_be_read(theme: str) -> None:
    """Every pair of text and ground has at least 4.5."""
    tokens = themes()[theme]
    poor = [f"{a} on {b}: {ratio:.2f}" for a, b in TEXT if (ratio := contrast(tokens[a], tokens[b])) < 4.5]
    assert poor == []


@pytest.mark.parametrize("theme", ["light", "dark", "dark of the system"])
def test_edges_and_signs_can_be_seen(theme: str) -> None:
    """Every pair of an edge or sign and its ground has at least 3."""
    tokens = themes()[theme]
    poor = [f"{a} on {b}: {ratio:.2f}" for a, b in SIGNS if (ratio := contrast(tokens[a], tokens[b])) < 3]
    assert poor == []


def test_dark_is_the_same_by_choice_and_by_system() -> None:
    """The two blocks of dark tokens, which CSS makes us write twice, say the same."""
    every = themes()
    assert every["dark"] == every["dark of the system"]
    assert set(every["dark"]) == set(every["light"])


def test_no_colour_outside_the_tokens() -> None:
    """The other style sheets name no colour of their own, but for the shade behind dialogs and ink on paper."""
    for file in ("desk.css", "parts.css", "reading.css", "guide.css"):
        css = (STATIC / file).read_text(encoding="utf-8")
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)) == [], file


def test_every_token_that_is_used_is_made() -> None:
    """No style sheet of the frame asks for a token that does not exist."""
    made = set(re.findall(r"--([\w-]+)\s*:", "".join(file.read_text(encoding="utf-8") for file in STATIC.glob("*.css"))))
    for file in STATIC.glob("*.css"):
        used = set(re.findall(r"var\(--([\w-]+)", file.read_text(encoding="utf-8")))
        assert used <= made, (file.name, used - made)
