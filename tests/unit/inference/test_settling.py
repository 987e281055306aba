"""What both settlers promise alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest

from engine.inference.clauses import Clause, ClauseError, Settler, SettlingError
from engine.inference.reference import ReferenceSettler
from engine.inference.rete import ReteSettler
from engine.values.truth import Truth

T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
Make = Callable[[Sequence[Clause]], Settler]


@pytest.fixture(params=[ReferenceSettler, ReteSettler])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    made: list[Settler] = []

    def build(clauses: Sequence[Clause]) -> Settler:
        made.append(request.param(clauses))
        return made[-1]

    yield build
    for settler in made:
        settler.end()
        if isinstance(settler, ReteSettler):
            settler.close()


def settle_all(settler: Settler, truths: Mapping[int, Truth], strata: int) -> dict[int, Truth]:
    settler.begin()
    try:
        result: dict[int, Truth] = {}
        for stratum in range(strata):
            result |= settler.settle(stratum, truths)
        return result
    finally:
        settler.end()


@pytest.mark.parametrize("when", [T, U, F])
@pytest.mark.parametrize("unless", [T, U, F])
@pytest.mark.parametrize("other", [T, U, F])
def test_a_clause_needs_its_leaves_and_neither_exception_nor_overrider(
    make: Make, when: Truth, unless: Truth, other: Truth
) -> None:
    settler = make([Clause(0, 0, (3,), (), ()), Clause(1, 1, (1,), (2,), (0,))])
    result = settle_all(settler, {1: when, 2: unless, 3: other}, 2)
    assert result == {0: other, 1: Truth(min(when.value, -unless.value, -other.value))}


def test_a_clause_without_conditions_applies_and_overrides(make: Make) -> None:
    settler = make(
        [Clause(0, 0, (), (), ()), Clause(1, 1, (), (), (0,)), Clause(2, 2, (), (), (1,))]
    )
    assert settle_all(settler, {}, 3) == {0: T, 1: F, 2: T}


def test_a_clause_that_is_overridden_overrides_nothing(make: Make) -> None:
    chain = [Clause(0, 0, (0,), (), ()), Clause(1, 1, (), (), (0,)), Clause(2, 2, (), (), (1,))]
    settler = make(chain)
    assert settle_all(settler, {0: T}, 3) == {0: T, 1: F, 2: T}
    assert settle_all(settler, {0: F}, 3) == {0: F, 1: T, 2: F}
    assert settle_all(settler, {0: U}, 3) == {0: U, 1: U, 2: U}


def test_an_exception_over_an_unknown_is_not_closed_to_false(make: Make) -> None:
    settler = make([Clause(0, 0, (0, 1), (), ()), Clause(1, 1, (2,), (), (0,))])
    assert settle_all(settler, {0: T, 1: U, 2: T}, 2) == {0: U, 1: U}
    assert settle_all(settler, {0: F, 1: U, 2: T}, 2) == {0: F, 1: T}


def test_a_choice_of_the_authority_leaves_both_options_possible(make: Make) -> None:
    choice = 9
    settler = make([Clause(0, 0, (1, choice), (), ()), Clause(1, 1, (2,), (), (0,))])
    assert settle_all(settler, {1: T, 2: T, choice: U}, 2) == {0: U, 1: U}
    assert settle_all(settler, {1: F, 2: T, choice: U}, 2) == {0: F, 1: T}


def test_a_leaf_on_both_sides_never_makes_a_clause_certain(make: Make) -> None:
    settler = make([Clause(0, 0, (1, 1), (1,), ())])
    assert [settle_all(settler, {1: truth}, 1) for truth in (T, U, F)] == [{0: F}, {0: U}, {0: F}]


def test_doubt_in_a_later_stratum_does_not_touch_what_was_certain_before(make: Make) -> None:
    settler = make(
        [
            Clause(0, 0, (0,), (1,), ()),
            Clause(1, 1, (2,), (), (0,)),
            Clause(2, 1, (0,), (3,), ()),
            Clause(3, 2, (0,), (), (1, 2)),
        ]
    )
    truths = {0: T, 1: F, 2: T, 3: U}
    assert settle_all(settler, truths, 3) == {0: T, 1: F, 2: U, 3: U}
    assert settle_all(settler, truths | {1: T, 3: T}, 3) == {0: F, 1: T, 2: F, 3: F}


def test_strata_without_clauses_give_nothing_and_may_be_asked_for(make: Make) -> None:
    settler = make([Clause(0, 2, (1,), (), ()), Clause(1, 5, (), (), (0,))])
    settler.begin()
    assert [settler.settle(n, {1: F}) for n in range(7)] == [{}, {}, {0: F}, {}, {}, {1: T}, {}]


def test_clauses_need_not_be_sorted_by_stratum(make: Make) -> None:
    settler = make([Clause(0, 1, (), (), (1,)), Clause(1, 0, (4,), (), ())])
    assert settle_all(settler, {4: F}, 2) == {0: T, 1: F}


def test_out_of_turn_is_refused(make: Make) -> None:
    settler = make([Clause(0, 0, (), (), ()), Clause(1, 1, (), (), ())])
    with pytest.raises(SettlingError):
        settler.settle(0, {})
    settler.begin()
    with pytest.raises(SettlingError):
        settler.settle(1, {})
    settler.settle(0, {})
    with pytest.raises(SettlingError):
        settler.settle(0, {})
    settler.end()
    with pytest.raises(SettlingError):
        settler.settle(1, {})


def test_ending_twice_does_no_harm(make: Make) -> None:
    settler = make([Clause(0, 0, (1,), (), ())])
    settler.end()
    assert settle_all(settler, {1: T}, 1) == {0: T}
    settler.end()
    assert settle_all(settler, {1: F}, 1) == {0: F}


def test_a_binding_left_open_is_forgotten(make: Make) -> None:
    settler = make([Clause(0, 0, (1,), (), ()), Clause(1, 1, (2,), (), (0,))])
    settler.begin()
    settler.settle(0, {1: T})
    assert settle_all(settler, {1: F, 2: T}, 2) == {0: F, 1: T}


@pytest.mark.parametrize("truth", [True, 1, 0, None, "TRUE"])
def test_what_is_no_truth_is_refused_and_leaves_the_settler_usable(
    make: Make, truth: object
) -> None:
    settler = make([Clause(0, 0, (1, 2), (), ())])
    with pytest.raises(TypeError):
        settle_all(settler, {1: T, 2: truth}, 1)  # type: ignore[dict-item]
    assert settle_all(settler, {1: T, 2: T}, 1) == {0: T}


def test_a_leaf_without_a_truth_is_refused_and_not_taken_for_unknown(make: Make) -> None:
    settler = make([Clause(0, 0, (1, 2), (), ())])
    with pytest.raises(KeyError):
        settle_all(settler, {1: T}, 1)
    assert settle_all(settler, {1: T, 2: U}, 1) == {0: U}


def test_a_leaf_keeps_its_truth_within_a_binding(make: Make) -> None:
    settler = make([Clause(0, 0, (1,), (), ()), Clause(1, 1, (1,), (), ())])
    settler.begin()
    settler.settle(0, {1: U})
    with pytest.raises(ValueError, match="leaf 1"):
        settler.settle(1, {1: T})
    settler.end()
    assert settle_all(settler, {1: T}, 2) == {0: T, 1: T}


def test_a_list_without_a_meaning_is_refused(make: Make) -> None:
    with pytest.raises(ClauseError):
        make([Clause(0, 0, (), (), (0,))])
