"""Subjects of which it cannot be told which law governs them, and what that leaves open.

The law of a subject is taken for that subject. Where it cannot be told (a child in a register that
is not known), what has nothing to do with the subject is decided all the same. Open is only what
that law may say of the subject, or give to others on its account; it lacks the facts that would
tell which law it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.decision.case.model import EntityRecord
from engine.inference.effects import EFFECTS, bearers_of
from engine.inference.undecided import GOVERNING, Point, Undecided
from engine.language.expression import Variable
from engine.language.graph import expressions_of
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Effect, Lapse, Refuse, Rule, Version

Sought: TypeAlias = tuple[str, str | None]
"""An effect, and a conclusion or all of them."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What rules do, by the kind of their subject, in any text there is: the one that governs may
    be one that was not selected."""

    concludes: frozenset[tuple[str, str, str]]
    """Kinds, each with an effect and a conclusion."""
    gives_others: frozenset[tuple[str, str]]
    """Kinds, each with a conclusion that is not, or not only, for the subject itself."""
    ends: frozenset[tuple[str, str]]
    """Kinds, each with a conclusion that is refused or ended."""
    terms: frozenset[str]
    """Names to which a text gives its own meaning."""


@dataclass(frozen=True, slots=True)
class Untold:
    """The subjects by kind and id, each with the facts that would tell which law governs it."""

    facts: Mapping[tuple[str, str], frozenset[str]]
    reach: Reach

    def is_one(self, entity: EntityRecord | None) -> bool:
        """Whether an entity is one of the subjects."""
        return entity is not None and (entity.kind, entity.id) in self.facts

    def check(self, entity: EntityRecord | None) -> None:
        """Raises `Undecided` for one of the subjects: what its law says of it is open."""
        if entity is not None and (entity.kind, entity.id) in self.facts:
            raise _open(self.facts[entity.kind, entity.id])

    def check_term(self, name: str, entity: EntityRecord | None) -> None:
        """Raises `Undecided` where the law of the entity may give a name its own meaning."""
        if name in self.reach.terms:
            self.check(entity)

    def check_conclusion(self, what: str, bearer: EntityRecord | None) -> None:
        """Raises `Undecided` where the law of one of the subjects may conclude something for a
        bearer, or end it."""
        for (kind, name), facts in self.facts.items():
            is_own = bearer is not None and bearer.kind == kind
            if is_own and bearer is not None and bearer.id == name:
                raise _open(facts)
            if (kind, what) in self.reach.gives_others:
                raise _open(facts)
            if not is_own and (kind, what) in self.reach.ends:
                raise _open(facts)

    def parts(self, seeks: Sequence[Sought]) -> Iterator[tuple[str, tuple[str, str] | None]]:
        """The subjects for which something of what is sought may be concluded: each with what has
        a name, and once for all the rest."""
        for kind, name in self.facts:
            drawn = [(effect, what) for of, effect, what in self.reach.concludes if of == kind]
            named = [one for one in drawn if one in seeks]
            yield from ((name, one) for one in sorted(named))
            if any(
                (effect, None) in seeks and (effect, what) not in seeks for effect, what in drawn
            ):
                yield name, None


def _open(facts: frozenset[str]) -> Undecided:
    return Undecided(Point(GOVERNING, "fact", (), facts))


# --- what texts do --------------------------------------------------------------------------------
def reach_of(versions: Iterable[Version]) -> Reach:
    """What the rules of all these texts do, by the kind of their subject."""
    concludes: set[tuple[str, str, str]] = set()
    gives_others: set[tuple[str, str]] = set()
    ends: set[tuple[str, str]] = set()
    terms: set[str] = set()
    for version in versions:
        terms.update(name for name, _ in version.terms)
        for rule in version.rules:
            kind = rule.subject.kind if rule.subject else None
            if kind is None:
                continue
            for effect in rule.effects:
                what = conclusion_of(effect)
                if isinstance(effect, Lapse | Refuse):
                    ends.update((kind, one) for one in ([what] if what else _drawn(version, rule)))
                elif what is not None:
                    concludes.add((kind, EFFECTS[type(effect)], what))
                    if not _is_for_itself(effect):
                        gives_others.add((kind, what))
    return Reach(frozenset(concludes), frozenset(gives_others), frozenset(ends), frozenset(terms))


def _drawn(version: Version, rule: Rule) -> Iterator[str]:
    """What the article of a rule concludes: a refusal that names nothing ends that."""
    for one in version.rules:
        if one.article == rule.article:
            yield from (what for effect in one.effects if (what := conclusion_of(effect)))


def _is_for_itself(effect: Effect) -> bool:
    """Whether an effect concerns nobody but the subject of its rule."""
    borne = bearers_of(effect)
    return borne is None or all(isinstance(one, Variable) for one in expressions_of(borne))
