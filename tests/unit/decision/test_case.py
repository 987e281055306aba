"""What a case says is found again, in one form, whatever the form it was written in."""

import json
from datetime import date
from fractions import Fraction

import pytest

from engine.decision.case.reading import (
    CaseError,
    Claim,
    Entry,
    Found,
    State,
    canonical_case,
    read_case,
    read_case_data,
)
from engine.values.dates import Period, Window
from engine.values.money import Money
from tests.unit.decision.island import BASE, REMOVED, VOCABULARY, changed, codes, read

YAML = """
schema: case/1
as_of: 2014-07-20
question: {ask: tax, about: [z1]}
keepers:
  ann: {born: 1979-05, tall: true, catch: [{year: 2013, value: 70000.00}]}
lizards:
  z1: {keepers: [ann], born: 2013-09-15, price: 12.50}
settings: {reference_year: 2013}
choices: [{point: 4/base@ann, value: true}]
"""


def fact(name, value):
    """The fact of a keeper of whom a case says this."""
    return read(**{f"keepers__ann__{name}": value}).by_id["ann"].facts[f"keeper.{name}"]


def test_a_value_is_known_and_names_its_place_and_its_path():
    assert read().by_id["bo"].facts["keeper.tall"] == Found(
        State.KNOWN, True, (), (), "/keepers/bo/tall", "keepers.bo.tall"
    )


def test_a_fact_that_is_absent_has_no_record():
    assert "keeper.tall" not in read().by_id["ann"].facts


@pytest.mark.parametrize("state", ["unknown", "unestablished", "not_applicable"])
def test_a_fact_may_have_a_state_and_no_value(state):
    found = fact("tall", {"state": state})
    assert (found.state, found.value) == (State(state), None)


def test_claims_alone_leave_the_fact_unknown():
    claims = [{"by": "bo", "value": True, "evidence": ["e2"]}, {"by": "ann", "value": False}]
    found = fact("tall", {"claims": claims})
    assert found.state is State.UNKNOWN
    assert found.claims == (Claim("ann", False, ()), Claim("bo", True, ("e2",)))


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("born", "1979", Window(date(1979, 1, 1), date(1979, 12, 31))),
        ("born", "1979-05-03", date(1979, 5, 3)),
        ("friend", "bo", "bo"),
        ("blame", "frown", "frown"),
        ("notice", "P1Y2M", Period(months=14)),
        ("notice", "P98D", Period(days=98)),
        ("remark", "e\u0301", "\u00e9"),
    ],
)
def test_a_value_is_read_by_its_type(name, written, value):
    assert fact(name, written).value == value


@pytest.mark.parametrize(("written", "value"), [(3, 3), ("3", 3), ("2.5", Fraction(5, 2))])
def test_a_number_is_exact(written, value):
    assert read(teams__t1__boats=written).by_id["t1"].facts["team.boats"].value == value


@pytest.mark.parametrize(("name", "written"), [("boats", 0), ("boats", 40), ("crew", "1")])
def test_the_ends_of_a_range_belong_to_it(name, written):
    case = read(**{f"teams__t1__{name}": written})
    assert case.by_id["t1"].facts[f"team.{name}"].value == int(written)


def test_an_amount_is_read_in_yuan():
    case = read(lizards__z1__price="12.50")
    assert case.by_id["z1"].facts["lizard.price"].value == Money(1250)


def test_a_yearly_value_names_its_year_in_its_path():
    [entry] = read().by_id["ann"].facts["keeper.catch"]
    assert (entry.year, entry.found.value) == (2013, Money(7000000))
    assert entry.found.path == "keepers.ann.catch[2013]"
    assert entry.found.evidence == ("e1",)


def test_the_entries_of_a_history_carry_their_time_and_further_fields():
    [entry] = read().by_id["ann"].facts["keeper.shore"]
    assert (entry.start, entry.until) == (Window(date(1979, 5, 1), date(1979, 5, 31)), None)
    assert entry.fields["place"].value == "420281"
    assert entry.fields["place"].path == "keepers.ann.shore.place"


def test_the_main_field_of_an_entry_need_not_be_called_value():
    [entry] = fact("home", [{"from": "2000-01-01", "place": 420281}])
    assert entry.found.value == "420281"


