"""What commands read and tell alike: a case, the law, problems of both, and the end with a code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import typer

from engine.language.diagnostics import Bilingual, Diagnostic, Language, Severity

if TYPE_CHECKING:
    from engine.assurance.scenarios import Prepared
    from engine.decision.case.reading import CaseError, CaseProblem
    from engine.decision.governing.law import Law
    from engine.decision.record.problems import RecordError

FAILED: Final = 1
"""Exit code: the rulesets have errors, or a slip in a rule goes unnoticed."""
BAD_INPUT: Final = 2
"""Exit code: what was given cannot be read; also that of a wrong option."""
NOT_APPLICABLE: Final = 5
"""Exit code: no such law on that day."""


def read_input(case: str, lang: Language) -> bytes:
    """The bytes of the case, one more than a case may have at the most."""
    from engine.language.source import CASE

    try:
        if case == "-":
            return sys.stdin.buffer.read(CASE.size + 1)
        with Path(case).open("rb") as file:
            return file.read(CASE.size + 1)
    except OSError:
        fail(Bilingual(f"读不到案件：{case}", f"the case cannot be read: {case}"), lang)


def read_law(rulesets: Path, known_at: date | None, lang: Language) -> Law:
    """The law of a folder; with errors in it, the command ends."""
    from engine.decision.governing.law import LawError, NothingRecorded, load_law

    try:
        return load_law(rulesets, known_at, cache=True)
    except NothingRecorded as error:
        fail(error.message, lang)
    except LawError as error:
        refuse_rulesets(error.diagnostics, lang)


def read_scenarios_of(features: Path, law: Law, lang: Language) -> tuple[Prepared, ...]:
    """The scenarios of a folder; with problems in them, all of which are told, it ends."""
    from engine.assurance.scenarios import ScenarioError, prepare, read_scenarios

    problems: list[str] = []
    prepared: list[Prepared] = []
    try:
        for scenario in read_scenarios(features):
            try:
                prepared.append(prepare(scenario, law.vocabulary))
            except ScenarioError as error:
                problems.append(str(error))
    except ScenarioError as error:
        problems.append(str(error))
    if problems:
        refuse_scenarios(problems, lang)
    return tuple(prepared)


def refuse_scenarios(problems: Iterable[str], lang: Language) -> NoReturn:
    """Tells what is wrong with scenarios and ends."""
    listed = "\n".join(problems)
    fail(Bilingual(f"情景有问题：\n{listed}", f"problems of scenarios:\n{listed}"), lang)


def refuse_case(error: CaseError, in_json: bool, lang: Language) -> NoReturn:
    """Tells every problem of a case and ends."""
    if in_json:
        print(json_text({"errors": [_problem_as_json(found) for found in error.problems]}))
    for found in error.problems:
        print(_problem(found, lang), file=sys.stderr)
    raise typer.Exit(BAD_INPUT) from None


def refuse_record(error: RecordError, in_json: bool, lang: Language) -> NoReturn:
    """Tells every problem of a sealed decision and ends."""
    if in_json:
        print(json_text({"errors": [one.as_json() for one in error.problems]}))
    for one in error.problems:
        print(f"{one.where or '/'}: {one.code}\n  {one.message.of(lang)}", file=sys.stderr)
    raise typer.Exit(BAD_INPUT) from None


def refuse_rulesets(found: Iterable[Diagnostic], lang: Language) -> NoReturn:
    """Tells where the rulesets have errors and ends."""
    errors = [one for one in found if one.severity is Severity.ERROR]
    for one in errors:
        print(f"{one.at}: {one.code}: {one.message.of(lang)}", file=sys.stderr)
    told = Bilingual(
        f"规则有 {len(errors)} 个错误，运行 tiaoli check 查看",
        f"the rulesets have {len(errors)} errors; run tiaoli check to see them",
    )
    fail(told, lang, FAILED)


def fail(told: Bilingual, lang: Language, code: int = BAD_INPUT) -> NoReturn:
    """Tells why there is no answer and ends."""
    print(told.of(lang), file=sys.stderr)
    raise typer.Exit(code)


def json_text(value: object) -> str:
    """JSON for the terminal."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _problem(found: CaseProblem, lang: Language) -> str:
    """A problem of a case, without anything of its content."""
    place = found.pointer or "/"
    if found.line is not None:
        place += f" ({found.line}:{found.column})"
    expected = Bilingual("应为", "Expected").of(lang)
    colon = "：" if lang == "zh" else ": "
    message = found.message.of(lang)
    return f"{place}: {found.code}\n  {message}\n  {expected}{colon}{found.expected.of(lang)}"


def _problem_as_json(found: CaseProblem) -> dict[str, object]:
    return {
        "code": found.code,
        "pointer": found.pointer,
        "line": found.line,
        "column": found.column,
        "kind": found.kind,
        "message": {"zh": found.message.zh, "en": found.message.en},
        "expected": {"zh": found.expected.zh, "en": found.expected.en},
    }
