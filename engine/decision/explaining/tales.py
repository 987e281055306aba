"""What is told of a rule in several worlds, told once: what is the same in all of them, and under
what each supposes what is not.

    together(said, [({"x": 1}, node), ({"x": 2}, other)])     # … if x is 1 …, if x is 2 …
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from engine.decision.deciding.part import Part
from engine.decision.words.nodes import Node, node, others_left_out
from engine.decision.words.suppositions import Suppositions
from engine.decision.worlds.world import World

Assignment: TypeAlias = Mapping[str, Any]
Tale: TypeAlias = tuple[Assignment, Node]


def together(said: Suppositions, tales: list[Tale], *, cut_off: bool = False) -> Node:
    """One node of several about the same, each as it is in one world; `cut_off`: there are more
    worlds than tales."""
    worlds = [
        (given, told)
        for given, told in tales
        if not any(told != other and _is_part(given, wider) for wider, other in tales)
    ]
    told_in: list[tuple[Node, list[Assignment]]] = []
    for given, told in worlds:
        alike = next((under for one, under in told_in if one == told), None)
        if alike is None:
            told_in.append((told, [given]))
        else:
            alike.append(given)
    (first, _), *others = told_in
    if not others:
        return first
    same = [one for one in below(first) if all(one in below(other) for other, _ in others)]
    children = list(same)
    unders = [under for _, under in told_in]
    givens = [under[0] for under in unders] if cut_off else _telling(unders)
    for (told, _), given in zip(told_in, givens, strict=True):
        zh, en = said.world(given)
        own = [one for one in below(told) if one not in same]
        children.append(node("world", f"如果 {zh}", f"if {en}", own))
    if cut_off:
        children.append(others_left_out())
    return {**first, "children": children}


def worlds_apart(part: Part, most: int) -> tuple[list[World], bool]:
    """So many worlds of a part in the order visited, those before others that come to something
    else; and whether what is left out comes to something else, too."""
    worlds = list({id(world): world for world in part.worlds}.values())
    first: dict[Any, World] = {}
    for one in part.results:
        if one.world is not None:
            came = one.status, repr(one.aspects), repr(one.value), one.grounds, one.bars
            first.setdefault(came, one.world)
    taken = [*map(id, first.values()), *map(id, worlds)]
    kept = set(list(dict.fromkeys(taken))[:most])
    return [world for world in worlds if id(world) in kept], len(first) > most


def versions_in(worlds: Iterable[World]) -> list[dict[str, str]]:
    """The versions that govern in some worlds, each once."""
    keys = dict.fromkeys(key for world in worlds for key in world.setting.program.versions)
    return [{"instrument": instrument, "version": version} for instrument, version in keys]


def below(told: Node) -> list[Node]:
    """The nodes right below one."""
    return list(told.get("children", ()))


def _is_part(one: Assignment, other: Assignment) -> bool:
    """Whether a world is one of which another settles more."""
    return len(one) < len(other) and all(other.get(name) == one[name] for name in one)


def _telling(of_each: list[list[Assignment]]) -> list[Assignment]:
    """What tells tales apart, each told in some worlds: what is so in all worlds of one, without
    what is so in all worlds of all; else all that the first of them supposes."""
    shared = [_shared(worlds) for worlds in of_each]
    same = _shared([one for worlds in of_each for one in worlds])
    told = [{name: one[name] for name in one if name not in same} for one in shared]
    several = [{name: one[name] for name in one if _is_open(name, told)} for one in told]
    for apart in (several, told):
        if all(apart) and all(one not in apart[:place] for place, one in enumerate(apart)):
            return list(apart)
    return [{name: one[0][name] for name in one[0] if name not in same} for one in of_each]


def _is_open(name: str, told: list[dict[str, Any]]) -> bool:
    """Whether tales suppose different things of something."""
    first, *others = [one[name] for one in told if name in one]
    return any(one != first for one in others)


def _shared(worlds: list[Assignment]) -> Assignment:
    """What is so in all of some worlds."""
    first, *others = worlds
    return {
        name: first[name]
        for name in first
        if all(name in one and one[name] == first[name] for one in others)
    }
