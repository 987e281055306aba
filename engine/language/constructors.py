"""Literals of other types than numbers: `yuan(7000)`, `percent(20)`, `date(2014, 3, 27)`.

They take constants only, and read them from their text: no float is ever made.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.language.expression import Literal
from engine.language.types import DATE, MONEY, PERIOD, PLACE, number
from engine.values.dates import Period
from engine.values.exact import normalised
from engine.values.money import Money, MoneyError

if TYPE_CHECKING:
    from engine.language.typed import Reader, Scope

_PLACE_CODE = re.compile(r"[0-9]{6}(?:[0-9]{3}){0,2}")


def _whole(reader: Reader, nodes: list[ast.expr]) -> list[int] | None:
    numbers = [reader.amount(node) for node in nodes]
    whole = [one for one in numbers if isinstance(one, int)]
    return whole if len(whole) == len(nodes) else None


def period(make: Callable[[int], Period]) -> Callable[[Reader, ast.Call, Scope], Literal | None]:
    """`days(60)`, `months(3)`, `years(4)`: a period of so many."""

    def read(reader: Reader, node: ast.Call, scope: Scope) -> Literal | None:
        length = _whole(reader, node.args)
        if length is None:
            reader.misuse(node)
            return None
        return Literal(PERIOD, **reader.place(node), value=make(length[0]))

    return read


def date_of(reader: Reader, node: ast.Call, scope: Scope) -> Literal | None:
    """`date(2014, 3, 27)`: a day that the calendar has."""
    parts = _whole(reader, node.args)
    try:
        day = None if parts is None else date(*parts)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        reader.misuse(node)
        return None
    return Literal(DATE, **reader.place(node), value=day)


def yuan(reader: Reader, node: ast.Call, scope: Scope) -> Literal | None:
    """`yuan(7000)`, `yuan("7000.50")`: whole fen."""
    text = _text(reader, node.args[0])
    try:
        money = Money.yuan(text)
    except MoneyError:
        reader.misuse(node)
        return None
    if not money.is_whole_fen:
        reader.misuse(node)
        return None
    return Literal(MONEY, **reader.place(node), value=money)


def percent(reader: Reader, node: ast.Call, scope: Scope) -> Literal | None:
    """`percent(20)`: the bare number 1/5."""
    amount = reader.amount(node.args[0])
    if amount is None:
        reader.misuse(node)
        return None
    return Literal(number(), **reader.place(node), value=normalised(Fraction(amount) / 100))


def place(reader: Reader, node: ast.Call, scope: Scope) -> Literal | None:
    """`place(420281)`: a code of GB/T 2260 or GB/T 10114, by its form alone."""
    text = _text(reader, node.args[0])
    if not is_place_code(text):
        reader.misuse(node)
        return None
    return Literal(PLACE, **reader.place(node), value=text)


def is_place_code(text: str) -> bool:
    """Whether a text has the form of a place's code: 6, 9 or 12 digits."""
    return _PLACE_CODE.fullmatch(text) is not None


def _text(reader: Reader, node: ast.expr) -> str:
    """What stands in quotes, or the digits as written."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return reader.written.ascii(node)
