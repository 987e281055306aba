"""A third opinion on decisions: every completion and every choice, one after the other.

It reads the generator's own rules and facts and shares no code with the engine. A world is a value
for each unknown fact and an option for each choice; in it conditions are `True`, `False` or
`None` (rests on a fact that was not proved). What it says of each holder (`Opinion`):

- the outcome,
- the bands as (low, high), each with whether it stands under every completion,
- the smallest sets of unknown facts whose values settle which options there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import combinations, product
from typing import Any, Final, TypeAlias

from tests.differential.programs import Facts, Law, Rule, Term

UNPROVED: Final = "unestablished"
Fact: TypeAlias = tuple[str, str]
Options: TypeAlias = frozenset[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the oracle says of one holder. `missing` is None where it has no opinion."""

    outcome: str
    bands: Mapping[tuple[Any, ...], bool]
    missing: list[list[str]] | None
    statuses: frozenset[str]
    contradicted: bool
    """Whether rules contradict each other over a flag: then the engine may be more careful."""
    lacking: frozenset[str]
    """Facts that were not proved and on which an amount rests."""
    mixed: bool
    """Whether choices lead, in one completion, to an amount or to something else."""
    settles: Callable[[list[str]], bool] = field(repr=False)
    """Whether the values of these unknown facts leave one set of options."""


class _Choose(Exception):
    """A choice that nobody has made in this world."""

    def __init__(self, point: str, options: tuple[Any, ...]) -> None:
        super().__init__(point)
        self.point = point
        self.options = options


class _Ends(Exception):
    """The world ends here: what it comes to."""

    def __init__(self, *result: Any) -> None:
        super().__init__(*result)
        self.result = result


def opinion(law: Law, facts: Facts, holder: str) -> Opinion:
    """What a law says of one holder in a case."""
    domains = [_domain(law, fact) for fact in facts.unknown]
    completions = list(product(*domains))
    found_in = [{**facts.found, **dict(zip(facts.unknown, c, strict=True))} for c in completions]
    told = [_options(law, found, facts, holder) for found in found_in]
    options = [came for came, _ in told]
    kinds = {status for found in options for status, *_ in found}
    same = len(set(options)) == 1
    if not same or kinds & {"lacking", "conflict", "open"}:
        outcome = "undetermined"
    else:
        outcome = "determined" if kinds & {"due", "none"} else "refused"
    settles = partial(_settles, facts, completions, options)
    missing: list[list[str]] | None = None
    if outcome == "undetermined" and not kinds & {"lacking", "open"}:
        missing = _missing(facts, settles)
    contradicted = any(met for _, met in told)
    lacking = frozenset(
        _path(fact)
        for came in options
        for option in came
        if option[0] == "lacking"
        for fact in option[1]
    )
    mixed = any(len(came) > 1 and {option[0] for option in came} != {"due"} for came in options)
    bands, statuses = _bands(options), frozenset(kinds)
    return Opinion(outcome, bands, missing, statuses, contradicted, lacking, mixed, settles)


def _bands(options: list[Options]) -> dict[tuple[Any, ...], bool]:
    if not any(status == "due" for found in options for status, *_ in found):
        return {}
    rows = []
    for found in options:
        bands = {option[1:] for option in found if option[0] == "due"}
        if any(status == "none" for status, *_ in found):
            bands.add((Fraction(0), Fraction(0)))
        rows.append(bands)
    return {band: all(band in row for row in rows) for row in rows for band in row}


def _settles(
    facts: Facts, completions: list[tuple[Any, ...]], options: list[Options], names: list[str]
) -> bool:
    places = [i for i, fact in enumerate(facts.unknown) if _path(fact) in names]
    settled: dict[tuple[Any, ...], Options] = {}
    return all(
        settled.setdefault(tuple(values[i] for i in places), came) == came
        for values, came in zip(completions, options, strict=True)
    )


