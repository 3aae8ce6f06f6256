"""Looking at pages: limits of size and time, decompression, redirects, politeness; and calling services."""

from __future__ import annotations

import gzip
import json
import ssl
import time
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from web_server import serving

from andon.console.outside import fetch, pace, robots
from andon.console.outside.errors import Unreachable
from andon.console.outside.fetch import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from web_server import Web

FREE = Limits(robots=False)


def test_page_as_it_came(web: Web, settings: Any) -> None:
    """Body, status, headers, address; we say who we are and whom to ask, and bring no cookies."""
    settings.CONTACT = "abuse@desk.example"
    web.page("/post/1", "日給5万円", X_Thing="a")
    answer = fetch.get(web.url("/post/1"), limits=FREE)
    assert (answer.status, answer.body.decode(), answer.headers["x-thing"], answer.media_type, answer.ip) == (200, "日給5万円", "a", "text/html", "127.0.0.1")
    assert answer.ok
    assert not answer.truncated
    assert abs(datetime.now(UTC) - answer.at) < timedelta(seconds=10)
    sent = web.asked[0].headers
    assert sent["user-agent"].startswith("andon/")
    assert "(+abuse@desk.example)" in sent["user-agent"]
    assert not {"cookie", "referer", "authorization"} & set(sent)


def test_any_status_is_an_answer(web: Web) -> None:
    """A page that is gone is no error of ours."""
    web.page("/gone", "gone", status=410)
    assert fetch.get(web.url("/gone"), limits=FREE).status == 410
    assert fetch.get(web.url("/never"), limits=FREE).status == 404


def test_redirects_are_followed_and_told(web: Web) -> None:
    """With each step's status and where it led; a relative one, too."""
    web.redirect("/a", "/b", status=301)
    web.redirect("/b", web.url("/c"))
    web.page("/c", "here")
    answer = fetch.get(web.url("/a"), limits=FREE)
    assert (answer.body, answer.url, answer.final_url) == (b"here", web.url("/a"), web.url("/c"))
    assert [(hop.url, hop.status, hop.location) for hop in answer.hops] == [(web.url("/a"), 301, "/b"), (web.url("/b"), 302, web.url("/c"))]


def test_a_circle_ends(web: Web) -> None:
    """After five redirects nothing more is asked."""
    web.redirect("/a", "/a")
    with pytest.raises(Unreachable) as caught:
        fetch.get(web.url("/a"), limits=FREE)
    assert caught.value.reason == "redirects"
    assert len(web.asked) == 6


