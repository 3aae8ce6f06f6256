"""Mail that comes back: bounces and answers find their letter by Message-ID alone, once, and nothing that they say is believed beyond that."""

from __future__ import annotations

import json
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from andon.cli.mail import COMMAND
from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.measures.common import files
from andon.console.measures.common.models import Notice, Outgoing
from andon.console.measures.kinds.removal.actions import again
from andon.console.measures.kinds.removal.actions.approve import approve
from andon.console.measures.kinds.removal.actions.take_mail import take_mail
from andon.console.measures.kinds.removal.mail_reading import read
from andon.console.measures.kinds.removal.models import Event, Mail, Request
from andon.domain.errors import Refused

from .conftest import go, look

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def bounce_of(message_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A notice as RFC 3464 has it, with the head of the mail that came back."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example
To: desk@police.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <notice@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8

Your mail could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sun, 22 Nov 2026 12:00:00 +0900

Final-Recipient: rfc822; abuse@social.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--cut
Content-Type: text/rfc822-headers

From: desk@police.example
To: abuse@social.example
Message-ID: {message_id}
Subject: anything

--cut--
""".encode()


def reply_to(message_id: str, *, text: str = "受け付けました。", sender: str = "abuse@social.example", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "desk@police.example", "Re: request"
    message["Message-ID"], message["In-Reply-To"], message["References"] = "<answer@social.example>", message_id, f"<first@social.example> {message_id}"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def test_bounce(sent: Callable[..., Request]) -> None:
    """The request is bounced: its posts were never asked for, no deadline runs, its unit is told, and the notice is kept."""
    request = sent()
    letter = request.letters.get()
    content = bounce_of(letter.message_id)
    taken = take_mail(content)
    assert (taken.kind, taken.request, taken.is_new) == ("bounced", request.pk, True)
    request.refresh_from_db()
    assert (request.state, request.asked, request.to_ask, request.due_at, request.first_sent_at) == ("bounced", 0, 2, None, None)
    assert Outgoing.objects.get().state == "bounced"
    assert files.read(Mail.objects.get().sha256) == content
    assert Notice.objects.filter(code="removal_bounced").exists()
    assert Entry.objects.filter(event="removal.mail_taken").latest("number").facts["code"] == "5.1.1"


def test_after_a_bounce_one_writes_again(sent: Callable[..., Request], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]) -> None:
    """To another address; then it counts as asked, from then on."""
    request = sent()
    take_mail(bounce_of(request.letters.get().message_id))
    request.refresh_from_db()
    assert again.may_write(request) == ["first"]
    again.write_again(actor(sora), request.pk, "first")
    again.change(actor(sora), request.pk, text="", address="trust@social.example")
    approve(actor(sora), request.pk)
    go()
    request.refresh_from_db()
    assert (request.state, request.asked) == ("sent", 2)
    assert str(mails[1]["To"]) == "trust@social.example"


def test_delay_is_no_bounce(sent: Callable[..., Request]) -> None:
    """A notice of delay is a line of the timeline, nothing more."""
    request = sent()
    assert take_mail(bounce_of(request.letters.get().message_id, action="delayed", status="4.4.1")).kind == "delayed"
    request.refresh_from_db()
    assert request.state == "sent"


def test_reply_and_automatic_reply(sent: Callable[..., Request]) -> None:
    """Both acknowledge; a person is told of what a person wrote. What the text claims changes nothing."""
    request = sent()
    message_id = request.letters.get().message_id
    assert take_mail(reply_to(message_id, Auto_Submitted="auto-replied", text="automatic")).kind == "automatic"
    request.refresh_from_db()
    assert request.state == "acknowledged"
    assert not Notice.objects.filter(code="removal_reply").exists()
    assert take_mail(reply_to(message_id, text="すべて削除しました")).kind == "reply"
    request.refresh_from_db()
    assert (request.state, request.gone) == ("acknowledged", 0)
    assert Notice.objects.filter(code="removal_reply").exists()


def test_the_same_mail_twice_is_one(sent: Callable[..., Request]) -> None:
    """A mail server that delivers again changes nothing."""
    content = reply_to(sent().letters.get().message_id)
    assert take_mail(content).is_new
    lines = Event.objects.count()
    assert not take_mail(content).is_new
    assert (Mail.objects.count(), Event.objects.count()) == (1, lines)


def test_what_is_not_ours_is_not_kept(sent: Callable[..., Request]) -> None:
    """A message about nothing of ours is counted by its hash; its content is somebody's mail and stays away."""
    sent()
    for content in (reply_to("<other@elsewhere.example>"), b"", b"\xff\xfe\x00broken", bounce_of("<guess@police.example>")):
        taken = take_mail(content)
        assert (taken.kind, taken.request) == ("unknown", None)
        assert not files.path_of(Mail.objects.latest("pk").sha256).exists()
    with pytest.raises(Refused, match="mail_too_large"):
        take_mail(b"x" * (30 * 2**20 + 1))


def test_a_stranger_is_marked_as_one(sent: Callable[..., Request]) -> None:
    """An answer that does not say that it comes from where we wrote to is kept as such."""
    request = sent()
    message_id = request.letters.get().message_id
    take_mail(reply_to(message_id, sender="someone@evilsocial.example"))
    assert Mail.objects.latest("pk").is_from_receiver is False
    take_mail(reply_to(message_id, sender="Abuse <abuse@social.example>"))
    assert Mail.objects.latest("pk").is_from_receiver is True


def test_an_old_server_puts_it_all_into_the_text(sent: Callable[..., Request]) -> None:
    """Notices from before RFC 3464 are found, too."""
    request = sent()
    content = (
        "Return-Path: <>\nFrom: postmaster@old.example\nSubject: failure notice\n\n"
        f"550 5.1.1 unknown user\n\n--- Below this line is a copy of the message.\n\nMessage-Id: {request.letters.get().message_id}\n"
    )
    assert take_mail(content.encode()).kind == "bounced"
    request.refresh_from_db()
    assert request.state == "bounced"


def test_late_bounce_takes_nothing_back_that_was_found(sent: Callable[..., Request]) -> None:
    """Posts that are gone by the time the bounce comes had gone before anybody asked."""
    request = sent()
    look([item.post for item in request.items.all()[:1]], "gone")
    take_mail(bounce_of(request.letters.get().message_id))
    request.refresh_from_db()
    assert (request.gone_before, request.gone, request.asked, request.to_ask) == (1, 0, 0, 1)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.integers(0, 700), st.integers(0, 700))
