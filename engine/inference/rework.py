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
from engine.inference.order import yields
from engine.inference.parts import Parts
from engine.inference.program import Group, Program, ProgramRule
from engine.inference.rule_parts import Leaf, LeafKind, values_given
from engine.language.ruleset import Rule

Change = Callable[[Rule], Rule | None]
"""The rule in the place of one; None: it never applies."""


def reworked(program: Program, name: str, change: Change) -> Program:
    """The program with another rule in the place of the one with this full name.

    A name that several versions of a program share is changed in all; the same object comes back
    where none has it.
    """
    places = program.by_name.get(name, ())
    if not places:
        return program
    rules = list(program.rules)
    for place in places:
        _put(rules, place, change(rules[place].rule), program.parts)
    return replace(
        program,
        rules=rules,
        groups=tuple(
            Group(group.kind, rules, group.rules, group.variables, group.order)
            for group in program.groups
        ),
        told={},
    )


def _put(rules: list[ProgramRule], place: int, rule: Rule | None, parts: Parts) -> None:
    """Put a rule in the place of another."""
    before = rules[place]
    if rule is None:
        never = _leaf(before, "when", f"never {before.rule.name}", lambda w, v: False)
        rules[place] = replace(before, leaves=(*before.leaves, never))
        return
    kept = [one for one in before.leaves if one.kind in ("scope", "open", "text")]
    kept += [_leaf(before, "when", one.source, parts.closure(one)) for one in rule.when]
    kept += [_leaf(before, "unless", one.source, parts.closure(one)) for one in rule.unless]
    if rule.may:
        kept.append(_leaf(before, "may", before.called, None))
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


def _leaf(rule: ProgramRule, kind: LeafKind, name: str, condition: Closure | None) -> Leaf:
    return Leaf(kind, name, rule.variable, condition, rule.version, rule.effect, None)
