"""What a case was worked out with is freed when it is told. Only the garbage collector, which looks
through all that lives, would find worlds that hold each other: a pause of a second in a service."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.decision.asking.possible import possible
from engine.decision.asking.questions import next_question
from engine.decision.case.reading import Case, read_case
from engine.decision.changing.changes import changes
from engine.decision.changing.reasoning import Reasoning
from engine.decision.deciding.decide import Evaluation, decide
from engine.decision.explaining.explain import explain
from engine.decision.governing.law import Law
from engine.decision.worlds.world import World
from engine.inference.undecided import Stopped
from tests.real import real_law

EXAMPLES = Path(__file__).parents[3] / "examples"
WORKED_WITH = (World, Evaluation, Reasoning, Stopped)


@pytest.mark.parametrize("name", ["daye-2014", "w01"])
@pytest.mark.parametrize(
    "work",
    [
        lambda case, law: decide(case, law).as_json(),
        changes,
        possible,
        next_question,
        lambda case, law: explain(case, law, "social-maintenance-fee", why=False),
    ],
    ids=["decide", "changes", "possible", "ask", "why not"],
)
def test_nothing_is_left_to_the_garbage_collector(
    name: str, work: Callable[[Case, Law], Any]
) -> None:
    law = real_law()
    case = read_case((EXAMPLES / f"{name}.yaml").read_text("utf-8"), law.vocabulary)
    work(case, law)  # what is worked out once for the law stays
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        work(case, law)
        gc.collect()
        left = {type(one).__name__ for one in gc.garbage if isinstance(one, WORKED_WITH)}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert left == set()
