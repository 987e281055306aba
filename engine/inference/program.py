"""A program: the rules of some versions, compiled once, in the order in which they can be settled.

Rules are grouped by the kind of their subject, for one binding of a group is settled by one
network. A rule's stratum is one more than that of every rule whose result its conditions read:
rules that define a name they read (also through terms and through the values of other names),
rules whose grounds they ask about, and rules that override it. A cycle is an error with its path.

Every condition of a rule, every exception, every choice is a *leaf* of its group; leaves that say
the same are one leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, Final, Literal, TypeAlias

from engine.inference.clauses import Clause, Settler
from engine.inference.closures import STANDINGS, Closure, closure
from engine.inference.values import ValueClosure, value_closure
from engine.language.dependencies import walk
from engine.language.expression import Call as CallNode
from engine.language.expression import Expression, Read, ResultsOf
from engine.language.graph import expressions_of
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import (
    Charge,
    Competence,
    Define,
    Duty,
    Effect,
    Forbid,
    Governs,
    Grant,
    Lapse,
    OverrideRule,
    Permit,
    Plain,
    Postpone,
    Rank,
    Refuse,
    Rule,
    Sanction,
    Status,
    TimeLimit,
    Value,
    Version,
)
from engine.law.vocabulary import Vocabulary

EFFECTS: Final[dict[type, str]] = {
    Define: "define",
    Permit: "permit",
    Forbid: "forbid",
    Postpone: "postpone",
    Charge: "charge",
    Lapse: "lapse",
    Refuse: "refuse",
    Sanction: "sanction",
    Grant: "grant",
    Duty: "duty",
    TimeLimit: "time",
    Competence: "competence",
    Governs: "governs",
    Status: "status",
}
"""The word of each effect in the rule language."""

RANKS: Final[tuple[Rank, ...]] = (
    "constitution",
    "law",
    "administrative-regulation",
    "local-regulation",
    "rule",
    "party-rule",
    "policy-document",
)
"""Highest first."""

VersionKey: TypeAlias = tuple[str, str]
"""Instrument and version."""
LeafKind: TypeAlias = Literal["scope", "open", "when", "unless", "may", "text"]


class ProgramError(ValueError):
    """Rules that cannot be put in an order: the path of the cycle."""

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(" → ".join(path))
        self.path = tuple(path)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition of a group.

    - `scope`: the version governs the subject, which is one of the rule's collection
    - `open`: no finding closes the conclusion for the subject
    - `when`, `unless`: a condition, an exception
    - `may`: the authority's choice; `text`: the rule was not read with enough confidence
    """

    number: int
    kind: LeafKind
    name: str
    condition: Closure | None
    variable: str | None
    version: VersionKey
    effect: str
    collection: Closure | None
    early: bool
    """Whether membership can be told before any rule is settled."""
    source: Expression | None


@dataclass(frozen=True, slots=True)
class ProgramRule:
    """A rule of a version in a program."""

    index: int
    rule: Rule
    version: VersionKey
    effect: str
    stratum: int
    clause: int
    """Its place in the clauses of its group."""
    leaves: tuple[int, ...]
    """All its leaves: scope and text, conditions, exceptions, the choice last."""
    overridden_by: tuple[int, ...]
    """Rules of this program that take its place."""
    relies_on: frozenset[int]
    """Rules whose results it reads, directly or not."""
    values: tuple[tuple[str, Expression | None, ValueClosure], ...]
    """What it gives: (what, subject, value) of each definition, or its amount and the like."""
    bearers: ValueClosure | None
    """Whom it concerns: who pays, who is sanctioned, to whom it grants."""


@dataclass(slots=True)
class Group:
    """The rules for one kind of subject, None for the case. `settlers` grow with the bindings."""

    kind: str | None
    rules: tuple[int, ...]
    clauses: tuple[Clause, ...]
    leaves: tuple[Leaf, ...]
    leaves_of: dict[int, tuple[Leaf, ...]]
    """The leaves that the clauses of each stratum use."""
    clauses_of: dict[int, tuple[int, ...]]
    settlers: dict[str, list[Settler]] = field(default_factory=dict)
    """By the name of the inference, one for each binding at a time."""


