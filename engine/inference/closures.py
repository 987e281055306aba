"""Expressions as closures: plain Python on concrete values, for one world and one binding.

Conditions give True or False; where a value is unknown or unproved they raise what
`engine.inference.undecided` defines, and the connectives let it pass only where it matters. So
Kleene's logic costs nothing while everything is known:

- `and` is false if one operand is false, else undecided if one is, else unproved if one is;
- `or` is true if one operand is true, else undecided if one is, else unproved if one is;
- `any`, `all` likewise over entities, and over nothing both are false (semantics, "Facts").
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias, cast

from engine.inference.undecided import Point, Undecided, Unproved
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
    Statistic,
    Variable,
    Verified,
)
from engine.values.dates import add_period, age_on, days, months, months_between, years_between
from engine.values.exact import divide, is_exact
from engine.values.open_date import Dated, applied
from engine.values.open_number import Opaque, Open, open_max, open_min
from engine.values.truth import Comparison

Variables: TypeAlias = dict[str, Any]
Closure: TypeAlias = Callable[["World", Variables], Any]

OPEN: Final = frozenset({Open, Opaque, Dated})
"""Types of values that are not known exactly."""


class Partial(tuple[Any, ...]):
    """A list of which the case says that there are more; `path` is the fact that says so."""

    path: str

    @staticmethod
    def of(items: Iterable[Any], path: str) -> Partial:
        """The items that are known."""
        partial = Partial(items)
        partial.path = path
        return partial


class World(Protocol):
    """What closures ask of the case in one world (`engine.decision.world`)."""

    def name(self, key: str, entity: Any) -> Any:
        """The value of a name; `entity` None: of the case."""

    def at(self, key: str, entity: Any, when: Any) -> Any:
        """The value of a fact that varies, on a day or for a year."""

    def established(self, key: str, entity: Any, when: Any) -> bool:
        """Whether the fact is found."""

    def verified(
        self, key: str, entity: Any, when: Any, issuers: tuple[str, ...], all_of_them: bool
    ) -> bool:
        """Whether verified evidence of the issuers stands behind the fact."""

    def unlisted(self, name: str) -> Any:
        """How many more there are than a list names: a number from 0."""

    def statistic(
        self, series: str, concept: str, status: str, level: str | None, place: str, year: Any
    ) -> Any:
        """A figure."""

    def place_part(self, place: str, level: str) -> str:
        """The place of a level in which a place lies."""

    def results_of(self, kind: str, entity: Any) -> tuple[Any, ...]:
        """What earlier strata concluded of this kind for this bearer."""

    def standing(self, effect: str, entity: Any) -> bool:
        """Whether the entity is permitted, forbidden, postponed."""

    def decide(self, op: Comparison, left: Any, right: Any) -> bool:
        """A comparison of which one side at least is open."""

    def exactly(self, value: Any) -> Any:
        """The value made plain, by a fork if it is open."""

    def within(self, event: Closure, start: Any, period: Any, variables: Variables) -> bool:
        """Whether an event happened in the period that runs from `start`."""


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
        return lambda w, v: w.name(key, None)
    if isinstance(node.subject, Variable):
        variable = node.subject.name
        return lambda w, v: w.name(key, v[variable])
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

    def compare(w: World, v: Variables) -> bool:
        a, b = left(w, v), right(w, v)
        if type(a) in OPEN or type(b) in OPEN:
            return w.decide(op, a, b)
        return plain(a, b)

    return compare


def _member(node: Member) -> Closure:
    item = closure(node.item)
    options = tuple(closure(option) for option in node.options)
    is_list = len(options) == 1 and node.options[0].type.base == "list"
    entities = node.item.type.base == "entity"

    def among(w: World, v: Variables) -> bool:
        value = item(w, v)
        candidates = options[0](w, v) if is_list else tuple(option(w, v) for option in options)
        if hasattr(candidates, "contains"):  # a set of codes that is not known
            return bool(candidates.contains(value))
        if entities:
            if any(value.id == candidate.id for candidate in candidates):
                return True
        elif type(value) in OPEN or any(type(c) in OPEN for c in candidates):
            if any(w.decide("==", value, candidate) for candidate in candidates):
                return True
        elif value in candidates:
            return True
        _no_more(candidates)
        return False

    return negation(among) if node.negated else among


def _no_more(items: Sequence[Any]) -> None:
    """An unlisted entity could change the answer: then it is undecided."""
    if isinstance(items, Partial):
        raise Undecided(Point(items.path, "fact", (), frozenset({items.path})))


def conjunction(operands: Sequence[Closure]) -> Closure:
    """All are true; see the module."""
    if len(operands) == 1:
        return operands[0]

    def all_true(w: World, v: Variables) -> bool:
        unproved: Unproved | None = None
        undecided: Undecided | None = None
        for operand in operands:
            try:
                if not operand(w, v):
                    return False
            except Unproved as stop:
                unproved = unproved or stop
            except Undecided as stop:
                undecided = undecided or stop
        if undecided:  # before what is unproved: it may yet make the whole false
            raise undecided
        if unproved:
            raise unproved
        return True

    return all_true


def disjunction(operands: Sequence[Closure]) -> Closure:
    """One is true; see the module."""

    def one_true(w: World, v: Variables) -> bool:
        unproved: Unproved | None = None
        undecided: Undecided | None = None
        for operand in operands:
            try:
                if operand(w, v):
                    return True
            except Unproved as stop:
                unproved = unproved or stop
            except Undecided as stop:
                undecided = undecided or stop
        if undecided:
            raise undecided
        if unproved:
            raise unproved
        return False

    return one_true


def negation(operand: Closure) -> Closure:
    """The operand is false; what is unproved stays unproved."""
    return lambda w, v: not operand(w, v)


def _and(node: And) -> Closure:
    return conjunction([closure(operand) for operand in node.operands])


def _or(node: Or) -> Closure:
    return disjunction([closure(operand) for operand in node.operands])


def _not(node: Not) -> Closure:
    return negation(closure(node.operand))


def _arithmetic(node: Arithmetic) -> Closure:
    left, right = closure(node.left), closure(node.right)
    if node.left.type.base == "date":
        sign = 1 if node.op == "+" else -1
        return lambda w, v: applied(
            lambda day, period: add_period(day, period * sign),
            (left(w, v), right(w, v)),
            (1, 1),
        )
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


def _divided(dividend: Any, divisor: Any) -> Any:
    try:
        if is_exact(dividend) and is_exact(divisor):
            return divide(dividend, divisor)
        return dividend / divisor
    except ZeroDivisionError:
        raise Unproved() from None


def _power(base: Any, exponent: int) -> Any:
    result: Any = 1
    for _ in range(exponent):
        result = result * base
    return result


def _negate(node: Negate) -> Closure:
    operand = closure(node.operand)
    return lambda w, v: -operand(w, v)


def _over(
    name: str, collection: Closure, where: Expression | None
) -> Callable[[World, Variables], tuple[list[Any], Sequence[Any]]]:
    """The items for which `where` is true, and the list they come from.

    The list is as good as complete where the condition keeps to lists that are.
    """
    condition = closure(where) if where else None
    bounds = _bounded_by(where, name)

    def chosen(w: World, v: Variables) -> tuple[list[Any], Sequence[Any]]:
        items = collection(w, v)
        if condition is None:
            return list(items), items
        found = [item for item in items if condition(w, {**v, name: item})]
        if (
            isinstance(items, Partial)
            and bounds is not None
            and not any(isinstance(of(w, v), Partial) for of in bounds)
        ):
            items = tuple(items)
        return found, items

    return chosen


def _quantify(node: Quantify) -> Closure:
    name, collection = node.variable, closure(node.collection)
    where = closure(node.where) if node.where else None
    body = closure(node.body) if node.body else None
    if node.function in ("any", "all"):
        assert body is not None
        return _any_or_all(node.function, name, collection, where, body)
    chosen = _over(name, collection, node.where)
    if node.function == "count":
        label = node.source

        def count(w: World, v: Variables) -> Any:
            found, items = chosen(w, v)
            if isinstance(items, Partial):
                return len(found) + w.unlisted(f"{items.path}[{label}]")
            return len(found)

        return count
    if node.function == "first":
        return _first(name, chosen, closure(node.by) if node.by else None)
    fold = _FOLDS[node.function]
    empty_is_zero = node.function == "sum" and node.type.base == "number"
    assert body is not None

    def folded(w: World, v: Variables) -> Any:
        found, items = chosen(w, v)
        _no_more(items)
        if not found:
            if empty_is_zero:
                return 0
            raise Unproved()
        total = body(w, {**v, name: found[0]})
        for item in found[1:]:
            total = fold(total, body(w, {**v, name: item}))
        return total

    if node.function == "sum" and not empty_is_zero:
        return _sum_of_money(folded)
    return folded


def _sum_of_money(folded: Closure) -> Closure:
    from engine.values.money import Money

    def total(w: World, v: Variables) -> Any:
        try:
            return folded(w, v)
        except Unproved as stop:
            if stop.facts or stop.gap:
                raise
            return Money(0)

    return total


def _any_or_all(
    function: str, name: str, collection: Closure, where: Closure | None, body: Closure
) -> Closure:
    each = body if where is None else conjunction([where, body])
    if function == "any":

        def one_true(w: World, v: Variables) -> bool:
            items = collection(w, v)
            stop: Unproved | Undecided | None = None
            for item in items:
                try:
                    if each(w, {**v, name: item}):
                        return True
                except Undecided as undecided:
                    stop = undecided if not isinstance(stop, Undecided) else stop
                except Unproved as unproved:
                    stop = stop or unproved
            _no_more(items)
            if stop:
                raise stop
            return False

        return one_true
    holds = body if where is None else disjunction([negation(where), body])

    def all_true(w: World, v: Variables) -> bool:
        items = collection(w, v)
        stop: Unproved | Undecided | None = None
        members = False
        for item in items:
            inner = {**v, name: item}
            try:
                if not holds(w, inner):
                    return False
                members = members or where is None or where(w, inner)
            except Undecided as undecided:
                stop = undecided if not isinstance(stop, Undecided) else stop
            except Unproved as unproved:
                stop = stop or unproved
        _no_more(items)
        if stop:
            raise stop
        return members

    return all_true


def _first(
    name: str,
    chosen: Callable[[World, Variables], tuple[list[Any], Sequence[Any]]],
    by: Closure | None,
) -> Closure:
    def first(w: World, v: Variables) -> Any:
        found, items = chosen(w, v)
        _no_more(items)
        if not found:
            raise Unproved()
        best = found[0]
        if by is None or len(found) == 1:
            return best
        least = by(w, {**v, name: best})
        for item in found[1:]:
            value = by(w, {**v, name: item})
            earlier = (
                w.decide("<", value, least)
                if type(value) in OPEN or type(least) in OPEN
                else value < least
            )
            if earlier:
                best, least = item, value
        return best

    return first


def least_of(a: Any, b: Any) -> Any:
    """The lesser of two values, open or not."""
    if isinstance(a, Open) or isinstance(b, Open):
        return open_min(a, b)
    if isinstance(a, Dated) or isinstance(b, Dated):
        return applied(min, (a, b), (1, 1))
    return min(a, b)


def greatest_of(a: Any, b: Any) -> Any:
    """The greater of two values, open or not."""
    if isinstance(a, Open) or isinstance(b, Open):
        return open_max(a, b)
    if isinstance(a, Dated) or isinstance(b, Dated):
        return applied(max, (a, b), (1, 1))
    return max(a, b)


_FOLDS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "sum": operator.add,
    "min": least_of,
    "max": greatest_of,
}


def _collect(node: Collect) -> Closure:
    name = node.variable
    chosen = _over(name, closure(node.collection), node.where)
    body = closure(node.body) if node.body else None
    joins = node.body is not None and node.body.type.base == "list"

    def collect(w: World, v: Variables) -> Sequence[Any]:
        found, items = chosen(w, v)
        paths = [items.path] if isinstance(items, Partial) else []
        if body is not None:
            parts = [body(w, {**v, name: item}) for item in found]
            if joins:
                paths += [part.path for part in parts if isinstance(part, Partial)]
                parts = [item for part in parts for item in part]
            found = _once(parts)
        return Partial.of(found, paths[0]) if paths else tuple(found)

    return collect


def _bounded_by(where: Expression | None, name: str) -> list[Closure] | None:
    """The lists in which a condition says that an item lies; None if it says nothing of the kind.

    An item that the case does not list lies in no list that is complete.
    """
    match where:
        case Member(item=Variable(name=item), options=(options,), negated=False) if item == name:
            return [closure(options)] if options.type.base == "list" else None
        case Or(operands=operands):
            found = [_bounded_by(operand, name) for operand in operands]
            return None if None in found else [one for lists in found if lists for one in lists]
        case And(operands=operands):
            return next((f for o in operands if (f := _bounded_by(o, name)) is not None), None)
        case Quantify(function="any", collection=collection, body=body):
            inner = _bounded_by(body, name)
            return None if inner is None else [closure(collection)]
        case _:
            return None


def _once(items: Iterable[Any]) -> list[Any]:
    seen: dict[object, Any] = {}
    for item in items:
        seen.setdefault(getattr(item, "id", item), item)
    return list(seen.values())


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


def _listed(node: Listed) -> Closure:
    items = tuple(closure(item) for item in node.items)
    return lambda w, v: tuple(item(w, v) for item in items)


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
    "months_after": (lambda day, n: add_period(day, months(n)), (1, 1)),
    "days_after": (lambda day, n: add_period(day, days(n)), (1, 1)),
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
        return lambda w, v: arguments[0](w, v).up(arguments[1](w, v), clamp=True)
    fold = _FOLDS[node.function]

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
    Member: _member,
    And: _and,
    Or: _or,
    Not: _not,
    Arithmetic: _arithmetic,
    Negate: _negate,
    Quantify: _quantify,
    Collect: _collect,
    Listed: _listed,
    At: _at,
    Established: _established,
    Verified: _verified,
    Statistic: _statistic,
    ResultsOf: _results_of,
    Call: _call,
}
