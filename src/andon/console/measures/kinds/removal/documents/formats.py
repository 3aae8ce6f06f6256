"""Every form in which a letter can be had: name of the file, type, and how it is made. To add one: a function of the packet, and a line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.measures.kinds.removal.documents import mail
from andon.console.measures.kinds.removal.documents.docx import docx_file
from andon.console.measures.kinds.removal.documents.dsa import dsa_file
from andon.console.measures.kinds.removal.documents.pdf import pdf
from andon.console.measures.kinds.removal.documents.table import csv_file
from andon.console.measures.kinds.removal.documents.xarf import xarf_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Format:
    """A form of a letter."""

    code: str
    ending: str
    media_type: str
    make: Callable[[Mapping[str, Any]], bytes]
    with_mail: bool = False  # goes with an e-mail

    def name(self, packet: Mapping[str, Any]) -> str:
        """Of the file."""
        return f"andon-{packet['number']}.{self.ending}"


def _mail(packet: Mapping[str, Any]) -> bytes:
    return f"{mail.subject(packet)}\n\n{mail.text(packet)}".encode("utf-8", "replace")


FORMATS = {
    one.code: one
    for one in (
        Format("pdf", "pdf", "application/pdf", pdf, with_mail=True),
        Format("docx", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx_file),
        Format("mail", "txt", "text/plain; charset=utf-8", _mail),
        Format("csv", "csv", "text/csv; charset=utf-8", csv_file, with_mail=True),
        Format("xarf", "xarf.jsonl", "application/x-ndjson", xarf_lines, with_mail=True),
        Format("dsa", "dsa.json", "application/json", dsa_file),
    )
}
