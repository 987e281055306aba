"""What holds for every place code, every set of figures and every text."""

import string

from hypothesis import given
from hypothesis import strategies as st

from engine.law.identifiers import find_identifier
from engine.law.places import PlaceError, chain, contains, find_place, level_of
from engine.law.statistics import CONFIDENCES, Figure, Key, Statistics, decides
from engine.values.money import Money

ORDER = ("village", "township", "county", "city", "province", "country")
YEARS = st.integers(1980, 2025)
CODES = st.builds(
    lambda head, county, tail: f"{head}{county:02}{tail}",
    st.sampled_from(["4202", "4290", "5001", "5002", "4419", "3414", "3401", "1100", "6202"]),
    st.integers(0, 99),
    st.sampled_from(["", "100", "100001"]),
)
FIGURES = st.builds(
    lambda place, year, fen, confidence, survey, brought: Figure(
        Key("income", "net", "rural", "county", place, year),
        Money(fen),
        survey,
        f"source {fen}",
        confidence,
        brought=brought,
    ),
    st.sampled_from(["420281", "420222"]),
    st.integers(2012, 2014),
    st.integers(0, 5),
    st.sampled_from(CONFIDENCES),
    st.sampled_from(["separate", "integrated", None]),
    st.booleans(),
)


@given(CODES, YEARS)
def test_a_chain_goes_up_through_places_that_contain_the_place(code: str, year: int) -> None:
    try:
        above = chain(code, year)
    except PlaceError:
        return
    assert above[0] == code and above[-1] == "000000"
    levels = [ORDER.index(level_of(each)) for each in above]
    assert levels == sorted(set(levels))
    for each in above:
        assert contains(each, code)
        assert find_place(each, year).level == level_of(each)


@given(CODES, YEARS)
def test_the_nearest_years_of_a_refused_code_are_years_that_accept_it(code: str, year: int) -> None:
    try:
        find_place(code, year)
    except PlaceError as error:
        for near in error.nearest:
            assert near != year and find_place(code, near).code == code


@given(st.text(max_size=20), st.integers(-9999, 9999))
def test_any_text_is_a_place_or_refused(text: str, year: int) -> None:
    try:
        assert find_place(text, year).code == text
    except PlaceError as error:
        assert error.zh and error.en


@given(st.lists(FIGURES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_figures_changes_nothing(figures: list[Figure], random: object) -> None:
    shuffled = list(figures)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Statistics.of(figures).figures == Statistics.of(shuffled).figures


@given(st.lists(FIGURES, max_size=12))
def test_find_returns_the_figures_of_the_key_and_no_others(figures: list[Figure]) -> None:
    known = Statistics.of(figures)
    for key in {f.key for f in figures}:
        found = known.find(key)
        assert sorted(map(repr, found)) == sorted(repr(f) for f in figures if f.key == key)
        built_in = [CONFIDENCES.index(f.confidence) for f in found if not f.brought]
        assert built_in == sorted(built_in)
        for survey in ("separate", "integrated"):
            assert set(known.find(key, survey)) == {f for f in found if f.survey == survey}


@given(FIGURES)
def test_memory_never_decides(figure: Figure) -> None:
    assert not (decides(figure) and figure.confidence in ("memory", "unconfirmed"))


AMOUNTS = st.builds(
    lambda yuan, fen: f"{yuan}.{fen:02}", st.integers(0, 10**12), st.integers(0, 99)
)
SHORT_CODES = st.integers(0, 10**10 - 1).map(str)
HASHES = st.text(string.hexdigits, min_size=19, max_size=64)


@given(st.one_of(AMOUNTS, SHORT_CODES, HASHES))
def test_an_amount_a_short_code_or_a_hash_is_no_identifier(text: str) -> None:
    assert find_identifier(text) is None


@given(st.text(max_size=40), st.integers(10**8, 10**9 - 1), st.text(max_size=40))
def test_a_mobile_number_between_other_signs_is_found(before: str, number: int, after: str) -> None:
    found = find_identifier(f"{before}：13{number}。{after}")
    assert found is not None
