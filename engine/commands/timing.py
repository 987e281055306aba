"""`tiaoli in-time`: for which areas, questions and days the rulesets have an answer.

tiaoli in-time                    what is missing or doubled, with its dates
tiaoli in-time --all --json       every span
tiaoli in-time --write            write what is missing now into rulesets/in-time/known.csv
"""

from __future__ import annotations

from typing import Annotated

import typer

from engine.commands.options import RULESETS, InJson, Lang, Rulesets
from engine.commands.told import fail, json_text, refuse_rulesets
from engine.language.diagnostics import Bilingual, Severity


def add_in_time(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="in-time", help="各地各日有无规定 · Where and when there is law.")(in_time)


def in_time(
    everything: Annotated[bool, typer.Option("--all", help="不只缺口 · not only gaps")] = False,
    write: Annotated[bool, typer.Option("--write", help="重写 known.csv · write it anew")] = False,
    in_json: InJson = False,
    lang: Lang = "zh",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints a line for each span; exits 2 where the rulesets hold nothing in time."""
    from engine.language.fields import Problems
    from engine.law import in_time as law
    from engine.law.registry import load_registry

    registry, found = load_registry(rulesets)
    problems = Problems([])
    asked = law.read_questions(rulesets, problems)
    errors = [one for one in (*found, *problems.found) if one.severity is Severity.ERROR]
    if errors:
        refuse_rulesets(errors, lang)
    if asked is None:
        told = Bilingual("没有 in-time/questions.yaml", "there is no in-time/questions.yaml")
        fail(told, lang)
    spans = law.in_time(registry, asked)
    if write:
        path = law.write_known(rulesets, spans)
        print(path)
        return
    shown = [one for one in spans if everything or one.status in law.KNOWN]
    rows = [dict(zip(law.COLUMNS, one.row, strict=True)) for one in shown]
    if in_json:
        print(json_text(rows))
        return
    for row in rows:
        print("  ".join(value or "…" for value in row.values()))
