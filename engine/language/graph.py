"""Which expressions a value holds, and circles among things that read each other.

>>> cycles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}})
[('b', 'c', 'b')]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.language.expression import Expression
from engine.language.ruleset import Between, Plain, Readings, Table, Value


def expressions_of(value: Value) -> Iterator[Expression]:
    """All expressions of a value: of every reading, every row, every input of a table."""
    match value:
        case Plain(expression=expression):
            yield expression
        case Between(low=low, high=high):
            yield low
            yield high
        case Readings(options=options):
            for _, option in options:
                yield from expressions_of(option)
        case Table(inputs=inputs, rows=rows):
            yield from inputs
            for row in rows:
                yield from expressions_of(row.value)


def cycles(reads: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """One circle through each knot of names that read each other; the first name comes last again.

    Names that are not keys of `reads` read nothing. The result does not depend on any order.
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in sorted(reads):
        if start not in done:
            _search(start, reads, done, found)
    return found


def _search(
    start: str,
    reads: Mapping[str, Collection[str]],
    done: set[str],
    found: list[tuple[str, ...]],
) -> None:
    path = [start]
    waiting = [iter(sorted(reads.get(start, ())))]
    while path:
        name = next(waiting[-1], None)
        if name is None:
            done.add(path.pop())
            waiting.pop()
        elif name in path:
            found.append((*path[path.index(name) :], name))
        elif name not in done and name in reads:
            path.append(name)
            waiting.append(iter(sorted(reads[name])))
