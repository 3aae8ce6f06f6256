"""Pages of captures: what they show, what they keep in the trail, and who may not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.captures import store, tasks
from andon.console.captures.actions.capture import capture_posts
from andon.console.captures.actions.keep_page import put_off
from andon.console.captures.models import Archive, Capture, Order, Stamp
from andon.console.intake.models import Post

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from stamp_server import Authority
    from web_server import Web

    from andon.console.gate import Actor
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(browse: Callable[[Person], Client], aoi: Person) -> Client:
    """An analyst's."""
    return browse(aoi)


@pytest.fixture
def kept(aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any]) -> Any:
    """A campaign whose two posts were captured."""
    one = campaign("日給5万円", posts=2)
    capture_posts(actor(aoi), Post.objects.filter(campaign=one).values_list("pk", flat=True))
    return one


def last() -> Entry:
    """What the trail said last."""
    return Entry.objects.latest("number")


def test_list_of_a_campaign(client: Client, kept: Any, campaign: Callable[..., Any], aoi: Person, actor: Callable[..., Actor]) -> None:
    """Its captures and no others; reading it is in the trail."""
    other = campaign("別の投稿", posts=1)
    capture_posts(actor(aoi), Post.objects.filter(campaign=other).values_list("pk", flat=True))
    page = client.get(reverse("captures:list"), {"campaign": kept.pk})
    assert len(page.context["found"].captures) == 2
    assert "別の投稿" not in page.content.decode()
    assert (last().event, last().facts) == ("captures.read", {"campaign": kept.pk, "captures": 2})
    post = Post.objects.get(campaign=other)
    assert len(client.get(reverse("captures:list"), {"post": post.pk}).context["found"].captures) == 1
    assert len(client.get(reverse("captures:list")).context["found"].captures) == 3


def test_long_list_goes_on(client: Client, aoi: Person, actor: Callable[..., Actor], campaign: Callable[..., Any]) -> None:
    """Page by page, without counting them all."""
    ids = Post.objects.filter(campaign=campaign(posts=120)).values_list("pk", flat=True)
    capture_posts(actor(aoi), ids, pages=False)
    seen: list[int] = []
    before: Any = ""
    while before is not None:
        found = client.get(reverse("captures:list"), {"before": before}).context["found"]
        seen += [one.pk for one in found.captures]
        before = found.next
    assert seen == sorted(Capture.objects.values_list("pk", flat=True), reverse=True)


def test_list_asks_few_questions(client: Client, kept: Any, django_assert_max_num_queries: Any) -> None:
    """As many for fifty rows as for two."""
    with django_assert_max_num_queries(14):
        client.get(reverse("captures:list"), {"campaign": kept.pk})


def test_capture_button(client: Client, campaign: Callable[..., Any]) -> None:
    """Keeps the posts of the campaign, and says how many."""
    one = campaign(posts=2)
    page = client.post(reverse("captures:capture"), {"campaign": one.pk}, follow=True)
    assert "記録 2 件を保存しました" in page.content.decode()
    assert Capture.objects.filter(post__campaign=one).count() == 2
    assert "取得待ち 2 件" in page.content.decode()


def test_capture_of_nothing_is_refused(client: Client) -> None:
    """With a sentence."""
    for given in ({}, {"campaign": "999999"}, {"campaign": "x"}):
        answer = client.post(reverse("captures:capture"), given)
        assert (answer.status_code, "証拠保存する投稿またはアドレスを指定してください" in answer.content.decode()) == (422, True)


def test_capture_by_address(client: Client, web: Web, no_browser: None) -> None:
    """Is ordered and seen by the worker; an address that is none is told on the form, with what was typed."""
    web.page("/post", "<p>hello")
    assert client.post(reverse("captures:capture"), {"url": web.url("/post")}).status_code == 302
    assert client.post(reverse("captures:capture"), {"url": web.url("/post")}).status_code == 302
    assert Order.objects.count() == 1
    tasks.run_due()
    capture = Capture.objects.get()
    assert (capture.post, capture.url) == (None, web.url("/post"))
    wrong = client.post(reverse("captures:capture"), {"url": "ftp://x.example/"})
    assert wrong.status_code == 422
    assert "ftp://x.example/" in wrong.content.decode()
    assert Order.objects.count() == 1


def test_failed_pages_are_named(client: Client, kept: Any) -> None:
    """With the reason in words."""
    for order in Order.objects.all():
        for _ in range(4):
            put_off(order.pk, "timeout")
    text = client.get(reverse("captures:list"), {"campaign": kept.pk}).content.decode()
    assert "取得できなかったページ 2 件" in text
    assert "時間内に応答がありませんでした" in text


def test_one_record(client: Client, kept: Any) -> None:
    """Facts and content; opening it is in the trail, with the hash and no text."""
    capture = Capture.objects.earliest("pk")
    text = client.get(reverse("captures:one", args=[capture.pk])).content.decode()
    for part in (capture.sha256, capture.archive.key, capture.record.strip("<>"), "日給5万円"):
        assert part in text
    assert (last().event, last().subject, last().facts) == ("captures.opened", f"capture:{capture.pk}", {"sha256": capture.sha256})


def test_page_is_shown_as_text_and_never_run(client: Client, aoi: Person, actor: Callable[..., Actor], web: Web, no_browser: None) -> None:
    """Whatever stood on it; packed pages are unpacked no further than is shown."""
    import gzip

    web.page("/bad", gzip.compress(b"<script>alert(1)</script>" + b"x" * 10_000_000), Content_Encoding="gzip")
    client.post(reverse("captures:capture"), {"url": web.url("/bad")})
    tasks.run_due()
    page = client.get(reverse("captures:one", args=[Capture.objects.get().pk]))
    assert "<script>alert(1)" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()
    assert len(page.content) < 60_000


