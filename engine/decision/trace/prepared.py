"""What the trace asks of an expression, worked out once for each program: its value, the names it
reads and who defines them, its days, its figures, its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.inference.asked import Closure
from engine.inference.program import Program
from engine.language.dependencies import walk
from engine.language.expression import (
    Arithmetic,
    At,
    Compare,
    Expression,
    Negate,
    Read,
    ResultsOf,
    Statistic,
    Variable,
)
from engine.language.render import render_expression
from engine.law.vocabulary import Formula


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose name is read: a variable, or what an expression comes to; neither: of the case."""

    variable: str | None
    value: Closure | None

    @property
    def is_case(self) -> bool:
        """Whether it is the case."""
        return self.variable is None and self.value is None


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an expression reads. `amount`: the formula, where it gives a number or money."""

    key: str
    subject: Subject
    definers: tuple[int, ...]
    formula: Formula | None
    amount: Formula | None
    is_fact: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that an expression reads: the closures of what it is addressed by, and its value."""

    series: str
    level: str | None
    address: tuple[Closure, Closure, Closure, Closure]
    value: Closure


@dataclass(frozen=True, slots=True)
class Prepared:
    """An expression, ready to be told."""

    expression: Expression
    value: Closure
    operands: tuple[Prepared, ...]
    """Of a comparison or a calculation, whose operator is `sign`; a negation has none."""
    sign: str | None
    compares: bool
    origins: tuple[Name, ...]
    """Names that rules or formulas of an amount give."""
    sources: tuple[Name, ...]
    """Names behind which facts may stand."""
    days: tuple[tuple[str, Subject, Closure], ...]
    """Facts asked for on a day: key, subject, day."""
    figures: tuple[Figure, ...]
    results: tuple[tuple[str, Subject], ...]
    """Conclusions of other rules that are read: of which kind, for whom."""
    finding: dict[int, bool] = field(default_factory=dict)
    """Whether facts may stand behind it, by how many formulas are looked through."""
    said: list[str] = field(default_factory=list)
    """As a sentence, in Chinese and in English, once it was told."""

    @property
    def calculates(self) -> bool:
        """Whether it is an arithmetic of several values."""
        return bool(self.operands) and not self.compares


def prepared(program: Program, expression: Expression) -> Prepared:
    """The expression, prepared once."""
    # Expressions of rules and formulas last as long as the program: an id means one of them.
    found: Prepared | None = program.told.get(id(expression))
    if found is None:
        found = program.told[id(expression)] = _prepare(program, expression)
    return found


def sentence(program: Program, one: Prepared) -> tuple[str, str]:
    """The expression as a sentence, in Chinese and in English."""
    if not one.said:
        vocabulary = program.vocabulary
        one.said[:] = (
            render_expression(one.expression, vocabulary, "zh"),
            render_expression(one.expression, vocabulary, "en"),
        )
    return one.said[0], one.said[1]


def finds(program: Program, one: Prepared, through: int) -> bool:
    """Whether facts of the case may stand behind an expression, through so many formulas."""
    if through not in one.finding:
        one.finding[through] = bool(one.days) or any(
            name.is_fact or _formula_finds(program, name.formula, through) for name in one.sources
        )
    return one.finding[through]


def _formula_finds(program: Program, formula: Formula | None, through: int) -> bool:
    if formula is None or through == 0:
        return False
    return finds(program, prepared(program, formula.expression), through - 1)


def _prepare(program: Program, expression: Expression) -> Prepared:
    closure = program.parts.closure
    parts = list(walk(expression))
    days = [part for part in parts if isinstance(part, At)]
    names = [_name(program, part) for part in parts if isinstance(part, Read)]
    return Prepared(
        expression=expression,
        value=closure(expression),
        operands=tuple(prepared(program, operand) for operand in _operands(expression)),
        sign=expression.op if isinstance(expression, Arithmetic | Compare) else None,
        compares=isinstance(expression, Compare),
        origins=tuple(name for name in names if name.definers or name.amount),
        sources=tuple(name for name in names if name.is_fact or name.formula),
        days=tuple((d.fact.key, _subject(program, d.fact.subject), closure(d.when)) for d in days),
        figures=tuple(_figure(program, part) for part in parts if isinstance(part, Statistic)),
        results=tuple(
            (part.kind, _subject(program, part.bearer))
            for part in parts
            if isinstance(part, ResultsOf)
        ),
    )


def _operands(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return left, right
        case Negate(operand=operand):
            return (operand,)
        case _:
            return ()


def _name(program: Program, read: Read) -> Name:
    formula = program.vocabulary.formulas.get(read.key)
    return Name(
        key=read.key,
        subject=_subject(program, read.subject),
        definers=program.definers.get(read.key, ()),
        formula=formula,
        amount=formula if read.type.base in ("money", "number") else None,
        is_fact=read.key in program.vocabulary.facts,
    )


def _subject(program: Program, subject: Expression | None) -> Subject:
    if subject is None:
        return Subject(None, None)
    if isinstance(subject, Variable):
        return Subject(subject.name, None)
    return Subject(None, program.parts.closure(subject))


def _figure(program: Program, part: Statistic) -> Figure:
    closure = program.parts.closure
    address = (closure(part.concept), closure(part.status), closure(part.place), closure(part.year))
    return Figure(part.series, part.level, address, closure(part))
