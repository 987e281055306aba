"""Why a condition does not hold: the leaves of it that stand in the way, and how far they missed.

A condition is taken apart as far as words reach: through `and`, `or`, `not`, through terms of the
vocabulary, through the items of a list. What is left are comparisons, facts and papers, each with
the values that were read. For an exception it is the other way round: why it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from engine.decision.case.model import EntityRecord
from engine.decision.explaining.distance import Missed, missed, missed_between
from engine.decision.trace.behind import attempt
from engine.decision.trace.prepared import Prepared, prepared
from engine.decision.trace.telling import Teller
from engine.decision.trace.whichever import values_in
from engine.decision.words.nodes import Node, node, not_applied
from engine.decision.words.paths_said import paths_listed
from engine.decision.worlds.names import variables_of
from engine.inference.asked import Variables
from engine.inference.program import ProgramRule
from engine.inference.undecided import Refusal, Stopped, Undecided, Unproved
from engine.inference.values import BEARER
from engine.language.expression import And, Call, Compare, Expression, Not, Or, Quantify, Read

Holds: TypeAlias = Literal["true", "false", "unknown", "unproved"]

DEPTH: Final = 6
"""Through so many terms and lists a condition is taken apart."""
MOST_ITEMS: Final = 4
"""So many items of a list are told."""
_WHOLE: Final = {"years_between": "year", "age_on": "year", "months_between": "month"}
"""Functions that count whole years or months from a day to another."""
_FLIPPED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def holds(
    teller: Teller, expression: Expression, variables: Variables
) -> tuple[Holds, frozenset[str]]:
    """Whether a condition holds in the teller's world; where that is open, by which facts."""
    one = prepared(teller.program, expression)
    try:
        value = one.value(teller.world, variables)
    except Undecided as stop:
        held = values_in(teller.completions, lambda world: bool(one.value(world, variables)))
        if len(held) != 1:
            return "unknown", _open_by(teller, one, variables) or stop.point.facts
        value = held[0]
    except Unproved as stop:
        return "unproved", stop.facts
    except Refusal:
        return "unproved", frozenset()
    return ("true" if value else "false"), frozenset()


def _open_by(teller: Teller, one: Prepared, variables: Variables) -> frozenset[str]:
    """The facts by which a condition is open whatever is so of what texts leave to the case."""
    for world in teller.completions:
        try:
            one.value(world, variables)
        except Undecided as stop:
            return stop.point.facts
        except Stopped:
            continue
    return frozenset()


def unmet(
    teller: Teller,
    expression: Expression,
    variables: Variables,
    *,
    wanted: bool = True,
    depth: int = DEPTH,
) -> list[Node]:
    """What keeps a condition from being true (`wanted`), or from being false; nothing if it is."""
    truth, facts = holds(teller, expression, variables)
    if truth == ("true" if wanted else "false"):
        return []

    def inside(part: Expression, *, flip: bool = False) -> list[Node]:
        return unmet(teller, part, variables, wanted=wanted is not flip, depth=depth)

    match expression:
        case And(operands=operands) | Or(operands=operands):
            parts = [found for operand in operands if (found := inside(operand))]
            flat = [one for part in parts for one in part]
            if isinstance(expression, And) is wanted or len(parts) < 2:
                return flat
            told = teller.condition(expression, variables, brief=True)
            return [{**told, "kind": "any-of", "children": [_joined(part) for part in parts]}]
        case Not(operand=operand):
            return inside(operand, flip=True)
    told = _leaf(teller, expression, variables, wanted, facts)
    children = list(_behind(teller, expression, variables, wanted, depth)) if depth > 0 else []
    if children:
        told["children"] = children
    return [told]


def unmet_of(
    teller: Teller, rule: ProgramRule, subject: EntityRecord | None, depth: int = DEPTH
) -> Iterator[Node]:
    """The conditions of a rule that do not hold and the exceptions that do or may, each with what
    stands in the way."""
    variables = variables_of(rule.variable, subject)
    for condition in rule.rule.when:
        yield from unmet(teller, condition, variables, depth=depth)
    for exception in rule.rule.unless:
        truth, _ = holds(teller, exception, variables)
        if truth in ("true", "unknown"):
            told = teller.condition(exception, variables, exception=True, brief=True)
            reasons = unmet(teller, exception, variables, wanted=False, depth=depth)
            if len(reasons) == 1 and reasons[0].get("source") == told.get("source"):
                reasons = reasons[0].get("children", [])
            children = {"children": reasons} if reasons else {}
            yield {**told, "kind": "exception", **children}


def _joined(part: list[Node]) -> Node:
    """What must all be put right for one way to be open."""
    return part[0] if len(part) == 1 else node("all-of", "同时", "all of these", part)


