"""The id of a result is the hash of its canonical JSON."""

from hashlib import sha256
from pathlib import Path

import pytest
import rfc8785

from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.deciding.seal import canonical
from engine.decision.governing.law import Law
from tests.real import real_law

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def law() -> Law:
    return real_law()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_canonical_json_is_that_of_rfc_8785(example: Path, law: Law) -> None:
    content = decide(read_case(example.read_text("utf-8"), law.vocabulary), law).as_json()

    assert canonical(content) == rfc8785.dumps(content)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_id_is_the_hash_of_the_canonical_json_without_the_trace(
    example: Path, law: Law
) -> None:
    case = read_case(example.read_text("utf-8"), law.vocabulary)
    content = decide(case, law, traced=False).as_json()
    sealed = content.pop("id")

    assert sealed == "sha256:" + sha256(rfc8785.dumps(content)).hexdigest()


def test_the_id_does_not_depend_on_the_trace_or_the_inference(law: Law) -> None:
    case = read_case((ROOT / "examples" / "daye-2014.yaml").read_text("utf-8"), law.vocabulary)
    ids = {
        decide(case, law, inference=inference, traced=traced).as_json()["id"]
        for inference in ("rete", "reference")
        for traced in (True, False)
    }

    assert len(ids) == 1