def test_an_entry_may_itself_be_the_finding():
    [entry] = read().by_id["t1"].facts["team.sworn"]
    assert (entry.found.value, entry.start) == (True, date(2002, 10, 1))


def test_an_empty_list_is_a_finding_that_there_was_none():
    assert read().by_id["bo"].facts["keeper.offices"] == ()
    assert read(teams__t1__sworn=False).by_id["t1"].facts["team.sworn"] == ()


def test_a_value_without_a_time_has_always_held():
    assert fact("shore", "south") == (
        Entry(
            None,
            None,
            None,
            Found(State.KNOWN, "south", (), (), "/keepers/ann/shore", "keepers.ann.shore"),
            {},
        ),
    )


def test_a_history_may_be_unknown_as_a_whole():
    assert fact("shore", {"state": "unknown"}).state is State.UNKNOWN


def days(entries):
    return [(str(entry.start), str(entry.until), entry.found.value) for entry in entries]


def test_an_open_entry_ends_where_another_value_begins():
    history = [{"from": "2005-03-01", "value": "south"}, {"from": "1999-01-01", "value": "north"}]
    assert days(fact("shore", history)) == [
        ("1999-01-01", "2005-02-28", "north"),
        ("2005-03-01", "None", "south"),
    ]


def test_an_entry_that_ends_on_the_day_the_next_begins_ends_the_day_before():
    history = [
        {"from": "1999-01-01", "until": "2005-03-01", "value": "north"},
        {"from": "2005-03-01", "value": "south"},
    ]
    assert days(fact("shore", history))[0] == ("1999-01-01", "2005-02-28", "north")


def test_entries_of_a_fact_with_several_values_at_a_time_may_overlap():
    history = [{"from": "2000-01-01", "value": "cook"}, {"from": "1999", "value": "harbour-guard"}]
    entries = fact("offices", history)
    assert [entry.found.value for entry in entries] == ["harbour-guard", "cook"]


def test_entries_that_say_the_same_may_overlap():
    history = [{"from": "2000-01-01", "value": "north"}, {"from": "1999-01-01", "value": "north"}]
    assert len(fact("shore", history)) == 2


def test_entries_that_may_but_need_not_overlap_are_no_contradiction():
    history = [
        {"from": "1999-01-01", "until": "2005", "value": "north"},
        {"from": "2005-03", "value": "south"},
    ]
    assert len(fact("shore", history)) == 2


@pytest.mark.parametrize(("listed", "complete"), [("all", True), ("some", False), (REMOVED, False)])
def test_a_list_is_complete_only_if_it_says_so(listed, complete):
    case = read(lizards__listed=listed)
    assert (case.complete["lizard"], case.complete["clutch"]) == (complete, complete)


def test_a_list_that_is_left_out_is_not_complete_where_it_may_be_partial():
    case = read(lizards=REMOVED, visits=REMOVED, question__about=[])
    assert (case.complete["lizard"], case.complete["visit"]) == (False, True)


def test_a_figure_is_as_certain_as_the_paper_behind_it():
    row = {"series": "fish", "concept": "fresh", "status": "north", "level": "county"}
    row |= {"place": "420281", "year": 2013, "value": "9800.00"}
    dried = row | {"concept": "dried", "evidence": ["e1", "e2"]}
    bare, proved = sorted(
        read(statistics=[dried, row]).statistics, key=lambda one: one.confidence, reverse=True
    )
    assert (bare.confidence, bare.illustrative, bare.brought) == ("unconfirmed", False, True)
    assert (proved.confidence, proved.illustrative, proved.brought) == ("confirmed", True, True)
    assert proved.key.path == "statistics[fish/dried/north/county/420281/2013]"


@pytest.mark.parametrize(
    ("written", "value"),
    [(True, True), ("couple", "couple"), (["2", "3"], ("2", "3")), (2, "2")],
)
def test_a_choice_has_the_values_of_a_result(written, value):
    made = [{"point": "4/base@ann", "value": written, "by": "caseworker", "reasons": "她是唯一的"}]
    [choice] = read(choices=made).choices
    assert (choice.point, choice.value, choice.by) == ("4/base@ann", value, "caseworker")


