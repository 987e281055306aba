"""An answer ends after so much work, says so, and decides nothing that was not followed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.decision.asking import possible as possibilities
from engine.decision.asking.possible import possible, render_possible
from engine.decision.asking.questions import next_question
from engine.decision.case.reading import read_case, read_case_data
from engine.decision.deciding import decide as deciding
from engine.decision.deciding.decide import decide, evaluation_of, parts_of
from engine.decision.entitlements import entitlements as over_years
from engine.decision.entitlements.entitlements import entitlements
from engine.decision.entitlements.entitlements_text import entitlements_text
from engine.decision.worlds import horizon
from engine.decision.worlds.explore import ENOUGH, LEAST, Explored, LeafWorlds, explore, read_first
from engine.decision.worlds.work import ANSWER, Work
from engine.inference.undecided import Point, PointKind, Undecided
from engine.values.dates import Window
from tests.real import real_law
from tests.unit.decision.hostile import HOSTILE

BAD = "bad-consequence"
EXAMPLES = Path(__file__).parents[3] / "examples"


def asking(kind: PointKind, number: int, result: Any = "same") -> Any:
    """An evaluation that reads so many points before it comes to a result."""

    def evaluate(assignment: Mapping[str, Any]) -> Any:
        for one in range(number):
            name = f"{kind}{one}"
            if name not in assignment:
                raise Undecided(Point(name, kind, (True, False), frozenset({name})))
        return result(assignment) if callable(result) else result

    return evaluate


def results_differ(one: LeafWorlds, other: LeafWorlds) -> bool:
    return one.worlds[0].result != other.worlds[0].result


def test_choices_that_were_not_all_tried_are_no_complete_list() -> None:
    found = explore(asking("may", 6), limit=40)

    assert len(found.leaves) == 1
    assert found.cut
    assert not explore(asking("may", 6), limit=127).cut


def test_completions_that_were_not_all_tried_are_no_complete_list() -> None:
    assert explore(asking("fact", 6), limit=126).cut
    assert not explore(asking("fact", 6), limit=127).cut


def test_what_lies_at_the_other_end_is_found_at_once() -> None:
    """No fact is so, and only then it is another result: the last of a million."""
    evaluate = asking("fact", 20, lambda assignment: any(assignment.values()))

    found = explore(evaluate, 4096, results_differ)

    assert found.cut
    assert {leaf.worlds[0].result for leaf in found.leaves} == {True, False}
    assert len(found.leaves) <= ENOUGH


def test_leaves_stand_in_the_order_of_their_options_however_they_were_found() -> None:
    found = explore(asking("fact", 3, lambda assignment: tuple(assignment.values())))

    results = [leaf.worlds[0].result for leaf in found.leaves]
    assert results == sorted(results, reverse=True)


def test_where_the_work_is_used_up_a_few_worlds_are_visited_still() -> None:
    few = explore(asking("fact", 3), is_done=lambda: True)
    many = explore(asking("fact", 9), is_done=lambda: True)

    assert not few.cut
    assert len(few.leaves) == 8
    assert many.cut
    assert 0 < len(many.leaves) <= LEAST


def test_facts_that_most_rests_on_come_first() -> None:
    def evaluate(assignment: Mapping[str, Any]) -> str:
        for name in ("a", "b") if assignment.get("a", True) else ("a", "c", "d"):
            if name not in assignment:
                raise Undecided(Point(name, "fact", (True, False), frozenset({name})))
        return "same"

    assert read_first(explore(evaluate)) == ["a", "c", "d", "b"]
    assert read_first(Explored((), {}, True)) == []


def test_the_shares_of_the_work_are_of_what_is_left() -> None:
    work = Work(100)
    first = work.share(2)
    work.spend(50)
    second = work.share(1)

    assert first()
    assert not second()
    work.bring_together("these versions")
    assert second()
    left = work.left
    work.bring_together("these versions")
    assert work.left == left
    assert work.share(3)()


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets how many steps an answer may take."""

    def so_many(steps: int) -> None:
        monkeypatch.setattr(deciding, "Work", lambda: Work(steps))

    return so_many


def test_a_family_of_which_nothing_is_known_is_answered_with_bounded_work() -> None:
    law = real_law()
    case = read_case_data(HOSTILE["two places, birth known"], law.vocabulary)
    evaluation = evaluation_of(case, law, "rete")

    parts = parts_of(evaluation)

    assert -ANSWER / 10 < evaluation.work.left < ANSWER
    assert any(part.explored.cut for part in parts)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_not_followed_settles_nothing_and_is_told(
    name: str, steps: Callable[[int], None]
) -> None:
    steps(9_000)
    law = real_law()
    case = read_case_data(HOSTILE[name], law.vocabulary)

    told = decide(case, law).as_json()

    cut = [part for part in told["parts"] if part.get("not_followed")]
    assert told["outcome"] == "undetermined"
    assert cut
    assert {part["outcome"] for part in cut} == {"undetermined"}
    assert not [band for part in cut for band in part["bands"] if band["certain"]]
    (warning,) = [one for one in told["warnings"] if one["code"] == "not-followed"]
    assert warning["facts"]
    for fact in warning["facts"]:
        assert fact in warning["text"]["zh"]
        assert fact in warning["text"]["en"]
        assert any(fact in named for part in cut for named in part["missing"])


