"""A program: the rules of some versions, compiled once (`engine.inference.compile`).

Rules are grouped by the kind of their subject, for one binding of a group is settled by one
network. Every condition of a rule, every exception, every choice is a *leaf* of its group; leaves
that say the same are one leaf. Groups are settled stratum by stratum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from engine.inference.answers import Answers
from engine.inference.asked import Closure
from engine.inference.clauses import Clause
from engine.inference.parts import Parts
from engine.inference.reference import ReferenceSettler
from engine.inference.rete import ReteSettler
from engine.inference.values import ValueClosure
from engine.language.expression import Expression
from engine.language.ruleset import Governs, Rule, Unread, Version
from engine.law.vocabulary import Vocabulary
from engine.values.truth import Truth

VersionKey: TypeAlias = tuple[str, str]
"""Instrument and version."""
Selected: TypeAlias = tuple[tuple[str, ...], frozenset[VersionKey]]
"""Effects, and the versions that are selected for them."""
LeafKind: TypeAlias = Literal["scope", "open", "when", "unless", "may", "text"]
Inference: TypeAlias = Literal["rete", "reference"]
"""How to settle: on a Rete network, or directly."""


MOST: Final = 1000
"""So many sets of scopes are kept for a group."""


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
        return Truth.TRUE if self.kind == "unless" else Truth.FALSE


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
    relies_on: frozenset[int]
    """Rules whose results it reads, directly or not."""
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

    stratum: int
    rules: tuple[tuple[tuple[int, Leaf, Truth], ...], ...]
    """The leaves of each rule that may apply, as in `Stratum`; without a scope that is known."""
    lasting: tuple[Leaf, ...]
    leaves: tuple[int, ...]
    """All leaves of these rules."""


@dataclass(frozen=True, slots=True)
class Group:
    """The rules for one kind of subject, None for the case."""

    kind: str | None
    rules: tuple[int, ...]
    clauses: tuple[Clause, ...]
    variables: tuple[str, ...]
    """The words under which its rules know their subject."""
    scopes: tuple[Leaf, ...]
    strata: Mapping[int, Stratum]
    settled: dict[Inference, Answers] = field(default_factory=dict)
    left: dict[tuple[int, ...], dict[int, Round]] = field(default_factory=dict)
    governed: dict[int, tuple[object, tuple[Leaf, ...]]] = field(default_factory=dict)
    """By the id of what governs, which is kept so that the id stays its own."""

    def scopes_under(
        self, governing: Mapping[str, frozenset[VersionKey]] | None
    ) -> tuple[Leaf, ...]:
        """The scopes whose versions govern, by effect; None: all."""
        if governing is None:
            return self.scopes
        kept = self.governed.get(id(governing))
        if kept is None or kept[0] is not governing:
            if len(self.governed) >= MOST:
                self.governed.clear()
            found = tuple(s for s in self.scopes if s.version in governing.get(s.effect, ()))
            kept = self.governed[id(governing)] = governing, found
        return kept[1]

    def rounds(self, scopes: tuple[int, ...]) -> dict[int, Round]:
        """What is to be settled, by stratum, where no other scope than these (leaves) may be."""
        if scopes not in self.left:
            if len(self.left) >= MOST:
                self.left.clear()
            self.left[scopes] = self._rounds(frozenset(scopes))
        return self.left[scopes]

    def _rounds(self, scopes: frozenset[int]) -> dict[int, Round]:
        kept = {
            stratum: [leaves for leaves in plan.rules if leaves[0][0] in scopes]
            for stratum, plan in self.strata.items()
        }
        read = {number for rules in kept.values() for leaves in rules for number, _, _ in leaves}
        return {
            stratum: Round(
                stratum,
                tuple(leaves[1:] if leaves[0][1].early else leaves for leaves in rules),
                tuple(leaf for leaf in self.strata[stratum].lasting if leaf.number in read),
                tuple(dict.fromkeys(number for leaves in rules for number, _, _ in leaves)),
            )
            for stratum, rules in kept.items()
        }

    def answers(self, inference: Inference) -> Answers:
        """What its clauses come to; built when it is first asked for."""
        if inference not in self.settled:
            make = ReteSettler if inference == "rete" else ReferenceSettler
            self.settled[inference] = Answers(self.clauses, self.rules, make)
        return self.settled[inference]


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
    """

    version: Version
    effects: frozenset[str] | None
    ask: str | None = None

    def takes(self, rule: Rule, effect: str) -> bool:
        """Whether a rule, whose effect has this word, is among those that are taken."""
        if self.effects is not None and effect not in self.effects:
            return False
        first = rule.effects[0] if rule.effects else None
        if self.ask is None or not isinstance(first, Governs) or rule.overrides:
            return True
        return not first.questions or self.ask in first.questions
