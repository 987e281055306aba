"""On which side of what it is compared with a number lies that rests on unknown facts, in words.

    sign_said("sign of ('money', …", 1, words)     # 由 m 的收入、f 的收入 得出的数多于 50,000.00

What exceeds a limit (`max(0, income - limit)`) is told of the fact itself: m 的收入超过 50,000.00.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from engine.decision.words.paths_said import fact_said
from engine.decision.words.shown import Shown, shown
from engine.decision.worlds.forks import facts_compared
from engine.values.money import Money

if TYPE_CHECKING:
    from engine.law.vocabulary import Vocabulary

_SIGNS: Final[Mapping[Any, Shown]] = {
    -1: ("少于", "less than"),
    0: ("等于", "equal to"),
    1: ("多于", "more than"),
}
_BEYOND: Final[Mapping[Any, Shown]] = {0: ("不超过", "at most"), 1: ("超过", "more than")}
_NUMBER: Final = r"-?\d+|Fraction\(.*?\)"
_COMPARED: Final = re.compile(
    rf"sign of \('(?P<measure>\w+)', \((?P<terms>.*)\), (?P<constant>{_NUMBER}), \("
)
"""The form of an open number (`engine.values.open_number`) whose sign is supposed."""
_FACTOR: Final = re.compile(r"\('[^']*', (-?\d+)\),?")
_EXCESS: Final = re.compile(
    r"\('max\(0(?: fen)?, 1\*(?P<fact>[^ ()*]+) \+ -(?P<limit>\d+)(?: fen)?\)', 1\),"
)
"""What is left of a fact above a limit, nothing else added."""
_FEW: Final = 4


def sign_said(name: str, sign: int, words: Vocabulary) -> Shown:
    """A number of unknown facts: on which side of what it is compared with."""
    found = _COMPARED.match(name)
    if found is not None and found["constant"] == "0" and sign in _BEYOND:
        excess = _EXCESS.fullmatch(found["terms"])
        label = None if excess is None else fact_said(excess["fact"], words)
        if excess is not None and label is not None:
            (zh, en), limit = _BEYOND[sign], shown(_of(found["measure"], Fraction(excess["limit"])))
            return f"{label.zh}{zh} {limit[0]}", f"{label.en} {en} {limit[1]}"
    facts = facts_compared(name)
    labels = [label for fact in facts[:_FEW] if (label := fact_said(fact, words))]
    zh, en = "、".join(one.zh for one in labels), ", ".join(one.en for one in labels)
    if len(facts) > _FEW:
        zh, en = f"{zh}等{len(facts)}项", f"{en} and others ({len(facts)})"
    limit = shown(Fraction(0))
    if found is not None:
        factor = _FACTOR.fullmatch(found["terms"])
        at = -_exact(found["constant"])
        if factor is not None:
            at, sign = at / int(factor[1]), sign if int(factor[1]) > 0 else -sign
        limit = shown(_of(found["measure"], at))
    side = _SIGNS[sign]
    return (
        f"由 {zh} 得出的数{side[0]} {limit[0]}",
        f"what follows from {en} is {side[1]} {limit[1]}",
    )


def _of(measure: str, limit: Fraction) -> Fraction | Money:
    """A limit in its measure: whole fen as money."""
    return Money(limit.numerator) if measure == "money" and limit.denominator == 1 else limit


def _exact(written: str) -> Fraction:
    """A number as Python writes it: `-92`, `Fraction(1, 3)`."""
    number, _, over = written.removeprefix("Fraction(").removesuffix(")").partition(", ")
    return Fraction(int(number), int(over or 1))