def test_where_no_fact_is_lacking_the_choices_are_told_that_make_it_much(
    steps: Callable[[int], None],
) -> None:
    """Each act is under one law of two, with a range under either."""
    steps(9_000)
    law = real_law()
    act = {"by": "ann", "place": "420281", "about": [], "gravity": "ordinary"}
    acts = {
        f"a{n}": act | {"kind": "neglect", "date": f"201{n}-05-05", "circumstances": [BAD]}
        for n in range(1, 4)
    }
    person = {"sex": "female", "statuses": [{"from": "1999-07-01", "value": "civil-servant"}]}
    case = {
        "schema": "case/1",
        "reference": "three-acts",
        "as_of": "2022-05-01",
        "question": {"ask": "sanction", "about": ["ann"]},
        "persons": {"ann": person},
        "acts": acts,
    }

    told = decide(read_case_data(case, law.vocabulary), law).as_json()

    (warning,) = [one for one in told["warnings"] if one["code"] == "not-followed"]
    assert not warning["facts"]
    assert "a1、a2、a3 各自的选择" in warning["text"]["zh"]
    assert "a1, a2, a3 each leave choices" in warning["text"]["en"]


def test_the_end_of_the_work_is_the_same_in_both_inferences_and_every_time(
    steps: Callable[[int], None],
) -> None:
    steps(9_000)
    law = real_law()
    case = read_case_data(HOSTILE["birth in a year"], law.vocabulary)

    first = decide(case, law).as_json()

    law.programs.clear()
    law.selected.clear()
    assert decide(case, law).as_json() == first
    assert decide(case, law, inference="reference").as_json() == first


@pytest.mark.parametrize("example", ["w01", "w08", "daye-2014"])
def test_with_no_work_left_what_has_few_worlds_is_answered_all_the_same(
    example: str, steps: Callable[[int], None]
) -> None:
    law = real_law()
    case = read_case((EXAMPLES / f"{example}.yaml").read_bytes(), law.vocabulary)
    expected = decide(case, law).as_json()
    steps(0)

    assert decide(case, law).as_json() == expected


def test_who_bears_a_conclusion_that_was_not_followed_keeps_all_parts_open(
    steps: Callable[[int], None],
) -> None:
    """Others may bear it, too: nothing is determined for those who were found."""
    law = real_law()
    steps(0)

    told = decide(read_case_data(HOSTILE["nothing known"], law.vocabulary), law).as_json()

    assert {part["outcome"] for part in told["parts"]} == {"undetermined"}
    assert all(part["not_followed"] for part in told["parts"])


def test_a_change_that_was_not_followed_is_no_answer_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(horizon, "MOST_PIECES", 1)
    law = real_law()
    case = read_case((EXAMPLES / "w06.yaml").read_bytes(), law.vocabulary)

    told = decide(case, law).as_json()

    assert [one["from"] for one in told["conclusions"]] == [None]
    assert "change-not-followed" in {one["code"] for one in told["warnings"]}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_next_question_ends_too(name: str, steps: Callable[[int], None]) -> None:
    steps(9_000)
    law = real_law()

    asked = next_question(read_case_data(HOSTILE[name], law.vocabulary), law)

    assert asked.fact is not None


def test_whether_a_result_hangs_on_a_fact_is_not_said_of_what_was_not_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    law = real_law()
    case = read_case((EXAMPLES / "daye-2014.yaml").read_bytes(), law.vocabulary)
    whole = possible(case, law)
    monkeypatch.setattr(possibilities, "Work", lambda: Work(700))

    told = possible(case, law)

    facts = [one["fact"] for one in whole["proof"]]
    assert whole["not_followed"] == []
    assert told["not_followed"]
    assert sorted([one["fact"] for one in told["proof"]] + told["not_followed"]) == sorted(facts)
    assert all(one in whole["proof"] for one in told["proof"])
    assert told["not_followed"][0] in render_possible(told, "en", law.vocabulary)


def test_days_that_were_not_followed_are_told_and_have_no_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    law, window = real_law(), Window(date(2010, 1, 1), date(2030, 12, 31))
    case = read_case((EXAMPLES / "entitlements-daye.yaml").read_bytes(), law.vocabulary)
    case = replace(case, question=replace(case.question, about=("c1",)))
    whole = entitlements(case, law, window).as_json()
    monkeypatch.setattr(over_years, "Work", lambda: Work(0))

    told = entitlements(case, law, window).as_json()

    assert whole["not_followed"] == []
    assert told["not_followed"]
    assert len(told["rows"]) < len(whole["rows"])
    for one in told["not_followed"]:
        assert one["about"] == "c1"
        assert one["from"] <= one["until"]
        assert not [row for row in told["rows"] if one["from"] <= row["from"] <= one["until"]]
        assert one["until"] in entitlements_text(told, law, "zh")
