"""Bands against brute force: every way to choose, one after the other, in plain numbers."""

import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from engine.values import Band, Interval, Money, band_max, band_min

Options: TypeAlias = Mapping[str, bool | str]
Number: TypeAlias = int | Fraction

RANGES = {"r": (2, 3), "s": (1, 4)}
READINGS = {"x": ("a", "b", "c"), "y": ("a", "b")}
POWERS = ("m", "n")
DOMAINS: dict[str, tuple[bool | str, ...]] = {
    **{name: ("low", "high") for name in RANGES},
    **READINGS,
    **{name: (True, False) for name in POWERS},
}
DISCRETE = {name: options for name, options in DOMAINS.items() if name not in RANGES}


class Case:
    """A formula in two forms: as a band, and as the number that one way to choose comes to."""

    def __init__(self, band: Band, number: Callable[[Options], Number]) -> None:
        self.band, self.number = band, number

    def __repr__(self) -> str:
        return repr(self.band)


def exactly(value: Number) -> Case:
    return Case(Band.exactly(value), lambda options: value)


def between(name: str) -> Case:
    low, high = RANGES[name]
    return Case(
        Band.between(name, low, high), lambda options: low if options[name] == "low" else high
    )


def may(name: str, used: Case, otherwise: Case) -> Case:
    return Case(
        Band.may(name, used.band, otherwise.band),
        lambda options: (used if options[name] else otherwise).number(options),
    )


def readings(name: str, several: list[Case]) -> Case:
    labelled = dict(zip(READINGS[name], several, strict=False))
    return Case(
        Band.readings(name, {label: case.band for label, case in labelled.items()}),
        lambda options: labelled[str(options[name])].number(options),
    )


def combined(operation: str, left: Case, right: Case) -> Case:
    on_bands: dict[str, Callable[[Band, Band], Band]] = {
        "+": Band.__add__,
        "-": Band.__sub__,
        "*": Band.__mul__,
        "min": band_min,
        "max": band_max,
    }
    on_numbers: dict[str, Callable[[Any, Any], Number]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "min": min,
        "max": max,
    }
    return Case(
        on_bands[operation](left.band, right.band),
        lambda options: on_numbers[operation](left.number(options), right.number(options)),
    )


def divided(dividend: Case, divisor: Case) -> Case:
    """By one more than the square, which is never 0."""
    return Case(
        dividend.band / (1 + divisor.band * divisor.band),
        lambda options: Fraction(dividend.number(options), 1 + divisor.number(options) ** 2),
    )


def larger(cases: st.SearchStrategy[Case]) -> st.SearchStrategy[Case]:
    return (
        st.builds(combined, st.sampled_from(["+", "-", "*", "min", "max"]), cases, cases)
        | st.builds(may, st.sampled_from(POWERS), cases, cases)
        | st.builds(readings, st.just("x"), st.lists(cases, min_size=3, max_size=3))
        | st.builds(readings, st.just("y"), st.lists(cases, min_size=2, max_size=2))
        | st.builds(divided, cases, cases)
    )


cases = st.recursive(
    st.builds(exactly, st.integers(-3, 3)) | st.builds(between, st.sampled_from(sorted(RANGES))),
    larger,
    max_leaves=7,
)


def ways(domains: Mapping[str, tuple[bool | str, ...]]) -> Iterator[dict[str, bool | str]]:
    for options in product(*domains.values()):
        yield dict(zip(domains, options, strict=True))


def lawful(case: Case, chosen: Options) -> list[Number]:
    """What a formula can come to, over all ends of ranges, once the rest is chosen."""
    ends = ways({name: DOMAINS[name] for name in RANGES})
    return [case.number({**chosen, **taken}) for taken in ends]


def agrees(interval: Interval, chosen: Options) -> bool:
    return all(
        choice.kind == "range" or chosen[choice.point] == choice.value
        for choice in interval.choices
    )


def the_one(intervals: tuple[Interval, ...], chosen: Options) -> Interval:
    (interval,) = [interval for interval in intervals if agrees(interval, chosen)]
    return interval


@given(cases)
def test_each_way_to_choose_has_one_interval_from_its_least_to_its_greatest_value(
    case: Case,
) -> None:
    intervals = case.band.intervals()
    for chosen in ways(DISCRETE):
        values = lawful(case, chosen)
        interval = the_one(intervals, chosen)
        assert (interval.low, interval.high) == (min(values), max(values))


@given(cases)
def test_no_interval_names_a_choice_that_never_makes_a_difference(case: Case) -> None:
    intervals = case.band.intervals()
    named = {choice.point for interval in intervals for choice in interval.choices}
    for name in named & DISCRETE.keys():
        others = {other: options for other, options in DISCRETE.items() if other != name}
        seen = [
            {
                (min(values), max(values), ranges_that_matter(case, {**chosen, name: option}))
                for option in DISCRETE[name]
                for values in [lawful(case, {**chosen, name: option})]
            }
            for chosen in ways(others)
        ]
        assert any(len(results) > 1 for results in seen)


def ranges_that_matter(case: Case, chosen: Options) -> frozenset[str]:
    ends = list(ways({name: DOMAINS[name] for name in RANGES}))
    return frozenset(
        name
        for name in RANGES
        for taken in ends
        if case.number({**chosen, **taken, name: "low"})
        != case.number({**chosen, **taken, name: "high"})
    )


@given(cases)
def test_an_interval_names_exactly_the_ranges_on_which_it_depends(case: Case) -> None:
    intervals = case.band.intervals()
    for chosen in ways(DISCRETE):
        choices = the_one(intervals, chosen).choices
        named = {choice.point: choice.value for choice in choices if choice.kind == "range"}
        assert named == {name: RANGES[name] for name in ranges_that_matter(case, chosen)}


@given(cases)
def test_a_band_taken_from_itself_is_nothing(case: Case) -> None:
    assert (case.band - case.band).intervals() == (Interval(0, 0),)


@given(cases, cases)
def test_bands_keep_the_laws_of_arithmetic(a: Case, b: Case) -> None:
    assert (a.band + b.band).intervals() == (b.band + a.band).intervals()
    assert (a.band - b.band + b.band).intervals() == a.band.intervals()
    assert (2 * (a.band + b.band)).intervals() == (2 * a.band + 2 * b.band).intervals()


@given(cases, st.integers(1, 10**6))
def test_bands_of_money_are_bands_of_numbers_times_an_amount(case: Case, fen: int) -> None:
    expected = [
        Interval(times(interval.low, fen), times(interval.high, fen), interval.choices)
        for interval in case.band.intervals()
    ]
    assert list((case.band * Money(fen)).intervals()) == expected


def times(number: Any, fen: int) -> Money:
    return Money(number * fen)


@given(cases, st.randoms(use_true_random=False))
def test_worlds_evaluated_in_any_order_make_the_same_intervals(
    case: Case, order: random.Random
) -> None:
    worlds: list[tuple[Options, Number]] = [(way, case.number(way)) for way in ways(DOMAINS)]
    order.shuffle(worlds)
    kinds: dict[str, Any] = dict.fromkeys(POWERS, "may") | dict.fromkeys(READINGS, "reading")
    band = Band.from_worlds(worlds, RANGES, kinds)
    assert band.intervals() == case.band.intervals()
