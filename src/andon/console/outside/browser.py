"""A picture of a page, by a browser of this machine that can reach nothing but by way of `tunnel`."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from andon.console.outside.addressed import public_address
from andon.console.outside.deadline import Deadline
from andon.console.outside.errors import Unreachable
from andon.console.outside.pipe import Pipe, PipeBroken
from andon.console.outside.tunnel import tunnel

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 45.0
WIDTH, HEIGHT, TALLEST = 1280, 1000, 8000  # of the picture, in CSS pixels
_MOST_BYTES = 40 * 2**20
_LOADING, _SETTLING = 20.0, 1.5
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No name is resolved by the browser, nothing goes round the proxy (not even to this machine), no UDP, no calls home.
_CLOSED = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--proxy-bypass-list=<-loopback>", "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--webrtc-ip-handling-policy=disable_non_proxied_udp", "--no-pings",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-domain-reliability",
    "--disable-client-side-phishing-detection", "--disable-extensions", "--disable-default-apps",
    "--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,DialMediaRouteProvider,CertificateTransparencyComponentUpdater",
)  # fmt: skip
_PLAIN = (
    "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check", "--disable-gpu", "--disable-dev-shm-usage",
    "--hide-scrollbars", "--mute-audio", "--lang=ja",
)  # fmt: skip
# The browser takes its pipe as descriptors 3 and 4; a function between fork and exec would be unsafe in a process with threads.
_LAUNCH = (
    "import fcntl, os, sys\n"
    "ends = [fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3]]\n"
    "os.dup2(ends[0], 3); os.dup2(ends[1], 4)\n"
    "os.execv(sys.argv[3], sys.argv[3:])\n"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page looked like, and what its server said of it then."""

    png: bytes
    at: datetime
    status: int
    final_url: str


def is_there() -> bool:
    """Whether this machine has a browser."""
    return bool(_program())


def picture(url: str, *, seconds: float = SECONDS) -> Picture:
    """The page at a public address as a browser shows it, from its top down to 8,000 pixels. Raises Unreachable.

    A page that the browser could not load gives no picture, rather than one of the browser's own words about it.
    """
    address, program = public_address(url), _program()
    if not program:
        raise Unreachable(reason="no_browser", host=address.netloc)
    deadline = Deadline(seconds)
    try:
        with tunnel(seconds, _MOST_BYTES) as way, _browser(program, way.address, deadline) as pipe:
            return _taken(pipe, address.url)
    except PipeBroken as error:
        raise Unreachable(reason="no_picture", host=address.netloc) from error


def _program() -> str:
    return next(filter(None, map(shutil.which, _NAMES)), "") or ""


@contextmanager
def _browser(program: str, proxy: str, deadline: Deadline) -> Iterator[Pipe]:
    """A browser with a home of its own for the length of the block; then it goes with all its processes, and its home with it."""
    with tempfile.TemporaryDirectory(prefix="andon-", ignore_cleanup_errors=True) as home:
        its_in, our_out = os.pipe()
        our_in, its_out = os.pipe()
        process = _started(program, proxy, Path(home), its_in, its_out)
        os.close(its_in)
        os.close(its_out)
        try:
            yield Pipe(our_out, our_in, deadline)
        finally:
            os.close(our_out)
            os.close(our_in)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _started(program: str, proxy: str, home: Path, its_in: int, its_out: int) -> subprocess.Popen[bytes]:
    words = [program, *_PLAIN, *_CLOSED, f"--proxy-server={proxy}", f"--user-data-dir={home / 'profile'}", f"--window-size={WIDTH},{HEIGHT}"]
    if os.geteuid() == 0:
        words.append("--no-sandbox")  # its sandbox refuses to start for root
    own = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "TMPDIR": str(home), "LANG": "ja_JP.UTF-8", "TZ": "Asia/Tokyo"}
    return subprocess.Popen(  # noqa: S603 - a program of this machine; nothing in its words comes from outside
        [sys.executable, "-ISc", _LAUNCH, str(its_in), str(its_out), *words, "about:blank"],
        pass_fds=(its_in, its_out), env=own, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def _taken(pipe: Pipe, url: str) -> Picture:
    pipe.ask("Browser.setDownloadBehavior", behavior="deny")
    target = pipe.ask("Target.createTarget", url="about:blank")["targetId"]
    pipe.into(pipe.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
    for domain in ("Page.enable", "Network.enable"):
        pipe.ask(domain)
    pipe.ask("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=1, mobile=False)
    gone_to = pipe.ask("Page.navigate", url=url)
    if gone_to.get("errorText"):
        raise PipeBroken(gone_to["errorText"])
    status, final = _loaded(pipe, str(gone_to["frameId"]), url)
    size = pipe.ask("Page.getLayoutMetrics")["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": max(HEIGHT, min(TALLEST, int(size["height"]))), "scale": 1}
    shot = pipe.ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    return Picture(base64.b64decode(shot["data"]), datetime.now(UTC), status, final)


def _loaded(pipe: Pipe, frame: str, url: str) -> tuple[int, str]:
    """Status and address of the document, once the page is there or has loaded for long enough, and a little later for what its scripts do."""
    said, quiet = (0, url), Deadline(_LOADING)
    with suppress(Unreachable):  # it has loaded for long enough: what is there is what is seen
        while True:
            event = pipe.event(quiet.left(0.5)) or {}
            said = _document(event, frame) or said
            if event.get("method") == "Page.javascriptDialogOpening":
                pipe.send("Page.handleJavaScriptDialog", accept=False)
            if event.get("method") == "Page.loadEventFired":
                quiet = Deadline(_SETTLING)
    if not said[0]:
        raise PipeBroken(url)
    return said


def _document(event: dict[str, Any], frame: str) -> tuple[int, str] | None:
    """Status and address, if this event is the answer to the page itself."""
    about = event.get("params", {})
    if event.get("method") != "Network.responseReceived" or about.get("type") != "Document" or about.get("frameId") != frame:
        return None
    return int(about["response"]["status"]), str(about["response"]["url"])