@dataclass(frozen=True, slots=True)
class Program:
    """Compiled rules. `definers`: for each name the rules that define it."""

    rules: tuple[ProgramRule, ...]
    groups: tuple[Group, ...]
    strata: int
    definers: dict[str, tuple[int, ...]]
    by_effect: dict[str, tuple[int, ...]]
    by_conclusion: dict[tuple[str, str], tuple[int, ...]]
    """By effect and conclusion: the rules that draw it."""
    formulas: dict[str, Closure]
    terms: dict[str, tuple[tuple[VersionKey, Closure], ...]]
    """Terms that versions define in their own way."""
    versions: dict[VersionKey, Version]
    vocabulary: Vocabulary
    closures: dict[int, Any]
    """Closures of conditions and values that the trace evaluates once more, by identity."""
    sentences: dict[tuple[int, str], str]
    """Conditions as sentences, by identity and language."""
    lock: RLock
    """Held while a world is settled: the networks stand for one evaluation at a time."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A version and the effects for which it is taken; None: all."""

    version: Version
    effects: frozenset[str] | None


def word_of(rule: Rule) -> str:
    """The word of what a rule does; one that does nothing itself leaves something open, and goes
    with the effect of that."""
    if rule.effects:
        return EFFECTS[type(rule.effects[0])]
    word, _, conclusion = rule.opens[0].partition(" ")
    return word if conclusion else EFFECTS[Define]


def values_of(effect: Effect) -> Iterator[tuple[str, Value]]:
    """What an effect computes, each with what it gives; the first is what is compared."""
    match effect:
        case Define(key=key, value=value):
            yield key, value
        case Charge(what=what, amount=amount):
            yield what, amount
        case Sanction(what=what, measure=measure, period=period):
            yield what, measure
            yield from _given(what, period=period)
        case Grant(what=what):
            if effect.amount is not None:
                yield what, effect.amount
            yield from _given(
                what,
                total=effect.total,
                duration=effect.duration,
                start=effect.start,
                until=effect.until,
            )
        case TimeLimit(what=what):
            yield from _given(
                what, start=effect.start, length=effect.length, suspended=effect.suspended
            )
        case Lapse(what=what, day=day) if day is not None:
            yield f"{what}.day", Plain(day)
        case Governs(place=place, day=day):
            yield "place", Plain(place)
            yield "day", Plain(day)
        case Competence(what=what, place=place):
            yield f"{what}.place", Plain(place)
        case Status(what=what, start=start, length=length):
            yield from _given(what, start=start, length=length)
        case _:
            return


def _given(what: str, **parts: Value | Expression | None) -> Iterator[tuple[str, Value]]:
    for name, part in parts.items():
        if part is not None:
            value = Plain(part) if isinstance(part, Expression) else part
            yield f"{what}.{name}", value


def bearers_of(effect: Effect) -> Value | None:
    """Whom an effect concerns, where it says so: an entity or a list."""
    match effect:
        case Charge(payer=payer):
            return payer
        case Sanction(bearer=bearer) | Duty(bearer=bearer):
            return Plain(bearer)
        case Grant(to=to):
            return Plain(to)
        case _:
            return None


def symbols_of(expressions: Iterable[Expression]) -> set[str]:
    """Names read, and `permit`, `forbid`, `postpone`, `results_of:<kind>` for what they ask."""
    symbols: set[str] = set()
    for expression in expressions:
        for node in walk(expression):
            match node:
                case Read(key=key):
                    symbols.add(key)
                case CallNode(function=function) if function in STANDINGS:
                    symbols |= {"permit", "forbid", "postpone"}
                case ResultsOf(kind=kind):
                    symbols.add(f"results_of:{kind}")
    return symbols


