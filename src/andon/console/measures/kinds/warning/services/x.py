"""X (API v2): a post in reply to another. Keys are one OAuth 2.0 user token, or the four of OAuth 1.0a."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from andon.console.measures.kinds.warning.services.asking import ask, dicts, must, named, posted_id, text_at
from andon.console.measures.kinds.warning.services.service import ADDRESS, ADDRESS_LENGTH, Identity, NotPosted, Posted, same_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.measures.kinds.warning.services.asking import Said
    from andon.console.measures.kinds.warning.services.service import Found, Login, Picture, Reply

_LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))  # signs that count as one; all others count as two
_LATEST = 100
_OAUTH_1 = 4  # values: consumer key and secret, token and its secret


class X:
    """A post of our account."""

    code = "x"
    networks = ("x",)
    usual_server = "https://api.x.com"
    most = 280

    def length(self, text: str) -> int:
        """As X weighs: Japanese signs count as two, an address as 23."""
        plain = unicodedata.normalize("NFC", text)
        rest = ADDRESS.sub("", plain)
        light = sum(1 for sign in rest if any(low <= ord(sign) <= high for low, high in _LIGHT))
        return light + 2 * (len(rest) - light) + ADDRESS_LENGTH * len(ADDRESS.findall(plain))

    def shown(self, reply: Reply) -> Mapping[str, Any]:
        """The request that posts it."""
        return {"method": "POST", "path": "/2/tweets", "body": _post(reply), "target": reply.target}

    def who(self, login: Login) -> Identity:
        """The account of the key, with its kind of verification ("government")."""
        value = must(_ask("GET", login, "/2/users/me?user.fields=verified,verified_type"))
        badge = text_at(value, "data", "verified_type")
        return Identity(text_at(value, "data", "id"), text_at(value, "data", "username"), "" if badge == "none" else badge)

    def reply(self, login: Login, reply: Reply) -> Posted:
        """Post, with the picture put there before."""
        body = _post(reply)
        if reply.picture:
            body["media"] = {"media_ids": [_picture(login, reply.picture)]}
        number = posted_id(must(_ask("POST", login, "/2/tweets", value=body, posts=True)), "data", "id")
        return Posted(number, f"https://x.com/{login.handle}/status/{number}")

    def find(self, login: Login, reply: Reply) -> Found:
        """Among our latest posts. X keeps no key of a request, and a post may show late: one that is not there may be there in a while."""
        me = text_at(must(_ask("GET", login, "/2/users/me")), "data", "id")
        query = urlencode({"max_results": _LATEST, "tweet.fields": "referenced_tweets,created_at"})
        value = must(_ask("GET", login, f"/2/users/{quote(me)}/tweets?{query}"))
        for one in dicts(value.get("data") if isinstance(value, dict) else None):
            replied = [text_at(other, "id") for other in dicts(one.get("referenced_tweets")) if other.get("type") == "replied_to"]
            if reply.target in replied and same_words(reply.text, str(one.get("text") or "")):
                return Posted(text_at(one, "id"), f"https://x.com/{login.handle}/status/{text_at(one, 'id')}")
        return None

    def delete(self, login: Login, remote_id: str) -> bool:
        """Take a post down."""
        value = must(_ask("DELETE", login, f"/2/tweets/{quote(remote_id)}"))
        return bool(isinstance(value, dict) and isinstance(value.get("data"), dict) and value["data"].get("deleted"))


def _post(reply: Reply) -> dict[str, Any]:
    return {"text": reply.text, "reply": {"in_reply_to_tweet_id": reply.target}}


def _ask(method: str, login: Login, path: str, **more: Any) -> Said:  # noqa: ANN401 - handed on
    url = login.server.rstrip("/") + path
    return ask(method, url, headers={"Authorization": authorization(method, url, login.token)}, **more)


def authorization(method: str, url: str, token: str, *, nonce: str = "", at: int = 0) -> str:
    """The header that says who asks. Bodies of JSON and of forms with files are no part of the signature."""
    parts = token.split()
    if len(parts) != _OAUTH_1:
        return f"Bearer {token.strip()}"
    consumer, consumer_secret, access, access_secret = parts
    named_values = {
        "oauth_consumer_key": consumer, "oauth_nonce": nonce or secrets.token_hex(16), "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(at or int(time.time())), "oauth_token": access, "oauth_version": "1.0",
    }  # fmt: skip
    key = f"{_coded(consumer_secret)}&{_coded(access_secret)}"
    named_values["oauth_signature"] = signature(method, url, named_values, key)
    return "OAuth " + ", ".join(f'{name}="{_coded(value)}"' for name, value in sorted(named_values.items()))


def signature(method: str, url: str, values: Mapping[str, str], key: str) -> str:
    """OAuth 1.0a's signature (RFC 5849, 3.4): of the method, the address, and all values of header and query in order."""
    parts = urlsplit(url)
    pairs = sorted((_coded(name), _coded(value)) for name, value in [*values.items(), *parse_qsl(parts.query, keep_blank_values=True)])
    text = "&".join(f"{name}={value}" for name, value in pairs)
    base = f"{method.upper()}&{_coded(f'{parts.scheme}://{parts.netloc}{parts.path}')}&{_coded(text)}"
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode("ascii")


def _coded(text: str) -> str:
    return quote(text, safe="-._~")


def _picture(login: Login, picture: Picture) -> str:
    form = {"media_category": "tweet_image", "media_type": picture.media_type}
    said = _ask("POST", login, "/2/media/upload", form=form, files={"media": named(picture)})
    number = text_at(must(said), "data", "id")
    if not number:
        raise NotPosted("picture", permanent=False)
    must(_ask("POST", login, "/2/media/metadata", value={"id": number, "metadata": {"alt_text": {"text": picture.alt}}}))
    return number
