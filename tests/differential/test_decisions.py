"""Whole decisions three ways: on the Rete network, on the direct evaluator, and by the oracle.

Laws and cases are drawn from numbered seeds, so that a disagreement can be had again from its
message. The first two must agree to the letter, trace and all; the oracle, which knows only the
generator's own rules, on outcome, bands and missing sets. `TIAOLI_DIFFERENTIAL` is the number of
(law, case) pairs, 5,000 if it is not set.
"""

import os
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import load_law
from tests.differential.oracle import Opinion, opinion
from tests.differential.programs import Facts, case_of, make_facts, make_law, write_law

PAIRS = int(os.environ.get("TIAOLI_DIFFERENTIAL", "5000"))
CASES = 10
LAWS = -(-PAIRS // CASES)
BLOCKS = 8
TRACED_EVERY = 5
SHARES = {"unknown": 50, "two-deep": 30, "may": 20, "overriding": 20, "conflict": 10}
"""Least shares of the pairs, in percent."""


def seeds(block: int) -> range:
    """The laws of a block: the blocks can run side by side."""
    return range(block, LAWS, BLOCKS)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_two_inferences_and_an_enumeration_agree(block: int, tmp_path: Path) -> None:
    told = Counter[str]()
    for seed in seeds(block):
        random = Random(seed)
        law = make_law(random)
        engine = load_law(write_law(tmp_path / str(seed), law.rules))
        for number in range(CASES):
            facts = make_facts(random)
            case = read_case_data(case_of(facts), engine.vocabulary)
            traced = number % TRACED_EVERY == 0
            decision = decide(case, engine, traced=traced).as_json()
            direct = decide(case, engine, inference="reference", traced=traced).as_json()
            assert decision == direct, f"seed {seed}, case {number}"
            assert [part["bearer"] for part in decision["parts"]] == list(facts.holders)
            for part in decision["parts"]:
                other = opinion(law, facts, part["bearer"])
                problem = disagreement(part, other, facts)
                assert problem is None, f"seed {seed}, case {number}: {problem}\n{part}\n{other}"
                told.update(other.statuses)
                told[f"part {part['outcome']}"] += 1
    if len(seeds(block)) >= 60:
        # Agreement on nothing but one sort of answer would say little.
        for sort in ("due", "none", "refused", "conflict", "part determined", "part undetermined"):
            assert told[sort] > 0, sort


def disagreement(part: Mapping[str, Any], other: Opinion, facts: Facts) -> str | None:
    """In what the engine's part and the oracle differ, or None."""
    if other.contradicted:
        # Where it does not matter which of the two holds, the engine is not stopped by it.
        ends = {(Fraction(band["low"]), Fraction(band["high"])) for band in part["bands"]}
        harmless = bool(ends) and ends <= other.bands.keys()
        fits = part["outcome"] in (other.outcome, "undetermined") or harmless
        return None if fits else "outcome under a contradiction"
    if (part["bearer"], "m0") in facts.unknown:
        return _outside(part, other)
    found: dict[tuple[Fraction, Fraction], list[bool]] = {}
    for band in part["bands"]:
        ends = Fraction(band["low"]), Fraction(band["high"])
        found.setdefault(ends, []).append(band["certain"])
    if found.keys() != other.bands.keys():
        return "bands"
    # The engine names the choices of an option, the oracle does not: the same amount by other
    # choices is one option for the oracle, and two for the engine, neither of which is certain.
    named_apart = any(len(certain) > 1 for certain in found.values())
    apart = named_apart or other.mixed
    if part["outcome"] != other.outcome and not (apart and part["outcome"] == "undetermined"):
        return "outcome"
    for ends, certain in found.items():
        if any(certain) != other.bands[ends] and (any(certain) or len(certain) == 1):
            return "certain"
    if part["outcome"] != "undetermined" or other.statuses & {"lacking", "open"}:
        told = {name for names in part.get("missing", ()) for name in names}
        return None if other.lacking <= told else "missing facts that were not proved"
    if apart:
        return None if all(map(other.settles, part["missing"])) else "missing"
    most = sorted((other.missing or [])[:8], key=lambda names: (len(names), names))
    return None if part["missing"] == most else "missing"


def _outside(part: Mapping[str, Any], other: Opinion) -> str | None:
    """An amount on which the oracle's values land outside the open bands of the engine."""
    bands = [
        (band["low"] and Fraction(band["low"]), band["high"] and Fraction(band["high"]))
        for band in part["bands"]
    ]
    for low, high in other.bands:
        if not any(
            (least is None or least <= low) and (most is None or high <= most)
            for least, most in bands
        ):
            return f"{low} to {high} lies in no band"
    return None


def test_the_generator_keeps_its_shares() -> None:
    met = Counter[str]()
    for seed in range(LAWS):
        random = Random(seed)
        law = make_law(random)
        for _ in range(CASES):
            met.update(law.traits)
            met["unknown"] += bool(make_facts(random).unknown)
    for trait, share in SHARES.items():
        assert met[trait] * 100 >= share * LAWS * CASES, (trait, met[trait], LAWS * CASES)
