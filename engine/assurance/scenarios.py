"""Scenarios as a library: read from feature files, and run against a law.

    law = load_law(Path("rulesets"))
    for scenario in read_scenarios(Path("features")):
        run = run_scenario(prepare(scenario, law.vocabulary), law)
        run.failed          # what was expected and did not come, as text

A scenario of an outline is one scenario for each row of its examples; the sentences of the
background come first. What the sentences mean stands in `engine.assurance.sentences`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from engine.assurance.answers import answer_to, without_ids
from engine.assurance.draft import Draft, SentenceError, Table
from engine.assurance.sentences import Check, ask, expect, tell
from engine.decision.case.reading import Case, CaseError
from engine.decision.governing.law import Law
from engine.inference.program import Inference
from engine.law.vocabulary import Vocabulary

Part: TypeAlias = Literal["telling", "asking", "expecting"]
PARTS: Final[Mapping[str, Part]] = {
    "Context": "telling",
    "Action": "asking",
    "Outcome": "expecting",
}


class ScenarioError(ValueError):
    """A scenario that cannot be read or understood; the text says where."""


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a scenario with its table."""

    part: Part
    text: str
    table: Table


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario. `line`: of the scenario, or of its row in the examples of an outline."""

    file: str
    line: int
    name: str
    tags: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def at(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A case and what its answer must be."""

    case: Case
    checks: tuple[Check, ...]

    @property
    def ahead(self) -> bool:
        """Whether a check is about the day on which the answer will be another one."""
        return any(check.ahead for check in self.checks)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A scenario whose sentences have been understood: it can be run against many laws."""

    scenario: Scenario
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What the cases of a scenario came to, and what of it was not as expected."""

    scenario: Scenario
    answers: tuple[Mapping[str, Any], ...]
    failed: tuple[str, ...]


def read_scenarios(features: Path) -> tuple[Scenario, ...]:
    """All scenarios of a folder of feature files, by file and line.

    Files are named relative to the folder. Raises ScenarioError for a file that is no feature, and
    OSError for one that cannot be read.
    """
    files = sorted(features.rglob("*.feature"))
    return tuple(
        scenario
        for path in files
        for scenario in _scenarios(
            path.read_text(encoding="utf-8"), path.relative_to(features).as_posix()
        )
    )


def prepare(scenario: Scenario, vocabulary: Vocabulary) -> Prepared:
    """The cases of a scenario with what is asked of each; raises ScenarioError."""
    draft = Draft(vocabulary)
    found: list[tuple[Case, list[Check]]] = []
    for step in scenario.steps:
        try:
            if step.part == "telling":
                tell(draft, step.text, step.table)
            elif step.part == "asking":
                found.append((ask(draft, step.text), []))
            elif not found:
                raise SentenceError("还没有提问 · nothing was asked yet")
            else:
                found[-1][1].append(expect(draft, step.text, step.table))
        except SentenceError as error:
            raise ScenarioError(f"{scenario.at}: {step.text}: {error}") from error
        except CaseError as error:
            problems = "; ".join(f"{one.pointer}: {one.message.zh}" for one in error.problems)
            raise ScenarioError(f"{scenario.at}: {problems}") from error
    return Prepared(scenario, tuple(Asked(case, tuple(checks)) for case, checks in found))


def run_scenario(
    prepared: Prepared, law: Law, *, inference: Inference = "reference", traced: bool = False
) -> Run:
    """Decide the cases of a scenario and look at the answers, which carry no ids.

    Raises ScenarioError for a check that names what there is not.
    """
    answers: list[Mapping[str, Any]] = []
    failed: list[str] = []
    for asked in prepared.asked:
        answer = without_ids(
            answer_to(asked.case, law, inference=inference, traced=traced, ahead=asked.ahead)
        )
        answers.append(answer)
        for check in asked.checks:
            try:
                holds = check.holds(answer)
            except SentenceError as error:
                raise ScenarioError(f"{prepared.scenario.at}: {check.text}: {error}") from error
            if not holds:
                failed.append(check.failure(answer))
    return Run(prepared.scenario, tuple(answers), tuple(failed))


def _scenarios(text: str, file: str) -> Iterator[Scenario]:
    try:
        document: Any = Parser().parse(text)
    except (ParserError, CompositeParserException) as error:
        raise ScenarioError(f"{file}: {error}") from error
    lines = dict(_lines(document))
    document["uri"] = file
    pickles: Any = Compiler().compile(document)
    for one in pickles:
        yield Scenario(
            file=file,
            line=lines[one["astNodeIds"][-1]],
            name=one["name"],
            tags=tuple(tag["name"].removeprefix("@") for tag in one["tags"]),
            steps=tuple(_step(step) for step in one["steps"]),
        )


def _step(step: Mapping[str, Any]) -> Step:
    table = step.get("argument", {}).get("dataTable", {"rows": []})
    rows = (tuple(cell["value"] for cell in row["cells"]) for row in table["rows"])
    return Step(PARTS[step["type"]], step["text"], tuple(rows))


def _lines(node: object) -> Iterator[tuple[str, int]]:
    """The line of everything in a feature that has an id."""
    if isinstance(node, list):
        for one in node:
            yield from _lines(one)
    elif isinstance(node, dict):
        if "id" in node and "location" in node:
            yield node["id"], node["location"]["line"]
        for one in node.values():
            yield from _lines(one)