def compile_program(slots: Sequence[Slot], vocabulary: Vocabulary) -> Program:
    """Compile the rules of the slots, in an order that depends on their names only.

    Raises `ProgramError` if rules depend on themselves.
    """
    chosen = _chosen(slots)
    versions = {_key(slot.version): slot.version for slot in slots}
    terms: dict[str, list[tuple[VersionKey, Expression]]] = {}
    for key, version in sorted(versions.items(), key=lambda item: item[0]):
        for name, expression in version.terms:
            terms.setdefault(name, []).append((key, expression))
    order = _Order(chosen, vocabulary, terms)
    strata = [order.stratum(i) for i in range(len(chosen))]
    leaves = _Leaves(vocabulary, order)
    groups: dict[str | None, list[int]] = {}
    for i, (rule, _) in enumerate(chosen):
        groups.setdefault(rule.subject.kind if rule.subject else None, []).append(i)
    place = {i: n for members in groups.values() for n, i in enumerate(members)}
    rules = tuple(
        ProgramRule(
            index=i,
            rule=rule,
            version=version,
            effect=word_of(rule),
            stratum=strata[i],
            clause=place[i],
            leaves=leaves.of(rule, version),
            overridden_by=order.overriders[i],
            relies_on=frozenset(order.reaches(i)),
            values=tuple(
                (what, _subject_of(effect), value_closure(value, i, rule.local, what))
                for effect in rule.effects
                for what, value in values_of(effect)
            ),
            bearers=_bearers_closure(rule, i),
        )
        for i, (rule, version) in enumerate(chosen)
    )
    definers: dict[str, list[int]] = {}
    by_effect: dict[str, list[int]] = {}
    by_conclusion: dict[tuple[str, str], list[int]] = {}
    for program_rule in rules:
        if not program_rule.rule.effects:
            continue
        by_effect.setdefault(program_rule.effect, []).append(program_rule.index)
        concluded = conclusion_of(program_rule.rule.effects[0])
        if concluded is not None:
            key = (program_rule.effect, concluded)
            by_conclusion.setdefault(key, []).append(program_rule.index)
        for effect in program_rule.rule.effects:
            if isinstance(effect, Define):
                definers.setdefault(effect.key, []).append(program_rule.index)
    return Program(
        rules=rules,
        groups=tuple(
            _group(kind, members, rules, leaves.table.get(kind, []), place)
            for kind, members in groups.items()
        ),
        strata=max(strata, default=-1) + 1,
        definers={key: tuple(indexes) for key, indexes in definers.items()},
        by_effect={effect: tuple(indexes) for effect, indexes in by_effect.items()},
        by_conclusion={key: tuple(indexes) for key, indexes in by_conclusion.items()},
        formulas={key: closure(f.expression) for key, f in vocabulary.formulas.items()},
        terms={
            name: tuple((key, closure(expression)) for key, expression in own)
            for name, own in terms.items()
        },
        versions=versions,
        vocabulary=vocabulary,
        closures={},
        sentences={},
        lock=RLock(),
    )


def _key(version: Version) -> VersionKey:
    return version.instrument.id, version.id


def _chosen(slots: Sequence[Slot]) -> list[tuple[Rule, VersionKey]]:
    chosen: dict[tuple[VersionKey, str], tuple[Rule, VersionKey]] = {}
    for slot in slots:
        key = _key(slot.version)
        for rule in slot.version.rules:
            if slot.effects is None or word_of(rule) in slot.effects:
                chosen[key, rule.local] = (rule, key)
    return [chosen[name] for name in sorted(chosen)]


def _subject_of(effect: Effect) -> Expression | None:
    return effect.subject if isinstance(effect, Define) else None


def _bearers_closure(rule: Rule, index: int) -> ValueClosure | None:
    bearers = bearers_of(rule.effects[0]) if rule.effects else None
    return None if bearers is None else value_closure(bearers, index, rule.local, "payer")


