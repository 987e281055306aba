"""Every explanation of a case under one name: what the command line and the service ask for.

    told = explained(case, law, Sought("why-not", conclusion="social-maintenance-fee"))
    told = explained(case, law, Sought("changes", size=3))
    print(render_explained(told, "zh", law.vocabulary))

The answers are `explanation/1`, `changes/1` and `possible/1`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from engine.decision.asking.possible import possible, render_possible
from engine.decision.case.model import Case
from engine.decision.changing.changes import SIZE, changes, render_changes
from engine.decision.explaining.explain import explain
from engine.decision.explaining.explain_text import render_explanation
from engine.decision.explaining.targets import check_bearer
from engine.decision.governing.law import Law
from engine.inference.program import Inference
from engine.language.diagnostics import Language
from engine.law.vocabulary import Vocabulary

Told: TypeAlias = dict[str, Any]
Kind: TypeAlias = Literal["why-not", "why", "changes", "possible"]

KINDS: Final[tuple[Kind, ...]] = ("why-not", "why", "changes", "possible")
SIZES: Final = (1, 3)
"""The least and the most changes of a set that can be asked for."""

_RENDER: Final[Mapping[str, Callable[..., str]]] = {
    "explanation/1": render_explanation,
    "changes/1": render_changes,
    "possible/1": render_possible,
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be explained: `conclusion` and `rule` for why and why-not, `size` for changes."""

    kind: Kind
    conclusion: str = ""
    rule: str | None = None
    size: int = SIZE
    bearer: str | None = None


def explained(case: Case, law: Law, sought: Sought, *, inference: Inference = "rete") -> Told:
    """The explanation as plain data. Raises ExplainError if there is no such conclusion or rule."""
    match sought.kind:
        case "changes":
            found = changes(case, law, size=sought.size)
            return _only_of(found, case, sought.bearer)
        case "possible":
            return _only_of(possible(case, law, inference=inference), case, sought.bearer)
        case "why" | "why-not" as kind:
            return explain(
                case, law, sought.conclusion,
                why=kind == "why", rule=sought.rule, bearer=sought.bearer, inference=inference,
            ).as_json()  # fmt: skip


def _only_of(found: Told, case: Case, bearer: str | None) -> Told:
    """An explanation with the parts of one entity, and of it in a period or the like; None: of all.
    Raises ExplainError if there is no such entity, or no part concerns it."""
    if bearer is None:
        return found
    kept = [part for part in found["parts"] if bearer in (of := part["bearer"], *of.split("+"))]
    if not kept:
        concerned = {part["bearer"] for part in found["parts"]}
        check_bearer(case, bearer, concerned, of_answer=True)
    return found | {"parts": kept}


def render_explained(
    content: Mapping[str, Any], lang: Language, words: Vocabulary, *, whole: bool = False
) -> str:
    """An explanation of any kind as text; of long ones what matters most, unless the `whole` is
    asked for."""
    return _RENDER[content["schema"]](content, lang, words, whole=whole)
