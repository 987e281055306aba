"""A copy without some facts: it verifies, and the facts cannot be found in it."""

from __future__ import annotations

import json
import re

import pytest

from engine.decision.case.reading import read_case_data
from engine.decision.letter.material import decide_for_letter
from engine.decision.record.commitment import digest, leaf_digest
from engine.decision.record.inputs import inputs_of
from engine.decision.record.problems import RecordError
from engine.decision.record.record import Record, read_record, seal, verify
from engine.decision.record.redact import redact
from engine.decision.record.replay import replay
from tests.unit.decision.harbour import (
    BLAME,
    PENSION,
    PUBLIC_HEX,
    RULESETS,
    SALT,
    harbour_law,
    sealed,
)


def copied(record: Record, *facts: str) -> Record:
    """A copy that withholds facts, as it is read from its bytes."""
    return read_record(redact(record, facts).as_bytes())


@pytest.mark.parametrize(
    "fact", ["pilots.ann.widowed_on", "/pilots/ann/widowed_on", "/case/pilots/ann/widowed_on"]
)
def test_a_copy_verifies_with_the_same_signature(fact: str) -> None:
    copy = copied(sealed(), fact)
    verify(copy, PUBLIC_HEX)
    assert copy.content["signature"] == sealed().content["signature"]
    assert copy.content["case"]["pilots"]["ann"]["widowed_on"] is None


def test_a_withheld_day_stands_nowhere_in_the_copy_as_such() -> None:
    whole, copy = sealed(), copied(sealed(), "pilots.ann.widowed_on")
    assert "2005-01-31" in json.dumps(whole.content["result"])
    assert "2005-01-31" not in json.dumps([copy.content["case"], copy.content["result"]])


def test_both_languages_of_a_sentence_go_together() -> None:
    copy = copied(sealed(BLAME), "mishaps.m1.gravity")
    for pointer in copy.withheld:
        if pointer.endswith("/text/en"):
            assert f"{pointer[:-2]}zh" in copy.withheld
    assert "grave" not in json.dumps(copy.content["result"]["trace"])


def test_the_id_of_the_answer_goes_with_what_it_is_made_of() -> None:
    assert copied(sealed(), "pilots.ann.widowed_on").content["result"]["id"] is None


def test_neither_the_secret_nor_the_salt_of_what_is_withheld_is_in_the_copy() -> None:
    copy = copied(sealed(), "pilots.ann.children")
    pointer = "/case/pilots/ann/children"
    assert "salt" not in copy.content
    assert pointer not in copy.content["salts"]
    guesses = [digest([pointer, "", count]) for count in range(20)]
    assert copy.withheld[pointer] not in guesses


def test_a_copy_can_be_copied_with_less() -> None:
    twice = copied(copied(sealed(), "pilots.ann.children"), "pilots.ann.widowed_on")
    verify(twice, PUBLIC_HEX)
    assert {"/case/pilots/ann/children", "/case/pilots/ann/widowed_on"} <= set(twice.withheld)


def test_a_part_of_the_answer_can_be_withheld_too() -> None:
    copy = copied(sealed(), "/result/bands")
    verify(copy, PUBLIC_HEX)
    assert all(one["low"] is None for one in copy.content["result"]["bands"])


def test_what_was_calculated_stays_unless_it_is_to_go_too() -> None:
    facts = ["pilots.ann.children"]
    copy, without = (redact(sealed(), facts, derived=derived) for derived in (False, True))
    assert copy.content["result"]["bands"][0]["high"] == "16.00"  # eight for each of two
    verify(read_record(without.as_bytes()), PUBLIC_HEX)
    assert not {"10.00", "16.00"} & set(re.findall(r"[\d.]+", json.dumps(without.content)))
    assert "30.00" in json.dumps(without.content["result"])  # the pension rests on no child
    assert set(copy.withheld) < set(without.withheld)


def test_a_last_day_goes_with_the_day_from_which_it_runs() -> None:
    without = redact(sealed(), ["pilots.ann.widowed_on"], derived=True)
    assert "2005-07-30" in json.dumps(sealed().content["result"])
    assert "2005-07-30" not in json.dumps(without.content["result"])


def test_the_traces_in_the_material_of_letters_are_withheld_as_well() -> None:
    law = harbour_law()
    choice = {"point": "3/rate:pilot.lamp_rate@ann", "value": "6.00", "by": "x", "reasons": "fog"}
    case = read_case_data(PENSION | {"choices": [choice]}, law.vocabulary)
    decision, material = decide_for_letter(case, law)
    whole = seal(
        case,
        decision,
        law,
        inputs_of(RULESETS),
        inference="rete",
        salt=SALT,
        material=material,
    )
    told = json.dumps(redact(whole, ["pilots.ann.children"]).content["material"]["chosen"])
    assert "2 ≥ 1" in json.dumps(whole.content["material"]["chosen"], ensure_ascii=False)
    assert "\\u2265 1" not in told
    assert "12.00" not in json.dumps(
        redact(whole, ["pilots.ann.children"], derived=True).content["material"]
    )


@pytest.mark.parametrize("fact", ["pilots.bo", "/pilots/ann/height", "", "/", "/files"])
def test_a_fact_that_is_not_there_cannot_be_withheld(fact: str) -> None:
    with pytest.raises(RecordError) as found:
        redact(sealed(), [fact])
    assert [(one.code, one.where) for one in found.value.problems] == [("no-such-fact", fact)]


def test_a_withheld_value_cannot_be_filled_in_with_another() -> None:
    copy = dict(copied(sealed(), "pilots.ann.children").content)
    copy["case"] = json.loads(json.dumps(copy["case"]))
    copy["case"]["pilots"]["ann"]["children"] = 7
    with pytest.raises(RecordError) as found:
        verify(Record(copy))
    assert [one.code for one in found.value.problems] == ["not-withheld"]
    pointer = "/case/pilots/ann/children"
    copy["withheld"] = {**copy["withheld"]}
    del copy["withheld"][pointer]
    with pytest.raises(RecordError) as found:
        verify(Record(copy))
    assert [one.code for one in found.value.problems] == ["salt-missing"]
    copy["salts"] = {**copy["salts"], pointer: "0" * 32}
    with pytest.raises(RecordError) as found:
        verify(Record(copy))
    assert [(one.code, one.where) for one in found.value.problems] == [("changed", "/case/pilots")]


def test_a_withheld_value_can_be_shown_later_with_its_salt() -> None:
    copy = copied(sealed(), "pilots.ann.children")
    pointer = "/case/pilots/ann/children"
    salt = redact(sealed(), ["pilots.ann.home"]).content["salts"][pointer]
    assert leaf_digest(pointer, salt, 2) == copy.withheld[pointer]
    assert leaf_digest(pointer, salt, 3) != copy.withheld[pointer]


def test_a_copy_cannot_be_replayed() -> None:
    with pytest.raises(RecordError) as found:
        replay(copied(sealed(), "pilots.ann.home"), harbour_law(), inputs_of(RULESETS))
    assert [one.code for one in found.value.problems] == ["withheld"]
