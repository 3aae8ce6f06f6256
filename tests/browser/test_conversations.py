"""The reader of conversations in a real browser: a conversation of 200,000 messages from end to end, search, gaps, keys, notes, narrow screens."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from running import ROOT, Desk, environment, free_port
from test_every_page import problems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LONG = 200_000
MISSING = (150_001, 150_009)  # numbers that are not there
BEGIN = 1_650_000_000
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
READY = "() => document.getElementById('reader').dataset.ready === 'yes' && document.querySelector('.msg:not(.is-waiting)') && document.querySelector('.strip svg')"
TOP = """(() => { const box = document.querySelector('.vlist').getBoundingClientRect();
  const one = document.elementFromPoint(box.left + 60, box.top + box.height / 3).closest('.msg'); return [Number(one.dataset.p), Math.round(one.getBoundingClientRect().top)]; })()"""

# Resolves when every row is there and for so long nothing moved, came or was kept. The page's own waits (a movement's end, the place in the address) are shorter, and run on the same clock: a slow machine
# makes both late.
RESTS = """() => new Promise((done) => {
  const waits = () => !document.querySelector('.vlist__rows') || document.querySelector('.msg.is-waiting');
  const state = () => [document.querySelector('.vlist').scrollTop, document.querySelector('.vlist__rows')?.style.top, location.href].join();
  let was = '', since = performance.now();
  const look = () => {
    const now = state();
    if (now !== was || waits()) [was, since] = [now, performance.now()];
    if (performance.now() - since > 600) done(); else requestAnimationFrame(look);
  };
  look();
})"""


def _export(folder: Path, count: int) -> None:
    """A Telegram group: one message a minute; a hole in the numbers; one that stands once in it all; an edit; an answer to what is gone."""
    folder.mkdir()
    with (folder / "result.json").open("w", encoding="utf-8") as file:
        file.write('{"name": "夜の連絡", "type": "private_supergroup", "id": 777, "messages": [\n')
        for number in range(1, count + 1):
            if MISSING[0] <= number <= MISSING[1]:
                continue
            text = "ここだけの言葉です" if number == 123_456 else f"{number} 番の発言" + ("。長い文" * 20 if number % 7 == 0 else "")
            one: dict[str, Any] = {
                "id": number, "type": "message", "date": "2022-04-15T05:20:00", "date_unixtime": str(BEGIN + 60 * number), "from": f"話者{number % 5}",
                "from_id": f"user{100 + number % 5}", "text": text, "text_entities": [],
            }  # fmt: skip
            if number == 40:
                one |= {"reply_to_message_id": 3}
            file.write(json.dumps(one, ensure_ascii=False) + (",\n" if number < count else "\n"))
        file.write("]}\n")


@pytest.fixture(scope="module")
def long_talk() -> dict[str, int]:
    """Which conversation and case the desk below holds."""
    return {}


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory, long_talk: dict[str, int]) -> Iterator[Desk]:
    """The demo's desk with a long conversation."""
    home = tmp_path_factory.mktemp("conversations") / "home"
    shutil.copytree(prepared, home)
    _export(home.parent / "long", LONG)
    script = [sys.executable, str(Path(__file__).with_name("conversations_home.py")), str(home.parent / "long")]
    done = subprocess.run(script, cwd=ROOT, env=environment(home), check=True, capture_output=True, text=True, timeout=900)
    case, talk = done.stdout.split()[:2]
    long_talk.update(case=int(case), talk=int(talk))
    with Desk.started(home, free_port()) as running:
        yield running


@pytest.fixture
def reader(sign_in: Callable[..., Page], desk: Desk, long_talk: dict[str, int]) -> Callable[..., Page]:
    """The open reader: `reader("?at=100")`."""

    def opened(where: str = "", **options: object) -> Page:
        page = sign_in("toru", **options)
        page.goto(f"/evidence/conversations/{long_talk['talk']}/{where}")
        page.wait_for_function(READY)
        return page

    return opened


def place(page: Page) -> int:
    """The number of the first message seen."""
    return int(re.sub(r"\D", "", page.inner_text("[data-place]").split("/")[0]))


def settled(page: Page, wanted: str) -> None:
    """Until the window rests and the row stands in it."""
    page.wait_for_function(f"() => [...document.querySelectorAll('.msg:not(.is-waiting)')].some(one => {wanted})")
    page.evaluate(RESTS)


def test_from_end_to_end(reader: Callable[..., Page]) -> None:
    """End shows the last of 200,000 messages, Home the first; few rows are in the page, and the space is one that browsers draw."""
    page = reader()
    page.keyboard.press("End")
    settled(page, f"one.dataset.p === '{LONG - 10}'")
    assert page.locator(".msg__text").last.inner_text() == f"{LONG} 番の発言"
    assert page.locator(".msg").count() < 120
    page.keyboard.press("Home")
    settled(page, "one.dataset.p === '0'")
    assert place(page) == 1
    assert page.evaluate("document.querySelector('.vlist').scrollTop") == 0
    assert page.evaluate("document.querySelector('.vlist__space').offsetHeight") <= 12_000_000


def test_small_movements_move_by_pixels(reader: Callable[..., Page]) -> None:
    """In the middle of it all a scroll of 200 pixels moves what is seen by 200, also after the bar was set right; nothing is left blank."""
    page = reader("?at=90000")
    for _ in range(4):
        page.evaluate(RESTS)
        before = page.evaluate(TOP)
        page.evaluate("document.querySelector('.vlist').scrollTop += 200")
        page.evaluate(RESTS)
        after = page.evaluate(f"Math.round(document.querySelector('[data-p=\"{before[0]}\"]').getBoundingClientRect().top)")
        assert abs(before[1] - after - 200) <= 2
    assert page.locator(".msg.is-waiting").count() == 0


