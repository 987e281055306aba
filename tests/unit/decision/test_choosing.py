"""Choices that the law leaves: recorded with reasons, held to the band, compared with others."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from engine.decision.case.model import ChoiceMade
from engine.decision.case.reading import Case, canonical_case, read_case, read_case_data
from engine.decision.choosing.choosing import choose, comes_to
from engine.decision.choosing.precedents import FEWEST, Earlier, choices_in, compared, options_text
from engine.decision.deciding.decide import decide, evaluation_of, parts_of
from engine.decision.deciding.open_points import ChoiceError, open_points
from engine.decision.governing.law import Law, load_law

PROJECT = Path(__file__).resolve().parents[3]
MULTIPLE = "39.2/extra:birth.multiple@k2"
ACTUAL = "39/base.actual@husband"


@cache
def law() -> Law:
    return load_law(PROJECT / "rulesets", cache=True)


@cache
def case() -> Case:
    """Fujian 2008: two to three times the average, or the actual income for it."""
    return read_case((PROJECT / "examples/w08.yaml").read_bytes(), law().vocabulary)


def refused(code: str, point: str, value: str | bool, reasons: str | None = "难") -> str:
    with pytest.raises(ChoiceError) as caught:
        choose(case(), law(), point, value, reasons=reasons)
    assert caught.value.code == code
    return caught.value.message.zh


def test_a_choice_is_recorded_with_who_made_it_and_why() -> None:
    made = choose(case(), law(), MULTIPLE, "2.5", reasons=" 家庭困难 ", by="officer")
    assert [(c.point, c.value, c.by, c.reasons) for c in made.case.choices] == [
        (MULTIPLE, "2.5", "officer", "家庭困难")
    ]
    again = read_case_data(canonical_case(made.case, law().vocabulary), law().vocabulary)
    assert again.choices == made.case.choices


def test_what_it_comes_to_is_computed_and_the_bands_of_the_law_stay() -> None:
    made = choose(case(), law(), MULTIPLE, "2.5", reasons="困难")
    made = choose(made.case, law(), ACTUAL, "false", reasons="收入不稳定")
    ends = {(p["bearer"], b["low"], b["high"]) for p in made.comes_to for b in p["bands"]}
    assert ends == {
        ("husband", "50000.00", "50000.00"),
        ("wife", "50000.00", "50000.00"),
        ("wife", "200000.00", "200000.00"),
    }
    told = decide(made.case, law()).as_json()
    plain = decide(case(), law()).as_json()
    assert told["bands"] == plain["bands"]
    assert all(one["open"] and one["rule"] for one in told["choices"])


def test_both_ends_of_a_range_may_be_chosen_and_nothing_beyond() -> None:
    for value in ("2", "3", "2.000000000001"):
        choose(case(), law(), MULTIPLE, value, reasons="难")
    for value in ("1.999999999999", "3.000000000001", "-2"):
        assert "只能选：2–3" in refused("outside", MULTIPLE, value)


@pytest.mark.parametrize(
    ("point", "value", "reasons", "codes"),
    [
        (MULTIPLE, "2.5", "难", []),
        (MULTIPLE, ("2", "3"), "难", []),
        (MULTIPLE, ("2", "4"), "难", ["choice-outside"]),
        (MULTIPLE, "9", " ", ["choice-no-reasons", "choice-outside"]),
        (MULTIPLE, "twice", "难", ["choice-not-a-value"]),
        ("41/charge@husband", True, "难", ["choice-not-open"]),
    ],
)
def test_a_choice_that_a_case_records_is_told_and_what_is_wrong_with_it(
    point: str, value: str | bool | tuple[str, ...], reasons: str, codes: list[str]
) -> None:
    made = ChoiceMade(point, value, None, reasons)
    told = decide(replace(case(), choices=(made,)), law()).as_json()
    warned = [one["code"] for one in told["warnings"] if one["code"].startswith("choice-")]
    assert sorted(warned) == codes
    (recorded,) = (one for one in told["trace"]["children"] if one["kind"] == "choice")
    assert recorded["point"] == point
    has_effect = not set(codes) - {"choice-no-reasons"}
    assert told["choices"][0]["open"] is has_effect
    assert has_effect or not list(choices_in(told)), "no example for like cases"
    assert recorded["text"]["zh"].endswith("不起作用") is not has_effect


def test_a_choice_without_reasons_is_refused() -> None:
    for reasons in (None, "", "  "):
        assert "理由" in refused("no-reasons", MULTIPLE, "2", reasons)


def test_a_point_that_is_not_open_is_refused_with_those_that_are() -> None:
    assert ACTUAL in refused("no-such-point", "41/charge@nobody", "2")


def test_what_is_no_value_is_refused_with_the_band() -> None:
    assert "只能选：2–3" in refused("not-a-value", MULTIPLE, "many")
    assert "只能选" in refused("not-a-value", ACTUAL, "perhaps")


def test_the_factors_are_those_that_the_law_names() -> None:
    points = open_points(parts_of(evaluation_of(case(), law(), "rete")))
    assert [one.zh for one in points[MULTIPLE].factors] == [
        "当事人的实际收入水平",
        "不符合规定生育的情节",
    ]
    bands = decide(case(), law()).as_json()["bands"]
    assert all(choice["factors"] for band in bands for choice in band["choices"])


def test_a_choice_that_is_no_longer_allowed_is_not_applied() -> None:
    plain = canonical_case(case(), law().vocabulary)
    plain["choices"] = [{"point": MULTIPLE, "value": "9", "reasons": "旧案"}]
    told = comes_to(read_case_data(plain, law().vocabulary), law())
    assert {b["high"] for p in told for b in p["bands"]} == {"60000.00", "240000.00"}


def earlier(*values: str, rule: str = "a/b/1/x", options: str = "2–3") -> list[Earlier]:
    return [Earlier(rule, options, value) for value in values]


def test_like_cases_are_told_by_count_median_and_range() -> None:
    found = compared(earlier("2", "2.5", "3", "2", "2.25"), "a/b/1/x", "2–3")
    assert found.as_json() == {"count": 5, "median": "2.25", "low": "2", "high": "3"}
    even = compared(earlier("2", "2.5", "3", "2", "2.25", "3"), "a/b/1/x", "2–3")
    assert even.median == "2.375"
    money = compared(
        earlier(*["200.00", "300.02"] * 3, options="200.00–500.00"), "a/b/1/x", "200.00–500.00"
    )
    assert money.median == "250.01"


def test_fewer_than_five_are_not_shown() -> None:
    found = compared(earlier(*["2"] * (FEWEST - 1)), "a/b/1/x", "2–3")
    assert found.as_json() == {"fewer_than": 5}
    other = [*earlier(*["2"] * 9, rule="other"), *earlier(*["2"] * 9, options="1–3")]
    assert compared(other, "a/b/1/x", "2–3").count is None


def test_options_are_counted_and_a_rare_one_is_not_shown() -> None:
    found = compared(earlier(*["true"] * 6, "false", options="false|true"), "a/b/1/x", "false|true")
    assert found.as_json() == {"count": 7, "counts": {"true": 6}}


def test_steps_are_ordered_by_their_ladder() -> None:
    steps = ("warning", "demerit", "removal")
    values = ("removal", "warning", "demerit", "demerit", "warning")
    found = compared(
        earlier(*values, options="warning–removal"), "a/b/1/x", "warning–removal", steps
    )
    assert (found.median, found.low, found.high) == ("demerit", "warning", "removal")


def test_choices_of_a_decision_can_be_compared_with_those_of_another() -> None:
    made = choose(case(), law(), MULTIPLE, "2.5", reasons="难")
    (found,) = choices_in(decide(made.case, law()).as_json())
    assert found.rule == made.point.rule and found.value == "2.5"
    assert found.options == options_text(made.point.shown()) == "2–3"
