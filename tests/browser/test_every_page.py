"""Every page that a person can reach by links: nothing that shuts people out, nothing that sticks out, no error in the console."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
MOST = 40
_NOT_FOLLOWED = re.compile(r"^/(account/logout|static|health|api/v1/openapi)|\.(jsonl?|csv|svg|npz)$|/download|/export")


def shape(path: str) -> str:
    """Pages that differ by a number only are one page; of names (signals) one stands for all."""
    return re.sub(r"/signals?/[^/]+", "/signals/x", re.sub(r"\d+", "0", path))


def walk(page: Page, visit: Callable[[Page], None]) -> set[str]:
    """Follow every link once per shape of address, from the first page on."""
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) <= MOST:
        answer = page.goto(waiting.pop(0))
        if answer is None or answer.status >= 400:
            assert answer is not None
            raise AssertionError(f"{page.url} answered {answer.status}")
        visit(page)
        for link in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            path = urlsplit(link).path
            if urlsplit(link).netloc == urlsplit(page.url).netloc and not _NOT_FOLLOWED.search(path) and shape(path) not in {shape(one) for one in seen}:
                seen.add(path)
                waiting.append(path)
    return seen


def problems_of(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize(("username", "scheme"), [("sora", "light"), ("sora", "dark"), ("kei", "light"), ("nao", "dark"), ("emma", "light")])
def test_axe_finds_nothing_serious(username: str, scheme: str, sign_in: Callable[..., Page]) -> None:
    """On every page, for people of different rights, in light and dark, Japanese and English."""
    found: list[str] = []
    seen = walk(sign_in(username, color_scheme=scheme), lambda page: found.extend(problems_of(page)))
    assert found == []
    assert len(seen) > 3


@pytest.mark.parametrize("username", ["sora", "emma", "kei", "nao"])
def test_narrow_screens_do_not_scroll_sideways(username: str, sign_in: Callable[..., Page]) -> None:
    """At 390 px every page fits; wide tables scroll in their own box."""
    wide: list[str] = []

    def measure(page: Page) -> None:
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth + 1"):
            wide.append(page.url)

    walk(sign_in(username, viewport={"width": 390, "height": 844}), measure)
    assert wide == []


def test_sign_in_page_is_sound(open_context: Callable[..., object]) -> None:
    """Before anybody has signed in, too."""
    page = open_context().new_page()  # type: ignore[attr-defined]
    page.goto("/account/login/")
    assert problems_of(page) == []
