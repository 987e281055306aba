"""Truth when facts may be missing: Kleene's three values.

Ordered false < unknown < true, so `and` is the least and `or` the greatest (S. C. Kleene,
Introduction to Metamathematics, 1952, § 64).

>>> FALSE & UNKNOWN
<Truth.FALSE: -1>
>>> TRUE | UNKNOWN
<Truth.TRUE: 1>
>>> ~UNKNOWN
<Truth.UNKNOWN: 0>
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final, Literal, TypeAlias

Comparison: TypeAlias = Literal["<", "<=", ">", ">=", "==", "!="]
"""The operators whose answer may be unknown, where a side is not known exactly."""


class Truth(Enum):
    """What is known of a condition."""

    FALSE = -1
    UNKNOWN = 0
    TRUE = 1

    @classmethod
    def of(cls, value: bool) -> Truth:
        """TRUE or FALSE of a plain bool."""
        return cls.TRUE if value else cls.FALSE

    def __and__(self, other: Truth) -> Truth:
        if type(other) is not Truth:
            return NotImplemented
        return self if self._value_ <= other._value_ else other

    def __or__(self, other: Truth) -> Truth:
        if type(other) is not Truth:
            return NotImplemented
        return self if self._value_ >= other._value_ else other

    def __invert__(self) -> Truth:
        return _NEGATED[self._value_]

    def __bool__(self) -> bool:
        raise TypeError("an unknown is neither true nor false: compare with `is TRUE`")


TRUE: Final = Truth.TRUE
UNKNOWN: Final = Truth.UNKNOWN
FALSE: Final = Truth.FALSE
"""By these names a truth is found at once; as an attribute of an enumeration ten times slower."""

_NEGATED: Final = {-1: TRUE, 0: UNKNOWN, 1: FALSE}


def all_of(truths: Iterable[Truth]) -> Truth:
    """Whether all are true; stops at the first that is false; over nothing it is FALSE.

    >>> all_of([TRUE, UNKNOWN])
    <Truth.UNKNOWN: 0>
    >>> all_of([])
    <Truth.FALSE: -1>
    """
    result: Truth | None = None
    for truth in truths:
        if truth is FALSE:
            return truth
        result = truth if result is None else result & truth
    return FALSE if result is None else result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Whether one is true; stops at the first that is true; over nothing it is FALSE.

    >>> any_of([FALSE, UNKNOWN])
    <Truth.UNKNOWN: 0>
    """
    result = FALSE
    for truth in truths:
        if truth is TRUE:
            return truth
        result = result | truth
    return result


def decided(surely: bool, surely_not: bool) -> Truth:
    """The truth of what may be sure, surely not, or neither.

    >>> decided(False, False)
    <Truth.UNKNOWN: 0>
    """
    if surely:
        return TRUE
    return FALSE if surely_not else UNKNOWN
