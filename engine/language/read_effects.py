"""What a rule does: the effect that stands in it, read into its model.

permit: further-birth
charge:
  what: library-fine
  payer: reader
  amount: yuan(5) * reader.late_books
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from typing import Literal, Protocol, get_args

from engine.language.diagnostics import Bilingual
from engine.language.expression import Expression, Read
from engine.language.fields import (
    Problems,
    as_bilingual,
    as_mapping,
    as_text,
    bilingual_field,
    choice,
    labels,
    one_of,
    only,
    texts_field,
    word,
    words,
)
from engine.language.node import Mapping, Node, Text
from engine.language.read_values import (
    Scope,
    expression_field,
    read_expression,
    read_value,
    value_field,
)
from engine.language.ruleset import (
    Between,
    Charge,
    Competence,
    DayCount,
    Define,
    Duty,
    Effect,
    Finding,
    Forbid,
    Governs,
    Grant,
    Lapse,
    Permit,
    Plain,
    Postpone,
    Rank,
    Readings,
    Refuse,
    Sanction,
    Status,
    TimeLimit,
    Value,
)
from engine.language.types import (
    BOOLEAN,
    DATE,
    MONEY,
    PERIOD,
    PLACE,
    NameInfo,
    Names,
    Type,
    number,
    step,
)

RANKS: tuple[Rank, ...] = get_args(Rank)
GOVERNS = ("effects", "questions", "place", "day", "choose", "texts", "together", "ranks")
EXTENTS: tuple[Literal["wholly", "unpaid-rest", "from-day"], ...] = (
    "wholly",
    "unpaid-rest",
    "from-day",
)
DAYS: tuple[DayCount, ...] = ("calendar", "working")
GRANT_DAYS: tuple[DayCount, ...] = (*DAYS, "except-holidays")
TIME_DAYS: tuple[DayCount, ...] = (*DAYS, "from-the-day")
HOLIDAYS: tuple[Literal["stands", "next-working-day"], ...] = ("stands", "next-working-day")
PER: tuple[Literal["once", "day", "month", "year"], ...] = ("once", "day", "month", "year")
TRUTHS: tuple[Literal["true", "false"], ...] = ("true", "false")
MEASURE = "measure"
"""What the period of a sanction reads the sanction's own step as."""
TEXTS: tuple[Literal["all", "asked"], ...] = ("all", "asked")
CHOOSE: tuple[Literal["readings", "most-favourable", "lightest", "bearer"], ...] = (
    "readings",
    "most-favourable",
    "lightest",
    "bearer",
)
PAYER = Bilingual("一个对象或几个对象", "an entity or a list of entities")
PLACES = Bilingual("一个或几个地方", "a place or a list of places")
LAW_DAYS = Bilingual("一个或几个日期", "a date or a list of dates")
ONE_RANGE = Bilingual(
    "from 写一级才有 to；否则在各行里写 between",
    "`to` goes with one step under `from`; else write between in the rows",
)
DEFINED = Bilingual("词汇表 defined 下的名称", "a name that the vocabulary has under `defined`")


class RuleNames(Names, Protocol):
    """What reading a rule asks of a vocabulary, beside its names."""

    def ladder_of(self, conclusion: str) -> str | None:
        """The ladder that a sanction of this name takes its steps from, if any."""


def read_effect(
    name: str,
    node: Node,
    grounds: tuple[str, ...],
    names: RuleNames,
    variables: MappingOf[str, Type],
    problems: Problems,
) -> tuple[Effect, ...]:
    """The effect under its keyword; none if it cannot be read. Only `define` gives several."""
    scope = Scope(names, variables)
    if name == "define":
        return _define(node, scope, problems)
    if name in ("permit", "forbid", "postpone"):
        return _on_grounds(name, node, grounds, problems)
    if name == "lapse" and isinstance(node, Text):
        return (Lapse(node.value, "wholly", None),)
    if name == "refuse" and isinstance(node, Text):
        return (Refuse(None, Bilingual(node.value, node.value)),)
    body = as_mapping(node, problems)
    if body is None:
        return ()
    if name == "sanction":
        effect = _sanction(body, scope, names, problems)
    else:
        effect = _READERS[name](body, scope, problems)
    return () if effect is None else (effect,)


