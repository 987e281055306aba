"""The input of a case before anything is known of its words: text to plain data, and its bounds.

YAML and JSON are read into the same plain data. In YAML every scalar is text and is typed by what
is expected of it; in JSON a text, a number and a boolean are three things (`Document.typed`).

>>> document = read_document("as_of: 2014-07-20\\nquestion: {ask: fee}\\n", None, "a.yaml")
>>> document.plain
{'as_of': '2014-07-20', 'question': {'ask': 'fee'}}
>>> read_document('{"as_of": 2014}', None, "a.json").plain
{'as_of': 2014}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from engine.decision.case.problems import (
    CaseError,
    CaseProblem,
    Report,
    child,
)
from engine.language.diagnostics import Bilingual
from engine.language.node import Mapping, Null, Sequence, Text
from engine.language.node import Node as Node
from engine.language.source import CASE, FORBIDDEN, SourceError, load
from engine.law.identifiers import Identifier, find_identifier

Format: TypeAlias = Literal["yaml", "json"]

SHORTEST_IDENTIFIER: Final = 11
"""Characters of a mobile number; nothing shorter is looked at."""
LONGEST_IDENTIFIER: Final = 18
"""Digits of an identity number; no longer number is one."""

_SHORT = 10 ** (SHORTEST_IDENTIFIER - 1) - 1
_LONG_NUMBER = re.compile(f"(?:[0-9][ ./-]?){{{SHORTEST_IDENTIFIER}}}")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_IDENTIFIERS: Final = {
    "identity-number": Bilingual("身份证号", "an identity number"),
    "mobile-number": Bilingual("手机号", "a mobile number"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data: dicts, lists, texts, and where it is `typed` (JSON) also ints, floats, booleans.

    A float stands for any number of JSON that is no whole number of at most fifteen digits; it is
    never computed with, only refused. `tree` has the positions, None if there was no text.
    """

    plain: Any
    typed: bool
    tree: Node | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """A text that holds a personal identifier; `value` is kept for its kind, never for showing."""

    pointer: str
    value: Any
    what: Identifier
    on_key: bool


def read_document(data: bytes | str, format: Format | None, file: str) -> Document:
    """The plain data of a text. Without a format, `file` says it by its end (`.json`), or else the
    first character: an opening brace is JSON.

    Raises CaseError with the codes of `engine.language.source` (`too-large`, `too-deep`, `alias`,
    `duplicate-key`, `not-yaml`, …).
    """
    chosen = format or _guess(data, file)
    try:
        tree = load(data, file, CASE, chosen)
    except SourceError as error:
        raise CaseError(
            tuple(
                CaseProblem(
                    found.code, "", "text", found.remedy, found.message,
                    found.at.line, found.at.column,
                )
                for found in error.diagnostics
            )
        ) from None  # fmt: skip
    return Document(_plain(tree, chosen == "json"), chosen == "json", tree)


def scan(plain: object, report: Report) -> list[Suspect]:
    """Holds data that came without a text to the bounds of a case; every text that holds a personal
    identifier, be it a key, and what it holds.

    Beyond a bound nothing more is read: the report then says which, and the list is cut short.
    """
    suspects: list[Suspect] = []
    if _is_clean(plain):
        return suspects
    waiting: list[tuple[str, object, int]] = [("", plain, 0)]
    nodes = 0
    while waiting:
        pointer, value, depth = waiting.pop()
        nodes += 1
        if depth > CASE.depth:
            report.add("too-deep", pointer, value, limit=CASE.depth)
            break
        if nodes > CASE.nodes:
            report.add("too-many-nodes", pointer, value, limit=CASE.nodes)
            break
        if isinstance(value, dict):
            for key, below in value.items():
                if not isinstance(key, str):
                    report.add("key-not-text", pointer, value)
                    return suspects
                place = child(pointer, key)
                suspects.extend(_suspects(place, key, report, on_key=True))
                waiting.append((place, below, depth + 1))
        elif isinstance(value, list):
            waiting.extend(
                (f"{pointer}/{index}", item, depth + 1) for index, item in enumerate(value)
            )
        elif isinstance(value, str) or type(value) is int:
            suspects.extend(_suspects(pointer, value, report))
    return suspects


def _is_clean(plain: object) -> bool:
    """Whether it is seen at a glance that data keeps to the bounds and holds nothing to look for:
    all texts together are short, in printable ASCII, and without a long number."""
    texts: list[Any] = []
    level: list[Any] = [plain]
    nodes = depth = 0
    while level and depth <= CASE.depth:
        below: list[Any] = []
        for value in level:
            kind = type(value)
            if kind is dict:
                texts += value
                below += value.values()
            elif kind is list:
                below += value
            elif kind is str:
                texts.append(value)
            elif value is not None and kind is not bool and (kind is not int or value > _SHORT):
                return False
        nodes += len(level)
        level = below
        depth += 1
    if level or nodes > CASE.nodes or not set(map(type, texts)) <= {str}:
        return False
    together = "".join(texts)
    if len(together) > CASE.scalar or not (together.isascii() and together.isprintable()):
        return False
    long = [text for text in texts if len(text) >= SHORTEST_IDENTIFIER]
    return _LONG_NUMBER.search("\n".join(long)) is None


def report_suspects(suspects: list[Suspect], amounts: set[str], report: Report) -> None:
    """Each identifier becomes a problem, but a mobile number that was read as an amount."""
    for found in suspects:
        if found.what == "mobile-number" and found.pointer in amounts and not found.on_key:
            continue
        report.add(
            "personal-identifier",
            found.pointer,
            found.value,
            on_key=found.on_key,
            what=_IDENTIFIERS[found.what],
        )


def _suspects(
    pointer: str, value: str | int, report: Report, on_key: bool = False
) -> Iterator[Suspect]:
    if isinstance(value, str):
        if len(value) > CASE.scalar or FORBIDDEN.search(value) is not None:
            report.add("bad-text", pointer, value, on_key=on_key, limit=CASE.scalar)
            return
        if len(value) < SHORTEST_IDENTIFIER and value.isascii():
            return
    elif not 10 ** (SHORTEST_IDENTIFIER - 1) <= value < 10**LONGEST_IDENTIFIER:
        return
    what = find_identifier(str(value))
    if what is not None:
        yield Suspect(pointer, value, what, on_key)


def _guess(data: bytes | str, file: str) -> Format:
    if file.endswith((".yaml", ".yml")):
        return "yaml"
    start = data[:1000].lstrip()
    braced = start[:1] == "{" if isinstance(start, str) else start[:1] == b"{"
    return "json" if file.endswith(".json") or braced else "yaml"


def _plain(node: Node, typed: bool) -> object:
    match node:
        case Text(value=value, quoted=quoted):
            return value if quoted or not typed else _typed(value)
        case Mapping(entries=entries):
            return {entry.key.value: _plain(entry.value, typed) for entry in entries}
        case Sequence(items=items):
            return [_plain(item, typed) for item in items]
        case Null():
            return None


def _typed(word: str) -> object:
    """A scalar of JSON that stood without quotes."""
    if word in ("true", "false"):
        return word == "true"
    return int(word) if _WHOLE.fullmatch(word) else float(word)
