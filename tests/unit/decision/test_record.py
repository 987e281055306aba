"""A sealed decision: verified offline, and whatever was changed is refused and located."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785

from engine.decision.case.reading import canonical_case, read_case_data
from engine.decision.record.commitment import leaves
from engine.decision.record.inputs import inputs_of
from engine.decision.record.problems import MESSAGES, RecordError
from engine.decision.record.record import LIMIT, Record, read_record, verify
from engine.decision.record.signature import (
    KeyFileError,
    make_keys,
    read_private_key,
    read_public_key,
    sign,
)
from tests.unit.decision.harbour import (
    PENSION,
    PRIVATE,
    PUBLIC,
    PUBLIC_HEX,
    RULESETS,
    harbour_law,
    sealed,
)


def refused(data: bytes, key: str | None = None) -> list[tuple[str, str]]:
    """The codes and places for which a record is refused; none if it holds."""
    try:
        verify(read_record(data), key)
    except RecordError as error:
        return [(one.code, one.where) for one in error.problems]
    return []


def changed(record: Record, *path: str | int, to: Any) -> bytes:
    """The bytes of a record with one value replaced."""
    content = json.loads(record.as_bytes())
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return rfc8785.dumps(content)


# --- what is in it -----------------------------------------------------------------------------
def test_a_record_holds_the_case_the_answer_and_all_it_was_made_with() -> None:
    content = json.loads(sealed().as_bytes())
    law = harbour_law()
    inputs = inputs_of(RULESETS)
    assert content["schema"] == "record/1"
    assert content["case"] == canonical_case(
        read_case_data(PENSION, law.vocabulary), law.vocabulary
    )
    assert content["result"]["schema"] == "decision/1"
    assert content["files"] == inputs.files
    assert {"version", "source", "durable-rules"} <= content["engine"].keys()
    assert (content["inference"], content["known_at"]) == ("rete", None)


def test_the_same_decision_with_the_same_salt_is_the_same_bytes() -> None:
    assert sealed().as_bytes() == sealed().as_bytes()


def test_a_record_that_nobody_touched_holds_with_and_without_the_key() -> None:
    assert refused(sealed().as_bytes()) == []
    assert refused(sealed().as_bytes(), PUBLIC_HEX) == []
    assert refused(sealed(signed=False).as_bytes()) == []


def test_no_digest_of_a_fact_stands_in_it_without_a_salt() -> None:
    first, second = sealed().content, sealed(PENSION | {"as_of": "2005-06-02"}).content
    digests = [json.dumps(one["digests"]["/case/pilots"]) for one in (first, second)]
    assert digests[0] == digests[1], "the same salt and the same pilots"
    assert rfc8785.dumps(first["case"]["pilots"]).hex() not in digests[0]
    other = changed(sealed(), "salt", to="11" * 32)
    assert refused(other) == [("changed", "/salt")]


# --- what is refused ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "to", "where"),
    [
        (("case", "pilots", "ann", "children"), 3, "/case/pilots"),
        (("case", "as_of"), "2005-06-02", "/case/as_of"),
        (("result", "outcome"), "refused", "/result/outcome"),
        (("result", "trace", "text", "en"), "none", "/result/trace"),
        (("result", "bands"), [], "/result/bands"),
        (("known_at",), "2005-01-01", "/known_at"),
        (("inference",), "reference", "/inference"),
        (("engine", "version"), "9.0", "/engine"),
        (("files", "new.yaml"), f"sha256:{'0' * 64}", "/files"),
        (("salt",), "00" * 32, "/salt"),
    ],
)
def test_what_was_changed_is_named(path: tuple[str, ...], to: Any, where: str) -> None:
    assert refused(changed(sealed(), *path, to=to)) == [("changed", where)]


def test_what_was_added_or_taken_away_is_named() -> None:
    added = changed(sealed(), "case", "pilots", "bo", to={"children": 1})
    assert refused(added) == [("changed", "/case/pilots")]
    content = json.loads(sealed().as_bytes())
    del content["result"]["warnings"]
    assert refused(rfc8785.dumps(content)) == [("changed", "/result/warnings")]


def test_a_changed_digest_root_or_signature_is_told_from_changed_content() -> None:
    none = f"sha256:{'0' * 64}"
    digest = changed(sealed(), "digests", "/case/as_of", to=none)
    assert refused(digest) == [("digest-changed", "/digests/~1case~1as_of")]
    assert refused(changed(sealed(), "root", to=none)) == [("root-changed", "/root")]
    assert refused(changed(sealed(), "signature", "value", to="0" * 128)) == [
        ("signature", "/signature")
    ]


def test_who_seals_anew_what_was_changed_cannot_sign_it() -> None:
    forged = sealed(PENSION | {"as_of": "2005-07-01"}, signed=False).content
    bytes = rfc8785.dumps({**forged, "signature": sealed().content["signature"]})
    assert refused(bytes) == [("signature", "/signature")]


def test_another_key_and_no_signature_are_refused_where_a_key_is_given() -> None:
    private, public = make_keys()
    other = {**sealed().content}
    other["signature"] = sign(other["root"], read_private_key(private))
    assert refused(rfc8785.dumps(other), read_public_key(public)) == []
    assert refused(rfc8785.dumps(other), PUBLIC_HEX) == [("another-key", "/signature/key")]
    unsigned = sealed(signed=False).as_bytes()
    assert refused(unsigned, PUBLIC_HEX) == [("unsigned", "/signature")]


@pytest.mark.parametrize(
    ("schema", "code"),
    [("record/2", "unknown-schema"), ("decision/1", "not-a-record"), (1, "not-a-record")],
)
def test_an_unknown_form_says_so(schema: Any, code: str) -> None:
    assert refused(changed(sealed(), "schema", to=schema)) == [(code, "/schema")]


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"", "not-json", "byte 0"),
        (b'{"schema": "record/1"', "not-json", "byte 21"),
        (b'{"a":"\xff"}', "not-json", "byte 6"),
        (b"[" * 100_000, "malformed", ""),
        (b'{"schema":"record/1","x":' + b"9" * 5000 + b"}", "malformed", ""),
        (b'{"schema":"record/1","x":9007199254740993}', "malformed", ""),
        (b'{"schema":"record/1","x":NaN}', "malformed", ""),
        (b'{"schema":"record/1","x":"\\ud800"}', "malformed", ""),
        (b"[]", "not-a-record", "/schema"),
        (b" " * (LIMIT + 1), "too-large", f"byte {LIMIT}"),
    ],
)
def test_what_is_no_record_is_refused(data: bytes, code: str, where: str) -> None:
    assert refused(data) == [(code, where)]


def test_a_record_that_was_formatted_anew_is_refused_at_the_byte() -> None:
    bytes = sealed().as_bytes()
    assert refused(bytes.replace(b'":', b'": ', 1)) == [
        ("not-canonical", f"byte {bytes.index(b':') + 1}")
    ]
    assert refused(bytes + b"\n") == [("not-canonical", f"byte {len(bytes)}")]
    twice = bytes.replace(b'{"case"', b'{"root":"","case"', 1)
    assert refused(twice)[0][0] == "not-canonical"


def test_a_missing_and_an_unknown_member_are_named() -> None:
    content = json.loads(sealed().as_bytes())
    del content["engine"], content["digests"]
    content["extra"] = 1
    assert set(refused(rfc8785.dumps(content))) == {
        ("malformed", "/engine"),
        ("malformed", "/digests"),
        ("malformed", "/extra"),
    }


def test_a_record_with_neither_salt_nor_salts_is_malformed() -> None:
    content = {name: value for name, value in sealed().content.items() if name != "salt"}
    assert refused(rfc8785.dumps(content)) == [("malformed", "/salt")]


def test_a_list_cannot_be_passed_off_as_an_object_with_numbers_for_keys() -> None:
    bands = {str(place): band for place, band in enumerate(sealed().content["result"]["bands"])}
    assert refused(changed(sealed(), "result", "bands", to=bands)) == [("malformed", "/case")]
    with pytest.raises(ValueError, match="key of digits"):
        list(leaves({"1": "x"}))


def test_every_reason_is_told_in_both_languages() -> None:
    assert all(message.zh and message.en for message in MESSAGES.values())


def test_only_keys_of_the_right_kind_are_read() -> None:
    for wrong in (PUBLIC, b"", b"-----BEGIN PRIVATE KEY-----\n"):
        with pytest.raises(KeyFileError):
            read_private_key(wrong)
    for wrong in (PRIVATE, b"no key"):
        with pytest.raises(KeyFileError):
            read_public_key(wrong)
