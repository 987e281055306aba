"""Closures over lists: `any`, `all`, `count`, `sum`, `min`, `max`, `first`, lists made, membership.

`any` is true if it is for one item, `all` false if it is false for one; over nothing both are
false, `count` and `sum` are 0 and the others have no value (semantics, "Facts"). Where the case
does not list everything, an answer that one more item could change is undecided.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from engine.inference.asked import OPEN, Closure, Compile, Variables, World
from engine.inference.connectives import conjunction, disjunction, negation
from engine.inference.partial import Partial, no_more
from engine.inference.undecided import Stopped, Undecided, Unproved, foremost
from engine.language.expression import (
    And,
    Collect,
    Expression,
    Listed,
    Literal,
    Member,
    Or,
    Quantify,
    Variable,
)
from engine.values.dates import Period, compare_periods
from engine.values.money import Money
from engine.values.open_date import Dated, applied
from engine.values.open_number import Open, open_max, open_min
from engine.values.truth import TRUE, UNKNOWN, Comparison


def member(node: Member, of: Compile) -> Closure:
    """Whether a value is one of some values, or in a list."""
    item = of(node.item)
    options = tuple(of(option) for option in node.options)
    is_list = len(options) == 1 and node.options[0].type.base == "list"
    entities = node.item.type.base == "entity"
    may_be_open = node.item.type.base in ("number", "money", "date")
    literals = [option.value for option in node.options if isinstance(option, Literal)]

    if len(literals) == len(options) and not may_be_open and node.item.type.base != "step":
        words = frozenset(literals)
        if node.negated:
            return lambda w, v: item(w, v) not in words
        return lambda w, v: item(w, v) in words

    def among(w: World, v: Variables) -> bool:
        value = item(w, v)
        candidates = options[0](w, v) if is_list else tuple([option(w, v) for option in options])
        if not isinstance(candidates, tuple):  # a set of codes that is not known
            return bool(candidates.contains(w, value))
        if entities:
            for candidate in candidates:
                if value.id == candidate.id:
                    return True
        elif may_be_open and (type(value) in OPEN or any(type(c) in OPEN for c in candidates)):
            if any(w.decide("==", value, candidate) for candidate in candidates):
                return True
        elif value in candidates:
            return True
        no_more(candidates)
        return False

    return negation(among) if node.negated else among


def listed(node: Listed, of: Compile) -> Closure:
    """A list written out."""
    items = tuple(of(item) for item in node.items)
    return lambda w, v: tuple(item(w, v) for item in items)


def _over(
    name: str, collection: Closure, where: Expression | None, of: Compile
) -> Callable[[World, Variables], tuple[Sequence[Any], Sequence[Any]]]:
    """The items for which `where` is true, and the list they come from.

    The list is as good as complete where the condition keeps to lists that are.
    """
    if where is None:

        def everything(w: World, v: Variables) -> tuple[Sequence[Any], Sequence[Any]]:
            items = collection(w, v)
            return items, items

        return everything
    condition = of(where)
    bounds = _bounded_by(where, name, of)

    def chosen(w: World, v: Variables) -> tuple[Sequence[Any], Sequence[Any]]:
        items = collection(w, v)
        found: list[Any] = []
        if items:
            inner = {**v}
            for item in items:
                inner[name] = item
                if condition(w, inner):
                    found.append(item)
        if (
            type(items) is Partial
            and bounds is not None
            and not any(type(bound(w, v)) is Partial for bound in bounds)
        ):
            items = tuple(items)
        return found, items

    return chosen


def quantify(node: Quantify, of: Compile) -> Closure:
    """`any`, `all`, `count`, `sum`, `min`, `max` or `first` over a list."""
    name, collection = node.variable, of(node.collection)
    where = of(node.where) if node.where else None
    body = of(node.body) if node.body else None
    if node.function in ("any", "all"):
        assert body is not None
        return _any_or_all(node.function, name, collection, where, body)
    chosen = _over(name, collection, node.where, of)
    if node.function == "count" and where is None:
        label = node.source

        def count_all(w: World, v: Variables) -> Any:
            items = collection(w, v)
            if type(items) is Partial:
                return len(items) + w.unlisted(f"{items.path}[{label}]")
            return len(items)

        return count_all
    if node.function == "count":
        label = node.source

        def count(w: World, v: Variables) -> Any:
            found, items = chosen(w, v)
            if type(items) is Partial:
                return len(found) + w.unlisted(f"{items.path}[{label}]")
            return len(found)

        return count
    if node.function == "first":
        return _first(name, chosen, of(node.by) if node.by else None)
    fold = FOLDS[node.function]
    empty_is_zero = node.function == "sum" and node.type.base == "number"
    assert body is not None

    def folded(w: World, v: Variables) -> Any:
        found, items = chosen(w, v)
        no_more(items)
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
            if not isinstance(items, tuple):  # a set of codes that is not known
                telling = [code for code in items.codes if each(w, {**v, name: code})]
                return any(items.contains(w, code) for code in telling)
            stops: list[Stopped] = []
            inner = {**v} if items else v
            for item in items:
                inner[name] = item
                try:
                    if each(w, inner):
                        return True
                except (Undecided, Unproved) as stop:
                    stops.append(stop.kept())
            no_more(items)
            if stops:
                raise foremost(stops)
            return False

        return one_true
    holds = body if where is None else disjunction([negation(where), body])

    def all_true(w: World, v: Variables) -> bool:
        items = collection(w, v)
        stops: list[Stopped] = []
        members = False
        inner = {**v}
        for item in items:
            inner[name] = item
            try:
                if not holds(w, inner):
                    return False
                members = members or where is None or where(w, inner)
            except (Undecided, Unproved) as stop:
                stops.append(stop.kept())
        no_more(items)
        if stops:
            raise foremost(stops)
        return members

    return all_true


def _first(
    name: str,
    chosen: Callable[[World, Variables], tuple[Sequence[Any], Sequence[Any]]],
    by: Closure | None,
) -> Closure:
    def first(w: World, v: Variables) -> Any:
        found, items = chosen(w, v)
        no_more(items)
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
    if isinstance(a, Period):
        return a if longer_or_not("<=", a, b) else b
    return min(a, b)


def greatest_of(a: Any, b: Any) -> Any:
    """The greater of two values, open or not."""
    if isinstance(a, Open) or isinstance(b, Open):
        return open_max(a, b)
    if isinstance(a, Dated) or isinstance(b, Dated):
        return applied(max, (a, b), (1, 1))
    if isinstance(a, Period):
        return a if longer_or_not(">=", a, b) else b
    return max(a, b)


def longer_or_not(op: Comparison, a: Period, b: Period) -> bool:
    """A comparison of periods; where it depends on the day on which they begin nothing proves it.

    >>> from engine.values.dates import days, years
    >>> longer_or_not("<", days(300), years(1))
    True
    """
    truth = compare_periods(op, a, b)
    if truth is UNKNOWN:
        raise Unproved()
    return truth is TRUE


FOLDS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "sum": operator.add,
    "min": least_of,
    "max": greatest_of,
}
"""How two values of a list become one."""


def collect(node: Collect, of: Compile) -> Closure:
    """A list made of another, each entity once."""
    name = node.variable
    chosen = _over(name, of(node.collection), node.where, of)
    body = of(node.body) if node.body else None
    joins = node.body is not None and node.body.type.base == "list"

    def collected(w: World, v: Variables) -> Sequence[Any]:
        found, items = chosen(w, v)
        paths = [items.path] if type(items) is Partial else []
        if body is not None:
            parts = [body(w, {**v, name: item}) for item in found]
            if joins:
                paths += [part.path for part in parts if type(part) is Partial]
                parts = [item for part in parts for item in part]
            found = _once(parts)
        return Partial.of(found, paths[0]) if paths else tuple(found)

    return collected


def _bounded_by(where: Expression | None, name: str, of: Compile) -> list[Closure] | None:
    """The lists in which a condition says that an item lies; None if it says nothing of the kind.

    An item that the case does not list lies in no list that is complete.
    """
    match where:
        case Member(item=Variable(name=item), options=(options,), negated=False) if item == name:
            return [of(options)] if options.type.base == "list" else None
        case Or(operands=operands):
            found = [_bounded_by(operand, name, of) for operand in operands]
            return None if None in found else [one for lists in found if lists for one in lists]
        case And(operands=operands):
            return next((f for o in operands if (f := _bounded_by(o, name, of)) is not None), None)
        case Quantify(function="any", collection=collection, body=body):
            inner = _bounded_by(body, name, of)
            return None if inner is None else [of(collection)]
        case _:
            return None


def _once(items: Iterable[Any]) -> list[Any]:
    seen: dict[object, Any] = {}
    for item in items:
        key = getattr(item, "id", item)
        if key not in seen:
            seen[key] = item
    return list(seen.values())
