"""What a conclusion comes to, as a reader says it: steps, periods, authorities by their labels.

>>> from engine.values.dates import months
>>> shown(months(18))
('18个月', '18 months')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.decision.shown import Shown, shown
from engine.law.aspects import LABELS, WORDS
from engine.law.vocabulary import Vocabulary
from engine.values.ladder import Step


def aspects_said(aspects: Iterable[tuple[str, Any]], vocabulary: Vocabulary) -> Shown:
    """The aspects of a conclusion, each by its label: `终止日 2014-10-27；长度 3个月`."""
    told = [(_label(name), value_said(value, vocabulary)) for name, value in aspects]
    zh = "；".join(f"{label[0]} {value[0]}" for label, value in told)
    return zh, "; ".join(f"{label[1]} {value[1]}" for label, value in told)


def value_said(value: Any, vocabulary: Vocabulary) -> Shown:
    """A value of an aspect; a step, a word or an authority by its label."""
    if isinstance(value, Step):
        label = vocabulary.ladders[value.ladder.name][value.name]
        return label.zh, label.en
    if isinstance(value, str):
        label = WORDS.get(value) or vocabulary.issuers.get(value) or _body(value, vocabulary)
        return (value, value) if label is None else (label.zh, label.en)
    return shown(value)


def _label(name: str) -> Shown:
    """The label of an aspect; of one of several, with the rule that gives it."""
    aspect, bracket, rest = name.partition("[")
    label = LABELS.get(aspect)
    zh, en = (aspect, aspect) if label is None else (label.zh, label.en)
    return f"{zh}{bracket}{rest}", f"{en}{bracket}{rest}"


def _body(value: str, vocabulary: Vocabulary) -> Any:
    """The label of a code, if only one enumeration has it."""
    found = {codes[value] for codes in vocabulary.enumerations.values() if value in codes}
    return next(iter(found)) if len(found) == 1 else None