def test_picture_comes_out_of_the_archive(client: Client, aoi: Person, kept: Any) -> None:
    """As an image and as nothing else."""
    from django.utils import timezone

    from andon.console.captures.actions.capture import add_archive
    from andon.console.captures.warc import Book

    book = Book("tests")
    png = b"\x89PNG\r\n\x1a\n not a real one"
    shot = book.add("urn:andon:screenshot:x", png, "image/png", timezone.now())
    with gate._door():
        fields = {"sha256": shot.sha256, "size_bytes": shot.size, "record": shot.record, "archive": add_archive(aoi, book)}
        capture = Capture.objects.create(kind="screenshot", by=aoi, media_type="image/png", **fields)
    answer = client.get(reverse("captures:picture", args=[capture.pk]))
    assert (answer.content, answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (png, "image/png", "nosniff")
    assert "captures:picture" not in client.get(reverse("captures:one", args=[capture.pk])).content.decode()
    record = Capture.objects.earliest("pk")
    assert client.get(reverse("captures:picture", args=[record.pk])).status_code == 404


def test_download_is_the_file_itself(client: Client, kept: Any) -> None:
    """Byte for byte, as an attachment, and in the trail."""
    archive = Archive.objects.get()
    answer = client.get(reverse("captures:download", args=[archive.key]))
    assert b"".join(answer.streaming_content) == store.path_of(archive.key, store.ARCHIVE).read_bytes()  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert (last().event, last().subject) == ("captures.downloaded", f"archive:{archive.key}")
    assert client.get(reverse("captures:download", args=["0" * 64])).status_code == 404


def test_stamp_is_downloaded_too(client: Client, kept: Any, authority: Authority) -> None:
    """As the authority gave it; its name and time are on the page."""
    tasks.stamp_due()
    stamp = Stamp.objects.get()
    answer = client.get(reverse("captures:stamp", args=[stamp.pk]))
    assert b"".join(answer.streaming_content) == store.path_of(stamp.key, store.STAMP).read_bytes()  # type: ignore[attr-defined]
    assert "Stamps of the tests" in client.get(reverse("captures:one", args=[Capture.objects.earliest("pk").pk])).content.decode()


def test_verify_button_says_what_is_wrong(client: Client, kept: Any) -> None:
    """Whole first; then the name of the file that was altered. With a script a part of the page, without one a page."""
    path = reverse("captures:verify")
    assert "保存したときのままです" in client.post(path, {"campaign": kept.pk}).content.decode()
    assert (last().event, last().facts["archives"], last().facts["findings"]) == ("captures.verified", 1, 0)
    archive = Archive.objects.get()
    file = store.path_of(archive.key, store.ARCHIVE)
    file.chmod(0o600)
    file.write_bytes(b"something else")
    text = client.post(path, {"campaign": kept.pk}, headers={"HX-Request": "true"}).content.decode()
    assert f"ファイルが書き換えられています：{archive.key}" in text
    assert "<html" not in text
    assert "読めません" in client.get(reverse("captures:one", args=[Capture.objects.earliest("pk").pk])).content.decode()


def test_who_may_not(browse: Callable[[Person], Client], kei: Person, nao: Person, kept: Any) -> None:
    """Auditors and administrators read no posts, here neither."""
    capture, archive = Capture.objects.earliest("pk"), Archive.objects.get()
    paths = [reverse("captures:list"), reverse("captures:one", args=[capture.pk]), reverse("captures:download", args=[archive.key])]
    for someone in (kei, nao):
        assert {browse(someone).get(path).status_code for path in paths} == {403}
        assert browse(someone).post(reverse("captures:capture"), {"campaign": kept.pk}).status_code == 403


def test_reader_without_the_right_to_capture(browse: Callable[[Person], Client], person: Callable[..., Person], kept: Any) -> None:
    """Sees, verifies, and finds no button."""
    from andon.console.staff.rights import Role

    client = browse(person("reader", Role.APPROVER))
    page = client.get(reverse("captures:list"), {"campaign": kept.pk})
    assert reverse("captures:capture") not in page.content.decode()
    assert client.post(reverse("captures:capture"), {"campaign": kept.pk}).status_code == 403
    assert client.post(reverse("captures:verify"), {"campaign": kept.pk}).status_code == 200


def test_both_languages(client: Client, kept: Any, aoi: Person) -> None:
    """Every sentence of the pages is there in English as well."""
    with gate._door():
        aoi.language = "en"
        aoi.save()
    for path in (reverse("captures:list"), reverse("captures:one", args=[Capture.objects.earliest("pk").pk])):
        text = client.get(path).content.decode()
        assert "captures." not in text.replace("captures.css", "")
        assert "Record" in text


def test_card_says_what_is_kept(client: Client, campaign: Callable[..., Any], browse: Callable[[Person], Client], person: Callable[..., Person]) -> None:
    """A button before, a count after; the button on the card changes the card only."""
    from andon.console.staff.rights import Role

    one = campaign("荷物を受け取るだけ", posts=3)
    card = reverse("review:card", args=[one.pk])
    assert reverse("captures:capture") in client.get(card).content.decode()
    part = client.post(reverse("captures:capture"), {"campaign": one.pk}, headers={"HX-Request": "true"})
    assert "証拠保存 3 / 3 件" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "toast" in part.headers["HX-Trigger"]
    again = client.get(card).content.decode()
    assert "証拠保存 3 / 3 件" in again
    assert reverse("captures:capture") not in again
    reader = browse(person("reader", Role.APPROVER))
    other = campaign("別の文面", posts=1)
    assert 'id="captures"' not in reader.get(reverse("review:card", args=[other.pk])).content.decode()
