"""Sending mail by the installation's own server."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.utils import formatdate, getaddresses, make_msgid, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings

from andon.console.outside.errors import MailRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage

_SECONDS = 30.0
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_FORM = policy.SMTP.clone(cte_type="7bit")  # every server takes it, and none rewrites it
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True)
class Sent:
    """A server took the mail. Its Message-ID finds answers and bounces."""

    message_id: str


def send(message: EmailMessage) -> Sent:
    """Hand a mail to the server, whole or not at all: one refused recipient refuses it. Adds From, Date and Message-ID where they are missing.

    Raises MailRefused: see there for what may be tried again, and for the one case in which nobody knows.
    """
    if not settings.MAIL_URL:
        raise MailRefused(reason="not_set", permanent=False)
    recipients = _recipients(message)
    sender = parseaddr(settings.MAIL_FROM)[1]
    _complete(message, sender)
    content = message.as_bytes(policy=_FORM)
    try:
        server = _server()
        try:
            _hand_over(server, sender, recipients, content)
        finally:
            _leave(server)
    except smtplib.SMTPAuthenticationError as error:
        raise MailRefused(reason="sign_in", permanent=False, status=error.smtp_code) from error
    except smtplib.SMTPResponseException as error:
        raise MailRefused(reason="server", permanent=error.smtp_code in _PERMANENT, status=error.smtp_code) from error
    except ssl.SSLError as error:
        raise MailRefused(reason="not_trusted", permanent=False) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailRefused(reason="not_connected", permanent=False) from error
    return Sent(str(message["Message-ID"]))


def _recipients(message: EmailMessage) -> list[str]:
    headers = [str(one) for name in ("To", "Cc", "Bcc") for one in message.get_all(name, [])]
    found = [address for _, address in getaddresses(headers)]
    if not found or not all(_PLAIN_ADDRESS.fullmatch(one) for one in found):
        raise MailRefused(reason="address", permanent=True)
    return found


def _complete(message: EmailMessage, sender: str) -> None:
    del message["Bcc"]
    if "From" not in message:
        message["From"] = settings.MAIL_FROM
    if "Date" not in message:
        message["Date"] = formatdate(localtime=True)
    if "Message-ID" not in message:
        message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "andon")


def _server() -> smtplib.SMTP:
    """Connected, over a checked connection where the setting says so, and signed in where it gives a name (never over a bare one)."""
    parts = urlsplit(settings.MAIL_URL)
    host, port, trust = parts.hostname or "", parts.port or _PORTS[parts.scheme], ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=trust)
    else:
        server = smtplib.SMTP(host, port, timeout=_SECONDS)
    if parts.scheme == "smtp+starttls":
        server.starttls(context=trust)
    if parts.username:
        if parts.scheme == "smtp":
            raise MailRefused(reason="bare_password", permanent=False)
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _hand_over(server: smtplib.SMTP, sender: str, recipients: Sequence[str], content: bytes) -> None:
    server.ehlo_or_helo_if_needed()
    _expect(server.mail(sender), 250)
    for one in recipients:
        code, _ = server.rcpt(one)
        if code not in (250, 251):
            raise MailRefused(reason="recipient", permanent=code in _PERMANENT, status=code)
    try:
        answer = server.data(content)
    except smtplib.SMTPResponseException:
        raise  # it would not hear the text
    except OSError as error:  # (smtplib's own errors among them)
        # The text may have gone out whole, and its receipt been lost on the way back.
        raise MailRefused(reason="unsure", permanent=False, unsure=True) from error
    _expect(answer, 250)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; that it goes wrong changes nothing of what was said before."""
    with suppress(OSError):  # (smtplib's own errors among them)
        server.quit()
    server.close()


def _expect(answer: tuple[int, bytes], wanted: int) -> None:
    if answer[0] != wanted:
        raise smtplib.SMTPResponseException(*answer)