def _missing(facts: Facts, settles: Callable[[list[str]], bool]) -> list[list[str]]:
    names = sorted(_path(fact) for fact in facts.unknown)
    for size in range(len(names) + 1):
        found = [list(chosen) for chosen in combinations(names, size) if settles(list(chosen))]
        if found:
            return [chosen for chosen in found if chosen]
    raise AssertionError("all facts together settle everything")


def _path(fact: Fact) -> str:
    entity, name = fact
    return f"{'gardens' if entity == 'plot' else 'holders'}.{entity}.{name}"


def _domain(law: Law, fact: Fact) -> tuple[Any, ...]:
    """Truth values, or for a number one from each stretch between what it is compared with."""
    name = fact[1]
    if name[0] in "bg":
        return (True, False)
    if name == "m0":  # never compared: any two amounts will do
        return (150, 450)
    limits = sorted({term[2] for rule in law.rules for term in _terms(rule) if term[1:2] == (name,)
                     and term[0] in ("below", "least")})  # fmt: skip
    return (0, *limits)


def _terms(rule: Rule) -> Iterator[Term]:
    todo = [*rule.when, *rule.unless]
    while todo:
        term = todo.pop()
        yield term
        todo += [part for part in term if isinstance(part, tuple)]


def _options(
    law: Law, found: Mapping[Fact, Any], facts: Facts, holder: str
) -> tuple[Options, bool]:
    """The options of one completion: what its worlds come to, ranges merged.

    A flag over which rules contradict each other is tried both ways; if that makes a difference
    the completion is open. Also whether there was such a flag.
    """
    by_flags: dict[Any, dict[Any, set[tuple[Any, ...]]]] = {}
    todo: list[dict[str, Any]] = [{}]
    while todo:
        choices = todo.pop()
        try:
            result = _World(law, found, facts.holders, holder, choices).result()
        except _Choose as stop:
            todo += [{**choices, stop.point: option} for option in stop.options]
            continue
        flags = frozenset(item for item in choices.items() if item[0].startswith("flag "))
        chosen = frozenset(i for i in choices.items() if i[1] not in ("low", "high")) - flags
        by_flags.setdefault(flags, {}).setdefault(chosen, set()).add(result)
    merged = {_merged(rows) for rows in by_flags.values()}
    came = merged.pop() if len(merged) == 1 else frozenset({("open",)})
    return came, any(by_flags)


def _merged(rows: Mapping[Any, set[tuple[Any, ...]]]) -> Options:
    merged = set()
    for results in rows.values():
        amounts = [result[1] for result in results if result[0] == "due"]
        if amounts:
            merged.add(("due", min(amounts), max(amounts)))
        merged |= {result for result in results if result[0] != "due"}
    return frozenset(merged)


