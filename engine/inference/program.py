"""A program: the rules of some versions, compiled once (`engine.inference.compile`).

Rules are grouped by the kind of their subject, for one binding of a group is settled by one
network. Every condition of a rule, every exception, every choice is a *leaf* of its group; leaves
that say the same are one leaf. Groups are settled stratum by stratum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from engine.inference.answers import Answers, Root
from engine.inference.asked import Closure
from engine.inference.clauses import Clause
from engine.inference.parts import Parts
from engine.inference.reference import ReferenceSettler
from engine.inference.rete import ReteSettler
from engine.inference.rule_parts import LeafKind
from engine.inference.rule_parts import VersionKey as VersionKey
from engine.inference.values import ValueClosure
from engine.language.expression import Expression
from engine.language.ruleset import Governs, OverrideRule, Rule, Unread, Version
from engine.law.vocabulary import Vocabulary
from engine.values.truth import FALSE, TRUE, UNKNOWN, Truth

Selected: TypeAlias = tuple[tuple[str, ...], frozenset[VersionKey]]
"""Effects, and the versions that are selected for them."""
Inference: TypeAlias = Literal["rete", "reference"]
"""How to settle: on a Rete network, or directly."""


MOST: Final = 1000
"""So many mappings of what governs are kept for a group."""


def key_of(version: Version) -> VersionKey:
    """Instrument and version."""
    return version.instrument.id, version.id


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

    @property
    def stops(self) -> Truth:
        """The truth with which a rule does not apply, whatever its other leaves are."""
        return TRUE if self.kind == "unless" else FALSE


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
    stratum: int
    leaves: tuple[int, ...]
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
    lasting: tuple[Leaf, ...]
    """Leaves that a later stratum reads again: their truth is needed now."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is left to do in one round for a subject some of whose scopes are known not to be."""

    rules: tuple[tuple[tuple[int, Leaf, Truth], ...], ...]
    """The leaves of each rule that may apply, as in `Stratum`."""
    lasting: tuple[Leaf, ...]


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
    """The rules for one kind of subject, None for the case. Clauses and strata are laid out when
    they are first asked for: who looks at single rules needs none."""

    kind: str | None
    members: tuple[ProgramRule, ...]
    leaves: tuple[Leaf, ...]
    """Each at the place of its number."""
    rules: tuple[int, ...]
    """The places of its members in the program."""
    variables: tuple[str, ...]
    """The words under which its rules know their subject."""
    scopes: tuple[Leaf, ...]
    settled: dict[Inference, Answers] = field(default_factory=dict)
    governed: dict[int, tuple[object, tuple[Scope, ...]]] = field(default_factory=dict)
    """By the id of what governs, which is kept so that the id stays its own."""

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The rules as inference sees them."""
        place = {index: n for n, index in enumerate(self.rules)}
        leaves = self.leaves
        return tuple(
            Clause(
                index=place[rule.index],
                stratum=rule.stratum,
                when=tuple(n for n in rule.leaves if leaves[n].kind != "unless"),
                unless=tuple(n for n in rule.leaves if leaves[n].kind == "unless"),
                overridden_by=tuple(place[o] for o in rule.overridden_by),
            )
            for rule in self.members
        )

    @cached_property
    def strata(self) -> Mapping[int, Stratum]:
        """What is settled in each round."""
        last: dict[int, int] = {}
        of: dict[int, list[ProgramRule]] = {}
        for rule in self.members:
            last.update({n: max(rule.stratum, last.get(n, 0)) for n in rule.leaves})
            of.setdefault(rule.stratum, []).append(rule)
        leaves = self.leaves
        return {
            stratum: Stratum(
                rules=tuple(
                    tuple((n, leaves[n], leaves[n].stops) for n in rule.leaves) for rule in own
                ),
                lasting=tuple(
                    leaves[n]
                    for n in dict.fromkeys(n for rule in own for n in rule.leaves)
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
            found = _scopes(
                leaf
                for leaf in self.scopes
                if governing is None or leaf.version in governing.get(leaf.effect, ())
            )
            kept = self.governed[id(governing)] = governing, found
        return kept[1]

    def root(self, inference: Inference, scopes: tuple[int, ...]) -> Root:
        """Where a subject begins that is in no other scope than these, of which `~number` is open;
        a scope that is not told early is a leaf like any other."""
        answers = self.answers(inference)
        return answers.roots.get(scopes) or self._planted(answers, scopes)

    def _planted(self, answers: Answers, scopes: tuple[int, ...]) -> Root:
        open_ones = {~number for number in scopes if number < 0}
        present = {number for number in scopes if number >= 0} | open_ones
        early = {
            leaf.number: UNKNOWN if leaf.number in open_ones else TRUE
            for leaf in self.scopes
            if leaf.early and leaf.number in present
        }
        rounds: dict[int, Round] = {}
        for stratum, plan in sorted(self.strata.items()):
            rules = tuple(leaves for leaves in plan.rules if leaves[0][0] in present)
            read = {number for leaves in rules for number, _, _ in leaves}
            if rules:
                lasting = tuple(leaf for leaf in plan.lasting if leaf.number in read)
                rounds[stratum] = Round(rules, lasting)
        return answers.plant(scopes, early, rounds)

    def answers(self, inference: Inference) -> Answers:
        """What its clauses come to; built when it is first asked for."""
        if inference not in self.settled:
            make = ReteSettler if inference == "rete" else ReferenceSettler
            self.settled[inference] = Answers(self.clauses, self.rules, make)
        return self.settled[inference]


def _scopes(leaves: Iterable[Leaf]) -> tuple[Scope, ...]:
    """The scopes that hold the same members, put together."""
    found: dict[tuple[int, bool], list[Leaf]] = {}
    for leaf in leaves:
        found.setdefault((id(leaf.collection), leaf.early), []).append(leaf)
    scopes = []
    for alike in found.values():
        numbers = tuple(leaf.number for leaf in alike)
        may_be = tuple(~number for number in numbers)
        scopes.append(Scope(alike[0].collection, alike[0].early, numbers, may_be))
    return tuple(scopes)


@dataclass(frozen=True, slots=True)
class Program:
    """Compiled rules. `definers`: for each name the rules that define it."""

    rules: tuple[ProgramRule, ...]
    groups: tuple[Group, ...]
    strata: int
    definers: Mapping[str, tuple[int, ...]]
    by_effect: Mapping[str, tuple[int, ...]]
    by_conclusion: Mapping[tuple[str, str], tuple[int, ...]]
    """By effect and conclusion: the rules that draw it."""
    openers: Mapping[str, tuple[tuple[int, str], ...]]
    """By effect: the rules that leave a kind of conclusion to lower law, each with the kind."""
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
    relied_on: Callable[[int], frozenset[int]]
    """Of a rule the rules whose results it reads, directly or not."""
    practised: tuple[ProgramRule, ...]
    """The rules of whose practice something is reported."""
    told: dict[Any, Any] = field(default_factory=dict)
    """What the trace has worked out of the rules, whatever the case."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the law."""
        return self.parts.vocabulary


@dataclass(frozen=True, slots=True)
class Slot:
    """A version and the effects for which it is taken; None: all.

    `ask`: the question for which; None: any. Rules that select law for others are left out.
    `only`: the ids of the rules that are enough; None: all.
    """

    version: Version
    effects: frozenset[str] | None
    ask: str | None = None
    only: frozenset[int] | None = None

    def takes(self, rule: Rule, effect: str) -> bool:
        """Whether a rule, whose effect has this word, is among those that are taken."""
        if self.effects is not None and effect not in self.effects:
            return False
        if self.only is not None and id(rule) not in self.only:
            return False
        return self._is_asked(rule) or any(self._is_asked(one) for one in self._yielding(rule))

    def _is_asked(self, rule: Rule) -> bool:
        """Whether a rule is no connecting rule, or one of the question."""
        first = rule.effects[0] if rule.effects else None
        if self.ask is None or not isinstance(first, Governs):
            return True
        return not first.questions or self.ask in first.questions

    def _yielding(self, rule: Rule) -> Iterator[Rule]:
        """The rules of the version that yield to a rule."""
        names = {one.local for one in rule.overrides if isinstance(one, OverrideRule)}
        return (one for one in self.version.rules if one.local in names)
