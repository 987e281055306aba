"""Two laws may differ in what their texts have a part in, and in nothing else."""

from __future__ import annotations

from typing import Final

import pytest

from engine.decision.case.reading import read_case_data
from engine.decision.changing.differing import Differing, Slot, differing_in
from engine.decision.deciding.decide import evaluation_of
from engine.decision.governing.choice_of_law import Governed, govern
from engine.decision.worlds.world import World
from engine.language.ruleset import Rule
from tests.unit.decision.ferry import ferry_law, plain

NOTHING: Final = Differing(frozenset(), frozenset(), frozenset(), frozenset())


def governed_on(day: str) -> Governed:
    """What governs a toll on a day; the text has another version from 2015 on."""
    law = ferry_law()
    case = read_case_data(plain("toll", as_of=day), law.vocabulary)
    evaluation = evaluation_of(case, law, "reference")
    connecting = World(evaluation.base, {}).settle()
    return govern(connecting, law.texts, evaluation.question, law.relevance)


def between(before: str, after: str) -> Differing:
    law = ferry_law()
    relevance = law.relevance(law.vocabulary.questions["toll"])
    return differing_in(governed_on(before), governed_on(after), law, relevance)


def rule_of(local: str) -> Rule:
    (version, _) = ferry_law().registry.versions("ferry/rules")
    return next(rule for rule in version.rules if rule.local == local)


def test_two_days_under_the_same_versions_differ_in_nothing() -> None:
    assert between("2010-01-01", "2014-12-31") == NOTHING


@pytest.mark.parametrize(
    "slot",
    [
        ("name", "boat.base"),
        ("having", "charge"),
        ("drawing", "charge", "ferry-toll"),
        ("ending", "ferry-toll"),
        ("declared", "charge", None),
        ("gap", "charge ferry-toll", "b1"),
    ],
)
def test_a_text_touches_what_it_has_a_part_in(slot: Slot) -> None:
    assert between("2014-12-31", "2015-01-01").touches(slot, None)


@pytest.mark.parametrize(
    "slot",
    [
        ("name", "place"),
        ("having", "sanction"),
        ("drawing", "charge", "lost-toll"),
        ("ending", "further-boat"),
        ("opening", "charge"),
        ("declared", "sanction", None),
        ("gap", "sanction lost-toll", "b1"),
    ],
)
def test_a_text_touches_nothing_else(slot: Slot) -> None:
    assert not between("2014-12-31", "2015-01-01").touches(slot, None)


def test_a_rule_is_touched_by_one_that_is_called_the_same() -> None:
    toll = rule_of("1/toll")
    slot = ("rule", toll.name, None, toll.local)
    assert between("2014-12-31", "2015-01-01").touches(slot, toll)
    assert not NOTHING.touches(slot, toll)


def test_a_rule_is_touched_by_what_may_take_its_place() -> None:
    toll, base = rule_of("1/toll"), rule_of("1/base")
    taking = Differing(frozenset(), frozenset(), frozenset(), frozenset({("boat", "ferry-toll")}))
    assert taking.touches(("rule", toll.name, None, toll.local), toll)
    assert not taking.touches(("rule", base.name, None, base.local), base)


def test_a_rule_that_no_law_is_known_to_have_is_touched() -> None:
    assert NOTHING.touches(("rule", "ferry/rules/2001-01-01/1/toll", None, "1/toll"), None)
