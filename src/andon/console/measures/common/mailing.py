"""The channel "mail": a payload becomes one mail, the same one every time, so that a receiver knows it again."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings

from andon.console.measures.common import files
from andon.console.measures.common.channels import MAIL, Channel, NotSent, Sent
from andon.console.outside import mail
from andon.console.outside.errors import MailRefused

if TYPE_CHECKING:
    from collections.abc import Mapping


def message_id(key: str) -> str:
    """The Message-ID of what is put under this key: known before it is sent, so that answers and bounces find it."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "andon.invalid"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def message_of(payload: Mapping[str, Any], key: str) -> EmailMessage:
    """The mail of a payload: `to` and `cc` (lists), `subject`, `body`, `html`, `reply_to`, `in_reply_to`, `attachments` (key, name, type)."""
    made = EmailMessage()
    made["To"] = ", ".join(payload["to"])
    if payload.get("cc"):
        made["Cc"] = ", ".join(payload["cc"])
    made["Subject"] = payload["subject"]
    made["Message-ID"] = message_id(key)
    if payload.get("reply_to"):
        made["Reply-To"] = payload["reply_to"]
    if payload.get("in_reply_to"):
        made["In-Reply-To"] = made["References"] = payload["in_reply_to"]
    made.set_content(payload["body"])
    if payload.get("html"):
        made.add_alternative(payload["html"], subtype="html")
    for one in payload.get("attachments", ()):
        major, _, minor = one["type"].partition("/")
        made.add_attachment(files.read(one["key"]), maintype=major, subtype=minor or "octet-stream", filename=one["name"])
    return made


def _send(payload: Mapping[str, Any], key: str) -> Sent:
    try:
        return Sent(mail.send(message_of(payload, key)).message_id)
    except MailRefused as error:
        if error.unsure:
            raise
        raise NotSent(f"mail_{error.reason}", permanent=error.permanent) from error


CHANNEL = Channel(MAIL, _send)
