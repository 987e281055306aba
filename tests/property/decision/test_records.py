"""A thousand stored records replay; any changed byte is refused and located; copies verify.

Some are families under the rulesets of the project, the others cases of invented laws.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision.case.reading import Case, read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from engine.decision.record.commitment import leaves
from engine.decision.record.inputs import Inputs, inputs_of
from engine.decision.record.problems import RecordError
from engine.decision.record.record import Record, read_record, seal, verify
from engine.decision.record.redact import redact
from engine.decision.record.replay import replay
from engine.decision.record.signature import make_keys, read_private_key
from tests.differential.programs import case_of, make_facts, make_law, write_law
from tests.property.decision.families import AMOUNTS, Family, copied, make_family
from tests.real import real_law

ROOT: Final = Path(__file__).parents[3]
RULESETS: Final = ROOT / "rulesets"
FAMILIES: Final = 10
MEMBERS: Final = 20
"""Variants of each family: the same days and places, other amounts."""
LAWS: Final = 20
CASES: Final = 40
SAMPLE: Final = 4
"""Of the records under real law, every so many is replayed in the other process too."""
KEY: Final = read_private_key(make_keys()[0])


def sealed(case: Case, law: Law, inputs: Inputs, number: int) -> bytes:
    decision = decide(case, law)
    salt = f"{number:064x}"
    return seal(case, decision, law, inputs, inference="rete", salt=salt).as_bytes()


def members(law: Law) -> Iterator[dict[str, Any]]:
    """Families that ask about a fee or a fine, each with other amounts again and again."""
    seeds = (seed for seed in range(10**6))
    found = (make_family(Random(seed), law) for seed in seeds)
    asking = (one for one in found if one.plain["question"]["ask"] != "eligibility")
    for number in range(FAMILIES):
        family = next(asking)
        for member in range(MEMBERS):
            yield varied(family, Random(number * MEMBERS + member))


def varied(family: Family, random: Random) -> dict[str, Any]:
    """A family with other incomes and other figures."""
    plain = copied(family.plain)
    entries = [one for facts in plain["persons"].values() for one in facts["annual_income"]]
    for entry in [*entries, *plain["statistics"]]:
        holder = entry if "value" in entry else entry["claims"][0]
        holder["value"] = f"{random.choice(AMOUNTS)}.00"
    return plain


@pytest.fixture(scope="module")
def rulesets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rulesets as they are when the records are made."""
    return copytree(RULESETS, tmp_path_factory.mktemp("law") / "rulesets")


@pytest.fixture(scope="module")
def law(rulesets: Path) -> Law:
    return load_law(rulesets)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, rulesets: Path, law: Law) -> tuple[Path, ...]:
    """Records of families under real law, in files."""
    folder = tmp_path_factory.mktemp("records")
    inputs = inputs_of(rulesets)
    for number, plain in enumerate(members(law)):
        case = read_case_data(plain, law.vocabulary)
        (folder / f"{number:04}.json").write_bytes(sealed(case, law, inputs, number))
    return tuple(sorted(folder.iterdir()))


def test_stored_records_of_families_replay(
    stored: tuple[Path, ...], rulesets: Path, law: Law
) -> None:
    assert len(stored) == FAMILIES * MEMBERS
    inputs = inputs_of(rulesets)
    outcomes: set[str] = set()
    for path in stored:
        record = read_record(path.read_bytes())
        verify(record)
        found = replay(record, law, inputs)
        assert found.same, (path.name, found.differences)
        outcomes.add(record.content["result"]["outcome"])
    assert outcomes >= {"determined", "undetermined", "refused"}


def test_stored_records_replay_in_another_process_zone_and_hash_seed(
    stored: tuple[Path, ...], rulesets: Path
) -> None:
    sample = [str(path) for path in stored[::SAMPLE]]
    elsewhere = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    answer = subprocess.run(
        [sys.executable, "-m", "tests.property.decision.replaying", str(rulesets), *sample],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **elsewhere},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(answer.stdout)
    assert found["differing"] == {}
    assert (found["zone"], found["hash"]) != (time.tzname[0], hash("a"))
    assert found["zone"] == "+14"


def test_stored_records_of_invented_laws_replay(tmp_path: Path) -> None:
    count = 0
    for number in range(LAWS):
        rulesets = write_law(tmp_path / f"law{number}", make_law(Random(number)).rules)
        law, inputs = load_law(rulesets), inputs_of(rulesets)
        for member in range(CASES):
            plain = case_of(make_facts(Random(number * CASES + member)))
            path = tmp_path / f"{number}-{member}.json"
            path.write_bytes(sealed(read_case_data(plain, law.vocabulary), law, inputs, member))
            record = read_record(path.read_bytes())
            verify(record)
            assert replay(record, law, inputs).same, path.name
            count += 1
    assert count + FAMILIES * MEMBERS == 1000


# --- changes -----------------------------------------------------------------------------------
@cache
def example() -> Record:
    """A signed record of one family."""
    law = real_law()
    case = read_case_data(next(members(law)), law.vocabulary)
    salt = "0f" * 32
    inputs = inputs_of(RULESETS)
    return seal(case, decide(case, law), law, inputs, inference="rete", salt=salt, key=KEY)


@cache
def copy() -> Record:
    """A copy of it that withholds facts."""
    return redact(example(), ["persons.ada.born", "persons.ben.annual_income"])


@cache
def bytes_of(whole: bool) -> bytes:
    return (example() if whole else copy()).as_bytes()


@given(st.booleans(), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_any_flipped_bit_is_refused_and_located(whole: bool, share: float, bit: int) -> None:
    data = bytes_of(whole)
    place = int(share * len(data))
    flipped = bytearray(data)
    flipped[place] ^= 1 << bit
    with pytest.raises(RecordError) as found:
        verify(read_record(bytes(flipped)))
    assert all(one.where or one.code == "malformed" for one in found.value.problems)


@given(st.booleans(), st.data())
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_any_other_value_is_located_at_its_member(whole: bool, data: st.DataObject) -> None:
    content = json.loads(bytes_of(whole))
    kept = [
        pointer
        for name in ("case", "result")
        for pointer, _ in leaves(content[name], f"/{name}")
        if pointer not in content.get("withheld", {})
    ]
    pointer = data.draw(st.sampled_from(kept))
    *above, last = pointer.split("/")[1:]
    place = content
    for step in above:
        place = place[int(step) if isinstance(place, list) else step]
    key: Any = int(last) if isinstance(place, list) else last
    place[key] = "other" if place[key] != "other" else "another"
    with pytest.raises(RecordError) as found:
        verify(Record(content))
    member = "/".join(pointer.split("/")[:3])
    assert [(one.code, one.where) for one in found.value.problems] == [("changed", member)]


@given(st.data())
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_copies_that_withhold_any_facts_verify(data: st.DataObject) -> None:
    record = example()
    pointers = [pointer for pointer, _ in leaves(record.content["case"])]
    chosen = data.draw(st.lists(st.sampled_from(pointers), min_size=1, max_size=6, unique=True))
    found = read_record(redact(record, chosen).as_bytes())
    verify(found)
    for pointer in chosen:
        assert f"/case{pointer}" in found.withheld
    assert found.content["root"] == record.content["root"]
