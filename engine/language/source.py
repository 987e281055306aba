"""YAML and JSON read safely, with a place for every node.

The parser's events are put together here, without recursion and without any constructor: every
scalar is text. Size, depth and number of nodes are bounded; anchors, aliases and tags are refused.

>>> node = load("born: 010\\nlives: no\\n", "a.yaml")
>>> to_plain(node)
{'born': '010', 'lives': 'no'}
>>> [f"{pointer} {found.at.line}:{found.at.column}" for pointer, found in walk(node)]
[' 1:1', '/born 1:7', '/lives 2:8']
>>> load("a: &x 1\\nb: *x\\n", "a.yaml")
Traceback (most recent call last):
engine.language.source.SourceError: a.yaml:1:4: alias
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder
from typing import Literal, NoReturn

import yaml

from engine.language.diagnostics import Bilingual, Diagnostic, Field, problem
from engine.language.flow import flow_collections as flow_collections
from engine.language.node import Entry as Entry
from engine.language.node import Mapping as Mapping
from engine.language.node import Node as Node
from engine.language.node import Null as Null
from engine.language.node import Position as Position
from engine.language.node import Sequence as Sequence
from engine.language.node import Text as Text
from engine.language.node import locate as locate
from engine.language.node import to_plain as to_plain
from engine.language.node import walk as walk

MANY = 100
"""So many problems of one file are enough: reading stops."""

# Invisible or able to act on the display: controls, line breaks that editors do not count, marks of
# writing direction, half characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
LINE_BREAK = re.compile("\r\n|\n|\r")

NO_COLON = "could not find expected ':'"

# What libyaml says most often, for those who read Chinese.
CAUSES = {
    "mapping values are not allowed in this context": "这里不能有冒号，含冒号的文字要加引号",
    "did not find expected key": "缩进不齐，或者少了一个键",
    NO_COLON: "少了冒号，或者冒号是全角的，或者后面没有空格",
    "found a tab character that violates indentation": "缩进用了制表符",
    "found a tab character where an indentation space is expected": "缩进用了制表符",
    "found character that cannot start any token": "这里不能用这个字符，如制表符、@、`、%",
    "found unexpected end of stream": "引号没有结束",
    "did not find expected ',' or '}'": "花括号里少了逗号或右括号",
    "did not find expected ',' or ']'": "方括号里少了逗号或右括号",
    "did not find expected '-' indicator": "列表的缩进不齐",
    "block sequence entries are not allowed in this context": "这里不能开始列表",
}


class SourceError(Exception):
    """A file cannot be read; `diagnostics` says why, in the order of the text.

    The text of the exception holds places and codes, never the content.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(f"{found.at}: {found.code}" for found in diagnostics))
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold: bytes, levels of nesting, keys and values, characters of one scalar."""

    size: int = 2 * 1024 * 1024
    depth: int = 64
    nodes: int = 200_000
    scalar: int = 20_000


DEFAULT = Limits()
"""For a file of a ruleset."""
CASE = Limits(size=1024 * 1024, depth=32, nodes=100_000, scalar=10_000)
"""For a case."""


def load(
    text: str | bytes,
    file: str,
    limits: Limits = DEFAULT,
    format: Literal["yaml", "json"] = "yaml",
) -> Node:
    """The tree of one document; `Null` for an empty one.

    `file` is the name for the places. JSON (RFC 8259) is read as such, with its escapes and tabs,
    and gives the same nodes as YAML: strings are `quoted`, numbers, `true` and `false` are not.
    Raises SourceError, and nothing else, with one diagnostic or several.
    """
    characters = _decode(text, file, limits)
    tree = _Tree(file, limits, LINE_BREAK.split(characters))
    bad = FORBIDDEN.search(characters)
    if bad is not None:
        line, column = _place(characters, bad.start())
        tree.stop("forbidden-character", tree.point(line, column), character=_name(bad.group()))
    if format == "json":
        _feed_json(tree, characters)
    else:
        _feed_yaml(tree, characters)
    if tree.problems:
        raise SourceError(tuple(sorted(tree.problems)))
    return tree.root if tree.root is not None else Null(tree.point(1, 1))


def load_mapping(
    text: str | bytes,
    file: str,
    limits: Limits = DEFAULT,
    format: Literal["yaml", "json"] = "yaml",
) -> Mapping:
    """As `load`, for a document that must be a mapping: another is the error `not-a-mapping`."""
    node = load(text, file, limits, format)
    if not isinstance(node, Mapping):
        raise SourceError((problem("not-a-mapping", node.at),))
    return node


def _decode(text: str | bytes, file: str, limits: Limits) -> str:
    """Characters of a text that is not too large; a byte order mark at the start is dropped."""
    start = Position(file, 1, 1, 1, 1)
    # A character is at least a byte: a text too long is not encoded only to be measured.
    if len(text) > limits.size or (
        isinstance(text, str) and len(text.encode("utf-8", "surrogatepass")) > limits.size
    ):
        raise SourceError((problem("too-large", start, limit=limits.size),))
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        good = text[: error.start].decode("utf-8").removeprefix("\ufeff")
        line, column = _place(good, len(good))
        at = Position(file, line, column, line, column)
        raise SourceError((problem("not-utf8", at),)) from None


def _place(text: str, index: int) -> tuple[int, int]:
    """Line and column of a character, from 1."""
    breaks = [found.end() for found in LINE_BREAK.finditer(text, 0, index)]
    return len(breaks) + 1, index - (breaks[-1] if breaks else 0) + 1


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end was not reached; the key whose value is awaited, if any."""

    is_mapping: bool
    at: Position
    flow: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    key: Text | None = None
    lines: dict[str, int] = field(default_factory=dict)


