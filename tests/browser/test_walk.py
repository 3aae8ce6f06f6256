"""A working day in a real browser: sign in, decide by keyboard, take back, find it in the trail, bring a file, switch the language."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import shutil
import struct
import time
from typing import TYPE_CHECKING

import pytest
from running import ANSWER_MS, Desk, free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


def number(page: Page) -> str:
    """The campaign on the open card."""
    return page.locator("#card").get_attribute("data-campaign") or ""


def wait_for_other(page: Page, before: str) -> str:
    """The campaign on the card that comes instead of `before`."""
    page.wait_for_function("before => { const card = document.getElementById('card'); return card?.dataset.campaign && card.dataset.campaign !== before }", arg=before)
    page.wait_for_load_state("networkidle")
    return number(page)


def test_day_by_keyboard(sign_in: Callable[..., Page]) -> None:
    """j and k move; 1 and Enter say recruitment, 2 and 1 say not; u takes back; each act stands in the trail, where the auditor finds it."""
    page = sign_in("aoi")
    page.get_by_role("link", name="確認をはじめる").click()
    page.wait_for_selector("#card[data-campaign]")
    page.wait_for_load_state("networkidle")
    first = number(page)
    page.keyboard.press("j")
    second = wait_for_other(page, first)
    page.keyboard.press("k")
    assert wait_for_other(page, second) == first
    page.keyboard.press("1")
    page.wait_for_selector(".chooser[open]")
    page.keyboard.press("Enter")
    decided_next = wait_for_other(page, first)
    page.wait_for_selector("#toasts .toast")
    page.keyboard.press("2")
    page.wait_for_selector(".chooser[open]")
    page.keyboard.press("1")
    wait_for_other(page, decided_next)
    page.keyboard.press("u")
    page.wait_for_function("wanted => document.getElementById('card')?.dataset.campaign === wanted", arg=decided_next)

    auditor = sign_in("kei")
    auditor.goto(f"/audit/?subject=campaign:{first}")
    assert "判断" in auditor.locator("main").inner_text()
    auditor.goto(f"/audit/?subject=campaign:{decided_next}")
    text = auditor.locator("main").inner_text()
    assert "取り消" in text or "取消" in text


def test_a_digit_is_ready_for_the_next_key_at_once(sign_in: Callable[..., Page]) -> None:
    """The first choice has the focus as soon as the digit was pressed, before anything is drawn, and the arrow and Escape that follow are heard."""
    page = sign_in("aoi")
    page.goto("/review/")
    page.wait_for_load_state("networkidle")
    focused = page.evaluate("""() => ['1', 'ArrowDown', 'Escape'].map(key => {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        const open = document.querySelector('.chooser[open]');
        return open ? [...open.querySelectorAll('.choice')].indexOf(document.activeElement) : 'closed';
    })""")
    assert focused == [0, 1, "closed"]


def test_dropped_file_comes_into_the_queue(sign_in: Callable[..., Page]) -> None:
    """A file that falls on the page is scanned in the background; its campaign can then be found and read."""
    page = sign_in("aoi")
    page.goto("/intake/")
    word = "まぼろし駅前"
    rows = [{"id": f"drop-{k}", "text": f"闇バイト募集 即日日給{k + 5}万円 {word}で荷物を受け取るだけ テレグラム @0drop_{k}"} for k in range(3)]
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    transfer = page.evaluate_handle(
        "text => { const all = new DataTransfer(); all.items.add(new File([text], 'dropped.jsonl', {type: 'application/x-ndjson'})); return all }", content
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": transfer})
    page.get_by_text("dropped.jsonl").first.wait_for()
    page.locator(".state--done").first.wait_for(timeout=60_000)
    page.goto(f"/review/search?q={word}")
    page.get_by_text(word).first.wait_for()


def test_language_switches_and_stays(sign_in: Callable[..., Page]) -> None:
    """One click changes the words; they stay changed on the next page."""
    page = sign_in("sora")
    assert page.locator("html").get_attribute("lang") == "ja"
    page.get_by_role("button", name="English").first.click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.locator("h1").inner_text() == "Today"
    page.goto("/review/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_cards_come_without_layout_shift(sign_in: Callable[..., Page]) -> None:
    """Neither drawing the queue nor opening the next card moves what a person looks at."""
    page = sign_in("aoi")
    page.add_init_script("""
        window.shifts = 0;
        new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shifts += one.value }).observe({type: 'layout-shift', buffered: true});
    """)
    page.goto("/review/")
    page.wait_for_load_state("networkidle")
    before = number(page)
    page.keyboard.press("j")
    wait_for_other(page, before)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") < 0.02


def code_of(secret: str) -> str:
    """The six digits of now for a secret (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_second_factor_is_set_up_and_asked_for(prepared: Path, tmp_path: Path, browser: object, chromium: str) -> None:
    """Outside the demo nobody works before a second factor stands; from then on a password alone is not enough."""
    home = tmp_path / "home"
    shutil.copytree(prepared, home)
    with Desk.started(home, free_port(), ANDON_DEMO="0") as desk:
        context = browser.new_context(locale="ja-JP", base_url=desk.address)  # type: ignore[attr-defined]
        context.set_default_timeout(ANSWER_MS)
        page = _signed(context, desk)
        page.goto("/review/")
        assert "/account/" in page.url
        page.goto("/account/2fa/totp/activate/")
        secret = re.search(r"\b[A-Z2-7]{32}\b", page.content())
        assert secret is not None
        page.fill("input[name=code]", code_of(secret[0]))
        page.press("input[name=code]", "Enter")
        page.wait_for_url(lambda url: "activate" not in url)
        page.goto("/review/")
        page.wait_for_selector("#card")
        context.close()
        again = browser.new_context(locale="ja-JP", base_url=desk.address)  # type: ignore[attr-defined]
        page = _signed(again, desk)
        page.wait_for_selector("input[name=code]")
        page.goto("/review/")
        assert page.locator("#card").count() == 0
        again.close()


def _signed(context: BrowserContext, desk: Desk) -> Page:
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("input[name=login]", "aoi")
    page.fill("input[name=password]", desk.password)
    with page.expect_navigation(url=lambda url: "/account/login" not in url):
        page.press("input[name=password]", "Enter")
    return page
