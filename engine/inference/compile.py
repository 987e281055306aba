"""Compile the rules of some versions into a program: their order, their leaves, their closures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from engine.inference.asked import Closure
from engine.inference.clauses import Clause
from engine.inference.effects import bearers_of, concludes, values_of, word_of
from engine.inference.order import Order
from engine.inference.parts import Parts
from engine.inference.program import (
    Group,
    Leaf,
    LeafKind,
    Program,
    ProgramRule,
    Slot,
    Stratum,
    VersionKey,
)
from engine.inference.values import ValueClosure, value_closure
from engine.language.articles import under
from engine.language.expression import Expression
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Define, Rule, Unread, Version

K = TypeVar("K")
V = TypeVar("V")


def compile_program(slots: Sequence[Slot], parts: Parts) -> Program:
    """Compile the rules of the slots, in an order that depends on their names only.

    Raises `ProgramError` if rules depend on themselves.
    """
    vocabulary = parts.vocabulary
    chosen = _chosen(slots)
    versions = {_key(slot.version): slot.version for slot in sorted(slots, key=_slot_key)}
    terms = _gathered(
        (name, (key, expression))
        for key, version in versions.items()
        for name, expression in version.terms
    )
    order = Order(chosen, parts, terms)
    strata = [order.stratum(i) for i in range(len(chosen))]
    called = _called(chosen)
    leaves = _Leaves(parts, order, called)
    overrides = _gathered((o, i) for i, others in enumerate(order.overriders) for o in others)
    rules = tuple(
        ProgramRule(
            index=i,
            rule=rule,
            kind=rule.subject.kind if rule.subject else None,
            variable=rule.subject.variable if rule.subject else None,
            version=version,
            effect=word_of(rule),
            stratum=strata[i],
            leaves=leaves.of(rule, version),
            overridden_by=order.overriders[i],
            overrides=overrides.get(i, ()),
            called=called[rule.name, version],
            gives=given_by(rule, i, called[rule.name, version], parts),
            unread=tuple(one for one in versions[version].unread if _may_touch(one, rule)),
            bearers=bearing(rule, i, called[rule.name, version], parts),
        )
        for i, (rule, version) in enumerate(chosen)
    )
    return Program(
        rules=rules,
        groups=tuple(
            group_of(kind, members, leaves.table.get(kind, []))
            for kind, members in _gathered((rule.kind, rule) for rule in rules).items()
        ),
        strata=max(strata, default=-1) + 1,
        definers=_gathered(
            (effect.key, rule.index)
            for rule in rules
            for effect in rule.rule.effects
            if isinstance(effect, Define)
        ),
        by_effect=_gathered((rule.effect, rule.index) for rule in rules if rule.rule.effects),
        by_conclusion=_gathered(
            ((rule.effect, conclusion), rule.index)
            for rule in rules
            if rule.rule.effects and (conclusion := conclusion_of(rule.rule.effects[0])) is not None
        ),
        openers=_gathered(
            (kind.partition(" ")[0], (rule.index, kind))
            for rule in rules
            for kind in rule.rule.opens
        ),
        closers=_gathered(
            ((fact.closes.effect, fact.closes.object), (key, fact.closes.value))
            for key, fact in vocabulary.facts.items()
            if fact.closes
        ),
        formulas=parts.formulas,
        terms={
            name: tuple((key, parts.closure(expression)) for key, expression in own)
            for name, own in terms.items()
        },
        plain=parts.plain(terms),
        asks=_gathered(
            (ask.name, parts.closure(candidate))
            for version in versions.values()
            for ask in version.asks
            for candidate in ask.candidates
        ),
        versions=versions,
        parts=parts,
        relied_on=order.relied_on,
        practised=tuple(rule for rule in rules if rule.rule.practice),
    )


def _gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """All values of each key, in their order."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _slot_key(slot: Slot) -> VersionKey:
    return _key(slot.version)


def _key(version: Version) -> VersionKey:
    return version.instrument.id, version.id


def _chosen(slots: Sequence[Slot]) -> list[tuple[Rule, VersionKey]]:
    chosen: dict[tuple[VersionKey, str], tuple[Rule, VersionKey]] = {}
    for slot in slots:
        key = _key(slot.version)
        for rule in slot.version.rules:
            if slot.takes(rule, word_of(rule)):
                chosen[key, rule.local] = (rule, key)
    return [chosen[name] for name in sorted(chosen)]


