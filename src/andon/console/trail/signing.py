"""The installation's signing key (Ed25519): made once, kept in its folder, readable by its owner only."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from andon.console.keys import folder, kept

_NAME = "checkpoint.key"


def has_key() -> bool:
    """Whether the key was made already."""
    return (folder(Path(settings.HOME)) / _NAME).exists()


def sign(message: bytes) -> str:
    """The signature, in hexadecimal digits."""
    return _private().sign(message).hex()


def public_key() -> str:
    """What others need to check signatures: 64 hexadecimal digits, to be kept outside this machine."""
    return _private().public_key().public_bytes_raw().hex()


def fits(message: bytes, signature: str, key: str) -> bool:
    """Whether the signature is that of `key` (as `public_key` gives it) over the message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(kept(Path(settings.HOME), _NAME, lambda: Ed25519PrivateKey.generate().private_bytes_raw()))