class _Order:
    """Which rule must be settled before which."""

    def __init__(
        self,
        chosen: Sequence[tuple[Rule, VersionKey]],
        vocabulary: Vocabulary,
        terms: dict[str, list[tuple[VersionKey, Expression]]],
    ) -> None:
        self.chosen = chosen
        self.formulas = {
            key: symbols_of([formula.expression]) for key, formula in vocabulary.formulas.items()
        }
        for name, own in terms.items():
            self.formulas[name] = self.formulas.get(name, set()).union(
                *(symbols_of([expression]) for _, expression in own)
            )
        self.conditions: list[set[str]] = []
        self.computes: list[set[str]] = []
        self.givers: dict[str, list[int]] = {}
        for i, (rule, _) in enumerate(chosen):
            subject = [rule.subject.collection] if rule.subject else []
            self.conditions.append(symbols_of([*subject, *rule.when, *rule.unless]))
            computed = [
                expression
                for effect in rule.effects
                for _, value in values_of(effect)
                for expression in expressions_of(value)
            ]
            bearers = [b for effect in rule.effects if (b := bearers_of(effect)) is not None]
            computed += [expression for value in bearers for expression in expressions_of(value)]
            self.computes.append(symbols_of(computed))
            for effect in rule.effects:
                word = EFFECTS[type(effect)]
                results = f"results_of:{conclusion_of(effect)}"
                given = [effect.key] if isinstance(effect, Define) else [word, results]
                for symbol in given:
                    self.givers.setdefault(symbol, []).append(i)
        self.overriders = [self._overriders(i) for i in range(len(chosen))]
        self._strata: dict[int, int] = {}
        self._reached: dict[frozenset[str], set[int]] = {}
        self._path: list[int] = []

    def _overriders(self, index: int) -> tuple[int, ...]:
        rule, version = self.chosen[index]
        kind = rule.subject.kind if rule.subject else None
        found = []
        for i, (other, other_version) in enumerate(self.chosen):
            if i == index or (other.subject.kind if other.subject else None) != kind:
                continue
            if any(
                _yields(rule, override, version == other_version, other)
                for override in other.overrides
            ):
                found.append(i)
        return tuple(found)

    def givers_of(self, expressions: Iterable[Expression]) -> set[int]:
        """The rules whose results the expressions read."""
        return self._givers_of(symbols_of(expressions))

    def _givers_of(self, symbols: set[str]) -> set[int]:
        """The rules whose results these symbols read, through terms and values of names."""
        key = frozenset(symbols)
        if key not in self._reached:
            rules: set[int] = set()
            seen: set[str] = set()
            todo = sorted(symbols)
            while todo:
                symbol = todo.pop()
                if symbol in seen:
                    continue
                seen.add(symbol)
                todo += self.formulas.get(symbol, ())
                for i in self.givers.get(symbol, ()):
                    if i not in rules:
                        rules.add(i)
                        todo += self.computes[i]
            self._reached[key] = rules
        return self._reached[key]

    def stratum(self, index: int) -> int:
        """The stratum of a rule."""
        if index in self._strata:
            return self._strata[index]
        if index in self._path:
            cycle = [*self._path[self._path.index(index) :], index]
            raise ProgramError([self.chosen[i][0].name for i in cycle])
        self._path.append(index)
        before = self._givers_of(self.conditions[index]) | set(self.overriders[index])
        stratum = 1 + max((self.stratum(i) for i in sorted(before)), default=-1)
        self._path.pop()
        self._strata[index] = stratum
        return stratum

    def reaches(self, index: int) -> set[int]:
        """The rules on which a rule's result rests."""
        reached: set[int] = set()
        todo = [index]
        while todo:
            i = todo.pop()
            before = self._givers_of(self.conditions[i] | self.computes[i])
            for other in before | set(self.overriders[i]):
                if other not in reached:
                    reached.add(other)
                    todo.append(other)
        reached.discard(index)
        return reached


def _yields(rule: Rule, override: object, same_version: bool, other: Rule) -> bool:
    if isinstance(override, OverrideRule):
        names = (rule.local, rule.local.removeprefix(f"{other.article}/"))
        return same_version and rule.instrument == other.instrument and override.local in names
    conclusion: str = override.conclusion  # type: ignore[attr-defined]
    below: Rank = override.rank_below  # type: ignore[attr-defined]
    lower = RANKS.index(rule.rank) > RANKS.index(below)
    return lower and any(conclusion in _concludes(effect) for effect in rule.effects)


def _concludes(effect: Effect) -> tuple[str, ...]:
    match effect:
        case Define(key=key):
            return (key,)
        case Permit(object=what) | Forbid(object=what) | Postpone(object=what):
            return (what,)
        case Refuse(what=what):
            return (what,) if what else ()
        case Governs():
            return ("governs",)
        case _:
            return (effect.what,)


