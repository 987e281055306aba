"""A ruleset after reading: instruments, versions, rules and their effects, immutable.

`engine.language.read` makes these from YAML; `engine.law.amendments` applies lists of changes
before that, on the source, so that every version here is the consolidated text of one day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from engine.language.diagnostics import Bilingual
from engine.language.expression import Expression
from engine.language.source import Position
from engine.values.money import Rounding

Confidence = Literal["confirmed", "probable", "unconfirmed", "memory"]
Rank = Literal[
    "constitution",
    "law",
    "administrative-regulation",
    "local-regulation",
    "rule",
    "party-rule",
    "policy-document",
]


DayCount = Literal["calendar", "working", "except-holidays", "from-the-day"]
"""Which days a length of time counts: all, working days, or all but public holidays."""


# --- values: what a definition or an amount may be -----------------------------------------------
@dataclass(frozen=True, slots=True)
class Plain:
    """One expression."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Between:
    """A range for the authority: both ends are lawful, and all between."""

    low: Expression
    high: Expression


@dataclass(frozen=True, slots=True)
class Refused:
    """No number in the text: citing why."""

    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Readings:
    """A text that bears several readings, each with its label."""

    options: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a row of a table asks of one input: codes, or numbers from `low` to `high` (None: open);
    nothing at all (`anything`) for a dash."""

    codes: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    anything: bool = False
    truth: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it asks of each input, and what it gives."""

    patterns: tuple[Pattern, ...]
    value: Value
    at: Position


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table; `by:` is a table of one input. Hit policies as in DMN."""

    inputs: tuple[Expression, ...]
    rows: tuple[Row, ...]
    policy: Literal["unique", "first", "collect"]
    at: Position


Value = Plain | Between | Refused | Readings | Table


# --- effects: what a rule can do -----------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Define:
    """Gives a derived fact of the subject its value. `key` is canonical (`person.fee_base`).

    `goes_with`: the effect whose law it belongs to, where that is not the law of definitions.
    """

    key: str
    subject: Expression | None
    value: Value
    goes_with: str | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """A ground."""

    object: str


@dataclass(frozen=True, slots=True)
class Forbid:
    """Takes grounds away; no `grounds`: those of its own article."""

    object: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Postpone:
    """Lets grounds stand but not yet; no `grounds`: those of its own article."""

    object: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount due from a payer: one expression (an entity or a list), or readings of who pays."""

    what: str
    payer: Value
    amount: Value
    adds_to: str | None


@dataclass(frozen=True, slots=True)
class Lapse:
    """Ends what was due: wholly, the unpaid rest, or from a day."""

    what: str
    extent: Literal["wholly", "unpaid-rest", "from-day"]
    day: Expression | None


@dataclass(frozen=True, slots=True)
class Refuse:
    """No legal basis for a conclusion: cites why."""

    what: str | None
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Sanction:
    """A step of a ladder, or a range of steps; `period` may read it as `measure`."""

    what: str
    bearer: Expression
    measure: Value
    period: Value | None


@dataclass(frozen=True, slots=True)
class Grant:
    """A benefit: to whom, how much and how often, from when, how long, and who pays and decides.

    It ends on `until`, or where its duration from `start` (that day included) ends; a duration that
    leaves some days out has no end that this can tell.
    """

    what: str
    to: Expression
    amount: Value | None
    per: Literal["once", "day", "month", "year"] | None
    total: Value | None
    duration: Value | None
    start: Expression | None
    until: Expression | None
    payer: str | None
    authority: str | None
    papers: tuple[str, ...]
    """Kinds of evidence to bring."""
    days: DayCount = "calendar"
    """Which days its duration counts."""
    least: bool = False
    """Whether its amount, or without one its duration, is the least that is due: more may be."""
    apply_by: Expression | None = None
    """The last day on which it can be asked for."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A deontic result with its bearer and object."""

    bearer: Expression
    what: str


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A period that runs: from which event, how long, in which days, and what follows.

    Its day counts only with `from-the-day`. `suspended`: how many days the clock stood still.
    """

    what: str
    start: Expression
    length: Value
    days: DayCount
    suspended: Expression | None
    if_holiday: Literal["stands", "next-working-day"]
    then: Bilingual | None


@dataclass(frozen=True, slots=True)
class Competence:
    """Which authority decides."""

    what: str
    authority: str
    place: Expression


@dataclass(frozen=True, slots=True)
class Governs:
    """Which law governs: for these effects, the law of this place on this day.

    Several places or days are candidate laws: `choose` says how their results are compared.
    """

    effects: tuple[str, ...]
    questions: tuple[str, ...]
    place: Expression
    day: Expression
    choose: Literal["readings", "most-favourable", "lightest", "bearer"]
    texts: Literal["all", "asked"] = "all"
    """`asked`: only texts that conclude, refuse or end something of what is asked."""
    together: tuple[str, ...] = ()
    """Conclusions for which one law is taken as a whole; of the others each is compared alone."""
    ranks: tuple[Rank, ...] = ()
    """Only texts of these ranks; none named: of all."""


@dataclass(frozen=True, slots=True)
class Status:
    """A state of the subject with its period. `value`: a number that goes with it, as a rank."""

    what: str
    start: Expression | None
    length: Expression | None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether something that was done accords with the law."""

    what: str
    lawful: Value


