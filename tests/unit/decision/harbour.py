"""The invented harbour law of tests/laws, and sealed decisions under it."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from engine.decision.record.inputs import inputs_of
from engine.decision.record.record import Record, seal
from engine.decision.record.signature import make_keys, read_private_key, read_public_key

RULESETS: Final = Path(__file__).parents[2] / "laws/harbour/rulesets"
SALT: Final = "5a" * 32
PRIVATE, PUBLIC = make_keys()
PUBLIC_HEX: Final = read_public_key(PUBLIC)

PENSION: Final[dict[str, Any]] = {
    "schema": "case/1",
    "as_of": "2005-06-01",
    "question": {"ask": "benefits", "about": ["ann"]},
    "pilots": {"ann": {"home": "420281", "widowed_on": "2005-01-31", "children": 2}},
}
BLAME: Final[dict[str, Any]] = {
    "schema": "case/1",
    "as_of": "2005-06-01",
    "question": {"ask": "blame", "about": ["ann"]},
    "pilots": {"ann": {"home": "420281", "repentant": False}},
    "mishaps": {
        "m1": {"pilot": "ann", "date": "2004-01-01", "place": "420281", "gravity": "grave"}
    },
}


@cache
def harbour_law() -> Law:
    """The harbour law as it stands."""
    return load_law(RULESETS)


def sealed(
    plain: dict[str, Any] = PENSION, *, rulesets: Path = RULESETS, signed: bool = True
) -> Record:
    """A decision of a case under the harbour law, or under a copy of it, sealed."""
    law = harbour_law() if rulesets == RULESETS else load_law(rulesets)
    case = read_case_data(plain, law.vocabulary)
    return seal(
        case,
        decide(case, law),
        law,
        inputs_of(rulesets),
        inference="rete",
        salt=SALT,
        key=read_private_key(PRIVATE) if signed else None,
    )
