"""Signatures over the root of a record: Ed25519 (RFC 8032), keys as PEM files.

>>> private, public = make_keys()
>>> signature = sign("sha256:00", read_private_key(private))
>>> is_signed("sha256:00", signature)
True
>>> is_signed("sha256:01", signature)
False
>>> signature["key"] == read_public_key(public)
True
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

ALGORITHM: Final = "Ed25519"
_PURPOSE: Final = "tiaoli record/1\n"
"""Goes before what is signed, so that the signature serves for nothing else."""


class KeyFileError(ValueError):
    """A file that holds no Ed25519 key of the kind that is needed."""


def make_keys() -> tuple[bytes, bytes]:
    """A new pair of keys, private and public, as PEM (PKCS #8 without password, SPKI)."""
    key = Ed25519PrivateKey.generate()
    return (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def read_private_key(pem: bytes) -> Ed25519PrivateKey:
    """The private key of a PEM file; raises KeyFileError."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError("no private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("not an Ed25519 key")
    return key


def read_public_key(pem: bytes) -> str:
    """The public key of a PEM file, as the 64 hex digits by which a record names it.

    Raises KeyFileError.
    """
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyFileError("no public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError("not an Ed25519 key")
    return key.public_bytes_raw().hex()


def sign(root: str, key: Ed25519PrivateKey) -> dict[str, str]:
    """The signature over a root, with the public key that proves it."""
    return {
        "algorithm": ALGORITHM,
        "key": key.public_key().public_bytes_raw().hex(),
        "value": key.sign((_PURPOSE + root).encode()).hex(),
    }


def is_signed(root: str, signature: Mapping[str, str]) -> bool:
    """Whether the key that a signature names made it over this root."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature["key"]))
        key.verify(bytes.fromhex(signature["value"]), (_PURPOSE + root).encode())
    except (InvalidSignature, ValueError):
        return False
    return True