def test_dragging_the_bar(reader: Callable[..., Page]) -> None:
    """The middle of the bar is the middle of the conversation, and its end the end."""
    page = reader()
    page.evaluate("(box => { box.scrollTop = (box.scrollHeight - box.clientHeight) / 2; })(document.querySelector('.vlist'))")
    page.wait_for_function("() => document.querySelectorAll('.msg.is-waiting').length === 0")
    page.evaluate(RESTS)
    assert abs(place(page) - LONG / 2) < LONG / 100
    page.evaluate("(box => { box.scrollTop = box.scrollHeight; })(document.querySelector('.vlist'))")
    settled(page, f"one.dataset.p === '{LONG - 10}'")


def test_search_and_hits_by_keys(reader: Callable[..., Page]) -> None:
    """/ searches, Enter goes to the hit, which is lit; n and N go round; the count is told; another word empties it."""
    page = reader()
    page.keyboard.press("/")
    page.keyboard.type("ここだけの言葉")
    page.keyboard.press("Enter")
    settled(page, "one.dataset.p === '123455'")
    assert page.locator(".msg.is-active mark").inner_text() == "ここだけの言葉"
    assert "1 / 1" in page.inner_text("#side-hits [data-count]")
    page.fill("#find-q", "1番の")
    page.wait_for_function("() => document.querySelector('#side-hits [data-count]').textContent.includes('件') && !document.querySelector('#side-hits [data-count]').textContent.includes('/')")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    first = page.wait_for_selector(".msg.is-active mark").evaluate("one => one.closest('.msg').dataset.p")
    page.keyboard.press("n")
    page.wait_for_function(f"() => document.querySelector('.msg.is-active')?.dataset.p > {first}")
    page.keyboard.press("N")
    page.wait_for_function(f"() => document.querySelector('.msg.is-active')?.dataset.p === '{first}'")


def test_gaps_and_times_by_keys(reader: Callable[..., Page]) -> None:
    """] goes to the gap, which says what is missing and how surely; t goes to a time; b goes back."""
    page = reader()
    page.keyboard.press("]")
    settled(page, f"one.dataset.p === '{MISSING[0] - 1}'")
    gap = page.locator(f".msg[data-p='{MISSING[0] - 1}'] .gap--proven").first
    assert f"{MISSING[0]} 番から {MISSING[1]} 番までの 9 件" in gap.inner_text()
    page.keyboard.press("t")
    page.fill("#jump-when", "2022-05-01T12:00")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('[data-when]').textContent.startsWith('2022-05-01')")
    page.keyboard.press("b")
    page.wait_for_function(f"() => document.querySelector('.msg.is-active')?.dataset.p === '{MISSING[0] - 1}'")


def test_place_is_kept_on_reload(reader: Callable[..., Page]) -> None:
    """The address follows what is seen; a reload comes back to it."""
    page = reader("?at=77777")
    page.wait_for_function("() => document.querySelector('[data-place]').textContent.includes('77,778')")
    page.keyboard.press("}")
    page.evaluate(RESTS)
    before = place(page)
    page.reload()
    page.wait_for_function(READY)
    page.evaluate(RESTS)
    assert place(page) == before


def test_moving_source_and_answer_by_keys(reader: Callable[..., Page]) -> None:
    """j and k move, s shows the record with a hash that agrees, r goes to what a message answers."""
    page = reader("?at=35")
    for _ in range(5):
        page.keyboard.press("j")
    page.wait_for_function("() => document.activeElement.dataset.p === '39'")
    page.keyboard.press("s")
    page.wait_for_selector("#side-source .badge--done")
    assert "40 番の発言" in page.inner_text("#side-source .raw")
    page.keyboard.press("r")
    page.wait_for_function("() => document.querySelector('.msg.is-active')?.dataset.p === '2'")
    page.keyboard.press("k")
    page.wait_for_function("() => document.activeElement.dataset.p === '1'")


def test_marking_a_range(reader: Callable[..., Page]) -> None:
    """v begins, m ends and asks; without a word on disclosure nothing is sent; the mark stands in the conversation and survives a reload."""
    page = reader("?at=60")
    for key in ("j", "v", "j", "j", "m"):
        page.keyboard.press(key)
    page.fill("#mark-text", "指示の始まり")
    page.click("#mark .button--primary")
    assert page.is_visible("#mark")
    page.check("#mark input[value=no]")
    page.click("#mark .button--primary")
    page.wait_for_selector(".note")
    assert page.locator(".is-noted").count() == 3
    page.reload()
    page.wait_for_selector(".note")
    assert "指示の始まり" in page.inner_text(".note")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(reader: Callable[..., Page], viewport: dict[str, int], scheme: str) -> None:
    """No serious problem for who cannot see or point; nothing sticks out to the side; rows say their number of all."""
    page = reader("?at=150000", viewport=viewport, color_scheme=scheme)
    page.keyboard.press("]")
    page.wait_for_selector(".gap")
    assert problems_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    row = page.locator(".msg").first
    assert (row.get_attribute("aria-setsize"), row.get_attribute("aria-posinset")) == (str(LONG - 9), str(int(row.get_attribute("data-p") or 0) + 1))
