"""`tiaoli coverage` and `tiaoli mutate`: whether scenarios notice a rule left out, or a slip in it.

    tiaoli coverage --rule cn/hubei --json
    tiaoli mutate --rule cn/hubei/pfp-regulations/2009-03-01/41

Both take minutes for all rules: how far they are, and what no scenario decides or notices, is told
on stderr as it is found.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

from engine.commands.options import FEATURES, RULESETS, Features, InJson, Lang, Rulesets
from engine.commands.told import (
    FAILED,
    fail,
    json_text,
    read_law,
    read_scenarios_of,
    refuse_scenarios,
)
from engine.language.diagnostics import Bilingual, Language
from engine.law.undisturbed import search_rarely, undisturbed

if TYPE_CHECKING:
    from engine.assurance.coverage import Decisive
    from engine.assurance.mutation import Trial
    from engine.assurance.scenarios import Prepared
    from engine.decision.governing.law import Law

Jobs: TypeAlias = Annotated[
    int | None,
    typer.Option(min=1, show_default=False, help="几个进程，默认每核一个 · processes"),
]
STEPS: Final = 20
"""How many times it is told how far a command is."""


@dataclass(slots=True)
class Progress:
    """How far a command is, on stderr."""

    of: Bilingual
    """What is counted."""
    lang: Language
    done: int = 0

    def tell(self, number: int, found: str | None) -> None:
        """One more of a number is done; `found`: what a reader will want to know of it."""
        before, self.done = self.done * STEPS // number, self.done + 1
        if found is not None:
            print(f"- {found}", file=sys.stderr, flush=True)
        if self.done * STEPS // number > before:
            print(f"{self.done}/{number} {self.of.of(self.lang)}", file=sys.stderr, flush=True)


def add_trying(app: typer.Typer) -> None:
    """Adds both commands."""
    app.command(name="coverage", help="哪些规定由情景检验 · Which rules decide some scenario.")(
        show_coverage
    )
    app.command(
        name="mutate", help="改错规则，看情景是否发现 · Try slips in rules on the scenarios."
    )(try_slips)


def show_coverage(
    rule: Annotated[str, typer.Option(metavar="PREFIX", help="规则名的开头 · names begin")] = "",
    jobs: Jobs = None,
    in_json: InJson = False,
    lang: Lang = "zh",
    rulesets: Rulesets = RULESETS,
    features: Features = FEATURES,
) -> None:
    """Prints, for each instrument, how many rules decide a scenario and which do not."""
    from engine.assurance.coverage import coverage
    from engine.assurance.report import coverage_text

    law, scenarios = _law_and_scenarios(rulesets, features, lang)
    progress = Progress(Bilingual("条规定", "provisions"), lang)

    def watch(one: Decisive, number: int) -> None:
        progress.tell(number, None if one.decides else one.rule.name)

    found = coverage(law, scenarios, prefix=rule, jobs=jobs or os.cpu_count() or 1, watch=watch)
    if in_json:
        print(json_text(found.as_json()))
    else:
        print(coverage_text(found, lang))


def try_slips(
    rule: Annotated[str, typer.Option(metavar="PREFIX", help="规则名的开头 · names begin")] = "",
    sample: Annotated[int | None, typer.Option(min=1, help="抽取几处 · how many slips")] = None,
    seed: Annotated[int, typer.Option(help="抽取的种子 · of the sample")] = 0,
    jobs: Jobs = None,
    in_json: InJson = False,
    lang: Lang = "zh",
    rulesets: Rulesets = RULESETS,
    features: Features = FEATURES,
) -> None:
    """Prints each slip, those that no scenario notices first; exits 1 if there is one."""
    from engine.assurance.mutation import BrokenScenarios, mutate
    from engine.assurance.report import mutation_text
    from engine.assurance.scenarios import ScenarioError

    law, scenarios = _law_and_scenarios(rulesets, features, lang)
    progress = Progress(Bilingual("处改错", "slips"), lang)

    def watch(trial: Trial, number: int) -> None:
        survived = f"{trial.rule.name}: {trial.told.of(lang)}"
        progress.tell(number, None if trial.killed_by else survived)

    try:
        found = mutate(
            law,
            scenarios,
            prefix=rule,
            sample=sample,
            seed=seed,
            jobs=jobs or os.cpu_count() or 1,
            watch=watch,
        )
    except BrokenScenarios as error:
        for broken in error.failed:
            print(f"{broken.at}: {broken.name}", file=sys.stderr)
        fail(Bilingual("先改正这些不成立的情景", "put these failing scenarios right first"), lang)
    except ScenarioError as error:
        refuse_scenarios([str(error)], lang)
    if in_json:
        print(json_text(found.as_json()))
    else:
        print(mutation_text(found, lang))
    if found.survivors:
        raise typer.Exit(FAILED)


def _law_and_scenarios(
    rulesets: Path, features: Path, lang: Language
) -> tuple[Law, tuple[Prepared, ...]]:
    """The rulesets and the scenarios; every problem of the scenarios is told at once."""
    with undisturbed():
        law = read_law(rulesets, None, lang)
        scenarios = read_scenarios_of(features, law, lang)
    search_rarely()  # in forked processes, too
    return law, scenarios
