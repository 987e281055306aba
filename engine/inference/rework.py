"""A program in which one rule is another, or never applies; the rest is taken over as it is.

    reworked(program, "cn/…/2009-03-01/41/charge", lambda rule: None)
    reworked(program, "cn/…/2009-03-01/41/charge", lambda rule: replace(rule, may=True))

Nothing is ordered anew: the other rule may read less than the one it stands for, and override less,
but no more. What it is said to rely on stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from engine.inference.asked import Closure
from engine.inference.compile import group_of
from engine.inference.order import yields
from engine.inference.parts import Parts
from engine.inference.program import Leaf, Program, ProgramRule
from engine.inference.rule_parts import LeafKind, values_given
from engine.language.expression import Expression
from engine.language.ruleset import Rule

Change = Callable[[Rule], Rule | None]
"""The rule in the place of one; None: it never applies."""


def reworked(program: Program, name: str, change: Change) -> Program:
    """The program with another rule in the place of the one with this full name.

    A name that several versions of a program share is changed in all; the same object comes back
    where none has it.
    """
    rules = list(program.rules)
    leaves: dict[str | None, list[Leaf]] = {}
    for place, rule in enumerate(program.rules):
        if rule.rule.name == name:
            group = next(group for group in program.groups if group.kind == rule.kind)
            own = leaves.setdefault(rule.kind, list(group.leaves))
            _put(rules, place, change(rule.rule), own, program.parts)
    if not leaves:
        return program
    groups = tuple(
        group_of(group.kind, [rules[i] for i in group.rules], leaves[group.kind])
        if group.kind in leaves
        else group
        for group in program.groups
    )
    return replace(
        program,
        rules=tuple(rules),
        groups=groups,
        practised=tuple(rules[rule.index] for rule in program.practised),
        told={},
    )


def _put(
    rules: list[ProgramRule], place: int, rule: Rule | None, leaves: list[Leaf], parts: Parts
) -> None:
    """Put a rule in the place of another, with its leaves after those of its group."""
    before = rules[place]
    if rule is None:
        never = _leaf(before, "when", f"never {before.rule.name}", lambda w, v: False, None, leaves)
        rules[place] = replace(before, leaves=(*before.leaves, never))
        return
    kept = [n for n in before.leaves if leaves[n].kind in ("scope", "open", "text")]
    kept += [_condition(before, "when", one, leaves, parts) for one in rule.when]
    kept += [_condition(before, "unless", one, leaves, parts) for one in rule.unless]
    if rule.may:
        kept.append(_leaf(before, "may", before.called, None, None, leaves))
    after = replace(before, rule=rule, leaves=tuple(kept))
    if rule.effects != before.rule.effects:
        gives, bearers = values_given(rule, place, before.called, parts.closure)
        after = replace(after, gives=gives, bearers=bearers)
    if rule.overrides != before.rule.overrides:
        after = replace(after, overrides=_overrides(rules, after))
        for dropped in set(before.overrides) - set(after.overrides):
            left = tuple(o for o in rules[dropped].overridden_by if o != place)
            rules[dropped] = replace(rules[dropped], overridden_by=left)
    rules[place] = after


def _overrides(rules: Sequence[ProgramRule], by: ProgramRule) -> tuple[int, ...]:
    """The rules that still yield to this one."""
    return tuple(
        index
        for index in by.overrides
        if any(
            yields(rules[index].rule, one, rules[index].version == by.version, by.rule)
            for one in by.rule.overrides
        )
    )


def _condition(
    rule: ProgramRule, kind: LeafKind, source: Expression, leaves: list[Leaf], parts: Parts
) -> int:
    return _leaf(rule, kind, source.source, parts.closure(source), source, leaves)


def _leaf(
    rule: ProgramRule,
    kind: LeafKind,
    name: str,
    condition: Closure | None,
    source: Expression | None,
    leaves: list[Leaf],
) -> int:
    """The number of a leaf that says this: one that is there, or a new one."""
    for leaf in leaves:
        if (leaf.kind, leaf.name, leaf.variable) == (kind, name, rule.variable):
            return leaf.number
    leaves.append(
        Leaf(
            number=len(leaves),
            kind=kind,
            name=name,
            condition=condition,
            variable=rule.variable,
            version=rule.version,
            effect=rule.effect,
            collection=None,
            early=False,
            source=source,
        )
    )
    return leaves[-1].number
