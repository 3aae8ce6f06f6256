"""Warnings as a way out of the desk: what the outbox calls to post a reply, to take one down, and to ask whether it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cryptography.fernet import InvalidToken

from andon.console.measures.common import files
from andon.console.measures.common.channels import Channel, NotSent, Sent
from andon.console.measures.kinds.warning.models import Account, WarningReply
from andon.console.measures.kinds.warning.services import SERVICES
from andon.console.measures.kinds.warning.services.service import Login, NotPosted, Picture, Posted, Reply
from andon.console.people import secret_box

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from andon.console.measures.common.channels import Answer
    from andon.console.measures.kinds.warning.services.service import Service

REPLY, DELETE, APOLOGY = "warning", "warning_away", "warning_sorry"  # kinds of what goes out


def payload_of(warning: WarningReply, *, text: str, at: str, picture: tuple[str, str, str] = ("", "", ""), language: str = "ja") -> dict[str, Any]:
    """What a reply under the warning's post needs. `picture`: key of its file, media type, what it shows."""
    key, media_type, alt = picture
    return {
        "do": "reply", "warning": warning.pk, "account": warning.account_id, "target": warning.target, "text": text, "language": language, "at": at,
        "picture": key, "picture_type": media_type, "alt": alt,
    }  # fmt: skip


def deletion_of(warning: WarningReply) -> dict[str, Any]:
    """What taking the warning down needs."""
    return {"do": "delete", "warning": warning.pk, "account": warning.account_id, "remote_id": remote_number(warning.remote_id)}


def reply_of(payload: Mapping[str, Any], key: str) -> Reply:
    """The reply that a payload describes."""
    picture = Picture(files.read(payload["picture"]), payload["picture_type"], payload["alt"]) if payload.get("picture") else None
    return Reply(key, payload["target"], payload["text"], payload["language"], payload["at"], picture)


def channel_of(service: Service) -> Channel:
    """The way out by a service."""
    return Channel(service.code, send=_sender(service), was_sent=_looker(service), is_live=is_live)


def channels() -> dict[str, Channel]:
    """One for each service."""
    return {code: channel_of(service) for code, service in SERVICES.items()}


def is_live(payload: Mapping[str, Any]) -> bool:
    """Whether the account was switched to live by a person."""
    return Account.objects.filter(pk=payload["account"], is_live=True).exclude(token="").exists()


def remote_id_of(posted: Posted) -> str:
    """What the outbox keeps of a reply: the address where it stands behind its number, so that a person can open it."""
    return f"{posted.remote_id} {posted.url}".strip()


def remote_number(remote_id: str) -> str:
    """What the service calls it."""
    return remote_id.partition(" ")[0]


def login_of(account: Account) -> Login:
    """An account with its key in the clear, for the length of one errand. Raises NotSent where the key cannot be opened."""
    try:
        return Login(account.server, account.handle, secret_box.unlock(account.token) if account.token else "")
    except InvalidToken as error:
        raise NotSent("warning_key", permanent=True) from error


def _sender(service: Service) -> Callable[[Mapping[str, Any], str], Sent]:
    def send(payload: Mapping[str, Any], key: str) -> Sent:
        login = login_of(Account.objects.get(pk=payload["account"]))
        try:
            if payload["do"] == "delete":
                return Sent("" if service.delete(login, payload["remote_id"]) else "gone")
            return Sent(remote_id_of(service.reply(login, reply_of(payload, key))))
        except NotPosted as error:
            if payload["do"] == "delete" and error.problem == "target_gone":
                return Sent("gone")
            raise NotSent(f"warning_{error.problem}", permanent=error.permanent) from error

    return send


def _looker(service: Service) -> Callable[[str, Mapping[str, Any]], Answer]:
    def was_sent(key: str, payload: Mapping[str, Any]) -> Answer:
        if payload["do"] == "delete":
            return False  # taking down what is gone already does no harm: again
        login = login_of(Account.objects.get(pk=payload["account"]))
        try:
            found = service.find(login, reply_of(payload, key))
        except NotPosted as error:
            if error.problem == "target_gone":
                return None  # under a post that is gone nobody can look
            raise
        return Sent(remote_id_of(found)) if isinstance(found, Posted) else found

    return was_sent
