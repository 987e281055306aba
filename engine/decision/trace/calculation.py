"""The arithmetic of a rule with the values in it: `3 × 20,000.00`."""

from __future__ import annotations

from typing import Final

from engine.decision.trace.behind import attempt
from engine.decision.trace.prepared import Prepared
from engine.decision.words.shown import Shown, shown
from engine.decision.worlds.world import World
from engine.inference.asked import Variables

_BINDING: Final = {"+": 0, "-": 0, "*": 1, "/": 1, "**": 2}
"""How closely a sign binds."""
_SIGNS: Final = {"*": "×", "/": "÷", "+": "+", "-": "−", "**": "^"}


def calculation(world: World, one: Prepared, variables: Variables) -> Shown | None:
    """An expression with its values in one world, in both languages; None if a value is lacking."""
    if not one.calculates:
        value = attempt(world, one.value, variables)
        return None if value is None else shown(value)
    parts = [calculation(world, operand, variables) for operand in one.operands]
    texts = [part for part in parts if part is not None]
    if len(texts) < len(parts):
        return None
    if one.sign is None:
        return f"−{texts[0][0]}", f"−{texts[0][1]}"
    sign = _SIGNS[one.sign]
    left, right = (
        _bracketed(text) if _is_looser(operand, one.sign, place) else text
        for place, (operand, text) in enumerate(zip(one.operands, texts, strict=True))
    )
    return f"{left[0]} {sign} {right[0]}", f"{left[1]} {sign} {right[1]}"


def _is_looser(operand: Prepared, sign: str, place: int) -> bool:
    """Whether an operand would be read otherwise without brackets: it binds less than the sign, or
    stands after a sign that is not free of order."""
    if not operand.calculates:
        return False
    own, around = _BINDING.get(operand.sign or "-", 0), _BINDING[sign]
    return own < around or (own == around and place == 1 and sign in ("-", "/", "**"))


def _bracketed(text: Shown) -> Shown:
    return f"({text[0]})", f"({text[1]})"
