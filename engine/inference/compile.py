"""Compile the rules of some versions into a program: chapters, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from engine.inference.chapters import Chapter, Slot, chapter_of, gathered
from engine.inference.order import Order, yields
from engine.inference.parts import Parts
from engine.inference.program import Group, Program, ProgramRule
from engine.inference.rule_parts import Leaf

K = TypeVar("K")
Placed = Sequence[tuple[int, Chapter]]
"""The chapters of a program, each with the place of its first rule."""


def compile_program(slots: Sequence[Slot], parts: Parts) -> Program:
    """Compile the rules of the slots, each of another version, in an order that depends on their
    names only."""
    chapters = sorted((chapter_of(slot, parts) for slot in slots), key=lambda one: one.key)
    starts = accumulate((len(one.rules) for one in chapters), initial=0)
    placed = list(zip(starts, chapters))  # noqa: B905
    terms = gathered(
        (name, (one.key, expression))
        for one in chapters
        for name, of in one.terms.items()
        for expression in of
    )
    yielding = _yielding(placed)
    overridden, overriding = gathered(yielding), gathered((by, i) for i, by in yielding)
    shared = _shared(chapters)

    def program_rule(chapter: Chapter, place: int, index: int) -> ProgramRule:
        rule, own = chapter.rules[place], chapter.own[place]
        called = f"{rule.instrument}/{rule.local}" if rule.local in shared else rule.local
        gives, bearers = parts.values(rule, index, called)
        leaves = own.leaves
        if rule.may:
            leaves = *leaves, Leaf("may", called, own.variable, None, chapter.key, own.word, None)
        return ProgramRule(
            index=index,
            rule=rule,
            kind=own.kind,
            variable=own.variable,
            version=chapter.key,
            effect=own.word,
            leaves=leaves,
            overridden_by=overridden.get(index, ()),
            overrides=overriding.get(index, ()),
            called=called,
            gives=gives,
            unread=chapter.unread[place],
            bearers=bearers,
        )

    rules = tuple(
        program_rule(chapter, place, start + place)
        for start, chapter in placed
        for place in range(len(chapter.rules))
    )
    order = Order(
        [one.rule for one in rules],
        overridden,
        {name: [expression for _, expression in of] for name, of in terms.items()},
        parts,
    )
    return Program(
        rules=rules,
        groups=tuple(
            Group(kind, members, order)
            for kind, members in gathered((rule.kind, rule) for rule in rules).items()
        ),
        order=order,
        definers=_joined((start, one.definers) for start, one in placed),
        by_effect=_joined((start, one.by_effect) for start, one in placed),
        by_conclusion=_joined((start, one.by_conclusion) for start, one in placed),
        openers=gathered(
            (effect, (start + place, kind))
            for start, one in placed
            for effect, of in one.openers.items()
            for place, kind in of
        ),
        closers=parts.closers,
        formulas=parts.formulas,
        terms={
            name: tuple((key, parts.closure(expression)) for key, expression in of)
            for name, of in terms.items()
        },
        plain=parts.plain(terms),
        asks=gathered(
            (name, closure) for one in chapters for name, of in one.asks.items() for closure in of
        ),
        versions={one.key: one.version for one in chapters},
        parts=parts,
        practised=tuple(rule for rule in rules if rule.rule.practice),
    )


def _joined(of: Iterable[tuple[int, Mapping[K, tuple[int, ...]]]]) -> dict[K, tuple[int, ...]]:
    """Places by key, as they are in the program."""
    return gathered((key, start + i) for start, own in of for key, at in own.items() for i in at)


def _yielding(placed: Placed) -> list[tuple[int, int]]:
    """The rules that yield to another, each before the other; in their order."""
    found = {(start + i, start + by) for start, one in placed for i, by in one.yielding}
    for at, chapter in placed:
        for by, override in chapter.general:
            about = chapter.own[by].kind, override.conclusion
            for start, one in placed:
                for i in one.drawing.get(about, ()):
                    if start + i != at + by and yields(
                        one.rules[i], override, one is chapter, chapter.rules[by]
                    ):
                        found.add((start + i, at + by))
    return sorted(found)


def _shared(chapters: Iterable[Chapter]) -> set[str]:
    """The local names that rules of several instruments have."""
    instruments: dict[str, str] = {}
    return {
        rule.local
        for one in chapters
        for rule in one.rules
        if instruments.setdefault(rule.local, rule.instrument) != rule.instrument
    }
