"""The invented ferry law of tests/laws: toll notes that are looked at again years later."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final

from engine.decision.case.reading import read_case_data
from engine.decision.governing.law import Law, load_law
from engine.decision.reviewing.review import review

RULESETS: Final = Path(__file__).parents[2] / "laws/ferry/rulesets"
KEY: Final = {
    "series": "fish",
    "concept": "dried",
    "status": "all",
    "level": "county",
    "place": "420281",
}
NOTE: Final[dict[str, Any]] = {
    "schema": "case/1",
    "as_of": "2024-05-14",
    "question": {"ask": "review", "about": ["n1"]},
    "keepers": {
        "ann": {"catch": [{"year": 2005, "value": "90.00"}]},
        "bob": {"catch": [{"year": 2005, "value": "200.00"}]},
    },
    "boats": {"b1": {"keepers": ["ann", "bob"], "built": "2005-03-01", "licensed": False}},
    "notes": {
        "n1": {
            "kind": "toll",
            "by": "ferry-master",
            "date": "2006-04-03",
            "boats": ["b1"],
            "amounts": {"ann": "250.00", "bob": "500.00"},
            "bases": {"ann": "100.00", "bob": "200.00"},
            "multiple": "2.5",
            "year": 2005,
            "articles": ["ferry/tolls/1"],
        }
    },
    "coins": {},
    "evidence": {"e1": {"kind": "price-list", "status": "verified"}},
    "statistics": [
        {**KEY, "year": 2005, "value": "100.00", "evidence": ["e1"]},
        {**KEY, "year": 2006, "value": "130.00", "evidence": ["e1"]},
    ],
    "settings": {"toll_year": 2005},
}
"""A lawful note: two and a half times the price, of the catch for Bob."""


@cache
def ferry_law() -> Law:
    """The ferry law as it stands."""
    return load_law(RULESETS)


def changed(section: str, id: str, **facts: Any) -> dict[str, Any]:
    """The case with other facts of one entity; None takes a fact out."""
    plain = deepcopy(NOTE)
    entity = plain[section].setdefault(id, {})
    entity.update(facts)
    for name in [name for name, value in facts.items() if value is None]:
        del entity[name]
    return plain


def reviewed(plain: dict[str, Any]) -> dict[str, Any]:
    """The review of a case as JSON."""
    law = ferry_law()
    return review(read_case_data(plain, law.vocabulary), law).as_json()


def verdicts(plain: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Each finding by its point and its subject."""
    return {(f["point"], f["subject"]): f["finding"] for f in reviewed(plain)["findings"]}
