"""An answer sealed: what was asked, what was answered, with what, and a root over all of it.

    record = seal(case, decision, law, inputs, salt=os.urandom(32).hex(), key=None)
    path.write_bytes(record.as_bytes())
    record = read_record(path.read_bytes())     # raises RecordError
    verify(record)                              # needs neither rulesets nor a network

The bytes are canonical JSON (RFC 8785), schema `record/1`. `digests` holds one digest for each
member, and one for each value right under `case`, `result` and `material` (what letters tell beside
the answer); these are committed to leaf by leaf with salts, so that a copy can withhold facts
(`redact`). `root` is the digest of the digests, and the signature is over the root. No digest of a
fact stands in a record without a salt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Protocol

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from engine.decision.case.reading import Case, canonical_case
from engine.decision.governing.law import Law
from engine.decision.record.commitment import (
    SALT_HEX,
    SECRET_HEX,
    derived_salts,
    digest,
    leaf_digest,
    leaves,
    member_digests,
)
from engine.decision.record.inputs import Inputs
from engine.decision.record.problems import RecordError, RecordProblem, problem, refusal
from engine.decision.record.signature import is_signed, sign
from engine.inference.program import Inference

SCHEMA: Final = "record/1"
LIMIT: Final = 16_000_000
"""Bytes of a record at the most."""
COMMITTED: Final = ("case", "result", "material")
"""Members that are committed to leaf by leaf; the last need not be there."""
WHOLE: Final = ("engine", "files", "inference", "known_at", "salt")
"""Members with one digest each."""


class Answered(Protocol):
    """Any answer of a case, as plain data with its schema and id."""

    def as_json(self) -> dict[str, Any]:
        """The answer."""
        ...


Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Secret = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{SECRET_HEX}}}$")]
Salt = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{SALT_HEX}}}$")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Engine(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    __pydantic_extra__: dict[str, str]
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    source: Digest


class _Signature(_Closed):
    algorithm: Literal["Ed25519"]
    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    value: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class _Form(_Closed):
    """The form `record/1`: a full record has `salt`, a copy `salts` and `withheld` instead."""

    schema_: Literal["record/1"] = Field(alias="schema")
    engine: _Engine
    files: dict[str, Digest]
    inference: Literal["rete", "reference"]
    known_at: Day | None
    case: Annotated[dict[str, Any], Field(min_length=1)]
    result: Annotated[dict[str, Any], Field(min_length=1)]
    material: Annotated[dict[str, Any], Field(min_length=1)] | None = None
    salt: Secret | None = None
    salts: dict[str, Salt] | None = None
    withheld: dict[str, Digest] | None = None
    digests: dict[str, Digest]
    root: Digest
    signature: _Signature | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A record as plain data in the form `record/1`."""

    content: Mapping[str, Any]

    def as_bytes(self) -> bytes:
        """The canonical JSON: what is stored."""
        return rfc8785.dumps(dict(self.content))

    @property
    def withheld(self) -> Mapping[str, str]:
        """Pointers of what this copy withholds, each with its commitment; none in a full record."""
        found: Mapping[str, str] = self.content.get("withheld", {})
        return found

    @property
    def signed_by(self) -> str | None:
        """The public key in hex, if the record is signed."""
        signature = self.content.get("signature")
        return None if signature is None else str(signature["key"])


def seal(
    case: Case,
    answer: Answered,
    law: Law,
    inputs: Inputs,
    *,
    inference: Inference,
    salt: str,
    key: Ed25519PrivateKey | None = None,
    material: Mapping[str, Any] | None = None,
) -> Record:
    """The record of an answer: of a decision, a review, an assessment, entitlements.

    `material`: what letters of it tell beside it (`letter.material`). `salt`: 64 hex
    digits that nobody can guess, never used twice. Without a key it is not signed.
    """
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "engine": dict(inputs.engine),
        "files": dict(inputs.files),
        "inference": inference,
        "known_at": None if law.known_at is None else law.known_at.isoformat(),
        "case": canonical_case(case, law.vocabulary),
        "result": answer.as_json(),
        "salt": salt,
    }
    if material is not None:
        content["material"] = material
    content["digests"] = {**_whole(content), **member_digests(commitments(content))}
    content["root"] = _root(content["digests"])
    if key is not None:
        content["signature"] = sign(content["root"], key)
    return Record(content)


