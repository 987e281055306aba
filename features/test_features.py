"""Runs every scenario: each sentence means what `engine.assurance.sentences` says.

The cases are decided with both inferences, which must agree in everything but the id. README.md
beside this file lists the sentences.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.assurance.scenarios import Scenario, prepare, read_scenarios, run_scenario
from engine.decision.decide import Law


def scenarios() -> Iterator[Any]:
    """Each scenario under its file and line. A tag is an article or a worked example: `pytest -m
    'article(id="41")'` selects it. Those of a file run in one process, which compiles their law."""
    for one in read_scenarios(Path(__file__).parent):
        articles = [pytest.mark.article(id=tag) for tag in one.tags]
        yield pytest.param(one, id=one.at, marks=[pytest.mark.xdist_group(one.file), *articles])


@pytest.mark.parametrize("scenario", list(scenarios()))
def test_the_scenario_holds(scenario: Scenario, law: Law) -> None:
    prepared = prepare(scenario, law.vocabulary)
    run = run_scenario(prepared, law, inference="rete", traced=True)
    other = run_scenario(prepared, law, inference="reference", traced=True)
    assert run.answers == other.answers
    if run.failed:
        pytest.fail("\n".join(run.failed), pytrace=False)
