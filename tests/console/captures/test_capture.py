"""Posts are kept as evidence: records at once, pages by the worker."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.captures import store, tasks
from andon.console.captures.actions import capture as capturing
from andon.console.captures.actions.capture import Made, capture_posts
from andon.console.captures.actions.keep_page import put_off
from andon.console.captures.models import Archive, Capture, Order
from andon.console.captures.queries import evidence_of
from andon.console.intake.models import Post
from andon.console.outside import browser, pace
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from web_server import Web

    from andon.console.gate import Actor
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def read(content: bytes) -> list[tuple[str, dict[str, str], dict[str, str], bytes]]:
    """Type, headers, HTTP headers and content of every record, by warcio itself, digests checked."""
    found = []
    for record in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        http = {name.lower(): value for name, value in record.http_headers.headers} if record.http_headers else {}
        found.append((record.rec_type, dict(record.rec_headers.headers), http, record.raw_stream.read()))
    return found


def members(campaign: Any) -> list[int]:
    """Ids of its posts."""
    return list(Post.objects.filter(campaign=campaign).order_by("pk").values_list("pk", flat=True))


def test_records_are_kept_at_once(aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any], file_of: Callable[[Archive], Path]) -> None:
    """Each post as it is stored, in one archive that other tools read; the hash is that of the content."""
    ids = members(campaign("日給5万円", posts=3))
    assert capture_posts(actor(aoi), ids) == Made(3, 0, 3)
    archive = Archive.objects.get()
    records = read(file_of(archive).read_bytes())
    assert [one[0] for one in records] == ["warcinfo", "resource", "resource", "resource"]
    assert f"{aoi.name} ({aoi.unit.name})" in records[0][3].decode()
    for capture, (_, headers, _, content) in zip(Capture.objects.order_by("post"), records[1:], strict=True):
        post = capture.post
        assert post is not None
        said = json.loads(content)
        assert (said["post"]["text"], said["post"]["url"], said["post"]["author"]) == (post.text, post.url, post.author)
        assert said["post"]["text_sha256"] == hashlib.sha256(post.text.encode()).hexdigest()
        assert said["assessment"]["model_sha256"] == "0" * 64
        assert said["stored"]["file_sha256"] == "1" * 64
        assert hashlib.sha256(content).hexdigest() == capture.sha256
        assert (headers["WARC-Record-ID"], headers["Content-Type"], int(headers["Content-Length"])) == (capture.record, "application/json", capture.size_bytes)
        assert headers["WARC-Target-URI"] == f"urn:andon:post:x:{post.source_id}"
        assert headers["WARC-Block-Digest"].startswith("sha256:")
        assert (capture.kind, capture.by, capture.url) == ("record", aoi, post.url)
    assert (archive.key, archive.size_bytes) == (hashlib.sha256(file_of(archive).read_bytes()).hexdigest(), file_of(archive).stat().st_size)


def test_trail_names_the_archive(aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any]) -> None:
    """By its hash: who changes file and rows alike is found out. No text is in the trail."""
    capture_posts(actor(aoi), members(campaign("日給5万円")))
    entry = Entry.objects.latest("number")
    assert (entry.event, entry.subject) == ("captures.posts_kept", f"archive:{Archive.objects.get().key}")
    assert (entry.facts["kept"], entry.facts["ordered"]) == (2, 2)
    assert "日給" not in json.dumps(entry.facts, ensure_ascii=False)


def test_nothing_is_kept_twice(aoi: Person, jun: Person, actor: Callable[..., Actor], campaign: Callable[..., Any]) -> None:
    """The same record again is known, and a page that waits is not ordered again."""
    ids = members(campaign(posts=2))
    capture_posts(actor(aoi), ids[:1])
    assert capture_posts(actor(jun), [*ids, ids[0]]) == Made(1, 1, 1)
    assert capture_posts(actor(jun), ids) == Made(0, 2, 0)
    assert (Archive.objects.count(), Capture.objects.count(), Order.objects.count()) == (2, 2, 2)


def test_only_addresses_of_the_web_are_ordered(aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any]) -> None:
    """A post without one is kept as a record; and pages may be left out."""
    ids = members(campaign(posts=2))
    with gate._door():
        Post.objects.filter(pk=ids[0]).update(url="")
    assert capture_posts(actor(aoi), ids).ordered == 1
    assert capture_posts(actor(aoi), members(campaign(posts=1)), pages=False).ordered == 0


def test_who_may_not_capture(kei: Person, nao: Person, actor: Callable[..., Actor], campaign: Callable[..., Any], settings: Any) -> None:
    """Is refused, and nothing is written, on the disk neither."""
    for someone in (kei, nao):
        with pytest.raises(Refused):
            capture_posts(actor(someone), members(campaign(posts=1)))
    assert not Capture.objects.exists()
    assert list(store.files()) == []


def test_too_many_at_once(aoi: Person, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit keeps one act from filling memory."""
    monkeypatch.setattr(capturing, "MOST", 2)
    with pytest.raises(Refused) as caught:
        capture_posts(actor(aoi), [1, 2, 3])
    assert caught.value.data["reason"] == "too_many_posts"