class _World:
    """One world of one holder."""

    def __init__(
        self,
        law: Law,
        found: Mapping[Fact, Any],
        holders: tuple[str, ...],
        holder: str,
        choices: Mapping[str, Any],
    ) -> None:
        self.rules = law.rules
        self.found = found
        self.holders = holders
        self.holder = holder
        self.choices = choices

    def result(self) -> tuple[Any, ...]:
        """("due", amount), ("none",), ("refused",), ("lacking", facts), ("conflict",), ("open",)"""
        try:
            return self._due()
        except _Ends as stop:
            return stop.result

    def _due(self) -> tuple[Any, ...]:
        main: list[Fraction] = []
        added = Fraction(0)
        parts = 0
        lacking: set[Fact] = set()
        refused = False
        for rule in self.rules:
            if rule.effect not in ("charge", "add") or not self._applies(rule):
                continue
            amount = self._amount(rule)
            if amount == "refused":
                refused = True
            elif isinstance(amount, frozenset):
                lacking |= amount
            elif rule.effect == "charge":
                main.append(amount)
            else:
                added += amount
                parts += 1
        if refused:
            return ("refused",)
        if lacking:
            return ("lacking", frozenset(lacking))
        if len(set(main)) > 1:
            return ("conflict",)
        return ("due", sum(main[:1], added)) if main or parts else ("none",)

    def _amount(self, rule: Rule) -> Any:
        """An amount, "refused", or the facts that it lacks."""
        if rule.value[0] == "exact":
            return Fraction(rule.value[1])
        rate = self._defined("rate")
        if isinstance(rate, frozenset):
            return rate
        factor = self._defined("factor")
        return factor if factor == "refused" else rate * factor

    def _defined(self, name: str) -> Any:
        values = []
        lacking: set[Fact] = set()
        for rule in self.rules:
            if rule.effect == "define" and rule.gives == name and self._applies(rule):
                value = self._value(rule)
                if value == UNPROVED:
                    lacking.add((self.holder, rule.value[1]))
                else:
                    values.append(value)
        if "refused" in values:
            return "refused"
        if len(set(values)) > 1:
            raise _Ends("conflict")
        return values[0] if values else frozenset(lacking)

    def _value(self, rule: Rule) -> Any:
        match rule.value:
            case ("exact", amount):
                return Fraction(amount)
            case ("fact", name):
                value = self.found[self.holder, name]
                return value if value == UNPROVED else Fraction(value)
            case ("range", low, high):
                return Fraction(low if self._chosen(rule, "low", "high") == "low" else high)
            case ("readings", one, other):
                return Fraction(one if self._chosen(rule, "narrow", "wide") == "narrow" else other)
            case _:
                return rule.value[0]

    def _chosen(self, rule: Rule, *options: Any) -> Any:
        bearer = "plot" if rule.kind == "garden" else self.holder
        return self._option(f"{options[0]} {rule.id}@{bearer}", options)

    def _option(self, point: str, options: tuple[Any, ...]) -> Any:
        if point not in self.choices:
            raise _Choose(point, options)
        return self.choices[point]

    def _applies(self, rule: Rule) -> bool:
        """In a world everything is so or not so; what is overridden overrides nothing."""
        if any(self._holds(rule.kind, c) is not True for c in rule.when):
            return False
        if any(self._holds(rule.kind, term) is True for term in rule.unless):
            return False
        if rule.may and not self._chosen(rule, True, False):
            return False
        return not any(rule.id in other.overrides and self._applies(other) for other in self.rules)

    def _holds(self, kind: str, term: Term) -> bool | None:
        entity = "plot" if kind == "garden" else self.holder
        match term:
            case ("fact", name):
                return self._known(entity, name, bool)
            case ("below", name, limit):
                return self._known(entity, name, lambda value: value < limit)
            case ("least", name, limit):
                return self._known(entity, name, lambda value: value >= limit)
            case ("defined", name):
                return self._flag(name, entity)
            case ("garden", inner):
                return self._holds("garden", inner)
            case ("holders", inner):
                found, mine = [], self.holder
                for name in self.holders:
                    self.holder = name
                    found.append(self._holds("holder", inner))
                self.holder = mine
                return _either(found)
            case ("permitted",):
                grounds = [r for r in self.rules if r.effect == "permit" and self._applies(r)]
                bars = [r for r in self.rules if r.effect == "forbid" and self._applies(r)]
                return bool(grounds) and not bars
            case ("not", inner):
                held = self._holds(kind, inner)
                return None if held is None else not held
            case ("or", one, other):
                return _either([self._holds(kind, one), self._holds(kind, other)])
            case (_, one, other):
                both = [self._holds(kind, one), self._holds(kind, other)]
                return False if False in both else None if None in both else True
        raise AssertionError(term)

    def _known(self, entity: str, name: str, holds: Callable[[Any], bool]) -> bool | None:
        value = self.found[entity, name]
        return None if value == UNPROVED else holds(value)

    def _flag(self, name: str, entity: str) -> bool | None:
        values = {
            rule.value[1]
            for rule in self.rules
            if rule.effect == "define" and rule.gives == name and self._applies(rule)
        }
        if len(values) > 1:
            return bool(self._option(f"flag {name}@{entity}", (True, False)))
        return values.pop() if values else None


def _either(found: list[bool | None]) -> bool | None:
    return True if True in found else None if None in found else False
