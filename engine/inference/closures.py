"""Expressions as closures: plain Python on concrete values, for one world and one binding.

Conditions give True or False; where a value is unknown or unproved they raise what
`engine.inference.undecided` defines, and the connectives let it pass only where it matters.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, cast

from engine.inference import lists
from engine.inference.asked import NOT_YET, OPEN, Closure, Variables, World
from engine.inference.connectives import conjunction, disjunction, negation
from engine.inference.undecided import Unproved
from engine.language.expression import (
    And,
    Arithmetic,
    At,
    Call,
    Collect,
    Compare,
    Established,
    Expression,
    Listed,
    Literal,
    Member,
    Negate,
    Not,
    Or,
    PlacePart,
    Quantify,
    Read,
    ResultsOf,
    Stated,
    Statistic,
    Variable,
    Verified,
)
from engine.values.dates import (
    Period,
    add_period,
    age_on,
    days,
    months,
    months_between,
    period_end,
    years,
    years_between,
)
from engine.values.exact import divide, is_exact
from engine.values.ladder import moved
from engine.values.open_date import applied
from engine.values.truth import Comparison

_OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def closure(expression: Expression) -> Closure:
    """The closure of a typed expression. Its cost is paid once, when a program is compiled."""
    return _MAKERS[type(expression)](expression)


def _literal(node: Literal) -> Closure:
    value = node.value
    return lambda w, v: value


def _variable(node: Variable) -> Closure:
    name = node.name
    return lambda w, v: v[name]


def _read(node: Read) -> Closure:
    key = node.key
    if node.subject is None:
        of_case = (key, None)

        def read_of_case(w: World, v: Variables) -> Any:
            value = w.memo.get(of_case, NOT_YET)
            return w.read(of_case, None) if value is NOT_YET else value

        return read_of_case
    if isinstance(node.subject, Variable):
        variable = node.subject.name

        def read(w: World, v: Variables) -> Any:
            entity = v[variable]
            named = (key, None if entity is None else entity.id)
            value = w.memo.get(named, NOT_YET)
            return w.read(named, entity) if value is NOT_YET else value

        return read
    subject = closure(node.subject)
    return lambda w, v: w.name(key, subject(w, v))


def _place_part(node: PlacePart) -> Closure:
    place, level = closure(node.place), node.level
    return lambda w, v: w.place_part(place(w, v), level)


def _compare(node: Compare) -> Closure:
    left, right = closure(node.left), closure(node.right)
    op = cast(Comparison, node.op)
    plain = _OPERATORS[op]
    if node.left.type.base == "entity":
        return lambda w, v: plain(left(w, v).id, right(w, v).id)
    if node.left.type.base == "period":
        return lambda w, v: lists.longer_or_not(op, left(w, v), right(w, v))

    if isinstance(node.right, Literal):
        literal = node.right.value

        def compare_to_literal(w: World, v: Variables) -> bool:
            a = left(w, v)
            return w.decide(op, a, literal) if type(a) in OPEN else plain(a, literal)

        return compare_to_literal

    def compare(w: World, v: Variables) -> bool:
        a, b = left(w, v), right(w, v)
        if type(a) in OPEN or type(b) in OPEN:
            return w.decide(op, a, b)
        return plain(a, b)

    return compare


def _and(node: And) -> Closure:
    return conjunction([closure(operand) for operand in node.operands])


def _or(node: Or) -> Closure:
    return disjunction([closure(operand) for operand in node.operands])


def _not(node: Not) -> Closure:
    return negation(closure(node.operand))


def _arithmetic(node: Arithmetic) -> Closure:
    left, right = closure(node.left), closure(node.right)
    if node.left.type.base == "date":
        moved_by = add_period if node.op == "+" else _before_period
        return lambda w, v: applied(moved_by, (left(w, v), right(w, v)), (1, 1))
    if node.type.base == "period" and node.op == "*":
        return lambda w, v: _times(w.exactly(left(w, v)), w.exactly(right(w, v)))
    match node.op:
        case "+":
            return lambda w, v: left(w, v) + right(w, v)
        case "-":
            return lambda w, v: left(w, v) - right(w, v)
        case "*":
            return lambda w, v: left(w, v) * right(w, v)
        case "**":
            return lambda w, v: _power(left(w, v), right(w, v))
        case _:
            return lambda w, v: _divided(left(w, v), right(w, v))


def _before_period(day: date, period: Period) -> date:
    return add_period(day, period * -1)


def _divided(dividend: Any, divisor: Any) -> Any:
    try:
        if is_exact(dividend) and is_exact(divisor):
            return divide(dividend, divisor)
        return dividend / divisor
    except ZeroDivisionError:
        raise Unproved() from None


def _times(one: Any, other: Any) -> Any:
    """A period so many times; only whole times give one."""
    try:
        return one * other
    except TypeError:
        raise Unproved() from None


def _power(base: Any, exponent: int) -> Any:
    result: Any = 1
    for _ in range(exponent):
        result = result * base
    return result


def _negate(node: Negate) -> Closure:
    operand = closure(node.operand)
    return lambda w, v: -operand(w, v)


def _fact_of(node: Expression) -> tuple[str, Closure | None, Closure | None]:
    """The key, the subject and the day of a fact that is asked about as such."""
    when = None
    if isinstance(node, At):
        when = closure(node.when)
        node = node.fact
    if not isinstance(node, Read):
        raise TypeError(f"{node.source} is not a fact")
    return node.key, closure(node.subject) if node.subject else None, when


def _at(node: At) -> Closure:
    key, subject, when = _fact_of(node)
    assert when is not None
    if subject is None:
        return lambda w, v: w.at(key, None, when(w, v))
    return lambda w, v: w.at(key, subject(w, v), when(w, v))


def _established(node: Established) -> Closure:
    key, subject, when = _fact_of(node.fact)
    return lambda w, v: w.established(
        key, subject(w, v) if subject else None, when(w, v) if when else None
    )


def _stated(node: Stated) -> Closure:
    key, subject, when = _fact_of(node.fact)
    return lambda w, v: w.stated(
        key, subject(w, v) if subject else None, when(w, v) if when else None
    )


def _verified(node: Verified) -> Closure:
    key, subject, when = _fact_of(node.fact)
    issuers, all_of_them = node.issuers, node.all_of_them
    return lambda w, v: w.verified(
        key,
        subject(w, v) if subject else None,
        when(w, v) if when else None,
        issuers,
        all_of_them,
    )


def _statistic(node: Statistic) -> Closure:
    series, level = node.series, node.level
    concept, status = closure(node.concept), closure(node.status)
    place, year = closure(node.place), closure(node.year)
    return lambda w, v: w.statistic(
        series, concept(w, v), status(w, v), level, place(w, v), year(w, v)
    )


def _results_of(node: ResultsOf) -> Closure:
    kind, bearer = node.kind, closure(node.bearer)
    return lambda w, v: w.results_of(kind, bearer(w, v))


_DATE_FUNCTIONS: Final[Mapping[str, tuple[Callable[..., Any], tuple[int, ...]]]] = {
    "year": (lambda day: day.year, (1,)),
    "month": (lambda day: day.month, (0,)),
    "years_between": (years_between, (-1, 1)),
    "months_between": (months_between, (-1, 1)),
    "days_between": (lambda early, late: (late - early).days, (-1, 1)),
    "age_on": (age_on, (-1, 1)),
    "before_age": (lambda born, n: add_period(add_period(born, years(n)), days(-1)), (1, 1)),
    "months_after": (lambda day, n: add_period(day, months(n)), (1, 1)),
    "days_after": (lambda day, n: add_period(day, days(n)), (1, 1)),
    "last_day": (lambda first, period: period_end(first, period, "from-the-day"), (1, 1)),
}
STANDINGS: Final = {"permitted": "permit", "forbidden": "forbid", "postponed": "postpone"}
"""Functions that read whether grounds stand, and the effects they read."""


def _call(node: Call) -> Closure:
    arguments = tuple(closure(argument) for argument in node.arguments)
    if node.function in STANDINGS:
        effect = STANDINGS[node.function]
        return lambda w, v: w.standing(effect, arguments[0](w, v))
    if node.function in _DATE_FUNCTIONS:
        function, slopes = _DATE_FUNCTIONS[node.function]
        return lambda w, v: applied(function, [a(w, v) for a in arguments], slopes)
    if node.function == "within":
        return lambda w, v: w.within(arguments[0], arguments[1](w, v), arguments[2](w, v), v)
    if node.function == "step":
        return lambda w, v: moved(arguments[0](w, v), arguments[1](w, v))
    fold = lists.FOLDS[node.function]

    def folded(w: World, v: Variables) -> Any:
        total = arguments[0](w, v)
        for argument in arguments[1:]:
            total = fold(total, argument(w, v))
        return total

    return folded


_MAKERS: Final[Mapping[type, Callable[[Any], Closure]]] = {
    Literal: _literal,
    Variable: _variable,
    Read: _read,
    PlacePart: _place_part,
    Compare: _compare,
    Member: lambda node: lists.member(node, closure),
    And: _and,
    Or: _or,
    Not: _not,
    Arithmetic: _arithmetic,
    Negate: _negate,
    Quantify: lambda node: lists.quantify(node, closure),
    Collect: lambda node: lists.collect(node, closure),
    Listed: lambda node: lists.listed(node, closure),
    At: _at,
    Established: _established,
    Stated: _stated,
    Verified: _verified,
    Statistic: _statistic,
    ResultsOf: _results_of,
    Call: _call,
}
