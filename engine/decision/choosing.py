"""A choice that the law leaves, made and recorded: the point, the value, the reasons, who chose.

    chosen = choose(case, law, "39/ladder:birth.multiple@k2", "2.5", reasons="…", by="officer")
    chosen.case             # the case with the choice in it
    chosen.comes_to         # what its parts come to with every choice of the case applied

A point that is not open, a value outside the band and a choice without reasons are refused with
what would be allowed. The law is not touched: `decide` still tells every band (decision 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final

from engine.decision.case_model import Case, ChoiceMade
from engine.decision.decide import Evaluation, Law, evaluation_of, parts_of
from engine.decision.outcome import called, rules_called
from engine.decision.part import Part, end_text, factors_of, told_part
from engine.decision.suppositions import Suppositions
from engine.decision.trace import part_node
from engine.decision.work import Work
from engine.decision.world import World
from engine.inference.program import Inference
from engine.language.diagnostics import Bilingual
from engine.values.dates import Period
from engine.values.intervals import Choice
from engine.values.ladder import LadderError, Step
from engine.values.money import Money, MoneyError, parse_yuan

Json = dict[str, Any]
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?")
_PERIOD: Final = re.compile(r"P(?=\d)(?:(\d{1,4})M)?(?:(\d{1,6})D)?")


class ChoiceError(ValueError):
    """A choice that is refused. `code`: no-reasons, no-such-point, not-a-value, outside."""

    def __init__(self, code: str, message: Bilingual) -> None:
        super().__init__(message.en)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Open:
    """A point that is open: its kind, the rule by full name, its options, and what the law names to
    be considered. The options of a range are pairs of its ends, as values."""

    point: str
    kind: str
    rule: str | None
    options: tuple[Any, ...]
    factors: tuple[Bilingual, ...]

    def shown(self) -> list[Any]:
        """The options as results write them."""
        return [
            [end_text(end) for end in one] if isinstance(one, tuple) else one
            for one in self.options
        ]

    def as_json(self) -> Json:
        """As plain data."""
        return {
            "point": self.point,
            "kind": self.kind,
            "rule": self.rule,
            "options": self.shown(),
            "factors": [{"zh": one.zh, "en": one.en} for one in self.factors],
        }


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice that was recorded."""

    case: Case
    made: ChoiceMade
    point: Open
    comes_to: tuple[Json, ...]
    """Each part with its bearer, outcome and bands, every choice of the case applied."""

    def as_json(self) -> Json:
        """The form `choice/1`, without the case."""
        return {
            "schema": "choice/1",
            "choice": {
                "point": self.made.point,
                "value": self.made.value,
                "by": self.made.by,
                "reasons": self.made.reasons,
            },
            "open": self.point.as_json(),
            "comes_to": list(self.comes_to),
        }


def choose(
    case: Case,
    law: Law,
    point: str,
    value: str | bool,
    *,
    reasons: str | None,
    by: str | None = None,
    inference: Inference = "rete",
) -> Chosen:
    """Record a choice at a point that is open. Raises ChoiceError."""
    if reasons is None or not reasons.strip():
        message = Bilingual("选择必须说明理由（reasons）", "a choice needs its reasons (reasons)")
        raise ChoiceError("no-reasons", message)
    evaluation = evaluation_of(case, law, inference)
    known = open_points(parts_of(evaluation))
    if point not in known:
        raise ChoiceError("no-such-point", _no_such_point(known.values()))
    made = ChoiceMade(point, _value(known[point], value), by, reasons.strip())
    others = tuple(one for one in case.choices if one.point != point)
    chosen = replace(case, choices=tuple(sorted((*others, made), key=lambda one: one.point)))
    return Chosen(chosen, made, known[point], tuple(comes_to(chosen, law, inference=inference)))


def open_points(parts: Iterable[Part]) -> dict[str, Open]:
    """The points at which something may be chosen, by name, in order."""
    found: dict[str, dict[Any, None]] = {}
    kinds: dict[str, tuple[str, str | None, tuple[Bilingual, ...]]] = {}
    for part in parts:
        rules, factors = rules_called([part]), factors_of(part)
        for choice in _choices(part):
            name = called(choice.point)
            found.setdefault(choice.point, {})[choice.value] = None
            named = factors.get(name, factors.get("", ()))
            kinds.setdefault(
                choice.point,
                (choice.kind, rules.get(name), named if choice.kind != "reading" else ()),
            )
    return {
        point: Open(point, kinds[point][0], kinds[point][1], tuple(options), kinds[point][2])
        for point, options in sorted(found.items())
    }


def _choices(part: Part) -> Iterator[Choice]:
    for options in part.options:
        for _, interval in options.bands:
            yield from interval.choices


