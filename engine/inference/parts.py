"""What compiling makes of expressions: worked out once for all programs of a law.

Hundreds of programs share their versions. Expressions live as long as the law that has read them,
and so does what is kept here: an id means one expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any, Final, TypeAlias

from engine.inference.asked import Closure
from engine.inference.closures import STANDINGS, closure
from engine.inference.effects import EFFECTS, bearers_of, values_of
from engine.inference.rule_parts import (
    Leaf,
    Values,
    VersionKey,
    leaves_of,
    refuses,
    values_given,
)
from engine.language.dependencies import walk
from engine.language.expression import (
    At,
    Call,
    Expression,
    Read,
    ResultsOf,
    Statistic,
    Verified,
)
from engine.language.graph import expressions_of
from engine.language.rule_expressions import conclusion_of, expressions_in
from engine.language.ruleset import Define, Rule
from engine.law.vocabulary import Vocabulary
from engine.values.gathering import gathered

MOST: Final = 100_000
"""So many things are numbered at once."""
Papers: TypeAlias = tuple[str, tuple[str, ...]]
"""A fact of which it is asked whether it is verified, and the issuers of the papers."""


@dataclass(frozen=True, slots=True)
class RuleSymbols:
    """What a rule reads in its conditions and in what it computes, also through formulas of the
    vocabulary, and what it gives."""

    conditions: frozenset[str]
    computes: frozenset[str]
    given: tuple[str, ...]
    refuses: bool


class Numbers:
    """A number for each thing, the same for the same thing; after very many, another one."""

    def __init__(self) -> None:
        self._of: dict[Any, int] = {}
        self._next = count()

    def of(self, one: Any) -> int:
        """The number of a thing that can be a key."""
        if len(self._of) >= MOST:
            self._of.clear()
        return self._of.setdefault(one, next(self._next))


@dataclass
class Parts:
    """Closures and symbols of expressions, and of the formulas of a vocabulary; what else compiling
    makes of a rule."""

    vocabulary: Vocabulary
    chapters: dict[object, Any] = field(default_factory=dict)
    """What programs took of versions (`engine.inference.chapters`), by what it was taken for."""
    numbers: Numbers = field(default_factory=Numbers)
    """Of what programs say."""
    _closures: dict[int, tuple[Expression, Closure]] = field(default_factory=dict)
    _symbols: dict[int, tuple[Expression, frozenset[str]]] = field(default_factory=dict)
    _rules: dict[int, tuple[Rule, RuleSymbols]] = field(default_factory=dict)
    _leaves: dict[tuple[int, VersionKey], tuple[Rule, tuple[Leaf, ...]]] = field(
        default_factory=dict
    )
    _values: dict[tuple[int, str, int | None], tuple[Rule, Values]] = field(default_factory=dict)
    _members: dict[str, Closure] = field(default_factory=dict)
    _verified: dict[int, tuple[Rule, tuple[Papers, ...]]] = field(default_factory=dict)
    _plain: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    _reached: dict[str, frozenset[str]] = field(default_factory=dict)

    def closure(self, expression: Expression) -> Closure:
        """The closure of an expression."""
        found = self._closures.get(id(expression))
        if found is None:
            found = self._closures[id(expression)] = expression, closure(expression)
        return found[1]

    def members(self, collection: Expression) -> Closure:
        """The closure of a collection, one for each text: a world keeps what it holds."""
        found = self._members.get(collection.source)
        if found is None:
            found = self._members[collection.source] = self.closure(collection)
        return found

    def leaves(self, rule: Rule, version: VersionKey) -> tuple[Leaf, ...]:
        """The leaves of a rule of a version, the same in every program."""
        key = id(rule), version
        found = self._leaves.get(key)
        if found is None:
            made = leaves_of(rule, version, self.closers, self.closure, self.members)
            found = self._leaves[key] = rule, made
        return found[1]

    def values(self, rule: Rule, index: int, called: str) -> Values:
        """What a rule gives and whom it concerns; its place in the program is named by a refusal
        only."""
        key = id(rule), called, index if self.of_rule(rule).refuses else None
        found = self._values.get(key)
        if found is None:
            made = values_given(rule, index, called, self.closure)
            found = self._values[key] = rule, made
        return found[1]

    @cached_property
    def closers(self) -> Mapping[tuple[str, str], tuple[tuple[str, object], ...]]:
        """By effect and conclusion: the facts that close it, each with the value that does."""
        facts = self.vocabulary.facts.items()
        closing = ((key, fact.closes) for key, fact in facts if fact.closes)
        return gathered(((one.effect, one.object), (key, one.value)) for key, one in closing)

    def verified(self, rule: Rule) -> tuple[Papers, ...]:
        """The facts that a rule wants verified."""
        found = self._verified.get(id(rule))
        if found is None:
            found = self._verified[id(rule)] = rule, tuple(_verified(expressions_in(rule)))
        return found[1]

    @cached_property
    def verified_in_formulas(self) -> tuple[Papers, ...]:
        """The facts that formulas of the vocabulary want verified."""
        return tuple(_verified(one.expression for one in self.vocabulary.formulas.values()))

    @cached_property
    def formulas(self) -> Mapping[str, Closure]:
        """The closures of the formulas of the vocabulary."""
        formulas = self.vocabulary.formulas.items()
        return {key: self.closure(formula.expression) for key, formula in formulas}

    def symbols(self, expressions: Iterable[Expression]) -> frozenset[str]:
        """Names read, and `permit`, `forbid`, `postpone`, `results_of:<kind>` for what they ask."""
        return frozenset[str]().union(*map(self._symbols_of, expressions))

    def reached(self, expressions: Iterable[Expression]) -> frozenset[str]:
        """The symbols of expressions, and what these read in turn through the formulas of the
        vocabulary."""
        return self._through_formulas(self.symbols(expressions))

    def _through_formulas(self, symbols: frozenset[str]) -> frozenset[str]:
        return symbols.union(*map(self._reached_from, symbols))

    def _reached_from(self, symbol: str) -> frozenset[str]:
        found = self._reached.get(symbol)
        if found is None:
            seen, todo = {symbol}, [symbol]
            while todo:
                formula = self.vocabulary.formulas.get(todo.pop())
                if formula is not None:
                    new = self._symbols_of(formula.expression) - seen
                    seen |= new
                    todo += new
            found = self._reached[symbol] = frozenset(seen)
        return found

    def of_rule(self, rule: Rule) -> RuleSymbols:
        """The symbols of a rule, which is the same rule in many programs."""
        found = self._rules.get(id(rule))
        if found is None:
            found = self._rules[id(rule)] = rule, self._of_rule(rule)
        return found[1]

    def _of_rule(self, rule: Rule) -> RuleSymbols:
        subject = [rule.subject.collection] if rule.subject else []
        values = [value for effect in rule.effects for _, value in values_of(effect)]
        values += [b for effect in rule.effects if (b := bearers_of(effect)) is not None]
        given: list[str] = []
        for effect in rule.effects:
            if isinstance(effect, Define):
                given.append(effect.key)
            else:
                given += [EFFECTS[type(effect)], f"results_of:{conclusion_of(effect)}"]
        return RuleSymbols(
            conditions=self.reached([*subject, *rule.when, *rule.unless]),
            computes=self.reached(e for value in values for e in expressions_of(value)),
            given=tuple(given),
            refuses=refuses(rule),
        )

    def _symbols_of(self, expression: Expression) -> frozenset[str]:
        found = self._symbols.get(id(expression))
        if found is None:
            symbols: set[str] = set()
            for part in walk(expression):
                match part:
                    case Read(key=key):
                        symbols.add(key)
                    case Call(function=function) if function in STANDINGS:
                        symbols |= {"permit", "forbid", "postpone"}
                    case ResultsOf(kind=kind):
                        symbols.add(f"results_of:{kind}")
            found = self._symbols[id(expression)] = expression, frozenset(symbols)
        return found[1]

    def plain(self, terms: Iterable[str]) -> frozenset[str]:
        """Names of facts, of lists of entities, and of formulas over such names and nothing else.

        `terms`: names that versions define in their own way; they do not count.
        """
        own = frozenset(terms)
        if own not in self._plain:
            self._plain[own] = self._find_plain(own)
        return self._plain[own]

    @cached_property
    def _reads_of_case(self) -> Mapping[str, set[str]]:
        """By formula that keeps to the case: the names that it reads."""
        bodies = {k: list(walk(one.expression)) for k, one in self.vocabulary.formulas.items()}
        return {
            key: {part.key for part in body if isinstance(part, Read)}
            for key, body in bodies.items()
            if all(map(_keeps_to_the_case, body))
        }

    def _find_plain(self, terms: frozenset[str]) -> frozenset[str]:
        words = self.vocabulary
        found = {key for key in words.facts} | {f"every_{kind}" for kind in words.kinds}
        open_ = {key: names for key, names in self._reads_of_case.items() if key not in terms}
        while ready := {key for key, names in open_.items() if names <= found}:
            found |= ready
            open_ = {key: names for key, names in open_.items() if key not in ready}
        return frozenset(found)


def _keeps_to_the_case(part: Expression) -> bool:
    match part:
        case Call(function=function):
            return function not in STANDINGS and function != "within"
        case _:
            return not isinstance(part, Statistic | ResultsOf)


def _verified(expressions: Iterable[Expression]) -> Iterator[Papers]:
    for part in (part for expression in expressions for part in walk(expression)):
        if isinstance(part, Verified):
            fact = part.fact.fact if isinstance(part.fact, At) else part.fact
            if isinstance(fact, Read):
                yield fact.key, part.issuers
