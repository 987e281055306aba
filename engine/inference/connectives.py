"""The connectives of conditions: what is undecided or unproved passes only where it matters.

So Kleene's logic costs nothing while everything is known:

- `and` is false if one operand is false, else undecided if one is, else unproved if one is;
- `or` is true if one operand is true, else undecided if one is, else unproved if one is.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.inference.asked import Closure, Variables, World
from engine.inference.undecided import Stopped, Undecided, Unproved, foremost


def conjunction(operands: Sequence[Closure]) -> Closure:
    """All are true; what is undecided goes before what is unproved."""
    if len(operands) == 1:
        return operands[0]

    def all_true(w: World, v: Variables) -> bool:
        stops: list[Stopped] = []
        for operand in operands:
            try:
                if not operand(w, v):
                    return False
            except (Undecided, Unproved) as stop:
                stops.append(stop.kept())
        if stops:
            raise foremost(stops)
        return True

    return all_true


def disjunction(operands: Sequence[Closure]) -> Closure:
    """One is true; what is undecided goes before what is unproved."""

    def one_true(w: World, v: Variables) -> bool:
        stops: list[Stopped] = []
        for operand in operands:
            try:
                if operand(w, v):
                    return True
            except (Undecided, Unproved) as stop:
                stops.append(stop.kept())
        if stops:
            raise foremost(stops)
        return False

    return one_true


def negation(operand: Closure) -> Closure:
    """The operand is false; what is unproved stays unproved."""
    return lambda w, v: not operand(w, v)
