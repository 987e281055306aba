"""A choice that the law leaves, made and recorded: the point, the value, the reasons, who chose.

    chosen = choose(case, law, "39/ladder:birth.multiple@k2", "2.5", reasons="…", by="officer")
    chosen.case             # the case with the choice in it
    chosen.comes_to         # what its parts come to with every choice of the case applied

A point that is not open, a value outside the band and a choice without reasons are refused with
what would be allowed. The law is not touched: `decide` still tells every band (decision 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.decision.case.model import Case, ChoiceMade
from engine.decision.deciding.decide import Evaluation, evaluation_of, parts_of
from engine.decision.deciding.open_points import (
    ChoiceError,
    Open,
    no_such_point,
    of_type,
    open_points,
    value_at,
)
from engine.decision.deciding.part import told_part
from engine.decision.governing.law import Law
from engine.decision.trace.part_trace import part_node
from engine.decision.words.suppositions import Suppositions
from engine.decision.worlds.work import Work
from engine.decision.worlds.world import World
from engine.inference.program import Inference
from engine.language.diagnostics import Bilingual

Json = dict[str, Any]


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
        raise ChoiceError("no-such-point", no_such_point(known.values()))
    made = ChoiceMade(point, value_at(known[point], value), by, reasons.strip())
    others = tuple(one for one in case.choices if one.point != point)
    chosen = replace(case, choices=tuple(sorted((*others, made), key=lambda one: one.point)))
    return Chosen(chosen, made, known[point], tuple(comes_to(chosen, law, inference=inference)))


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
            said = value_at(known[made.point], made.value)
        except ChoiceError:
            continue
        point = known[made.point]
        typed = of_type(str(said), point.options[0][0]) if point.kind == "range" else said
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