@pytest.mark.parametrize(("written", "value"), [("420281", "420281"), (420281, "420281")])
def test_a_setting_is_read_by_the_type_of_its_name(written, value):
    case = read(settings={"harbour_of": written, "reading": "2", "reference_year": "2013"})
    assert case.settings == {"harbour_of": value, "reading": 2, "reference_year": 2013}
    assert canonical_case(case, VOCABULARY)["settings"] == dict(case.settings)


def test_a_day_of_decision_may_come_from_outside():
    text = json.dumps(changed(as_of=REMOVED))
    assert read_case(text, VOCABULARY, as_of=date(2014, 7, 21)).as_of == date(2014, 7, 21)
    with pytest.raises(CaseError):
        read_case(text, VOCABULARY)


def test_a_day_of_decision_from_outside_goes_before_the_one_that_is_said():
    text = json.dumps(BASE)
    assert read_case(text, VOCABULARY, as_of=date(2020, 1, 1)).as_of == date(2020, 1, 1)
    assert read_case_data(BASE, VOCABULARY, as_of=date(2020, 1, 1)).as_of == date(2020, 1, 1)


def test_the_whole_case_is_held_against_the_day_from_outside():
    with pytest.raises(CaseError) as error:
        read_case_data(BASE, VOCABULARY, as_of=date(1990, 1, 1))
    assert "later-than-as-of" in {one.code for one in error.value.problems}


def test_a_day_of_decision_that_is_no_day_is_an_error_whatever_comes_from_outside():
    with pytest.raises(CaseError):
        read_case_data(changed(as_of="2014-02-30"), VOCABULARY, as_of=date(2014, 7, 20))


def test_yaml_and_json_mean_the_same():
    typed = {
        "schema": "case/1",
        "as_of": "2014-07-20",
        "question": {"ask": "tax", "about": ["z1"]},
        "keepers": {
            "ann": {"born": "1979-05", "tall": True, "catch": [{"year": 2013, "value": "70000"}]}
        },
        "lizards": {"z1": {"keepers": ["ann"], "born": "2013-09-15", "price": "12.5"}},
        "settings": {"reference_year": 2013},
        "choices": [{"point": "4/base@ann", "value": True}],
    }
    from_yaml = read_case(YAML, VOCABULARY)
    assert from_yaml == read_case(json.dumps(typed), VOCABULARY)
    assert canonical_case(from_yaml, VOCABULARY)["lizards"] == {
        "z1": {"keepers": ["ann"], "born": "2013-09-15", "price": "12.50"},
        "listed": "some",
    }


@pytest.mark.parametrize(
    ("text", "file", "format"),
    [
        (json.dumps(BASE), "<input>", None),
        (json.dumps(BASE), "a.json", None),
        (json.dumps(BASE), "a.yaml", "json"),
        ("{as_of: 2014-07-20, schema: case/1, question: {ask: tax, about: []}}", "a.yaml", None),
        (b"schema: case/1\nas_of: 2014-07-20\nquestion: {ask: tax, about: []}\n", "<input>", None),
    ],
)
def test_the_form_is_told_by_the_caller_the_file_or_the_first_character(text, file, format):
    assert read_case(text, VOCABULARY, file=file, format=format).as_of == date(2014, 7, 20)


def test_sections_for_decisions_and_payments_may_stand_empty_without_such_kinds():
    assert codes(decisions={}, payments={}) == []
    assert codes(decisions={"d1": {}}) == [("wrong-type", "/decisions")]


def test_a_fact_may_have_a_value_for_each_entity_of_a_kind() -> None:
    case = read(teams__t1__shares={"bo": "5.00", "ann": {"state": "unestablished"}})
    entries = case.by_id["t1"].facts["team.shares"]
    assert isinstance(entries, tuple)
    assert [(entry.of, entry.found.path) for entry in entries] == [
        ("ann", "teams.t1.shares[ann]"),
        ("bo", "teams.t1.shares[bo]"),
    ]


def test_a_value_for_an_entity_that_is_not_there_is_reported_at_its_place() -> None:
    assert codes(teams__t1__shares={"cy": "5.00"}) == [("unknown-entity", "/teams/t1/shares/cy")]
    assert codes(teams__t1__shares=["5.00"]) == [("wrong-type", "/teams/t1/shares")]
