"""How far a comparison is from holding: two months too early, 1,200 yuan too little.

>>> missed(">=", Money.yuan(8_800), Money.yuan(10_000), None).text
('差 1,200.00 元', '1,200.00 yuan too little')
>>> missed("<=", date(2014, 5, 27), date(2014, 3, 27), None).text
('晚 2 个月', '2 months too late')
>>> missed(">=", 1, 2, "child").by
'1'
>>> missed_between(">=", "year", date(2010, 8, 21), date(2014, 5, 1), 4).text
('早 3 个月 20 日，到 2014-08-21 才够', '3 months 20 days too early, enough from 2014-08-21 on')
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from engine.decision.words.shown import Shown, plain, shown
from engine.values.dates import add_period, months, months_between
from engine.values.exact import normalised
from engine.values.ladder import Step
from engine.values.money import Money

_MEASURES: Final = {
    "year": ("年", "year"),
    "month": ("个月", "month"),
    "day": ("日", "day"),
}
"""Measures of time by the units of numbers; what else is counted, a number alone says."""
_WANTS_MORE: Final = (">", ">=")
_WANTS_LESS: Final = ("<", "<=")


@dataclass(frozen=True, slots=True)
class Missed:
    """The distance: `by` (an amount in yuan, a number, days), its `unit`, and in words.

    `direction`: "more" if the left side would have to be greater, "less" if smaller, "other" if
    only another value would do.
    """

    by: str
    unit: str | None
    direction: str
    text: Shown

    def as_json(self) -> dict[str, Any]:
        """The form in `explanation/1`."""
        zh, en = self.text
        told = {"by": self.by, "unit": self.unit, "direction": self.direction}
        return told | {"text": {"zh": zh, "en": en}}


def missed(op: str, left: Any, right: Any, unit: str | None) -> Missed | None:
    """How far `left op right` is from holding; None where there is no distance.

    `left` and `right` are exact values of one type; `unit` is that of a number.
    """
    more = op in _WANTS_MORE
    direction = "more" if more else "less" if op in _WANTS_LESS else "other"
    if direction == "other" or isinstance(left, bool) or isinstance(right, bool):
        return None
    match left, right:
        case Money(), Money():
            gap = right - left if more else left - right
            return _amount(gap, direction)
        case date(), date():
            return _days(min(left, right), max(left, right), direction)
        case Step(), Step():
            steps = abs(right.index - left.index)
            words = _counted(steps, ("级", "step"), direction)
            return Missed(str(steps), "step", direction, words)
    if isinstance(left, int | Fraction) and isinstance(right, int | Fraction):
        distance = normalised(abs(Fraction(right) - Fraction(left)))
        words = _counted(distance, _MEASURES.get(unit or ""), direction)
        return Missed(plain(distance), unit, direction, words)
    return None


def missed_between(op: str, unit: str, start: date, end: date, count: int) -> Missed | None:
    """How far the whole years or months (`unit`) from a day to another are from holding against a
    count: by which day the other would have to be, and how far it is from that. None where no such
    day is meant."""
    past = count + 1 if op in (">", "<=") else count  # from so many on it holds, or no longer does
    if op not in (*_WANTS_MORE, *_WANTS_LESS):
        return None
    turns = add_period(start, months(past * 12 if unit == "year" else past))
    if op in _WANTS_MORE:
        gap = _days(end, turns, "more")
        zh, en = f"到 {turns} 才够", f"enough from {turns} on"
    else:
        last = turns - timedelta(days=1)
        gap = _days(last, end, "less")
        zh, en = f"到 {last} 为止才行", f"{last} would have been in time"
    return replace(gap, text=(f"{gap.text[0]}，{zh}", f"{gap.text[1]}, {en}"))


def _amount(gap: Money, direction: str) -> Missed:
    zh, en = shown(gap)
    words = {
        "more": (f"差 {zh} 元", f"{en} yuan too little"),
        "less": (f"多 {zh} 元", f"{en} yuan too much"),
    }[direction]
    return Missed(plain(gap), "yuan", direction, words if gap.fen else _at_the_limit())


def _counted(distance: int | Fraction, measure: Shown | None, direction: str) -> Shown:
    if not distance:
        return _at_the_limit()
    zh, en = shown(distance)
    if measure is not None:
        zh, en = f"{zh} {measure[0]}", f"{en} {measure[1]}{'' if distance == 1 else 's'}"
    return (f"差 {zh}", f"{en} too few") if direction == "more" else (f"多 {zh}", f"{en} too many")


def _days(early: date, late: date, direction: str) -> Missed:
    """The time between two days, in whole years and months and the days that are left."""
    whole = months_between(early, late)
    rest = (late - add_period(early, months(whole))).days
    counts = (whole // 12, whole % 12, rest)
    measures = [(n, _MEASURES[m]) for n, m in zip(counts, _MEASURES, strict=True) if n]
    zh = "".join(f" {n} {word}" for n, (word, _) in measures)
    en = " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, (_, word) in measures)
    words = (f"早{zh}", f"{en} too early") if direction == "more" else (f"晚{zh}", f"{en} too late")
    days = (late - early).days
    return Missed(str(days), "day", direction, words if days else _at_the_limit())


def _at_the_limit() -> Shown:
    return "正好在界限上，不够", "exactly at the limit, which is not enough"
