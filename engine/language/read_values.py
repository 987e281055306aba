"""What a definition or an amount may be: an expression, a range, readings, a table, a refusal.

parent.base: 3 * parent.average                  Plain
birth.multiple: between(2, 3)                    Between
payer: {readings: {couple: …, each: …}}          Readings
birth.multiple: {by: birth.order, 1: …, 3+: …}   Table of one input
amount: {table: {inputs: […], rows: […]}}        Table of several
amount: {refuse: why}                            Refused
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, field
from typing import Literal

from engine.language.diagnostics import Bilingual
from engine.language.expression import Expression
from engine.language.fields import (
    Problems,
    as_bilingual,
    as_mapping,
    as_text,
    choice,
    only,
    texts_field,
)
from engine.language.fields import field as value_of
from engine.language.node import Entry, Mapping, Node, Null, Position, Sequence, Text
from engine.language.parse import parse, parse_value
from engine.language.ruleset import Pattern, Readings, Refused, Row, Table, Value
from engine.language.tables import PATTERNS, check_rows, read_pattern
from engine.language.types import Names, Type

POLICIES: tuple[Literal["unique", "first", "collect"], ...] = ("unique", "first", "collect")
FORMS = Bilingual(
    "一个表达式，或者 between、readings、by、table、refuse",
    "an expression, or one of between, readings, by, table, refuse",
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What expressions may name: the vocabulary and the variables bound here."""

    names: Names
    variables: MappingOf[str, Type] = field(default_factory=dict)


def read_expression(
    text: Text, scope: Scope, problems: Problems, expected: Type | None = None
) -> Expression | None:
    """A text as a typed expression; None if it is none, which is reported."""
    found, wrong = parse(text.value, scope.names, scope.variables, text.at, expected, problems.rule)
    problems.found.extend(wrong)
    return found


def expression_field(
    mapping: Mapping,
    key: str,
    scope: Scope,
    problems: Problems,
    expected: Type | None = None,
    required: bool = True,
) -> Expression | None:
    """The expression under a key."""
    node = value_of(mapping, key, problems, required)
    text = None if node is None else as_text(node, key, problems)
    return None if text is None else read_expression(text, scope, problems, expected)


def value_field(
    mapping: Mapping,
    key: str,
    scope: Scope,
    problems: Problems,
    expected: Type | None = None,
    required: bool = True,
) -> Value | None:
    """The value under a key."""
    node = value_of(mapping, key, problems, required)
    return None if node is None else read_value(node, scope, problems, expected, key)


def read_value(
    node: Node, scope: Scope, problems: Problems, expected: Type | None, name: str
) -> Value | None:
    """A node as a value of the expected type (None: any); None if it is none. `name`: whose."""
    if isinstance(node, Text):
        plain, wrong = parse_value(
            node.value, scope.names, scope.variables, node.at, expected, problems.rule
        )
        problems.found.extend(wrong)
        return plain
    if isinstance(node, Mapping):
        if node.get("by") is not None:
            return _by(node, scope, problems, expected, name)
        for form, read in (("readings", _readings), ("table", _table), ("refuse", _refused)):
            if node.get(form) is not None:
                only(node, (form,), problems)
                inner = value_of(node, form, problems)
                return None if inner is None else read(inner, scope, problems, expected, name)
    problems.wrong(name, node.at, FORMS)
    return None


def _refused(
    node: Node, scope: Scope, problems: Problems, expected: Type | None, name: str
) -> Value | None:
    reason = as_bilingual(node, "refuse", problems)
    return None if reason is None else Refused(reason)


def _readings(
    node: Node, scope: Scope, problems: Problems, expected: Type | None, name: str
) -> Value | None:
    body = as_mapping(node, problems)
    if body is None:
        return None
    read = [
        (entry.key.value, read_value(entry.value, scope, problems, expected, name))
        for entry in body.entries
    ]
    options = tuple((label, value) for label, value in read if value is not None)
    return Readings(options) if len(options) == len(read) else None


