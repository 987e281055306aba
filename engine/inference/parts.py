"""What compiling makes of expressions: worked out once for all programs of a law.

Hundreds of programs share their versions. Expressions live as long as the law that has read them,
and so does what is kept here: an id means one expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.inference.asked import Closure
from engine.inference.closures import STANDINGS, closure
from engine.inference.effects import EFFECTS, bearers_of, values_of
from engine.language.dependencies import walk
from engine.language.expression import Call, Expression, Read, ResultsOf, Statistic
from engine.language.graph import expressions_of
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Define, Rule
from engine.law.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class RuleSymbols:
    """What a rule reads in its conditions and in what it computes, and what it gives."""

    conditions: frozenset[str]
    computes: frozenset[str]
    given: tuple[str, ...]


@dataclass(slots=True)
class Parts:
    """Closures and symbols of expressions, and of the formulas of a vocabulary."""

    vocabulary: Vocabulary
    _closures: dict[int, tuple[Expression, Closure]] = field(default_factory=dict)
    _symbols: dict[int, tuple[Expression, frozenset[str]]] = field(default_factory=dict)
    _rules: dict[int, tuple[Rule, RuleSymbols]] = field(default_factory=dict)
    _plain: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    _formulas: Mapping[str, Closure] | None = None
    _read: Mapping[str, frozenset[str]] | None = None

    def closure(self, expression: Expression) -> Closure:
        """The closure of an expression."""
        found = self._closures.get(id(expression))
        if found is None:
            found = self._closures[id(expression)] = expression, closure(expression)
        return found[1]

    @property
    def formulas(self) -> Mapping[str, Closure]:
        """The closures of the formulas of the vocabulary."""
        if self._formulas is None:
            formulas = self.vocabulary.formulas.items()
            self._formulas = {key: self.closure(formula.expression) for key, formula in formulas}
        return self._formulas

    @property
    def formula_symbols(self) -> Mapping[str, frozenset[str]]:
        """The symbols of the formulas of the vocabulary, the same for every program."""
        if self._read is None:
            formulas = self.vocabulary.formulas.items()
            self._read = {key: self.symbols([formula.expression]) for key, formula in formulas}
        return self._read

    def symbols(self, expressions: Iterable[Expression]) -> frozenset[str]:
        """Names read, and `permit`, `forbid`, `postpone`, `results_of:<kind>` for what they ask."""
        return frozenset[str]().union(*map(self._symbols_of, expressions))

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
            conditions=self.symbols([*subject, *rule.when, *rule.unless]),
            computes=self.symbols(e for value in values for e in expressions_of(value)),
            given=tuple(given),
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

    def _find_plain(self, terms: frozenset[str]) -> frozenset[str]:
        words = self.vocabulary
        found = {key for key in words.facts} | {f"every_{kind}" for kind in words.kinds}
        bodies = {
            key: list(walk(formula.expression))
            for key, formula in words.formulas.items()
            if key not in terms
        }
        open_ = {
            key: {part.key for part in body if isinstance(part, Read)}
            for key, body in bodies.items()
            if all(map(_keeps_to_the_case, body))
        }
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
