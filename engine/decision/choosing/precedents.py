"""Earlier choices in like cases: how many there were, the median and the range.

    earlier = choices_in(result, "sha256:…")          # of a stored decision (`decision/1`)
    compared(earlier, rule, options, steps=())        # like cases only

Like are choices under the same rule (by its full name, so of the same text) between the same ends.
Fewer than five are counted and not shown: somebody could be recognised by them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from engine.decision.words.shown import plain
from engine.language.diagnostics import Bilingual
from engine.values.exact import normalised
from engine.values.money import Money

FEWEST: Final = 5
"""So many choices are shown at the least."""
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_AMOUNT: Final = re.compile(r"-?\d+\.\d{2}")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A choice of a stored decision: the rule, what was open, what was chosen."""

    rule: str
    options: str
    value: str
    point: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Choices in like cases. Of a range `median`, `low` and `high`, of options `counts`; nothing
    but that there are fewer than five where there are."""

    count: int | None
    median: str | None = None
    low: str | None = None
    high: str | None = None
    counts: tuple[tuple[str, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        if self.count is None:
            return {"fewer_than": FEWEST}
        told: dict[str, Any] = {"count": self.count}
        if self.counts:
            return told | {"counts": dict(self.counts)}
        return told | {"median": self.median, "low": self.low, "high": self.high}

    def text(self) -> Bilingual:
        """The comparison in one sentence."""
        if self.count is None:
            return Bilingual(
                f"同类案件的选择不足{FEWEST}件，不予比较",
                f"fewer than {FEWEST} choices in like cases: not compared",
            )
        if self.counts:
            zh = "，".join(f"{value} {count} 件" for value, count in self.counts)
            en = ", ".join(f"{value} {count} times" for value, count in self.counts)
            return Bilingual(f"同类案件 {self.count} 件：{zh}", f"{self.count} like cases: {en}")
        return Bilingual(
            f"同类案件 {self.count} 件：中位数 {self.median}，从 {self.low} 到 {self.high}",
            f"{self.count} like cases: median {self.median}, from {self.low} to {self.high}",
        )


def choices_in(result: Mapping[str, Any]) -> Iterator[Earlier]:
    """The choices that a stored decision records with reasons, where they were open."""
    for choice in result.get("choices", ()):
        if choice["open"] and choice["reasons"] and choice.get("rule"):
            value = choice["value"]
            if not isinstance(value, list):
                options = options_text(_open_in(result, choice["point"]))
                yield Earlier(choice["rule"], options, _text(value), choice["point"])


def options_text(options: Iterable[Any]) -> str:
    """What was open at a point, as text that can be compared.

    >>> options_text([["2", "3"]]), options_text([True, False])
    ('2–3', 'false|true')
    """
    return "|".join(sorted({_text(one) for one in options}))


def compared(
    earlier: Iterable[Earlier], rule: str, options: str, steps: Sequence[str] = ()
) -> Comparison:
    """The choices of like cases together. `steps`: of a ladder, lightest first."""
    values = [one.value for one in earlier if (one.rule, one.options) == (rule, options)]
    if len(values) < FEWEST:
        return Comparison(None)
    if steps:
        ordered = sorted(values, key=steps.index)
        return Comparison(len(values), ordered[(len(ordered) - 1) // 2], ordered[0], ordered[-1])
    if not all(_NUMBER.fullmatch(value) for value in values):
        counted = sorted(Counter(values).items())
        shown_counts = tuple((value, number) for value, number in counted if number >= FEWEST)
        return Comparison(len(values), counts=shown_counts or (("…", len(values)),))
    numbers = sorted(Fraction(value) for value in values)
    half = len(numbers) // 2
    middle = numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2
    amounts = all(_AMOUNT.fullmatch(value) for value in values)
    texts = [
        plain(Money.yuan(number) if amounts else normalised(number))
        for number in (middle, numbers[0], numbers[-1])
    ]
    return Comparison(len(values), median=texts[0], low=texts[1], high=texts[2])


def _open_in(result: Mapping[str, Any], point: str) -> list[Any]:
    return [
        choice["value"]
        for part in result["parts"]
        for band in part["bands"]
        for choice in band["choices"]
        if choice["point"] == point
    ]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "–".join(str(one) for one in value)
    return str(value)
