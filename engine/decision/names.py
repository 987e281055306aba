"""Values of names: facts found, formulas, what rules define, what texts leave to the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.decision.case_model import EntityRecord, Found
from engine.decision.found import found_value, step_of, today
from engine.inference.asked import Closure, Partial, Variables
from engine.inference.undecided import Contradiction, Point, Refusal, Undecided, Unproved
from engine.inference.values import BEARER
from engine.language.types import Type
from engine.law.vocabulary import ASSESSMENT

if TYPE_CHECKING:
    from engine.decision.world import World

ASSESSED: Final = EntityRecord(ASSESSMENT, ASSESSMENT, {})


def resolved(world: World, key: str, entity: EntityRecord | None) -> Any:
    """The value of a name in a world, worked out."""
    info = world.setting.vocabulary.names[key]
    match info.origin:
        case "found":
            assert entity is not None
            return found_value(world, key, entity, info.type)
        case "relation" | "term":
            return _formula(world, key, entity)
        case "defined" if key in world.setting.program.definers or entity is not None:
            return _defined(world, key, entity)
        case "defined" | "asked":
            return _asked(world, key)
        case _:
            return _built_in(world, key, entity, info.type)


def _built_in(world: World, key: str, entity: EntityRecord | None, type_: Type) -> Any:
    if entity is not None and entity.kind in world.setting.vocabulary.conclusions:
        return _aspect(world, key, entity, type_)
    if entity is not None and entity.kind != ASSESSMENT:
        return found_value(world, key, entity, type_)
    if key == "about":
        return world.setting.about
    if key == ASSESSMENT:
        return ASSESSED
    if key == f"{ASSESSMENT}.date":
        return today(world)
    kind = key.removeprefix("every_")
    members = world.setting.all(kind)
    incomplete = _incomplete(world, kind)
    return Partial.of(members, incomplete) if incomplete else members


def _aspect(world: World, key: str, result: EntityRecord, type_: Type) -> Any:
    """What a result says, if its rule says so."""
    fact = result.facts.get(key)
    if not isinstance(fact, Found):
        raise Unproved()
    if type_.base == "step":
        return step_of(world, str(type_.about), str(fact.value))
    return fact.value


def _incomplete(world: World, kind: str) -> str | None:
    """The fact that says that not all entities of a kind are listed; None if all are."""
    declared = world.setting.vocabulary.kinds[kind]
    of = declared.groups.of if declared.groups else kind
    listed = world.setting.vocabulary.kinds[of]
    if listed.listed is None or world.setting.case.complete.get(of, True):
        return None
    return f"{listed.section}.{listed.listed}"


def _formula(world: World, key: str, entity: EntityRecord | None) -> Any:
    program = world.setting.program
    body: Closure = program.formulas[key]
    for version, own in program.terms.get(key, ()):
        if world.setting.governs(version, "define", entity):
            body = own
    variables = dict.fromkeys(world.setting.vocabulary.formulas[key].variables, entity)
    return body(world, {**variables, BEARER: entity.id if entity else "case"})


def _defined(world: World, key: str, entity: EntityRecord | None) -> Any:
    values: list[tuple[int, Any]] = []
    missing: frozenset[str] = frozenset()
    refusal: Refusal | None = None
    for index in world.setting.program.definers.get(key, ()):
        if not world.applies(index, entity):
            continue
        rule = world.setting.program.rules[index]
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
