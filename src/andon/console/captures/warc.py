"""Writing archives (WARC 1.1, SHA-256 digests), and reading them back."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO

import orjson
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from andon.domain.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.console.outside.answers import Answer

_NOT_STORED = ("transfer-encoding", "connection")  # of the line, not of the content: the body is stored unchunked


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of an archive: its number, and the content's hash and size."""

    record: str
    sha256: str
    size: int


class _Writer(WARCWriter):  # type: ignore[misc]  # a library without types
    """As warcio's, with SHA-256 in place of SHA-1."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


class Book:
    """An archive that is being written, for the person who captures."""

    def __init__(self, capturer: str) -> None:
        self._out = io.BytesIO()
        self._writer = _Writer(self._out, gzip=True, warc_version="1.1")
        info = {"software": f"andon/{version('andon')}", "format": "WARC File Format 1.1", "operator": capturer}
        self._writer.write_record(self._writer.create_warcinfo_record(None, info))

    def add(self, uri: str, content: bytes, media_type: str, at: datetime) -> Kept:
        """A thing of our own making: a post's record, or a picture of a page."""
        record = self._writer.create_warc_record(
            uri, "resource", payload=io.BytesIO(content), length=len(content), warc_content_type=media_type, warc_headers_dict=_dated(at)
        )
        self._writer.write_record(record)
        return _kept(record, content)

    def add_page(self, answer: Answer) -> Kept:
        """A page as its server gave it, with the address that answered, and the way there."""
        headers = [pair for pair in answer.headers.pairs if pair[0].lower() not in _NOT_STORED]
        given = StatusAndHeaders(str(answer.status), headers, protocol="HTTP/1.1")
        more = _dated(answer.at) | {"WARC-IP-Address": answer.ip} | ({"WARC-Truncated": "length"} if answer.truncated else {})
        response = self._writer.create_warc_record(
            answer.final_url, "response", payload=io.BytesIO(answer.raw), length=len(answer.raw), http_headers=given, warc_headers_dict=more
        )
        self._writer.write_record(response)
        number = response.rec_headers.get_header("WARC-Record-ID")
        if answer.hops:
            steps = [{"url": hop.url, "status": hop.status, "location": hop.location, "ip": hop.ip} for hop in answer.hops]
            content = orjson.dumps({"asked": answer.url, "redirects": steps})
            self._writer.write_record(
                self._writer.create_warc_record(
                    answer.final_url, "metadata", payload=io.BytesIO(content), length=len(content), warc_content_type="application/json",
                    warc_headers_dict=_dated(answer.at) | {"WARC-Concurrent-To": number},
                )
            )  # fmt: skip
        return Kept(number, hashlib.sha256(answer.raw).hexdigest(), len(answer.raw))

    def content(self) -> bytes:
        """The archive as a file."""
        return self._out.getvalue()


def records(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Number and content of every record, its own digests checked. Raises OutputError for an archive that is broken or was altered."""
    try:
        for record in ArchiveIterator(file, check_digests="raise", no_record_parse=False):
            yield record.rec_headers.get_header("WARC-Record-ID"), record.raw_stream.read()
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise OutputError(reason="archive", path="") from error


def record_of(file: BinaryIO, number: str) -> bytes:
    """The content of one record. Raises OutputError when it is not there, or not what it was."""
    for found, content in records(file):
        if found == number:
            return content
    raise OutputError(reason="archive", path="")


def _dated(at: datetime) -> dict[str, str]:
    return {"WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}


def _kept(record: object, content: bytes) -> Kept:
    return Kept(record.rec_headers.get_header("WARC-Record-ID"), hashlib.sha256(content).hexdigest(), len(content))  # type: ignore[attr-defined]
