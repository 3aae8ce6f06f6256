"""The mail that brings a packet to a receiver outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.wording.say import say

if TYPE_CHECKING:
    from andon.console.measures.kinds.referral.models import Referral
    from andon.wording.say import Language


def mail_of(referral: Referral) -> dict[str, Any]:
    """The payload for the channel of mail, in the receiver's language. The posts are in the packet only."""
    receiver = referral.receiver
    if receiver is None:
        raise AssertionError(referral.pk)  # to units of the desk nothing goes by mail
    language: Language = "en" if receiver.language == "en" else "ja"
    places = {
        "number": referral.pk, "unit": referral.unit.name, "person": referral.by.name, "to": receiver.name, "posts": referral.posts,
        "reason": say(f"referral.reason.{referral.reason}", language), "note": referral.note or "—", "sha256": referral.manifest_sha256,
    }  # fmt: skip
    return {
        "to": [receiver.email], "subject": say("referral.mail.subject", language, **places), "body": say("referral.mail.body", language, **places),
        "attachments": [{"key": referral.packet, "name": f"referral-{referral.pk}.zip", "type": "application/zip"}],
    }  # fmt: skip
