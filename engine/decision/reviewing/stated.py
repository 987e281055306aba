"""What a past decision states, held against all that was lawful on its day.

    asked = Asked(evaluation, parts, reviewed, decision, case, day)
    [finding["finding"] for finding in amounts_found(asked)]      # lawful, unlawful or open

Every amount becomes a finding, and so does every other value that the vocabulary names
(`review_values`). Where one is not lawful, the figures that would have made it so are named: of
another year, level or place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from engine.decision.case.model import Case, EntityRecord, Found, State
from engine.decision.case.settings import YEAR
from engine.decision.deciding.decide import Evaluation, evaluation_of, part_of_bearer
from engine.decision.deciding.part import Part, rules_of, told_part
from engine.decision.reviewing.allowed import Way, judged, readings_of, ways_of
from engine.decision.words.shown import plain
from engine.decision.worlds.world import World
from engine.law.statistics import Figure, Key
from engine.law.vocabulary_questions import Payments, Reviewed
from engine.values.ladder import Ladder
from engine.values.money import Money, format_yuan

Verdict: TypeAlias = Literal["lawful", "unlawful", "open"]
Told: TypeAlias = dict[str, Any]

MOST_FIGURES: Final = 24
"""So many other figures are tried in the place of each that was to be used."""
MOST_WORLDS: Final = 64
"""Where more than so many worlds are open, no figure explains what was done."""
_TEXTS: Final = {
    "within": ("在合法范围内", "within what was lawful"),
    "above": ("高于合法的最高数", "above the most that was lawful"),
    "below": ("低于合法的最低数", "below the least that was lawful"),
    "outside": ("不是合法的数", "not what was lawful"),
    "other-year": ("不是法律规定的年度", "another year than the law takes"),
    "nothing": ("依当时的法律没有应缴的", "nothing was due by the law of the day"),
    "outright": (
        "条文直接规定数额，不依这一项计算",
        "the text sets the amount outright and calculates with no such thing",
    ),
    "nobody": ("法律没有规定此人缴纳", "the law names no such payer"),
    "unstated": ("决定没有写明", "the decision does not state it"),
    "unstated-amounts": (
        "决定没有写明（没有要求缴纳的，写空表）",
        "the decision does not state it (an empty list says that it demands none)",
    ),
    "unsettled": ("现有材料不足以认定", "what is known does not settle it"),
    "read": ("条文有不同读法，结果不同", "the text can be read in ways that differ"),
    "for-each": (
        "条文对各人规定的不同，决定没有对各人分别写明",
        "the texts differ for each person, and the decision does not say it for each",
    ),
}

_READING: Final[Told] = {
    "kind": "reading",
    "text": {
        "zh": "条文有几种读法，以哪一种为准没有写明",
        "en": "which of several readings of the text holds is written nowhere",
    },
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was decided, asked again as of its day. `case`: the whole, with what came later."""

    evaluation: Evaluation
    parts: list[Part]
    reviewed: Reviewed
    decision: EntityRecord
    case: Case
    day: date


def known(record: EntityRecord, key: str) -> Any:
    """The value of a fact; None if it is not known."""
    found = record.facts.get(key)
    return found.value if isinstance(found, Found) and found.state is State.KNOWN else None


def payer_of(record: EntityRecord, payments: Payments) -> str | None:
    """Who made a payment; None if that is not known."""
    payers = (known(record, key) for key in payments.payer)
    return next((str(one) for one in payers if one is not None), None)


def path_of_fact(record: EntityRecord, key: str) -> str:
    """The name under which a fact is missing."""
    return f"{record.section}.{record.id}.{key.partition('.')[2]}"


def finding_of(asked: Asked, key: str, subject: str, verdict: Verdict, text: str) -> Told:
    """A finding about a fact that the decision states."""
    info = asked.evaluation.law.vocabulary.names[key]
    zh, en = _TEXTS[text]
    return {
        "point": key.partition(".")[2],
        "label": {"zh": info.zh, "en": info.en},
        "subject": subject,
        "finding": verdict,
        "text": {"zh": zh, "en": en},
        "on": asked.day.isoformat(),
    }