def _by(
    node: Mapping, scope: Scope, problems: Problems, expected: Type | None, name: str
) -> Value | None:
    """A table of one input: each key but `by` is the pattern of a row."""
    on = expression_field(node, "by", scope, problems)
    rows: list[Row] = []
    entries = [entry for entry in node.entries if entry.key.value != "by"]
    for entry in entries:
        value = read_value(entry.value, scope, problems, expected, name)
        pattern = None if on is None else _pattern(entry.key, on.type, scope, problems)
        if value is not None and pattern is not None:
            rows.append(Row((pattern,), value, entry.key.at))
    at = _key_of(node, "by").at
    return _checked((on,), rows, len(entries), "unique", at, scope, problems)


def _table(
    node: Node, scope: Scope, problems: Problems, expected: Type | None, name: str
) -> Value | None:
    body = as_mapping(node, problems)
    if body is None:
        return None
    only(body, ("inputs", "policy", "rows"), problems)
    texts = texts_field(body, "inputs", problems)
    inputs = tuple(read_expression(text, scope, problems) for text in texts)
    listed = value_of(body, "rows", problems)
    items = listed.items if isinstance(listed, Sequence) else ()
    rows: list[Row] = []
    for item in items:
        row = as_mapping(item, problems)
        read = None if row is None else _row(row, inputs, scope, problems, expected, name)
        if read is not None:
            rows.append(read)
    policy = choice(body, "policy", POLICIES, problems, "unique")
    at = _key_of(body, "inputs").at
    return _checked(inputs, rows, len(items), policy, at, scope, problems)


def _row(
    row: Mapping,
    inputs: tuple[Expression | None, ...],
    scope: Scope,
    problems: Problems,
    expected: Type | None,
    name: str,
) -> Row | None:
    """One row: `when`, and its value or, in its place, `refuse` or `readings`."""
    only(row, ("when", "value", "refuse", "readings"), problems)
    when = value_of(row, "when", problems)
    cells: tuple[Node, ...] = when.items if isinstance(when, Sequence) else ()
    if isinstance(when, Text):
        cells = (when,)
    rest = tuple(entry for entry in row.entries if entry.key.value != "when")
    given = row.get("value")
    value = read_value(
        given if given is not None else Mapping(rest, row.at, flow=False),
        scope,
        problems,
        expected,
        name,
    )
    if when is not None and len(cells) != len(inputs):
        said = Bilingual(f"{len(inputs)} 项", f"{len(inputs)} entries, one for each input")
        problems.wrong("when", when.at, said)
        return None
    patterns = [
        _cell(cell, on.type, scope, problems)
        for cell, on in zip(cells, inputs, strict=False)
        if on is not None
    ]
    if value is None or None in patterns or len(patterns) != len(inputs):
        return None
    return Row(tuple(one for one in patterns if one is not None), value, row.entries[0].key.at)


def _cell(node: Node, type_: Type, scope: Scope, problems: Problems) -> Pattern | None:
    """A pattern, or a list of codes one of which is enough."""
    if isinstance(node, Sequence):
        inner = [_cell(item, type_, scope, problems) for item in node.items]
        codes = tuple(code for one in inner if one is not None for code in one.codes)
        return None if None in inner or not codes else Pattern(codes=codes)
    text = as_text(node, "when", problems)
    return None if text is None else _pattern(text, type_, scope, problems)


def _pattern(text: Text, type_: Type, scope: Scope, problems: Problems) -> Pattern | None:
    found = read_pattern(text.value, type_, scope.names)
    if found is None:
        problems.wrong("when", text.at, PATTERNS.get(type_.base, PATTERNS["number"]))
    return found


def _checked(
    inputs: SequenceOf[Expression | None],
    rows: list[Row],
    written: int,
    policy: Literal["unique", "first", "collect"],
    at: Position,
    scope: Scope,
    problems: Problems,
) -> Table | None:
    """The table, if all of it could be read; its gaps and overlaps are reported."""
    known = tuple(one for one in inputs if one is not None)
    if len(known) != len(inputs) or len(rows) != written or not rows:
        return None
    table = Table(known, tuple(rows), policy, at)
    check_rows(table, scope.names, problems)
    return table


def _key_of(mapping: Mapping, key: str) -> Text:
    found = mapping.entry(key) or Entry(Text(key, mapping.at, False), Null(mapping.at))
    return found.key
