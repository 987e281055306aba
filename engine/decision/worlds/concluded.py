"""What a rule that applies concludes, aspect by aspect: how much, which step, from when, who.

The aspects are those of `engine.law.aspects`. Days follow from days: the end
of a period from its start and its length, a total from what is due each month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from engine.decision.worlds.found import today
from engine.inference.asked import OPEN
from engine.inference.effects import RANKS
from engine.inference.undecided import Unproved
from engine.language.ruleset import (
    Charge,
    Competence,
    Duty,
    Finding,
    Grant,
    Sanction,
    Status,
    TimeLimit,
)
from engine.values.calendar import (
    add_working_days,
    next_working_day,
    state_council_calendar,
)
from engine.values.dates import Period, add_period, days, period_end
from engine.values.money import Money
from engine.values.open_date import applied

if TYPE_CHECKING:
    from engine.decision.case.model import EntityRecord
    from engine.decision.worlds.world import World
    from engine.inference.program import ProgramRule

Aspects = Mapping[str, Any]


def concluded(world: World, rule: ProgramRule, subject: EntityRecord | None) -> Aspects:
    """The aspects of what a rule concludes for a subject, the one that is compared first.

    Raises `Undecided`, `Unproved` or `Refusal` where they have no value in this world.
    """
    effect = rule.rule.effects[0]
    given = {name: world.value(rule, name, subject) for name in rule.gives}
    match effect:
        case Charge(what=what):
            return {"amount": given[what]}
        case Sanction(what=what):
            period = given.get(f"{what}.period")  # none at all is no period
            return _without_none({"measure": given[what], "period": period or None})
        case Grant(what=what):
            return _grant(effect, given.get(what), _part(given, what))
        case TimeLimit(what=what):
            return _time(world, effect, _part(given, what))
        case Status(what=what):
            return _status(world, _part(given, what))
        case Competence(what=what):
            return {"authority": effect.authority, "place": given[f"{what}.place"]}
        case Duty():
            return {}
        case Finding(what=what):
            return {"finding": "lawful" if given[what] else "unlawful"}
        case _:
            raise TypeError(f"{rule.effect} concludes nothing for a bearer")


def until(aspects: Aspects, last: date) -> Aspects | None:
    """What is left of a conclusion that ends after a day; None if it would begin later.

    Its length and its total are no longer what the rule says.
    """
    start, end = aspects.get("start"), aspects.get("end")
    if isinstance(start, date) and start > last:
        return None
    if isinstance(end, date) and end <= last:
        return aspects
    whole = {name: value for name, value in aspects.items() if name not in ("duration", "total")}
    return {**whole, "end": last}


def _part(given: Mapping[str, Any], what: str) -> dict[str, Any]:
    mark = f"{what}."
    return {name.removeprefix(mark): of for name, of in given.items() if name.startswith(mark)}


def _without_none(aspects: Aspects) -> Aspects:
    return {name: value for name, value in aspects.items() if value is not None}


def _grant(effect: Grant, amount: Any, given: dict[str, Any]) -> Aspects:
    start, duration = given.get("start"), given.get("duration")
    end = given.get("until")
    counted = None if effect.days == "calendar" else effect.days
    if end is None and start is not None and duration is not None and counted is None:
        end = last_day(start, duration)
    total = given.get("total")
    if total is None and isinstance(amount, Money):
        times = _times(effect.per, duration)
        total = None if times is None else amount * times
    return _without_none(
        {
            "amount": amount,
            "duration": duration,
            "per": effect.per,
            "least": "at-least" if effect.least else None,
            "days": counted,
            "start": start,
            "end": end,
            "total": total,
            "payer": effect.payer,
            "authority": effect.authority,
            "papers": "、".join(effect.papers) or None,
            "apply_by": given.get("apply_by"),
        }
    )


def _times(per: str | None, duration: Any) -> int | None:
    """How often an amount falls due in a duration; None where that is no whole number."""
    if per == "once":
        return 1
    if not isinstance(duration, Period):
        return None
    match per:
        case "day" if not duration.months:
            return duration.days
        case "month" if not duration.days:
            return duration.months
        case "year" if not duration.days and not duration.months % 12:
            return duration.months // 12
    return None


def last_day(start: Any, length: Any) -> Any:
    """The last day of a period whose first day is `start`."""
    return applied(_ends_on, (start, length), (1, 1))


def end_of_all(world: World, start: Any, found: Iterable[tuple[int, str, Aspects]]) -> Any:
    """The last day of several periods that run one after the other from `start`, that of the
    highest law first: a month is not as long wherever it stands."""
    rules = world.setting.program.rules
    by_rank = sorted(found, key=lambda one: RANKS.index(rules[one[0]].rule.rank))
    first, *others = (aspects["duration"] for _, _, aspects in by_rank if "duration" in aspects)
    end = last_day(start, first)
    for length in others:
        end = applied(period_end, (end, length), (1, 1))
    return end


def _ends_on(start: date, length: Period) -> date:
    return period_end(start, length, "from-the-day")


def _time(world: World, effect: TimeLimit, given: dict[str, Any]) -> Aspects:
    start, length = given["start"], given["length"]
    suspended = world.exactly(given.get("suspended", 0))
    if effect.days == "working":
        end = applied(_working_days_after, (start, length.days + suspended), (1, 1))
    else:
        ends = _ends_on if effect.days == "from-the-day" else period_end
        end = applied(ends, (start, length), (1, 1))
        end = applied(add_period, (end, days(suspended)), (1, 1))
    if effect.if_holiday == "next-working-day":
        end = applied(partial(_no_holiday, world), (end,), (1,))
    day = today(world)
    past = world.decide("<", end, day) if OPEN & {type(end), type(day)} else bool(end < day)
    return {
        "end": end,
        "start": start,
        "length": length,
        "days": effect.days,
        "if_holiday": effect.if_holiday,
        "state": "ended" if past else "running",
    }


def _working_days_after(start: date, count: int) -> date:
    return _known(add_working_days(start, count, state_council_calendar), start)


def _no_holiday(world: World, end: date) -> date:
    """The last day, moved past a holiday; as it is, with a warning, where no calendar tells."""
    moved = next_working_day(end, state_council_calendar)
    if moved is None:
        world.without_calendar.add(end.year)
    return moved or end


def _known(day: date | None, near: date) -> date:
    """The day, if the calendar of working days knows the year."""
    if day is None:
        raise Unproved(gap=f"working-days-{near.year}")
    return day


def _status(world: World, given: dict[str, Any]) -> Aspects:
    start, length = given.get("start"), given.get("length")
    end = None if start is None or length is None else last_day(start, length)
    value = given.get("value")
    return _without_none({"value": value, "start": start, "length": length, "end": end})


def day_before(day: date) -> date:
    """The last day before a day."""
    return day - timedelta(days=1)