class _Tree:
    """The nodes put together so far. YAML and JSON feed it alike, so both have the same limits."""

    def __init__(self, file: str, limits: Limits, lines: list[str]) -> None:
        self.file = file
        self.limits = limits
        self.lines = lines
        self.problems: list[Diagnostic] = []
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._nodes = 0

    def point(self, line: int, column: int) -> Position:
        """One character; what the parser misses behind the end is missed at the end."""
        if line > len(self.lines):
            line, column = len(self.lines), len(self.lines[-1]) + 1
        return Position(self.file, line, column, line, column)

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Position:
        """From a character to the one before the end; blank ends of lines are left out."""
        while end_column == 1 and end_line > line:
            end_line -= 1
            end_column = len(self.lines[end_line - 1]) + 1
        if (end_line, end_column) <= (line, column):
            return self.point(line, column)
        return Position(self.file, line, column, end_line, end_column - 1)

    def complain(self, code: str, at: Position, **fields: Field) -> None:
        self.problems.append(problem(code, at, None, **fields))
        if len(self.problems) >= MANY:
            raise SourceError(tuple(sorted(self.problems)))

    def stop(self, code: str, at: Position, **fields: Field) -> NoReturn:
        self.problems.append(problem(code, at, None, **fields))
        raise SourceError(tuple(sorted(self.problems)))

    def begin(self, is_mapping: bool, at: Position, flow: bool) -> None:
        self._count(at)
        if len(self._open) >= self.limits.depth:
            self.stop("too-deep", at, limit=self.limits.depth)
        if self._awaits_key():
            self.stop("key-not-text", at)
        self._open.append(_Open(is_mapping, at, flow))

    def end(self, at: Position) -> None:
        """Closes what was begun last; `at` is the closing bracket of a flow collection."""
        done = self._open.pop()
        last: Position = at
        if not done.flow:
            children = [entry.value for entry in done.entries] if done.is_mapping else done.items
            last = children[-1].at if children else done.at
        span = Position(self.file, done.at.line, done.at.column, last.end_line, last.end_column)
        if done.is_mapping:
            self._put(Mapping(tuple(done.entries), span, done.flow))
        else:
            self._put(Sequence(tuple(done.items), span, done.flow))

    def scalar(self, value: str, at: Position, quoted: bool) -> None:
        self._count(at)
        if len(value) > self.limits.scalar:
            self.stop("scalar-too-long", at, limit=self.limits.scalar)
        bad = FORBIDDEN.search(value)
        if bad is not None:
            self.complain("forbidden-character", at, character=_name(bad.group()))
        if self._awaits_key():
            self._key(Text(value, at, quoted))
        elif not quoted and value in ("", "null", "~"):
            self._put(Null(at))
        else:
            self._put(Text(value, at, quoted))

    def _count(self, at: Position) -> None:
        self._nodes += 1
        if self._nodes > self.limits.nodes:
            self.stop("too-many-nodes", at, limit=self.limits.nodes)

    def _awaits_key(self) -> bool:
        return bool(self._open) and self._open[-1].is_mapping and self._open[-1].key is None

    def _key(self, key: Text) -> None:
        above = self._open[-1]
        if not key.value:
            self.complain("key-not-text", key.at)
        elif key.value in above.lines:
            self.complain("duplicate-key", key.at, line=above.lines[key.value])
        above.lines.setdefault(key.value, key.at.line)
        above.key = key

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        above = self._open[-1]
        if above.key is not None:
            above.entries.append(Entry(above.key, node))
            above.key = None
        else:
            above.items.append(node)


