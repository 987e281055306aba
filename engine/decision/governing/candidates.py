"""Candidate laws of a leaf: what each comes to, and which is the best for the bearer.

A law is compared by its heaviest result, then by its lightest. Where the connecting rule says that
several conclusions belong together, one law is taken for all of them: it has to be better in one
and worse in none, for nobody is judged by the lighter half of each of two texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from engine.decision.governing.choice_of_law import LAW
from engine.decision.worlds.explore import Explored, LeafWorlds, Visited
from engine.decision.worlds.options import LACKING, Choices
from engine.decision.worlds.results import Result, Sought, of_bearer
from engine.decision.worlds.weight import MEASURED, heavier
from engine.decision.worlds.world import World
from engine.inference.program import Program
from engine.language.ruleset import Governs
from engine.law.vocabulary_questions import Question
from engine.values.truth import FALSE, Truth

BENEFITS: Final = frozenset({"grant", "permit"})
"""Effects of which more is better for the bearer; of all others less is."""
Thing: TypeAlias = tuple[str, list[Result]]
"""An effect, and what one conclusion with it comes to in the worlds of a law."""
Things: TypeAlias = dict[Sought | None, Thing]
"""The conclusion of a part (None), and those that belong with it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate law that was compared: its name at each point, what it comes to, and whether it
    was taken."""

    law: Choices
    results: tuple[Result, ...]
    taken: bool


def result_in(
    world: World, connecting: Program, question: Question, bearer: str, sought: Sought | None
) -> Result:
    """What is asked, for one bearer, in one world; where that takes a law that is compared as a
    whole, with what else would come of it. Raises `Undecided`."""
    result = of_bearer(world, question, bearer, sought)
    others = _compared_with(world, connecting, sought)
    if not others:
        return result
    beside = tuple((one, of_bearer(world, question, bearer, one)) for one in others)
    return replace(result, beside=beside)


def candidates_of(leaf: LeafWorlds, explored: Explored, effect: str) -> tuple[Candidate, ...]:
    """The candidate laws of a leaf, the one that is best for the bearer taken; none where there is
    nothing to compare.

    Where one of them lacks something that the others do not, none can be said to be the best: none
    is taken. Nor is one that is better in one thing and worse in another.
    """
    names = sorted(n for n, point in explored.points.items() if point.kind == "law")
    by_law: dict[Choices, list[Visited]] = {}
    for visited in leaf.worlds if names else ():
        chosen = dict(visited.choices)
        law = tuple((name, chosen[name]) for name in names if name in chosen)
        by_law.setdefault(law, []).append(visited)
    laws = sorted(by_law.items(), key=_name)
    lacks = any(visited.result.status in LACKING for visited in leaf.worlds)
    best = None if lacks else _best([(law, _things(worlds, effect)) for law, worlds in laws])
    return tuple(
        Candidate(law, tuple(v.result for v in visited), law == best) for law, visited in laws
    )


def favourable(leaf: LeafWorlds, candidates: tuple[Candidate, ...]) -> LeafWorlds:
    """The leaf with the worlds of the candidate law that is taken only, if one is."""
    taken_law = next((candidate.results for candidate in candidates if candidate.taken), None)
    if taken_law is None:
        return leaf
    kept = {id(result) for result in taken_law}
    worlds = tuple(visited for visited in leaf.worlds if id(visited.result) in kept)
    return LeafWorlds(leaf.completion, worlds, leaf.open)


# --- what is compared together --------------------------------------------------------------------
def _compared_with(world: World, connecting: Program, sought: Sought | None) -> list[Sought]:
    """The conclusions with which a sought one is compared where the world takes one of several
    candidate laws."""
    found: dict[Sought, None] = {}
    for name in world.assignment:
        local, chosen, _ = name.partition(LAW)
        together = _together(connecting).get(local, ()) if chosen else ()
        if sought in together:
            found.update(dict.fromkeys(one for one in together if one != sought))
    return list(found)


def _together(connecting: Program) -> dict[str, tuple[Sought, ...]]:
    """By connecting rule: the conclusions for which one law is taken as a whole."""
    found: dict[str, tuple[Sought, ...]] | None = connecting.told.get("together")
    if found is None:
        conclusions = connecting.vocabulary.conclusions
        found = connecting.told["together"] = {
            rule.rule.local: tuple((conclusions[one].effect, one) for one in effect.together)
            for rule in (connecting.rules[i] for i in connecting.by_effect.get("governs", ()))
            if isinstance(effect := rule.rule.effects[0], Governs)
        }
    return found


# --- which is the best ----------------------------------------------------------------------------
def _name(item: tuple[Choices, list[Visited]]) -> str:
    return str(item[0])


def _things(worlds: list[Visited], effect: str) -> Things:
    """What is compared of a law: the conclusion of the part, and those that belong with it."""
    beside = {
        one: (one[0], [dict(visited.result.beside)[one] for visited in worlds])
        for one, _ in worlds[0].result.beside
    }
    return {None: (effect, [visited.result for visited in worlds]), **beside}


def _best(laws: Sequence[tuple[Choices, Things]]) -> Choices | None:
    """The law that is better than the others in something and worse in nothing; of two that weigh
    the same the first. None where that cannot be said of one. Laws that different rules let govern
    are compared in what belongs with the conclusion under both."""
    taken: tuple[Choices, Things] | None = None
    for law, things in laws:
        if taken is None:
            taken = law, things
            continue
        stands = {_stands(things[one], taken[1][one]) for one in things if one in taken[1]}
        if "unknown" in stands or {"better", "worse"} <= stands:
            return None
        if "better" in stands:
            taken = law, things
    return taken[0] if taken else None


def _stands(one: Thing, other: Thing) -> Literal["better", "worse", "same", "unknown"]:
    """How a conclusion under one law stands to the same under another: by the worst that may come,
    then by the mildest."""
    (effect, results), (_, others) = one, other
    if any(result.status in LACKING for result in (*results, *others)):
        return "same" if _lacking(results) == _lacking(others) else "unknown"
    for most in (True, False):
        end, instead = _extreme(results, effect, most=most), _extreme(others, effect, most=most)
        if end is None or instead is None:
            return "unknown"
        more, less = _weighs_more(end, instead, effect), _weighs_more(instead, end, effect)
        if more is FALSE and less is FALSE:
            continue
        if less is FALSE:
            return "worse"
        return "better" if more is FALSE else "unknown"
    return "same"


def _lacking(results: list[Result]) -> set[tuple[str, frozenset[str]]]:
    return {(result.status, result.facts) for result in results}


def _extreme(results: list[Result], effect: str, *, most: bool) -> Result | None:
    """The heaviest or the lightest of results for the bearer; None where two do not compare."""
    found = results[0]
    for other in results[1:]:
        one, two = (other, found) if most else (found, other)
        more, less = _weighs_more(one, two, effect), _weighs_more(two, one, effect)
        if FALSE not in (more, less):
            return None
        found = other if more is not FALSE else found
    return found


def _weighs_more(one: Result, other: Result, effect: str) -> Truth:
    """Whether a result is the heavier for the bearer; what is lacking or refused weighs most."""
    a, b = _kind(one, effect), _kind(other, effect)
    if a != b or one.status != "stands":
        return Truth.of(a > b)
    if effect in BENEFITS:
        one, other = other, one
    return heavier(_measured(one), _measured(other))


def _kind(result: Result, effect: str) -> int:
    """How heavy a result is before its size counts; nothing at all is the worst of a benefit."""
    match result.status:
        case "none":
            return 2 if effect in BENEFITS else 0
        case "answer":
            return 0 if result.value else 1
        case "stands":
            return 1
        case _:
            return 3


def _measured(result: Result) -> dict[str, Any]:
    """The aspects of which more is more; days do not tell which law is the lighter."""
    return {name: value for name, value in result.aspects if isinstance(value, MEASURED)}