def steps_of(point: Open) -> tuple[str, ...]:
    """The steps of the ladder that a range runs on, lightest first; none if it is another range."""
    first = point.options[0]
    end = first[0] if isinstance(first, tuple) else None
    return end.ladder.steps if isinstance(end, Step) else ()


# --- the value --------------------------------------------------------------------------------
def _value(point: Open, raw: str | bool) -> str | bool:
    """The value as a case records it. Raises ChoiceError."""
    said = {"true": True, "false": False, "是": True, "否": False}.get(str(raw).lower(), raw)
    if point.kind != "range":
        if said in point.options or (point.kind == "may" and isinstance(said, bool)):
            return said
        raise ChoiceError("not-a-value", _allowed(point))
    text = str(raw).strip()
    values = [_of_type(text, low) for low, _ in point.options]
    if all(one is None for one in values):
        raise ChoiceError("not-a-value", _allowed(point))
    for (low, high), one in zip(point.options, values, strict=True):
        if one is not None and low <= one <= high:
            return end_text(one) or text
    raise ChoiceError("outside", _allowed(point))


def _of_type(text: str, like: Any) -> Any:
    """A value of the type of an end of a range; None if the text is none."""
    match like:
        case Money():
            try:
                return parse_yuan(text)
            except MoneyError:
                return None
        case Step(ladder=ladder):
            try:
                return ladder.step(text)
            except LadderError:
                return None
        case Period():
            found = _PERIOD.fullmatch(text)
            return Period(int(found[1] or 0), int(found[2] or 0)) if found else None
        case int() | Fraction():
            return Fraction(text) if _NUMBER.fullmatch(text) else None
    return None


def _allowed(point: Open) -> Bilingual:
    """What is allowed at a point. What was said instead is not repeated."""
    options = _options(point)
    return Bilingual(
        f"{point.point} 只能选：{options.zh}", f"{point.point} allows only {options.en}"
    )


def _options(point: Open) -> Bilingual:
    shown = ["–".join(map(str, one)) if isinstance(one, list) else one for one in point.shown()]
    zh = "，或者 ".join(_word(one).zh for one in shown)
    return Bilingual(zh, " or ".join(_word(one).en for one in shown))


def _word(option: object) -> Bilingual:
    if isinstance(option, bool):
        return Bilingual("是", "true") if option else Bilingual("否", "false")
    return Bilingual(str(option), str(option))


def _no_such_point(known: Iterable[Open]) -> Bilingual:
    listed = [(one.point, _options(one)) for one in known]
    if not listed:
        return Bilingual(
            "没有这个可以选择之处：本案的结果不取决于任何选择",
            "no such point: nothing in this case is open to choice",
        )
    zh = "\n".join(f"  {point}：{options.zh}" for point, options in listed)
    en = "\n".join(f"  {point}: {options.en}" for point, options in listed)
    return Bilingual(f"没有这个可以选择之处。有：\n{zh}", f"no such point. There are:\n{en}")


# --- what it comes to -------------------------------------------------------------------------
@dataclass(slots=True)
class _Fixed(Evaluation):
    """The worlds of a case in which everything that was chosen is so."""

    fixed: Mapping[str, Any] = field(default_factory=dict)

    def world(self, assignment: Mapping[str, Any]) -> World:
        """The settled world of an assignment and of what was chosen."""
        return Evaluation.world(self, {**self.fixed, **assignment})


def comes_to(
    case: Case,
    law: Law,
    *,
    inference: Inference = "rete",
    versions: Iterable[Mapping[str, Any]] | None = None,
) -> list[Json]:
    """What each part comes to where the choices that the case records are applied, in so far as
    they are open and the law allows them. With the `versions` that govern, as a decision tells
    them, each part has its trace."""
    evaluation = evaluation_of(case, law, inference)
    known = open_points(parts_of(evaluation))
    fixed: dict[str, Any] = {}
    for made in case.choices:
        if made.point not in known or isinstance(made.value, tuple):
            continue
        try:
            said = _value(known[made.point], made.value)
        except ChoiceError:
            continue
        point = known[made.point]
        typed = _of_type(str(said), point.options[0][0]) if point.kind == "range" else said
        fixed[made.point] = typed
    chosen = _Fixed(case, law, evaluation.question, inference, evaluation.base, Work(), fixed=fixed)
    words = None if versions is None else Suppositions(law, versions)
    found = []
    for part in parts_of(chosen):
        told = told_part(chosen, part, None)
        one = {name: told.get(name) for name in ("bearer", "object", "outcome", "bands")}
        trace = {} if words is None else {"trace": part_node(chosen, words, part, told)}
        found.append(one | trace)
    return found
