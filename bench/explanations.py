"""`python -m bench.explanations [EVERY]`: what explanations cost, for the cases of the scenarios.

Every EVERYth case of features/ (all by default) is decided with its trace and explained in each
way; the table says how long that takes (CPU time, in ms), and in the middle how many times a traced
decision. Run it on a machine that does nothing else. Each case is done once before it is measured,
so that the laws are compiled.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any, Final, TypeAlias

from engine.assurance.scenarios import prepare, read_scenarios
from engine.decision.case import Case
from engine.decision.changes import changes
from engine.decision.decide import Law, decide, load_law
from engine.decision.explain import explain
from engine.decision.possible import possible
from engine.decision.questions import next_question

ROOT: Final = Path(__file__).resolve().parents[1]
Way: TypeAlias = Callable[[Case, Law], Any]


def _sought(case: Case, law: Law) -> str:
    """A conclusion that the question seeks, to ask why it follows or not."""
    named = [what for _, what in law.vocabulary.questions[case.question.ask].seeks if what]
    return named[0] if named else next(iter(law.vocabulary.conclusions))


WAYS: Final[dict[str, Way]] = {
    "decide, traced": lambda case, law: decide(case, law).as_json(),
    "why": lambda case, law: explain(case, law, _sought(case, law), why=True),
    "why not": lambda case, law: explain(case, law, _sought(case, law), why=False),
    "changes, one": lambda case, law: changes(case, law, size=1),
    "changes, two": lambda case, law: changes(case, law, size=2),
    "changes, three": lambda case, law: changes(case, law, size=3),
    "possible": possible,
    "next question": next_question,
}


def main() -> None:
    """Measures and prints the table, and the slowest cases of each way."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    law = load_law(ROOT / "rulesets", cache=True)
    cases = list(islice(_cases(law), 0, None, every))
    gc.freeze()
    print(f"{len(cases)} cases\n{'':16}{'p50':>9}{'p95':>9}{'max':>9}   × decide p50")
    base = 0.0
    for name, way in WAYS.items():
        took = sorted(_measured(way, cases, law))
        p50, p95 = (took[int(len(took) * share)][0] for share in (0.5, 0.95))
        base = base or p50
        worst, at = took[-1]
        print(f"{name:16}{p50:9.1f}{p95:9.1f}{worst:9.1f}   {p50 / base:.2f}   {at}", flush=True)


def _cases(law: Law) -> Iterator[tuple[str, Case]]:
    for scenario in read_scenarios(ROOT / "features"):
        for asked in prepare(scenario, law.vocabulary).asked:
            if not law.vocabulary.questions[asked.case.question.ask].reviews:
                yield scenario.at, asked.case


def _measured(way: Way, cases: list[tuple[str, Case]], law: Law) -> Iterator[tuple[float, str]]:
    for at, case in cases:
        way(case, law)
        gc.disable()
        start = process_time()
        way(case, law)
        yield (process_time() - start) * 1000, at
        gc.enable()


if __name__ == "__main__":
    main()
