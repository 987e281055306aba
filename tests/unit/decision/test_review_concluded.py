"""A decision that states several conclusions, each in a fact of its own, on any bearer; and what
several owe in one sum."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from engine.decision.case.reading import CaseError, read_case_data
from engine.decision.reviewing.review_text import review_text
from tests.unit.decision.toll_notes import NOTE, changed, ferry_law, reviewed, verdicts


def fined(**facts: Any) -> dict[str, Any]:
    """A lawful note on a boat that leaked, with other facts; None takes one out."""
    plain = deepcopy(NOTE) | {"as_of": "2006-06-01"}
    plain["boats"]["b1"] |= {"leaking": True, "haul": "7.00"}
    plain["notes"]["n1"] = {
        "kind": "penalty",
        "by": "ferry-master",
        "date": "2006-04-03",
        "leaks": ["b1"],
        "amounts": {"b1": "15.00"},
        "seized": {"b1": "7.00"},
        "grades": {"b1": "warned"},
        "articles": ["ferry/leaks/1"],
    } | facts
    plain["notes"]["n1"] = {k: v for k, v in plain["notes"]["n1"].items() if v is not None}
    return plain


def problems(plain: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with a case, and where."""
    with pytest.raises(CaseError) as error:
        reviewed(plain)
    return [(one.code, one.pointer) for one in error.value.problems]


def test_each_conclusion_that_is_stated_is_held_against_its_own() -> None:
    assert reviewed(fined())["outcome"] == "lawful"
    found = verdicts(fined())
    assert {found["amounts", "b1"], found["seized", "b1"], found["grades", "b1"]} == {"lawful"}


@pytest.mark.parametrize(
    ("facts", "point"),
    [
        ({"amounts": {"b1": "20.01"}}, "amounts"),
        ({"amounts": {"b1": "9.99"}}, "amounts"),
        ({"seized": {"b1": "7.01"}}, "seized"),
        ({"seized": {"b1": "6.99"}}, "seized"),
        ({"grades": {"b1": "berth-lost"}}, "grades"),
    ],
)
def test_only_what_departs_from_the_text_is_unlawful(facts: dict[str, Any], point: str) -> None:
    found = verdicts(fined(**facts))
    assert [one for one, verdict in found.items() if verdict == "unlawful"] == [(point, "b1")]


def test_what_is_beyond_the_most_is_told_of_each_with_what_it_is() -> None:
    answer = reviewed(fined(amounts={"b1": "21.00"}, seized={"b1": "9.00"}))
    told = [(one["low"], one.get("label", {}).get("en")) for one in answer["overcharged"]]
    assert told == [("1.00", None), ("2.00", "seized")]
    assert "demanded too much of b1 (seized): 2.00" in review_text(
        answer, ferry_law().vocabulary, "en"
    )


@pytest.mark.parametrize("key", ["amounts", "seized", "grades"])
def test_what_is_due_and_not_stated_is_open_and_names_the_fact(key: str) -> None:
    (one,) = [f for f in reviewed(fined(**{key: None}))["findings"] if f["point"] == key]
    assert (one["finding"], one["missing"]) == ("open", [[f"notes.n1.{key}[b1]"]])


def test_whom_the_text_does_not_name_owes_nothing_and_is_not_warned() -> None:
    found = verdicts(
        fined(seized={"b1": "7.00", "ann": "1.00"}, grades={"b1": "warned", "ann": "warned"})
    )
    assert (found["seized", "ann"], found["grades", "ann"]) == ("unlawful", "unlawful")
    assert found["seized", "b1"] == "lawful"


@pytest.mark.parametrize(
    ("paid", "verdict", "over"), [("22.00", "lawful", None), ("22.01", "unlawful", "0.01")]
)
def test_paid_too_much_is_what_goes_beyond_all_that_was_demanded(
    paid: str, verdict: str, over: str | None
) -> None:
    plain = fined()
    plain["coins"]["c1"] = {"note": "n1", "boat": "b1", "date": "2006-05-01", "amount": paid}
    told = reviewed(plain)
    assert [f["finding"] for f in told["findings"] if f["point"] == "coin.amount"] == [verdict]
    assert [one["amount"] for one in told["overpaid"]] == ([over] if over else [])