def _called(chosen: Sequence[tuple[Rule, VersionKey]]) -> dict[tuple[str, VersionKey], str]:
    """How the choice points of each rule are called: by its local name, with the instrument before
    it where rules of two instruments have the same."""
    instruments: dict[str, set[str]] = {}
    for rule, _ in chosen:
        instruments.setdefault(rule.local, set()).add(rule.instrument)
    return {
        (rule.name, version): rule.local
        if len(instruments[rule.local]) == 1
        else f"{rule.instrument}/{rule.local}"
        for rule, version in chosen
    }


def given_by(rule: Rule, index: int, called: str, parts: Parts) -> Mapping[str, ValueClosure]:
    """The value of everything a rule gives, by its name."""
    given: dict[str, ValueClosure] = {}
    for effect in rule.effects:
        for what, value in values_of(effect):
            given.setdefault(what, value_closure(value, index, called, what, parts.closure))
    return given


def bearing(rule: Rule, index: int, called: str, parts: Parts) -> ValueClosure | None:
    """Whom a rule concerns, where it says so."""
    bearers = bearers_of(rule.effects[0]) if rule.effects else None
    if bearers is None:
        return None
    return value_closure(bearers, index, called, "payer", parts.closure)


def _may_touch(unread: Unread, rule: Rule) -> bool:
    return not unread.may_touch or any(under(rule.article, a) for a in unread.may_touch)


class _Leaves:
    """The leaves of all groups, each once."""

    def __init__(
        self, parts: Parts, order: Order, called: Mapping[tuple[str, VersionKey], str]
    ) -> None:
        self.parts = parts
        facts = parts.vocabulary.facts.values()
        self.closed = {(f.closes.effect, f.closes.object) for f in facts if f.closes}
        self.called = called
        self.order = order
        self.table: dict[str | None, list[Leaf]] = {}
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._collections: dict[str, Closure] = {}

    def of(self, rule: Rule, version: VersionKey) -> tuple[int, ...]:
        """The leaves of a rule."""
        subject = rule.subject
        kind = subject.kind if subject else None
        variable = subject.variable if subject else None
        effect = word_of(rule)
        conclusions = concludes(rule.effects[0]) if rule.effects else ()

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
                        condition=self.parts.closure(source) if source else None,
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
                collection=self._collection(subject.collection) if subject else None,
                early=subject is None or not self.order.givers_of([subject.collection]),
            )
        ]
        if any((effect, conclusion) in self.closed for conclusion in conclusions):
            numbers.append(leaf("open", conclusions[0]))
        if rule.confidence in ("unconfirmed", "memory"):
            numbers.append(leaf("text", f"{version[0]}/{version[1]}/{rule.local}"))
        for condition in rule.when:
            numbers.append(leaf("when", f"{condition.source}", condition))
        for exception in rule.unless:
            numbers.append(leaf("unless", f"{exception.source}", exception))
        if rule.may:
            numbers.append(leaf("may", self.called[rule.name, version]))
        return tuple(numbers)

    def _collection(self, collection: Expression) -> Closure:
        """One closure for each text: a world keeps what its collections hold."""
        if collection.source not in self._collections:
            self._collections[collection.source] = self.parts.closure(collection)
        return self._collections[collection.source]


def group_of(kind: str | None, members: Sequence[ProgramRule], leaves: Sequence[Leaf]) -> Group:
    """The rules for one kind of subject; a leaf stands at the place of its number."""
    place = {rule.index: n for n, rule in enumerate(members)}
    last: dict[int, int] = {}
    for rule in members:
        last.update({n: max(rule.stratum, last.get(n, 0)) for n in rule.leaves})
    return Group(
        kind=kind,
        rules=tuple(place),
        clauses=tuple(
            Clause(
                index=place[rule.index],
                stratum=rule.stratum,
                when=tuple(n for n in rule.leaves if leaves[n].kind != "unless"),
                unless=tuple(n for n in rule.leaves if leaves[n].kind == "unless"),
                overridden_by=tuple(place[o] for o in rule.overridden_by),
            )
            for rule in members
        ),
        variables=tuple(sorted({rule.variable for rule in members if rule.variable})),
        scopes=tuple(leaf for leaf in leaves if leaf.kind == "scope"),
        strata={
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
            for stratum, own in _gathered((rule.stratum, rule) for rule in members).items()
        },
    )
