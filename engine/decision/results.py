"""What one world comes to for one bearer, and when two results are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, TypeAlias

from engine.decision.case_model import EntityRecord
from engine.decision.explore import Explored, LeafWorlds, Visited
from engine.decision.world import World
from engine.inference.program import RANKS, ProgramRule
from engine.inference.undecided import Contradiction, Refusal, Stopped, Undecided, Unproved
from engine.language.ruleset import Charge, Lapse, Refuse
from engine.law.vocabulary import Question
from engine.values.bands import Band
from engine.values.intervals import Interval
from engine.values.money import Money
from engine.values.open_number import Open

StatusWord: TypeAlias = Literal["due", "none", "refused", "answer", "lacking", "conflict", "absent"]


@dataclass(frozen=True, slots=True)
class Result:
    """One world's result.

    `value`: the amount of `due`, the answer of `answer`; `reason`: of `refused`; `facts`: what is
    lacking, found facts and names of texts; `rules`: those it rests on, in the world's program.
    """

    status: StatusWord
    value: Any = None
    reason: tuple[str, str] | None = None
    facts: frozenset[str] = frozenset()
    rules: tuple[int, ...] = ()
    grounds: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    postponed: tuple[str, ...] = ()
    world: World | None = None


def of_bearer(world: World, question: Question, bearer: str) -> Result:
    """What is asked, for one bearer, in one world; raises `Undecided`."""
    if not world.setting.about:
        return Result("absent", world=world)
    if question.decides:
        return _answer(world, question)
    assert question.seeks is not None
    return _charge(world, str(question.seeks[1]), bearer)


def _answer(world: World, question: Question) -> Result:
    assert question.decides is not None
    subject = world.setting.about[0]
    program = world.setting.program
    try:
        value = world.name(question.decides, subject)
    except Unproved as stop:
        gaps = frozenset({f"text::{stop.gap}"}) if stop.gap else frozenset[str]()
        if stop.gap and not program.definers.get(stop.gap):
            return Result("absent", world=world)
        return Result("lacking", facts=stop.facts | gaps, world=world)
    except Contradiction as stop:
        return Result("conflict", value=stop, rules=stop.rules, world=world)
    except Refusal as stop:
        return Result("refused", reason=(stop.zh, stop.en), rules=(stop.rule,), world=world)
    grounds, _ = world.grounds(subject)
    bars = _applying(world, "forbid", subject)
    standing = [program.rules[i].rule.local for i, _ in grounds]
    postponed = _applying(world, "postpone", subject) if any(p for _, p in grounds) else ()
    rules = [i for i, _ in grounds]
    definers = program.definers.get(question.decides, ())
    return Result(
        "answer",
        value=value,
        rules=(*definers, *rules),
        grounds=tuple(sorted(standing)),
        bars=bars,
        postponed=postponed,
        world=world,
    )


def _surely(world: World, index: int, subject: EntityRecord) -> bool:
    try:
        return world.applies(index, subject)
    except Undecided:
        return False


def _applying(world: World, effect: str, subject: EntityRecord) -> tuple[str, ...]:
    """The local names of the rules with an effect that surely apply."""
    program = world.setting.program
    return tuple(
        sorted(
            program.rules[i].rule.local
            for i in program.by_effect.get(effect, ())
            if _surely(world, i, subject)
        )
    )


def _charge(world: World, what: str, bearer: str) -> Result:
    program = world.setting.program
    ended = _ended(world, what)
    if ended is not None:
        return ended
    amounts: list[tuple[int, Any]] = []
    added: list[tuple[int, Any]] = []
    lacking: frozenset[str] = frozenset()
    refusal: Refusal | None = None
    doubt: Undecided | None = None
    for index in program.by_effect.get("charge", ()):
        rule = program.rules[index]
        effect = rule.rule.effects[0]
        assert isinstance(effect, Charge)
        if what not in (effect.what, effect.adds_to):
            continue
        for subject in world.subjects(rule):
            try:
                if _pays_not(world, rule, subject, bearer) or not world.applies(index, subject):
                    continue
                if bearer not in world.payers(rule, subject):
                    continue
                amount = world.value(rule, effect.what, subject)
            except Unproved as stop:
                gap = {f"text:{'/'.join(rule.version)}:{stop.gap}"} if stop.gap else set()
                lacking |= stop.facts | gap
            except Refusal as stop:
                refusal = stop
            except Contradiction as stop:
                return Result("conflict", value=stop, rules=stop.rules, world=world)
            except Undecided as stop:
                doubt = doubt or stop
            else:
                (added if effect.adds_to == what else amounts).append((index, amount))
    if doubt:
        raise doubt
    if refusal:
        reason = (refusal.zh, refusal.en)
        return Result("refused", reason=reason, rules=(refusal.rule,), world=world)
    if lacking:
        return Result("lacking", facts=lacking, world=world)
    rules = tuple(index for index, _ in (*amounts, *added))
    values = [amount for _, amount in amounts]
    if any(not world.same(values[0], other) for other in values[1:]):
        return Result("conflict", value=values, rules=rules, world=world)
    total = [*values[:1], *(amount for _, amount in added)]
    if total:
        due = total[0]
        for more in total[1:]:
            due = due + more
        return Result("due", value=due, rules=rules, world=world)
    return _nothing(world, what)


def _ended(world: World, what: str) -> Result | None:
    """That there is no legal basis, or that what was due has lapsed: by the highest rank."""
    program = world.setting.program
    applying: list[int] = []
    for index in (*program.by_effect.get("refuse", ()), *program.by_effect.get("lapse", ())):
        rule = program.rules[index]
        effect = rule.rule.effects[0]
        assert isinstance(effect, Refuse | Lapse)
        if effect.what in (None, what) and any(
            world.applies(index, subject) for subject in world.subjects(rule)
        ):
            applying.append(index)
    if not applying:
        return None
    first = min(applying, key=lambda i: (RANKS.index(program.rules[i].rule.rank), i))
    rule = program.rules[first]
    effect = rule.rule.effects[0]
    if isinstance(effect, Refuse):
        reason = (effect.reason.zh, effect.reason.en)
        return Result("refused", reason=reason, rules=(first,), world=world)
    return Result("none", rules=(first,), grounds=(rule.rule.local,), world=world)


def _pays_not(world: World, rule: ProgramRule, subject: EntityRecord | None, bearer: str) -> bool:
    """Whether what a rule charges is another's for sure: its doubts are none of the bearer's."""
    try:
        return bearer not in world.payers(rule, subject)
    except Stopped:
        return False


def _nothing(world: World, what: str) -> Result:
    """Nothing is due: an answer only where the list is complete, or nothing was left open."""
    kind = f"charge {what}"
    for subject in world.setting.about:
        if kind in world.opened("charge", subject):
            name = world.gap(kind, None)
            if name:
                return Result("lacking", facts=frozenset({name}), world=world)
    grounds = tuple(
        sorted(
            {
                world.setting.program.rules[i].rule.local
                for subject in world.setting.about
                for i, _ in world.grounds(subject)[0]
            }
        )
    )
    return Result("none", grounds=grounds, world=world)


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes an option the same in two leaves: its status, its value or band, its choices."""

    status: str
    low: Any
    high: Any
    choices: tuple[Any, ...]
    facts: frozenset[str] = frozenset()


