"""Open values against samples: what their bounds decide holds whatever the facts turn out to be."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.values import Comparison, Open, Truth, compare, open_max, open_min, threshold

OPERATORS: dict[Comparison, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
PATHS = ("a", "b")

numbers = st.integers(-5, 5) | st.fractions(-5, 5, max_denominator=4)
factors = numbers.filter(bool)
operators = st.sampled_from(sorted(OPERATORS))


class Formula:
    """A formula in two forms: over open values, and over the values of the facts."""

    def __init__(
        self,
        opened: Callable[[Mapping[str, Any]], Any],
        exact: Callable[[Mapping[str, Fraction]], Fraction],
        text: str,
    ) -> None:
        self.opened, self.exact, self.text = opened, exact, text

    def __repr__(self) -> str:
        return self.text


def unknown(path: str) -> Formula:
    return Formula(lambda facts: facts[path], lambda facts: facts[path], path)


def constant(number: int | Fraction) -> Formula:
    return Formula(lambda facts: number, lambda facts: Fraction(number), str(number))


def scaled(factor: int | Fraction, formula: Formula) -> Formula:
    return Formula(
        lambda facts: factor * formula.opened(facts),
        lambda facts: factor * formula.exact(facts),
        f"{factor} * ({formula})",
    )


def combined(name: str, left: Formula, right: Formula) -> Formula:
    on_open: dict[str, Callable[[Any, Any], Any]] = {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "min": open_min,
        "max": open_max,
    }
    on_exact: dict[str, Callable[[Any, Any], Any]] = {**on_open, "min": min, "max": max}
    return Formula(
        lambda facts: on_open[name](left.opened(facts), right.opened(facts)),
        lambda facts: on_exact[name](left.exact(facts), right.exact(facts)),
        f"({left} {name} {right})",
    )


leaves = st.builds(unknown, st.sampled_from(PATHS)) | st.builds(constant, numbers)
affine = st.recursive(
    leaves,
    lambda formulas: (
        st.builds(combined, st.sampled_from(["+", "-"]), formulas, formulas)
        | st.builds(scaled, factors, formulas)
    ),
    max_leaves=5,
)
formulas = st.recursive(
    leaves,
    lambda formulas: (
        st.builds(combined, st.sampled_from(["+", "-", "*", "min", "max"]), formulas, formulas)
        | st.builds(scaled, factors, formulas)
    ),
    max_leaves=6,
)


@st.composite
def facts_within_bounds(draw: st.DrawFn) -> tuple[dict[str, Open], dict[str, Fraction]]:
    """Open values of the paths, and for each a value that its bounds admit."""
    opened, exact = {}, {}
    for path in PATHS:
        value = Fraction(draw(numbers))
        below, above = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        low = draw(st.sampled_from([None, (value - below, below == 0 or draw(st.booleans()))]))
        high = draw(st.sampled_from([None, (value + above, above == 0 or draw(st.booleans()))]))
        opened[path] = Open.unknown(path, "number", low=low, high=high)
        exact[path] = value
    return opened, exact


@given(operators, formulas, formulas, facts_within_bounds())
def test_what_the_bounds_decide_holds_for_the_facts(
    op: Comparison,
    left: Formula,
    right: Formula,
    facts: tuple[dict[str, Open], dict[str, Fraction]],
) -> None:
    opened, exact = facts
    answer = compare(op, left.opened(opened), right.opened(opened))
    truth = Truth.of(OPERATORS[op](left.exact(exact), right.exact(exact)))
    assert answer in (Truth.UNKNOWN, truth)


@given(formulas, facts_within_bounds())
def test_the_value_lies_within_the_ends(
    formula: Formula, facts: tuple[dict[str, Open], dict[str, Fraction]]
) -> None:
    opened, exact = facts
    value = formula.opened(opened)
    if isinstance(value, Open):
        low: Any = value.low
        high: Any = value.high
        assert low is None or low <= formula.exact(exact)
        assert high is None or high >= formula.exact(exact)
    else:
        assert value == formula.exact(exact)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(affine, st.sampled_from(["low", "high"]), facts_within_bounds())
def test_a_sum_comes_as_close_to_its_ends_as_one_likes(
    formula: Formula, end: str, facts: tuple[dict[str, Open], dict[str, Fraction]]
) -> None:
    value = formula.opened(facts[0])
    assume(isinstance(value, Open) and getattr(value, end) is not None)
    # A sum is greatest where each unknown is at one of its ends, all at once.
    corners = [
        {path: corner for path, corner in zip(PATHS, pair, strict=True)}
        for pair in ((a, b) for a in ends_of(facts[0]["a"]) for b in ends_of(facts[0]["b"]))
    ]
    values = [formula.exact(corner) for corner in corners]
    assert getattr(value, end) in values


def ends_of(unknown: Open) -> list[Fraction]:
    ends = [end for end in (unknown.low, unknown.high) if isinstance(end, int | Fraction)]
    return [Fraction(end) for end in ends] or [Fraction(0)]


@given(operators, affine, affine, facts_within_bounds())
def test_a_comparison_of_one_unknown_turns_at_its_threshold(
    op: Comparison,
    left: Formula,
    right: Formula,
    facts: tuple[dict[str, Open], dict[str, Fraction]],
) -> None:
    opened, _ = facts
    turn = threshold(op, left.opened(opened), right.opened(opened))
    assume(turn is not None)
    assert turn is not None
    path, value = turn
    assert isinstance(value, int | Fraction)
    at = {name: Fraction(value) if name == path else Fraction(0) for name in PATHS}
    assert left.exact(at) == right.exact(at)

    def answer(**bounds: Any) -> Truth | None:
        try:
            narrowed = {**opened, path: opened[path].with_bounds(path, **bounds)}
        except ValueError:
            return None
        return compare(op, left.opened(narrowed), right.opened(narrowed))

    sides = [answer(high=(value, False)), answer(low=value, high=value), answer(low=(value, False))]
    assert Truth.UNKNOWN not in sides
    known = [side for side in sides if side is not None]
    assert Truth.TRUE in known and Truth.FALSE in known


@given(formulas, facts_within_bounds())
def test_a_value_taken_from_itself_is_nothing(
    formula: Formula, facts: tuple[dict[str, Open], dict[str, Fraction]]
) -> None:
    value = formula.opened(facts[0])
    assert value - value == 0
    assert compare("==", value, value) is Truth.TRUE


@given(formulas, facts_within_bounds())
def test_a_value_names_only_facts_that_were_read(
    formula: Formula, facts: tuple[dict[str, Open], dict[str, Fraction]]
) -> None:
    value = formula.opened(facts[0])
    if isinstance(value, Open):
        assert value.paths <= {path for path in PATHS if path in formula.text}
        assert value.paths