# --- amounts --------------------------------------------------------------------------------------
def amounts_found(asked: Asked) -> Iterator[Told]:
    """What was demanded of each bearer; of a couple, what was demanded of its members in all."""
    key = asked.reviewed.amounts
    demanded = demanded_by(asked)
    left = dict(demanded)
    sought = {what for _, what in asked.evaluation.question.seeks if what}
    for part, whose in demands_of(asked):
        told = told_part(asked.evaluation, part, None)
        for name in whose:
            left.pop(name, None)
        if whose:
            amount = sum((demanded[name] for name in whose), Money(0))
            finding = held(asked, key, part, told, amount, other_part(part))
            subject = {"subject": owing(part, whose)}
            yield backed(asked, finding | subject, sought) | _paid(asked, part, amount, whose)
        elif not demanded and not is_nothing(part):
            yield unstated(asked, key, part, told, f"[{part.bearer}]", "unstated-amounts")
    for bearer, amount in sorted(left.items()):
        yield of_nobody(asked, key, bearer, amount, sought) | excess_of(amount, [Money(0)], bearer)


def of_nobody(asked: Asked, key: str, bearer: str, value: Any, sought: Collection[str]) -> Told:
    """A finding on what was stated of whom the law names for nothing of what is sought."""
    finding = finding_of(asked, key, bearer, "unlawful", "nobody")
    return backed(asked, finding | {"recorded": plain(value), "lawful": []}, sought)


def backed(asked: Asked, finding: Told, sought: Collection[str]) -> Told:
    """A finding with provisions. One that rests on none, as what is not due, has the rules by which
    something of what is sought could be concluded of whom the case tells: they name everybody."""
    if finding.get("provisions"):
        return finding
    rules = sorted(
        {
            world.setting.program.rules[index].rule.name
            for world in asked.evaluation.worlds.values()
            if isinstance(world, World)
            for (_, what), rules in world.setting.program.by_conclusion.items()
            if what in sought
            for index in rules
            if world.subjects(world.setting.program.rules[index])
        }
    )
    return finding | {"provisions": rules}


def owing(part: Part, whose: tuple[str, ...]) -> str:
    """Who owes what was demanded: one of whom it was, or what several make up."""
    return whose[0] if len(whose) == 1 else part.bearer


def demands_of(asked: Asked) -> list[tuple[Part, tuple[str, ...]]]:
    """What was due, each part with those of whom it was demanded; nobody, if it was not. Where it
    cannot be told who owes, as of a birth of which the law is not known, each is apart."""
    demanded = demanded_by(asked)
    base = asked.evaluation.base
    about = {record.id for record in base.about}.union(base.case.question.about)
    demands: list[tuple[Part, tuple[str, ...]]] = []
    for part in _charges(asked):
        whose = _members(asked, part.bearer, demanded)
        untold = part.bearer in about and not rules_of(part) and not is_nothing(part)
        if untold and not whose:
            whose = tuple(sorted(demanded))
        apart = untold and len(whose) > 1
        demands += [(part, (name,)) for name in whose] if apart else [(part, whose)]
    # Who owes nothing alone may owe together with another: then that is what was demanded.
    owed = {name for part, whose in demands if not is_nothing(part) for name in whose}
    return [
        (part, whose)
        for part, whose in demands
        if not (whose and owed.issuperset(whose) and is_nothing(part))
    ]


def _charges(asked: Asked) -> list[Part]:
    """What was due, as far as no fact of its own states it."""
    apart = asked.reviewed.concluded.values()
    return [
        part
        for part in asked.parts
        if part.sought is None or (part.sought[0] == "charge" and part.sought[1] not in apart)
    ]


def demanded_by(asked: Asked) -> dict[str, Money]:
    """The amounts by bearer; of whom none is stated, of them nothing was demanded."""
    return stated_by(asked, asked.reviewed.amounts)


