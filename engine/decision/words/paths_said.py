"""Facts, figures and places that results name by their paths, in words.

fact_said("persons.mother.annual_income[2013]", vocabulary)    # mother 的年实际收入（2013）
figure_said("statistics[income/net/rural/county/420281/2013]", vocabulary)
with_words("还缺 persons.mother.register", vocabulary, "zh")
# 还缺 mother 的户籍性质（persons.mother.register）
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.language.diagnostics import Bilingual, Language
from engine.law.places import COUNTRY, PlaceError, find_place_within
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
BRACKETS: Final[Mapping[Language, tuple[str, str]]] = {"zh": ("（", "）"), "en": (" (", ")")}
_FIGURE: Final = re.compile(r"statistics\[[^\]]*/\d{4}\]")
_BELOW: Final = re.compile(r"places\[[0-9]+/[a-z]+\]")


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
                f"{at.zh}{year}年{who.zh}{what.zh}（{of.zh}）",
                f"{who.en} {what.en} in {at.en} ({of.en}), {year}",
            )
    return None


def place_below_said(path: str) -> Bilingual | None:
    """`places[440781/township]` in words: which place of the level in another is meant."""
    match path.removeprefix("places[").removesuffix("]").split("/"):
        case [place, level] if path.startswith("places[") and level in LEVELS:
            at, of = place_said(place, date(9999, 1, 1)), LEVELS[level]
            return Bilingual(
                f"{at.zh}下的哪一个地方（{of.zh}的地区代码；写在案件的地点里）",
                f"which {of.en} of {at.en} it is (its code, as the place in the case)",
            )
    return None


@dataclass(frozen=True, slots=True)
class FactNamed:
    """What a path of a fact names."""

    of: str | None
    """The entity that has it; None for a setting of the case."""
    label: Bilingual
    over: Bilingual | None
    """The year, the entity or else what it is stated for."""
    is_boolean: bool


def named_by_path(
    path: str, vocabulary: Vocabulary, called: Mapping[str, Bilingual] | None = None
) -> FactNamed | None:
    """What `persons.mother.annual_income[2013]` names; None for what is no path of a fact.
    `called`: the words for entities that a fact is stated for."""
    sections = {kind.section: kind.name for kind in vocabulary.kinds.values() if kind.section}
    section, _, rest = path.partition(".")
    rest, bracket, key = rest.removesuffix("]").partition("[")
    id, _, fact = rest.partition(".")
    if section != "settings" and section not in sections:
        return None
    info = vocabulary.names.get(id if section == "settings" else f"{sections[section]}.{fact}")
    if info is None:
        return None
    over = (called or {}).get(key, Bilingual(key, key)) if bracket else None
    of = None if section == "settings" else id
    return FactNamed(of, Bilingual(info.zh, info.en), over, info.type.base == "boolean")


def fact_said(
    path: str, vocabulary: Vocabulary, called: Mapping[str, Bilingual] | None = None
) -> Bilingual | None:
    """`persons.mother.annual_income[2013]` in words; None for what is no path of a fact."""
    named = named_by_path(path, vocabulary, called)
    if named is None:
        return _listing_said(path, vocabulary)
    label, over, of = named.label, named.over, named.of
    zh, en = (f"（{over.zh}）", f" ({over.en})") if over else ("", "")
    if of is None:
        return Bilingual(f"{label.zh}{zh}", f"{label.en}{en}")
    whose = Bilingual("本决定", "this decision") if of == SUPPOSED else Bilingual(f"{of} ", of)
    if named.is_boolean:
        return Bilingual(f"{whose.zh}是否{label.zh}{zh}", f"{label.en} ({whose.en}){en}")
    return Bilingual(f"{whose.zh}的{label.zh}{zh}", f"{label.en} of {whose.en}{en}")


def _listing_said(path: str, vocabulary: Vocabulary) -> Bilingual | None:
    """`children.listed` in words."""
    section, _, name = path.partition(".")
    for kind in vocabulary.kinds.values():
        if kind.listed == name and kind.section == section:
            return Bilingual(f"{kind.label.zh}是否全部列出", f"every {kind.label.en} listed")
    return None


def paths_in(
    texts: Iterable[str],
    vocabulary: Vocabulary,
    called: Mapping[str, Bilingual] | None = None,
) -> dict[str, Bilingual]:
    """The words for the paths of facts and figures that texts name, longest path first, so that
    none is taken for the beginning of another; `called`: as for `fact_said`."""
    sections = (kind.section for kind in vocabulary.kinds.values() if kind.section)
    fact = re.compile(rf"\b(?:{'|'.join(sections)}|settings)\.[a-z][\w.-]*\w(?:\[[^\]]*\])?")
    labels: dict[str, Bilingual | None] = {}
    for text in texts:
        labels |= {path: figure_said(path, vocabulary) for path in _FIGURE.findall(text)}
        labels |= {path: place_below_said(path) for path in _BELOW.findall(text)}
        labels |= {path: fact_said(path, vocabulary, called) for path in fact.findall(text)}
    ordered = sorted(labels, key=lambda path: (-len(path), path))
    return {path: label for path in ordered if (label := labels[path]) is not None}


def with_words(text: str, vocabulary: Vocabulary, lang: Language) -> str:
    """A text with the words for each path before it, and alone where the path stood already."""
    labels = paths_in([text], vocabulary)
    if not labels:
        return text
    shown: set[str] = set()

    def said(found: re.Match[str]) -> str:
        if found[0] in shown:
            return labels[found[0]].of(lang)
        shown.add(found[0])
        return path_said(found[0], vocabulary).of(lang)

    bare = "|".join(re.escape(path) for path in labels)
    return re.sub(rf"(?<![（(A-Za-z0-9_.-])(?:{bare})", said, text)


def path_said(path: str, vocabulary: Vocabulary) -> Bilingual:
    """A fact or a figure in words, and its path beside it; what has no words, by its path alone."""
    said = fact_said(path, vocabulary) or figure_said(path, vocabulary) or place_below_said(path)
    if said is None:
        return Bilingual(path, path)
    return Bilingual(f"{said.zh}（{path}）", f"{said.en} ({path})")


def paths_listed(
    paths: Iterable[str], vocabulary: Vocabulary, most: int | None = None
) -> Bilingual:
    """Several facts in words, with their paths; of more than `most` the first, and how many."""
    every = list(paths)
    told = every if most is None or len(every) <= most else every[:most]
    said = [path_said(path, vocabulary) for path in told]
    zh, en = "、".join(one.zh for one in said), ", ".join(one.en for one in said)
    if len(told) < len(every):
        zh, en = f"{zh} 等 {len(every)} 项", f"{en} and others ({len(every)})"
    return Bilingual(zh, en)


def place_said(code: str, as_of: date) -> Bilingual:
    """The name of a place, which is Chinese, with its code; the code alone if it has none."""
    if code == COUNTRY:
        return Bilingual("全国", "the whole country")
    try:
        name = find_place_within(code, _FIRST_YEAR, as_of.year).name
    except PlaceError:
        return Bilingual(code, code)
    return Bilingual(f"{name}（{code}）", f"{name} ({code})")


def place_name(code: str, as_of: date) -> str:
    """The name of a place; its code where nobody knows it."""
    return place_said(code, as_of).zh.partition("（")[0]
