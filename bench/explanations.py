"""`python -m bench.explanations [CASES]`: what explanations cost, for the cases of the scenarios.

A seeded sample of the cases of features/ (200 by default) is decided with its trace and explained
in each way. The table says how long that takes (CPU time, in ms) when it is done again, and in the
middle how many times a traced decision; `first` is the same in a process that has loaded the law
and has decided the case, but met none of the other texts that a change may lead to. Run it on a
machine that does nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, Final, TypeAlias

from engine.assurance.scenarios import ScenarioError, prepare, read_scenarios
from engine.decision.asking.possible import possible
from engine.decision.asking.questions import next_question
from engine.decision.case.reading import Case
from engine.decision.changing.changes import changes
from engine.decision.deciding.decide import decide
from engine.decision.explaining.explain import explain
from engine.decision.governing.law import Law, load_law
from engine.law.undisturbed import search_rarely

SEED: Final = 1
CASES: Final = 200
ROOT: Final = Path(__file__).resolve().parents[1]
Way: TypeAlias = Callable[[Case, Law], Any]


def _sought(case: Case, law: Law) -> str:
    """A conclusion that the question seeks, to ask why it follows or not."""
    named = [what for _, what in law.vocabulary.questions[case.question.ask].seeks if what]
    return named[0] if named else next(iter(law.vocabulary.conclusions))


WAYS: Final[dict[str, Way]] = {
    "decide, traced": lambda case, law: decide(case, law).as_json(),
    "changes, two": lambda case, law: changes(case, law, size=2),
    "why": lambda case, law: explain(case, law, _sought(case, law), why=True),
    "why not": lambda case, law: explain(case, law, _sought(case, law), why=False),
    "changes, one": lambda case, law: changes(case, law, size=1),
    "changes, three": lambda case, law: changes(case, law, size=3),
    "possible": possible,
    "next question": next_question,
}


def main() -> None:
    """Measures and prints the table, with the slowest case of each way."""
    law, cases = as_served()
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    chosen = Random(SEED).sample(cases, min(number, len(cases)))
    times_of: dict[str, list[tuple[float, float, str]]] = {name: [] for name in WAYS}
    for at, case in chosen:
        for name, way in WAYS.items():
            times_of[name].append((took(way, case, law), took(way, case, law), at))
    print(f"{len(chosen)} of {len(cases)} cases, seed {SEED}")
    print(f"{'':16}{'p50':>8}{'p95':>8}{'max':>8}{'× decide':>10}{'first p50':>11}{'p95':>8}")
    base = share([again for _, again, _ in times_of["decide, traced"]], 0.5)
    for name, times in times_of.items():
        first, again = [one for one, _, _ in times], [one for _, one, _ in times]
        worst, at = max((one, at) for _, one, at in times)
        p50, p95 = share(again, 0.5), share(again, 0.95)
        told = f"{name:16}{p50:8.1f}{p95:8.1f}{worst:8.1f}{p50 / base:10.2f}"
        print(f"{told}{share(first, 0.5):11.1f}{share(first, 0.95):8.1f}   {at}")


def as_served() -> tuple[Law, list[tuple[str, Case]]]:
    """The law, as ready as the service has it when it starts, and the cases of the scenarios."""
    law = load_law(ROOT / "rulesets", cache=True)
    cases = list(cases_of(law))
    law.prepare()
    search_rarely()
    return law, cases


def cases_of(law: Law) -> Iterator[tuple[str, Case]]:
    """The cases of the scenarios, but for reviews, each with where it stands."""
    for scenario in read_scenarios(ROOT / "features"):
        try:
            prepared = prepare(scenario, law.vocabulary)
        except ScenarioError:
            continue  # what it asks is no case, and it says so
        for asked in prepared.asked:
            if not law.vocabulary.questions[asked.case.question.ask].reviews:
                yield scenario.at, asked.case


def took(way: Way, case: Case, law: Law) -> float:
    """How long a way takes, in ms of CPU time."""
    start = process_time()
    way(case, law)
    return (process_time() - start) * 1000


def share(times: list[float], of: float) -> float:
    """The time below which such a share of times lies."""
    return sorted(times)[int(len(times) * of)]


if __name__ == "__main__":
    main()
