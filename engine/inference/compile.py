"""Compile the rules of some versions into a program: their order, their leaves, their closures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from engine.inference.order import Order
from engine.inference.parts import Parts
from engine.inference.program import (
    Group,
    Leaf,
    Program,
    ProgramRule,
    Slot,
    VersionKey,
    key_of,
)
from engine.inference.rule_parts import LeafPart, RuleParts
from engine.language.articles import under
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Define, Rule, Unread

K = TypeVar("K")
V = TypeVar("V")


def compile_program(slots: Sequence[Slot], parts: Parts) -> Program:
    """Compile the rules of the slots, in an order that depends on their names only.

    Raises `ProgramError` if rules depend on themselves.
    """
    vocabulary = parts.vocabulary
    chosen = _chosen(slots, parts)
    versions = {key_of(slot.version): slot.version for slot in sorted(slots, key=_slot_key)}
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

    def program_rule(i: int, rule: Rule, version: VersionKey) -> ProgramRule:
        own, name = parts.in_version(rule, version), called[rule.name, version]
        gives, bearers = parts.values(rule, i, name)
        return ProgramRule(
            index=i,
            rule=rule,
            kind=own.kind,
            variable=own.variable,
            version=version,
            effect=own.word,
            stratum=strata[i],
            leaves=leaves.of(rule, version, own),
            overridden_by=order.overriders[i],
            overrides=overrides.get(i, ()),
            called=name,
            gives=gives,
            unread=tuple(one for one in versions[version].unread if _may_touch(one, rule)),
            bearers=bearers,
        )

    rules = tuple(program_rule(i, rule, version) for i, (rule, version) in enumerate(chosen))
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
    return key_of(slot.version)


def _chosen(slots: Sequence[Slot], parts: Parts) -> list[tuple[Rule, VersionKey]]:
    chosen: dict[tuple[VersionKey, str], tuple[Rule, VersionKey]] = {}
    for slot in slots:
        key = key_of(slot.version)
        for rule in _taken(slot, parts):
            chosen[key, rule.local] = (rule, key)
    return [chosen[name] for name in sorted(chosen)]


def _taken(slot: Slot, parts: Parts) -> tuple[Rule, ...]:
    version = key_of(slot.version)
    key = version, slot.effects, slot.ask, slot.only
    found = parts.taken.get(key)
    if found is None:
        rules = slot.version.rules
        taken = (one for one in rules if slot.takes(one, parts.in_version(one, version).word))
        found = parts.taken[key] = tuple(taken)
    return found


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


def _may_touch(unread: Unread, rule: Rule) -> bool:
    return not unread.may_touch or any(under(rule.article, a) for a in unread.may_touch)


class _Leaves:
    """The leaves of all groups, each once."""

    def __init__(
        self, parts: Parts, order: Order, called: Mapping[tuple[str, VersionKey], str]
    ) -> None:
        self.parts = parts
        self.called = called
        self.order = order
        self.table: dict[str | None, list[Leaf]] = {}
        self._numbers: dict[str | None, dict[object, int]] = {}

    def of(self, rule: Rule, version: VersionKey, own: RuleParts) -> tuple[int, ...]:
        """The leaves of a rule."""
        numbers = self._numbers.setdefault(own.kind, {})
        leaves = own.leaves
        if rule.may:
            may = LeafPart(("may", self.called[rule.name, version], own.variable), None, None)
            leaves = (*leaves, may)
        found = []
        for leaf in leaves:
            number = numbers.get(leaf.key)
            if number is None:
                number = numbers[leaf.key] = self._number(leaf, version, own)
            found.append(number)
        return tuple(found)

    def _number(self, leaf: LeafPart, version: VersionKey, own: RuleParts) -> int:
        """The number of a leaf that is new in the group."""
        table = self.table.setdefault(own.kind, [])
        kind, name, variable = leaf.key
        is_scope = kind == "scope"
        table.append(
            Leaf(
                number=len(table),
                kind=kind,
                name=name,
                condition=leaf.condition,
                variable=variable,
                version=version,
                effect=own.word,
                collection=own.members if is_scope else None,
                early=is_scope
                and (own.collection is None or not self.order.givers_of([own.collection])),
                source=leaf.source,
            )
        )
        return len(table) - 1


def group_of(kind: str | None, members: Sequence[ProgramRule], leaves: Sequence[Leaf]) -> Group:
    """The rules for one kind of subject; a leaf stands at the place of its number."""
    return Group(
        kind=kind,
        members=tuple(members),
        leaves=tuple(leaves),
        rules=tuple(rule.index for rule in members),
        variables=tuple(sorted({rule.variable for rule in members if rule.variable})),
        scopes=tuple(leaf for leaf in leaves if leaf.kind == "scope"),
    )
