"""Bluesky (AT Protocol): a record in our own repository, under a key that we choose, so that looking for it gives one answer and no other."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from andon.console.measures.kinds.warning.services.asking import ask, dicts, must, posted_id, text_at
from andon.console.measures.kinds.warning.services.service import ADDRESS, Identity, NotPosted, Posted, Unclear

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.measures.kinds.warning.services.asking import Said
    from andon.console.measures.kinds.warning.services.service import Found, Login, Picture, Reply

_COLLECTION = "app.bsky.feed.post"
_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_MOST_BYTES = 3000
_NOT_FOUND = {"RecordNotFound", "NotFound"}


class Bluesky:
    """A post record. Signs in with an app password at every sending: keys of a session live for minutes."""

    code = "bluesky"
    networks = ("bluesky",)
    usual_server = "https://bsky.social"
    most = 300

    def length(self, text: str) -> int:
        """Characters; one too many when it is longer in bytes than a record may be."""
        plain = unicodedata.normalize("NFC", text)
        return len(plain) if len(plain.encode()) <= _MOST_BYTES else max(len(plain), self.most + 1)

    def shown(self, reply: Reply) -> Mapping[str, Any]:
        """The request that posts it; the target's content hash and its thread are asked for when it goes."""
        body = {"repo": "…", "collection": _COLLECTION, "rkey": record_key(reply), "record": _record(reply, {"uri": reply.target, "cid": "…"}, {})}
        return {"method": "POST", "path": "/xrpc/com.atproto.repo.createRecord", "body": body, "target": reply.target}

    def who(self, login: Login) -> Identity:
        """The account of the key; its handle under a domain of its own is its badge there."""
        session = _Session(login)
        return Identity(session.did, session.handle, "" if session.handle.endswith(".bsky.social") else session.handle)

    def reply(self, login: Login, reply: Reply) -> Posted:
        """Find the post's content hash and its thread, then add the record."""
        session = _Session(login)
        parent, root = session.thread(reply.target)
        record = _record(reply, parent, root)
        if reply.picture:
            record["embed"] = session.picture(reply.picture)
        rkey = record_key(reply)
        body = {"repo": session.did, "collection": _COLLECTION, "rkey": rkey, "record": record}
        said = session.post("com.atproto.repo.createRecord", body, posts=True)
        if not said.is_ok and (there := session.record(rkey)):
            return there  # it was added at an earlier attempt, which the server refuses to do again
        return _posted(posted_id(must(said), "uri"))

    def find(self, login: Login, reply: Reply) -> Found:
        """Under its key in our repository."""
        return _Session(login).record(record_key(reply)) or False

    def delete(self, login: Login, remote_id: str) -> bool:
        """Take the record out. The server says yes whether it was there or not."""
        session = _Session(login)
        rkey = remote_id.rpartition("/")[2]
        was_there = session.record(rkey) is not None
        must(session.post("com.atproto.repo.deleteRecord", {"repo": session.did, "collection": _COLLECTION, "rkey": rkey}))
        return was_there


class _Session:
    """Signed in for one errand."""

    def __init__(self, login: Login) -> None:
        self.server = login.server.rstrip("/")
        said = ask("POST", f"{self.server}/xrpc/com.atproto.server.createSession", value={"identifier": login.handle, "password": login.token})
        value = must(said)
        self.did, self.handle = text_at(value, "did"), text_at(value, "handle")
        self._headers = {"Authorization": f"Bearer {text_at(value, 'accessJwt')}"}

    def get(self, name: str, **query: str) -> Said:
        """A question to the server."""
        return ask("GET", f"{self.server}/xrpc/{name}?{urlencode(query)}", headers=self._headers)

    def post(self, name: str, value: Mapping[str, Any], *, posts: bool = False) -> Said:
        """A call that may change something; `posts`: it makes something public."""
        return ask("POST", f"{self.server}/xrpc/{name}", headers=self._headers, value=value, posts=posts)

    def thread(self, target: str) -> tuple[dict[str, str], dict[str, str]]:
        """What a reply names: the post, and the first post of its thread. Raises NotPosted when the post is gone."""
        address = self._with_did(target)
        found = next(iter(dicts(must(self.get("app.bsky.feed.getPosts", uris=address)).get("posts"))), None)
        if found is None or not text_at(found, "cid"):
            raise NotPosted("target_gone", permanent=True)
        parent = {"uri": text_at(found, "uri"), "cid": text_at(found, "cid")}
        root = {"uri": text_at(found, "record", "reply", "root", "uri"), "cid": text_at(found, "record", "reply", "root", "cid")}
        return parent, root if root["uri"] and root["cid"] else parent

    def _with_did(self, target: str) -> str:
        """An at-address may name the author by a handle, which can change hands: asked for what it stands for now."""
        who, _, rest = target.removeprefix("at://").partition("/")
        if who.startswith("did:"):
            return target
        did = text_at(must(self.get("com.atproto.identity.resolveHandle", handle=who)), "did")
        return f"at://{did}/{rest}"

    def record(self, rkey: str) -> Posted | None:
        """The reply under a key of ours, None where there is none. Raises Unclear for an answer that does not say."""
        said = self.get("com.atproto.repo.getRecord", repo=self.did, collection=_COLLECTION, rkey=rkey)
        if not said.is_ok and text_at(said.value, "error") in _NOT_FOUND:
            return None
        value = must(said)
        if not text_at(value, "uri"):
            raise Unclear(name="no_id")
        return _posted(text_at(value, "uri"))

    def picture(self, picture: Picture) -> dict[str, Any]:
        """A picture, uploaded, as a post carries it. Raises NotPosted when it was not taken."""
        headers = {**self._headers, "Content-Type": picture.media_type}
        said = ask("POST", f"{self.server}/xrpc/com.atproto.repo.uploadBlob", headers=headers, body=picture.content)
        blob = must(said).get("blob")
        if not isinstance(blob, dict):
            raise NotPosted("picture", permanent=False)
        return {"$type": "app.bsky.embed.images", "images": [{"alt": picture.alt, "image": blob}]}


def record_key(reply: Reply) -> str:
    """The key of a reply's record, the same at every attempt: a time (of approval) and ten bits, as the protocol writes them."""
    micros = int(datetime.fromisoformat(reply.at).timestamp() * 1_000_000)
    tail = int.from_bytes(hashlib.sha256(reply.key.encode()).digest()[:2], "big") % 1024
    number = ((micros << 10) | tail) & (2**63 - 1)
    return "".join(_SORTABLE[number >> shift & 31] for shift in range(60, -1, -5))


def _record(reply: Reply, parent: dict[str, str], root: dict[str, str]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "$type": _COLLECTION, "text": reply.text, "createdAt": reply.at, "langs": [reply.language],
        "reply": {"root": root or parent, "parent": parent},
    }  # fmt: skip
    facets = [_link(reply.text, match.start(), match.group()) for match in ADDRESS.finditer(reply.text)]
    return record | ({"facets": facets} if facets else {})


def _link(text: str, start: int, address: str) -> dict[str, Any]:
    """An address in the text made one that can be pressed: places count in bytes."""
    first = len(text[:start].encode())
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": address}
    return {"index": {"byteStart": first, "byteEnd": first + len(address.encode())}, "features": [feature]}


def _posted(address: str) -> Posted:
    did, _, rkey = address.removeprefix("at://").partition("/")
    return Posted(address, f"https://bsky.app/profile/{did}/post/{rkey.rpartition('/')[2]}")