def _define(node: Node, scope: Scope, problems: Problems) -> tuple[Effect, ...]:
    body = as_mapping(node, problems)
    found: list[Effect] = []
    for entry in body.entries if body is not None else ():
        target = read_expression(entry.key, scope, problems)
        if target is not None and not _is_defined(target, scope.names):
            problems.wrong("define", entry.key.at, DEFINED)
            target = None
        expected = None if target is None else target.type
        value = read_value(entry.value, scope, problems, expected, entry.key.value)
        if isinstance(target, Read) and value is not None:
            info = _info(target, scope.names)
            found.append(
                Define(target.key, target.subject, value, None if info is None else info.goes_with)
            )
    return tuple(found)


def _is_defined(target: Expression, names: Names) -> bool:
    info = _info(target, names)
    return info is not None and info.origin == "defined"


def _info(target: Expression, names: Names) -> NameInfo | None:
    if not isinstance(target, Read):
        return None
    kind, stop, name = target.key.partition(".")
    return names.of_kind(kind, name) if stop else names.of_case(target.key)


def _on_grounds(
    name: str, node: Node, grounds: tuple[str, ...], problems: Problems
) -> tuple[Effect, ...]:
    text = as_text(node, name, problems)
    if text is None:
        return ()
    if name == "permit":
        return (Permit(text.value),)
    return (Forbid(text.value, grounds) if name == "forbid" else Postpone(text.value, grounds),)


def _charge(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, ("what", "payer", "amount", "adds-to"), problems)
    what = word(body, "what", problems)
    payer = value_field(body, "payer", scope, problems)
    amount = value_field(body, "amount", scope, problems, MONEY)
    if payer is not None and not _is_payer(payer):
        problems.wrong("payer", (body.get("payer") or body).at, PAYER)
        return None
    if what is None or payer is None or amount is None:
        return None
    return Charge(what, payer, amount, word(body, "adds-to", problems, required=False))


def _is_payer(value: Value) -> bool:
    if isinstance(value, Readings):
        return all(_is_payer(option) for _, option in value.options)
    if not isinstance(value, Plain):
        return False
    type_ = value.expression.type
    return (type_.item or type_).base == "entity"


def _lapse(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, ("what", "extent", "day"), problems)
    what = word(body, "what", problems)
    extent = choice(body, "extent", EXTENTS, problems, "wholly")
    day = expression_field(body, "day", scope, problems, DATE, required=extent == "from-day")
    return None if what is None else Lapse(what, extent, day)


def _refuse(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, ("what", "zh", "en", "reason"), problems)
    what = word(body, "what", problems, required=False)
    reason = body.get("reason")
    if reason is None:
        return Refuse(what, labels(body, problems))
    said = as_bilingual(reason, "reason", problems)
    return None if said is None else Refuse(what, said)


def _sanction(body: Mapping, scope: Scope, names: RuleNames, problems: Problems) -> Effect | None:
    only(body, ("what", "bearer", "from", "to", "period"), problems)
    what = word(body, "what", problems)
    ladder = None if what is None else names.ladder_of(what)
    step_type = None if ladder is None else step(ladder)
    bearer = expression_field(body, "bearer", scope, problems)
    measure = value_field(body, "from", scope, problems, step_type)
    most = expression_field(body, "to", scope, problems, step_type, required=False)
    if most is not None:
        if not isinstance(measure, Plain):
            problems.wrong("to", (body.get("to") or body).at, ONE_RANGE)
            return None
        measure = Between(measure.expression, most)
    inside = dict(scope.variables)
    if step_type is not None:
        inside[MEASURE] = step_type
    period = value_field(body, "period", Scope(names, inside), problems, PERIOD, required=False)
    if what is None or bearer is None or measure is None:
        return None
    return Sanction(what, bearer, measure, period)


GRANT = (
    *("what", "to", "amount", "per", "total", "duration", "days", "start", "until"),
    *("payer", "authority", "papers", "at-least", "apply-by"),
)


