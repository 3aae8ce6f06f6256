"""Every page that a person can reach by links: nothing that shuts people out, nothing that sticks out, no error in the console."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
MOST = 90
# What a page is made of: the language and each sort of element with what it stands in: classes, attributes (by value where that is a state, else whether they
# are empty) and whether it has text. Another text in the same parts is the same to axe. First the whole page, then every place that shows text of its own, which
# is found again by the sorts of elements that it stands in: its colours come from them. A page that renews itself may have other elements by then.
MADE_OF = """() => {
  const told = /^(role|type|lang|tabindex|style|aria-(?!label$|labelledby$|describedby$|controls$|owns$).*|data-(appearance|calm))$/;
  const attribute = (one, name) => name + (told.test(name) ? '=' + one.getAttribute(name) : one.getAttribute(name) ? '' : ' empty');
  const sort = one => [one.tagName, ...[...one.classList].sort(), ...one.getAttributeNames().sort().map(name => attribute(one, name)), one.textContent.trim() ? '' : 'no text'].join(' ');
  const known = new Map();
  const chain = one => known.get(one) ?? known.set(one, chain(one.parentElement) + '>' + sort(one)).get(one);
  const speaks = one => one.matches('input, select, textarea') || [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  window.placesNow = () => {
    known.clear();
    known.set(null, document.documentElement.lang);
    return new Map([...document.body.querySelectorAll('*')].filter(speaks).map(one => [chain(one), one]));
  };
  const whole = [...new Set([...document.querySelectorAll('*')].map(sort))].sort().join('|');
  return [document.documentElement.lang + whole, [...window.placesNow().keys()]];
}"""
# Two frames later, when colours have passed over and boxes stand where they belong.
DRAWN = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  .then(() => Promise.allSettled(document.getAnimations().map(one => one.finished)))"""
RUN = """([places, options]) => {
  const now = window.placesNow?.();
  const there = places && places.map(chain => now.get(chain)).filter(one => one);
  return there && !there.length ? [] : axe.run(there ? {include: there} : document, options).then(all => all.violations);
}"""
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
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
        for link in page.eval_on_selector_all(
            "a[href]:not([download])", "all => all.map(one => one.href.baseVal ?? one.href).map(one => new URL(one, document.baseURI).href)"
        ):
            path = urlsplit(link).path
            if (
                urlsplit(link).netloc == urlsplit(page.url).netloc
                and not _NOT_FOLLOWED.search(path)
                and shape(path) not in {shape(one) for one in seen}
            ):
                seen.add(path)
                waiting.append(path)
    return seen


def problems_of(page: Page, places: list[str] | None = None, **options: object) -> list[str]:
    """What axe finds serious or critical on a page, or at the places named. Axe is put into a page once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN, [places, {"resultTypes": ["violations"], **options}])
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.fixture(scope="session")
def is_new(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bool]:
    """Whether nobody, in any process of this run, has asked for this before."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "looked-at"
    folder.mkdir(exist_ok=True)

    def ask(what: str) -> bool:
        try:
            (folder / hashlib.sha256(what.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    return ask


def look(page: Page, is_new: Callable[[str], bool]) -> list[str]:
    """One page by all rules, in light and dark, wide and narrow. What is made of the same parts as something seen before is not looked at again."""
    found = []
    whole, places = page.evaluate(MADE_OF)
    if is_new(whole):
        found += problems_of(page, rules={"color-contrast": {"enabled": False}})  # the one slow rule, and the only one that depends on the colours
    if new := [place for place in places if is_new(place)]:
        found += problems_of(page, new, runOnly=["color-contrast"])
        page.emulate_media(color_scheme="dark")
        page.evaluate(DRAWN)
        found += [f"dark: {one}" for one in problems_of(page, new, runOnly=["color-contrast"])]
        page.emulate_media(color_scheme="light")
    if is_new(f"{page.url} {whole}"):
        page.set_viewport_size(NARROW)
        page.evaluate(DRAWN)
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth + 1"):
            found.append(f"{page.url} scrolls sideways at {NARROW['width']} px")  # wide tables scroll in their own box
        page.set_viewport_size(WIDE)
    return found


@pytest.mark.parametrize("username", ["sora", "emma", "kei", "nao", "toru", "mio", "rin"])
def test_every_page_is_open_to_all(username: str, sign_in: Callable[..., Page], is_new: Callable[[str], bool]) -> None:
    """Axe finds nothing serious on any page, for people of different rights, in light and dark, Japanese and English; at 390 px every page fits."""
    found: list[str] = []
    seen = walk(sign_in(username, color_scheme="light", reduced_motion="reduce", viewport=WIDE), lambda page: found.extend(look(page, is_new)))
    assert found == []
    assert len(seen) > 3


def test_sign_in_page_is_sound(open_context: Callable[..., object]) -> None:
    """Before anybody has signed in, too."""
    page = open_context().new_page()  # type: ignore[attr-defined]
    page.goto("/account/login/")
    assert problems_of(page) == []