def _leaf(
    teller: Teller,
    expression: Expression,
    variables: Variables,
    wanted: bool,
    facts: frozenset[str],
) -> Node:
    told = teller.condition(expression, variables)
    if facts:
        told["open"] = sorted(facts)
        listed = paths_listed(told["open"], teller.vocabulary)
        word = ("未证明", "not proved") if told["truth"] == "unproved" else ("不知道", "not known")
        _add(told, f"（{word[0]}：{listed.zh}）", f" ({word[1]}: {listed.en})")
    if isinstance(expression, Compare) and told["truth"] == ("false" if wanted else "true"):
        op = expression.op if wanted else _FLIPPED[expression.op]
        distances = _distances(teller, expression, op, variables)
        if len(distances) == 1:
            told["missed"] = distances[0].as_json()
        if distances:
            zh = "，或者".join(one.text[0] for one in distances)
            en = ", or ".join(one.text[1] for one in distances)
            _add(told, f"——{zh}", f" — {en}")
    return told


def _distances(teller: Teller, compare: Compare, op: str, variables: Variables) -> list[Missed]:
    """How far a comparison is from holding: in each world, where what is compared is open."""
    left, right = (prepared(teller.program, side) for side in (compare.left, compare.right))
    unit = compare.left.type.about or compare.right.type.about
    found: list[Missed] = []
    for world in (teller.world, *teller.completions):
        one, other = (attempt(world, side.value, variables) for side in (left, right))
        distance = None if one is None or other is None else missed(op, one, other, unit)
        if distance is not None:
            distance = _between(teller, compare, op, other, variables) or distance
            found += [] if distance in found else [distance]
        if found and world is teller.world:
            break
    return found


def _between(
    teller: Teller, compare: Compare, op: str, count: Any, variables: Variables
) -> Missed | None:
    """How far the time between two days, or a term that means it, is from a count, to the day."""
    side, inside = compare.left, variables
    while isinstance(side, Read) and side.key in teller.vocabulary.formulas:
        meant = _meaning(teller, side, inside)
        if meant is None:
            return None
        side, inside = meant
    if not isinstance(side, Call) or side.function not in _WHOLE or not isinstance(count, int):
        return None
    start, end = (
        attempt(teller.world, prepared(teller.program, one).value, inside) for one in side.arguments
    )
    if not isinstance(start, date) or not isinstance(end, date):
        return None
    return missed_between(op, _WHOLE[side.function], start, end, count)


def _add(told: Node, zh: str, en: str) -> None:
    told["text"] = {"zh": told["text"]["zh"] + zh, "en": told["text"]["en"] + en}


def _behind(
    teller: Teller, expression: Expression, variables: Variables, wanted: bool, depth: int
) -> Iterator[Node]:
    """The leaves of the term, or of the items of the list, that a condition is about."""
    match expression:
        case Read(key=key) if key in teller.vocabulary.formulas:
            meant = _meaning(teller, expression, variables)
            if meant is not None:
                yield from unmet(teller, *meant, wanted=wanted, depth=depth - 1)
        case Read(key=key) if wanted and key in teller.program.definers:
            subject = _subject(teller, expression, variables)
            for index in teller.program.definers[key]:
                rule = teller.program.rules[index]
                if teller.world.in_scope(rule, subject):
                    found = list(unmet_of(teller, rule, subject, depth - 1))
                    if found:
                        yield not_applied(rule, found)
        case Quantify(function="any" | "all", body=body) if body is not None:
            yield from _items(teller, expression, body, variables, wanted, depth)


def _meaning(
    teller: Teller, read: Read, variables: Variables
) -> tuple[Expression, Variables] | None:
    """What a term means where it is read, with the variables of that; None if it is not known of
    what it is read."""
    subject = _subject(teller, read, variables)
    if read.subject is not None and subject is None:
        return None
    formula = teller.vocabulary.formulas[read.key]
    inner: Variables = dict.fromkeys(formula.variables, subject)
    inner[BEARER] = subject.id if subject else "case"
    return term(teller, read.key, subject), inner


def term(teller: Teller, key: str, subject: EntityRecord | None) -> Expression:
    """What a term means under the versions that govern its subject."""
    found = teller.vocabulary.formulas[key].expression
    world = teller.world
    for version, text in world.setting.program.versions.items():
        if world.setting.governs(version, "define", subject):
            found = dict(text.terms).get(key, found)
    return found


def _subject(teller: Teller, read: Read, variables: Variables) -> EntityRecord | None:
    if read.subject is None:
        return None
    value = attempt(teller.world, prepared(teller.program, read.subject).value, variables)
    return value if isinstance(value, EntityRecord) else None


def _items(
    teller: Teller,
    list_: Quantify,
    body: Expression,
    variables: Variables,
    wanted: bool,
    depth: int,
) -> Iterator[Node]:
    """For each item of a list what stands in its way; an item left out says nothing."""
    items = attempt(teller.world, prepared(teller.program, list_.collection).value, variables)
    told = 0
    for item in items if isinstance(items, tuple) else ():
        inner = {**variables, list_.variable: item}
        if list_.where is not None and _certainly_not(teller, list_.where, inner):
            continue
        found = unmet(teller, body, inner, wanted=wanted, depth=depth - 1)
        if found and told < MOST_ITEMS:
            told += 1
            name = item.id if isinstance(item, EntityRecord) else str(item)
            yield node("item", name, name, found)


def _certainly_not(teller: Teller, where: Expression, variables: dict[str, Any]) -> bool:
    try:
        return not prepared(teller.program, where).value(teller.world, variables)
    except Stopped:
        return False
