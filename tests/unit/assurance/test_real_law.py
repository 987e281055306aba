"""The scenarios of finished law notice slips, and its rules decide: a sample of both.

What is in the sample is settled by what the rules say. `tiaoli coverage` and `tiaoli mutate` try
everything (features/README.md).
"""

from functools import cache
from pathlib import Path

import pytest

from engine.assurance.coverage import coverage
from engine.assurance.mutation import mutate
from engine.assurance.scenarios import Prepared, prepare, read_scenarios
from tests.real import real_law

FEATURES = Path(__file__).parents[3] / "features"
SAMPLE, SEED = 8, 1
"""Slips of each law. The sample holds none of those that `tiaoli mutate` is known to leave."""


@cache
def scenarios_of(folder: str) -> list[Prepared]:
    return [
        prepare(one, real_law().vocabulary)
        for one in read_scenarios(FEATURES)
        if one.file.startswith(folder)
    ]


@pytest.mark.parametrize("place", ["anhui", "fujian", "hubei", "liaoning"])
def test_slips_are_noticed(place: str) -> None:
    law, rules = real_law(), f"cn/{place}/pfp-regulations"
    found = mutate(law, scenarios_of(rules), prefix=rules, sample=SAMPLE, seed=SEED)
    assert len(found.trials) == SAMPLE
    assert [f"{one.rule.name}: {one.told.en}" for one in found.survivors] == []


@pytest.mark.parametrize(
    ("rules", "folder"),
    [
        ("cn/anhui/pfp-regulations/2011/48", "cn/anhui/pfp-regulations/fee"),
        ("cn/fujian/pfp-regulations/2002-07-26/13", "cn/fujian/pfp-regulations/interval"),
        ("cn/hubei/pfp-regulations/2009-03-01/41/c", "cn/hubei/pfp-regulations/fee"),
        ("cn/liaoning/pfp-regulations/2016-03-23/42", "cn/liaoning/pfp-regulations/fee"),
    ],
)
def test_rules_decide(rules: str, folder: str) -> None:
    found = coverage(real_law(), scenarios_of(folder), rules)
    assert found.rules
    assert found.undecided == ()
