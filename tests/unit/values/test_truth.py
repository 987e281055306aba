"""Three-valued truth: what a missing fact leaves open, and what it does not."""

from collections.abc import Iterator

import pytest

from engine.values import Truth, all_of, any_of

TRUE, UNKNOWN, FALSE = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (TRUE, TRUE, TRUE, TRUE),
        (TRUE, UNKNOWN, UNKNOWN, TRUE),
        (TRUE, FALSE, FALSE, TRUE),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, FALSE, FALSE, UNKNOWN),
        (FALSE, FALSE, FALSE, FALSE),
    ],
)
def test_and_and_or_follow_kleene(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert left & right is both
    assert right & left is both
    assert left | right is either
    assert right | left is either


def test_not_knowing_is_not_the_opposite_of_anything() -> None:
    assert ~TRUE is FALSE
    assert ~FALSE is TRUE
    assert ~UNKNOWN is UNKNOWN


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_is_never_taken_for_a_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(truth)


def test_a_truth_combines_with_nothing_but_truth() -> None:
    with pytest.raises(TypeError):
        Truth.TRUE & True  # type: ignore[operator]
    with pytest.raises(TypeError):
        True | Truth.TRUE  # type: ignore[operator]


def test_a_bool_becomes_a_truth() -> None:
    assert Truth.of(True) is TRUE
    assert Truth.of(False) is FALSE


def test_over_nothing_all_and_any_are_false() -> None:
    assert all_of([]) is FALSE
    assert any_of([]) is FALSE


def test_one_that_is_false_settles_all_whatever_is_unknown() -> None:
    assert all_of([UNKNOWN, FALSE, TRUE]) is FALSE
    assert all_of([TRUE, UNKNOWN]) is UNKNOWN
    assert all_of([TRUE, TRUE]) is TRUE


def test_one_that_is_true_settles_any_whatever_is_unknown() -> None:
    assert any_of([UNKNOWN, TRUE, FALSE]) is TRUE
    assert any_of([FALSE, UNKNOWN]) is UNKNOWN
    assert any_of([FALSE, FALSE]) is FALSE


def test_what_is_settled_is_not_asked_further() -> None:
    def then_fail(first: Truth) -> Iterator[Truth]:
        yield first
        pytest.fail("the answer was settled before")

    assert all_of(then_fail(FALSE)) is FALSE
    assert any_of(then_fail(TRUE)) is TRUE
