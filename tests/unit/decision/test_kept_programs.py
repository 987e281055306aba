"""A law keeps the programs it compiled, up to a number: a long-running service stays small."""

from datetime import date
from pathlib import Path

import pytest

from engine.decision import decide as module
from engine.decision.decide import Law, load_law

HARBOUR = Path(__file__).parents[2] / "laws/harbour/rulesets"


def programs_of(law: Law) -> int:
    """Compile one program for each version; how many are kept then."""
    for instrument in law.registry.instruments:
        for version in law.registry.versions(instrument):
            key = (instrument, version.id)
            law.program({key: {"define"}}, {key: version})
    return len(law.programs)


def test_a_program_is_compiled_once() -> None:
    law = load_law(HARBOUR)
    assert law.connecting(date(2015, 1, 1)) is law.connecting(date(2016, 1, 1))
    kept = programs_of(law)
    assert programs_of(law) == kept > 3


def test_what_was_compiled_first_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PROGRAMS", 3)
    law = load_law(HARBOUR)
    first = law.connecting(date(2015, 1, 1))
    assert programs_of(law) == 3
    assert first not in law.programs.values()
    assert law.connecting(date(2015, 1, 1)) is not first
    assert len(law.programs) == 3