def test_two_hundred_posts_take_few_questions(
    aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    """As many for two hundred as for two."""
    ids = members(campaign(posts=200))
    with django_assert_max_num_queries(18):
        assert capture_posts(actor(aoi), ids).kept == 200
    with django_assert_max_num_queries(1):
        assert len(evidence_of(ids)) == 200


@pytest.mark.parametrize("table", ["captures_archive", "captures_capture", "captures_stamp"])
def test_database_changes_nothing(table: str, aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any]) -> None:
    """Rows of evidence are only added to, whatever program comes."""
    capture_posts(actor(aoi), members(campaign(posts=1)))
    if table == "captures_stamp":
        with gate._door():
            Archive.objects.get().stamps.create(key="0" * 64, said_at=timezone.now())
    for statement in (f"UPDATE {table} SET at = at", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="only added to"), gate._door(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_file_is_there_before_the_row_is(aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any], django_capture_on_commit_callbacks: Any) -> None:
    """The file lies in `incoming` until the transaction is through, then in its place; it can be read all the time, and changed by nobody."""
    with django_capture_on_commit_callbacks() as after:
        capture_posts(actor(aoi), members(campaign(posts=1)))
    key = Archive.objects.get().key
    before = store.path_of(key, store.ARCHIVE)
    assert before.parent.name == "incoming"
    for one in after:
        one()
    assert store.path_of(key, store.ARCHIVE).parent.name == key[2:4]
    assert not before.exists()
    assert store.path_of(key, store.ARCHIVE).stat().st_mode & 0o777 == 0o400
    assert store.path_of(key, store.ARCHIVE).parent.stat().st_mode & 0o077 == 0


