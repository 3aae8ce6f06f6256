"""`andon capture` and `andon evidence verify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from andon.cli.main import main
from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.captures import store
from andon.console.captures.models import Archive, Capture, Stamp
from andon.console.intake.models import Post

if TYPE_CHECKING:
    from collections.abc import Callable

    from stamp_server import Authority
    from web_server import Web

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def andon(monkeypatch: pytest.MonkeyPatch, settings: Any, no_browser: None) -> Callable[..., Result]:
    """Run a command on the test's own database and home; its tables are there already."""
    monkeypatch.setenv("ANDON_HOME", str(settings.HOME))
    monkeypatch.setenv("ANDON_LANG", "en")
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: None)
    return lambda *words: CliRunner().invoke(main, list(words))


def test_page_is_captured_for_the_post_that_stands_there(andon: Callable[..., Result], aoi: Person, web: Web, campaign: Callable[..., Any]) -> None:
    """Its hash and file are printed; the file is there."""
    web.page("/post", "<p>hello")
    post = Post.objects.get(campaign=campaign(posts=1))
    with gate._door():
        Post.objects.filter(pk=post.pk).update(url=web.url("/post"))
    done = andon("capture", web.url("/post"))
    assert done.exit_code == 0, done.output
    capture = Capture.objects.get()
    assert (capture.post, capture.by, capture.kind) == (post, aoi, "page")
    assert capture.sha256 in done.output
    assert "no screenshot: There is no browser" in done.output
    file = Path(done.output.partition("file: ")[2].splitlines()[0])
    assert file.name == f"{capture.archive.key}.warc.gz"
    assert file.is_file()
    assert (Entry.objects.latest("number").event, Entry.objects.latest("number").via) == ("captures.page_kept", "command")


def test_some_and_all_fail(andon: Callable[..., Result], aoi: Person, web: Web) -> None:
    """Status 3 and 2, with a sentence for each; private addresses are refused here as everywhere."""
    web.page("/post", "hello")
    some = andon("capture", web.url("/post"), "http://10.0.0.1/", "--no-screenshot")
    assert some.exit_code == 3
    assert "10.0.0.1 has no public address" in some.output
    assert Capture.objects.count() == 1
    assert andon("capture", "ftp://x.example/").exit_code == 2


def test_as_json(andon: Callable[..., Result], aoi: Person, web: Web) -> None:
    """For programs."""
    web.page("/post", "hello", status=410)
    said = json.loads(andon("capture", web.url("/post"), "--json").stdout)
    assert (said["status"], said["kept"][0]["sha256"], said["without_picture"]) == (410, Capture.objects.get().sha256, "no_browser")


def test_somebody_captures(andon: Callable[..., Result], aoi: Person, jun: Person, kei: Person, web: Web) -> None:
    """Who must be said where it is not clear; who may not is refused."""
    web.page("/post", "hello")
    assert andon("capture", web.url("/post")).exit_code == 2
    assert andon("capture", web.url("/post"), "--by", "nobody").exit_code == 2
    refused = andon("capture", web.url("/post"), "--by", "kei")
    assert (refused.exit_code, Capture.objects.count()) == (2, 0)
    assert andon("capture", web.url("/post"), "--by", "JUN").exit_code == 0
    assert Capture.objects.get().by == jun


def test_verified(andon: Callable[..., Result], aoi: Person, web: Web) -> None:
    """Status 0 and a count; 1 and the name of the file when it was altered. That it was verified is in the trail."""
    web.page("/post", "hello")
    andon("capture", web.url("/post"))
    whole = andon("evidence", "verify")
    assert (whole.exit_code, "Everything is as it was" in whole.output, "Checked 1 files, 1 captures" in whole.output) == (0, True, True)
    archive = Archive.objects.get()
    store.path_of(archive.key, store.ARCHIVE).unlink()
    wrong = andon("evidence", "verify")
    assert (wrong.exit_code, f"File missing: {archive.key}" in wrong.output) == (1, True)
    said = json.loads(andon("evidence", "verify", "--json").stdout)
    assert [(one["what"], one["key"], len(one["captures"])) for one in said["findings"]] == [("missing", archive.key, 1)]
    assert (Entry.objects.latest("number").event, Entry.objects.latest("number").facts["findings"]) == ("captures.verified", 1)


def test_stamp_comes_with_it(andon: Callable[..., Result], aoi: Person, web: Web, authority: Authority) -> None:
    """Where an authority is set, at once; where it does not answer, the capture stands all the same."""
    web.page("/post", "hello")
    assert "Time stamps added: 1" in andon("capture", web.url("/post")).output
    assert Stamp.objects.count() == 1
    authority.answer_broken = True
    later = andon("capture", web.url("/post"))
    assert (later.exit_code, "did not answer" in later.output) == (0, True)
    assert Archive.objects.count() == 2