def _grant(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, GRANT, problems)
    what = word(body, "what", problems)
    to = expression_field(body, "to", scope, problems)
    per = None if body.get("per") is None else choice(body, "per", PER, problems, "once")
    effect = Grant(
        what=what or "",
        to=to,  # type: ignore[arg-type]  # told below
        amount=value_field(body, "amount", scope, problems, MONEY, required=False),
        per=per,
        total=value_field(body, "total", scope, problems, MONEY, required=False),
        duration=value_field(body, "duration", scope, problems, PERIOD, required=False),
        start=expression_field(body, "start", scope, problems, DATE, required=False),
        until=expression_field(body, "until", scope, problems, DATE, required=False),
        payer=word(body, "payer", problems, required=False),
        authority=word(body, "authority", problems, required=False),
        papers=words(body, "papers", problems),
        days=choice(body, "days", GRANT_DAYS, problems, "calendar"),
        least=choice(body, "at-least", TRUTHS, problems, "false") == "true",
        apply_by=expression_field(body, "apply-by", scope, problems, DATE, required=False),
    )
    return None if what is None or to is None else effect


def _duty(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, ("bearer", "what"), problems)
    bearer = expression_field(body, "bearer", scope, problems)
    what = word(body, "what", problems)
    return None if bearer is None or what is None else Duty(bearer, what)


def _time(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, ("what", "start", "length", "days", "suspended", "if-holiday", "then"), problems)
    what = word(body, "what", problems)
    start = expression_field(body, "start", scope, problems, DATE)
    length = value_field(body, "length", scope, problems, PERIOD)
    days = choice(body, "days", TIME_DAYS, problems, "calendar")
    suspended = expression_field(body, "suspended", scope, problems, number("day"), required=False)
    if_holiday = choice(body, "if-holiday", HOLIDAYS, problems, "stands")
    then = bilingual_field(body, "then", problems, required=False)
    if what is None or start is None or length is None:
        return None
    return TimeLimit(what, start, length, days, suspended, if_holiday, then)


def _competence(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, ("what", "authority", "place"), problems)
    what = word(body, "what", problems)
    authority = word(body, "authority", problems)
    place = expression_field(body, "place", scope, problems, PLACE)
    if what is None or authority is None or place is None:
        return None
    return Competence(what, authority, place)


def _governs(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, GOVERNS, problems)
    place = expression_field(body, "place", scope, problems)
    day = expression_field(body, "day", scope, problems)
    for key, read, type_, said in (("place", place, PLACE, PLACES), ("day", day, DATE, LAW_DAYS)):
        if read is not None and (read.type.item or read.type) != type_:
            problems.wrong(key, (body.get(key) or body).at, said)
            return None
    if place is None or day is None:
        return None
    return Governs(
        words(body, "effects", problems),
        words(body, "questions", problems),
        place,
        day,
        choice(body, "choose", CHOOSE, problems, "readings"),
        choice(body, "texts", TEXTS, problems, "all"),
        words(body, "together", problems),
        _ranks(body, problems),
    )


def _ranks(body: Mapping, problems: Problems) -> tuple[Rank, ...]:
    named = (
        one_of(text, "ranks", RANKS, problems) for text in texts_field(body, "ranks", problems)
    )
    return tuple(rank for rank in named if rank is not None)


def _status(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, ("what", "value", "start", "length"), problems)
    what = word(body, "what", problems)
    value = value_field(body, "value", scope, problems, number(), required=False)
    start = expression_field(body, "start", scope, problems, DATE, required=False)
    length = expression_field(body, "length", scope, problems, PERIOD, required=False)
    return None if what is None else Status(what, start, length, value)


def _finding(body: Mapping, scope: Scope, problems: Problems) -> Effect | None:
    only(body, ("what", "lawful"), problems)
    what = word(body, "what", problems)
    lawful = value_field(body, "lawful", scope, problems, BOOLEAN)
    return None if what is None or lawful is None else Finding(what, lawful)


_READERS: MappingOf[str, Callable[[Mapping, Scope, Problems], Effect | None]] = {
    "duty": _duty,
    "charge": _charge,
    "lapse": _lapse,
    "grant": _grant,
    "time": _time,
    "competence": _competence,
    "governs": _governs,
    "refuse": _refuse,
    "status": _status,
    "finding": _finding,
}