# --- which question it was ------------------------------------------------------------------------
def test_the_fact_that_is_stated_tells_which_question_was_decided() -> None:
    assert reviewed(fined())["decided"]["ask"] == "penalty"
    tolled = fined(leaks=None, boats=["b1"], amounts={"ann": "250.00"}, seized=None, grades=None)
    assert reviewed(tolled)["decided"]["ask"] == "toll"
    assert reviewed(tolled)["decided"]["about"] == ["b1"]


def test_without_either_fact_both_are_asked_for() -> None:
    assert problems(fined(leaks=None)) == [("missing-field", "/notes/n1")]


def test_of_two_facts_of_which_one_stands_for_the_other_only_one_is_stated() -> None:
    assert problems(fined(boats=["b1"])) == [("not-both", "/notes/n1/leaks")]
    plain = changed(
        "coins", "c1", note="n1", payer="ann", boat="b1", date="2006-05-01", amount="1.00"
    )
    assert problems(plain) == [("not-both", "/coins/c1/boat")]


def test_the_other_of_the_two_is_not_missing() -> None:
    plain = changed("coins", "c1", note="n1", boat="b1", date="2006-05-01", amount="1.00")
    assert all("payer" not in str(one.get("missing")) for one in reviewed(plain)["findings"])


# --- a value for each entity of several kinds -----------------------------------------------------
def test_a_value_for_each_takes_entities_of_its_kinds_only() -> None:
    law = ferry_law()
    read_case_data(fined(amounts={"ann": "1.00", "b1": "1.00"}), law.vocabulary)
    assert problems(fined(amounts={"n1": "1.00"})) == [("wrong-entity", "/notes/n1/amounts/n1")]
    assert problems(fined(bases={"b1": "1.00"})) == [("wrong-entity", "/notes/n1/bases/b1")]


# --- what several owe in one sum ------------------------------------------------------------------
def shared(ann: str, bob: str, paid: str, **facts: Any) -> dict[str, Any]:
    """What the boat owes is demanded of its two keepers, and one of them paid."""
    plain = fined(amounts={"ann": ann, "bob": bob}, seized=None, grades=None)
    plain["boats"]["b1"] |= facts
    plain["coins"]["c1"] = {"note": "n1", "payer": "ann", "date": "2006-05-01", "amount": paid}
    return plain


def given_back(plain: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """To whom something is given back today, whether that is settled, and how much."""
    return [
        (one["bearer"], one["outcome"], [band["low"] for band in one["bands"][:1]])
        for one in reviewed(plain)["standing"]
        if one["object"] == "back" and (one["bands"] or one["outcome"] == "undetermined")
    ]


@pytest.mark.parametrize(
    ("paid", "back"),
    [("25.00", [("b1", "determined", ["5.00"])]), ("20.01", [("b1", "determined", ["0.01"])]),
     ("20.00", []), ("19.99", [])],
)  # fmt: skip
def test_beyond_what_several_owe_together_is_given_back_to_them_as_one(
    paid: str, back: list[Any]
) -> None:
    plain = shared("15.00", "10.00", paid)
    assert verdicts(plain)["amounts", "b1"] == "unlawful"
    assert given_back(plain) == back


def test_of_a_joint_demand_that_is_lawful_each_part_is() -> None:
    plain = shared("12.00", "8.00", "12.00")
    assert verdicts(plain)["amounts", "b1"] == "lawful"
    assert given_back(plain) == []


def test_a_joint_demand_that_is_open_leaves_open_what_is_given_back_for_the_same_reason() -> None:
    plain = shared("15.00", "10.00", "25.00", leaking={"state": "unknown"})
    told = [one for one in reviewed(plain)["standing"] if one["object"] == "back"]
    still = {one["bearer"]: one["missing"] for one in told if one["outcome"] == "undetermined"}
    assert still == {"b1": [["boats.b1.leaking"]]}
