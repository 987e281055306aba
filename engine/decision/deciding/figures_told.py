"""Which figures a result read, from which source and why, and what differs where sources do.

A figure answers for one key only. So beside one that is missing are told the figures that come near
and are not taken: of another concept, level or year, or recalled and never checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from engine.decision.worlds.figures import label_of
from engine.law.places import PlaceError, chain, level_of
from engine.law.statistics import Figure, Key, decides
from engine.values.money import Money, format_yuan

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation
    from engine.decision.worlds.world import World

Told: TypeAlias = dict[str, Any]

_PATH: Final = re.compile(r"statistics\[([^/]+)/([^/]+)/([^/]+)/([^/]+)/([^/]+)/([0-9]+)\]")
_TAKEN: Final = {
    "brought": (
        "案件提供的数字先于内置的",
        "brought by the case, which goes before what is built in",
    ),
    "only": (
        "这一指标、级别、地点和年度只有这一个",
        "the only one of this series, level, place and year",
    ),
    "conflict": (
        "出处不同，数额不同：各为一种读法",
        "sources differ, and so do the amounts: each is a reading",
    ),
}
_APART: Final = {
    "concept": ("案件提供的，另一指标", "brought by the case, another concept"),
    "level": ("案件提供的，另一级别", "brought by the case, another level"),
    "place": ("案件提供的，另一地点", "brought by the case, another place"),
    "year": ("案件提供的，另一年度", "brought by the case, another year"),
}
_PASSED: Final = {
    "displaced": ("案件提供了数字", "the case brings a figure"),
    "recalled": ("没有核对过出处，不能据以决定", "never checked against a source: decides nothing"),
    "same": ("数额相同", "the same amount"),
}


def figures_of(evaluation: Evaluation, worlds: Iterable[World]) -> list[Told]:
    """The figures that the worlds read, each with why it was taken and what was passed over."""
    taken: dict[Key, dict[Figure, None]] = {}
    for world in worlds:
        for figure in world.figures.values():
            taken.setdefault(figure.key, {})[figure] = None
    return [
        {
            "path": key.path,
            "taken": [_figure(one, _TAKEN[_why(one, found)]) for one in found],
            "passed_over": list(_passed_over(evaluation, key, tuple(found))),
        }
        for key, found in sorted(taken.items(), key=lambda item: item[0].path)
    ]


def _why(figure: Figure, found: Mapping[Figure, None]) -> str:
    if len(found) > 1:
        return "conflict"
    return "brought" if figure.brought else "only"


def _passed_over(evaluation: Evaluation, key: Key, taken: tuple[Figure, ...]) -> Iterator[Told]:
    for figure in evaluation.law.statistics.find(key):
        if figure in taken:
            continue
        if not decides(figure):
            yield _figure(figure, _PASSED["recalled"])
        elif any(one.brought for one in taken):
            yield _figure(figure, _PASSED["displaced"])
        else:
            yield _figure(figure, _PASSED["same"])


def _figure(figure: Figure, because: tuple[str, str]) -> Told:
    return {
        "value": format_yuan(figure.value),
        "source": figure.source,
        "survey": figure.survey,
        "confidence": figure.confidence,
        "evidence": list(figure.evidence),
        "because": {"zh": because[0], "en": because[1]},
    }


# --- what differs ---------------------------------------------------------------------------------
def figure_warnings(
    evaluation: Evaluation, worlds: Iterable[World], told: list[Told]
) -> Iterator[tuple[str, str, str]]:
    """Code and texts: sources that differ, with what each comes to; figures that are missing, with
    those that come near; a series that broke off."""
    used: dict[Key, dict[Figure, None]] = {}
    for world in worlds:
        for figure in world.figures.values():
            used.setdefault(figure.key, {})[figure] = None
    for key, found in sorted(used.items(), key=lambda item: item[0].path):
        if len(found) > 1:
            yield _conflict(key, list(found), told)
        elif next(iter(found)).brought:
            yield from _displaced(evaluation, key, next(iter(found)), told)
        yield from _break(evaluation, key)
    for key in _missing_keys(told):
        near = list(_near(evaluation, key))
        if near:
            zh = "；".join(one[0] for one in near)
            en = "; ".join(one[1] for one in near)
            yield (
                "figure-not-replaced",
                f"没有 {key.path}，不以别的数字代替；相近的有：{zh}",
                f"{key.path} is not there, and no other figure takes its place; near it: {en}",
            )
        yield from _break(evaluation, key)


def _conflict(key: Key, found: list[Figure], told: list[Told]) -> tuple[str, str, str]:
    values = sorted(one.value for one in found)
    apart = format_yuan(values[-1] - values[0], grouped=True)
    listed = "；".join(
        f"{format_yuan(one.value, grouped=True)}（{label_of(one)}）" for one in found
    )
    come = list(_moved(key, found, told))
    zh = "".join(f"；{bearer} 的金额相差 {moved} 元" for bearer, moved in come)
    en = "".join(f"; for {bearer} the amount moves by {moved} yuan" for bearer, moved in come)
    return (
        "conflicting-figures",
        f"{key.path} 的出处不同：{listed}，相差 {apart} 元{zh}",
        f"sources of {key.path} differ: {listed}, by {apart} yuan{en}",
    )


def _displaced(
    evaluation: Evaluation, key: Key, taken: Figure, told: list[Told]
) -> Iterator[tuple[str, str, str]]:
    """What is built in and differs from a figure that the case brings, with what it would come to;
    its source stands among the figures."""
    for figure in evaluation.law.statistics.find(key):
        if figure.value == taken.value or not decides(figure):
            continue
        swapped = replace(figure, brought=True)
        figures = tuple(swapped if one.key == key else one for one in evaluation.case.statistics)
        others = evaluation.told_of(replace(evaluation.case, statistics=figures))
        zh = en = ""
        for bearer, amount in _highest(told).items():
            other = _highest(others).get(bearer)
            if other is not None and other != amount:
                moved = format_yuan(max(other, amount) - min(other, amount), grouped=True)
                zh += f"；若用内置的，{bearer} 的金额相差 {moved} 元"
                en += f"; with the one built in the amount for {bearer} moves by {moved} yuan"
        apart = max(figure.value, taken.value) - min(figure.value, taken.value)
        shown, built_in = (
            format_yuan(taken.value, grouped=True),
            format_yuan(figure.value, grouped=True),
        )
        yield (
            "displaced-figure",
            f"{key.path} 以案件提供的 {shown} 为准；内置的是 {built_in}，"
            f"相差 {format_yuan(apart, grouped=True)} 元{zh}",
            f"{key.path}: {shown} is taken, as the case brings it; built in is {built_in}, "
            f"apart by {format_yuan(apart, grouped=True)} yuan{en}",
        )


def _highest(told: list[Told]) -> dict[str, Money]:
    """The highest amount of each bearer, where it has an end."""
    found: dict[str, Money] = {}
    for part in told:
        ends = [band["high"] for band in part["bands"] if band["aspect"] == "amount"]
        if ends and None not in ends:
            found[part["bearer"]] = max(Money.yuan(end) for end in ends)
    return found


def _moved(key: Key, found: list[Figure], told: list[Told]) -> Iterator[tuple[str, str]]:
    """By how much the amounts of each bearer move between the sources."""
    for part in told:
        ends: dict[str, list[Money]] = {}
        for band in part["bands"]:
            for choice in band["choices"]:
                if choice["point"] == key.path and band["aspect"] == "amount" and band["high"]:
                    ends.setdefault(str(choice["value"]), []).append(Money.yuan(band["high"]))
        highest = [max(values) for values in ends.values()]
        if len(highest) > 1:
            yield part["bearer"], format_yuan(max(highest) - min(highest), grouped=True)


# --- what is missing ------------------------------------------------------------------------------
def _missing_keys(told: list[Told]) -> list[Key]:
    paths = {path for part in told for paths in part.get("missing", ()) for path in paths}
    matches = [_PATH.fullmatch(path) for path in sorted(paths)]
    return [
        Key(one[1], one[2], one[3], one[4], one[5], int(one[6]))
        for one in matches
        if one is not None
    ]


def _near(evaluation: Evaluation, key: Key) -> Iterator[tuple[str, str]]:
    """Figures that come near a key, one of each sort."""
    statistics = evaluation.law.statistics
    for figure in evaluation.case.statistics:
        if figure.key.series == key.series and figure.key.status == key.status:
            yield _shown(figure, *_APART[_apart(figure.key, key)])
    for figure in statistics.find(key):
        yield _shown(figure, "凭记忆，没有核对", "recalled, never checked")
    series = evaluation.law.vocabulary.series.get(key.series)
    for concept in series.concepts if series else ():
        if concept != key.concept:
            for figure in statistics.find(replace(key, concept=concept))[:1]:
                yield _shown(figure, "另一指标", "another concept")
    for place in _above(key):
        for figure in statistics.find(replace(key, place=place, level=level_of(place)))[:1]:
            yield _shown(figure, "另一级别", "another level")
    for year in (key.year - 1, key.year + 1):
        for figure in statistics.find(replace(key, year=year))[:1]:
            yield _shown(figure, "另一年度", "another year")


def _apart(one: Key, other: Key) -> str:
    """In what a key differs from another one first of all."""
    if one.concept != other.concept:
        return "concept"
    if one.level != other.level:
        return "level"
    return "year" if one.place == other.place else "place"


def _above(key: Key) -> tuple[str, ...]:
    try:
        return chain(key.place, key.year)[1:]
    except PlaceError:
        return ()


def _shown(figure: Figure, zh: str, en: str) -> tuple[str, str]:
    text = f"{figure.key.path} {format_yuan(figure.value, grouped=True)}"
    return f"{text}（{zh}）", f"{text} ({en})"


def _break(evaluation: Evaluation, key: Key) -> Iterator[tuple[str, str, str]]:
    """That the series was counted otherwise from the year on."""
    series = evaluation.law.vocabulary.series.get(key.series)
    for year, text in series.breaks if series else ():
        if key.year == year:
            yield "series-break", f"{key.path}：{text.zh}", f"{key.path}: {text.en}"