def test_no_more_than_the_limit_is_read(web: Web) -> None:
    """A page without end is cut, and says so."""

    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        for _ in range(100_000):
            handler.wfile.write(b"x" * 4096)

    web.pages["/"] = endless
    answer = fetch.get(web.url(), limits=Limits(robots=False, most_bytes=50_000))
    assert (len(answer.body), answer.truncated) == (50_000, True)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_costs_no_more_than_the_limit(coding: str, web: Web) -> None:
    """200 MB of nothing in 200 kB: cut at the limit, in little time and memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16 if coding == "gzip" else zlib.MAX_WBITS)
    bomb = b"".join(packer.compress(b"\0" * 2**20) for _ in range(200)) + packer.flush()
    web.page("/", bomb, Content_Encoding=coding)
    began = time.monotonic()
    answer = fetch.get(web.url(), limits=Limits(robots=False, most_bytes=10**6))
    assert (len(answer.body), answer.truncated) == (10**6, True)
    assert len(answer.raw) < 10**6
    assert time.monotonic() - began < 2


def test_compressed_pages_are_read(web: Web) -> None:
    """`body` is what the page says, `raw` what came over the line."""
    web.page("/", gzip.compress("荷物".encode()), Content_Encoding="gzip")
    answer = fetch.get(web.url(), limits=FREE)
    assert answer.body.decode() == "荷物"
    assert gzip.decompress(answer.raw).decode() == "荷物"
    web.page("/broken", b"no gzip at all", Content_Encoding="gzip")
    with pytest.raises(Unreachable) as caught:
        fetch.get(web.url("/broken"), limits=FREE)
    assert caught.value.reason == "broken"


@pytest.mark.parametrize("where", ["head", "body"])
def test_an_answer_that_drips_is_cut_off(where: str, web: Web) -> None:
    """Each byte comes in time, the whole does not."""

    def drip(handler: Any) -> None:
        if where == "body":
            handler.send_response(200)
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
        for sign in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200:
            handler.wfile.write(bytes([sign]))
            time.sleep(0.05)

    web.pages["/"] = drip
    began = time.monotonic()
    with pytest.raises(Unreachable) as caught:
        fetch.get(web.url(), limits=Limits(robots=False, seconds=0.6, step_seconds=0.3))
    assert caught.value.reason == "timeout"
    assert time.monotonic() - began < 1.5


def test_silence_and_nonsense(web: Web, settings: Any) -> None:
    """A server that says nothing, one that says no HTTP, one with headers without end, and none at all."""
    web.pages["/silent"] = lambda _: time.sleep(2)
    web.pages["/nonsense"] = lambda handler: handler.wfile.write(b"\x16\x03\x01 hello\r\n\r\n")
    web.pages["/headers"] = lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000)
    for path, reason in (("/silent", "timeout"), ("/nonsense", "broken"), ("/headers", "broken")):
        with pytest.raises(Unreachable) as caught:
            fetch.get(web.url(path), limits=Limits(robots=False, step_seconds=0.4))
        assert caught.value.reason == reason, path
    settings.MAY_REACH = ("127.0.0.1:1",)
    with pytest.raises(Unreachable) as caught:
        fetch.get("http://127.0.0.1:1/", limits=FREE)
    assert caught.value.reason == "not_connected"
    with pytest.raises(Unreachable) as caught:
        fetch.get("http://nothing.invalid/", limits=FREE)
    assert caught.value.reason == "no_such_host"


def test_certificate_nobody_vouches_for(self_signed: ssl.SSLContext, settings: Any) -> None:
    """Is not talked to."""
    with serving(self_signed) as web:
        settings.MAY_REACH = (web.reach(),)
        web.page("/", "hello")
        with pytest.raises(Unreachable) as caught:
            fetch.get(web.url(), limits=FREE)
    assert caught.value.reason == "not_trusted"
    assert not web.asked


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """A server's certificate of its own making."""
    from datetime import timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    certificate = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    file = tmp_path / "server.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_robots_are_obeyed_at_every_step(web: Web) -> None:
    """Read once a day for a server; what they close is not asked for, after a redirect neither."""
    web.page("/robots.txt", "User-agent: *\nDisallow: /private\n\nUser-agent: andon\nDisallow: /private\nDisallow: /hidden\n", Content_Type="text/plain")
    web.page("/open", "open")
    web.page("/hidden/1", "hidden")
    web.redirect("/way", "/hidden/1")
    assert fetch.get(web.url("/open")).body == b"open"
    for path in ("/hidden/1", "/way", "/private/x"):
        with pytest.raises(Unreachable) as caught:
            fetch.get(web.url(path))
        assert caught.value.reason == "robots"
    assert not robots.allows(web.url("/hidden/1"))
    assert robots.allows(web.url("/open"))
    assert web.paths() == ["/open", "/way"]
    assert [one.path for one in web.asked].count("/robots.txt") == 1
    assert fetch.get(web.url("/hidden/1"), limits=FREE).body == b"hidden"  # a person asks for this one page


def test_robots_that_cannot_be_read_close_everything_for_now(web: Web) -> None:
    """As RFC 9309 says: no file, everything is open; a failing server, nothing is."""
    web.page("/", "hello")
    assert fetch.get(web.url()).ok
    robots.forget()
    web.page("/robots.txt", "", status=503)
    with pytest.raises(Unreachable) as caught:
        fetch.get(web.url())
    assert caught.value.reason == "robots_unknown"


