"""A program: the rules of some versions, compiled once (`engine.inference.compile`).

Rules are grouped by the kind of their subject, for one binding of a group is settled by one
network. Every condition of a rule, every exception, every choice is a *leaf* of its group; leaves
that say the same are one leaf. Groups are settled stratum by stratum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from engine.inference.answers import Answers, Root
from engine.inference.asked import Closure
from engine.inference.chapters import Chapter
from engine.inference.clauses import Clause
from engine.inference.order import Order
from engine.inference.parts import Parts
from engine.inference.reference import ReferenceSettler
from engine.inference.rete import ReteSettler
from engine.inference.rule_parts import Leaf
from engine.inference.rule_parts import VersionKey as VersionKey
from engine.inference.rule_parts import key_of as key_of
from engine.inference.values import ValueClosure
from engine.language.ruleset import Rule, Unread, Version
from engine.law.vocabulary import Vocabulary
from engine.values.truth import TRUE, UNKNOWN, Truth

Selected: TypeAlias = tuple[tuple[str, ...], frozenset[VersionKey]]
"""Effects, and the versions that are selected for them."""
Inference: TypeAlias = Literal["rete", "reference"]
"""How to settle: on a Rete network, or directly."""


MOST: Final = 1000
"""So many mappings of what governs are kept for a group."""


class Chosen(NamedTuple):
    """A rule that is taken, before anything is made of it; the fields as in `ProgramRule`."""

    rule: Rule
    version: VersionKey
    effect: str
    called: str
    overridden_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProgramRule:
    """A rule of a version in a program."""

    index: int
    rule: Rule
    kind: str | None
    """The kind of its subject; None: the case."""
    variable: str | None
    version: VersionKey
    effect: str
    leaves: tuple[Leaf, ...]
    """All its leaves: scope and text, conditions, exceptions, the choice last."""
    overridden_by: tuple[int, ...]
    """Rules of this program that take its place."""
    overrides: tuple[int, ...]
    """Rules of this program whose place it takes."""
    called: str
    """The name before its choice points: local, or with the instrument where that is no name."""
    gives: Mapping[str, ValueClosure]
    """The value of each definition, or the amount and the like; the first is what is compared."""
    unread: tuple[Unread, ...]
    """Amendments of its version that were not read and may have touched it."""
    bearers: ValueClosure | None
    """Whom it concerns: who pays, who is sanctioned, to whom it grants."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """What a group settles in one round."""

    rules: tuple[tuple[tuple[int, Leaf, Truth], ...], ...]
    """The leaves of each rule by their numbers, each with the truth at which the rest need not be
    looked at."""
    lasting: tuple[tuple[int, Leaf], ...]
    """Leaves that a later stratum reads again: their truth is needed now."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is left to do in one round for a subject some of whose scopes are known not to be."""

    rules: tuple[tuple[tuple[int, Leaf, Truth], ...], ...]
    """The leaves of each rule that may apply, as in `Stratum`."""
    lasting: tuple[tuple[int, Leaf], ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Scopes of a group with the same members."""

    collection: Closure | None
    """Whom they hold; None: everybody."""
    early: bool
    """Whether membership can be told before any rule is settled."""
    leaves: tuple[int, ...]
    may_be: tuple[int, ...]
    """The leaves as keys write those that are open: `~number`."""


@dataclass(frozen=True)
class Group:
    """The rules for one kind of subject, None for the case. What settling them needs is laid out
    when it is first asked for: who looks at single rules needs none of it."""

    kind: str | None
    of_program: Sequence[ProgramRule]
    rules: tuple[int, ...]
    """The places of its members in the program."""
    variables: tuple[str, ...]
    """The words under which its rules know their subject."""
    order: Order
    settled: dict[Inference, Answers] = field(default_factory=dict)
    governed: dict[int, tuple[object, tuple[Scope, ...]]] = field(default_factory=dict)
    """By the id of what governs, which is kept so that the id stays its own."""

    @cached_property
    def members(self) -> tuple[ProgramRule, ...]:
        """Its rules."""
        return tuple(self.of_program[place] for place in self.rules)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Each at the place of its number."""
        found: dict[object, Leaf] = {}
        for rule in self.members:
            for leaf in rule.leaves:
                found.setdefault(leaf.key, leaf)
        return tuple(found.values())

    @cached_property
    def numbers(self) -> Mapping[int, tuple[int, ...]]:
        """By the place of a rule in the program, the numbers of its leaves."""
        known = {leaf.key: number for number, leaf in enumerate(self.leaves)}
        return {rule.index: tuple(known[one.key] for one in rule.leaves) for rule in self.members}

    @cached_property
    def scopes(self) -> tuple[tuple[int, Leaf], ...]:
        """The leaves that tell whom a rule is for, with their numbers."""
        return tuple((n, leaf) for n, leaf in enumerate(self.leaves) if leaf.kind == "scope")

    @cached_property
    def early(self) -> frozenset[int]:
        """The scopes whose membership can be told before any rule is settled."""
        late = {
            self.numbers[rule.index][0]
            for rule in self.members
            if (subject := rule.rule.subject) and self.order.givers_of([subject.collection])
        }
        return frozenset(number for number, _ in self.scopes if number not in late)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The rules as inference sees them."""
        place = {index: n for n, index in enumerate(self.rules)}
        leaves, numbers = self.leaves, self.numbers
        return tuple(
            Clause(
                index=place[rule.index],
                stratum=self.order.stratum(rule.index),
                when=tuple(n for n in numbers[rule.index] if leaves[n].kind != "unless"),
                unless=tuple(n for n in numbers[rule.index] if leaves[n].kind == "unless"),
                overridden_by=tuple(place[o] for o in rule.overridden_by),
            )
            for rule in self.members
        )

    @cached_property
    def strata(self) -> Mapping[int, Stratum]:
        """What is settled in each round."""
        last: dict[int, int] = {}
        of: dict[int, list[tuple[int, ...]]] = {}
        for index, numbers in self.numbers.items():
            stratum = self.order.stratum(index)
            last.update({n: max(stratum, last.get(n, 0)) for n in numbers})
            of.setdefault(stratum, []).append(numbers)
        leaves = self.leaves
        return {
            stratum: Stratum(
                rules=tuple(
                    tuple((n, leaves[n], leaves[n].stops) for n in numbers) for numbers in own
                ),
                lasting=tuple(
                    (n, leaves[n])
                    for n in dict.fromkeys(n for numbers in own for n in numbers)
                    if last[n] > stratum
                ),
            )
            for stratum, own in of.items()
        }

    def scopes_under(
        self, governing: Mapping[str, frozenset[VersionKey]] | None
    ) -> tuple[Scope, ...]:
        """The scopes whose versions govern, by effect; None: all."""
        kept = self.governed.get(id(governing))
        if kept is None or kept[0] is not governing:
            if len(self.governed) >= MOST:
                self.governed.clear()
            found = self._together(
                (number, leaf)
                for number, leaf in self.scopes
                if governing is None or leaf.version in governing.get(leaf.effect, ())
            )
            kept = self.governed[id(governing)] = governing, found
        return kept[1]

    def _together(self, leaves: Iterable[tuple[int, Leaf]]) -> tuple[Scope, ...]:
        """The scopes that hold the same members, put together."""
        found: dict[tuple[int, bool], list[tuple[int, Leaf]]] = {}
        for number, leaf in leaves:
            found.setdefault((id(leaf.collection), number in self.early), []).append((number, leaf))
        scopes = []
        for (_, early), alike in found.items():
            numbers = tuple(number for number, _ in alike)
            may_be = tuple(~number for number in numbers)
            scopes.append(Scope(alike[0][1].collection, early, numbers, may_be))
        return tuple(scopes)

    def root(self, inference: Inference, scopes: tuple[int, ...]) -> Root:
        """Where a subject begins that is in no other scope than these, of which `~number` is open;
        a scope that is not told early is a leaf like any other."""
        answers = self.answers(inference)
        return answers.roots.get(scopes) or self._planted(answers, scopes)

    def _planted(self, answers: Answers, scopes: tuple[int, ...]) -> Root:
        open_ones = {~number for number in scopes if number < 0}
        present = {number for number in scopes if number >= 0} | open_ones
        early = {
            number: UNKNOWN if number in open_ones else TRUE
            for number, _ in self.scopes
            if number in self.early and number in present
        }
        rounds: dict[int, Round] = {}
        for stratum, plan in sorted(self.strata.items()):
            rules = tuple(leaves for leaves in plan.rules if leaves[0][0] in present)
            read = {number for leaves in rules for number, _, _ in leaves}
            if rules:
                lasting = tuple((n, leaf) for n, leaf in plan.lasting if n in read)
                rounds[stratum] = Round(rules, lasting)
        return answers.plant(scopes, early, rounds)

    def answers(self, inference: Inference) -> Answers:
        """What its clauses come to; built when it is first asked for."""
        if inference not in self.settled:
            make = ReteSettler if inference == "rete" else ReferenceSettler
            self.settled[inference] = Answers(self.clauses, self.rules, make)
        return self.settled[inference]


@dataclass(frozen=True, slots=True)
class Program:
    """Compiled rules. `definers`: for each name the rules that define it."""

    rules: Sequence[ProgramRule]
    groups: tuple[Group, ...]
    order: Order
    chapters: Sequence[tuple[int, Chapter]]
    """What is taken of each version, with the place of its first rule."""
    chosen: Sequence[Chosen]
    """The rules, before anything is made of them."""
    definers: Mapping[str, tuple[int, ...]]
    by_name: Mapping[str, tuple[int, ...]]
    """By the full name of a rule: in several versions of a text it has several places."""
    by_effect: Mapping[str, tuple[int, ...]]
    by_conclusion: Mapping[tuple[str, str], tuple[int, ...]]
    """By effect and conclusion: the rules that draw it."""
    openers: Mapping[str, tuple[tuple[int, str], ...]]
    """By effect: the rules that leave a kind of conclusion to lower law, each with the kind."""
    enders: Mapping[tuple[str, str], tuple[int, ...]]
    """By `refuse` or `lapse`, and conclusion: the rules that do that to it."""
    closers: Mapping[tuple[str, str], tuple[tuple[str, object], ...]]
    """By effect and conclusion: the facts that close it, each with the value that does."""
    formulas: Mapping[str, Closure]
    terms: Mapping[str, tuple[tuple[VersionKey, Closure], ...]]
    """Terms that versions define in their own way."""
    plain: frozenset[str]
    """Names whose values depend on the case alone, not on rules, figures or settings."""
    asks: Mapping[str, tuple[Closure, ...]]
    """What texts leave to the case, by name: the candidates."""
    versions: Mapping[VersionKey, Version]
    """In the order of their names."""
    parts: Parts
    """Closures of expressions, shared by the programs of a law."""
    told: dict[Any, Any] = field(default_factory=dict)
    """What the trace has worked out of the rules, whatever the case."""

    def relied_on(self, index: int) -> frozenset[int]:
        """Of a rule the rules whose results it reads, directly or not."""
        return self.order.relied_on(index)

    def ending(self, conclusion: str) -> tuple[int, ...]:
        """The rules that refuse a conclusion, or let it lapse."""
        refusing, lapsing = ("refuse", conclusion), ("lapse", conclusion)
        return (*self.enders.get(refusing, ()), *self.enders.get(lapsing, ()))

    @property
    def written(self) -> Iterator[tuple[int, Rule]]:
        """The rules as they are written, each with its place; none of them is compiled for it."""
        return (
            (start + place, rule)
            for start, one in self.chapters
            for place, rule in enumerate(one.rules)
        )

    @property
    def practised(self) -> list[ProgramRule]:
        """The rules of whose practice something is reported."""
        return [self.rules[at] for at, rule in self.written if rule.practice]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the law."""
        return self.parts.vocabulary
