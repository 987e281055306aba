"""Which slips are tried: those that neither the checker finds nor nobody could notice."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.assurance.mutants import mutants_of, said_by_all, same_at_the_border
from engine.decision.governing.altered import rules_in
from engine.decision.governing.law import load_law
from engine.language.ruleset import Governs, OverrideRule, Refuse
from tests.unit.assurance.apiary import RULES, write_law

PLAIN = "      hive.rate: yuan(10)\n"


def slips_in(folder: Path, table: str, rules: str = RULES) -> list[str]:
    """What is tried in a table that says the rate by the number of boxes."""
    rows = "      hive.rate:\n" + "".join(f"        {row}\n" for row in table.splitlines())
    assert PLAIN in rules
    law = write_law(folder / "law", rules.replace(PLAIN, rows))
    (rule,) = (one for one in rules_in(law) if one.local == "3/rate")
    return [mutant.told.en for mutant in mutants_of(rule)]


def test_where_one_row_ends_and_the_next_begins_is_moved_by_one(tmp_path: Path) -> None:
    slips = slips_in(tmp_path, "by: hive.boxes\n1-2: yuan(10)\n3-4: yuan(20)\n5+: yuan(30)")
    moved = [slip.partition(" begins ")[2] for slip in slips if " begins " in slip]
    assert moved == [
        "at 4 instead of 3",
        "at 2 instead of 3",
        "at 6 instead of 5",
        "at 4 instead of 5",
    ]


def test_a_row_is_not_moved_away(tmp_path: Path) -> None:
    slips = slips_in(tmp_path, "by: hive.boxes\n1: yuan(10)\n2+: yuan(20)")
    moved = [slip.partition(" begins ")[2] for slip in slips if " begins " in slip]
    assert moved == ["at 3 instead of 2"]


def test_a_gap_or_an_overlap_is_left_to_the_checker(tmp_path: Path) -> None:
    slips = slips_in(tmp_path, "by: hive.boxes\n1: yuan(10)\n2+: yuan(20)")
    assert not [slip for slip in slips if " end " in slip]


def test_a_row_takes_the_value_of_the_next_unless_it_is_the_same(tmp_path: Path) -> None:
    slips = slips_in(tmp_path, "by: hive.boxes\n1: yuan(10)\n2: yuan(10)\n3+: yuan(30)")
    assert len([slip for slip in slips if " takes the value " in slip]) == 2


def test_a_row_that_the_conditions_exclude_has_no_slip(tmp_path: Path) -> None:
    rows = "by: hive.wood\npine: yuan(10)\noak: yuan(20)"
    slips = slips_in(tmp_path / "all", rows)
    assert {"yuan(10) becomes 11.00", "yuan(20) becomes 21.00"} <= set(slips)
    narrowed = RULES.replace("  - id: rate\n", "  - id: rate\n    when: hive.wood in (oak,)\n")
    slips = slips_in(tmp_path / "oak", rows, narrowed)
    assert "yuan(20) becomes 21.00" in slips
    assert not [slip for slip in slips if slip.startswith("yuan(10)")]
    assert len([slip for slip in slips if " takes the value " in slip]) == 1


def test_a_slip_says_which_condition_has_it(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law")
    (large,) = (one for one in rules_in(law) if one.local == "3/rate.large")
    assert {m.condition for m in mutants_of(large) if "hive.boxes" in m.told.en} == {0}
    assert {m.condition for m in mutants_of(large) if "yuan" in m.told.en} == {None}
    (tax,) = (one for one in rules_in(law) if one.local == "3/tax")
    assert {m.condition for m in mutants_of(tax) if "hive.wild" in m.told.en} == {0}


def test_an_option_is_no_slip_in_a_rule_that_may_not_be_the_law(tmp_path: Path) -> None:
    for confidence in ("probable", "unconfirmed", "memory"):
        unsure = RULES.replace(
            "  - id: relief\n", f"  - id: relief\n    confidence: {confidence}\n"
        )
        law = write_law(tmp_path / confidence, unsure)
        (relief,) = (one for one in rules_in(law) if one.local == "4/relief")
        told = [mutant.told.en for mutant in mutants_of(relief)]
        assert ("shall becomes may" in told) is (confidence == "probable")


def test_an_option_is_no_slip_where_a_reading_gives_nothing(tmp_path: Path) -> None:
    for least in (0, 1):
        readings = f"readings:\n  one: yuan({least})\n  other: yuan(9)"
        assert ("shall becomes may" in slips_in(tmp_path / str(least), readings)) is (least > 0)


def test_an_option_is_no_slip_in_a_finding_unless_it_replaces_another() -> None:
    law = load_law(Path(__file__).parents[2] / "laws/ferry/rulesets")
    (power,) = (one for one in rules_in(law) if one.local == "2/power")
    for overrides in ((), (OverrideRule("2/owed"),)):
        told = [mutant.told.en for mutant in mutants_of(replace(power, overrides=overrides))]
        assert ("shall becomes may" in told) is bool(overrides)


def test_an_option_is_no_slip_where_nobody_may_choose(tmp_path: Path) -> None:
    told = slips_in(tmp_path / "charge", "yuan(9)")
    assert "shall becomes may" in told
    law = load_law(Path(__file__).parents[2] / "laws/ferry/rulesets")
    alone = [one for one in rules_in(law) if isinstance(one.effects[0], Governs | Refuse)]
    assert {type(one.effects[0]) for one in alone} == {Governs, Refuse}
    for rule in alone:
        assert "shall becomes may" not in [mutant.told.en for mutant in mutants_of(rule)]


@pytest.mark.parametrize(
    ("condition", "value", "noticed"),
    [
        ("at(hive.owner.honey, 2001) > yuan(10)", "at(hive.owner.honey, 2001)", False),
        ("yuan(10) < at(hive.owner.honey, 2001)", "at(hive.owner.honey, 2001)", False),
        ("at(hive.owner.honey, 2001) > yuan(11)", "at(hive.owner.honey, 2001)", True),
        ("at(hive.owner.honey, 2001) > yuan(10)", "2 * at(hive.owner.honey, 2001)", True),
    ],
)
def test_a_border_where_both_outcomes_are_one_is_not_moved(
    tmp_path: Path, condition: str, value: str, noticed: bool
) -> None:
    rules = RULES.replace("hive.boxes >= 3", condition).replace("yuan(25)", value)
    law = write_law(tmp_path / "law", rules)
    rule, large = (one for one in rules_in(law) if one.local.startswith("3/rate"))
    moved = [one for one in mutants_of(large) if "=" in one.told.en.partition(" in ")[0]]
    assert len(moved) == 1
    assert same_at_the_border(moved[0], large, [rule]) is not noticed
    assert not same_at_the_border(moved[0], large, [])


def test_what_all_grounds_of_a_postponement_say_may_be_left_out_of_it(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law")
    relief, large = (
        one for local in ("4/relief", "3/rate.large") for one in rules_in(law) if one.local == local
    )
    (shorter,) = (m for m in mutants_of(large) if m.told.en.startswith("without the condition"))
    assert said_by_all(shorter, large, [large])
    assert not said_by_all(shorter, large, [large, relief])
    assert not said_by_all(shorter, large, [])
    others = [m for m in mutants_of(large) if m.told != shorter.told]
    assert others
    assert not any(said_by_all(m, large, [large]) for m in others)
