"""Exact numbers: an int where the value is whole, else a Fraction in lowest terms; never a float.

Python's own `/` makes a float of two ints, so division goes through `divide`.

>>> divide(6, 3), divide(1, 3)
(2, Fraction(1, 3))
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias, TypeGuard

Exact: TypeAlias = int | Fraction


def normalised(number: Exact) -> Exact:
    """The same number, as an int if it is whole.

    >>> normalised(Fraction(4, 2))
    2
    """
    if type(number) is Fraction and number.denominator == 1:
        return number.numerator
    return number


def divide(dividend: Exact, divisor: Exact) -> Exact:
    """The exact quotient; ZeroDivisionError for a divisor of 0."""
    quotient = Fraction(dividend, divisor)
    return quotient.numerator if quotient.denominator == 1 else quotient


def is_exact(value: object) -> TypeGuard[Exact]:
    """Whether a value is an exact number; True and False are not numbers here."""
    return type(value) is int or type(value) is Fraction