Effect = (
    Define
    | Permit
    | Forbid
    | Postpone
    | Charge
    | Lapse
    | Refuse
    | Sanction
    | Grant
    | Duty
    | TimeLimit
    | Competence
    | Governs
    | Status
    | Finding
)
UNCHOSEN: Final = (Governs, Refuse)
"""Effects that come of the law alone: no authority chooses whether they do (`may`)."""


# --- rules, versions, instruments ----------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Subject:
    """`for: parent in parents`: the rule is applied once for each item; a choice belongs to it."""

    variable: str
    kind: str
    collection: Expression


@dataclass(frozen=True, slots=True)
class OverrideRule:
    """The rule of this instrument that yields: its local name, `41/base`."""

    local: str


@dataclass(frozen=True, slots=True)
class OverrideConclusion:
    """Conclusions of lower rank that yield, across instruments."""

    conclusion: str
    rank_below: Rank


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of an instrument."""

    name: str
    """Full: cn/hubei/pfp-regulations/2009-03-01/17.4/only-daughter, with the enacting version."""
    local: str
    """17.4/only-daughter, numbered as in the governing version."""
    instrument: str
    rank: Rank
    article: str
    gist: Bilingual | None
    confidence: Confidence
    sources: tuple[str, ...]
    subject: Subject | None
    when: tuple[Expression, ...]
    unless: tuple[Expression, ...]
    may: bool
    overrides: tuple[OverrideRule | OverrideConclusion, ...]
    effects: tuple[Effect, ...]
    """One effect; only `define` may give several names at once."""
    opens: tuple[str, ...]
    """Conclusions or facts left to lower law: `permit further-birth`, `birth.counts_as`."""
    at: Position
    effect_at: Position
    """Where its effect is written, which may be above it."""
    practice: tuple[Bilingual, ...] = ()
    """What was reported of practice under the article, where it did otherwise."""
    factors: tuple[Bilingual, ...] = ()
    """What the text names to be considered where the authority may choose; of a rule that opens a
    conclusion, in every choice about that."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a text leaves open and the case must say: a setting, with its candidate values."""

    name: str
    text: Bilingual
    candidates: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """An amendment known to exist whose content was not read."""

    day: date
    may_touch: tuple[str, ...]
    """Articles; none: all."""
    note: Bilingual | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the law that the base names but does not have: what is missing, of which kind."""

    kind: str
    """`charge social-maintenance-fee`, `permit further-birth`, …"""
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Excluded:
    """A condition that the scope leaves out, with the reason; listed, never evaluated."""

    article: str
    id: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, a regulation, a rule: what its versions have in common."""

    id: str
    title: Bilingual
    rank: Rank
    territory: str
    at: Position = field(compare=False)
    """Where the territory is written."""


@dataclass(frozen=True, slots=True)
class Version:
    """The consolidated text of an instrument from one in-force day to the next."""

    instrument: Instrument
    id: str
    """The file's name: an in-force day, or an adoption day, month or year; without revision."""
    in_force: tuple[date, date]
    """Earliest and latest possible first day; equal when the day is known."""
    ends: tuple[date, date] | None
    """First days no longer in force, earliest and latest; None: until its successor, or today."""
    confidence: Confidence
    recorded: date
    sources: tuple[str, ...]
    fills: tuple[str, ...]
    asks: tuple[Ask, ...]
    terms: tuple[tuple[str, Expression], ...]
    """Terms that this instrument defines in its own way: (`birth.number_before`, formula)."""
    rounding: Rounding | None
    rules: tuple[Rule, ...]
    unread: tuple[Unread, ...]
    gaps: tuple[Gap, ...]
    excluded: tuple[Excluded, ...]
    at: Position
    """Where it is written from when on it is in force."""
    fills_at: Position
    text_hash: str = ""
