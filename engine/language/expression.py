"""Expressions of the rule language after parsing and typing: a closed set of immutable nodes.

Every node carries its type and its place in the source, so that an error, a rendering and a trace
can point at it. `engine.language.parse` makes them from text; nothing else does.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.language.types import Type


@dataclass(frozen=True, slots=True)
class Span:
    """Where an expression stands: file, line, first column, last column (1-based, inclusive)."""

    file: str
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Expression:
    """What all nodes have: the type of their value, their place, their text as written."""

    type: Type
    span: Span
    source: str


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A constant: bool, int or Fraction, Money, datetime.date, Period, str (code, place, text),
    Step."""

    value: object


@dataclass(frozen=True, slots=True)
class Variable(Expression):
    """A name bound by `for` or by a quantifier; its value is an entity (or an item of a list)."""

    name: str


@dataclass(frozen=True, slots=True)
class Read(Expression):
    """The value of a name of the vocabulary for one subject; without one, for the whole case."""

    subject: Expression | None
    key: str


@dataclass(frozen=True, slots=True)
class PlacePart(Expression):
    """The county, city, province … in which a place lies: `place.county`."""

    place: Expression
    level: str


@dataclass(frozen=True, slots=True)
class Compare(Expression):
    """`left op right`, op one of < <= > >= == !=."""

    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Member(Expression):
    """`item in (a, b)` or `item in list`; `options` has several members, or one that is a list."""

    item: Expression
    options: tuple[Expression, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class And(Expression):
    """All operands are true."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or(Expression):
    """One operand at least is true."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not(Expression):
    """The operand is false."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic(Expression):
    """`left op right`, op one of + - * / **, exact."""

    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negate(Expression):
    """The operand with the other sign."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Quantify(Expression):
    """`any all count sum min max first` over the items of a list.

    `any(body for variable in collection if where)`; `count(variable for …)` has no body;
    `first(variable for … , by=order)` takes the item with the least `by`, and `body` then is None.
    """

    function: str
    variable: str
    collection: Expression
    where: Expression | None
    body: Expression | None
    by: Expression | None


@dataclass(frozen=True, slots=True)
class Listed(Expression):
    """`[a, b]`: a list written out, of one type."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Collect(Expression):
    """`[variable for variable in collection if where]`: for relations of the vocabulary.

    With a `body` other than the variable: `[body for …]`; when `body` is itself a list the lists
    are joined, each item once, in order.
    """

    variable: str
    collection: Expression
    where: Expression | None
    body: Expression | None


@dataclass(frozen=True, slots=True)
class At(Expression):
    """The value of a fact that varies: `at(fact, date)`, or `at(fact, year)`."""

    fact: Read
    when: Expression


@dataclass(frozen=True, slots=True)
class Established(Expression):
    """`established(fact)`: the fact is found, not merely alleged and not unestablished."""

    fact: Expression


@dataclass(frozen=True, slots=True)
class Stated(Expression):
    """`stated(fact)`: the case gives a value. What it does not say is not stated, never unknown."""

    fact: Expression


@dataclass(frozen=True, slots=True)
class Verified(Expression):
    """`verified(fact, by_all=[…])`: verified evidence of every (or, `by_any`, of one) issuer."""

    fact: Expression
    issuers: tuple[str, ...]
    all_of_them: bool


@dataclass(frozen=True, slots=True)
class Statistic(Expression):
    """`statistic(series, concept=…, status=…, level=…, place=…, year=…)`: money for one key.

    `level` None: the level of the place itself.
    """

    series: str
    concept: Expression
    status: Expression
    level: str | None
    place: Expression
    year: Expression


@dataclass(frozen=True, slots=True)
class ResultsOf(Expression):
    """`results_of(kind, of=bearer)`: what earlier strata concluded of this kind for this bearer."""

    kind: str
    bearer: Expression


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function of plain values.

    `year(date)`, `years_between(a, b)`, `months_between(a, b)`, `age_on(born, date)`,
    `before_age(born, n)`, `months_after(date, n)`, `days_after(date, n)`,
    `last_day(first, period)`, `within(event_date, start, period)`,
    `permitted(x)`, `forbidden(x)`, `postponed(x)`, `step(value, n)`, `min(a, …)`, `max(a, …)`.
    """

    function: str
    arguments: tuple[Expression, ...]


Number = int | Fraction
