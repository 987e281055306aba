"""Letters of sealed decisions: from the record alone, the same everywhere, with facts withheld."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from engine.assurance.letters import faults
from engine.decision.assessing.assess import NoSuchRow
from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from engine.decision.letter.material import decide_for_letter
from engine.decision.letter.notice import notice, written
from engine.decision.letter.saying import READERS, Reader
from engine.decision.letter.text import letter_text
from engine.decision.record.inputs import Inputs, inputs_of
from engine.decision.record.letters import notice_of_record
from engine.decision.record.problems import RecordError
from engine.decision.record.record import Record, read_record, seal, verify
from engine.decision.record.redact import redact
from engine.decision.record.replay import replay
from engine.decision.record.sealing import answer_in

PROJECT = Path(__file__).resolve().parents[4]


@cache
def law() -> Law:
    return load_law(PROJECT / "rulesets", cache=True)


@cache
def inputs() -> Inputs:
    return inputs_of(PROJECT / "rulesets")


@cache
def sealed(example: str = "w01") -> Record:
    case = read_case((PROJECT / f"examples/{example}.yaml").read_bytes(), law().vocabulary)
    decision, material = decide_for_letter(case, law())
    salt = "5" * 64
    record = seal(case, decision, law(), inputs(), inference="rete", salt=salt, material=material)
    return read_record(record.as_bytes())


@pytest.mark.parametrize("reader", READERS)
def test_a_letter_follows_from_the_record_alone(reader: Reader) -> None:
    content = sealed().content
    straight = notice(content["result"], content["material"], reader=reader, lang="en")
    assert notice_of_record(sealed(), reader=reader, lang="en") == straight


@pytest.mark.parametrize("example", ["w01", "daye-2014", "w06", "w08", "w14-twice"])
def test_what_letters_tell_is_sealed_and_replayed(example: str) -> None:
    verify(sealed(example))
    found = replay(sealed(example), law(), inputs())
    assert found.same and found.changed == ()


@pytest.mark.parametrize(
    ("example", "form", "row"),
    [
        ("entitlements-daye", "entitlements/1", None),
        ("townships-2010", "assessment/1", None),
        ("townships-2010", "assessment/1", "t2"),
    ],
)
def test_letters_of_rows_follow_from_the_record_alone(
    example: str, form: str, row: str | None
) -> None:
    case = read_case((PROJECT / f"examples/{example}.yaml").read_bytes(), law().vocabulary)
    answer = answer_in(form, case, law())
    made = seal(
        case, answer, law(), inputs(),
        inference="rete", salt="7" * 64, material=answer.material,
    )  # fmt: skip
    record = read_record(made.as_bytes())
    verify(record)
    assert replay(record, law(), inputs()).same
    assert answer.material is not None
    for reader in READERS:
        straight = written(answer.result, answer.material, reader=reader, lang="en", row=row)
        found = notice_of_record(record, reader=reader, lang="en", row=row)
        assert found == straight and faults(found.as_json(), found.document) == []
    with pytest.raises(NoSuchRow):
        notice_of_record(record, row="nobody")


def test_a_change_in_what_letters_tell_is_refused_and_located() -> None:
    data = sealed().as_bytes()
    start = data.index(b'"material"')
    place = data.index(b"2010-07-13", start)
    changed = read_record(data[:place] + b"2010-07-14" + data[place + 10 :])
    with pytest.raises(RecordError) as caught:
        verify(changed)
    assert [(one.code, one.where) for one in caught.value.problems] == [
        ("changed", "/material/remedies")
    ]


def test_letters_of_another_place_in_the_world_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(sealed().as_bytes())
    code = "import sys; from engine.cli import main; sys.argv[0] = 'tiaoli'; main()"
    written = [
        subprocess.run(
            [sys.executable, "-c", code, "notice", str(path), "--format", "html"],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
            cwd=tmp_path,
            check=True,
            capture_output=True,
        ).stdout
        for zone, seed in (("Asia/Tokyo", "1"), ("America/New_York", "77"))
    ]
    assert written[0] == written[1] and "应当缴纳" in written[0].decode()


def test_a_copy_has_a_letter_that_does_not_tell_what_it_withholds() -> None:
    copy = redact(sealed("daye-2014"), ["persons.father.annual_income", "persons.father.register"])
    verify(copy)
    for reader in READERS:
        found = notice_of_record(copy, reader=reader)
        text = letter_text(found)
        assert "70,000" not in text and "70000" not in text
        assert "〔隐去〕" in text and "father" in text
        assert "〔隐去〕（事实）" in text
        assert not re.search("〔隐去〕：：|〔隐去〕，〔隐去〕", text)
        wrong = {fault.code for fault in faults(found.as_json(), found.document)}
        assert wrong <= {"left-out"}
    stored = copy.as_bytes().decode()
    assert "70000.00" not in stored and "70,000.00" not in stored


def test_a_record_without_material_or_without_its_outcome_has_no_letter() -> None:
    case = read_case((PROJECT / "examples/w01.yaml").read_bytes(), law().vocabulary)
    bare = seal(case, decide(case, law()), law(), inputs(), inference="rete", salt="1" * 64)
    verify(bare)
    for record, code in (
        (bare, "no-material"),
        (redact(sealed(), ["/result/outcome"]), "withheld"),
    ):
        with pytest.raises(RecordError) as caught:
            notice_of_record(record)
        assert [one.code for one in caught.value.problems] == [code]
