"""The whole way, over a line: a server of this machine whose posts are taken down, that asks programs to stay away, and that is gone itself."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from andon.console import gate
from andon.console.intake.models import Post
from andon.console.measures.visits.models import Host, Visit, Watch
from andon.console.measures.visits.plan import plan_visits
from andon.console.measures.visits.running import run_due
from andon.console.outside import pace, robots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.console.intake.models import Campaign

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class Server:
    """Pages by path; what is not there is 404."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            """Answers from `pages`."""

            def do_GET(self) -> None:
                server.asked.append(self.path)
                body = server.pages.get(self.path)
                content = (body or "<p>見つかりません</p>").encode()
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Be gone."""
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A server that the desk may reach."""
    one = Server()
    settings.MAY_REACH = (one.place,)
    pace.forget()
    robots.forget()
    yield one
    one.stop()
    pace.forget()
    robots.forget()


@pytest.fixture
def stands(server: Server, campaign: Callable[..., Campaign]) -> Post:
    """A post that stands there, and is looked at from now on."""
    post = campaign("即日現金5万円 荷物を受け取るだけ 詳細はテレグラムまで", posts=1).members.get()
    with gate._door():
        Post.objects.filter(pk=post.pk).update(url=f"http://{server.place}/p/{post.pk}")
        plan_visits([post.pk], first_after=timedelta(0), now=NOW)
    server.pages[f"/p/{post.pk}"] = f"<html><body><article>{post.text}</article></body></html>"
    return post


def test_there_taken_down_and_back(server: Server, stands: Post, settings: Any) -> None:
    """As the worker does it: robots.txt first, then the page; gone by the second look."""
    settings.VISITS_APART = 0
    path = f"/p/{stands.pk}"
    page = server.pages[path]
    states, at = [], NOW
    for shown in (True, False, False, True):
        server.pages.pop(path, None)
        if shown:
            server.pages[path] = page
        pace.forget()
        assert run_due(now=at) == 1
        watch = Watch.objects.get(post=stands)
        states.append((watch.last_state, watch.last_code, watch.state))
        at = watch.next_at or at
    assert states == [("there", "text", "there"), ("gone", "http_404", "there"), ("gone", "http_404", "gone"), ("there", "text", "there")]
    assert server.asked[0] == "/robots.txt"


def test_who_asks_programs_to_stay_away_is_not_looked_at(server: Server, stands: Post) -> None:
    """Nothing is known of the post, and the page was never asked for."""
    server.pages["/robots.txt"] = "User-agent: *\nDisallow: /p/"
    run_due(now=NOW)
    visit = Visit.objects.get()
    assert (visit.state, visit.code, visit.status) == ("unknown", "robots", None)
    assert [one for one in server.asked if one.startswith("/p/")] == []


def test_a_server_that_is_gone_says_nothing_of_its_posts(server: Server, stands: Post) -> None:
    """Its posts are not gone: they cannot be told, and it is left alone for a while."""
    server.stop()
    run_due(now=NOW)
    assert Visit.objects.get().state == "unknown"
    assert Host.objects.get().failures == 1


def test_what_this_network_keeps_to_itself_is_not_reached(server: Server, stands: Post, settings: Any) -> None:
    """A post whose address leads inside is never asked for."""
    settings.MAY_REACH = ()
    run_due(now=NOW)
    visit = Visit.objects.get()
    assert (visit.state, visit.code) in (("unknown", "private"), ("unknown", "port"))
    assert server.asked == []
