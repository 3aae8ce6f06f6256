"""Mastodon and what speaks its API: a status in reply to one that the account's own server knows, or can look up by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from andon.console.measures.kinds.warning.services.asking import ask, dicts, must, named, posted_id, text_at
from andon.console.measures.kinds.warning.services.service import Identity, NotPosted, Posted, counted, same_words
from andon.detection.sources.html_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.measures.kinds.warning.services.asking import Said
    from andon.console.measures.kinds.warning.services.service import Found, Login, Picture, Reply

_GONE = (404, 410)
_LATEST = 40  # statuses of ours that are looked through


class Mastodon:
    """A status of our account; its server keeps the key of a request (Idempotency-Key) for an hour, so that one sent twice is posted once."""

    code = "mastodon"
    networks = ("fediverse",)
    usual_server = ""
    most = 440  # of 500: the name of who is replied to goes before the text

    def length(self, text: str) -> int:
        """Characters, an address as 23."""
        return counted(text)

    def shown(self, reply: Reply) -> Mapping[str, Any]:
        """The request that posts it; the target's number and author's name are asked for when it goes."""
        body: dict[str, Any] = _status(reply, "…", "@…")
        return {"method": "POST", "path": "/api/v1/statuses", "headers": {"Idempotency-Key": reply.key}, "body": body, "target": reply.target}

    def who(self, login: Login) -> Identity:
        """The account of the key. A field of its profile that the server has checked counts as its badge."""
        value = must(_ask("GET", login, "/api/v1/accounts/verify_credentials"))
        checked = [text_at(field, "name") for field in dicts(value.get("fields")) if field.get("verified_at")]
        return Identity(text_at(value, "id"), text_at(value, "acct"), " ".join(checked))

    def reply(self, login: Login, reply: Reply) -> Posted:
        """Find the status replied to, then post, with the picture put there before."""
        target = _target(login, reply.target)
        body = _status(reply, text_at(target, "id"), "@" + text_at(target, "account", "acct"))
        if reply.picture:
            body["media_ids"] = [_picture(login, reply.picture)]
        said = _ask("POST", login, "/api/v1/statuses", value=body, headers={"Idempotency-Key": reply.key}, posts=True)
        value = must(said)
        return Posted(posted_id(value, "id"), text_at(value, "url"))

    def find(self, login: Login, reply: Reply) -> Found:
        """Among our latest statuses, by what it replies to and says. The server answers from its own store: one that is not there was not posted."""
        target = text_at(_target(login, reply.target), "id")
        me = text_at(must(_ask("GET", login, "/api/v1/accounts/verify_credentials")), "id")
        ours = dicts(must(_ask("GET", login, f"/api/v1/accounts/{quote(me)}/statuses?exclude_reblogs=true&limit={_LATEST}")))
        for one in ours:
            said = plain_text(str(one.get("content") or ""), keep_breaks=True)[0]
            if text_at(one, "in_reply_to_id") == target and same_words(reply.text, said):
                return Posted(text_at(one, "id"), text_at(one, "url"))
        return False if len(ours) < _LATEST or text_at(ours[-1], "created_at") < reply.at else None

    def delete(self, login: Login, remote_id: str) -> bool:
        """Take a status down."""
        said = _ask("DELETE", login, f"/api/v1/statuses/{quote(remote_id)}")
        return said.status not in _GONE and must(said) is not None


def _status(reply: Reply, target: str, author: str) -> dict[str, Any]:
    return {"status": f"{author} {reply.text}", "in_reply_to_id": target, "visibility": "public", "language": reply.language}


def _ask(method: str, login: Login, path: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> Said:  # noqa: ANN401 - handed on
    return ask(method, login.server.rstrip("/") + path, headers={"Authorization": f"Bearer {login.token}", **(headers or {})}, **more)


def _target(login: Login, address: str) -> dict[str, Any]:
    """The status as our server knows it: by its number when it is its own, else looked up by its address. Raises NotPosted when it is gone."""
    if urlsplit(address).netloc.lower() == urlsplit(login.server).netloc.lower():
        number = urlsplit(address).path.rstrip("/").rpartition("/")[2]
        value = must(_ask("GET", login, f"/api/v1/statuses/{quote(number, safe='')}"))
        found: dict[str, Any] = value if isinstance(value, dict) else {}
    else:
        value = must(_ask("GET", login, "/api/v2/search?" + urlencode({"q": address, "resolve": "true", "type": "statuses", "limit": 1})))
        found = next(iter(dicts(value.get("statuses") if isinstance(value, dict) else None)), {})
    if not text_at(found, "id"):
        raise NotPosted("target_gone", permanent=True)
    return found


def _picture(login: Login, picture: Picture) -> str:
    said = _ask("POST", login, "/api/v2/media", form={"description": picture.alt}, files={"file": named(picture)})
    number = text_at(must(said), "id")
    if not number:
        raise NotPosted("picture", permanent=False)
    return number
