"""From a flagged campaign to what came of it: decided, captured, asked for and warned of by local servers, taken down there, seen to be gone, counted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from running import ANDON, ROOT, Desk, environment, free_port

sys.path.insert(0, str(ROOT / "tests" / "console" / "warning"))

from servers import TOKEN, Mastodon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
POSTS, DOWN = 4, 3
PATIENCE = 60.0


class Mailbox:
    """What was mailed."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take it."""
        assert isinstance(envelope.content, bytes)
        self.messages.append(envelope.content)
        return "250 OK"


@pytest.fixture(scope="module")
def network() -> Iterator[Mastodon]:
    """A server with the posts of one campaign."""
    with Mastodon() as server:
        for k in range(POSTS):
            server.add_post(f"闇バイト募集 荷物を受け取るだけ 日給{k % 3 + 5}万円 即日現金手渡し 詳細はテレグラム @mihon_uketori まで 先着{k + 1}名", f"taker{k}")
        yield server


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A mail server."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory, network: Mastodon, mailbox: tuple[Mailbox, int]) -> Iterator[Desk]:
    """The demo's desk with these posts, a provider with an address, an account that may post, and a short time to take things back."""
    home = tmp_path_factory.mktemp("measures") / "home"
    shutil.copytree(prepared, home)
    more = {
        "ANDON_MAY_REACH": network.netloc, "ANDON_MAIL_URL": f"smtp://127.0.0.1:{mailbox[1]}", "ANDON_MAIL_FROM": "desk@keisatsu.example",
        "ANDON_UNDO_SECONDS": "1", "ANDON_VISITS_AGREE": "2", "ANDON_VISITS_APART": "0",
    }  # fmt: skip
    file = home.parent / "timeline.json"
    file.write_text(json.dumps([_status(network, one.id) for one in network.posts.values()], ensure_ascii=False), encoding="utf-8")
    surroundings = environment(home, **more)
    subprocess.run([*ANDON, "ingest", "--by", "sora", str(file)], cwd=ROOT, env=surroundings, check=True, capture_output=True, timeout=300)
    script = [sys.executable, str(Path(__file__).with_name("measures_home.py")), network.url, network.handle, TOKEN]
    subprocess.run(script, cwd=ROOT, env=surroundings, check=True, capture_output=True, timeout=120)
    with Desk.started(home, free_port(), **more) as running:
        yield running


def _status(network: Mastodon, number: str) -> dict[str, object]:
    """A post as the network's timeline gives it."""
    post = network.posts[number]
    account = {"id": post.author, "username": post.author, "acct": post.author, "display_name": post.author}
    return {
        "id": number, "uri": post.uri, "url": post.url, "created_at": post.at, "account": account, "content": f"<p>{post.text}</p>", "visibility": "public",
        "language": "ja", "spoiler_text": "", "media_attachments": [], "mentions": [], "tags": [], "reblog": None,
    }  # fmt: skip


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Look again and again until it is so."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.3)


def test_from_campaign_to_outcome(
    sign_in: Callable[..., Page], network: Mastodon, mailbox: tuple[Mailbox, int], desk: Desk
) -> None:
    """The whole way, with five key presses from the open card to the sent request."""
    page = sign_in("sora")
    page.goto("/review/search?q=mihon_uketori")
    with page.expect_navigation():
        page.locator("main a[href^='/review/']").first.click()
    card = page.url

    keys = ["1", "1", "m", "Enter"]  # recruitment, its kind, measures, send
    page.keyboard.press(keys[0])
    with page.expect_response(lambda answer: "/decide" in answer.url and answer.ok):
        page.keyboard.press(keys[1])
    page.goto(card)  # the card that was decided, instead of the next one
    page.keyboard.press(keys[2])
    page.wait_for_url("**/measures/plan/**")
    for kind in ("removal", "warning"):
        assert page.locator(f"form#plan input[name=kind][value={kind}]").is_checked()
    _enter_on_a_link_sends_nothing(page)
    page.keyboard.press(keys[3])
    page.wait_for_url("**/measures/batches/**")
    assert len(keys) <= 5
    box = mailbox[0]
    wait_until(lambda: len(box.messages) == 1, "the request was not mailed")
    letter = message_from_bytes(box.messages[0])
    assert letter["To"] == "abuse@mihon-sns.example"
    addresses = "".join(part.get_payload(decode=True).decode("utf-8", "replace") for part in letter.walk() if part.get_content_type() == "text/plain")
    assert all(one.url in addresses or len(network.posts) > POSTS for one in network.posts.values())

    wait_until(lambda: len(network.replies) == POSTS, "the warnings did not go out")
    assert all("9110" in one.text for one in network.replies)

    for post in list(network.posts.values())[:DOWN]:
        network.take_down(post)
    for _ in range(2):  # two looks must agree that a post is gone
        _look_again(page)
    wait_until(lambda: _removed(page) == DOWN, "the outcome table does not say three removed")
    assert len(box.messages) == 1
    assert len(network.replies) == POSTS


def _enter_on_a_link_sends_nothing(page: Page) -> None:
    """A link that has the focus keeps Enter, although Enter sends everywhere else on the page."""
    plan = page.url
    page.locator("nav.crumbs a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/measures/$"))
    page.goto(plan)
    page.evaluate("document.activeElement.blur()")  # somebody clicked beside the button


def _look_again(page: Page) -> None:
    """Ask for a look at every post, and wait until each has been looked at once more."""
    wait_until(lambda: len(_watched(page)) == POSTS, "not every post is watched")  # the worker makes a visit when a warning has gone out
    posts = _watched(page)
    before = {address: _looks(page, address) for address in posts}
    for address in posts:
        page.goto(address)
        with page.expect_navigation():
            page.locator(f"form[action='{address}ask/'] button").click()
    wait_until(lambda: all(_looks(page, address) > before[address] for address in posts), "nobody looked")


def _watched(page: Page) -> list[str]:
    """The pages of all posts that are looked at, in whatever state."""
    page.goto("/measures/visits/")
    states = page.eval_on_selector_all("main a.chip[href^='?state=']", "all => all.map(one => one.getAttribute('href'))")
    found: list[str] = []
    for state in states:
        page.goto(f"/measures/visits/{state}")
        found += page.eval_on_selector_all("main a[href^='/measures/visits/posts/']", "all => all.map(one => one.getAttribute('href'))")
    return sorted(set(found))


def _looks(page: Page, address: str) -> int:
    page.goto(address)
    return page.locator("ol.timeline > li").count()


def _removed(page: Page) -> int:
    """As the outcome table says."""
    page.goto("/measures/removals/outcomes/")
    return int(page.locator(".stat .stat__value").nth(2).inner_text())
