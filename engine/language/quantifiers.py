"""Lists: `any all count sum min max first` over their items, `[x for x in list if …]`, `[a, b]`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from engine.language.diagnostics import Bilingual
from engine.language.expression import And, Collect, Expression, Listed, Quantify
from engine.language.types import BOOLEAN, Type, list_of, number
from engine.language.typing_rules import common

if TYPE_CHECKING:
    from engine.language.typed import Reader, Scope


class Generator(NamedTuple):
    """`for variable in collection if where`, and the variables that may be read inside."""

    variable: str
    item: Type
    collection: Expression
    where: Expression | None
    inside: Scope


def _generator(
    reader: Reader, node: ast.GeneratorExp | ast.ListComp, scope: Scope
) -> Generator | None:
    clause = node.generators[0]
    if len(node.generators) > 1 or clause.is_async or not isinstance(clause.target, ast.Name):
        several = Bilingual("几个 for，或者 for 后面不止一个名称", "second for or tuple after for")
        reader.report("forbidden-expression", node, construct=several)
        return None
    variable = clause.target.id
    if variable in scope:
        twice = Bilingual(f"“{variable}”两次作变量", f'variable "{variable}" twice')
        reader.report("forbidden-expression", clause.target, construct=twice)
        return None
    collection = reader.read(clause.iter, scope)
    if collection is None:
        return None
    item = collection.type.item
    if item is None:
        reader.mismatch(clause.iter, Bilingual("列表", "a list"), collection.type)
        return None
    inside = {**scope, variable: item}
    conditions = reader.read_all(clause.ifs, inside, BOOLEAN)
    if len(conditions) < len(clause.ifs):
        return None
    where = conditions[0] if conditions else None
    if len(conditions) > 1:
        whole = ast.copy_location(ast.Tuple(clause.ifs, ast.Load()), clause.ifs[0])
        whole.end_col_offset = clause.ifs[-1].end_col_offset
        where = And(BOOLEAN, **reader.place(whole), operands=tuple(conditions))
    return Generator(variable, item, collection, where, inside)


def _is_variable(node: ast.expr, generator: Generator) -> bool:
    return isinstance(node, ast.Name) and node.id == generator.variable


def quantify(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """A function over `x.… for x in list if …`."""
    argument = node.args[0]
    name = reader.function(node)
    if not isinstance(argument, ast.GeneratorExp):
        reader.misuse(node)
        return None
    generator = _generator(reader, argument, scope)
    if generator is None:
        return None
    made = _result(reader, node, argument.elt, generator)
    if made is None:
        return None
    type, body, by = made
    return Quantify(
        type,
        **reader.place(node),
        function=name,
        variable=generator.variable,
        collection=generator.collection,
        where=generator.where,
        body=body,
        by=by,
    )


def _result(
    reader: Reader, node: ast.Call, element: ast.expr, generator: Generator
) -> tuple[Type, Expression | None, Expression | None] | None:
    """The type, the `body` and the `by` of a function over a list."""
    name, item = reader.function(node), generator.item
    if name in ("any", "all"):
        body = reader.read_as(element, generator.inside, BOOLEAN)
        return None if body is None else (BOOLEAN, body, None)
    if name in ("sum", "min", "max"):
        body = reader.read(element, generator.inside)
        if body is None or not reader.ordered(element, body.type):
            return None
        if name == "sum" and body.type.base not in ("number", "money"):
            wanted = Bilingual("数或者金额", "a number or an amount of money")
            reader.mismatch(element, wanted, body.type)
            return None
        return body.type, body, None
    if not _is_variable(element, generator):
        reader.misuse(node)
        return None
    if name == "count":
        return number(item.about if item.base == "entity" else None), None, None
    order = node.keywords[0].value
    by = reader.read(order, generator.inside)
    if by is None or not reader.ordered(order, by.type):
        return None
    return item, None, by


def collect(reader: Reader, node: ast.ListComp, scope: Scope) -> Expression | None:
    """`[x for x in xs if …]`, or with a body; lists that a body gives are joined."""
    generator = _generator(reader, node, scope)
    if generator is None:
        return None
    body: Expression | None = None
    type = list_of(generator.item)
    if not _is_variable(node.elt, generator):
        body = reader.read(node.elt, generator.inside)
        if body is None:
            return None
        type = body.type if body.type.base == "list" else list_of(body.type)
    return Collect(
        type,
        **reader.place(node),
        variable=generator.variable,
        collection=generator.collection,
        where=generator.where,
        body=body,
    )


def listed(reader: Reader, node: ast.List, scope: Scope) -> Expression | None:
    """`[a, b]`, whose items have one type."""
    read = [reader.read(item, scope) for item in node.elts]
    items = tuple(item for item in read if item is not None)
    if not items or len(items) < len(read):
        if not node.elts:
            empty = Bilingual("空的列表", "empty list")
            reader.report("forbidden-expression", node, construct=empty)
        return None
    held = items[0].type
    for other, expression in zip(node.elts[1:], items[1:], strict=True):
        joined = common(held, expression.type)
        if not isinstance(joined, Type):
            reader.disagree(joined, node.elts[0], held, other, expression.type)
            return None
        held = joined
    return Listed(list_of(held), **reader.place(node), items=items)
