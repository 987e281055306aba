"""Values of names: facts found, formulas, what rules define, what texts leave to the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from engine.decision.case.model import EntityRecord, Found, State
from engine.decision.worlds.found import AS_FOUND, found_value, step_of, today
from engine.inference.asked import Variables
from engine.inference.partial import Partial
from engine.inference.program import Program
from engine.inference.undecided import Contradiction, Point, Refusal, Undecided, Unproved
from engine.inference.values import BEARER
from engine.language.types import Type
from engine.law.vocabulary import ASSESSMENT, Grouping
from engine.values.dates import Window

if TYPE_CHECKING:
    from engine.decision.worlds.world import World

ASSESSED: Final = EntityRecord(ASSESSMENT, ASSESSMENT, {})


Reader: TypeAlias = Callable[["World", "EntityRecord | None"], Any]
"""How a world comes to the value of a name for an entity; None: for the case."""


def reader(program: Program, key: str) -> Reader:
    """How to come to the value of a name; worked out once for each program."""
    readers: dict[str, Reader] = program.told.setdefault("readers", {})
    if key not in readers:
        readers[key] = _reader(program, key)
    return readers[key]


def _reader(program: Program, key: str) -> Reader:
    info = program.vocabulary.names[key]
    match info.origin:
        case "found":
            return _found(key, info.type)
        case "relation" | "term":
            return _formula(program, key)
        case "defined" if key in program.definers:
            return _defined(program, key)
        case "defined":
            of_entity = _defined(program, key)
            return lambda world, entity: (
                _asked(world, key) if entity is None else of_entity(world, entity)
            )
        case "asked":
            return lambda world, entity: _asked(world, key)
        case _:
            return _built_in(program, key, info.type)


def _found(key: str, type_: Type) -> Reader:
    as_found = type_.base in AS_FOUND

    def read(world: World, entity: EntityRecord | None) -> Any:
        assert entity is not None
        found = entity.facts.get(key)
        if (
            as_found
            and type(found) is Found
            and found.state is State.KNOWN
            and not found.supposed
            and type(found.value) is not Window
        ):
            return found.value
        return found_value(world, key, entity, type_)

    return read


def _formula(program: Program, key: str) -> Reader:
    body, words = program.formulas[key], program.vocabulary.formulas[key].variables
    own_ways = program.terms.get(key, ())

    def read(world: World, entity: EntityRecord | None) -> Any:
        way = body
        if world.setting.untold is not None:
            world.setting.untold.check_term(key, entity)
        for version, own in own_ways:
            if world.setting.governs(version, "define", entity):
                way = own
        variables: Variables = {BEARER: entity.id if entity else "case"}
        for word in words:
            variables[word] = entity
        return way(world, variables)

    return read


def _built_in(program: Program, key: str, type_: Type) -> Reader:
    kind, _, name = key.partition(".")
    if name and kind in program.vocabulary.conclusions:
        return lambda world, entity: _aspect(world, key, entity, type_)
    if name and kind != ASSESSMENT:
        return _found(key, type_)
    if name:
        return lambda world, entity: today(world)
    if key == ASSESSMENT:
        return lambda world, entity: ASSESSED
    if key == "about":
        return lambda world, entity: world.setting.about
    of = key.removeprefix("every_")

    listings, grouping = _listings(program, of), program.vocabulary.kinds[of].groups

    def every(world: World, entity: EntityRecord | None) -> Any:
        members, complete = world.setting.all(of), world.setting.case.complete
        doubtful = world.setting.doubtful
        if doubtful and grouping is not None:
            members = tuple(
                one for one in members if one.id not in doubtful or _is_group(world, one, grouping)
            )
        for kind, listing in listings:
            if not complete.get(kind, True):
                return Partial.of(members, listing)
        return members

    return every


def _is_group(world: World, group: EntityRecord, grouping: Grouping) -> bool:
    """Whether one of what a group is made of does belong to one. What cannot be established keeps
    none from it."""
    for id in group.members:
        try:
            if not world.name(f"{grouping.of}.{grouping.unless}", world.setting.by_id[id]):
                return True
        except Unproved:
            return True
    return False


def _aspect(world: World, key: str, result: EntityRecord | None, type_: Type) -> Any:
    """What a result says, if its rule says so."""
    fact = result.facts.get(key) if result else None
    if not isinstance(fact, Found):
        raise Unproved()
    if type_.base == "step":
        return step_of(world, str(type_.about), str(fact.value))
    return fact.value


def _listings(program: Program, kind: str) -> list[tuple[str, str]]:
    """The kinds of which a case may list only some, as far as entities of this kind are made of
    them; each with the fact that says whether all are listed."""
    kinds = program.vocabulary.kinds
    made_of = (kinds[of] for of in kinds[kind].made_of)
    return [(one.name, f"{one.section}.{one.listed}") for one in made_of if one.listed is not None]


def _defined(program: Program, key: str) -> Reader:
    definers = [(i, program.rules[i]) for i in program.definers.get(key, ())]

    def read(world: World, entity: EntityRecord | None) -> Any:
        if world.setting.untold is not None:
            world.setting.untold.check(entity)
        values: list[tuple[int, Any]] = []
        missing: frozenset[str] = frozenset()
        refusal: Refusal | None = None
        for index, rule in definers:
            if not world.applies(index, entity):
                continue
            try:
                value = world.value(rule, key, entity)
            except Unproved as stop:
                if stop.gap:
                    raise
                missing |= stop.facts
            except Refusal as stop:
                refusal = stop
            else:
                values.append((index, value))
        if refusal:
            raise refusal
        if not values:
            raise Unproved(missing, None if missing else key)
        first = values[0][1]
        if len(values) > 1 and any(not world.same(first, other) for _, other in values[1:]):
            name = entity.id if entity else "case"
            raise Contradiction(key, name, tuple(index for index, _ in values))
        return first

    return read


def variables_of(variable: str | None, entity: EntityRecord | None) -> Variables:
    """The variables of a binding: its subject, and its own name for choice points."""
    if variable is None or entity is None:
        return {BEARER: "case"}
    return {variable: entity, BEARER: entity.id}


def _asked(world: World, key: str) -> Any:
    """What a text leaves to the case: the case says it, or all candidates are the same."""
    case = world.setting.case
    path = f"settings.{key}"
    if key in case.settings:
        return case.settings[key]
    if path in world.assignment:
        return world.assignment[path]
    variables: Variables = {BEARER: "case"}
    variables.update({entity.kind: entity for entity in world.setting.about})
    asked = world.setting.program.asks.get(key, ())
    candidates: list[Any] = []
    for candidate in asked:
        try:
            candidates.append(world.exactly(candidate(world, variables)))
        except Unproved:
            continue
    distinct = sorted(set(candidates), key=str)
    if len(distinct) == 1 and (len(candidates) > 1 or len(asked) == 1):
        return distinct[0]
    options = tuple(distinct) if len(distinct) > 1 else ()
    raise Undecided(Point(path, "fact", options, frozenset({path})))
