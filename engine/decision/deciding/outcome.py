"""The result of a decision: parts gathered, as the JSON form `decision/1`.

What was found out in each world (the truth of every condition, every value that was read) stays
with the decision; it is put into words, and the words are sealed, when somebody asks for them.

Exit codes: 0 determined, 3 undetermined, 4 refused, 5 not applicable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from engine.decision.deciding.bands_told import called
from engine.decision.deciding.cited import provisions_of, versions_of
from engine.decision.deciding.figures_told import figures_of
from engine.decision.deciding.open_points import is_allowed, open_points, rules_called
from engine.decision.deciding.part import Part, outcome_of, told_part
from engine.decision.deciding.seal import id_of
from engine.decision.deciding.warnings import warnings_of
from engine.decision.trace.trace import trace_of
from engine.decision.worlds.horizon import Change

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation

EXITS: Final[Mapping[str, int]] = {
    "determined": 0,
    "undetermined": 3,
    "refused": 4,
    "not_applicable": 5,
}


class Decision:
    """A decision; its canonical content is told once, when it is first asked for."""

    __slots__ = ("_content", "_tell", "outcome")

    def __init__(self, outcome: str, tell: Callable[[], Mapping[str, Any]]) -> None:
        self.outcome = outcome
        """determined, undetermined, refused or not_applicable."""
        self._tell: Callable[[], Mapping[str, Any]] | None = tell
        self._content: Mapping[str, Any] | None = None

    @property
    def content(self) -> Mapping[str, Any]:
        """All of it, as plain data."""
        tell = self._tell
        if tell is not None:
            self._content = tell()
            self._tell = None  # the worlds are no longer needed
        assert self._content is not None
        return self._content

    @property
    def exit(self) -> int:
        """The exit code of the command line."""
        return EXITS[self.outcome]

    def as_json(self) -> dict[str, Any]:
        """The form `decision/1`."""
        return dict(self.content)


def assemble(
    evaluation: Evaluation, parts: list[Part], change: Change, *, traced: bool
) -> Decision:
    """Gather the parts of a case into one result, with the first day on which it is another.
    `traced`: its content tells why, too."""
    outcomes = {outcome_of(part) for part in parts}
    order = ("undetermined", "determined", "refused", "not_applicable")
    outcome = next((o for o in order if o in outcomes), "not_applicable")
    return Decision(outcome, lambda: _told(evaluation, parts, change, outcome, traced))


def _told(
    evaluation: Evaluation, parts: list[Part], change: Change, outcome: str, traced: bool
) -> dict[str, Any]:
    told = [told_part(evaluation, part, change.day) for part in parts]
    worlds = [world for part in parts for world in part.worlds]
    provisions, provisions_text = provisions_of(parts)
    versions, versions_text = versions_of(evaluation, parts)
    content: dict[str, Any] = {
        "schema": "decision/1",
        "question": {
            "ask": evaluation.case.question.ask,
            "about": list(evaluation.case.question.about),
        },
        "as_of": evaluation.case.as_of.isoformat(),
        "outcome": outcome,
        "exit": EXITS[outcome],
        "parts": told,
        "conclusions": _gathered(told, "conclusions"),
        "bands": _gathered(told, "bands"),
        "missing": _gathered(told, "missing"),
        "gaps": _gathered(told, "gaps"),
        "conflicts": _gathered(told, "conflicts"),
        "choices": _recorded(evaluation, parts),
        "provisions": provisions,
        "figures": figures_of(evaluation, worlds),
        "warnings": warnings_of(evaluation, parts, told, worlds, change),
        "versions": versions,
    }
    known = {"provisions": provisions_text, "versions": versions_text}
    content["id"] = id_of(content, known)
    if traced:  # the trace follows from the rest: the id does not depend on whether it is told
        content["trace"] = trace_of(evaluation, parts, told, content)
    return content


def _recorded(evaluation: Evaluation, parts: list[Part]) -> list[dict[str, Any]]:
    """What a person decided, beside what the law allows: it narrows no band."""
    if not evaluation.case.choices:
        return []
    points, rules = open_points(parts), rules_called(parts)
    return [
        {
            "point": choice.point,
            "value": list(choice.value) if isinstance(choice.value, tuple) else choice.value,
            "by": choice.by,
            "reasons": choice.reasons,
            "open": is_allowed(points.get(choice.point), choice.value),
            "rule": rules.get(called(choice.point)),
        }
        for choice in evaluation.case.choices
    ]


def _gathered(parts: Iterable[Mapping[str, Any]], key: str) -> list[Any]:
    found: list[Any] = []
    for part in parts:
        for item in part.get(key, ()):
            if item not in found:
                found.append(item)
    return found
