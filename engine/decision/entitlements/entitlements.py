"""What a family is entitled to over years: every benefit from its first day to its last.

    found = entitlements(case, law, Window(date(2021, 1, 1), date(2026, 12, 31)))
    found.as_json()["rows"]

The years are cut where a fact of the case begins or ends (`engine.decision.case.past` tells how the
case stood) and where connecting rules begin, and each piece where an answer turns: at a version of
the law, an age, a year (`engine.decision.worlds.horizon`). So nothing is missed between two days
that are tried. Days after that of the case are told as they would be, all else equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from engine.decision.case.model import EARLIEST, LATEST, EntityRecord, Found, Question
from engine.decision.case.past import as_it_stood, cuts
from engine.decision.case.reading import Case, CaseError
from engine.decision.deciding.decide import Evaluation, evaluation_of
from engine.decision.deciding.part import Part, part_of
from engine.decision.deciding.seal import id_of
from engine.decision.deciding.sought import borne
from engine.decision.deciding.unproved import proofs_asked, unproved
from engine.decision.entitlements.entitled import Texts, Told, row_of
from engine.decision.governing.law import Law
from engine.decision.worlds.explore import explore
from engine.decision.worlds.found import TODAY
from engine.decision.worlds.horizon import Within, split, steps
from engine.decision.worlds.options import surely_undetermined
from engine.decision.worlds.results import Sought, of_bearer
from engine.decision.worlds.work import Work
from engine.inference.program import Inference
from engine.language.ruleset import Grant, Rule, Version
from engine.law.places import COUNTRY
from engine.law.statistics import DECIDING
from engine.law.vocabulary import Vocabulary
from engine.values.dates import Window, add_period, years
from engine.values.open_date import Dated, changing_day

_DAY: Final = timedelta(days=1)
RECENT: Final = 10
"""So many years back a birth or a leave still counts for where the years begin."""
WORLDS: Final = 512
"""At most so many worlds of a part of a piece are visited."""


class PeriodError(ValueError):
    """A period that ends before it begins."""


class QuestionError(ValueError):
    """The case does not ask for something that lasts: no benefit is among what it seeks."""


@dataclass(frozen=True, slots=True)
class Entitlements:
    """The rows of some years, as plain data in the form `entitlements/1`."""

    content: Mapping[str, Any]

    def as_json(self) -> Told:
        """The form `entitlements/1`."""
        return dict(self.content)


def entitlements(
    case: Case,
    law: Law,
    window: Window,
    *,
    inference: Inference = "reference",
    traced: bool = False,
) -> Entitlements:
    """What those that the case asks about are entitled to, day by day of a window; `traced`: each
    row with why, and the texts that govern. Raises QuestionError where the question seeks no
    benefits."""
    if ("grant", None) not in law.vocabulary.questions[case.question.ask].seeks:
        raise QuestionError
    work = Work()
    left: list[Told] = []
    """What was not followed: of whom, and which days."""
    texts: Texts | None = {} if traced else None
    found = [
        row
        for about in case.question.about
        for row in _of_one(list(_rows_of(case, about, law, window, inference, work, left, texts)))
    ]
    rows = _merged(found)
    traces = [row.pop("trace", None) for row in rows]
    content: Told = {
        "schema": "entitlements/1",
        "question": {"ask": case.question.ask, "about": list(case.question.about)},
        "as_of": case.as_of.isoformat(),
        "from": window.first.isoformat(),
        "until": window.last.isoformat(),
        "rows": [_expected(row, case.as_of) for row in rows],
        "later": list(_later(rows, law, window)),
        "not_followed": left,
        "unproved": unproved(case, proofs_asked(every_rule(law))),
    }
    content["id"] = id_of(content)
    if texts is not None:  # as of a decision: the id does not depend on whether it is told
        for row, trace in zip(content["rows"], traces, strict=True):
            row["trace"] = [trace]
        content["versions"] = [texts[key] for key in sorted(texts)]
    return Entitlements(content)


def every_rule(law: Law) -> Iterator[Rule]:
    """The rules of all texts: which of them govern differs from piece to piece."""
    for name in law.registry.instruments:
        for version in law.registry.versions(name):
            yield from version.rules


def years_of(case: Case, law: Law, first: date | None, last: date | None) -> Window:
    """The years to tell: from that of the first birth or leave of recent years to three years after
    the case, unless other days are given. Raises PeriodError."""
    earliest = add_period(case.as_of, years(-RECENT))
    days = [
        day
        for kind in law.vocabulary.questions[case.question.ask].about
        for record in case.entities.get(kind, ())
        for day in _days_of(record, law.vocabulary)
        if earliest < day <= case.as_of
    ]
    begins = first or date(min(days, default=case.as_of).year, 1, 1)
    ends = last or date(case.as_of.year + 3, 12, 31)
    if not EARLIEST <= begins <= ends < LATEST:
        raise PeriodError
    return Window(begins, ends)


# --- pieces ---------------------------------------------------------------------------------------
def _rows_of(
    case: Case,
    about: str,
    law: Law,
    window: Window,
    inference: Inference,
    work: Work,
    left: list[Told],
    texts: Texts | None,
) -> Iterator[Told]:
    """The rows of one of those asked about: the window in pieces in which the facts of the case
    stand still, and these in pieces in which nothing turns. What was not followed goes to `left`.
    """
    days = {*cuts(case, law.vocabulary), *law.registry.connecting_days()}
    turns = sorted(day for day in days if window.first < day <= window.last)
    starts = [window.first, *turns]
    ends = [day - _DAY for day in turns] + [window.last]
    question = Question(case.question.ask, (about,))
    for first, last in zip(starts, ends, strict=True):
        unborn = _not_yet(case, law.vocabulary, first)
        if about in unborn:
            continue
        try:
            stood = as_it_stood(case, law.vocabulary, first, question, unborn)
        except CaseError:
            continue  # it was not there yet
        if any(about == record.id for record in stood.by_id.values()):
            evaluation = evaluation_of(stood, law, inference, Window(first, last), work)
            rows, beyond = _rows(evaluation, Window(first, last), texts)
            left += [
                {"about": about, "from": one.first.isoformat(), "until": one.last.isoformat()}
                for one in beyond
            ]
            yield from rows


def _not_yet(case: Case, vocabulary: Vocabulary, day: date) -> tuple[str, ...]:
    """Entities without a day of their own that begin later: a leave that was not taken yet, or that
    is for a child who was not born yet."""
    grouped = {kind.groups.of for kind in vocabulary.kinds.values() if kind.groups}
    found = []
    for kind in vocabulary.questions[case.question.ask].about:
        for record in case.entities.get(kind, ()) if kind not in grouped else ():
            days = _days_of(record, vocabulary)
            for other in _referred_to(record, case, vocabulary):
                days += _days_of(other, vocabulary) if other.kind in grouped else []
            if any(one > day for one in days):
                found.append(record.id)
    return tuple(found)


def _days_of(record: EntityRecord, vocabulary: Vocabulary) -> list[date]:
    """The days of an entity, other than those that turn a fact of it."""
    turning = {
        f"{record.kind}.{fact.info.turned_by.day}"
        for fact in vocabulary.facts.values()
        if fact.info.turned_by
    }
    return [
        fact.value
        for key, fact in record.facts.items()
        if isinstance(fact, Found) and isinstance(fact.value, date) and key not in turning
    ]


def _referred_to(
    record: EntityRecord, case: Case, vocabulary: Vocabulary
) -> Iterator[EntityRecord]:
    for key, fact in record.facts.items():
        if vocabulary.names[key].type.base == "entity" and isinstance(fact, Found):
            other = case.by_id.get(str(fact.value))
            if other is not None:
                yield other


def _of_one(rows: list[Told]) -> Iterator[Told]:
    """The rows of one that is asked about: what is granted without days of its own beside a length
    of time lasts as long as that, also where no last day of it is known."""
    ends = [row["end"] for row in rows if row["duration"] is not None and row["end"] is not None]
    ends += [row["until"] for row in rows if _lasts_as_one_of(row)]
    is_open = any(row["open_end"] for row in rows)
    for row in rows:
        if row["from"] > row["until"]:
            continue  # it is over, or has not begun
        if is_open and row["start"] is None and row["end"] is None:
            row["open_end"] = True
        elif ends and row["start"] is None and row["end"] is None:
            if row["from"] > max(ends):
                continue
            row["until"] = min(row["until"], max(ends))
        yield row


def _lasts_as_one_of(row: Told) -> bool:
    """Whether it is open how long a row lasts, and each length that it may have is known."""
    given = {band["aspect"] for band in row["bands"] if band["high"] is not None}
    return {"duration", "end"} <= given


def _rows(
    evaluation: Evaluation, window: Window, texts: Texts | None
) -> tuple[list[Told], list[Window]]:
    """The rows of a window, and the days of it that were not followed."""
    question, is_done = evaluation.question, evaluation.work.share(1)

    def parts(piece: Window, within: Within) -> list[Part]:
        def sought_in(assignment: Mapping[str, Any]) -> tuple[tuple[str, Sought | None], ...]:
            return borne(evaluation.world(assignment), question)

        sought: dict[tuple[str, Sought | None], None] = {}
        asked = explore(within(sought_in), WORLDS, is_done=is_done)
        for leaf in asked.leaves:
            for visited in leaf.worlds:
                sought.update(dict.fromkeys(visited.result))
        if not sought and (asked.cut or any(leaf.open for leaf in asked.leaves)):
            # Which law governs cannot be told.
            sought[evaluation.case.question.about[0], None] = None
        found = []
        for bearer, what in sorted(sought, key=str):

            def result(
                assignment: Mapping[str, Any], bearer: str = bearer, what: Sought | None = what
            ) -> Any:
                return of_bearer(evaluation.world(assignment), question, bearer, what)

            explored = explore(within(result), WORLDS, surely_undetermined, is_done)
            explored = replace(explored, cut=explored.cut or asked.cut)
            part = part_of(evaluation, bearer, what, explored)
            for day in _turns(part, piece):
                split(day)
            found.append(part)
        return found

    pieces, beyond = steps(window, parts, is_done)
    told = (row_of(evaluation, part, piece, texts) for piece, found in pieces for part in found)
    return [row for row in told if row is not None], beyond


def _turns(part: Part, piece: Window) -> Iterator[date]:
    """Days in a piece from which a value of a result is another one."""
    for result in part.results:
        for _, value in result.aspects:
            if isinstance(value, Dated) and TODAY in value.paths:
                path, day = changing_day(value)
                if path == TODAY and piece.first < day <= piece.last:
                    yield day


# --- rows -----------------------------------------------------------------------------------------
def _merged(rows: list[Told]) -> list[Told]:
    """Rows that say the same of days that follow one another are one row; in order of days. What a
    child is given, two that are asked about may both lead to."""
    found: list[Told] = []
    for row in sorted(rows, key=lambda one: str(one["from"])):
        before = next((one for one in found if _same(one, row) and _follows(one, row)), None)
        if before is None:
            found.append(row)
        else:
            before["until"] = max(before["until"], row["until"])
    return sorted(found, key=lambda row: (row["from"], row["bearer"], row["object"] or ""))


def _same(one: Told, other: Told) -> bool:
    apart = ("from", "until", "gaps", "trace")
    return _texts(one) == _texts(other) and all(
        one[name] == other[name] for name in one if name not in apart
    )


def _texts(row: Told) -> list[Told]:
    """The texts that a row lacks, whatever day of it they were looked for."""
    return [{name: gap[name] for name in gap if name != "day"} for gap in row["gaps"]]


def _follows(one: Told, other: Told) -> bool:
    until = date.fromisoformat(one["until"]) + _DAY
    return bool(one["from"] <= other["from"] <= until.isoformat())


def _expected(row: Told, as_of: date) -> Told:
    """The row, with whether it begins after the day of the case: so it would be, all else equal."""
    return {**row, "expected": row["from"] > as_of.isoformat()}


def _later(rows: list[Told], law: Law, window: Window) -> Iterator[Told]:
    """Of benefits that begin within the window: the day from which a text grants them at all, where
    that day is known; and what national law does not grant before the window is over."""
    seen = {name for row in rows for name in (p["rule"] for p in row["provisions"])}
    first: dict[str, tuple[str, str]] = {}
    nowhere: dict[str, tuple[str, str]] = {}
    for name, instrument in law.registry.instruments.items():
        national = instrument.territory == COUNTRY
        granting: dict[str, Version] = {}
        for version in law.registry.versions(name):
            for rule in version.rules:
                for what in [one.what for one in rule.effects if isinstance(one, Grant)]:
                    begun = granting.setdefault(what, version).in_force
                    if begun[0] != begun[1]:
                        continue
                    since = (begun[0].isoformat(), name)
                    if rule.confidence in DECIDING and national:
                        nowhere[what] = min(nowhere.get(what, since), since)
                    if rule.name in seen:
                        first[what] = min(first.get(what, since), since)
    over = window.last.isoformat()
    first.update((what, since) for what, since in nowhere.items() if since[0] > over)
    for what, (day, name) in sorted(first.items(), key=lambda one: (one[1], one[0])):
        if window.first.isoformat() < day:
            kind, title = law.vocabulary.conclusions[what], law.registry.instruments[name].title
            yield {
                "object": what,
                "label": {"zh": kind.label.zh, "en": kind.label.en},
                "since": day,
                "title": {"zh": title.zh, "en": title.en},
            }