def test_turns_are_waited_for(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two looks at one host keep their distance; the distance that the host asks for holds when it is longer."""
    waited: list[float] = []
    monkeypatch.setattr(pace, "SPACING", 2.0)
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    web.page("/", "hello")
    for _ in range(3):
        fetch.get(web.url(), limits=FREE)
    assert [round(one) for one in waited] == [0, 2, 4]
    assert 5 < pace.ready_in(f"127.0.0.1:{web.port}") <= 6
    web.page("/robots.txt", "User-agent: *\nCrawl-delay: 20\n", Content_Type="text/plain")
    pace.forget()
    fetch.get(web.url())
    assert 19 < pace.ready_in(f"127.0.0.1:{web.port}") <= 20


def test_nobody_waits_for_ever(web: Web) -> None:
    """A turn that is too far away is left to another time."""
    web.page("/", "hello")
    pace.hold_back(f"127.0.0.1:{web.port}", 60)
    with pytest.raises(Unreachable) as caught:
        fetch.get(web.url(), limits=Limits(robots=False, wait_seconds=5))
    assert caught.value.reason == "busy"
    assert not web.asked


@pytest.mark.parametrize(("said", "least"), [("120", 115), ("nonsense", 55), ("date", 85)])
def test_server_that_asks_for_quiet_gets_it(said: str, least: float, web: Web) -> None:
    """429 and 503: the host is left alone as long as it says."""
    when = (datetime.now(UTC) + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT") if said == "date" else said
    web.page("/", "too much", status=429, Retry_After=when)
    assert fetch.get(web.url(), limits=FREE).status == 429
    assert least < pace.ready_in(f"127.0.0.1:{web.port}") < least + 15


def test_memory_of_turns_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many hosts there are."""
    monkeypatch.setattr(pace, "_MOST_HOSTS", 100)
    for number in range(1000):
        pace.hold_back(f"h{number}.example", 5)
    assert len(pace._free) == 100


def test_call_sends_what_it_is_given(web: Web) -> None:
    """JSON, a form, a form with a file, bytes; the caller's headers go with it."""
    web.page("/api", '{"id": "7"}', Content_Type="application/json")
    answer = fetch.call("POST", web.url("/api"), json={"status": "注意"}, headers={"Authorization": "Bearer t", "Idempotency-Key": "k"})
    assert answer.json() == {"id": "7"}
    assert json.loads(web.asked[0].body) == {"status": "注意"}
    assert (web.asked[0].headers["authorization"], web.asked[0].headers["idempotency-key"]) == ("Bearer t", "k")
    fetch.call("POST", web.url("/api"), form={"a": "b c"})
    assert (web.asked[1].body, web.asked[1].headers["content-type"]) == (b"a=b+c", "application/x-www-form-urlencoded")
    fetch.call("POST", web.url("/api"), form={"description": "図"}, files={"file": ('a"b.png', b"\x89PNG", "image/png")})
    assert b'name="file"; filename="a%22b.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n' in web.asked[2].body
    assert 'name="description"\r\n\r\n図\r\n'.encode() in web.asked[2].body
    fetch.call("DELETE", web.url("/api"))
    assert (web.asked[3].method, web.asked[3].headers["content-length"]) == ("DELETE", "0")


def test_keys_never_travel_on(web: Web, secret: Web) -> None:
    """A service that redirects elsewhere, or a POST anywhere, is not followed; a GET within the same origin is."""
    web.redirect("/a", secret.url())
    web.redirect("/b", "/c")
    web.page("/c", "{}")
    for method, path in (("GET", "/a"), ("POST", "/b"), ("POST", "/a")):
        with pytest.raises(Unreachable) as caught:
            fetch.call(method, web.url(path), headers={"Authorization": "Bearer t"})
        assert caught.value.reason == "redirected"
    assert fetch.call("GET", web.url("/b")).final_url == web.url("/c")
    assert not secret.asked


def test_services_are_asked_over_https(internet: Any) -> None:
    """A key never goes over an open line, unless the settings name the host."""
    with pytest.raises(Unreachable) as caught:
        fetch.call("GET", "http://api.example/")
    assert caught.value.reason == "not_https"
    assert internet.looked_up == []


def test_call_does_not_cut(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an answer of a service is none; nor is one that cannot be read."""
    web.page("/", "x" * (10 * 2**20 + 1))
    with pytest.raises(Unreachable) as caught:
        fetch.call("GET", web.url())
    assert caught.value.reason == "too_large"
    web.page("/j", "<html>")
    with pytest.raises(Unreachable) as caught:
        fetch.call("GET", web.url("/j")).json()
    assert caught.value.reason == "not_json"


def test_environment_proxies_are_not_taken(web: Web, secret: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy named in the environment would go round every check."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, secret.url())
    web.page("/", "hello")
    assert fetch.get(web.url(), limits=FREE).body == b"hello"
    assert not secret.asked
