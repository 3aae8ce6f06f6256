"""Misskey: every question is a POST with the key in its body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from andon.console.measures.kinds.warning.services.asking import ask, dicts, must, named, posted_id, text_at
from andon.console.measures.kinds.warning.services.service import Identity, NotPosted, Posted, counted, same_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.measures.kinds.warning.services.asking import Said
    from andon.console.measures.kinds.warning.services.service import Found, Login, Picture, Reply

_LATEST = 100
_NO_NOTE = {"NO_SUCH_NOTE", "NO_SUCH_REPLY_TARGET", "CANNOT_REPLY_TO_A_SPECIFIED_VISIBILITY_NOTE_WITH_EXTENDED_VISIBILITY", "NO_SUCH_OBJECT"}


class Misskey:
    """A note of our account."""

    code = "misskey"
    networks = ("fediverse",)
    usual_server = ""
    most = 3000

    def length(self, text: str) -> int:
        """Characters."""
        return counted(text)

    def shown(self, reply: Reply) -> Mapping[str, Any]:
        """The request that posts it; the target's number is asked for when it goes."""
        return {"method": "POST", "path": "/api/notes/create", "body": _note(reply, "…"), "target": reply.target}

    def who(self, login: Login) -> Identity:
        """The account of the key, with the links that its server has checked."""
        value = _must(_ask(login, "i"))
        links = value.get("verifiedLinks") if isinstance(value, dict) else None
        return Identity(text_at(value, "id"), text_at(value, "username"), " ".join(map(str, links)) if isinstance(links, list) else "")

    def reply(self, login: Login, reply: Reply) -> Posted:
        """Find the note, then reply to it."""
        body = _note(reply, _target(login, reply.target))
        if reply.picture:
            body["fileIds"] = [_picture(login, reply.picture)]
        number = posted_id(_must(_ask(login, "notes/create", body, posts=True)), "createdNote", "id")
        return Posted(number, f"{login.server.rstrip('/')}/notes/{number}")

    def find(self, login: Login, reply: Reply) -> Found:
        """Among our latest notes, by what it replies to and says."""
        target, me = _target(login, reply.target), text_at(_must(_ask(login, "i")), "id")
        ours = dicts(_must(_ask(login, "users/notes", {"userId": me, "withReplies": True, "withRenotes": False, "limit": _LATEST})))
        for one in ours:
            if text_at(one, "replyId") == target and same_words(reply.text, str(one.get("text") or "")):
                return Posted(text_at(one, "id"), f"{login.server.rstrip('/')}/notes/{text_at(one, 'id')}")
        return False if len(ours) < _LATEST or text_at(ours[-1], "createdAt") < reply.at else None

    def delete(self, login: Login, remote_id: str) -> bool:
        """Take a note down."""
        said = _ask(login, "notes/delete", {"noteId": remote_id})
        if _error(said) == "NO_SUCH_NOTE":
            return False
        _must(said)
        return True


def _note(reply: Reply, target: str) -> dict[str, Any]:
    return {"text": reply.text, "replyId": target, "visibility": "public"}


def _ask(login: Login, name: str, value: Mapping[str, Any] | None = None, *, posts: bool = False) -> Said:
    return ask("POST", f"{login.server.rstrip('/')}/api/{name}", value={"i": login.token, **(value or {})}, posts=posts)


def _error(said: Said) -> str:
    return "" if said.is_ok else text_at(said.value, "error", "code")


def _must(said: Said) -> Any:  # noqa: ANN401 - JSON
    """A good answer's value. Misskey says with 400 and a code that a note is not there."""
    if _error(said) in _NO_NOTE:
        raise NotPosted("target_gone", permanent=True)
    return must(said)


def _target(login: Login, address: str) -> str:
    """The note's number at our server. Raises NotPosted when it is gone."""
    if urlsplit(address).netloc.lower() == urlsplit(login.server).netloc.lower():
        number = urlsplit(address).path.rstrip("/").rpartition("/")[2]
        return _number(_must(_ask(login, "notes/show", {"noteId": number})), "id")
    value = _must(_ask(login, "ap/show", {"uri": address}))
    if text_at(value, "type") != "Note":
        raise NotPosted("target_gone", permanent=True)
    return _number(value, "object", "id")


def _number(value: Any, *path: str) -> str:  # noqa: ANN401 - JSON
    """The number of a note that is there."""
    number = text_at(value, *path)
    if not number:
        raise NotPosted("target_gone", permanent=True)
    return number


def _picture(login: Login, picture: Picture) -> str:
    said = ask(
        "POST", f"{login.server.rstrip('/')}/api/drive/files/create", form={"i": login.token, "comment": picture.alt}, files={"file": named(picture)}
    )
    number = text_at(_must(said), "id")
    if not number:
        raise NotPosted("picture", permanent=False)
    return number