class _Leaves:
    """The leaves of all groups, each once."""

    def __init__(self, vocabulary: Vocabulary, order: _Order) -> None:
        self.vocabulary = vocabulary
        self.order = order
        self.table: dict[str | None, list[Leaf]] = {}
        self._numbers: dict[tuple[Any, ...], int] = {}

    def of(self, rule: Rule, version: VersionKey) -> tuple[int, ...]:
        """The leaves of a rule."""
        subject = rule.subject
        kind = subject.kind if subject else None
        variable = subject.variable if subject else None
        effect = word_of(rule)
        conclusions = tuple(_concludes(rule.effects[0])) if rule.effects else ()

        def leaf(
            leaf_kind: LeafKind, name: str, source: Expression | None = None, **more: Any
        ) -> int:
            # A condition is the same wherever its words and its variable are the same.
            key = (kind, leaf_kind, name, variable)
            if key not in self._numbers:
                leaves = self.table.setdefault(kind, [])
                self._numbers[key] = len(leaves)
                leaves.append(
                    Leaf(
                        number=len(leaves),
                        kind=leaf_kind,
                        name=name,
                        condition=closure(source) if source else None,
                        variable=variable,
                        version=version,
                        effect=effect,
                        collection=more.get("collection"),
                        early=more.get("early", False),
                        source=source,
                    )
                )
            return self._numbers[key]

        members = subject.collection.source if subject else ""
        numbers = [
            leaf(
                "scope",
                f"{version[0]} {version[1]} {effect} {members}",
                collection=closure(subject.collection) if subject else None,
                early=subject is None or not self.order.givers_of([subject.collection]),
            )
        ]
        if any(
            fact.closes and fact.closes.effect == effect and fact.closes.object in conclusions
            for fact in self.vocabulary.facts.values()
        ):
            numbers.append(leaf("open", conclusions[0]))
        if rule.confidence in ("unconfirmed", "memory"):
            numbers.append(leaf("text", f"{version[0]}/{version[1]}/{rule.local}"))
        for condition in rule.when:
            numbers.append(leaf("when", f"{condition.source}", condition))
        for exception in rule.unless:
            numbers.append(leaf("unless", f"{exception.source}", exception))
        if rule.may:
            numbers.append(leaf("may", rule.local))
        return tuple(numbers)


def _group(
    kind: str | None,
    members: Sequence[int],
    rules: Sequence[ProgramRule],
    leaves: Sequence[Leaf],
    place: dict[int, int],
) -> Group:
    clauses = []
    leaves_of: dict[int, dict[int, Leaf]] = {}
    clauses_of: dict[int, list[int]] = {}
    for i in members:
        rule = rules[i]
        mine = [leaves[number] for number in rule.leaves]
        clauses.append(
            Clause(
                index=place[i],
                stratum=rule.stratum,
                when=tuple(leaf.number for leaf in mine if leaf.kind != "unless"),
                unless=tuple(leaf.number for leaf in mine if leaf.kind == "unless"),
                overridden_by=tuple(place[o] for o in rule.overridden_by),
            )
        )
        leaves_of.setdefault(rule.stratum, {}).update((leaf.number, leaf) for leaf in mine)
        clauses_of.setdefault(rule.stratum, []).append(i)
    return Group(
        kind=kind,
        rules=tuple(members),
        clauses=tuple(clauses),
        leaves=tuple(leaves),
        leaves_of={stratum: tuple(found.values()) for stratum, found in leaves_of.items()},
        clauses_of={stratum: tuple(found) for stratum, found in clauses_of.items()},
    )


def settler_factory(name: Literal["rete", "reference"]) -> Callable[[Sequence[Clause]], Settler]:
    """How to settle: on a Rete network, or directly."""
    if name == "rete":
        from engine.inference.rete import ReteSettler

        return ReteSettler
    from engine.inference.reference import ReferenceSettler

    return ReferenceSettler


__all__ = ["Group", "Leaf", "Program", "ProgramError", "ProgramRule", "Slot", "compile_program"]
