"""What is so whichever candidate it is, where a text leaves something to the case: while no one has
said which year is meant, what is the same for each year is known, and an amount lies between.

    worlds = completions(evaluation, world)       # one for each candidate
    values_in(worlds, lambda world: world.name("keeper.base", keeper))      # the least first
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from engine.decision.words.shown import Shown
from engine.decision.worlds.world import World
from engine.inference.asked import OPEN
from engine.inference.undecided import Stopped, Undecided
from engine.values.money import Money
from engine.values.truth import UNKNOWN, Truth

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation

MOST: Final = 16
"""So many worlds are looked into."""
_MEASURED: Final = (Money, int, Fraction, date)


def completions(evaluation: Evaluation, world: World) -> tuple[World, ...]:
    """The worlds in which each setting that is left open is as one of its candidates says; none if
    nothing is left open, or if that cannot be told."""
    options: dict[str, tuple[object, ...]] = {}
    for key in world.setting.program.asks:
        try:
            world.name(key, None)
        except Undecided as stop:
            if stop.point.options:
                options[stop.point.name] = stop.point.options
        except Stopped:
            continue
    assignments = [dict(zip(options, taken, strict=True)) for taken in product(*options.values())]
    if not options or len(assignments) > MOST:
        return ()
    try:
        worlds = [evaluation.world({**world.assignment, **taken}) for taken in assignments]
    except Undecided:
        return ()
    program = world.setting.program
    return tuple(worlds) if all(one.setting.program is program for one in worlds) else ()


def values_in(worlds: Iterable[World], read: Callable[[World], Any]) -> list[Any]:
    """The different values that something has in some worlds, the least first; none if it has no
    value in one of them."""
    found: list[Any] = []
    for world in worlds:
        try:
            value = read(world)
        except (Stopped, KeyError):
            return []
        if type(value) in OPEN:
            return []
        if value not in found:
            found.append(value)
    try:
        return sorted(found)
    except TypeError:
        return found


def truth_in(worlds: Iterable[World], read: Callable[[World], Truth]) -> Truth:
    """A truth that is the same in all of some worlds; else it is not known."""
    found = {read(world) for world in worlds}
    return found.pop() if len(found) == 1 else UNKNOWN


def between(values: list[Any], said: Callable[[Any], Shown]) -> Shown | None:
    """Several values in words: amounts and days from the least to the greatest, of others each;
    None of none."""
    told = [said(one) for one in values]
    if len(told) < 2:
        return told[0] if told else None
    if all(isinstance(one, _MEASURED) and not isinstance(one, bool) for one in values):
        return f"{told[0][0]}–{told[-1][0]}", f"{told[0][1]}–{told[-1][1]}"
    return "，或者".join(zh for zh, _ in told), ", or ".join(en for _, en in told)
