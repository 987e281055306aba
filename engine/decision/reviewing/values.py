"""Values that a past decision states beside its amounts: a multiple, a base, a year, a count.

    [finding["finding"] for finding in values_found(asked)]      # lawful, unlawful or open

The vocabulary says with which names a value is compared. What was due may rest on one of several:
a multiple may be that of a birth, or that of each person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from typing import Any

from engine.decision.case.model import EntityRecord, Found, State
from engine.decision.deciding.confidence import wanting_rules
from engine.decision.deciding.decide import Evaluation, part_of_name
from engine.decision.deciding.part import Part, told_part
from engine.decision.reviewing.allowed import ways_of
from engine.decision.reviewing.stated import (
    Again,
    Asked,
    Told,
    Verdict,
    finding_of,
    held,
    is_nothing,
    known,
    path_of_fact,
    resting_on,
    stated_by,
)
from engine.decision.words.shown import plain
from engine.decision.worlds.world import World
from engine.inference.program import ProgramRule
from engine.language.dependencies import dependencies, walk
from engine.language.expression import Statistic
from engine.language.rule_expressions import expressions_in
from engine.language.ruleset import Rule
from engine.values.truth import Truth


def values_found(asked: Asked) -> Iterator[Told]:
    """Findings on the values that the decision states, each compared with the first of its names of
    which the texts of the day have a value; with a later one only if what was due rests on it. Who
    or what has no value of that name is compared with the next one for its kind; whom several rules
    charge by several names, with each.

    Where nothing was due the texts have none, and none was lawful; nor where they set an amount
    outright, without a figure from which it is calculated. Where the text that sets the amount was
    not read, the value is open.
    """
    nothing = all(is_nothing(part) for part in asked.parts)
    for key, names in asked.reviewed.values.items():
        if nothing and "." not in names[0]:  # of the levy, not of somebody
            yield from _of_nothing(asked, key, names[0])
            continue
        compared: set[str] = set()
        told: set[str] = set()
        for kind, grouped in groupby(names, key=lambda name: name.partition(".")[0]):
            of_kind = tuple(grouped)
            if kind not in (asked.evaluation.law.vocabulary.names[key].each or (kind,)):
                findings = list(_through(asked, key, kind, of_kind, told))
                yield from findings
            elif compared:
                yield from _beside(asked, key, of_kind, compared)
                continue
            else:
                findings = list(_of_kind(asked, key, names[0], of_kind))
                yield from _for_each(asked, key, of_kind, findings) if findings else ()
            if findings:
                compared |= set(of_kind)
                told |= {finding["subject"] for finding in findings}
        if not compared:
            yield from _of_nothing(asked, key, names[0]) or _of_unread(asked, key, names[0])


def _beside(asked: Asked, key: str, names: tuple[str, ...], compared: set[str]) -> Iterator[Told]:
    """Findings by names of a further kind: by each that somebody is charged with in the same levy,
    unless it is made up of what was compared already, or the decision says it for them apart."""
    apart = {
        of
        for other, alike in asked.reviewed.values.items()
        if other != key and not set(names).isdisjoint(alike)
        for of in stated_by(asked, other)
    }
    for name in names:
        if _rests_on(asked, name) and compared.isdisjoint(_made_of(asked, name)):
            for record, value in _stated(asked, key, name):
                own = record is not None and record.id not in apart
                if own and _is_charged(asked, name, record):
                    told = _compared(asked, key, name, record, value)
                    yield from () if told is None else (told,)


def _through(
    asked: Asked, key: str, kind: str, names: tuple[str, ...], told: Set[str]
) -> Iterator[Told]:
    """Findings on what is stated of those of whom nothing of their own was found: each compared
    with what the texts have for that of this kind which is theirs, the gravest told."""
    for of, value in stated_by(asked, key).items():
        theirs = [
            record
            for record in asked.evaluation.base.about
            if record.kind == kind and of in _named_in(asked, record)
        ]
        found = list(_of_kind(asked, key, names[0], names, [(one, value) for one in theirs]))
        if of not in told and found:
            yield min(found, key=_gravity) | {"subject": of}


def _named_in(asked: Asked, record: EntityRecord) -> set[str]:
    """The entities that the facts of one name, or those of its members."""
    by_id = asked.evaluation.base.by_id
    records = [record, *(by_id[name] for name in record.members if name in by_id)]
    values = [
        found.value for one in records for found in one.facts.values() if type(found) is Found
    ]
    return {str(name) for value in values if type(value) is tuple for name in value}


def _is_charged(asked: Asked, name: str, record: EntityRecord | None) -> bool:
    """Whether a rule that reads the name charges somebody."""
    own = [part for part in asked.parts if record is not None and part.bearer == record.id]
    return any(
        rule.effect == "charge"
        and _reads(rule.rule, name)
        and world.status_of(rule.index, record if rule.kind else None) is Truth.TRUE
        for world, rule in _deciding(own)
    )


def _made_of(asked: Asked, name: str) -> set[str]:
    """What the rules read that define a name, and what that means."""
    return {
        meant
        for world, rule in (*_deciding(asked.parts), *_wanting(asked.parts))
        if rule.index in world.setting.program.definers.get(name, ())
        for expression in expressions_in(rule.rule)
        for read in dependencies(expression)
        for meant in _meant(asked, read)
    }


def _of_kind(
    asked: Asked,
    key: str,
    first: str,
    names: tuple[str, ...],
    stated: Sequence[tuple[EntityRecord, Any]] | None = None,
) -> Iterator[Told]:
    """Findings by the names of one kind of entity, one for each entity. Whom another rule charges
    by another name as well, theirs is compared with each: it is lawful if it fits all. `stated`:
    the entities with what is stated of them, if not they themselves are named."""
    found: dict[str | None, Told] = {}
    charged: dict[str | None, set[int]] = {}
    for name in names:
        if name != first and not _rests_on(asked, name):
            continue
        for record, value in _stated(asked, key, name) if stated is None else stated:
            id = record.id if record else None
            charging = _charging(asked, name, record)
            if id in found and charging <= charged[id]:
                continue
            if told := _compared(asked, key, name, record, value):
                found[id] = min(found.get(id, told), told, key=_gravity)
                charged[id] = charged.get(id, set()) | charging
    yield from found.values()


def _gravity(finding: Told) -> int:
    """How soon a finding is told: what is unlawful outweighs what is open, that what is lawful."""
    return ("unlawful", "open", "lawful").index(finding["finding"])


def _charging(asked: Asked, name: str, record: EntityRecord | None) -> set[int]:
    """The rules by which somebody owes, or would if nothing were lacking, that read the name."""
    own = [part for part in asked.parts if record is not None and part.bearer == record.id]
    return {
        rule.index
        for _, rule in (*_deciding(own), *_wanting(own))
        if rule.effect == "charge" and _reads(rule.rule, name)
    }


def _stated(asked: Asked, key: str, name: str) -> Iterator[tuple[EntityRecord | None, Any]]:
    """The entities whose name a stated value is compared with; None: the case itself."""
    base, one = asked.evaluation.base, known(asked.decision, key)
    kind, _, own = name.partition(".")
    if not own:
        if one is not None:
            yield None, one
        return
    if one is not None:
        bearers = {part.bearer for part in asked.parts}
        payers = (base.by_id[name] for name in bearers if name in base.by_id)
        bearers = bearers.union(*(_named_in(asked, record) for record in payers))
        bearers |= {record.id for record in base.about}
        yield from ((record, one) for record in base.all(kind) if record.id in bearers)
    entries = asked.decision.facts.get(key)
    for entry in entries if isinstance(entries, tuple) else ():
        record = base.by_id.get(str(entry.of))
        if record is not None and record.kind == kind and entry.found.state is State.KNOWN:
            yield record, entry.found.value


def _compared(
    asked: Asked, key: str, name: str, record: EntityRecord | None, value: Any
) -> Told | None:
    """A finding on a value; None where the texts have none of that name."""
    part = part_of_name(asked.evaluation, name, record)
    told = told_part(asked.evaluation, part, None)
    if not told["bands"] and not told.get("missing") and _unnamed(told, name):
        return None
    finding = held(asked, key, part, told, value, _other_name(name, record))
    others = _of_others([part], record)
    found = name in asked.evaluation.law.vocabulary.facts  # of a fact no rule says what it is
    rules = [rule for rule in finding["provisions"] if not found and rule not in others]
    return finding | {"provisions": rules or _behind(asked, name, record) or _due_by(asked)}


def _unnamed(told: Told, name: str) -> bool:
    """Whether no text is lacking but that no rule gives the name a value."""
    return all(gap["kind"] == name and not gap.get("instrument") for gap in told.get("gaps", ()))


def _other_name(name: str, record: EntityRecord | None) -> Again:
    def again(evaluation: Evaluation) -> Part:
        return part_of_name(evaluation, name, record)

    return again


def _for_each(
    asked: Asked, key: str, of_kind: tuple[str, ...], findings: list[Told]
) -> Iterator[Told]:
    """Findings on one value that was stated for all: it is open where the texts differ for each,
    unless the decision says it for each in another place."""
    verdicts = {finding["finding"] for finding in findings}
    vocabulary = asked.evaluation.law.vocabulary
    each = [
        other
        for other, names in asked.reviewed.values.items()
        if not set(of_kind).isdisjoint(names) and vocabulary.names[other].each
    ]
    if len(verdicts) == 1 or key in each or not each:
        yield from findings
    elif asked.decision.facts.keys().isdisjoint(each):
        for finding in findings:
            words = finding_of(asked, key, finding["subject"], "open", "for-each")
            path = f"{path_of_fact(asked.decision, each[0])}[{finding['subject']}]"
            yield finding | words | {"missing": [[path]]}


def _of_nothing(asked: Asked, key: str, name: str) -> list[Told]:
    """Findings on a value of a levy of which nothing was due, or that the texts set outright."""
    rules = _without_values(asked)
    nothing = all(is_nothing(part) for part in asked.parts)
    if not nothing and not rules:  # no rule need say that nothing was due
        return []
    return _same_for_all(asked, key, name, "unlawful", "nothing" if nothing else "outright", rules)


def _of_unread(asked: Asked, key: str, name: str) -> list[Told]:
    """Findings on a value where a text that tells what was due was not read."""
    told = [told_part(asked.evaluation, part, None) for part in asked.parts]
    gaps: list[Told] = []
    for gap in (gap for one in told for gap in one.get("gaps", ())):
        gaps += [gap] if gap not in gaps else []
    if not gaps:
        return []
    return [
        finding | {"gaps": gaps}
        for finding in _same_for_all(asked, key, name, "open", "unsettled", [])
    ]


def _same_for_all(
    asked: Asked, key: str, name: str, verdict: Verdict, text: str, rules: list[str]
) -> list[Told]:
    """The same finding on a value for everything that it was stated of; of nothing of its kind,
    as an adoption is no birth, for the decision."""
    one = known(asked.decision, key)
    stated = list(_stated(asked, key, name)) or ([] if one is None else [(None, one)])
    return [
        finding_of(asked, key, record.id if record else asked.decision.id, verdict, text)
        | {"recorded": plain(value), "lawful": [], "provisions": rules}
        for record, value in stated
    ]


def _set_outright(parts: list[Part]) -> bool:
    """Whether the amounts are known and no figure of a statistic decides them."""
    ways = [way for part in parts for way in ways_of(part)]
    return all(way.telling and way.exact for way in ways) and not any(
        isinstance(one, Statistic)
        for _, rule in _deciding(parts)
        for expression in expressions_in(rule.rule)
        for one in walk(expression)
    )


def _without_values(asked: Asked) -> list[str]:
    """The rules by which surely nothing was due or the amount is set outright, whatever values the
    decision used; none where these may have counted."""
    if not all(is_nothing(part) for part in asked.parts) and not _set_outright(asked.parts):
        return []
    return _due_by(asked)


def _due_by(asked: Asked) -> list[str]:
    """The rules on which what was due rests, or would if nothing were lacking."""
    wanting = {rule.rule.name for _, rule in _wanting(asked.parts)}
    return sorted(wanting.union(*(resting_on(part) for part in asked.parts)))


# --- rules behind a name --------------------------------------------------------------------------
def _rests_on(asked: Asked, name: str) -> bool:
    """Whether a rule that defines the name decided what was due."""
    return any(
        rule.index in world.setting.program.definers.get(name, ())
        for world, rule in (*_deciding(asked.parts), *_wanting(asked.parts))
    )


def _behind(asked: Asked, name: str, record: EntityRecord | None) -> list[str]:
    """The rules that decided what was due and either define something of what a name means or, of
    a fact and of what the texts leave to the case, read it; of somebody's own part where there is
    one."""
    meant = _meant(asked, name)
    facts = asked.evaluation.law.vocabulary.facts
    own = [part for part in asked.parts if record is not None and part.bearer == record.id]
    parts = own or asked.parts
    found = {
        rule.rule.name
        for world, rule in _deciding(parts)
        if any(rule.index in world.setting.program.definers.get(one, ()) for one in meant)
        or ((name in facts or name in world.setting.program.asks) and _reads(rule.rule, name))
    }
    return sorted(found - _of_others(parts, record))


def _of_others(parts: list[Part], record: EntityRecord | None) -> set[str]:
    """The rules that decided parts, yet of entities like this one apply to others only."""
    if record is None:
        return set()
    like = {
        (world.status_of(rule.index, record) is Truth.TRUE, rule.rule.name)
        for world, rule in _deciding(parts)
        if rule.kind == record.kind
    }
    return {name for _, name in like} - {name for applies, name in like if applies}


def _deciding(parts: list[Part]) -> Iterator[tuple[World, ProgramRule]]:
    """The rules that decided parts, each in its world."""
    for part in parts:
        for world, rules in part.deciding:
            yield from ((world, world.setting.program.rules[index]) for index in rules)


def _wanting(parts: list[Part]) -> Iterator[tuple[World, ProgramRule]]:
    """The rules by which something would be due if nothing were lacking, each in its world."""
    for part in parts:
        for world, rules in wanting_rules(part.results):
            yield from ((world, world.setting.program.rules[index]) for index in rules)


def _meant(asked: Asked, name: str) -> set[str]:
    """The name, and all names that its meaning reads."""
    formulas = asked.evaluation.law.vocabulary.formulas
    found, waiting = {name}, [name]
    while waiting:
        formula = formulas.get(waiting.pop())
        new = dependencies(formula.expression) - found if formula else frozenset[str]()
        found |= new
        waiting.extend(new)
    return found


def _reads(rule: Rule, name: str) -> bool:
    return any(name in dependencies(expression) for expression in expressions_in(rule))
