"""A payload becomes one mail, the same one every time; what the server says decides what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from andon.console.measures.common import channels, files, mailing
from andon.console.measures.common.actions.switches import switch
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox import run_due
from andon.console.outside import mail
from andon.console.outside.errors import MailRefused
from andon.domain.errors import Conflict

from .conftest import LATER

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console import gate
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
PAYLOAD = {"to": ["abuse@board.example"], "cc": ["police@example.jp"], "subject": "削除のお願い", "body": "本文です。"}


@pytest.fixture
def live(sora: Person, actor: Callable[..., gate.Actor], settings: Any) -> None:
    """Mail is switched on."""
    settings.MAIL_FROM = "行灯 <desk@andon.example>"
    switch(actor(sora), "mail", is_live=True)


def test_the_mail(settings: Any) -> None:
    """Receivers, subject, text, attachments; the Message-ID is known before it goes, and the same at every try."""
    settings.MAIL_FROM = "行灯 <desk@andon.example>"
    key = files.keep(b"PK\x03\x04")
    attached = {"attachments": [{"key": key, "name": "一式.zip", "type": "application/zip"}], "in_reply_to": "<a@b>"}
    made = mailing.message_of(PAYLOAD | attached, "removal:3:1")
    assert (made["To"], made["Cc"], made["Subject"], made["In-Reply-To"]) == ("abuse@board.example", "police@example.jp", "削除のお願い", "<a@b>")
    assert made["Message-ID"] == mailing.message_id("removal:3:1") == mailing.message_of(PAYLOAD, "removal:3:1")["Message-ID"]
    assert made["Message-ID"].endswith("@andon.example>")
    assert made.get_body().get_content().strip() == "本文です。"  # type: ignore[union-attr]
    part = next(made.iter_attachments())
    assert (part.get_filename(), part.get_content()) == ("一式.zip", b"PK\x03\x04")


def test_a_header_cannot_be_smuggled_in() -> None:
    """A line break in a subject or an address is refused, not sent."""
    for field in ("subject", "reply_to"):
        with pytest.raises(ValueError, match=r"[Ll]inefeed|newline|header"):
            mailing.message_of(PAYLOAD | {field: "a\nBcc: everybody@example.org"}, "k")


@pytest.mark.parametrize(("refusal", "state", "problem"), [
    (MailRefused(reason="recipient", permanent=True), "failed", "mail_recipient"),
    (MailRefused(reason="not_connected", permanent=False), "waiting", "mail_not_connected"),
    (MailRefused(reason="unsure", permanent=False, unsure=True), "unsure", "mail_refused"),
])  # fmt: skip
def test_what_the_server_says(refusal: MailRefused, state: str, problem: str, live: None, outgoing: Callable[..., Outgoing], monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused for good: failed. For now: again. Broken off after the text: nobody knows, a person looks."""

    def refuse(_message: Any) -> mail.Sent:
        raise refusal

    monkeypatch.setattr(mail, "send", refuse)
    row = outgoing(channel="mail", payload=PAYLOAD)
    run_due(now=LATER)
    row.refresh_from_db()
    assert (row.state, row.problem) == (state, problem)


def test_what_is_sent_can_be_found_again(live: None, outgoing: Callable[..., Outgoing], monkeypatch: pytest.MonkeyPatch) -> None:
    """By its Message-ID: answers and bounces name it."""
    monkeypatch.setattr(mail, "send", lambda message: mail.Sent(str(message["Message-ID"])))
    row = outgoing(channel="mail", payload=PAYLOAD)
    run_due(now=LATER)
    assert Outgoing.objects.get(remote_id=mailing.message_id(row.key)) == row


def test_not_switched_on(outgoing: Callable[..., Outgoing], monkeypatch: pytest.MonkeyPatch) -> None:
    """No mail leaves an installation where nobody switched it on."""
    monkeypatch.setattr(mail, "send", lambda _message: pytest.fail("sent"))
    row = outgoing(channel="mail", payload=PAYLOAD)
    run_due(now=LATER)
    row.refresh_from_db()
    assert row.state == "dry"
    assert not channels.is_on("mail")


def test_files_are_what_their_key_says() -> None:
    """Kept once, read back, refused when altered or missing, and no path gets out of the folder."""
    key = files.keep(b"content")
    assert files.keep(b"content") == key
    assert files.read(key) == b"content"
    files.path_of(key).write_bytes(b"altered")
    for wrong in (key, "0" * 64, "../../etc/passwd", "A" * 64):
        with pytest.raises(Conflict, match="file_altered"):
            files.read(wrong)
