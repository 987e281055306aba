"""Births are derived from children, and couples from their parents."""

from dataclasses import replace

import pytest

from engine.decision.case.reading import State, group_entities
from tests.unit.decision.island import REMOVED, VOCABULARY, codes, read


def clutches(**changes):
    return [record.id for record in read(**changes).entities["clutch"]]


def lizard(born, keepers=("ann", "bo"), **facts):
    return {"keepers": list(keepers), "born": born, **facts}


def test_each_delivery_is_a_group_with_its_members_its_day_and_what_they_share():
    case = read(lizards__z3=lizard("2013-09-16"))
    group = case.group_of["z3"]
    assert group is case.group_of["z2"] is case.group_of["z2+z3"]
    assert (group.id, group.kind, group.members) == ("z2+z3", "clutch", ("z2", "z3"))
    assert group.facts["clutch.lizards"].value == ("z2", "z3")
    assert str(group.facts["clutch.date"].value) == "2013-09-15"
    assert group.facts["clutch.date"].path == "lizards.z2.born"
    assert group.facts["clutch.keepers"].value == ("ann", "bo")


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (lizard("2013-09-15"), ["z1", "z2+z3"]),
        (lizard("2013-09-14"), ["z1", "z2+z3"]),
        (lizard("2013-09-17"), ["z1", "z2", "z3"]),
        (lizard("2013-09"), ["z1", "z2", "z3"]),
        (lizard("2013-09-15", keepers=["ann"]), ["z1", "z2", "z3"]),
        (lizard("2013-09-15", bought=True), ["z1", "z2"]),
        (lizard("2013-09-15", bought={"state": "unknown"}), ["z1", "z2+z3"]),
        ({"born": "2013-09-15"}, ["z1", "z2", "z3"]),
        ({"keepers": ["ann", "bo"]}, ["z1", "z2", "z3"]),
    ],
)
def test_only_the_same_parents_and_near_days_make_twins(third, expected):
    assert clutches(lizards__z3=third) == expected


def test_days_known_to_the_month_are_near_if_they_are_written_the_same():
    both = {"lizards__z2": lizard("2013-09"), "lizards__z3": lizard("2013-09")}
    assert clutches(**both) == ["z1", "z2+z3"]


def test_three_of_one_delivery_are_one_group_and_a_third_day_is_another():
    assert clutches(lizards__z3=lizard("2013-09-16"), lizards__z4=lizard("2013-09-16")) == [
        "z1",
        "z2+z3+z4",
    ]
    assert clutches(lizards__z3=lizard("2013-09-16"), lizards__z4=lizard("2013-09-17")) == [
        "z1",
        "z2+z3",
        "z4",
    ]


def test_what_a_case_does_not_say_of_a_child_is_unknown_of_its_birth():
    group = read(lizards__z3={}).group_of["z3"]
    assert group.facts["clutch.date"].state is State.UNKNOWN
    assert group.facts["clutch.date"].path == "lizards.z3.born"
    assert group.facts["clutch.keepers"].path == "lizards.z3.keepers"


def test_two_parents_who_are_no_listed_couple_are_one_all_the_same():
    case = read(teams=REMOVED)
    [team] = case.entities["team"]
    assert (team.id, team.section, team.implied) == ("ann+bo", "teams", True)
    assert team.facts["team.pair"].value == ("ann", "bo")
    assert case.by_id["ann+bo"] is team


def test_a_listed_couple_is_not_implied_again_whatever_the_order_of_its_partners():
    assert [team.id for team in read(teams__t1__pair=["bo", "ann"]).entities["team"]] == ["t1"]


def test_one_parent_is_no_couple():
    alone = {"lizards__z1__keepers": ["ann"], "lizards__z2__keepers": ["ann"], "teams": REMOVED}
    assert read(**alone).entities["team"] == ()


@pytest.mark.parametrize("about", [["z2"], ["z3"], ["z2+z3"], ["z2", "z3"]])
def test_a_question_may_name_a_twin_or_the_whole_birth(about):
    assert codes(lizards__z3=lizard("2013-09-16"), question__about=about) == []


def test_a_question_may_be_about_a_couple_that_is_implied():
    asked = {"ask": "more", "about": ["ann+bo"]}
    assert codes(teams=REMOVED, question=asked) == []


def test_grouping_again_changes_nothing_and_follows_a_changed_case():
    case = read(teams=REMOVED)
    assert group_entities(case, VOCABULARY) == case
    fewer = replace(case, by_id={id: one for id, one in case.by_id.items() if id != "z2"})
    assert [one.id for one in group_entities(fewer, VOCABULARY).entities["clutch"]] == ["z1"]
