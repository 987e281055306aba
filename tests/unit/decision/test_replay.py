"""A replay gives the same bytes, or says what it is made with that changed and where it parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from engine.decision.governing.law import load_law
from engine.decision.record.inputs import inputs_of
from engine.decision.record.problems import RecordError
from engine.decision.record.record import Record
from engine.decision.record.replay import Replayed, known_at_of, replay
from tests.unit.decision.harbour import PENSION, RULESETS, harbour_law, sealed

DUES = "harbour/dues/2001-01-01.yaml"


def again(record: Record, rulesets: Path) -> Replayed:
    """A replay under the law of a folder as it is now."""
    return replay(record, load_law(rulesets), inputs_of(rulesets))


@pytest.fixture
def rulesets(tmp_path: Path) -> Path:
    return copytree(RULESETS, tmp_path / "law")


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_same_law_and_engine_give_the_same_bytes() -> None:
    found = replay(sealed(), harbour_law(), inputs_of(RULESETS))
    assert (found.same, found.changed, found.differences, found.count) == (True, (), (), 0)
    assert found.text().en == "the replay gives the same bytes"


def test_a_text_that_changed_is_named_with_what_it_changes(rulesets: Path) -> None:
    record = sealed(rulesets=rulesets)
    edit(rulesets / DUES, "yuan(30)", "yuan(31)")
    found = again(record, rulesets)
    assert not found.same
    assert [(one.part, one.name, one.change, one.cited) for one in found.changed] == [
        ("rulesets", DUES, "changed", True)
    ]
    parted = {one.pointer: (one.recorded, one.now) for one in found.differences}
    assert ("30.00", "31.00") in parted.values()
    assert ("180.00", "186.00") in parted.values()
    assert found.count >= len(found.differences)


def test_an_answer_that_stays_the_same_names_what_changed_all_the_same(rulesets: Path) -> None:
    record = sealed(rulesets=rulesets)
    (rulesets / "vocabulary/notes.md").write_text("a note\n", encoding="utf-8")
    (rulesets / "statistics").mkdir()
    (rulesets / "statistics/README.md").write_text("none yet\n", encoding="utf-8")
    found = again(record, rulesets)
    assert found.same
    assert [(one.part, one.change) for one in found.changed] == [
        ("statistics", "added"),
        ("vocabulary", "added"),
    ]
    assert "has changed" in found.text().en


def test_a_word_that_is_gone_is_told_as_a_case_that_cannot_be_read(rulesets: Path) -> None:
    record = sealed(PENSION | {"quays": {"q1": {"collisions": 1}}}, rulesets=rulesets)
    edit(rulesets / "vocabulary/words.yaml", "section: quays", "section: wharves")
    found = again(record, rulesets)
    assert (found.same, found.unreadable) == (False, ("/quays",))
    assert found.changed[0].part == "vocabulary"


def test_an_answer_that_nothing_explains_says_so() -> None:
    content = {**sealed().content}
    content["result"] = {**content["result"], "exit": True}
    found = replay(Record(content), harbour_law(), inputs_of(RULESETS))
    assert [(one.pointer, one.recorded, one.now) for one in found.differences] == [
        ("/result/exit", True, 0)
    ]
    assert found.changed == ()
    assert "nothing that is recorded has changed" in found.text().en


@pytest.mark.parametrize(
    ("engine", "names", "said"),
    [
        ({"source": f"sha256:{'0' * 64}"}, ["source"], "source of the engine: changed"),
        ({"version": "0.0.1"}, ["version"], "version of the engine: changed, 0.0.1 → "),
        ({"PyYAML": "1.2"}, ["PyYAML"], "PyYAML: changed, 1.2 → "),
    ],
)
def test_another_engine_is_named(engine: dict[str, str], names: list[str], said: str) -> None:
    content = {**sealed().content}
    content["engine"] = {**content["engine"], **engine}
    found = replay(Record(content), harbour_law(), inputs_of(RULESETS))
    assert found.same
    assert [(one.part, one.name) for one in found.changed] == [("engine", name) for name in names]
    assert [one.message().en.startswith(said) for one in found.changed] == [True]


def test_a_record_of_a_newer_engine_is_refused() -> None:
    content = {**sealed().content}
    content["engine"] = {**content["engine"], "version": "1000.0"}
    with pytest.raises(RecordError) as found:
        replay(Record(content), harbour_law(), inputs_of(RULESETS))
    assert [(one.code, one.where) for one in found.value.problems] == [
        ("newer-engine", "/engine/version")
    ]


def test_it_is_replayed_by_the_law_as_it_was_known() -> None:
    known = {**sealed().content, "known_at": "2020-01-01"}
    assert known_at_of(Record(known)) == date(2020, 1, 1)
    with pytest.raises(ValueError, match="known on the day"):
        replay(Record(known), harbour_law(), inputs_of(RULESETS))
    law = replace(harbour_law(), known_at=date(2020, 1, 1))
    assert replay(Record(known), law, inputs_of(RULESETS)).same


def test_the_finding_is_plain_data_in_both_languages() -> None:
    content: dict[str, Any] = {**sealed().content}
    content["engine"] = {**content["engine"], "version": "0.0.1"}
    plain = replay(Record(content), harbour_law(), inputs_of(RULESETS)).as_json()
    assert plain["schema"] == "replay/1"
    assert plain["changed"][0]["text"].keys() == {"zh", "en"}
    assert plain["text"]["zh"]
