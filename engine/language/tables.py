"""Rows of decision tables: what a pattern says, which values no row has, which have two.

Hit policies are those of DMN (OMG, Decision Model and Notation 1.5, 8.2.10): unique, first,
collect. Inputs are codes, truth values, steps of a ladder and whole numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from engine.language.diagnostics import Bilingual
from engine.language.fields import Problems
from engine.language.ruleset import Pattern, Table
from engine.language.types import Names, Type

Atom = str | bool | int
PATTERNS: Mapping[str, Bilingual] = {
    "boolean": Bilingual("true、false 或 -", "true, false or -"),
    "code": Bilingual("输入的代码，或 -", "a code of the input, or -"),
    "step": Bilingual("阶梯的一级，或 -", "a step of the ladder, or -"),
    "number": Bilingual(
        "3、3+、2-3 或 -；输入须是代码、是否或整数",
        "3, 3+, 2-3 or -; the input is a code, a truth value or a whole number",
    ),
}
ANYTHING = ("-", "—")
MOST_CASES = 10_000
"""Combinations of inputs that are tried; a larger table is not searched for gaps."""

_NUMBER = re.compile(r"(?P<low>[0-9]{1,9})(?P<open>\+)?(?:-(?P<high>[0-9]{1,9}))?")


def read_pattern(text: str, type: Type, names: Names) -> Pattern | None:
    """What a row asks of an input of this type; None if the text is no such pattern.

    >>> from engine.language.types import number
    >>> read_pattern("3+", number(), None)
    Pattern(codes=(), low=3, high=None, anything=False, truth=None)
    """
    if text in ANYTHING:
        return Pattern(anything=True)
    match type.base:
        case "boolean" if text in ("true", "false"):
            return Pattern(truth=text == "true")
        case "code" | "step":
            known = domain(type, names)
            asked = [one.strip().replace("_", "-") for one in text.split(" or ")]
            codes = tuple(_written(one, known) for one in asked)
            return None if None in codes else Pattern(codes=tuple(one for one in codes if one))
        case "number":
            return _interval(text)
    return None


def _written(code: str, known: tuple[str, ...]) -> str | None:
    """The code as the vocabulary writes it: a hyphen or an underscore is the same."""
    return next((one for one in known if one.replace("_", "-") == code), None)


def _interval(text: str) -> Pattern | None:
    found = _NUMBER.fullmatch(text)
    if found is None or (found["open"] and found["high"]):
        return None
    low = int(found["low"])
    if found["open"]:
        return Pattern(low=low, high=None)
    high = low if found["high"] is None else int(found["high"])
    return Pattern(low=low, high=high) if low <= high else None


def domain(type: Type, names: Names) -> tuple[str, ...]:
    """The codes of an enumeration or the steps of a ladder."""
    about = type.about or ""
    return tuple(names.codes(about) if type.base == "code" else names.ladder(about))


def matches(pattern: Pattern, value: Atom | Fraction) -> bool:
    """Whether a known value fits a pattern: a code, the name of a step, a truth value, a number."""
    if pattern.anything:
        return True
    if pattern.truth is not None:
        return value is pattern.truth
    if pattern.codes:
        return value in pattern.codes
    if isinstance(value, bool | str):
        return False
    return (pattern.low is None or pattern.low <= value) and (
        pattern.high is None or value <= pattern.high
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """Values of an input that no pattern tells apart: one of them, and how they are shown."""

    value: Atom
    shown: str


def check_rows(table: Table, names: Names, problems: Problems) -> None:
    """Reports what no row holds for, and the first pair of rows that hold for the same."""
    axes = [
        _cases(on.type, [row.patterns[index] for row in table.rows], names)
        for index, on in enumerate(table.inputs)
    ]
    size = 1
    for axis in axes:
        size *= len(axis)
    if not size or size > MOST_CASES:
        return
    missing: list[str] = []
    overlapping: set[tuple[int, int]] = set()
    for combination in product(*axes):
        hits = [
            number
            for number, row in enumerate(table.rows)
            if all(
                matches(p, case.value) for p, case in zip(row.patterns, combination, strict=True)
            )
        ]
        shown = ", ".join(case.shown for case in combination)
        if not hits:
            missing.append(shown)
        elif len(hits) > 1 and table.policy == "unique" and (hits[0], hits[1]) not in overlapping:
            overlapping.add((hits[0], hits[1]))
            first, second = table.rows[hits[0]], table.rows[hits[1]]
            problems.add("table-overlap", second.at, other=first.at.line, example=shown)
    if missing:
        said = "; ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        problems.add("table-gap", table.at, missing=said)


def _cases(type: Type, patterns: list[Pattern], names: Names) -> list[_Case]:
    """The values of an input that the table must have a row for.

    Whole numbers count from the least that any row names: what lies below has no meaning.
    """
    if type.base == "boolean":
        return [_Case(True, "true"), _Case(False, "false")]
    if type.base in ("code", "step"):
        return [_Case(code, code) for code in domain(type, names)]
    if type.base != "number":
        return []
    lows = {p.low for p in patterns if p.low is not None}
    highs = {p.high + 1 for p in patterns if p.high is not None}
    starts = sorted(lows | highs) or [0]
    cases = [
        _Case(start, str(start) if after == start + 1 else f"{start}-{after - 1}")
        for start, after in pairwise(starts)
    ]
    return [*cases, _Case(starts[-1], f"{starts[-1]}+")]
