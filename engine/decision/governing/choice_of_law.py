"""Phase one: the connecting rules say which law governs; the registry offers the versions.

What the connecting rules define (such as the place) is carried over; what they conclude with
`governs` selects, for each effect and subject, the versions of every instrument of the place that
were in force on the day. Where a version's first day is only known to lie in a window, or where
several places' laws are candidates, evaluation forks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any, Final, NamedTuple

from engine.decision.case.model import EntityRecord
from engine.decision.governing.anywhere import Anywhere
from engine.decision.governing.relevance import Relevance
from engine.decision.governing.taking import Taken, Taking
from engine.decision.governing.texts import MOST, Seeks, Texts, is_among
from engine.decision.worlds.setting import Governance
from engine.decision.worlds.somewhere import Somewhere
from engine.decision.worlds.untold import Untold
from engine.decision.worlds.world import World
from engine.inference.program import Program, ProgramRule, Selected, VersionKey
from engine.inference.undecided import Point, PointKind, Stopped, Undecided, Unproved
from engine.language.ruleset import Governs, Rank, Version
from engine.law.places import COUNTRY, PlaceError, chain, outlived_by
from engine.law.vocabulary_questions import Question
from engine.values.open_date import Dated

BETTER: Final = frozenset({"most-favourable", "lightest"})
"""Candidate laws of which the better one for the bearer is taken; else each is a reading."""

OUT_OF_USE: Final = "place-out-of-use"
"""The gap where a code was no place on the day of the law nor on that of the case."""

LAW: Final = ":law@"
"""Between a connecting rule and its subject in the name of the point that chooses a law."""


class Choice(NamedTuple):
    """Why a version governs: the connecting rule, the place, the day, and what was passed over."""

    version: Version
    effects: tuple[str, ...]
    subject: str | None
    rule: str
    place: str
    day: date
    passed_over: tuple[tuple[str, str], ...]


class Selection(NamedTuple):
    """What one connecting rule selects for one subject: versions for some effects."""

    rule: ProgramRule
    effects: tuple[str, ...]
    subject: str | None
    place: str
    day: date
    taken: Taken


@dataclass(frozen=True)
class Governed:
    """What phase one found."""

    governance: Governance
    selections: list[Selection]
    preset: dict[tuple[str, str | None], Any]

    @cached_property
    def selected(self) -> frozenset[Selected]:
        """The versions that govern anything, with the effects for which."""
        return frozenset([(one.effects, one.taken.keys) for one in self.selections])

    @property
    def uncertain(self) -> frozenset[VersionKey]:
        """The versions that govern though it is not certain that they were in force."""
        return frozenset().union(*(one.taken.uncertain for one in self.selections))

    def choices(self, versions: Set[VersionKey] | None = None) -> Iterator[Choice]:
        """Why each version governs, or each of some."""
        for rule, effects, subject, place, day, taken in self.selections:
            if versions is not None and versions.isdisjoint(taken.keys):
                continue
            for key, (version, passed) in taken.versions.items():
                if versions is None or key in versions:
                    yield Choice(version, effects, subject, rule.rule.name, place, day, passed)


def govern(
    connecting: World,
    texts: Texts,
    question: Question,
    relevance_of: Callable[[Question], Relevance],
    *,
    only_relevant: bool = False,
) -> Governed:
    """The law that the connecting rules select for a question; raises `Undecided`. `only_relevant`:
    where what can have to do with the question is enough. What is not known of one subject and
    has no options is told of that subject alone; what is not proved settles nothing for anybody."""
    program = connecting.setting.program
    relevance = relevance_of(question) if only_relevant else None
    selections: list[Selection] = []
    untold: dict[tuple[str, str], frozenset[str]] = {}
    law_days: dict[str | None, Any] = {}
    by_subject: dict[str | None, list[Selected]] = {None: []}
    looked_for = partial(relevance_of, question)
    selecting = _selecting(program, question, relevance, looked_for)
    if not selecting:  # before all that was read
        raise Unproved()
    anywhere = Anywhere(connecting, looked_for, selecting)
    for rule, taking in selecting:
        effects = taking.effect.effects
        for subject in connecting.subjects(rule):
            if subject is not None and (subject.kind, subject.id) in untold:
                continue
            name = subject.id if subject else None
            try:
                if not connecting.applies(rule.index, subject):
                    continue
                days = connecting.value(rule, "day", subject)
                try:
                    places = connecting.value(rule, "place", subject)
                except Undecided as stop:
                    places = anywhere.place(rule, stop.point)
                    if places is None:
                        raise
                place, day = _where_and_when(connecting, texts, rule, subject, places, days, taking)
                if isinstance(place, Somewhere) and place.path not in anywhere.taken:
                    kind = subject.kind if subject else None
                    if relevance_of(question).has_law_below(place, day, effects, kind):
                        raise place.asked()
                here = texts.on(_chain(connecting, texts, place, day), day)
                taken = taking.versions(connecting, texts, here, day)
            except Undecided as stop:
                if subject is None or stop.point.options:
                    raise
                untold[subject.kind, subject.id] = stop.point.facts
                continue
            selections.append(Selection(rule, effects, name, place, day, taken))
            by_subject.setdefault(name, []).append((effects, taken.keys))
            if name not in law_days or "charge" in effects:
                law_days[name] = day
    not_told = Untold(untold, texts.reach) if untold else None
    governance = _governance(program, by_subject, law_days, not_told)
    return Governed(governance, selections, _carried_over(connecting, anywhere))


def _carried_over(connecting: World, anywhere: Anywhere) -> dict[tuple[str, str | None], Any]:
    """The names that connecting rules define, with their values; of an entity only what is
    settled, for what is open may have to do with nothing that is asked."""
    found: dict[tuple[str, str | None], Any] = {}
    for name in connecting.setting.program.definers:
        kind, mark, _ = name.partition(".")
        if mark:
            for entity in connecting.setting.all(kind):
                with suppress(Stopped):
                    found[name, entity.id] = connecting.name(name, entity)
            continue
        try:
            found[name, None] = connecting.name(name, None)
        except Undecided as stop:
            supposed = anywhere.again(stop.point)
            if supposed is None:
                raise
            found[name, None] = supposed
    return found


def _governance(
    program: Program,
    by_subject: Mapping[str | None, Sequence[Selected]],
    days: Mapping[str | None, Any],
    untold: Untold | None,
) -> Governance:
    """What is selected, put together; what is selected alike is one mapping for all cases."""
    kept: dict[tuple[tuple[Selected, ...], ...], Mapping[str, frozenset[VersionKey]]]
    kept = program.told.setdefault("governance", {})
    of_rest = tuple(by_subject[None])
    of: dict[str | None, Mapping[str, frozenset[VersionKey]]] = {}
    for name, selected in by_subject.items():
        key = (of_rest, tuple(selected) if name else ())
        found = kept.get(key)
        if found is None:
            if len(kept) >= MOST:
                kept.clear()
            found = kept[key] = {**_by_effect(of_rest), **_by_effect(key[1])}
        of[name] = found
    return Governance(of, of[None], days, untold)


def _by_effect(selected: Sequence[Selected]) -> dict[str, frozenset[VersionKey]]:
    found: dict[str, frozenset[VersionKey]] = {}
    for effects, keys in selected:
        for word in effects:
            found[word] = found[word] | keys if word in found else keys
    return found


def _selecting(
    program: Program,
    question: Question,
    relevance: Relevance | None,
    looked_for: Callable[[], Relevance],
) -> list[tuple[ProgramRule, Taking]]:
    """The rules that select law for a question, each with what it takes."""
    key = ("selecting", question.name, relevance and relevance.symbols)
    found: list[tuple[ProgramRule, Taking]] | None = program.told.get(key)
    if found is None:
        rules = (program.rules[index] for index in program.by_effect.get("governs", ()))
        effects = ((rule, rule.rule.effects[0]) for rule in rules)
        found = program.told[key] = [
            (rule, Taking(effect, _sought(effect, question), relevance, looked_for, program))
            for rule, effect in effects
            if isinstance(effect, Governs)
            and (not effect.questions or question.name in effect.questions)
        ]
    return found


def _sought(effect: Governs, question: Question) -> Seeks | None:
    """Of what the texts that are taken have to say something; None: of anything."""
    return question.seeks if effect.texts == "asked" else None


def _day(world: World, day: Any, texts: Texts, places: list[str], taking: Taking) -> date:
    """A day of the law: one not known exactly is split only where a version of a text that may be
    taken begins or ends, or may."""
    if not isinstance(day, Dated):
        return day  # type: ignore[no-any-return]
    of_places = [taking.turns(texts, _chain(world, texts, place, day.low)) for place in places]
    turns = of_places[0] if len(of_places) == 1 else sorted(set[date]().union(*of_places))
    return world.law_day(day, turns)


def _chain(world: World, texts: Texts, place: str, day: date) -> tuple[str, ...]:
    """The place and what it lies in, in the year of the day or else in that of the decision. Of a
    place that was given up before, what it lay in, if no text is of any place in that."""
    for year in (day.year, world.setting.case.as_of.year):
        try:
            return chain(place, year)
        except PlaceError:
            continue
    try:
        left = outlived_by(place, day.year)
    except PlaceError:
        raise Unproved(gap=OUT_OF_USE) from None
    if left[0] == COUNTRY or texts.registry.has_law_below(left[0]):
        raise Unproved(gap=OUT_OF_USE)
    return left


def _where_and_when(
    world: World,
    texts: Texts,
    rule: ProgramRule,
    subject: EntityRecord | None,
    places: Any,
    days: Any,
    taking: Taking,
) -> tuple[str, date]:
    """The place and the day whose law is taken; a fork where the candidates' laws differ."""
    if type(places) is str and type(days) is date:
        return places, days
    effect = taking.effect
    where = sorted(set(places)) if isinstance(places, tuple) else [places]
    exact = [
        _day(world, day, texts, where, taking)
        for day in (days if isinstance(days, tuple) else (days,))
    ]
    if len(where) == len(exact) == 1:
        return where[0], exact[0]
    by_law: dict[tuple[Any, ...], tuple[str, date]] = {}
    for day in sorted(set(exact), reverse=True):
        for place in where:
            law = _law(world, texts, place, day, effect.ranks, versions=len(exact) > 1)
            by_law.setdefault(law, (place, day))
    if not by_law:  # no place, no day: nothing to choose from
        raise Unproved()
    if len(by_law) == 1:
        return next(iter(by_law.values()))
    candidates = {_named(one, where, exact): one for one in by_law.values()}
    name = f"{rule.rule.local}{LAW}{subject.id if subject else 'case'}"
    taken = world.assignment.get(name)
    if taken is None:
        kind: PointKind = "law" if effect.choose in BETTER else "reading"
        raise Undecided(Point(name, kind, tuple(sorted(candidates)), frozenset()))
    return candidates[str(taken)]


def _law(
    world: World, texts: Texts, place: str, day: date, ranks: tuple[Rank, ...], *, versions: bool
) -> tuple[Any, ...]:
    """What tells the laws of places and days apart: the instruments, on several days their versions
    too."""
    here = _chain(world, texts, place, day)
    if versions:
        return texts.versions(here, day, ranks)
    return tuple(one.id for one in texts.registry.for_place(here) if is_among(one, ranks))


def _named(candidate: tuple[str, date], places: list[str], days: list[date]) -> str:
    """A candidate law by what distinguishes it: its place, its day, or both."""
    place, day = candidate
    named = ([place] if len(places) > 1 else []) + ([day.isoformat()] if len(days) > 1 else [])
    return " ".join(named)
