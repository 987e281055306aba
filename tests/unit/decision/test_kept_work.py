"""What is worked out once and taken again is what it would be if it were worked out anew."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.governing.texts import Texts, turns_of
from engine.law.places import chain
from tests.real import real_law

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_texts_are_those_of_the_registry_on_every_day_around_a_turn() -> None:
    registry = real_law().registry
    texts, place = Texts(registry), chain("420281", 2013)
    instruments = registry.for_place(place)
    turns = set[Any]().union(*(turns_of(registry, one.id) for one in instruments))
    days = {turn + timedelta(days=n) for turn in turns for n in (-1, 0, 1)}
    assert len(days) > 50
    for day in days:
        told = {text.instrument: text.candidates for text in texts.on(place, day)}
        there = {one.id: registry.candidates(one.id, day) for one in instruments}
        assert told == {name: found for name, found in there.items() if found}, day
    assert len(texts.known) == 1


def test_a_decision_is_told_once() -> None:
    law = real_law()
    case = read_case((EXAMPLES / "w01.yaml").read_text("utf-8"), law.vocabulary)
    decision = decide(case, law)
    assert decision.content is decision.content
    assert decision.outcome == decision.content["outcome"]
