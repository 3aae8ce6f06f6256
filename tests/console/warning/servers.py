"""Small servers that speak the APIs of Mastodon, Misskey, Bluesky (AT Protocol) and X, and show posts as pages. Posts can be taken down and come back.

`with Mastodon() as server:` runs one in a thread of its own on a free port of this machine. `server.add_post(text)` gives a post's address;
`server.take_down(post)` makes it vanish; `server.replies` are what our account has posted. `server.faults` is a list of what happens to the next
requests that post something: "drop_after" (done, and the line breaks before the answer), "drop_before" (the line breaks, nothing is done), or a
status. The shapes of values follow the networks' published documentation.
"""

from __future__ import annotations

import hashlib
import html
import json
import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from types import TracebackType

TOKEN = "a-key-for-tests"


@dataclass
class Post:
    """A post of a stranger, or a reply of ours."""

    id: str
    text: str
    author: str
    url: str
    uri: str = ""
    reply_to: str = ""
    files: list[str] = field(default_factory=list)
    key: str = ""  # Idempotency-Key
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"))
    is_down: bool = False


class Dropped(Exception):  # noqa: N818 - what happens
    """The line breaks."""


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    value: Any
    body: bytes

    @property
    def token(self) -> str:
        """The key that came with it."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")


class Server:
    """What the four have in common. `handle` (the account's name) and `token` open it."""

    first_id: ClassVar[int] = 100_000
    handle = "keisatsu"
    token = TOKEN

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self.mine: dict[str, Post] = {}
        self.uploads: dict[str, tuple[bytes, str]] = {}
        self.faults: list[str | int] = []
        self.asked: list[Asked] = []
        self.deleted: list[str] = []
        self._numbers = iter(range(self.first_id, self.first_id + 1_000_000))
        self._lock = threading.RLock()
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.network = self
        self.netloc = f"127.0.0.1:{self._http.server_address[1]}"
        self.url = f"http://{self.netloc}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()

    def add_post(self, text: str, author: str = "recruiter") -> Post:
        """Somebody posts."""
        number = str(next(self._numbers))
        post = Post(number, text, author, self.address(author, number), self.uri(author, number))
        self.posts[number] = post
        return post

    def take_down(self, post: Post) -> None:
        """The post is gone."""
        post.is_down = True

    def bring_back(self, post: Post) -> None:
        """And there again."""
        post.is_down = False

    @property
    def replies(self) -> list[Post]:
        """What our account has posted and not deleted, in order."""
        return list(self.mine.values())

    def address(self, author: str, number: str) -> str:
        """Where people see a post."""
        return f"{self.url}/@{author}/{number}"

    def uri(self, _author: str, number: str) -> str:
        """What the network calls it."""
        return f"{self.url}/objects/{number}"

    def find(self, number: str) -> Post | None:
        """A post that is there, of whoever."""
        post = self.posts.get(number) or self.mine.get(number)
        return None if post is None or post.is_down else post

    def post_reply(self, text: str, reply_to: str, files: list[str], key: str = "") -> Post:
        """Our account posts."""
        if key and (same := next((one for one in self.mine.values() if one.key == key), None)):
            return same
        number = str(next(self._numbers))
        made = Post(number, text, self.handle, self.address(self.handle, number), self.uri(self.handle, number), reply_to, files, key)
        self.mine[number] = made
        return made

    def answer(self, asked: Asked) -> tuple[int, Any]:
        """Status and value (bytes: a page)."""
        with self._lock:
            self.asked.append(asked)
            if asked.path == "/robots.txt":
                return 200, b"User-agent: *\nAllow: /\n"
            known = self.api(asked)
            return known if known is not None else self.page(asked)

    def api(self, asked: Asked) -> tuple[int, Any] | None:
        """The network's own interface."""
        raise NotImplementedError

    def page(self, asked: Asked) -> tuple[int, bytes]:
        """The page of a post."""
        post = next((one for one in [*self.posts.values(), *self.mine.values()] if urlsplit(one.url).path == asked.path), None)
        if post is None or post.is_down:
            return 404, b"<!doctype html><title>404</title><p>Not found</p>"
        body = f'<!doctype html><html lang="ja"><title>{html.escape(post.author)}</title><article><p>{html.escape(post.text)}</p></article></html>'
        return 200, body.encode()

    def fault(self, before: bool) -> None:  # noqa: FBT001 - said by name
        """What was ordered for the next request that posts."""
        if not self.faults:
            return
        if before and self.faults[0] == "drop_before":
            self.faults.pop(0)
            raise Dropped
        if not before and self.faults[0] == "drop_after":
            self.faults.pop(0)
            raise Dropped

    def status_fault(self) -> int:
        """A status that was ordered, or 0."""
        return int(self.faults.pop(0)) if self.faults and isinstance(self.faults[0], int) else 0


class Mastodon(Server):
    """`/api/v1` and `/api/v2` as far as replying needs them."""

    first_id = 110_000_000_000_000_000

    def api(self, asked: Asked) -> tuple[int, Any] | None:
        """See the class."""
        if not asked.path.startswith("/api/"):
            return None
        if asked.token != self.token:
            return 401, {"error": "The access token is invalid"}
        path = asked.path
        if path == "/api/v1/accounts/verify_credentials":
            return 200, self._account() | {"fields": [{"name": "Web", "value": "https://www.example.jp", "verified_at": "2026-01-01T00:00:00.000Z"}]}
        if path == "/api/v2/search":
            found = next((one for one in self.posts.values() if asked.query.get("q") in (one.url, one.uri) and not one.is_down), None)
            return 200, {"accounts": [], "hashtags": [], "statuses": [self._status(found)] if found else []}
        if path == "/api/v2/media":
            return 200, {"id": self.upload(asked, "file"), "type": "image", "url": f"{self.url}/media/1.png", "description": asked.value.get("description")}
        if path == "/api/v1/statuses" and asked.method == "POST":
            return self._post(asked)
        if path.startswith("/api/v1/accounts/") and path.endswith("/statuses"):
            return 200, [self._status(one) for one in reversed(self.replies)][: int(asked.query.get("limit", "20"))]
        if path.startswith("/api/v1/statuses/"):
            return self._one(asked, path.rpartition("/")[2])
        return 404, {"error": "Record not found"}

    def _one(self, asked: Asked, number: str) -> tuple[int, Any]:
        post = self.find(number)
        if post is None or (asked.method == "DELETE" and number not in self.mine):
            return 404, {"error": "Record not found"}
        if asked.method == "DELETE":
            self.deleted.append(number)
            del self.mine[number]
            return 200, self._status(post) | {"text": post.text}
        return 200, self._status(post)

    def _post(self, asked: Asked) -> tuple[int, Any]:
        self.fault(before=True)
        if status := self.status_fault():
            return status, {"error": "ordered"}
        if self.find(str(asked.value.get("in_reply_to_id"))) is None:
            return 404, {"error": "The post you are trying to reply to does not appear to exist."}
        if len(asked.value["status"]) > 500:  # noqa: PLR2004 - Mastodon's own
            return 422, {"error": "Validation failed: Text character limit of 500 exceeded"}
        made = self.post_reply(
            asked.value["status"], str(asked.value["in_reply_to_id"]), asked.value.get("media_ids", []), asked.headers.get("idempotency-key", "")
        )
        self.fault(before=False)
        return 200, self._status(made)

    def _account(self, name: str = "") -> dict[str, Any]:
        name = name or self.handle
        return {"id": hashlib.sha256(name.encode()).hexdigest()[:6], "username": name, "acct": name, "display_name": name, "url": f"{self.url}/@{name}"}

    def _status(self, post: Post) -> dict[str, Any]:
        return {
            "id": post.id, "uri": post.uri, "url": post.url, "created_at": post.at, "account": self._account(post.author), "visibility": "public",
            "content": "<p>" + html.escape(post.text).replace("\n", "<br>") + "</p>", "spoiler_text": "", "language": "ja", "reblog": None,
            "in_reply_to_id": post.reply_to or None, "media_attachments": [{"id": one} for one in post.files], "tags": [], "mentions": [],
        }  # fmt: skip

    def upload(self, asked: Asked, name: str) -> str:
        """Keep a file of a form."""
        number = str(next(self._numbers))
        self.uploads[number] = (asked.value[name], str(asked.value.get("description") or asked.value.get("comment") or ""))
        return number


class Misskey(Mastodon):
    """`/api/…`, all POST, the key in the body."""

    first_id = 1

    def address(self, _author: str, number: str) -> str:
        """As this network writes it."""
        return f"{self.url}/notes/{number}"

    def uri(self, _author: str, number: str) -> str:
        """As this network writes it."""
        return f"{self.url}/notes/{number}"

    def api(self, asked: Asked) -> tuple[int, Any] | None:
        """See the class."""
        if not asked.path.startswith("/api/"):
            return None
        if not isinstance(asked.value, dict) or asked.value.get("i") != self.token:
            return 401, _misskey_error("AUTHENTICATION_FAILED")
        calls = {
            "i": lambda: (200, self._user() | {"verifiedLinks": ["https://www.example.jp"]}), "notes/create": lambda: self._create(asked.value),
            "notes/show": lambda: self._show(asked.value.get("noteId")), "ap/show": lambda: self._resolve(asked.value.get("uri")),
            "notes/delete": lambda: self._delete(asked.value.get("noteId")), "drive/files/create": lambda: (200, {"id": self.upload(asked, "file")}),
            "users/notes": lambda: (200, [self._note(one) for one in reversed(self.replies)][: asked.value.get("limit", 10)]),
        }  # fmt: skip
        call = calls.get(asked.path.removeprefix("/api/"))
        return call() if call else (404, _misskey_error("UNKNOWN_API_ENDPOINT"))

    def _create(self, value: dict[str, Any]) -> tuple[int, Any]:
        self.fault(before=True)
        if status := self.status_fault():
            return status, _misskey_error("RATE_LIMIT_EXCEEDED" if status == 429 else "INTERNAL_ERROR")  # noqa: PLR2004 - HTTP
        if value.get("replyId") and self.find(str(value["replyId"])) is None:
            return 400, _misskey_error("NO_SUCH_REPLY_TARGET")
        made = self.post_reply(value["text"], str(value.get("replyId") or ""), value.get("fileIds", []))
        self.fault(before=False)
        return 200, {"createdNote": self._note(made)}

    def _show(self, number: str | None) -> tuple[int, Any]:
        post = self.find(str(number))
        return (200, self._note(post)) if post else (400, _misskey_error("NO_SUCH_NOTE"))

    def _resolve(self, uri: str | None) -> tuple[int, Any]:
        post = next((one for one in self.posts.values() if uri in (one.url, one.uri) and not one.is_down), None)
        return (200, {"type": "Note", "object": self._note(post)}) if post else (400, _misskey_error("NO_SUCH_OBJECT"))

    def _delete(self, number: str | None) -> tuple[int, Any]:
        if str(number) not in self.mine:
            return 400, _misskey_error("NO_SUCH_NOTE")
        self.deleted.append(str(number))
        del self.mine[str(number)]
        return 204, None

    def _user(self, name: str = "") -> dict[str, Any]:
        name = name or self.handle
        return {"id": hashlib.sha256(name.encode()).hexdigest()[:6], "username": name, "name": name, "host": None}

    def _note(self, post: Post) -> dict[str, Any]:
        user = self._user(post.author)
        return {
            "id": post.id, "createdAt": post.at, "text": post.text, "cw": None, "userId": user["id"], "user": user, "replyId": post.reply_to or None,
            "renoteId": None, "visibility": "public", "fileIds": post.files, "files": [], "reactions": {}, "uri": None, "localOnly": False,
        }  # fmt: skip


def _misskey_error(code: str) -> dict[str, Any]:
    return {"error": {"message": code.capitalize(), "code": code, "id": "00000000-0000-0000-0000-000000000000"}}


class Bluesky(Server):
    """`/xrpc/…` of a personal data server, with the view of posts behind it."""

    did = "did:plc:abcdefghijklmnopqrstuvwx"
    handle = "keisatsu.example.jp"
    strangers: ClassVar[dict[str, str]] = {"recruiter.bsky.social": "did:plc:zyxwvutsrqponmlkjihgfedc"}

    def address(self, author: str, number: str) -> str:
        """As this network writes it."""
        return f"{self.url}/profile/{author}/post/{number}"

    def add_post(self, text: str, author: str = "recruiter.bsky.social") -> Post:
        """Somebody posts."""
        rkey = "3" + hashlib.sha256(f"{text}{next(self._numbers)}".encode()).hexdigest()[:12].translate(str.maketrans("0189", "2345"))
        did = self.strangers[author]
        post = Post(rkey, text, author, self.address(did, rkey), f"at://{did}/app.bsky.feed.post/{rkey}")
        self.posts[post.uri] = post
        return post

    def api(self, asked: Asked) -> tuple[int, Any] | None:
        """See the class."""
        if not asked.path.startswith("/xrpc/"):
            return None
        name = asked.path.removeprefix("/xrpc/")
        if name == "com.atproto.server.createSession":
            ours = asked.value.get("identifier") in (self.handle, self.did) and asked.value.get("password") == self.token
            return (200, {"did": self.did, "handle": self.handle, "accessJwt": "jwt", "refreshJwt": "jwt2"}) if ours else (401, _xrpc("AuthenticationRequired"))
        if asked.token != "jwt":
            return 401, _xrpc("AuthMissing")
        calls = {
            "app.bsky.feed.getPosts": self._posts, "com.atproto.identity.resolveHandle": self._resolve, "com.atproto.repo.getRecord": self._record,
            "com.atproto.repo.createRecord": self._create, "com.atproto.repo.deleteRecord": self._delete, "com.atproto.repo.uploadBlob": self._blob,
        }  # fmt: skip
        return calls[name](asked) if name in calls else (501, _xrpc("MethodNotImplemented"))

    def _posts(self, asked: Asked) -> tuple[int, Any]:
        found = self.find(asked.query["uris"])
        if found is None:
            return 200, {"posts": []}
        record = {"$type": "app.bsky.feed.post", "text": found.text, "createdAt": found.at}
        return 200, {"posts": [{"uri": found.uri, "cid": cid_of(found.uri), "author": {"did": found.uri.split("/")[2], "handle": found.author}, "record": record}]}

    def _resolve(self, asked: Asked) -> tuple[int, Any]:
        did = self.strangers.get(asked.query["handle"])
        return (200, {"did": did}) if did else (400, _xrpc("InvalidRequest"))

    def _record(self, asked: Asked) -> tuple[int, Any]:
        uri = f"at://{asked.query['repo']}/{asked.query['collection']}/{asked.query['rkey']}"
        found = self.mine.get(uri)
        return (200, {"uri": uri, "cid": cid_of(uri), "value": {"text": found.text}}) if found else (400, _xrpc("RecordNotFound"))

    def _create(self, asked: Asked) -> tuple[int, Any]:
        self.fault(before=True)
        if status := self.status_fault():
            return status, _xrpc("Ordered")
        value = asked.value
        uri, record = f"at://{value['repo']}/{value['collection']}/{value['rkey']}", value["record"]
        if uri in self.mine:
            return 400, _xrpc("InvalidRequest")
        if record["reply"]["parent"]["cid"] != cid_of(record["reply"]["parent"]["uri"]) or len(record["text"]) > 300:  # noqa: PLR2004 - the lexicon's
            return 400, _xrpc("InvalidRecord")
        files = [one["image"]["ref"]["$link"] for one in record.get("embed", {}).get("images", [])]
        self.mine[uri] = Post(value["rkey"], record["text"], self.handle, self.address(self.did, value["rkey"]), uri, record["reply"]["parent"]["uri"], files)
        self.fault(before=False)
        return 200, {"uri": uri, "cid": cid_of(uri), "commit": {"cid": cid_of(uri), "rev": "3"}, "validationStatus": "valid"}

    def _delete(self, asked: Asked) -> tuple[int, Any]:
        uri = f"at://{asked.value['repo']}/{asked.value['collection']}/{asked.value['rkey']}"
        if self.mine.pop(uri, None):
            self.deleted.append(uri)
        return 200, {}

    def _blob(self, asked: Asked) -> tuple[int, Any]:
        link = "bafkrei" + hashlib.sha256(asked.body).hexdigest()[:52]
        self.uploads[link] = (asked.body, "")
        return 200, {"blob": {"$type": "blob", "ref": {"$link": link}, "mimeType": asked.headers["content-type"], "size": len(asked.body)}}


def cid_of(uri: str) -> str:
    """A content hash, as far as tests need one."""
    return "bafyrei" + hashlib.sha256(uri.encode()).hexdigest()[:52]


def _xrpc(error: str) -> dict[str, str]:
    return {"error": error, "message": error}


class X(Server):
    """`/2/…`."""

    first_id = 1_990_000_000_000_000_000

    def address(self, author: str, number: str) -> str:
        """As this network writes it."""
        return f"{self.url}/{author}/status/{number}"

    def api(self, asked: Asked) -> tuple[int, Any] | None:
        """See the class."""
        if not asked.path.startswith("/2/"):
            return None
        if asked.token != self.token and not asked.headers.get("authorization", "").startswith("OAuth "):
            return 401, {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
        path = asked.path
        if path == "/2/users/me":
            return 200, {"data": {"id": "77", "name": "警察", "username": self.handle, "verified": True, "verified_type": "government"}}
        if path == "/2/users/77/tweets":
            return self._latest()
        if path == "/2/tweets" and asked.method == "POST":
            return self._post(asked)
        if path == "/2/media/upload":
            number = str(next(self._numbers))
            self.uploads[number] = (asked.value["media"], "")
            return 200, {"data": {"id": number, "media_key": f"3_{number}", "expires_after_secs": 86400}}
        if path == "/2/media/metadata":
            number = asked.value["id"]
            self.uploads[number] = (self.uploads[number][0], asked.value["metadata"]["alt_text"]["text"])
            return 200, {"data": {"id": number, "associated_metadata": {}}}
        if path.startswith("/2/tweets/") and asked.method == "DELETE":
            number = path.rpartition("/")[2]
            is_ours = self.mine.pop(number, None) is not None
            self.deleted += [number] if is_ours else []
            return 200, {"data": {"deleted": is_ours}}
        return 404, {"title": "Not Found Error", "status": 404}

    def _latest(self) -> tuple[int, Any]:
        rows = [
            {"id": one.id, "text": one.text.replace("https://", "https://t.co/x"), "created_at": one.at, "referenced_tweets": [{"type": "replied_to", "id": one.reply_to}]}
            for one in reversed(self.replies)
        ]
        return 200, {"data": rows, "meta": {"result_count": len(rows)}} if rows else {"meta": {"result_count": 0}}

    def _post(self, asked: Asked) -> tuple[int, Any]:
        self.fault(before=True)
        if status := self.status_fault():
            return status, {"title": "Ordered", "status": status}
        target = asked.value["reply"]["in_reply_to_tweet_id"]
        if self.find(target) is None:
            return 400, {"title": "Invalid Request", "detail": "You attempted to reply to a Post that is deleted or not visible to you.", "status": 400}
        made = self.post_reply(asked.value["text"], target, asked.value.get("media", {}).get("media_ids", []))
        self.fault(before=False)
        return 201, {"data": {"id": made.id, "text": made.text, "edit_history_tweet_ids": [made.id]}}


class _Http(ThreadingHTTPServer):
    """Also tests in which a line breaks end quietly."""

    daemon_threads = True
    network: Server


class _Handler(BaseHTTPRequestHandler):
    """Hands requests to the server's network."""

    server: _Http
    protocol_version = "HTTP/1.1"

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, unquote(parts.path), {key: values[-1] for key, values in parse_qs(parts.query).items()}, headers, self._value(body), body)
        try:
            status, value = self.server.network.answer(asked)
        except Dropped:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        is_page = isinstance(value, bytes)
        content = value if is_page else b"" if value is None else json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if is_page else "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = _any  # noqa: N815 - the names that the library calls

    def _value(self, body: bytes) -> Any:
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("application/json"):
            return json.loads(body or b"null")
        if kind.startswith("multipart/form-data"):
            message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
            values: dict[str, Any] = {}
            for part in message.iter_parts():
                name = part.get_param("name", header="content-disposition")
                content = part.get_payload(decode=True)
                values[str(name)] = content if part.get_filename() else content.decode()
            return values
        return None

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Nothing."""


def serve_all(seconds: float) -> None:
    """By hand: all four for a while, their addresses printed."""
    with Mastodon() as mastodon, Misskey() as misskey, Bluesky() as bluesky, X() as x:
        for one in (mastodon, misskey, bluesky, x):
            print(type(one).__name__, one.url)  # noqa: T201 - by hand
        time.sleep(seconds)
