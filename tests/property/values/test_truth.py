"""The laws of Kleene's logic, and what they promise about facts that are learnt later."""

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from engine.values import Truth, all_of, any_of

truths = st.sampled_from(Truth)


def completions(truth: Truth) -> list[bool]:
    """What a condition may turn out to be."""
    return {Truth.FALSE: [False], Truth.TRUE: [True], Truth.UNKNOWN: [False, True]}[truth]


@given(truths, truths, truths)
def test_and_and_or_form_a_distributive_lattice(a: Truth, b: Truth, c: Truth) -> None:
    assert a & b is b & a and a | b is b | a
    assert a & (b & c) is (a & b) & c and a | (b | c) is (a | b) | c
    assert a & (a | b) is a and a | (a & b) is a
    assert a & (b | c) is (a & b) | (a & c) and a | (b & c) is (a | b) & (a | c)


@given(truths, truths)
def test_negation_turns_and_into_or_and_undoes_itself(a: Truth, b: Truth) -> None:
    assert ~(a & b) is ~a | ~b
    assert ~(a | b) is ~a & ~b
    assert ~~a is a


@given(truths, truths)
def test_two_conditions_are_known_together_exactly_if_no_completion_differs(
    a: Truth, b: Truth
) -> None:
    pairs = [(x, y) for x in completions(a) for y in completions(b)]
    assert set(completions(a & b)) == {x and y for x, y in pairs}
    assert set(completions(a | b)) == {x or y for x, y in pairs}


@given(truths, truths)
def test_learning_a_fact_never_overturns_an_answer(condition: Truth, fact: Truth) -> None:
    for before, after in (
        (condition & Truth.UNKNOWN, condition & fact),
        (condition | Truth.UNKNOWN, condition | fact),
    ):
        assert before in (Truth.UNKNOWN, after)


@given(st.lists(truths, min_size=1))
def test_all_and_any_are_and_and_or_over_one_or_more(several: list[Truth]) -> None:
    assert all_of(several) is reduce(Truth.__and__, several)
    assert any_of(several) is reduce(Truth.__or__, several)


@given(st.permutations([Truth.TRUE, Truth.UNKNOWN, Truth.FALSE, Truth.UNKNOWN]), st.integers(1, 4))
def test_the_order_of_conditions_changes_nothing(several: list[Truth], count: int) -> None:
    some = several[:count]
    assert all_of(some) is all_of(reversed(some))
    assert any_of(some) is any_of(reversed(some))
