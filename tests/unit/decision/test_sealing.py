"""Every form of answer is sealed, verified, replayed, redacted; letters follow from the record."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.assurance.letters import faults
from engine.decision.case.reading import Case, read_case
from engine.decision.governing.law import Law
from engine.decision.record.commitment import leaves
from engine.decision.record.inputs import Inputs, inputs_of
from engine.decision.record.letters import notice_of_record
from engine.decision.record.problems import RecordError
from engine.decision.record.record import Record, read_record, seal, verify
from engine.decision.record.redact import redact
from engine.decision.record.replay import replay
from engine.decision.record.sealing import FORMS, answer_in, form_of, texts_of
from tests.real import real_law

PROJECT = Path(__file__).resolve().parents[3]
EXAMPLES = {
    "decision/1": "townships-2010",
    "review/1": "review-daye-2014",
    "assessment/1": "townships-2010",
    "entitlements/1": "entitlements-daye",
}


def law() -> Law:
    return real_law()


@cache
def inputs() -> Inputs:
    return inputs_of(PROJECT / "rulesets")


def case_of(example: str) -> Case:
    return read_case((PROJECT / f"examples/{example}.yaml").read_bytes(), law().vocabulary)


@cache
def sealed(form: str) -> Record:
    case = case_of(EXAMPLES[form])
    answer = answer_in(form, case, law())
    record = seal(
        case, answer, law(), inputs(), inference="rete", salt="7" * 64, material=answer.material
    )
    return read_record(record.as_bytes())


def test_every_form_has_an_example() -> None:
    assert set(EXAMPLES) == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_is_sealed_and_comes_again_byte_for_byte(form: str) -> None:
    record = sealed(form)
    verify(record)
    assert record.content["result"]["schema"] == form
    assert list(texts_of(record.content["result"])) or form == "entitlements/1"
    found = replay(record, law(), inputs())
    assert (found.same, found.changed) == (True, ())


@pytest.mark.parametrize("form", FORMS)
def test_what_is_changed_in_an_answer_is_located(form: str) -> None:
    content = dict(sealed(form).content)
    content["result"] = content["result"] | {"as_of": "2030-01-01"}
    with pytest.raises(RecordError) as refused:
        verify(Record(content))
    assert [(one.code, one.where) for one in refused.value.problems] == [
        ("changed", "/result/as_of")
    ]


def test_a_case_about_a_past_decision_is_answered_with_a_review() -> None:
    assert form_of(case_of("review-daye-2014"), law()) == "review/1"
    assert form_of(case_of("w01"), law()) == "decision/1"


def test_the_letter_of_a_review_follows_from_its_record() -> None:
    letter = notice_of_record(sealed("review/1"))
    assert letter.kind == "review"
    assert faults(letter.as_json(), letter.document) == []


def test_a_review_keeps_back_what_is_redacted_in_every_part_of_it() -> None:
    copy = redact(sealed("review/1"), ["persons.father.annual_income"])
    verify(copy)
    told = [
        str(value) for name in ("result", "material") for _, value in leaves(copy.content[name])
    ]
    assert not [text for text in told if "70000.00" in text or "70,000.00" in text]
    # Ids are made of all that was answered: with so few possible incomes one could try them all.
    assert {"/result/id", "/result/basis/id", "/result/found/id"} <= set(copy.withheld)
    with pytest.raises(RecordError):
        replay(copy, law(), inputs())


def test_an_answer_of_another_form_is_not_replayed() -> None:
    content = dict(sealed("decision/1").content)
    content["result"] = content["result"] | {"schema": "decision/2"}
    with pytest.raises(RecordError) as refused:
        replay(Record(content), law(), inputs())
    assert refused.value.problems[0].code == "unknown-answer"
