"""What holds for every case: its order means nothing, its canonical form is itself, and bad input
of any shape ends in problems that repeat nothing."""

import copy
import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision.case.reading import Case, CaseError, canonical_case, read_case, read_case_data
from tests.unit.decision.island import BASE, VOCABULARY

KEEPERS = ("ann", "bo", "cy")
LIZARDS = ("z1", "z2", "z3", "z4")
SECRET = "王小明住在海边"

days = st.dates(date(2000, 1, 1), date(2014, 7, 20)).map(date.isoformat)
dates = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))
births = st.sampled_from(["2013-09-14", "2013-09-15", "2013-09-16", "2013-09", "2013"])
amounts = st.integers(0, 10**9).map(lambda fen: f"{fen // 100}.{fen % 100:02}")
papers = st.lists(st.sampled_from(["e1", "e2"]), unique=True)
states = st.sampled_from(["unknown", "unestablished", "not_applicable"]).map(
    lambda state: {"state": state}
)
keepers_of = st.lists(st.sampled_from(KEEPERS), min_size=1, max_size=2, unique=True)


def a_fact(values):
    """A value in any of the forms in which a case may say it."""
    supported = st.builds(lambda value, ids: {"value": value, "evidence": ids}, values, papers)
    claimed = st.builds(
        lambda by, value: {"claims": [{"by": by, "value": value}]}, st.sampled_from(KEEPERS), values
    )
    return st.one_of(values, supported, claimed, states)


def some(**facts):
    return st.fixed_dictionaries({}, optional=facts)


entry_dates = st.lists(days, min_size=1, max_size=4, unique=True).map(sorted)
histories = st.builds(
    lambda starts, codes: [
        {"from": start, "value": code} for start, code in zip(starts, codes, strict=False)
    ],
    entry_dates,
    st.lists(st.sampled_from(["north", "south"]), min_size=4, max_size=4),
)
catches = st.dictionaries(st.integers(1990, 2014), amounts, max_size=3).map(
    lambda found: [{"year": year, "value": value} for year, value in found.items()]
)
keeper = some(
    tall=a_fact(st.booleans()),
    shore=st.one_of(histories, states, st.sampled_from(["north", "south"])),
    offices=st.lists(
        st.fixed_dictionaries(
            {"value": st.sampled_from(["cook", "harbour-guard"])}, optional={"from": dates}
        ),
        max_size=3,
    ),
    catch=st.one_of(catches, states),
    remark=st.sampled_from(["", "tall", "e\u0301", "海"]),
)
lizard = some(keepers=keepers_of, born=births, bought=a_fact(st.booleans()), price=a_fact(amounts))
cases = st.builds(
    lambda keepers, lizards, listed, about: {
        **copy.deepcopy(BASE),
        "keepers": keepers,
        "teams": {},
        "lizards": {"listed": listed, **lizards},
        "question": {"ask": "tax", "about": about},
        "visits": {},
    },
    st.fixed_dictionaries(dict.fromkeys(KEEPERS, keeper)),
    st.fixed_dictionaries(dict.fromkeys(LIZARDS, lizard)),
    st.sampled_from(["all", "some"]),
    st.lists(st.sampled_from(LIZARDS), unique=True),
)
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just(SECRET)),
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(st.text(max_size=9), below, max_size=3)
    ),
    max_leaves=6,
)


def canonical(case: Case):
    return canonical_case(case, VOCABULARY)


def places_in(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, below in value.items():
            yield from places_in(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from places_in(below, (*path, index))


def put(plain, path, value):
    """A copy with another value at a place."""
    if not path:
        return value
    result = copy.deepcopy(plain)
    place = result
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return result


def shuffled(data, value):
    """The same content with the keys and the items of each list in another order."""
    if isinstance(value, dict):
        keys = data.draw(st.permutations(list(value)))
        return {key: shuffled(data, value[key]) for key in keys}
    if isinstance(value, list):
        return [shuffled(data, item) for item in data.draw(st.permutations(value))]
    return value


@given(cases)
def test_the_canonical_content_is_a_case_and_means_the_same(plain):
    case = read_case_data(plain, VOCABULARY)
    again = read_case_data(json.loads(json.dumps(canonical(case))), VOCABULARY)
    assert canonical(again) == canonical(case)
    assert again.entities.keys() == case.entities.keys()
    assert list(again.group_of) == list(case.group_of)


@given(cases, st.data())
def test_no_order_in_a_case_means_anything(plain, data):
    case = read_case_data(plain, VOCABULARY)
    other = read_case_data(shuffled(data, plain), VOCABULARY)
    assert canonical(other) == canonical(case)
    assert [one.id for one in other.entities["clutch"]] == [
        one.id for one in case.entities["clutch"]
    ]


@given(cases)
def test_the_same_text_means_the_same_as_yaml_and_as_json(plain):
    text = json.dumps(plain)
    assert read_case(text, VOCABULARY, format="yaml") == read_case(text, VOCABULARY, format="json")


@given(cases)
def test_every_child_that_is_not_adopted_belongs_to_exactly_one_birth(plain):
    case = read_case_data(plain, VOCABULARY)
    members = [id for group in case.entities["clutch"] for id in group.members]
    assert len(members) == len(set(members))
    for record in case.entities["lizard"]:
        bought = record.facts.get("lizard.bought")
        assert (record.id in members) is (bought is None or bought.value is not True)


@given(cases)
def test_the_periods_of_a_fact_with_one_value_at_a_time_do_not_contradict(plain):
    for record in read_case_data(plain, VOCABULARY).entities["keeper"]:
        entries = record.facts.get("keeper.shore", ())
        for entry in entries if isinstance(entries, tuple) else ():
            for other in entries:
                if entry.found.value != other.found.value:
                    assert (
                        entry.until is None
                        or entry.until < (other.start or date.max)
                        or (other.until is not None and other.until < entry.start)
                    )


@settings(max_examples=200)
@given(cases, anything, st.data())
def test_anything_put_anywhere_is_read_or_refused_without_being_repeated(plain, value, data):
    path = data.draw(st.sampled_from(list(places_in(plain))))
    spoilt = put(plain, path, value)
    try:
        read_case_data(spoilt, VOCABULARY)
    except CaseError as error:
        assert error.problems
        assert SECRET not in repr(error.problems) + str(error)


@given(cases, st.data())
def test_a_key_that_is_no_name_is_refused_without_being_repeated(plain, data):
    mappings = [
        path
        for path in places_in(plain)
        if isinstance(find(plain, path), dict) and path[:1] != ("settings",)
    ]
    path = data.draw(st.sampled_from(mappings))
    spoilt = put(plain, path, {**find(plain, path), SECRET: 1})
    try:
        read_case_data(spoilt, VOCABULARY)
    except CaseError as error:
        assert SECRET not in repr(error.problems) + str(error)
    else:
        raise AssertionError(f"{path} takes any key")


def find(plain, path):
    for key in path:
        plain = plain[key]
    return plain


@given(st.one_of(st.text(), st.binary()))
def test_any_text_is_read_or_refused(text):
    try:
        read_case(text, VOCABULARY)
    except CaseError as error:
        assert error.problems


@given(cases, st.data())
def test_a_text_that_is_cut_off_is_refused_with_its_line(plain, data):
    text = json.dumps(plain)
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    try:
        read_case(cut, VOCABULARY, format="json")
    except CaseError as error:
        assert all(problem.line for problem in error.problems)
    else:
        raise AssertionError("half a case was read")