def test_what_is_undone_leaves_nothing(
    aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act that fails after capturing leaves a file that no row tells of: it goes when it is old; one that a row tells of takes its place."""
    with transaction.atomic():
        capture_posts(actor(aoi), members(campaign(posts=1)))
        transaction.set_rollback(True)
    assert not Capture.objects.exists()
    capture_posts(actor(aoi), members(campaign(posts=2)))
    tasks.tidy()
    left = {file.parent.name: key for file, key, _ in store.files()}
    assert len(left) == 2
    assert left.pop("incoming") != Archive.objects.get().key
    monkeypatch.setattr(store, "OLD", -1.0)
    tasks.tidy()
    assert [key for _, key, _ in store.files()] == [Archive.objects.get().key]


def order_for(campaign: Callable[..., Any], web: Web, path: str, aoi: Person, actor: Callable[..., Actor]) -> Order:
    """A post that stands on the server of the tests, whose page is ordered."""
    (post,) = members(campaign(posts=1))
    with gate._door():
        Post.objects.filter(pk=post).update(url=web.url(path))
    capture_posts(actor(aoi), [post])
    return Order.objects.get(post=post)


def test_page_is_kept_as_the_server_gave_it(
    web: Web, no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor], file_of: Callable[[Archive], Path]
) -> None:
    """Bytes, status, headers, address, the way there; robots.txt is not asked, because a person asked for this page."""
    web.page("/robots.txt", "User-agent: *\nDisallow: /\n", Content_Type="text/plain")
    web.redirect("/post", "/post/1")
    web.page("/post/1", "<p>日給5万円", X_Thing="a")
    order = order_for(campaign, web, "/post", aoi, actor)
    assert tasks.run_due() == 1
    order.refresh_from_db()
    assert (order.state, order.picture_problem) == ("done", "no_browser")
    page = Capture.objects.get(kind="page")
    assert (page.post_id, page.by, page.status, page.ip, page.url, page.final_url) == (order.post_id, aoi, 200, "127.0.0.1", web.url("/post"), web.url("/post/1"))
    assert page.sha256 == hashlib.sha256("<p>日給5万円".encode()).hexdigest()
    records = read(file_of(page.archive).read_bytes())
    assert [one[0] for one in records] == ["warcinfo", "response", "metadata"]
    _, headers, http, content = records[1]
    assert (content.decode(), http["x-thing"], headers["WARC-IP-Address"], headers["WARC-Target-URI"]) == ("<p>日給5万円", "a", "127.0.0.1", web.url("/post/1"))
    assert json.loads(records[2][3])["redirects"] == [{"url": web.url("/post"), "status": 302, "location": "/post/1", "ip": "127.0.0.1"}]
    assert [one.path for one in web.asked] == ["/post", "/post/1"]
    assert Entry.objects.latest("number").subject == f"archive:{page.archive.key}"


@pytest.mark.browser
@pytest.mark.skipif(not browser.is_there(), reason="no Chromium on this machine")
def test_picture_lies_beside_the_page(web: Web, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor], file_of: Callable[[Archive], Path]) -> None:
    """In the same archive, with its own hash."""
    web.page("/post", "<!doctype html><p>日給5万円")
    order_for(campaign, web, "/post", aoi, actor)
    tasks.run_due()
    picture = Capture.objects.get(kind="screenshot")
    assert picture.archive == Capture.objects.get(kind="page").archive
    (content,) = (one[3] for one in read(file_of(picture.archive).read_bytes()) if one[1]["WARC-Record-ID"] == picture.record)
    assert content.startswith(b"\x89PNG")
    assert hashlib.sha256(content).hexdigest() == picture.sha256
    assert [one.kind for one in evidence_of([picture.post_id])[picture.post_id]] == ["record", "page", "screenshot"]


def test_page_that_is_gone_is_a_capture_too(web: Web, no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor]) -> None:
    """It shows what stood there: the server's word that nothing does."""
    order_for(campaign, web, "/never", aoi, actor)
    tasks.run_due()
    assert Capture.objects.get(kind="page").status == 404


def test_long_page_is_cut_and_says_so(
    web: Web, no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its beginning is kept."""
    from andon.console.captures import seeing
    from andon.console.outside.line import Limits

    monkeypatch.setattr(seeing, "LIMITS", Limits(robots=False, most_bytes=1000))
    web.page("/post", "x" * 5000)
    order_for(campaign, web, "/post", aoi, actor)
    tasks.run_due()
    page = Capture.objects.get(kind="page")
    assert (page.is_cut, page.size_bytes) == (True, 1000)


def test_unreachable_page_is_tried_again_and_then_given_up(
    no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor], settings: Any
) -> None:
    """After ten minutes, an hour, six hours; then the order has failed, and says why."""
    settings.MAY_REACH = ("127.0.0.1:1",)
    (post,) = members(campaign(posts=1))
    with gate._door():
        Post.objects.filter(pk=post).update(url="http://127.0.0.1:1/")
    capture_posts(actor(aoi), [post])
    waits = []
    for _ in range(3):
        assert tasks.run_due() == 1
        order = Order.objects.get()
        assert (order.state, order.problem) == ("waiting", "not_connected")
        waits.append(round((order.not_before - timezone.now()) / timedelta(minutes=1)))
        assert tasks.run_due() == 0
        with gate._door():
            Order.objects.update(not_before=timezone.now())
    assert waits == [10, 60, 360]
    tasks.run_due()
    order.refresh_from_db()
    assert (order.state, order.tries) == ("failed", 4)
    assert Entry.objects.latest("number").event == "captures.put_off"
    assert capture_posts(actor(aoi), [post]).ordered == 1  # a person may ask once more


def test_private_address_fails_at_once(campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor]) -> None:
    """What no later look changes is not tried again."""
    (post,) = members(campaign(posts=1))
    with gate._door():
        Post.objects.filter(pk=post).update(url="http://169.254.169.254/latest/meta-data/")
    capture_posts(actor(aoi), [post])
    tasks.run_due()
    assert (Order.objects.get().state, Order.objects.get().problem) == ("failed", "private")


def test_hosts_take_turns(web: Web, no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor]) -> None:
    """A host that must be left alone does not keep others waiting, and its order waits without a failure."""
    order = order_for(campaign, web, "/post", aoi, actor)
    pace.hold_back(web.reach(), 60)
    assert tasks.run_due() == 0
    order.refresh_from_db()
    assert (order.state, order.tries) == ("waiting", 0)


def test_who_may_no_longer_capture_gets_nothing_kept(
    web: Web, no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor]
) -> None:
    """The worker acts for the person, with the rights that they have now."""
    web.page("/post", "hello")
    order_for(campaign, web, "/post", aoi, actor)
    with gate._door():
        aoi.roles = []
        aoi.save()
    tasks.run_due()
    assert not Capture.objects.filter(kind="page").exists()
    assert Order.objects.get().problem == "refused"


def test_order_that_is_done_is_not_put_off(web: Web, no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor]) -> None:
    """Two workers: the later word does not undo the first."""
    web.page("/post", "hello")
    order = order_for(campaign, web, "/post", aoi, actor)
    tasks.run_due()
    put_off(order.pk, "timeout")
    order.refresh_from_db()
    assert (order.state, order.tries) == ("done", 0)


def test_host_with_many_pages_keeps_no_other_waiting(
    web: Web, no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One page of each host in a round, the oldest first."""
    web.page("/post", "hello")
    first, second = (order_for(campaign, web, "/post", aoi, actor) for _ in range(2))
    other = order_for(campaign, web, "/post", aoi, actor)
    with gate._door():
        Order.objects.filter(pk=other.pk).update(url="http://10.0.0.1/")
    assert tasks.run_due() == 2
    assert list(Order.objects.order_by("pk").values_list("state", flat=True)) == ["done", "waiting", "failed"]
    assert first.pk < second.pk < other.pk


def test_page_that_breaks_us_does_not_stand_in_the_way(
    campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor], web: Web, no_browser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of ours is told to the worker, and the order put off like any other."""
    order = order_for(campaign, web, "/post", aoi, actor)
    monkeypatch.setattr("andon.console.captures.seeing.see", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.run_due()
    order.refresh_from_db()
    assert (order.state, order.problem, order.tries) == ("waiting", "internal", 1)
    assert tasks.run_due() == 0


def test_packing_keeps_nobody_from_writing(
    web: Web, no_browser: None, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The archive of a page is on the disk before the transaction begins; one that is refused goes again."""
    staged: list[bool] = []
    stage = store.stage
    monkeypatch.setattr(store, "stage", lambda *what: staged.append(gate._open.get()) or stage(*what))
    web.page("/post", "hello")
    order_for(campaign, web, "/post", aoi, actor)
    staged.clear()
    tasks.run_due()
    assert staged == [False]
    assert Capture.objects.filter(kind="page").exists()