def intervals_of_leaf(
    leaf: LeafWorlds, explored: Explored
) -> tuple[tuple[Interval, ...], tuple[tuple[Result, tuple[tuple[str, Any], ...]], ...]]:
    """The bands of what is due in a leaf, and its other results with their choices."""
    rows: list[tuple[Mapping[str, Any], Any]] = []
    rest: list[tuple[Result, tuple[tuple[str, Any], ...]]] = []
    ranges: dict[str, tuple[Any, Any]] = {}
    for visited in leaf.worlds:
        result = visited.result
        if result.status == "due":
            rows.append((dict(visited.choices), result.value))
            ranges.update(result.world.ranges)
        else:
            rest.append((result, visited.choices))
    if not rows:
        return (), tuple(rest)
    some_nothing = any(result.status == "none" for result, _ in rest)
    if some_nothing:  # in some reading the bearer owes nothing: a band of zero
        rows += [(dict(choices), Money(0)) for result, choices in rest if result.status == "none"]
        rest = [(result, choices) for result, choices in rest if result.status != "none"]
    points = {name for options, _ in rows for name in options}
    kinds = {
        name: explored.points[name].kind
        for name in points
        if explored.points[name].kind in ("may", "reading")
    }
    used = {name: ranges[name] for name in points if name in ranges}
    law = [name for name in points if explored.points[name].kind == "law"]
    cleaned = [({k: v for k, v in options.items() if k not in law}, v) for options, v in rows]
    band = Band.from_worlds(cleaned, used, kinds)  # type: ignore[arg-type]
    return band.intervals(), tuple(rest)