def commitments(content: Mapping[str, Any]) -> dict[str, str]:
    """The commitment to each leaf of the case and of the result, by its pointer.

    Raises RecordError for a leaf without a salt, and for one said to be withheld that is not.
    """
    found = {
        pointer: value
        for name in COMMITTED
        if name in content
        for pointer, value in leaves(content[name], f"/{name}")
    }
    withheld: Mapping[str, str] = content.get("withheld", {})
    secret = content.get("salt")
    salts = content.get("salts", {}) if secret is None else derived_salts(secret, found)
    unsalted = (one for one in found if one not in withheld and one not in salts)
    strange = (one for one in salts if one in withheld or one not in found)
    wrong = [
        *(problem("not-withheld", one) for one in withheld if found.get(one, one) is not None),
        *(problem("salt-missing", one) for one in unsalted),
        *(problem("malformed", f"/salts/{one.replace('/', '~1')}") for one in strange),
    ]
    if wrong:
        raise RecordError(tuple(wrong))
    return {
        pointer: withheld.get(pointer) or leaf_digest(pointer, salts[pointer], value)
        for pointer, value in found.items()
    }


def read_record(data: bytes) -> Record:
    """The record that bytes hold, in form; raises RecordError. `verify` says whether it holds."""
    if len(data) > LIMIT:
        raise refusal("too-large", f"byte {LIMIT}")
    content = _parsed(data)
    schema = content.get("schema") if isinstance(content, dict) else None
    if not isinstance(schema, str) or not schema.startswith("record/"):
        raise refusal("not-a-record", "/schema")
    if schema != SCHEMA:
        raise refusal("unknown-schema", "/schema")
    try:
        canonical = rfc8785.dumps(content)
    except ValueError:  # numbers that JSON in this form does not have
        raise refusal("malformed", "") from None
    if canonical != data:
        pairs = zip(canonical, data, strict=False)
        shorter = min(len(canonical), len(data))
        place = next((place for place, (a, b) in enumerate(pairs) if a != b), shorter)
        raise refusal("not-canonical", f"byte {place}")
    _check_form(content)
    return Record(content)


def verify(record: Record, key: str | None = None) -> None:
    """Whether everything is as it was sealed: raises RecordError with the places where it is not.

    `key`: the public key (hex) of the only one who may have signed. Without it a signature must
    hold where there is one, whoever made it.
    """
    content = record.content
    found = {**_whole(content), **member_digests(commitments(content))}
    sealed: Mapping[str, str] = content["digests"]
    if "salt" not in content and "/salt" in sealed:
        found["/salt"] = sealed["/salt"]  # the secret is gone; its digest stays under the root
    wrong = tuple(_located(found, sealed, _root(sealed) == content["root"]))
    if wrong:
        raise RecordError(wrong)
    signature = content.get("signature")
    if signature is None:
        if key is not None:
            raise refusal("unsigned", "/signature")
    elif not is_signed(content["root"], signature):
        raise refusal("signature", "/signature")
    elif key is not None and signature["key"] != key:
        raise refusal("another-key", "/signature/key")


def _located(
    found: Mapping[str, str], sealed: Mapping[str, str], rooted: bool
) -> Iterator[RecordProblem]:
    """The members that do not match. Where the root holds, the digests are those of the seal."""
    differing = [one for one in (*found, *sealed) if found.get(one) != sealed.get(one)]
    places = list(dict.fromkeys(differing))
    if "/salt" in places and rooted:
        places = ["/salt"]  # with another secret every commitment is another one
    for place in places:
        if rooted:
            yield problem("changed", place)
        else:
            yield problem("digest-changed", f"/digests/{place.replace('/', '~1')}")
    if not places and not rooted:
        yield problem("root-changed", "/root")


def _whole(content: Mapping[str, Any]) -> dict[str, str]:
    return {f"/{name}": digest(content[name]) for name in WHOLE if name in content}


def _root(digests: Mapping[str, str]) -> str:
    return digest({"schema": SCHEMA, "digests": digests})


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode())
    except UnicodeDecodeError as error:
        raise refusal("not-json", f"byte {error.start}") from None
    except json.JSONDecodeError as error:
        place = len(error.doc[: error.pos].encode())
        raise refusal("not-json", f"byte {place}") from None
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        raise refusal("malformed", "") from None


def _check_form(content: dict[str, Any]) -> None:
    try:
        form = _Form.model_validate(content)
        for name in COMMITTED:
            list(leaves(content.get(name, {})))
    except ValidationError as error:
        places = ["".join(f"/{step}" for step in one["loc"]) for one in error.errors()]
        raise RecordError(tuple(problem("malformed", place) for place in places)) from None
    except (ValueError, RecursionError):
        raise refusal("malformed", "/case") from None
    full = form.salt is not None and form.salts is None and form.withheld is None
    copy = form.salt is None and form.salts is not None and form.withheld is not None
    if not full and not copy:
        raise refusal("malformed", "/salt")
