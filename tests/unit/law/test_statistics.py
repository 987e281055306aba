"""Figures answer for exactly one key; those nobody has checked never decide."""

import csv
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from engine.law.places import chain, find_place
from engine.law.statistics import (
    COLUMNS,
    Figure,
    Key,
    Statistics,
    StatisticsError,
    decides,
    load_figures,
)
from engine.values.money import Money

FOLDER = Path(__file__).parents[3] / "rulesets" / "statistics"
KEY = Key("income", "net", "rural", "county", "420281", 2013)


@pytest.fixture(scope="module")
def built_in() -> Statistics:
    return load_figures(FOLDER)


def figure(value: str = "9800.00", confidence: str = "confirmed", key: Key = KEY) -> Figure:
    return Figure(key, Money.yuan(value), "separate", f"source of {value}", confidence)


def write(folder: Path, *rows: str, name: str = "invented.csv") -> Path:
    (folder / name).write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    return folder


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / "income" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_key_is_named_in_the_order_series_concept_status_level_place_year() -> None:
    assert KEY.path == "statistics[income/net/rural/county/420281/2013]"


@pytest.mark.parametrize(
    ("confidence", "decisive"),
    [("confirmed", True), ("probable", True), ("unconfirmed", False), ("memory", False)],
)
def test_only_a_source_that_was_read_decides(confidence: str, decisive: bool) -> None:
    assert decides(figure(confidence=confidence)) is decisive


def test_an_illustrative_figure_decides_but_keeps_its_mark() -> None:
    shown = replace(figure(), illustrative=True, brought=True, evidence=("e3",))
    (found,) = Statistics.of([shown]).find(KEY)
    assert decides(found) and found.illustrative and found.evidence == ("e3",)


@pytest.mark.parametrize(
    "other",
    [
        replace(KEY, series="expenditure"),
        replace(KEY, concept="disposable"),
        replace(KEY, status="urban"),
        replace(KEY, level="city", place="420200"),
        replace(KEY, place="420222"),
        replace(KEY, year=2012),
    ],
)
def test_no_figure_stands_in_for_another(other: Key) -> None:
    known = Statistics.of([figure()])
    assert known.find(other) == ()
    assert len(known.find(KEY)) == 1


def test_figures_that_differ_are_all_found_best_confidence_first() -> None:
    figures = [
        figure("1", "memory"), figure("2", "probable"), figure("3"), figure("4"),
        figure("5", "unconfirmed"),
    ]  # fmt: skip
    found = Statistics.of(figures).find(KEY)
    assert [(f.value, f.confidence) for f in found] == [
        (Money(300), "confirmed"),
        (Money(400), "confirmed"),
        (Money(200), "probable"),
        (Money(500), "unconfirmed"),
        (Money(100), "memory"),
    ]


def test_what_the_case_brings_comes_before_the_built_in_figures() -> None:
    brought = replace(figure("9900.00", "probable"), brought=True)
    found = Statistics.of([figure()]).including([brought]).find(KEY)
    assert [f.brought for f in found] == [True, False]


def test_a_value_is_read_exactly(tmp_path: Path) -> None:
    write(
        tmp_path,
        "income,net,rural,county,420281,2013,2253.4,separate,a,confirmed",
        "income,net,rural,county,420281,2014,6280,separate,a,confirmed",
        "income,net,rural,county,420281,2015,0.125,,a,confirmed",
    )
    known = load_figures(tmp_path)
    years = {key.year: found[0] for key, found in known.figures.items()}
    assert years[2013].value == Money(225340)
    assert years[2014].value == Money(628000)
    assert years[2015].value == Money(Fraction(25, 2))
    assert years[2015].survey is None


def test_all_problems_of_all_files_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    write(
        tmp_path,
        "income,net,rural,county,420200,2013,1,separate,a,confirmed",
        "income,net,rural,county,42028,13,-1,separate,a,certain",
        "income,net,rural,county,420281,2013,1 000,separate,a,confirmed",
        "income,net,rural,county,420281,2013,1,separate,,confirmed",
        "income,net,rural,county,420281,2013",
        "income,net,rural,county,420281,2013,1,separate,a,confirmed,more",
    )
    (tmp_path / "other.csv").write_text("place,year,value\n", encoding="utf-8")
    with pytest.raises(StatisticsError) as refused:
        load_figures(tmp_path)
    places = Counter(problem.split(": ")[0] for problem in refused.value.problems)
    assert places == {
        "invented.csv:2": 1,
        "invented.csv:3": 4,
        "invented.csv:4": 1,
        "invented.csv:5": 1,
        "invented.csv:6": 1,
        "invented.csv:7": 1,
        "other.csv:1": 1,
    }


def test_the_built_in_files_hold_as_many_figures_as_their_description_says() -> None:
    description = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, count in (("national.csv", 50), ("provinces.csv", 751), ("places.csv", 102)):
        assert len(rows_of(name)) == count
        assert f"| `income/{name}` | {count} |" in description