def identity_of(leaf: LeafWorlds, explored: Explored) -> frozenset[Identity]:
    """What a leaf comes to, as a value that can be compared."""
    found: set[Identity] = set()
    bands, rest = intervals_of_leaf(leaf, explored)
    paths = open_facts(leaf)
    for band in bands:
        taken = tuple(
            (c.point, str(c.value))
            for c in band.choices
            if not (c.kind == "may" and c.value is False)
        )
        found.add(Identity("due", band.low, band.high, taken, paths))
    relevant = _relevant(leaf) if rest else frozenset()
    for result, choices in rest:
        labels = tuple(c for c in choices if c[1] is not False and c[0] in relevant)
        value = result.value if result.status == "answer" else None
        later = bool(result.postponed) if result.status == "answer" else None
        found.add(Identity(result.status, value, later, labels, result.facts))
    return frozenset(found)


def _relevant(leaf: LeafWorlds) -> frozenset[str]:
    """The choices on which the status of a leaf depends: two worlds that differ in nothing else."""
    worlds = [(dict(v.choices), _status_of(v.result)) for v in leaf.worlds]
    if len({status for _, status in worlds}) == 1:
        return frozenset()
    return frozenset(
        apart[0]
        for (one, came), (other, instead) in combinations(worlds, 2)
        if came != instead
        and len(apart := [n for n, option in one.items() if other.get(n, option) != option]) == 1
    )


def _status_of(result: Result) -> tuple[object, ...]:
    answer = result.value if result.status == "answer" else None
    return result.status, answer, result.facts, bool(result.postponed)


def surely_differ(one: LeafWorlds, other: LeafWorlds) -> bool:
    """Whether two leaves have no result in common."""
    if one.open or other.open:
        return False
    kinds = [{(v.result.status, str(v.result.value)) for v in leaf.worlds} for leaf in (one, other)]
    return kinds[0].isdisjoint(kinds[1])


def open_facts(leaf: LeafWorlds) -> frozenset[str]:
    """The facts on which amounts of a leaf rest that are not known."""
    values = [v.result.value for v in leaf.worlds if v.result.status == "due"]
    return frozenset(path for value in values if isinstance(value, Open) for path in value.paths)


def favourable(leaf: LeafWorlds, explored: Explored) -> LeafWorlds:
    """Of the candidate laws of a leaf only the one that is best for the bearer."""
    names = sorted(n for n, point in explored.points.items() if point.kind == "law")
    if not names or not leaf.worlds:
        return leaf

    def law_of(visited: Visited) -> tuple[Any, ...]:
        return tuple(dict(visited.choices).get(name) for name in names)

    by_law: dict[tuple[Any, ...], list[Visited]] = {}
    for visited in leaf.worlds:
        by_law.setdefault(law_of(visited), []).append(visited)
    ranked = sorted(by_law.items(), key=lambda item: (max(map(_burden, item[1])), str(item[0])))
    return LeafWorlds(leaf.completion, tuple(ranked[0][1]), leaf.open)


def _burden(visited: Visited) -> tuple[int, Any]:
    """How heavy a result is for the bearer; what is lacking or refused weighs most."""
    result = visited.result
    match result.status:
        case "none":
            return 0, 0
        case "answer":
            return (0, 0) if result.value else (1, 0)
        case "due" if isinstance(result.value, Money):
            return 1, result.value.fen
        case _:
            return 2, 0
