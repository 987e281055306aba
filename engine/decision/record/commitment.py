"""Salted commitments to plain data, leaf by leaf, so that some leaves can be withheld later.

A leaf is a scalar or an empty list or object, named by its JSON pointer (RFC 6901). What is
committed to is the leaf, its pointer and a salt: who sees only the digest can neither change the
leaf nor find out by trying what it was. The salts of all leaves follow from one secret; a copy that
withholds leaves carries the salts of the others instead of the secret.

>>> dict(leaves({"a": [1, {}], "b/c": "x"}))
{'/a/0': 1, '/a/1': {}, '/b~1c': 'x'}
>>> salts = derived_salts("00" * 32, ["/a/0"])
>>> leaf_digest("/a/0", salts["/a/0"], 1) == leaf_digest("/a/0", salts["/a/0"], 2)
False
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

import rfc8785

SALT_HEX: Final = 32
"""Hexadecimal digits of the salt of a leaf: 128 bits, as much as anybody can ever try."""
SECRET_HEX: Final = 64
"""Hexadecimal digits of the secret from which the salts follow."""


def leaves(value: object, pointer: str = "") -> Iterator[tuple[str, object]]:
    """Every leaf of plain data with its JSON pointer, in the order in which they stand.

    Raises ValueError for a key of digits: pointers would not tell such an object from a list.
    """
    if isinstance(value, dict) and value:
        for key, below in value.items():
            if key.isdecimal():
                raise ValueError(f"a key of digits: {key}")
            yield from leaves(below, f"{pointer}/{_escaped(key)}")
    elif isinstance(value, list) and value:
        for place, below in enumerate(value):
            yield from leaves(below, f"{pointer}/{place}")
    else:
        yield pointer, value


def withheld(value: Any, pointers: frozenset[str], pointer: str = "") -> Any:
    """Plain data with null in place of the leaves at some pointers."""
    if isinstance(value, dict) and value:
        return {
            key: withheld(below, pointers, f"{pointer}/{_escaped(key)}")
            for key, below in value.items()
        }
    if isinstance(value, list) and value:
        return [
            withheld(below, pointers, f"{pointer}/{place}") for place, below in enumerate(value)
        ]
    return None if pointer in pointers else value


def digest(value: Any) -> str:
    """The SHA-256 of the canonical JSON (RFC 8785) of plain data, as `sha256:` and hex digits."""
    return "sha256:" + sha256(rfc8785.dumps(value)).hexdigest()


def derived_salts(secret: str, pointers: Iterable[str]) -> dict[str, str]:
    """The salt of each leaf: HMAC-SHA-256 (RFC 2104) of its pointer under the secret, in hex."""
    key = bytes.fromhex(secret)
    return {
        pointer: hmac.digest(key, pointer.encode(), "sha256").hex()[:SALT_HEX]
        for pointer in pointers
    }


def leaf_digest(pointer: str, salt: str, value: object) -> str:
    """The commitment to one leaf."""
    return digest([pointer, salt, value])


def member_digests(committed: Mapping[str, str]) -> dict[str, str]:
    """One digest for each value at the second level (`/case/persons`), over its leaves.

    `committed`: the commitment to each leaf by its pointer.
    """
    members: dict[str, dict[str, str]] = {}
    for pointer, commitment in committed.items():
        members.setdefault(member_of(pointer), {})[pointer] = commitment
    return {member: digest(below) for member, below in members.items()}


def member_of(pointer: str) -> str:
    """The pointer of the second level that a leaf stands under.

    >>> member_of("/case/persons/father/born")
    '/case/persons'
    """
    return "/".join(pointer.split("/", 3)[:3])


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
