"""Each post as a report in XARF v4 (content/fraud, fraud_type employment: the closest published class), for abuse desks that read it.

Checked in the tests against the rules of the published schemas (xarf-core, content-base, content-fraud).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import uuid
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from andon.console.measures.common.providers import host_of
from andon.console.measures.kinds.removal.documents.blocks import grounds

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = "4.0.0"
_SPACE = uuid.UUID("8f0f6f4e-6f0b-4f67-9b4f-0d7f6d7d2a11")  # of andon's own report ids
_LONGEST_DESCRIPTION, _LONGEST_NAME = 1_000, 200
_NO_TAG = re.compile(r"[^a-z0-9_+.-]")


def xarf(packet: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One report for each post that has an address; the same packet gives the same reports, with the same ids."""
    return [_report(packet, post) for post in packet["posts"] if _host(post["url"])]


def xarf_lines(packet: Mapping[str, Any]) -> bytes:
    """The reports as JSON Lines: each line is a whole report."""
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in xarf(packet))


def _report(packet: Mapping[str, Any], post: Mapping[str, Any]) -> dict[str, Any]:
    host = _host(post["url"])
    who = _who(packet)
    report: dict[str, Any] = {
        "xarf_version": VERSION,
        "report_id": _report_id(packet["number"], packet["date"], post["post"]),
        "timestamp": post["created_at"] or post["observed_at"] or packet["date"],
        "reporter": who, "sender": who,
        "source_identifier": host, "category": "content", "type": "fraud",
        "url": post["url"], "domain": host, "fraud_type": "employment",
        "evidence_source": "researcher_analysis",
        "description": " / ".join(grounds(packet, "en"))[:_LONGEST_DESCRIPTION],
        "tags": [f"hotline:{packet['ground']['category']}", f"andon:{_NO_TAG.sub('-', packet['number'].lower())}"],
        "verification_method": "manual",  # a person read it; the score is no part of a report
    }  # fmt: skip
    if post["there_at"]:
        report["verified_at"] = post["there_at"]
    if post["quotes"]:
        report["evidence"] = [_quoted(post)]
    return report


def _host(url: str) -> str:
    """The host of an address as it goes over the wire; nothing for what is no address of a page."""
    try:
        return host_of(url).encode("idna").decode("ascii") if url.startswith(("http://", "https://")) else ""
    except UnicodeError:
        return ""


def _report_id(*parts: object) -> str:
    """The same id for the same post of the same letter, so that a report that is sent again is known; in the form of a random UUID, as asked for."""
    made = uuid.uuid5(_SPACE, "/".join(map(str, parts)))
    return str(uuid.UUID(bytes=made.bytes, version=4))


def _who(packet: Mapping[str, Any]) -> dict[str, str]:
    address = parseaddr(packet["from"]["mail"])[1] or "unknown@andon.invalid"
    return {"org": packet["from"]["unit"][:_LONGEST_NAME], "contact": address, "domain": address.rpartition("@")[2]}


def _quoted(post: Mapping[str, Any]) -> dict[str, Any]:
    """What the request rests on, in the post's own words; the SHA-256 of the whole text says which text that is."""
    content = "\n".join(quote["text"] for quote in post["quotes"]).encode()
    return {
        "content_type": "text/plain", "description": f"Quotes from the post; SHA-256 of its whole text: {post['sha256']}",
        "payload": base64.b64encode(content).decode("ascii"), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "size": len(content),
    }  # fmt: skip
