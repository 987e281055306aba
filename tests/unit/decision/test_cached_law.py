"""A law that was kept by an earlier process decides as one that was read."""

from pathlib import Path

import pytest

from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import Decision, decide
from engine.decision.deciding.seal import canonical
from engine.decision.governing.law import Law, load_law
from tests.real import real_law

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def read() -> Law:
    return real_law()


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Law, Law]:
    """The law as it was kept, taken twice; nothing is read for it."""

    def refuse(*_: object) -> None:
        raise AssertionError("the files are read again")

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIAOLI_CACHE", str(tmp_path_factory.mktemp("kept")))
        load_law(ROOT / "rulesets", cache=True)
        patch.setattr("engine.decision.governing.law.load_registry", refuse)
        return load_law(ROOT / "rulesets", cache=True), load_law(ROOT / "rulesets", cache=True)


@pytest.fixture(scope="module")
def kept(taken: tuple[Law, Law]) -> Law:
    return taken[0]


def decided(example: Path, law: Law) -> Decision:
    return decide(read_case(example.read_text("utf-8"), law.vocabulary), law)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_result_is_the_same_byte_for_byte(example: Path, read: Law, kept: Law) -> None:
    results = [canonical(decided(example, law).as_json()) for law in (read, kept)]

    assert results[0] == results[1]


def test_the_law_of_other_provinces_stays_packed(taken: tuple[Law, Law]) -> None:
    law = taken[1]
    decided(ROOT / "examples/daye-2014.yaml", law)
    unpacked = law.registry.by_instrument.unpacked  # type: ignore[attr-defined]

    assert "cn/hubei/pfp-regulations" in unpacked
    assert "cn/fujian/pfp-regulations" not in unpacked
    assert "cn/fujian/pfp-regulations" in law.registry.by_instrument


def test_the_law_that_is_kept_is_equal_to_the_law_that_was_read(read: Law, kept: Law) -> None:
    assert kept.registry == read.registry
    assert kept.statistics == read.statistics
