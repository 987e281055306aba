"""The points of a case that are open to choice: what may be chosen at each, and what fits.

known = open_points(parts)
known["39/ladder:birth.multiple@k2"].options       # ((2, 3),)
value_at(known["39/ladder:birth.multiple@k2"], "9")  # ChoiceError: outside
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from engine.decision.deciding.bands_told import called, end_text, factors_of
from engine.decision.deciding.part import Part
from engine.language.diagnostics import Bilingual
from engine.values.dates import Period
from engine.values.intervals import Choice
from engine.values.ladder import LadderError, Step
from engine.values.money import Money, MoneyError, parse_yuan

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

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "point": self.point,
            "kind": self.kind,
            "rule": self.rule,
            "options": self.shown(),
            "factors": [{"zh": one.zh, "en": one.en} for one in self.factors],
        }


def rules_called(parts: list[Part]) -> dict[str, str]:
    """The full names of rules by those that choice points use."""
    programs = {id(one): one for part in parts for one in (w.setting.program for w in part.worlds)}
    return {one.called: one.rule.name for program in programs.values() for one in program.chosen}


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
def value_at(point: Open, raw: str | bool) -> str | bool:
    """The value as a case records it. Raises ChoiceError."""
    said = {"true": True, "false": False, "是": True, "否": False}.get(str(raw).lower(), raw)
    if point.kind != "range":
        if said in point.options or (point.kind == "may" and isinstance(said, bool)):
            return said
        raise ChoiceError("not-a-value", _allowed(point))
    text = str(raw).strip()
    values = [of_type(text, low) for low, _ in point.options]
    if all(one is None for one in values):
        raise ChoiceError("not-a-value", _allowed(point))
    for (low, high), one in zip(point.options, values, strict=True):
        if one is not None and low <= one <= high:
            return end_text(one) or text
    raise ChoiceError("outside", _allowed(point))


def is_allowed(point: Open | None, value: bool | str | tuple[str, ...]) -> bool:
    """Whether a recorded choice is one that the law allows at a point; None: there is none."""
    if point is None:
        return False
    try:
        for one in value if isinstance(value, tuple) else (value,):
            value_at(point, one)
    except ChoiceError:
        return False
    return True


def of_type(text: str, like: Any) -> Any:
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


def no_such_point(known: Iterable[Open]) -> Bilingual:
    listed = [(one.point, _options(one)) for one in known]
    if not listed:
        return Bilingual(
            "没有这个可以选择之处：本案的结果不取决于任何选择",
            "no such point: nothing in this case is open to choice",
        )
    zh = "\n".join(f"  {point}：{options.zh}" for point, options in listed)
    en = "\n".join(f"  {point}: {options.en}" for point, options in listed)
    return Bilingual(f"没有这个可以选择之处。有：\n{zh}", f"no such point. There are:\n{en}")
