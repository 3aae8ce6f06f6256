"""Time stamps of an authority (RFC 3161): asking for one, and verifying one without a network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerificationError, VerifierBuilder, decode_timestamp_response

from andon.console.captures.der import with_sorted_certificates
from andon.console.outside import fetch
from andon.console.outside.errors import Unreachable
from andon.domain.errors import SettingError

if TYPE_CHECKING:
    from datetime import datetime

    from rfc3161_client import TimeStampRequest, TimeStampResponse

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


@dataclass(frozen=True, slots=True)
class Said:
    """What an authority said: its answer as it came, the time by its clock, and its name."""

    answer: bytes
    at: datetime
    authority: str


def is_set() -> bool:
    """Whether the installation has an authority."""
    return bool(settings.STAMP_URL)


def host() -> str:
    """Of the authority."""
    return urlsplit(settings.STAMP_URL).netloc


def ask(content: bytes) -> Said:
    """Have the time of `content` sworn to; only its hash leaves this machine. Raises Unreachable when nothing came that can be verified."""
    request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True).cert_request(cert_request=True).build()
    headers = {"Content-Type": _QUERY, "Accept": _REPLY}
    answer = fetch.call("POST", settings.STAMP_URL, headers=headers, body=request.as_bytes(), plain=True)
    if not answer.ok or answer.media_type != _REPLY:
        raise Unreachable(reason="no_stamp", host=host())
    try:
        return verify(answer.body, content, request)
    except ValueError as error:
        raise Unreachable(reason="no_stamp", host=host()) from error


def verify(answer: bytes, content: bytes, request: TimeStampRequest | None = None) -> Said:
    """What a kept answer says of `content`, verified against the roots of the settings. Raises ValueError when it does not hold."""
    response = decode_timestamp_response(with_sorted_certificates(answer))
    roots, between = _certificates()
    builder = VerifierBuilder.from_request(request) if request is not None else VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    for one in between:
        builder = builder.add_intermediate_certificate(one)
    try:
        builder.build().verify_message(response, content)
    except VerificationError as error:
        raise ValueError(str(error)) from error
    return Said(answer, response.tst_info.gen_time, _name(response))


def _certificates() -> tuple[list[x509.Certificate], list[x509.Certificate]]:
    """Those that sign themselves, and those between. Raises SettingError for a file that holds none."""
    try:
        found = x509.load_pem_x509_certificates(Path(settings.STAMP_ROOTS).read_bytes())
    except (OSError, ValueError) as error:
        raise SettingError(name="ANDON_STAMP_ROOTS", reason="stamps") from error
    roots = [one for one in found if one.issuer == one.subject]
    return roots or found, [one for one in found if one.issuer != one.subject] if roots else []


def _name(response: TimeStampResponse) -> str:
    """Of the certificate that signed."""
    signer = next(iter(response.signed_data.signer_infos), None)
    for one in map(x509.load_der_x509_certificate, response.signed_data.certificates):
        if signer is not None and (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number):
            return one.subject.rfc4514_string()
    return signer.issuer.rfc4514_string() if signer is not None else ""
