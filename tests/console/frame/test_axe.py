"""The page of all parts, in a real browser: both languages, both themes, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from andon.console import gate

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.browser
VIEWS = [(1440, "ja", "light"), (1440, "en", "dark"), (390, "ja", "dark"), (390, "en", "light")]


@pytest.fixture
def guide(settings: Any, sora: Person, browse: Callable[[Person], Client], site: Any) -> Callable[[str], str]:
    """Put the page of all parts on the site in a language; returns its address."""
    settings.DEMO = True

    def put(language: str) -> str:
        sora.language = language
        with gate._door():
            sora.save(update_fields=["language"])
        answer = browse(sora).get("/frame/")
        assert answer.status_code == 200
        return site.put("/frame/", answer)

    return put


@pytest.mark.parametrize(("width", "language", "theme"), VIEWS)
def test_axe_finds_nothing_serious(guide: Any, look: Any, width: int, language: str, theme: str) -> None:
    """No serious or critical violation of the accessibility rules, and nothing that the content policy or the console complains of."""
    page = look(guide(language), width=width, theme=theme, language=language)
    assert page.get_attribute("html", "lang") == language
    found = Axe().run(page).response["violations"]
    serious = [(one["id"], one["nodes"][0]["html"][:120], one["nodes"][0]["failureSummary"]) for one in found if one["impact"] in ("serious", "critical")]
    assert serious == []
    assert page.complaints == []


@pytest.mark.parametrize(("width", "language"), [(1440, "ja"), (390, "ja"), (390, "en"), (320, "en")])
def test_nothing_is_wider_than_the_screen(guide: Any, look: Any, width: int, language: str) -> None:
    """No page has to be moved sideways, down to 320 px."""
    page = look(guide(language), width=width, language=language)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_layout_does_not_shift(guide: Any, look: Any) -> None:
    """From first paint on nothing moves: fonts, icons and scripts change no place."""
    page = look(guide("ja"))
    shift = page.evaluate(
        "new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })"
        ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 400); })"
    )
    assert shift < 0.01


def test_every_icon_that_is_used_is_drawn(guide: Any, look: Any) -> None:
    """Each `<use>` of the page names a drawing of the sprite."""
    page = look(guide("ja"))
    missing = page.evaluate(
        "fetch(document.querySelector('use').getAttribute('href').split('#')[0]).then(answer => answer.text()).then(text => {"
        "const known = new Set([...new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('symbol')].map(one => one.id));"
        "return [...document.querySelectorAll('use')].map(one => one.getAttribute('href').split('#')[1]).filter(name => !known.has(name)); })"
    )
    assert missing == []
