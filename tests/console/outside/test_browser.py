"""Pictures of pages: what they show, and that the browser reaches nothing but by way of the guard."""

from __future__ import annotations

import shutil
import socket
import struct
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from andon.console.outside import browser
from andon.console.outside.errors import Unreachable
from andon.console.outside.tunnel import tunnel

if TYPE_CHECKING:
    from web_server import Web

needs_browser = pytest.mark.skipif(not browser.is_there(), reason="no Chromium on this machine")
pytestmark = pytest.mark.browser


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a picture."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@needs_browser
def test_picture_of_a_page(web: Web) -> None:
    """As wide as a screen, as long as the page (up to a limit); with the status and address of what is seen."""
    web.redirect("/go", "/page")
    web.page("/page", "<!doctype html><title>t</title><body style='margin:0;background:#c00'><p style='height:2500px'>日給5万円", status=404)
    taken = browser.picture(web.url("/go"))
    assert size_of(taken.png)[0] == browser.WIDTH
    assert 2500 <= size_of(taken.png)[1] < 2700
    assert (taken.status, taken.final_url) == (404, web.url("/page"))


@needs_browser
def test_no_picture_of_what_did_not_load(web: Web) -> None:
    """The browser's own error page is never taken for the page; nor is a download."""
    web.pages["/broken"] = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    web.page("/file", b"\0" * 100, Content_Type="application/octet-stream", Content_Disposition="attachment; filename=x.exe")
    web.redirect("/inwards", "http://127.0.0.1:8080/")
    for path in ("/broken", "/file", "/inwards"):
        with pytest.raises(Unreachable) as caught:
            browser.picture(web.url(path))
        assert caught.value.reason == "no_picture", path


@needs_browser
def test_page_cannot_use_the_browser_to_look_around(web: Web, secret: Web, internet: Any, tmp_path: Path) -> None:
    """Pictures, frames, scripts, sockets, redirects, prefetching, WebRTC: nothing private is reached, by name or number; nor are files."""
    internet.names["inside.example"] = ["127.0.0.1"]
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))
    listener.settimeout(0.0)
    udp, hole = listener.getsockname()[1], secret.port
    (tmp_path / "key.txt").write_text("the key to everything")
    web.redirect("/jump", secret.url("/jumped"))
    web.page(
        "/page",
        f"""<!doctype html><meta http-equiv="x-dns-prefetch-control" content="on"><link rel="dns-prefetch" href="//inside.example">
        <link rel="preconnect" href="http://127.0.0.1:{hole}"><link rel="stylesheet" href="http://localhost:{hole}/style">
        <img src="http://127.0.0.1:{hole}/img"><img src="http://inside.example:{hole}/name"><img src="http://[::ffff:127.0.0.1]:{hole}/mapped"><img src="/jump">
        <iframe src="http://127.1:{hole}/frame"></iframe><iframe src="file://{tmp_path}/key.txt"></iframe><img src="https://127.0.0.1:{hole}/tls">
        <script>
        fetch("http://127.0.0.1:{hole}/fetch", {{mode: "no-cors"}}).catch(() => 0);
        try {{ new WebSocket("ws://127.0.0.1:{hole}/socket"); }} catch (e) {{}}
        navigator.sendBeacon("http://127.0.0.1:{hole}/beacon");
        const line = new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{udp}"}}]}});
        line.createDataChannel("x"); line.createOffer().then((offer) => line.setLocalDescription(offer));
        window.open("http://127.0.0.1:{hole}/window");
        document.title = "ran";
        </script><p>page""",
    )
    taken = browser.picture(web.url("/page"))
    assert taken.status == 200
    assert "/jump" in web.paths()
    assert not secret.asked
    with pytest.raises(BlockingIOError):
        listener.recv(100)
    listener.close()


@needs_browser
def test_page_that_never_ends_is_seen_as_far_as_it_came(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that hangs does not keep the page from being taken; nor does a dialog."""
    monkeypatch.setattr(browser, "_LOADING", 3.0)
    web.pages["/hang"] = lambda _: time.sleep(6)
    web.page("/page", "<!doctype html><script>setTimeout(() => alert(1), 10)</script><p>page<img src=/hang>")
    assert size_of(browser.picture(web.url("/page")).png)[1] == browser.HEIGHT


@needs_browser
def test_nothing_is_left_behind(web: Web, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """No process, no profile, no descriptor, no thread; also after a failure."""
    folder = Path(tempfile.mkdtemp(prefix="a"))  # with a short name: the browser puts a socket in it
    request.addfinalizer(lambda: shutil.rmtree(folder, ignore_errors=True))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    web.page("/page", "page")
    browser.picture(web.url("/page"))
    descriptors, threads = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    browser.picture(web.url("/page"))
    with pytest.raises(Unreachable):
        browser.picture(web.url("/page"), seconds=0.2)
    assert list(folder.iterdir()) == []
    assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors
    assert threading.active_count() <= threads


def test_private_page_is_not_even_tried(secret: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a machine without a browser says so."""
    with pytest.raises(Unreachable) as caught:
        browser.picture(secret.url())
    assert caught.value.reason == "port"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert not browser.is_there()
    with pytest.raises(Unreachable) as caught:
        browser.picture("https://a.example/")
    assert caught.value.reason == "no_browser"


def through(address: str, head: bytes) -> bytes:
    """What the guard answers to the head of a request."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 5) as line:
        line.sendall(head)
        got = b""
        while part := line.recv(65536):
            got += part
        return got


def test_guard_carries_what_may_be_reached(web: Web, secret: Web) -> None:
    """A plain request and a tunnel go through; neither reaches what is private, whatever it says of its host."""
    web.page("/p?a=b", "hello")
    with tunnel(10, 10**6) as way:
        got = through(way.address, f"GET {web.url('/p?a=b')} HTTP/1.1\r\nHost: x\r\nProxy-Connection: keep-alive\r\n\r\n".encode())
        assert got.startswith(b"HTTP/1.1 200")
        assert got.endswith(b"hello")
        assert "proxy-connection" not in web.asked[0].headers
        got = through(way.address, f"CONNECT {web.reach()} HTTP/1.1\r\n\r\nGET /p?a=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert got.startswith(b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200")
        for head in (f"CONNECT {secret.reach()} HTTP/1.1", f"GET {secret.url()} HTTP/1.1", "GET file:///etc/passwd HTTP/1.1", "CONNECT 127.0.0.1:443 HTTP/1.1"):
            assert through(way.address, f"{head}\r\nHost: {web.reach()}\r\n\r\n".encode()) == b"", head
        assert way.refused == 4
        assert through(way.address, b"nonsense\r\n\r\n") == b""
    assert not secret.asked


def test_guard_stops_at_its_limits(web: Web) -> None:
    """Bytes for all connections together, and time."""
    web.page("/", b"x" * 500_000)
    with tunnel(10, 300_000) as way:
        assert len(through(way.address, f"GET {web.url()} HTTP/1.1\r\n\r\n".encode())) <= 300_000
        assert through(way.address, f"GET {web.url()} HTTP/1.1\r\n\r\n".encode()) == b""
    web.pages["/slow"] = lambda _: time.sleep(3)
    began = time.monotonic()
    with tunnel(0.5, 300_000) as way:
        assert through(way.address, f"GET {web.url('/slow')} HTTP/1.1\r\n\r\n".encode()) == b""
    assert time.monotonic() - began < 2.5
