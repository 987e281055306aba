"""Which of two results weighs more: aspect by aspect, in the order in which they are declared.

>>> from engine.values.dates import days, months
>>> weight = {"amount": Money.yuan(500), "period": months(6)}
>>> heavier(weight, {**weight, "period": months(12)})
<Truth.FALSE: -1>
>>> heavier({"amount": Money.yuan(501), "period": months(1)}, weight)
<Truth.TRUE: 1>
>>> heavier(weight, {**weight, "period": days(183)})
<Truth.UNKNOWN: 0>
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from engine.values.dates import Period, compare_periods
from engine.values.ladder import Step
from engine.values.money import Money
from engine.values.open_date import Dated, compare_dated
from engine.values.open_number import Open, compare
from engine.values.truth import FALSE, TRUE, Comparison, Truth, decided

MEASURED: Final = (Money, Step, Period, int, Fraction, Open)
"""Values of which more is more; a day is neither much nor little."""
_WEIGHED: Final = (*MEASURED, date, Dated)


def heavier(one: Mapping[str, Any], other: Mapping[str, Any]) -> Truth:
    """Whether the first of two results weighs more than the second.

    The first aspect in which they differ decides; what is missing weighs nothing. UNKNOWN where an
    aspect on which it depends does not compare.
    """
    names = [
        name
        for name in dict.fromkeys((*one, *other))
        if _weighs(one.get(name)) or _weighs(other.get(name))
    ]
    for name in names:
        a, b = one.get(name), other.get(name)
        if a is None or b is None:
            return Truth.of(b is None)
        if _compared("==", a, b) is TRUE:
            continue
        more = _compared(">", a, b)
        # What may be as much as the other is never more, unless another aspect counts as well.
        if more is FALSE and name != names[-1]:
            return decided(False, _compared("<", a, b) is TRUE)
        return more
    return FALSE


def _compared(op: Comparison, one: Any, other: Any) -> Truth:
    if isinstance(one, Open) or isinstance(other, Open):
        return compare(op, one, other)
    if isinstance(one, Dated) or isinstance(other, Dated):
        return compare_dated(op, one, other)
    if isinstance(one, Period):
        return compare_periods(op, one, other)
    return Truth.of(one == other if op == "==" else one > other if op == ">" else one < other)


def _weighs(value: Any) -> bool:
    return isinstance(value, _WEIGHED) and not isinstance(value, bool)