def stated_by(asked: Asked, key: str) -> dict[str, Any]:
    """What a fact states for each of some entities: amounts, or steps of a ladder."""
    vocabulary, entries = asked.evaluation.law.vocabulary, asked.decision.facts.get(key)
    name = str(vocabulary.names[key].type.about)
    steps = vocabulary.ladders.get(name)
    return {
        entry.of: entry.found.value
        if steps is None
        else Ladder(name, tuple(steps)).step(str(entry.found.value))
        for entry in (entries if isinstance(entries, tuple) else ())
        if entry.of is not None and entry.found.value is not None
    }


def demanded_in_all(asked: Asked) -> dict[str, Money]:
    """All that was demanded, by bearer: the amounts, and those that facts of their own state."""
    found = demanded_by(asked)
    for key in asked.reviewed.concluded:
        for bearer, value in stated_by(asked, key).items():
            if isinstance(value, Money):
                found[bearer] = found.get(bearer, Money(0)) + value
    return found


def _members(asked: Asked, bearer: str, demanded: Mapping[str, Money]) -> tuple[str, ...]:
    """The bearer itself, or all of those it is made of, if something is demanded of them."""
    if bearer in demanded:
        return (bearer,)
    everybody = (one for kind in asked.evaluation.base.entities.values() for one in kind)
    record = next((one for one in everybody if one.id == bearer), None)
    for found in record.facts.values() if record else ():
        value = found.value if isinstance(found, Found) else None
        if isinstance(value, tuple) and value and all(one in demanded for one in value):
            return tuple(str(one) for one in value)
    return ()


def _paid(asked: Asked, part: Part, amount: Money, whose: tuple[str, ...]) -> Told:
    """What of an amount beyond the lawful one was paid, by those of whom it was demanded."""
    payments = asked.reviewed.payments
    highest = [way.highest for way in ways_of(part)]
    if payments is None or not highest or None in highest or amount <= max(highest):
        return {}
    sums = [
        known(one, payments.amount)
        for one in asked.case.entities.get(payments.kind, ())
        if known(one, payments.of) == asked.decision.id and payer_of(one, payments) in whose
    ]
    if None in sums:
        return excess_of(amount, highest, owing(part, whose))
    paid = sum(sums, Money(0))
    in_all = demanded_in_all(asked)
    beside = sum((in_all[name] for name in whose), Money(0)) - amount
    on_it = paid - min(beside, max(Money(0), paid - amount))  # the rest was paid on what is beside
    over = max(Money(0), on_it - max(highest))
    excess = excess_of(amount, highest, owing(part, whose))
    excess["overcharged"] |= {"paid": format_yuan(paid), "paid_over": format_yuan(over)}
    return excess


def excess_of(amount: Money, highest: list[Any], bearer: str) -> Told:
    """By how much more was demanded than the most that was lawful; a range, if that is open."""
    return {
        "overcharged": {
            "payer": bearer,
            "low": format_yuan(amount - max(highest)),
            "high": format_yuan(amount - min(highest)),
        }
    }


def is_nothing(part: Part) -> bool:
    """Whether nothing is due for sure."""
    return all(way.telling and way.nothing and not way.intervals for way in ways_of(part))


def may_be_nothing(part: Part) -> bool:
    """Whether nothing is due in some completion of what is not known, or by some choice."""
    return any(way.nothing and not way.intervals for way in ways_of(part))


# --- held against what was lawful -----------------------------------------------------------------
Again: TypeAlias = Callable[[Evaluation], Part]
"""The same part in another evaluation of the case."""


def other_part(part: Part) -> Again:
    return lambda evaluation: part_of_bearer(evaluation, part.bearer, part.sought)


def unstated(
    asked: Asked, key: str, part: Part, told: Told, at: str, text: str = "unstated"
) -> Told:
    finding = finding_of(asked, key, part.bearer, "open", text)
    missing = [[f"{path_of_fact(asked.decision, key)}{at}"]]
    return finding | _details(part, told, None) | {"missing": missing}


