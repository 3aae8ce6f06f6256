"""Where the desk connects to, and where it never does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from andon.console.outside import addresses, fetch
from andon.console.outside.addressed import address_of
from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from conftest import Internet
    from web_server import Web

PUBLIC = "93.184.216.34"
CLOSED = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.216.34", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "5f00::1", "2606:4700::1111%eth0", "", "localhost", "127.1",
]  # fmt: skip
OPEN = [PUBLIC, "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.254", "2606:4700::1111", "2a00:1450::1"]


@pytest.mark.parametrize("ip", CLOSED)
def test_closed_addresses(ip: str) -> None:
    """Private, loopback, link-local, shared, multicast, reserved, and every way of wrapping one address into another."""
    assert not addresses.is_public(ip)


@pytest.mark.parametrize("ip", OPEN)
def test_open_addresses(ip: str) -> None:
    """The internet, up to the edges of what is closed."""
    assert addresses.is_public(ip)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "0"])
def test_every_way_to_write_this_machine(host: str, secret: Web, settings: Any) -> None:
    """However the number is written, the server of this machine is not asked."""
    settings.MAY_REACH = ("somewhere.example:80",)
    with pytest.raises(Unreachable) as caught:
        fetch.call("GET", f"http://{host}:{secret.port}/", plain=True)
    assert caught.value.reason == "private"
    assert not secret.asked


def test_one_closed_answer_closes_the_name(internet: Internet) -> None:
    """A name with a public and a private address is not connected to at all."""
    internet.names["mixed.example"] = [f"{PUBLIC} 10.0.0.1"]
    with pytest.raises(Unreachable) as caught:
        fetch.get("http://mixed.example/")
    assert caught.value.reason == "private"
    assert internet.connected == []


def test_address_that_was_checked_is_the_one_connected_to(internet: Internet, web: Web, secret: Web) -> None:
    """DNS rebinding: a name that says something else the second time is not asked a second time."""
    web.page("/", "public")
    internet.names["rebind.example"] = [PUBLIC, "127.0.0.1"]
    internet.routes[PUBLIC] = web.port
    answer = fetch.get("http://rebind.example/", limits=fetch.Limits(robots=False))
    assert (answer.body, answer.ip) == (b"public", PUBLIC)
    assert internet.connected == [PUBLIC]
    assert internet.looked_up == ["rebind.example"]
    assert not secret.asked


def test_rebinding_between_two_steps_of_a_way(internet: Internet, web: Web, secret: Web) -> None:
    """A redirect to itself makes the name be looked up again: then the new answer is checked."""
    web.redirect("/", "http://rebind.example/again")
    internet.names["rebind.example"] = [PUBLIC, "127.0.0.1"]
    internet.routes[PUBLIC] = web.port
    with pytest.raises(Unreachable) as caught:
        fetch.get("http://rebind.example/", limits=fetch.Limits(robots=False))
    assert caught.value.reason == "private"
    assert "127.0.0.1" not in internet.connected
    assert not secret.asked


def test_redirect_inwards_is_refused(web: Web, secret: Web) -> None:
    """From a page that may be looked at to one that may not; the port that is no page's is refused even before."""
    web.redirect("/", secret.url())
    with pytest.raises(Unreachable) as caught:
        fetch.get(web.url(), limits=fetch.Limits(robots=False))
    assert caught.value.reason == "port"
    web.redirect("/2", "http://127.0.0.1:8080/")
    with pytest.raises(Unreachable) as caught:
        fetch.get(web.url("/2"), limits=fetch.Limits(robots=False))
    assert caught.value.reason == "private"
    assert not secret.asked


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://x.example/", "gopher://x.example/", "javascript:alert(1)", "data:text/html,hi", "//u:p@x.example/"])
def test_redirect_to_something_else_is_refused(location: str, web: Web) -> None:
    """Only addresses of the web are followed."""
    web.redirect("/", location)
    with pytest.raises(Unreachable) as caught:
        fetch.get(web.url(), limits=fetch.Limits(robots=False))
    assert caught.value.reason in ("scheme", "address")


def test_setting_names_host_and_port_as_asked_for(settings: Any, internet: Internet, web: Web, secret: Web) -> None:
    """MAY_REACH opens the name that is written there, not whatever name leads to the same place."""
    internet.names |= {"desk.local": ["127.0.0.1"], "evil.example": ["127.0.0.1"]}
    settings.MAY_REACH = (f"Desk.local:{web.port}", web.reach())
    web.page("/", "hello")
    assert fetch.get(web.url(host="DESK.local")).body == b"hello"
    for other in (f"http://evil.example:{web.port}/", f"http://desk.local:{secret.port}/"):
        with pytest.raises(Unreachable):
            fetch.call("GET", other, plain=True)
    assert not secret.asked


@pytest.mark.parametrize(
    "url",
    ["", "example.com", "http://", "http:///x", "http://a@b.example/", "http://a:b@b.example/", "http://b.example\\@c.example/", "http://b.example/a b",
     "http://b.example/\r\nX: y", "http://b.example:99999/", "http://[::1", "http://[fe80::1%25eth0]/", "ftp://b.example/", "http://" + "a" * 300 + ".example/", "http://b.example/" + "x" * 5000],
)  # fmt: skip
def test_no_addresses(url: str) -> None:
    """What is no plain address of the web is refused before anything is looked up."""
    with pytest.raises(Unreachable) as caught:
        address_of(url)
    assert caught.value.reason in ("address", "scheme")


def test_one_form_of_an_address() -> None:
    """Japanese names and paths are written as the network wants them; what was escaped stays so."""
    assert address_of("HTTPS://例え.JP:443/募集?q=日給#x").url == "https://xn--r8jz45g.jp/%E5%8B%9F%E9%9B%86?q=%E6%97%A5%E7%B5%A6"
    assert address_of("http://a.example.:8080/a%2Fb?c=%20&d=1").url == "http://a.example:8080/a%2Fb?c=%20&d=1"


def test_unusual_ports_are_not_asked(internet: Internet) -> None:
    """A page stands on the ports of the web; nobody has us talk to a mail server."""
    internet.names["b.example"] = [PUBLIC]
    with pytest.raises(Unreachable) as caught:
        fetch.get("http://b.example:25/")
    assert caught.value.reason == "port"
    assert internet.looked_up == []


def test_the_demo_asks_no_real_server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Its posts are invented: nothing is even looked up, but for what the settings name."""
    settings.DEMO, settings.MAY_REACH = True, ("named.example:80",)
    asked: list[str] = []
    monkeypatch.setattr(addresses, "_looked_up", lambda host, _port: asked.append(host) or [PUBLIC])
    with pytest.raises(Unreachable) as caught:
        addresses.check("bsky.app", 443)
    assert caught.value.reason == "demo"
    assert addresses.check("named.example", 80) == [PUBLIC]
    assert asked == ["named.example"]
