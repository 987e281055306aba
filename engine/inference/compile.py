"""Compile the rules of some versions into a program: chapters, one after the other."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence

from engine.inference.chapters import Chapter, Slot, chapter_of, kind_of
from engine.inference.lazily import Joined, Made
from engine.inference.order import Order, yields
from engine.inference.parts import Parts
from engine.inference.program import Chosen, Group, Program, ProgramRule
from engine.inference.rule_parts import Leaf
from engine.language.articles import under
from engine.language.ruleset import Rule, Unread
from engine.values.gathering import gathered

Placed = Sequence[tuple[int, Chapter]]
"""The chapters of a program, each with the place of its first rule."""


def compile_program(slots: Iterable[Slot], parts: Parts) -> Program:
    """Compile the rules of the slots, each of another version, in an order that depends on their
    names only. Each rule is made when it is first asked for."""
    chapters = sorted((chapter_of(slot, parts) for slot in slots), key=lambda one: one.key)
    placed: list[tuple[int, Chapter]] = []
    where: list[tuple[Chapter, int]] = []
    for chapter in chapters:
        placed.append((len(where), chapter))
        where += [(chapter, place) for place in range(len(chapter.rules))]
    yielding = _yielding(placed)
    overridden, overriding = gathered(yielding), gathered((by, i) for i, by in yielding)
    shared = _shared(chapters)

    def choose(index: int) -> Chosen:
        chapter, place = where[index]
        rule = chapter.rules[place]
        called = f"{rule.instrument}/{rule.local}" if rule.local in shared else rule.local
        by = overridden.get(index, ())
        return Chosen(rule, chapter.key, chapter.words[place], called, by)

    def program_rule(index: int) -> ProgramRule:
        rule, version, word, called, by = chosen[index]
        subject = rule.subject
        gives, bearers = parts.values(rule, index, called)
        leaves = parts.leaves(rule, version)
        variable = subject.variable if subject else None
        if rule.may:
            leaves = *leaves, Leaf("may", called, variable, None, version, word, None)
        unread = where[index][0].version.unread
        return ProgramRule(
            index=index,
            rule=rule,
            kind=kind_of(rule),
            variable=variable,
            version=version,
            effect=word,
            leaves=leaves,
            overridden_by=by,
            overrides=overriding.get(index, ()),
            called=called,
            gives=gives,
            unread=tuple(one for one in unread if _may_touch(one, rule)),
            bearers=bearers,
        )

    chosen, rules = Made(len(where), choose), Made(len(where), program_rule)
    terms = gathered(
        (name, (one.key, expression))
        for one in chapters
        for name, of in one.terms.items()
        for expression in of
    )
    read = {name: [expression for _, expression in of] for name, of in terms.items()}
    order = Order([one.rules[place] for one, place in where], overridden, read, parts)
    by_kind = Joined([(start, one.by_kind) for start, one in placed], operator.add)
    variables = {
        kind: frozenset[str]().union(*of)
        for kind, of in gathered(pair for one in chapters for pair in one.variables.items()).items()
    }
    return Program(
        rules=rules,
        groups=tuple(
            Group(kind, rules, places, tuple(sorted(variables.get(kind, ()))), order)
            for kind, places in by_kind.items()
        ),
        order=order,
        chapters=placed,
        chosen=chosen,
        definers=Joined([(start, one.definers) for start, one in placed], operator.add),
        by_name=Joined([(start, one.by_name) for start, one in placed], operator.add),
        by_effect=Joined([(start, one.by_effect) for start, one in placed], operator.add),
        by_conclusion=Joined([(start, one.by_conclusion) for start, one in placed], operator.add),
        openers=Joined(
            [(start, one.openers) for start, one in placed],
            lambda start, opened: (start + opened[0], opened[1]),
        ),
        enders=Joined([(start, one.enders) for start, one in placed], operator.add),
        closers=parts.closers,
        formulas=parts.formulas,
        terms={
            name: tuple((key, parts.closure(expression)) for key, expression in of)
            for name, of in terms.items()
        },
        plain=parts.plain(terms),
        asks=Joined([(start, one.asks) for start, one in placed], lambda _, candidate: candidate),
        versions={one.key: one.version for one in chapters},
        parts=parts,
    )


def _yielding(placed: Placed) -> list[tuple[int, int]]:
    """The rules that yield to another, each before the other; in their order."""
    found = {(start + i, start + by) for start, one in placed for i, by in one.yielding}
    for at, chapter in placed:
        for by, override in chapter.general:
            other = chapter.rules[by]
            about = kind_of(other), override.conclusion
            for start, one in placed:
                for i in one.drawing.get(about, ()):
                    is_other = start + i != at + by
                    if is_other and yields(one.rules[i], override, one is chapter, other):
                        found.add((start + i, at + by))
    return sorted(found)


def _shared(chapters: Iterable[Chapter]) -> set[str]:
    """The local names that rules of several instruments have."""
    named: dict[str, frozenset[str]] = {}
    for one in chapters:
        named[one.key[0]] = named.get(one.key[0], frozenset()) | one.local
    seen, shared = set[str](), set[str]()
    for names in named.values():
        shared |= names & seen
        seen |= names
    return shared


def _may_touch(unread: Unread, rule: Rule) -> bool:
    return not unread.may_touch or any(under(rule.article, one) for one in unread.may_touch)
