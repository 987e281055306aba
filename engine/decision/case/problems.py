"""What can be wrong with a case, said without repeating any of it.

A problem names the place and the kind of the value, never the value: whoever logs or shows it logs
or shows nothing of the case. A key that the case made up is left out of the pointer, too.

>>> report = Report()
>>> report.add("negative-money", "/persons/m/annual_income/0/value", "-1")
>>> [problem] = report.problems()
>>> problem.code, problem.pointer, problem.kind, problem.message.en
('negative-money', '/persons/m/annual_income/0/value', 'text', 'An amount cannot be negative.')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.decision.case.wordings import WORDINGS
from engine.language.diagnostics import Bilingual
from engine.language.node import Mapping as MappingNode
from engine.language.node import Node, Position, walk
from engine.law.identifiers import find_identifier

MANY: Final = 100
"""So many problems of one case are enough."""

MISSING: Final = object()
"""Stands for the value where there is none."""

Field: TypeAlias = str | int | Bilingual | Sequence[str]

# Names of fields and ids of entities look like this. Another key may be anything, even a name.
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]{0,63}|[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """One problem: `pointer` is a JSON pointer (RFC 6901) into the input, `kind` what stands there
    (`text`, `number`, `boolean`, `list`, `mapping`, `null`, or `nothing`). Lines and columns count
    from 1 and are None where the input had no text."""

    code: str
    pointer: str
    kind: str
    expected: Bilingual
    message: Bilingual
    line: int | None
    column: int | None


class CaseError(ValueError):
    """An input that is no case, with all its problems; its text is their codes, fit for a log."""

    def __init__(self, problems: tuple[CaseProblem, ...]) -> None:
        super().__init__(", ".join(sorted({found.code for found in problems})))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Draft:
    code: str
    pointer: str
    kind: str
    expected: Bilingual
    message: Bilingual
    on_key: bool


class Report:
    """The problems of one case, gathered while it is read."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []

    def __bool__(self) -> bool:
        return bool(self._drafts)

    @property
    def full(self) -> bool:
        """Whether enough is wrong, so that no more need be read."""
        return len(self._drafts) >= MANY

    def add(
        self,
        code: str,
        pointer: str,
        value: object = MISSING,
        *,
        on_key: bool = False,
        **fields: Field,
    ) -> None:
        """A problem in the words of `WORDINGS`; `fields` fill in their templates.

        `value` is looked at for its kind only. `on_key`: the key is wrong, not the value.
        """
        message, expected = WORDINGS[code]
        self._drafts.append(
            _Draft(
                code,
                pointer,
                kind_of_value(value),
                _fill(expected, fields),
                _fill(message, fields),
                on_key,
            )
        )

    def problems(self, tree: Node | None = None) -> tuple[CaseProblem, ...]:
        """The problems in the order of the text, at most `MANY`; `tree` gives their positions."""
        places = {} if tree is None else _places(tree)
        found = {_problem(draft, places) for draft in self._drafts}
        ordered = sorted(found, key=_order)
        return tuple(ordered[:MANY])


def child(pointer: str, key: str) -> str:
    """The pointer of what stands under a key."""
    if "~" in key or "/" in key:
        key = key.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{key}"


def is_safe_key(key: str) -> bool:
    """Whether a key may be shown: it has the form of a name and hides no identifier."""
    return _SAFE.fullmatch(key) is not None and find_identifier(key) is None


def kind_of_value(value: object) -> str:
    """The kind of a value, in the words of a problem."""
    if value is MISSING:
        return "nothing"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    for kind, word in ((str, "text"), (dict, "mapping"), (list, "list")):
        if isinstance(value, kind):
            return word
    return "number"


def _places(tree: Node) -> Mapping[tuple[str, bool], Position]:
    """The position of each value by its pointer, and of each key."""
    places: dict[tuple[str, bool], Position] = {}
    for pointer, node in walk(tree):
        places[pointer, False] = node.at
        if isinstance(node, MappingNode):
            for entry in node.entries:
                places[child(pointer, entry.key.value), True] = entry.key.at
    return places


def _problem(draft: _Draft, places: Mapping[tuple[str, bool], Position]) -> CaseProblem:
    at = places.get((draft.pointer, draft.on_key)) or places.get((draft.pointer, False))
    line, column = (None, None) if at is None else (at.line, at.column)
    pointer = _shown(draft.pointer)
    return CaseProblem(draft.code, pointer, draft.kind, draft.expected, draft.message, line, column)


def _shown(pointer: str) -> str:
    """The pointer as far as its keys may be shown."""
    shown = ""
    for token in pointer.split("/")[1:]:
        if not is_safe_key(token.replace("~1", "/").replace("~0", "~")):
            break
        shown = f"{shown}/{token}"
    return shown


def _order(problem: CaseProblem) -> tuple[int, int, str, str, str]:
    line, column = problem.line or 0, problem.column or 0
    return line, column, problem.pointer, problem.code, problem.message.en


def _fill(template: Bilingual, fields: Mapping[str, Field]) -> Bilingual:
    if not fields:
        return template
    return Bilingual(
        template.zh.format_map({name: _say(field, "zh") for name, field in fields.items()}),
        template.en.format_map({name: _say(field, "en") for name, field in fields.items()}),
    )


def _say(field: Field, language: str) -> str:
    if isinstance(field, Bilingual):
        return field.zh if language == "zh" else field.en
    if isinstance(field, str | int):
        return str(field)
    return ("、" if language == "zh" else ", ").join(field)
