"""Operators: logic, comparison, membership, arithmetic, each with the types that it takes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from engine.language.diagnostics import Bilingual
from engine.language.expression import (
    And,
    Arithmetic,
    Compare,
    Expression,
    Literal,
    Member,
    Negate,
    Not,
    Or,
)
from engine.language.types import BOOLEAN, Type, number
from engine.language.typing_rules import ORDERED, Mismatch, arithmetic, common, power

if TYPE_CHECKING:
    from engine.language.typed import Reader, Scope

HIGHEST_POWER = 4

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}


def logic(reader: Reader, node: ast.BoolOp, scope: Scope) -> Expression | None:
    """`and`, `or`."""
    operands = tuple(reader.read_all(node.values, scope, BOOLEAN))
    if len(operands) < len(node.values):
        return None
    made = And if isinstance(node.op, ast.And) else Or
    return made(BOOLEAN, **reader.place(node), operands=operands)


def unary(reader: Reader, node: ast.UnaryOp, scope: Scope) -> Expression | None:
    """`not`, and the sign of a number or an amount."""
    if isinstance(node.op, ast.Not):
        operand = reader.read_as(node.operand, scope, BOOLEAN)
        return operand and Not(BOOLEAN, **reader.place(node), operand=operand)
    if not isinstance(node.op, ast.USub):
        sign = Bilingual("一元的 + 和 ~", "sign + or ~")
        reader.report("forbidden-expression", node, construct=sign)
        return None
    amount = reader.amount(node.operand)
    if amount is not None:
        return Literal(number(), **reader.place(node), value=-amount)
    operand = reader.read(node.operand, scope)
    if operand is None:
        return None
    if operand.type.base not in ("number", "money"):
        reader.mismatch(node.operand, number(), operand.type)
        return None
    return Negate(operand.type, **reader.place(node), operand=operand)


def compare(reader: Reader, node: ast.Compare, scope: Scope) -> Expression | None:
    """A chain `a <= b < c` is all of its pairs."""
    sides = [node.left, *node.comparators]
    pairs: list[Expression | None] = []
    for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
        whole = ast.Compare(left, [op], [right])
        ast.copy_location(whole, left)
        whole.end_col_offset = right.end_col_offset
        if len(node.ops) == 1:
            whole = node
        match op:
            case ast.In() | ast.NotIn():
                pairs.append(_member(reader, whole, left, op, right, scope))
            case ast.Is() | ast.IsNot():
                construct = Bilingual(" is （应写 ==）", "is (write ==)")
                reader.report("forbidden-expression", whole, construct=construct)
                pairs.append(None)
            case _:
                pairs.append(_pair(reader, whole, left, _COMPARISONS[type(op)], right, scope))
    good = [pair for pair in pairs if pair is not None]
    if len(good) < len(pairs):
        return None
    if len(good) == 1:
        return good[0]
    return And(BOOLEAN, **reader.place(node), operands=tuple(good))


def _pair(
    reader: Reader, node: ast.expr, left: ast.expr, op: str, right: ast.expr, scope: Scope
) -> Expression | None:
    a, b = both(reader, left, right, scope)
    if a is None or b is None:
        return None
    held = common(a.type, b.type)
    if not isinstance(held, Type):
        reader.disagree(held, left, a.type, right, b.type)
        return None
    comparable = op in ("==", "!=") or held.base in ORDERED
    if not comparable or held.base == "list":
        ordered = Bilingual("可以比较大小的值", "something that has an order")
        equal = Bilingual("单个的值", "a single value")
        reader.mismatch(left, equal if held.base == "list" else ordered, held)
        return None
    return Compare(BOOLEAN, **reader.place(node), op=op, left=a, right=b)


def both(
    reader: Reader, left: ast.expr, right: ast.expr, scope: Scope
) -> tuple[Expression | None, Expression | None]:
    """Two operands, of which one may be a bare word that the other explains."""
    if reader.is_word(left, scope) and not reader.is_word(right, scope):
        b = reader.read(right, scope)
        return _beside(reader, left, b, scope), b
    a = reader.read(left, scope)
    return a, _beside(reader, right, a, scope)


def _beside(
    reader: Reader, node: ast.expr, other: Expression | None, scope: Scope
) -> Expression | None:
    """The operand beside another; a word whose other side is wrong is passed over."""
    if other is not None:
        return reader.read(node, scope, other.type)
    if isinstance(node, ast.Name) and reader.is_word(node, scope):
        return None
    return reader.read(node, scope)


def _member(
    reader: Reader, node: ast.expr, left: ast.expr, op: ast.cmpop, right: ast.expr, scope: Scope
) -> Expression | None:
    negated = isinstance(op, ast.NotIn)
    if isinstance(right, ast.Tuple | ast.List) or reader.is_code_word(right, scope):
        # `in (a)` is `in a` to Python: brackets round a single word make no tuple.
        written = right.elts if isinstance(right, ast.Tuple | ast.List) else [right]
        item = reader.read(left, scope)
        read = [_beside(reader, option, item, scope) for option in written]
        options = [option for option in read if option is not None]
        if item is None or len(options) < len(read):
            return None
        pairs = zip(written, options, strict=True)
        if not all([reader.fits(one, option, item.type) for one, option in pairs]):
            return None
        if not options:
            wrong = Bilingual("空的列表", "empty list")
            reader.report("forbidden-expression", right, construct=wrong)
            return None
        return Member(
            BOOLEAN, **reader.place(node), item=item, options=tuple(options), negated=negated
        )
    listed = reader.read(right, scope)
    if listed is None:
        if not reader.is_word(left, scope):
            reader.read(left, scope)
        return None
    if listed.type.item is None:
        reader.mismatch(right, Bilingual("列表", "a list"), listed.type)
        return None
    found = reader.read_as(left, scope, listed.type.item)
    return found and Member(
        BOOLEAN, **reader.place(node), item=found, options=(listed,), negated=negated
    )


def calculate(reader: Reader, node: ast.BinOp, scope: Scope) -> Expression | None:
    """`+ - * / **`, with the types and units of `engine.language.typing_rules`."""
    op = _OPERATORS.get(type(node.op))
    if op is None:
        construct = Bilingual("这个运算符", "such operator")
        reader.report("forbidden-expression", node, construct=construct)
        return None
    if op == "**":
        return _power(reader, node, scope)
    left, right = reader.read(node.left, scope), reader.read(node.right, scope)
    if left is None or right is None:
        return None
    if op == "-" and left.type.base == right.type.base == "date":
        wanted = Bilingual(
            "期间（两个日期之间写 years_between 或 months_between）",
            "a period (between two dates write years_between or months_between)",
        )
        reader.mismatch(node.right, wanted, right.type)
        return None
    result = arithmetic(op, left.type, right.type)
    if not isinstance(result, Type):
        _not_arithmetic(reader, result, node, left.type, right.type)
        return None
    if op == "/" and isinstance(right, Literal) and right.value == 0:
        reader.report("division-by-zero", node.right)
        return None
    return Arithmetic(result, **reader.place(node), op=op, left=left, right=right)


def _not_arithmetic(
    reader: Reader, why: Mismatch, node: ast.BinOp, left: Type, right: Type
) -> None:
    calculable = ("number", "money", "date", "period")
    if left.base not in calculable:
        reader.mismatch(node.left, number(), left)
    elif why == "type-mismatch" and isinstance(node.op, ast.Mult | ast.Div):
        reader.mismatch(node.right, number(), right)
    elif left.base == "date":
        reader.mismatch(node.right, Bilingual("期间", "a period"), right)
    else:
        reader.disagree(why, node.left, left, node.right, right)


def _power(reader: Reader, node: ast.BinOp, scope: Scope) -> Expression | None:
    base = reader.read(node.left, scope)
    exponent = reader.amount(node.right)
    if not isinstance(exponent, int) or exponent > HIGHEST_POWER:
        construct = Bilingual(
            f"“{reader.shown(node.right)}”作指数（只能是 0 至 {HIGHEST_POWER} 的整数）",
            f'"{reader.shown(node.right)}" as an exponent (a whole number, 0 to {HIGHEST_POWER})',
        )
        reader.report("forbidden-expression", node.right, construct=construct)
        return None
    if base is None:
        return None
    result = power(base.type, exponent)
    if not isinstance(result, Type):
        reader.mismatch(node.left, number(), base.type)
        return None
    right = Literal(number(), **reader.place(node.right), value=exponent)
    return Arithmetic(result, **reader.place(node), op="**", left=base, right=right)
