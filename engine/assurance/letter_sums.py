"""The arithmetic that a letter shows, done again.

>>> is_wrong("育儿补贴的合计 = 300.00 × (1 + 8) = 2,700.00")
False
>>> is_wrong("育儿补贴的合计 = 300.00 × 1 + 8 = 2,700.00")
True
>>> is_wrong("rate = 1 ÷ 3 = 0.33"), is_wrong("no sum at all")
(False, False)
>>> is_wrong("rate = 100 × 8 ÷ 12 = 200/3"), is_wrong("rate = 100 × 8 ÷ 12 = 201/3")
(False, True)
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

_NUMBER: Final = r"[(−]*\d[\d,.()]*"
_SUM: Final = re.compile(
    rf"(?:^|[=\s：:])(?P<sum>{_NUMBER}(?: [×÷+−^] {_NUMBER})+) = "
    r"(?P<is>[-−]?\d(?:[\d,.]*\d)?(?:/\d+)?)"
)
_SIGNS: Final = {"×": "*", "÷": "/", "−": "-", "^": "**", ",": ""}
_DOES: Final[Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FINEST: Final = Fraction(1, 200)
"""Half of the last place that is written."""
_MOST: Final = 40
"""The largest exponent that is worked out."""


def is_wrong(text: str) -> bool:
    """Whether a text shows a sum that does not come to what it says."""
    for found in _SUM.finditer(text):
        said = Fraction(_plain(found["is"]))
        try:
            came = _value(ast.parse(_plain(found["sum"]), mode="eval").body)
        except (SyntaxError, ZeroDivisionError):
            return True
        if abs(came - said) > (0 if "/" in found["is"] else _FINEST):
            return True
    return False


def _plain(text: str) -> str:
    for shown, written in _SIGNS.items():
        text = text.replace(shown, written)
    return text.rstrip(".")


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float()):
            return Fraction(ast.unparse(node))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            exponent = _value(right)
            if exponent.denominator != 1 or abs(exponent) > _MOST:
                raise SyntaxError("an exponent")
            return _value(left) ** exponent.numerator
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _DOES:
            return _DOES[type(op)](_value(left), _value(right))
    raise SyntaxError("no arithmetic")