def _feed_yaml(tree: _Tree, text: str) -> None:
    documents = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            start, stop = event.start_mark, event.end_mark
            assert start is not None and stop is not None  # only events made by hand lack them
            at = tree.span(start.line + 1, start.column + 1, stop.line + 1, stop.column + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    tree.stop("multiple-documents", at)
            elif isinstance(event, yaml.CollectionEndEvent):
                tree.end(at)
            elif isinstance(event, yaml.NodeEvent):
                _feed_node(tree, event, at)
    except yaml.YAMLError as error:
        marked = error if isinstance(error, yaml.MarkedYAMLError) else None
        mark = marked.problem_mark if marked is not None else None
        if marked is not None and marked.problem == NO_COLON:
            mark = marked.context_mark or mark  # the key itself, not what follows it
        place = tree.point(1, 1) if mark is None else tree.point(mark.line + 1, mark.column + 1)
        said = (marked.problem or marked.context) if marked is not None else None
        tree.stop("not-yaml", place, cause=_cause(said or "the text cannot be decoded"))


def _feed_node(tree: _Tree, event: yaml.NodeEvent, at: Position) -> None:
    # Anchors are refused where they stand, so no alias ever comes to be expanded.
    if event.anchor is not None:
        tree.stop("alias", at)
    # An alias has no tag, and was refused by its anchor.
    if getattr(event, "tag", None) is not None:
        tree.complain("tag", at)
    if isinstance(event, yaml.ScalarEvent):
        tree.scalar(event.value, at, quoted=event.style in ("'", '"', "|", ">"))
    elif isinstance(event, yaml.CollectionStartEvent):
        tree.begin(isinstance(event, yaml.MappingStartEvent), at, flow=bool(event.flow_style))


def _cause(problem_in_english: str) -> Bilingual:
    return Bilingual(CAUSES.get(problem_in_english, problem_in_english), problem_in_english)


def _refuse_constant(name: str) -> NoReturn:
    raise JSONDecodeError("NaN and Infinity are no numbers", name, 0)


_SCALARS = JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse_constant)
_BLANK = re.compile("[ \t\n\r]*")


def _feed_json(tree: _Tree, text: str) -> None:
    """One pass with a stack: the library reads the scalars, and lists and mappings are read here,
    because the library calls itself for each level and forgets the places."""
    line_starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
    closers: list[str] = []
    index = 0

    def span(start: int, stop: int) -> Position:
        line = bisect_right(line_starts, start)
        offset = line_starts[line - 1]
        # A string of JSON cannot hold a line break, so it ends in the line where it begins.
        return tree.span(line, start - offset + 1, line, stop - offset + 1)

    def fail(place: int, zh: str, en: str) -> NoReturn:
        tree.stop("not-json", span(place, place + 1), cause=Bilingual(zh, en))

    def skip(place: int) -> int:
        blank = _BLANK.match(text, place)
        return place if blank is None else blank.end()

    def read_scalar(place: int) -> int:
        try:
            value, end = _SCALARS.raw_decode(text, place)
        except JSONDecodeError as error:
            fail(place, "这里应当是一个值", error.msg)
        words = {True: "true", False: "false", None: "null"}
        word = value if isinstance(value, str) else words[value]
        tree.scalar(word, span(place, end), quoted=text[place] == '"')
        return end

    def read_key(place: int) -> int:
        if text[place : place + 1] != '"':
            fail(place, "键要加双引号", "a key in double quotes is expected")
        place = skip(read_scalar(place))
        if text[place : place + 1] != ":":
            fail(place, "少了冒号", "a colon is expected")
        return skip(place + 1)

    def begin_or_read(place: int) -> tuple[int, bool]:
        """The place behind a scalar or an opening bracket; whether a value is complete there."""
        opener = text[place : place + 1]
        if opener not in ("{", "["):
            return read_scalar(place), True
        tree.begin(opener == "{", span(place, place + 1), flow=True)
        closers.append("}" if opener == "{" else "]")
        place = skip(place + 1)
        if text[place : place + 1] == closers[-1]:
            return place, True
        return (read_key(place) if opener == "{" else place), False

    index, complete = begin_or_read(skip(0))
    while closers or not complete:
        if not complete:
            index, complete = begin_or_read(index)
            continue
        index = skip(index)
        sign = text[index : index + 1]
        if sign == closers[-1]:
            tree.end(span(index, index + 1))
            closers.pop()
            index += 1
        elif sign == ",":
            index = skip(index + 1)
            index = read_key(index) if closers[-1] == "}" else index
            complete = False
        else:
            fail(index, "少了逗号或右括号", "a comma or a closing bracket is expected")
    if skip(index) != len(text):
        fail(skip(index), "值之后还有内容", "something follows after the value")