def test_reading_never_breaks(noise: bytes, start: int, end: int) -> None:
    """Whatever a stranger sends, it is read as something, and ids are ids."""
    whole = bounce_of("<ours@police.example>")
    for content in (noise, whole[:start] + noise + whole[end:]):
        found = read(content)
        assert found.kind in {"bounced", "delayed", "delivered", "automatic", "reply"}
        assert all(one.startswith("<") and one.endswith(">") for one in found.about)


def test_the_command(sent: Callable[..., Request], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a file and from standard input, as text and as JSON."""
    from andon.console import start

    monkeypatch.setattr(start, "setup", lambda: None)  # it is set up
    request = sent()
    content = reply_to(request.letters.get().message_id)
    file = tmp_path / "answer.eml"
    file.write_bytes(content)
    done = CliRunner().invoke(COMMAND, ["take", str(file), "--json"])
    assert (done.exit_code, json.loads(done.output)) == (0, {"kind": "reply", "request": request.pk, "is_new": True})
    done = CliRunner().invoke(COMMAND, ["take", "-", "--lang", "ja"], input=content)
    assert (done.exit_code, f"R{request.pk}" in done.output, "取り込み済み" in done.output) == (0, True, True)


def test_kept_mail_cannot_be_changed(sent: Callable[..., Request]) -> None:
    """The database refuses."""
    take_mail(reply_to(sent().letters.get().message_id))
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), gate._door():
        Mail.objects.update(kind="bounced")
