"""The rulesets of the project for all tests of one process: they are read once, and a program that
one test has compiled is there for the next."""

from functools import cache
from pathlib import Path

from engine.decision.governing.law import Law, load_law
from engine.law.undisturbed import search_rarely

RULESETS = Path(__file__).parents[1] / "rulesets"


@cache
def real_law() -> Law:
    """The law as it stands. Raises LawError where the rulesets have errors."""
    law = load_law(RULESETS)
    search_rarely()  # as the service does: it stays
    return law
