"""The decision tree of a group: what is looked at, in which order, and what it comes to."""

from collections.abc import Mapping

import pytest

from engine.inference import answers as module
from engine.inference.answers import Answers, Turn
from engine.inference.clauses import Clause
from engine.inference.program import Round
from engine.inference.reference import ReferenceSettler
from engine.inference.rule_parts import Leaf, LeafKind
from engine.values.truth import Truth

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
BASIC, SPECIAL = 10, 11
CLAUSES = (
    Clause(index=0, stratum=0, when=(1,), unless=(2,), overridden_by=()),
    Clause(index=1, stratum=1, when=(1, 3), unless=(), overridden_by=(0,)),
)


def _leaf(number: int, kind: LeafKind = "when") -> Leaf:
    return Leaf(kind, str(number), None, None, ("law", "2000"), "define", None)


ONE, TWO, THREE = _leaf(1), _leaf(2, "unless"), _leaf(3)
ROUNDS = {
    0: Round((((1, ONE, F), (2, TWO, T)),), ()),
    1: Round((((1, ONE, F), (3, THREE, F)),), ()),
}


def _walk(
    answers: Answers, truths: Mapping[int, Truth]
) -> tuple[list[int], list[Mapping[int, Truth]], list[Turn]]:
    """The leaves that were looked at, what each stratum came to, the turns taken."""
    looked: dict[int, Truth] = {}
    ends: list[Mapping[int, Truth]] = []
    turns: list[Turn] = []
    root = answers.roots.get((1,)) or answers.plant((1,), {}, ROUNDS)
    turn = root.first
    while turn is not None:
        turns.append(turn)
        if turn.leaf is None:
            ends.append(turn.applies)
            turn = turn.then
            continue
        truth = looked[turn.number] = truths[turn.number]
        after = {T: turn.if_true, F: turn.if_false, U: turn.if_unknown}[truth]
        turn = after or answers.grow(turn, truth, looked)
    return list(looked), ends, turns


@pytest.fixture
def answers() -> Answers:
    return Answers(CLAUSES, names=(BASIC, SPECIAL), make=ReferenceSettler)


@pytest.mark.parametrize(
    ("truths", "looked", "ends"),
    [
        ({1: F}, [1], [{BASIC: F}, {SPECIAL: F}]),
        ({1: T, 2: F, 3: T}, [1, 2, 3], [{BASIC: T}, {SPECIAL: F}]),
        ({1: T, 2: T, 3: T}, [1, 2, 3], [{BASIC: F}, {SPECIAL: T}]),
        ({1: T, 2: U, 3: T}, [1, 2, 3], [{BASIC: U}, {SPECIAL: U}]),
        ({1: U, 2: F, 3: F}, [1, 2, 3], [{BASIC: U}, {SPECIAL: F}]),
    ],
)
def test_leaves_are_looked_at_as_far_as_they_make_a_difference(
    answers: Answers,
    truths: Mapping[int, Truth],
    looked: list[int],
    ends: list[Mapping[int, Truth]],
) -> None:
    assert _walk(answers, truths)[:2] == (looked, ends)


def test_the_same_way_is_worked_out_once(answers: Answers) -> None:
    truths = {1: T, 2: U, 3: T}
    first, again = _walk(answers, truths)[2], _walk(answers, truths)[2]
    assert [id(turn) for turn in first] == [id(turn) for turn in again]


def test_a_tree_that_grew_too_large_is_begun_anew(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    first = _walk(answers, {1: T, 2: F, 3: T})
    assert answers.roots == {}
    assert _walk(answers, {1: T, 2: F, 3: T})[:2] == first[:2]