def test_the_built_in_figures_by_confidence_and_level(built_in: Statistics) -> None:
    figures = [f for found in built_in.figures.values() for f in found]
    assert Counter(f.confidence for f in figures) == {
        "confirmed": 646,
        "memory": 226,
        "probable": 31,
    }
    assert Counter(f.key.level for f in figures) == {
        "country": 50,
        "province": 751,
        "city": 63,
        "county": 39,
    }


@pytest.mark.parametrize(
    ("path", "survey", "value", "confidence"),
    [
        ("net/rural/country/000000/2000", "separate", "2253.4", "confirmed"),
        ("disposable/rural/country/000000/2013", "integrated", "9429.59", "confirmed"),
        ("net/rural/country/000000/2013", "separate", "8896", "confirmed"),
        ("disposable/urban/country/000000/2013", "separate", "26955.1", "memory"),
        ("disposable/urban/country/000000/2013", "integrated", "26467", "confirmed"),
        ("disposable/urban/province/420000/2007", "separate", "11485", "confirmed"),
        ("net/rural/province/420000/2007", "separate", "3997.48", "confirmed"),
        ("disposable/urban/province/350000/2005", "separate", "12321.31", "confirmed"),
        ("disposable/urban/province/340000/2008", "separate", "12990.4", "confirmed"),
        ("disposable/urban/province/210000/2007", "separate", "12300.4", "confirmed"),
        ("disposable/urban/city/330700/2013", "separate", "36423", "confirmed"),
        ("disposable/urban/city/330700/2013", "integrated", "36386", "confirmed"),
        ("net/rural/city/330700/2013", "separate", "14788", "confirmed"),
        ("disposable/rural/city/330700/2013", "integrated", "16661", "confirmed"),
        ("disposable/urban/city/420100/2011", "separate", "23720", "probable"),
        ("disposable/rural/county/350181/2018", "integrated", "22920", "confirmed"),
    ],
)
def test_a_built_in_figure_is_that_of_its_source(
    built_in: Statistics, path: str, survey: str, value: str, confidence: str
) -> None:
    concept, status, level, place, year = path.split("/")
    key = Key("income", concept, status, level, place, int(year))
    found = built_in.find(key, survey)[0]
    assert (found.value, found.confidence) == (Money.yuan(value), confidence)
    assert found.source and not found.illustrative and not found.brought


def test_the_two_surveys_of_2013_are_kept_apart(built_in: Statistics) -> None:
    for found in built_in.figures.values():
        for f in found:
            assert f.survey in ("separate", "integrated")
            assert f.key.year <= 2013 if f.survey == "separate" else f.key.year >= 2013
            net = f.key.status == "rural" and f.survey == "separate"
            assert f.key.concept == ("net" if net else "disposable")
    urban = Key("income", "disposable", "urban", "city", "330700", 2013)
    assert {f.survey for f in built_in.find(urban)} == {"separate", "integrated"}


def test_a_recalled_figure_is_marked_as_such_and_never_decides(built_in: Statistics) -> None:
    for found in built_in.figures.values():
        for f in found:
            recalled = f.source.startswith("recalled")
            assert recalled == (f.confidence == "memory")
            assert decides(f) != recalled


def test_the_conflicts_are_those_that_the_description_names(built_in: Statistics) -> None:
    conflicts = set()
    for key, found in built_in.figures.items():
        for survey in ("separate", "integrated"):
            values = {f.value for f in found if f.survey == survey and decides(f)}
            if len(values) > 1:
                conflicts.add(key.path)
    assert conflicts == {
        "statistics[income/disposable/urban/province/500000/2007]",
        "statistics[income/disposable/urban/province/420000/2007]",
        "statistics[income/net/rural/province/320000/2008]",
    }


def test_no_row_stands_twice() -> None:
    for name in ("national.csv", "provinces.csv", "places.csv"):
        rows = [tuple(row[column] for column in COLUMNS[:8]) for row in rows_of(name)]
        assert len(rows) == len(set(rows))


def test_every_place_is_valid_in_the_year_of_its_figure(built_in: Statistics) -> None:
    for key in built_in.figures:
        place = find_place(key.place, key.year)
        assert place.level == key.level and place.current
        assert chain(key.place, key.year)[-1] == "000000"


def test_the_complete_years_are_those_that_the_description_names(built_in: Statistics) -> None:
    covered = Counter(
        (key.status, key.year)
        for key, found in built_in.figures.items()
        if key.level == "province" and any(decides(f) for f in found)
    )
    complete = {cell for cell, count in covered.items() if count >= 31}
    assert complete == {("urban", year) for year in range(2005, 2013)} | {
        ("rural", 2007),
        ("rural", 2008),
    }
