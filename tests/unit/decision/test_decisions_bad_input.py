"""Cases of decisions, payments and acts that cannot be: each is refused with its place, and
what is only not known is asked for. Nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.decision.case.reading import CaseError, read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.reviewing.review import review
from tests.real import real_law

DAYE = Path(__file__).parents[3] / "examples/review-daye-2014.yaml"
STEP = {"kind": "reconsideration-request", "decision": "d1", "date": "2014-07-19"}
SANCTION: dict[str, Any] = {
    "schema": "case/1",
    "as_of": "2018-06-01",
    "question": {"ask": "sanction", "about": ["ann"]},
    "persons": {
        "ann": {
            "sex": "female",
            "born": "1978-03-01",
            "register": [{"from": "1978-03-01", "value": "urban", "place": "420281"}],
            "statuses": [{"from": "2001-01-01", "value": "civil-servant"}],
        },
        "bo": {"sex": "male", "born": "1976-03-01"},
    },
    "couples": {"c1": {"partners": ["ann", "bo"], "married": [{"from": "2002-01-01"}]}},
    "children": {
        "listed": "all",
        "k1": {"parents": ["ann", "bo"], "born": "2003-04-02", "adopted": False, "living": True},
        "k2": {"parents": ["ann", "bo"], "born": "2010-05-06", "adopted": False, "living": True,
               "approved": False, "ground": "none"},
    },
    "acts": {
        "a1": {"kind": "own-excess-birth", "by": "ann", "date": "2010-05-06", "about": ["k2"],
               "place": "420281", "circumstances": [], "gravity": "ordinary"},
    },
}  # fmt: skip


def daye(*path: str, value: Any = None) -> dict[str, Any]:
    """The example of a review with another value at a place."""
    plain = yaml.load(DAYE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    plain["settings"] = {"reference_year": 2013}
    return _with(plain, path, value)


def sanction(*path: str, value: Any = None) -> dict[str, Any]:
    """The case of a civil servant with another value at a place."""
    return _with(yaml.safe_load(yaml.safe_dump(SANCTION)), path, value)


def _with(plain: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    place: Any = plain
    for step in path[:-1]:
        place = place[int(step) if isinstance(place, list) else step]
    if path:
        place[path[-1]] = value
    return _typed(plain)


def _typed(plain: Any) -> Any:
    """As JSON has it: true and false are words in the text of the example."""
    if isinstance(plain, dict):
        return {key: _typed(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_typed(value) for value in plain]
    return {"true": True, "false": False}.get(plain, plain) if isinstance(plain, str) else plain


def problems(plain: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(CaseError) as caught:
        read_case_data(plain, real_law().vocabulary)
    return [(one.code, one.pointer) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("decisions", "d1", "served"), "2014-07-19", "before-other-day"),
        (("payments", "p1", "date"), "2014-07-19", "before-other-day"),
        (("events", "v1", "date"), "2013-09-14", "before-other-day"),
        (("decisions", "d1", "date"), "2013-09-14", "before-other-day"),
        (("decisions", "d1", "date"), "2014-02-30", "impossible-date"),
        (("decisions", "d1", "authority"), "county-bureau", "unknown-code"),
        (("decisions", "d1", "place"), "420299", "unknown-place"),
        (("decisions", "d1", "place"), "110103", "not-valid-in-year"),  # abolished in 2010
        (("decisions", "d1", "amounts", "father"), "-0.01", "negative-money"),
        (("payments", "p1", "amount"), "-0.01", "negative-money"),
        (("decisions", "d1", "multiple"), "-0.1", "out-of-range"),
        (("decisions", "d1", "extra_children"), "1.5", "out-of-range"),
        (("decisions", "d1", "extra_children"), "-1", "out-of-range"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_its_place(
    path: tuple[str, ...], value: str, code: str
) -> None:
    assert problems(daye(*path, value=value)) == [(code, "/" + "/".join(path))]


@pytest.mark.parametrize(
    ("day", "fact", "value"),
    [("died_on", "living", False), ("adopted_on", "adopted", True)],
)
def test_what_befalls_a_child_is_after_its_birth_and_agrees_with_what_is_said_of_it(
    day: str, fact: str, value: bool
) -> None:
    plain = daye("children", "k1", day, value="2003-04-01")
    plain["children"]["k1"][fact] = value
    assert problems(plain) == [("before-other-day", f"/children/k1/{day}")]
    plain["children"]["k1"] |= {day: "2003-04-03", fact: not value}
    assert problems(plain) == [("does-not-fit", f"/children/k1/{fact}")]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("persons", "father", "register", "0", "from"), "1979-04-30", "before-other-day"),
        (("persons", "father", "register", "0", "place"), "000000", "country-not-place"),
        (("couples", "c1", "partners"), ["father"], "wrong-count"),
        (("children", "k1", "parents"), [], "wrong-count"),
        (("couples", "c1", "married", "0", "from"), "1980-01-01", "before-other-day"),
        (("settings", "reference_yaer"), 2013, "unknown-field"),
        (("settings", "reference_year"), 1899, "out-of-time"),
        (("settings", "pre_veto_year"), 3, "out-of-range"),
    ],
)
def test_a_family_that_cannot_be_is_refused_with_its_place(
    path: tuple[str, ...], value: Any, code: str
) -> None:
    assert (code, "/" + "/".join(path)) in problems(daye(*path, value=value))


def test_a_step_before_its_decision_is_refused() -> None:
    assert problems(daye("events", "v2", value=STEP)) == [("before-other-day", "/events/v2/date")]


@pytest.mark.parametrize("day", ["2014-07-20", "2014-08-11"])
def test_the_day_itself_is_in_order(day: str) -> None:
    read_case_data(daye("payments", "p1", "date", value=day), real_law().vocabulary)


def test_a_child_may_die_on_the_day_of_its_birth() -> None:
    plain = daye("children", "k1", "died_on", value="2003-04-02")
    plain["children"]["k1"]["living"] = False
    read_case_data(plain, real_law().vocabulary)


def test_an_amount_beyond_any_band_is_a_finding() -> None:
    law = real_law()
    plain = daye("decisions", "d1", "amounts", "father", value="99999999999.00")
    found = review(read_case_data(plain, law.vocabulary), law).as_json()["findings"]
    (amount,) = [f for f in found if (f["point"], f["subject"]) == ("amounts", "father")]
    assert (amount["finding"], amount["overcharged"]["low"]) == ("unlawful", "99999789999.00")


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("acts", "a1", "date"), "2010-05-05", "before-other-day"),
        (("acts", "a1", "filed"), "2010-05-05", "before-other-day"),
        (("acts", "a1", "gravity"), "average", "unknown-code"),
        (("persons", "ann", "statuses"), [{"value": "teacher"}], "unknown-code"),
    ],
)
def test_an_act_that_cannot_be_is_refused_with_its_place(
    path: tuple[str, ...], value: Any, code: str
) -> None:
    (found,) = problems(sanction(*path, value=value))
    assert found[0] == code
    assert found[1].startswith("/" + "/".join(path))


def test_an_act_of_another_kind_may_be_before_a_birth_that_it_is_about() -> None:
    plain = sanction("acts", "a1", "kind", value="cover-up")
    plain["acts"]["a1"]["date"] = "2010-05-05"
    read_case_data(plain, real_law().vocabulary)


@pytest.mark.parametrize("value", [{"state": "unknown"}, None])
def test_where_the_category_of_a_person_is_not_known_it_is_asked_for(value: Any) -> None:
    plain = sanction("persons", "ann", "statuses", value=value)
    if value is None:
        del plain["persons"]["ann"]["statuses"]
    law = real_law()
    answer = decide(read_case_data(plain, law.vocabulary), law).as_json()
    assert answer["outcome"] == "undetermined"
    asked = [part for part in answer["parts"] if part["object"] == "state-sanction"]
    assert asked[0]["missing"] == [["persons.ann.statuses"]]
