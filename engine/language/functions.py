"""The functions of the rule language: how each is called, what it takes, what it gives.

One table, `FUNCTIONS`; nothing else can be called. The text with each function is how it is
written, and what a diagnostic says where it is not.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.language.constructors import date_of, percent, period, place, yuan
from engine.language.diagnostics import Bilingual, nearest
from engine.language.expression import Call, Expression, Literal
from engine.language.quantifiers import quantify
from engine.language.readings import at, established, results, stated, statistic, verified
from engine.language.types import BOOLEAN, DATE, PERIOD, Type, number
from engine.language.typing_rules import common
from engine.values.dates import days, months, years

if TYPE_CHECKING:
    from engine.language.typed import Reader, Scope


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is read: `usage` shows how it is called."""

    read: Callable[[Reader, ast.Call, Scope], Expression | None]
    usage: str
    least: int
    """Fewest and most arguments by position."""
    most: int
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


def call(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """A call of one of the functions."""
    if not isinstance(node.func, ast.Name):
        method = Bilingual("对象的方法调用", "call of a method")
        reader.report("forbidden-expression", node, construct=method)
        return None
    name = node.func.id
    function = FUNCTIONS.get(name)
    if function is None:
        near = nearest(name, FUNCTIONS)
        reader.report("unknown-function", node.func, name=name, nearest=near)
        return None
    given = [keyword.arg for keyword in node.keywords]
    allowed = {*function.required, *function.optional}
    if (
        not function.least <= len(node.args) <= function.most
        or any(isinstance(argument, ast.Starred) for argument in node.args)
        or len(set(given)) < len(given)
        or not set(function.required) <= set(given) <= allowed
    ):
        reader.misuse(node)
        return None
    return function.read(reader, node, scope)


def _plain(
    result: Type, *parameters: Type
) -> Callable[[Reader, ast.Call, Scope], Expression | None]:
    """A function whose arguments have fixed types."""

    def read(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
        pairs = zip(node.args, parameters, strict=True)
        read = [reader.read_as(argument, scope, type) for argument, type in pairs]
        return _called(reader, node, result, read)

    return read


def _called(
    reader: Reader, node: ast.Call, result: Type, arguments: list[Expression | None]
) -> Call | None:
    good = tuple(argument for argument in arguments if argument is not None)
    if len(good) < len(arguments):
        return None
    name = reader.function(node)
    return Call(result, **reader.place(node), function=name, arguments=good)


def _step(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    start = reader.read(node.args[0], scope)
    count = reader.read_as(node.args[1], scope, number())
    if start is None or count is None:
        return None
    if start.type.base != "step":
        reader.mismatch(node.args[0], Bilingual("档次", "a step of a ladder"), start.type)
        return None
    if not isinstance(count, Literal) or not isinstance(count.value, int):
        reader.misuse(node)
        return None
    return _called(reader, node, start.type, [start, count])


def _least(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """`min` and `max`: of several values, or over the items of a list."""
    if len(node.args) == 1:
        return quantify(reader, node, scope)
    first = reader.read(node.args[0], scope)
    expected = None if first is None else first.type
    read = [first, *(reader.read(one, scope, expected) for one in node.args[1:])]
    if first is None or None in read:
        return None
    held = first.type
    for argument, expression in zip(node.args[1:], read[1:], strict=True):
        if expression is None:
            continue
        joined = common(held, expression.type)
        if not isinstance(joined, Type):
            reader.disagree(joined, node.args[0], held, argument, expression.type)
            return None
        held = joined
    if not reader.ordered(node.args[0], held):
        return None
    return _called(reader, node, held, read)


def _between(reader: Reader, node: ast.Call, scope: Scope) -> None:
    cause = Bilingual("between 只能是整个值", "between can only be a whole value")
    reader.report("range-misuse", node, cause=cause)


_ANY = Type("entity")
_MANY = 1000

FUNCTIONS: Mapping[str, Function] = {
    "yuan": Function(yuan, 'yuan(7000), yuan("7000.50")', 1, 1),
    "percent": Function(percent, "percent(20)", 1, 1),
    "date": Function(date_of, "date(2014, 3, 27)", 3, 3),
    "days": Function(period(days), "days(60)", 1, 1),
    "months": Function(period(months), "months(3)", 1, 1),
    "years": Function(period(years), "years(4)", 1, 1),
    "place": Function(place, 'place(420281), place("420281")', 1, 1),
    "year": Function(_plain(number(), DATE), "year(date)", 1, 1),
    "years_between": Function(
        _plain(number("year"), DATE, DATE), "years_between(date, date)", 2, 2
    ),
    "months_between": Function(
        _plain(number("month"), DATE, DATE), "months_between(date, date)", 2, 2
    ),
    "age_on": Function(_plain(number("year"), DATE, DATE), "age_on(born, date)", 2, 2),
    "before_age": Function(
        _plain(DATE, DATE, number("year")), "before_age(born, number)", 2, 2
    ),
    "months_after": Function(
        _plain(DATE, DATE, number("month")), "months_after(date, number)", 2, 2
    ),
    "last_day": Function(_plain(DATE, DATE, PERIOD), "last_day(first, period)", 2, 2),
    "days_between": Function(_plain(number("day"), DATE, DATE), "days_between(date, date)", 2, 2),
    "days_after": Function(_plain(DATE, DATE, number("day")), "days_after(date, number)", 2, 2),
    "within": Function(_plain(BOOLEAN, DATE, DATE, PERIOD), "within(event, start, period)", 3, 3),
    "permitted": Function(_plain(BOOLEAN, _ANY), "permitted(entity)", 1, 1),
    "forbidden": Function(_plain(BOOLEAN, _ANY), "forbidden(entity)", 1, 1),
    "postponed": Function(_plain(BOOLEAN, _ANY), "postponed(entity)", 1, 1),
    "step": Function(_step, "step(measure, 1)", 2, 2),
    "min": Function(_least, "min(a, b), min(x.n for x in list)", 1, _MANY),
    "max": Function(_least, "max(a, b), max(x.n for x in list)", 1, _MANY),
    "any": Function(quantify, "any(x.condition for x in list if …)", 1, 1),
    "all": Function(quantify, "all(x.condition for x in list if …)", 1, 1),
    "count": Function(quantify, "count(x for x in list if …)", 1, 1),
    "sum": Function(quantify, "sum(x.amount for x in list if …)", 1, 1),
    "first": Function(quantify, "first(x for x in list if …, by=x.date)", 1, 1, ("by",)),
    "at": Function(at, "at(fact, date), at(fact, year)", 2, 2),
    "established": Function(established, "established(fact)", 1, 1),
    "stated": Function(stated, "stated(fact)", 1, 1),
    "verified": Function(
        verified, "verified(fact, by_all=[…]), verified(fact, by_any=[…])", 1, 1, (),
        ("by_all", "by_any"),
    ),
    "statistic": Function(
        statistic, "statistic(series, concept=…, status=…, place=…, year=…)", 1, 1,
        ("concept", "status", "place", "year"), ("level",),
    ),
    "results_of": Function(results, "results_of(kind, of=bearer)", 1, 1, ("of",)),
    "between": Function(_between, "between(a, b)", 2, 2),
}  # fmt: skip
"""Every function, by its name."""