def held(asked: Asked, key: str, part: Part, told: Told, value: Any, again: Again) -> Told:
    """A finding on a stated value against all that was lawful."""
    ways = ways_of(part)
    subject = asked.decision.id if part.bearer == "case" else part.bearer
    verdict = judged(ways, value) if told["outcome"] != "not_applicable" else None
    if verdict is True:
        found = finding_of(asked, key, subject, "lawful", "within")
        return found | _details(part, told, value)
    if verdict is False:
        found = finding_of(asked, key, subject, "unlawful", _how(asked, key, ways, value))
        reason = told.get("refusal")
        if reason:
            found["text"] = {"zh": reason["zh"], "en": reason["en"]}
        return found | _details(part, told, value) | _explained(asked, part, value, again)
    readings = readings_of(ways) if all(way.telling and way.exact for way in ways) else ()
    gaps = [*told.get("gaps", ()), *(_READING | {"point": point} for point in readings)]
    text = "read" if readings else "unsettled"
    found = finding_of(asked, key, subject, "open", text) | _details(part, told, value)
    lacking = {"missing": told.get("missing", []), "gaps": gaps}
    return found | {name: one for name, one in lacking.items() if one}


def _details(part: Part, told: Told, value: Any) -> Told:
    first = told["bands"][0]["aspect"] if told["bands"] else None
    return {
        "recorded": None if value is None else plain(value),
        "lawful": [band for band in told["bands"] if band["aspect"] == first],
        "provisions": resting_on(part),
    }


def resting_on(part: Part) -> list[str]:
    """The rules on which a part rests directly, of those that decided it; where there is none, as
    of what is not due, all of these."""
    deciding = {
        world.setting.program.rules[index].rule.name
        for world, rules in part.deciding
        for index in rules
    }
    return sorted(deciding.intersection(rules_of(part)) or deciding)


def _how(asked: Asked, key: str, ways: Iterable[Way], value: Any) -> str:
    ends = [(one.low, one.high) for way in ways for one in way.intervals]
    if not ends:
        return "nothing"
    fact = asked.evaluation.law.vocabulary.facts[key]
    if fact.unit == YEAR:  # an earlier year is not less than a later one, but another
        return "other-year"
    lows, highs = zip(*ends, strict=True)
    if None not in highs and value > max(highs):
        return "above"
    return "below" if None not in lows and value < min(lows) else "outside"


# --- which figure was used ------------------------------------------------------------------------
def _explained(asked: Asked, part: Part, value: Any, again: Again) -> Told:
    """The figures with which a value that is not lawful would have been."""
    if not isinstance(value, Money) or len(part.results) > MOST_WORLDS:
        return {}
    used = {figure.key for world in part.worlds for figure in world.figures.values()}
    found = [
        {
            "figure": other.key.path,
            "instead_of": key.path,
            "zh": f"用 {other.key.path} 的数字才合法；应当用 {key.path}",
            "en": f"lawful with {other.key.path} only; {key.path} was to be used",
        }
        for key in sorted(used, key=lambda key: key.path)
        for other in _others(asked, key)
        if judged(ways_of(again(_with(asked, key, other))), value) is True
    ]
    return {"explained": found} if found else {}


def _others(asked: Asked, key: Key) -> list[Figure]:
    """Other figures of the series of a key: all that the case has, and those built in for its
    place; the nearest years first."""
    built_in = asked.evaluation.law.statistics.figures.items()
    found = {
        figure.key: figure
        for figure in (
            *(f for k, several in built_in if k.place == key.place for f in several),
            *asked.case.statistics,
        )
        if figure.key.series == key.series and figure.key != key
    }
    nearest = sorted(found, key=lambda other: (abs(other.year - key.year), other.path))
    return [found[other] for other in nearest[:MOST_FIGURES]]


def _with(asked: Asked, key: Key, other: Figure) -> Evaluation:
    """The case as if another figure stood where one was to be used."""
    evaluation = asked.evaluation
    kept = (figure for figure in evaluation.case.statistics if figure.key != key)
    swapped = replace(other, key=key, brought=True)
    case = replace(evaluation.case, statistics=(*kept, swapped))
    return evaluation_of(case, evaluation.law, evaluation.inference)
