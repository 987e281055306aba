"""Brackets in rules hold names and numbers only.

Inside `{…}` and `[…]` a comma ends a value, so an expression written there would be cut in two
without a word. What is more than a name or a number goes on lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Set

from engine.language.diagnostics import LANGUAGES, Diagnostic, problem
from engine.language.node import Entry, Mapping, Node, Null, Sequence, Text

# A name or a number: a rule (16.4/only-child), a day, a range of articles (41-44), a step (3+).
WORD = re.compile(r"-?\w[\w.@/·-]*\+?")
ANYTHING = ("-", "—")
OPERATORS = frozenset(("and", "or", "not", "in", "is", "if", "else", "for", "lambda"))
NEEDS_QUOTES = re.compile(r"^$|^[\s\-?:,\[\]{}#&*!|>'\"%@`~]|:(\s|$)|\s#|\s$|[\n\t]|^null$")


def flow_collections(node: Node, below: Set[str]) -> tuple[Diagnostic, ...]:
    """An error `flow-collection` for each bracket that holds more, below these top-level keys.

    A pair of texts, `{zh: …, en: …}` and no other key, is prose and may hold any words, in quotes
    where they need them. Nested brackets count as one; its remedy prints the block form.
    """
    if not isinstance(node, Mapping):
        return ()
    found: list[Diagnostic] = []
    for entry in node.entries:
        if entry.key.value in below:
            _search(entry.value, None, found)
    return tuple(found)


def _search(node: Node, key: Text | None, found: list[Diagnostic]) -> None:
    if isinstance(node, Sequence | Mapping) and node.flow:
        culprit = _culprit(node)
        if culprit is not None:
            block = "\n".join(_block(node, key))
            shown = culprit.value if isinstance(culprit, Text) else "null"
            found.append(problem("flow-collection", culprit.at, text=shown, block=block))
    elif isinstance(node, Sequence):
        for item in node.items:
            _search(item, None, found)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            _search(entry.value, entry.key, found)


def _culprit(node: Node) -> Text | Null | None:
    """The first thing inside that is neither a name nor a number, if there is one."""
    match node:
        case Text():
            return None if _is_name(node) else node
        case Null():
            return node
        case Sequence():
            inside = list(node.items)
        case Mapping():
            if set(LANGUAGES).issuperset(node.keys()) and all(
                isinstance(entry.value, Text) for entry in node.entries
            ):
                return None
            inside = [part for entry in node.entries for part in (entry.key, entry.value)]
    return next((culprit for part in inside if (culprit := _culprit(part)) is not None), None)


def _is_name(text: Text) -> bool:
    words = text.value.split(" ")
    return not text.quoted and (
        text.value in ANYTHING
        or all(WORD.fullmatch(word) and word not in OPERATORS for word in words)
    )


def _block(node: Node, key: Text | None) -> list[str]:
    """The same on lines of its own; what a comma cut in two is put together again."""
    lines = _lines(node)
    if key is None:
        return lines
    return _under(f"{_scalar(key)}:", node, lines)


def _lines(node: Node) -> list[str]:
    if isinstance(node, Sequence):
        return [line for item in _rejoin(node.items) for line in _behind("-", item)]
    if isinstance(node, Mapping):
        entries = _rejoin_entries(node.entries)
        return [
            line for entry in entries for line in _behind(f"{_scalar(entry.key)}:", entry.value)
        ]
    return [_scalar(node)]


def _behind(lead: str, node: Node) -> list[str]:
    lines = _lines(node)
    if isinstance(node, Text | Null):
        return [f"{lead} {lines[0]}".rstrip()]
    if not lines:
        return [f"{lead} {'[]' if isinstance(node, Sequence) else '{}'}"]
    if lead == "-":
        return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
    return _under(lead, node, lines)


def _under(lead: str, node: Node, lines: list[str]) -> list[str]:
    """A list stands straight below its key, a mapping two spaces further in."""
    margin = "" if isinstance(node, Sequence) else "  "
    return [lead, *(margin + line for line in lines)]


def _rejoin(items: tuple[Node, ...]) -> list[Node]:
    """Neighbours become one text while a parenthesis of the first is open."""
    joined: list[Node] = []
    for item in items:
        before = joined[-1] if joined else None
        if isinstance(before, Text) and isinstance(item, Text) and _is_open(before):
            joined[-1] = _join(before, item)
        else:
            joined.append(item)
    return joined


def _rejoin_entries(entries: tuple[Entry, ...]) -> list[Entry]:
    """A key without a value is the rest of the value before it."""
    joined: list[Entry] = []
    for entry in entries:
        before = joined[-1].value if joined else None
        if isinstance(before, Text) and isinstance(entry.value, Null):
            joined[-1] = Entry(joined[-1].key, _join(before, entry.key))
        else:
            joined.append(entry)
    return joined


def _is_open(text: Text) -> bool:
    return not text.quoted and text.value.count("(") > text.value.count(")")


def _join(first: Text, second: Text) -> Text:
    return Text(f"{first.value}, {second.value}", first.at, quoted=first.quoted)


def _scalar(node: Text | Null) -> str:
    if isinstance(node, Null):
        return ""
    if NEEDS_QUOTES.search(node.value):
        escaped = node.value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
    return node.value
