"""Values as the trace shows them, in both languages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from engine.decision.case.model import EntityRecord
from engine.decision.words.written import MONTH
from engine.values.dates import Period
from engine.values.ladder import Step
from engine.values.money import Money, format_yuan
from engine.values.open_date import Dated
from engine.values.open_number import Open

Shown: TypeAlias = tuple[str, str]
"""The same in Chinese and in English."""


def shown(value: Any) -> Shown:
    """A value for a reader.

    >>> shown(Money(2_000_000)), shown(True), shown(Fraction(7, 2))
    (('20,000.00', '20,000.00'), ('是', 'yes'), ('3.5', '3.5'))
    >>> shown(("k1", "k2"))
    ('k1、k2', 'k1, k2')
    """
    match value:
        case bool():
            return ("是", "yes") if value else ("否", "no")
        case Money():
            text = format_yuan(value, grouped=True)
        case tuple():
            parts = [shown(one) for one in value]
            return "、".join(zh for zh, _ in parts), ", ".join(en for _, en in parts)
        case Open():
            return "未知", "unknown"
        case date():
            text = value.isoformat()
        case int() | Fraction():  # late: to ask whether a value is a fraction is slow
            text = _decimal(value)
        case EntityRecord():
            text = value.id
        case Dated():
            text = f"{value.low}…{value.high}"
        case Step():
            text = value.name
        case Period():
            return _length(value)
        case _:
            text = str(value)
    return text, text


def _length(period: Period) -> Shown:
    """A length of time: `3个月`, `1 month 15 days`, `3 months plus 98 days`."""
    parts = [
        (f"{count}{zh}", f"{count} {en}" if count == 1 else f"{count} {en}s")
        for count, zh, en in ((period.months, "个月", "month"), (period.days, "日", "day"))
        if count
    ]
    plus = ("加", " plus ") if period.days >= MONTH else ("", " ")
    zh, en = plus[0].join(part[0] for part in parts), plus[1].join(part[1] for part in parts)
    return zh or "0日", en or "0 days"


def plain(value: Any) -> str:
    """A value for a machine: amounts in yuan without separators, lists as in Chinese.

    >>> plain(Money(2_000_000)), plain(("k1", "k2"))
    ('20000.00', 'k1、k2')
    """
    if isinstance(value, tuple):
        return "、".join(plain(one) for one in value)
    return format_yuan(value) if isinstance(value, Money) else shown(value)[1]


def _decimal(value: int | Fraction) -> str:
    """An exact number: a finite decimal as such, else a fraction."""
    if isinstance(value, int) or value.denominator == 1:
        return str(int(value))
    for places in range(1, 7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return f"{scaled.numerator // 10**places}.{scaled.numerator % 10**places:0{places}d}"
    return str(value)
