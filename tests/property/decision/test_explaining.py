"""Questions ask nothing that cannot matter; changes are all there are; interviews are short."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision.asking.possible import possible
from engine.decision.asking.questions import next_question
from engine.decision.case.reading import read_case_data
from engine.decision.changing.changes import changes, result_of
from engine.decision.deciding.decide import decide
from engine.decision.words.answering import answered
from tests.property.decision.families import copied
from tests.property.decision.kinds_of_family import KINDS, SEEDS, questions_of
from tests.real import real_law
from tests.unit.decision.ferry import ferry_law, plain

RULESETS: Final = Path(__file__).parents[3] / "rulesets"
FACTS: Final[dict[str, tuple[Any, ...]]] = {
    "skippers.ann.sworn": (False, True),
    "skippers.ann.bereaved": (False, True),
    "skippers.ann.wrecks": (0, 1, 3),
    "skippers.ann.flags": ([], [{"value": "red"}]),
    "skippers.ann.heir": (False, True),
    "skippers.ann.insured": (False, True),
    "skippers.ann.member": (False, True),
    "boats.b1.length": (9, 10, 30),
    "boats.b1.flag": tuple([{"value": flag}] for flag in ("red", "blue", "white")),
}
"""Facts of the case of the ferry, with values on both sides of whatever it is compared with."""
PROOF: Final = "proof"
"""In the place of a fact: whether the takings are verified."""
TAKINGS: Final = "skippers.ann.takings[2009]"
CASES: Final = st.fixed_dictionaries({path: st.sampled_from(of) for path, of in FACTS.items()})


def case_of(ask: str, values: dict[str, Any]) -> dict[str, Any]:
    found = plain(ask)
    for path, value in values.items():
        section, entity, name = path.split(".")
        found[section][entity][name] = value
    return found


def result(found: dict[str, Any]) -> list[dict[str, Any]]:
    law = ferry_law()
    told = decide(read_case_data(found, law.vocabulary), law, traced=False).as_json()
    return [result_of(part) for part in told["parts"]]


def announced(found: dict[str, Any]) -> str:
    """The result, and whether what is refused is only postponed: that too is an answer."""
    law = ferry_law()
    told = decide(read_case_data(found, law.vocabulary), law, traced=False).as_json()
    later = [bool(c.get("postponed")) for part in told["parts"] for c in part["conclusions"]]
    return str((result(found), later))


# --- questions ------------------------------------------------------------------------------------
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(["toll", "more"]), CASES, st.sets(st.sampled_from(sorted(FACTS))))
def test_a_fact_is_asked_only_if_two_answers_to_it_differ(
    ask: str, values: dict[str, Any], unknown: set[str]
) -> None:
    law = ferry_law()
    known = {path: value for path, value in values.items() if path not in unknown}
    blank = {path: {"state": "unknown"} for path in unknown}
    case = read_case_data(case_of(ask, known | blank), law.vocabulary)
    fact = next_question(case, law).fact
    if fact is None:
        assert decide(case, law, traced=False).outcome != "undetermined"
        return
    assert fact in unknown
    assert any(
        len({announced(case_of(ask, known | rest | {fact: one})) for one in FACTS[fact]}) > 1
        for rest in completions(unknown - {fact})
    )


def completions(unknown: set[str]) -> Iterator[dict[str, Any]]:
    paths = sorted(unknown)
    for values in product(*(FACTS[path] for path in paths)):
        yield dict(zip(paths, values, strict=True))


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(["toll", "more"]), CASES)
def test_an_interview_comes_to_what_the_whole_truth_comes_to(
    ask: str, values: dict[str, Any]
) -> None:
    law = ferry_law()
    found = case_of(ask, {path: {"state": "unknown"} for path in FACTS})
    for _ in range(len(FACTS) + 1):
        fact = next_question(read_case_data(found, law.vocabulary), law).fact
        if fact is None:
            break
        found = answered(found, law.vocabulary, fact, values[fact])
    assert result(found) == result(case_of(ask, values))


@pytest.mark.parametrize(
    ("ask", "kinds", "seeds"),
    [("fee", tuple(KINDS), SEEDS[:1]), ("eligibility", ("remarried", "migrant"), SEEDS[:1])],
)
def test_interviews_about_families_of_every_kind_ask_three_fifths_of_a_form(
    ask: str, kinds: tuple[str, ...], seeds: tuple[int, ...]
) -> None:
    """What each asks and what its form has: `python -m bench.interviews` tells it of all kinds."""
    law, counts = real_law(), {}
    for kind in kinds:
        asked, forms = questions_of(kind, ask, law, seeds)
        assert all(len(one) == len(set(one)) for one in asked)
        counts[kind] = sum(map(len, asked)), sum(forms)
        assert 0 < counts[kind][0] * 10 <= counts[kind][1] * 6, counts


# --- what is still possible -----------------------------------------------------------------------
def outcomes(ask: str, part: dict[str, Any]) -> set[Any]:
    """The answers of a part, or its bands; nothing due is a band of zero."""
    if ask == "more":
        return {one["value"] for one in part["conclusions"]}
    return {(band["low"], band["high"]) for band in part["bands"]} or {("0.00", "0.00")}


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(["toll", "more"]), CASES, st.sets(st.sampled_from(sorted(FACTS))))
def test_what_is_possible_is_just_what_completions_come_to(
    ask: str, values: dict[str, Any], unknown: set[str]
) -> None:
    law = ferry_law()
    known = {path: value for path, value in values.items() if path not in unknown}
    blank = {path: {"state": "unknown"} for path in unknown}
    (part,) = possible(read_case_data(case_of(ask, known | blank), law.vocabulary), law)["parts"]
    reached: set[Any] = set()
    for rest in completions(unknown):
        case = read_case_data(case_of(ask, known | rest), law.vocabulary)
        reached |= outcomes(ask, decide(case, law, traced=False).as_json()["parts"][0])
    assert outcomes(ask, part) == reached


# --- changes --------------------------------------------------------------------------------------
OPEN: Final = tuple(
    path for path in FACTS if path not in ("skippers.ann.bereaved", "skippers.ann.wrecks")
)
"""The facts that may be suggested."""


def varied(ask: str, values: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    rest = {path: value for path, value in changed.items() if path in FACTS}
    found = case_of(ask, values | rest)
    takings = {"year": 2009, "value": changed.get(TAKINGS, "4000.00")}
    if changed.get(PROOF):
        found["evidence"] = {"e1": {"kind": "till-roll", "issuer": "market", "status": "verified"}}
        takings["evidence"] = ["e1"]
    found["skippers"]["ann"]["takings"] = [takings]
    return found


SORTS: Final = {**{path: FACTS[path] for path in OPEN}, PROOF: (True,), TAKINGS: ("6200.00",)}
"""What may be changed, each with the values that it is changed to."""
Values: TypeAlias = frozenset[tuple[str, str]]


def turning(ask: str, values: dict[str, Any], size: int) -> set[Values]:
    """The smallest sets of at most so many values that turn the result: by trying all."""
    before = result(varied(ask, values, {}))
    found: set[Values] = set()
    for count in range(1, size + 1):
        for paths in combinations(SORTS, count):
            for chosen in product(*(SORTS[path] for path in paths)):
                tried = dict(zip(paths, chosen, strict=True))
                if any(values.get(path) == value for path, value in tried.items()):
                    continue
                key = frozenset((path, str(value)) for path, value in tried.items())
                smallest = not any(one <= key for one in found)
                if smallest and result(varied(ask, values, tried)) != before:
                    found.add(key)
    return found


def values_of(change: dict[str, Any]) -> list[tuple[str, str]]:
    """The values that are tried, of those that a change allows."""
    if change["kind"] == "evidence":
        return [(PROOF, "True")]
    path, to = change["fact"], change["to"]
    return [(path, str(value)) for value in SORTS[path] if allows(to, value)]


def allows(to: dict[str, Any], value: Any) -> bool:
    if "low" in to or "high" in to:
        number, ends = Fraction(value), {k: to[k] and Fraction(to[k]["value"]) for k in ENDS}
        low = to["low"] is None or number > ends["low"] - to["low"]["included"] * TINY
        return low and (to["high"] is None or number < ends["high"] + to["high"]["included"] * TINY)
    if isinstance(value, list):
        held = [one["value"] for one in value]
        return (to["of"] in held) is to["value"] if "of" in to else held == [to["value"]]
    return bool(value == to["value"])


ENDS: Final = ("low", "high")
TINY: Final = Fraction(1, 1000)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(["toll", "more"]), CASES)
def test_changes_are_complete_and_smallest(ask: str, values: dict[str, Any]) -> None:
    law = ferry_law()
    case = read_case_data(copied(varied(ask, values, {})), law.vocabulary)
    (part,) = changes(case, law, size=3)["parts"]
    assert part["complete"]
    sets = [s["changes"] for s in part["sets"] if all(c["kind"] != "day" for c in s["changes"])]
    found = {frozenset(chosen) for one in sets for chosen in product(*map(values_of, one))}
    assert found == turning(ask, values, 3)
