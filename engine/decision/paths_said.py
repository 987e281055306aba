"""Facts, figures and places that results name by their paths, in words.

fact_said("persons.mother.annual_income[2013]", vocabulary)    # mother 的年实际收入（2013）
figure_said("statistics[income/net/rural/county/420281/2013]", vocabulary)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from engine.language.diagnostics import Bilingual
from engine.law.places import PlaceError, find_place_within
from engine.law.vocabulary import Vocabulary

SUPPOSED: Final = "this-decision"
"""The id of a decision that is put into a case to ask what can be done against it."""
LEVELS: Final[Mapping[str, Bilingual]] = {
    "country": Bilingual("国家级", "country"),
    "province": Bilingual("省级", "province"),
    "city": Bilingual("市级", "city"),
    "county": Bilingual("县级", "county"),
    "township": Bilingual("乡级", "township"),
}
_FIRST_YEAR: Final = 1900


def figure_said(path: str, vocabulary: Vocabulary) -> Bilingual | None:
    """`statistics[income/net/rural/county/420281/2013]` in words."""
    match path.removeprefix("statistics[").removesuffix("]").split("/"):
        case [name, concept, status, level, place, year] if name in vocabulary.series:
            series = vocabulary.series[name]
            what = series.concepts.get(concept, Bilingual(concept, concept))
            who = series.statuses.get(status, Bilingual(status, status))
            of = LEVELS.get(level, Bilingual(level, level))
            at = place_said(place, date(int(year), 12, 31))
            return Bilingual(
                f"{at}{year}年{who.zh}{what.zh}（{of.zh}）",
                f"{who.en} {what.en} in {place} ({of.en}), {year}",
            )
    return None


def fact_said(
    path: str, vocabulary: Vocabulary, called: Mapping[str, Bilingual] | None = None
) -> Bilingual | None:
    """`persons.mother.annual_income[2013]` in words; None for what is no path of a fact. `called`:
    the words for entities that a fact is stated for."""
    sections = {kind.section: kind.name for kind in vocabulary.kinds.values() if kind.section}
    section, _, rest = path.partition(".")
    rest, bracket, key = rest.removesuffix("]").partition("[")
    id, _, fact = rest.partition(".")
    if section != "settings" and section not in sections:
        return None
    name = id if section == "settings" else f"{sections[section]}.{fact}"
    info = vocabulary.names.get(name)
    if info is None:
        return None
    of = (called or {}).get(key, Bilingual(key, key))
    zh, en = (f"（{of.zh}）", f" ({of.en})") if bracket else ("", "")
    if section == "settings":
        return Bilingual(f"{info.zh}{zh}", f"{info.en}{en}")
    if id == SUPPOSED:
        return Bilingual(f"本决定的{info.zh}{zh}", f"{info.en} of this decision{en}")
    return Bilingual(f"{id} 的{info.zh}{zh}", f"{info.en} of {id}{en}")


def place_said(code: str, as_of: date) -> str:
    """The name of a place with its code; the code alone where nobody knows it."""
    try:
        return f"{find_place_within(code, _FIRST_YEAR, as_of.year).name}（{code}）"
    except PlaceError:
        return code
