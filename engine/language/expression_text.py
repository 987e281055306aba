"""The text of an expression: from characters to Python's syntax tree, and back to places.

Reading here is about form only: full-width characters, length, depth, syntax. Names and types come
later (`engine.language.typed`).

>>> from engine.language.node import Position
>>> at = Position("a.yaml", 7, 11, 7, 18)
>>> written = ExpressionText.of('x.n >= 2', at)
>>> tree, problems = written.tree(None)
>>> type(tree).__name__, written.position(tree.left).column, written.position(tree.left).end_column
('Compare', 11, 13)

One form is wider than Python's: `first(x for x in xs, by=x.date)` is read as
`first((x for x in xs), by=x.date)`, which may be written as well.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

from engine.language.diagnostics import Bilingual, Diagnostic, problem
from engine.language.expression import Span
from engine.language.node import Position

LONGEST = 1000
"""Characters of one expression."""
DEEPEST = 30
"""Levels of one expression: operators, calls and full stops, one inside the other."""

# What input methods write for the characters of Python.
_HALF_WIDTH = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict(zip("，（）：；。、【】“”‘’＝　×÷－—", ",():;.,[]\"\"''= */--", strict=True)),
    **{"≥": ">=", "≤": "<=", "≠": "!="},
}
_WIDE = re.compile("[" + re.escape("".join(_HALF_WIDTH)) + "]")
_QUOTES = "\"'"
_FIRST = re.compile(r"(?<![\w.])first[ ]*\(")

# What Python says most often, for those who read Chinese; the longest beginning that fits counts.
_CAUSES = {
    "invalid syntax": "语法有误",
    "invalid syntax. Maybe you meant '=='": "判断相等要写 ==",
    "invalid syntax. Perhaps you forgot a comma": "可能少了逗号或运算符",
    "'(' was never closed": "左括号“(”没有对应的右括号",
    "'[' was never closed": "左括号“[”没有对应的右括号",
    "unmatched": "右括号没有对应的左括号",
    "closing parenthesis": "括号不配对",
    "unterminated string": "引号没有结束",
    "leading zeros": "数字前面不能补零",
    "Generator expression must be parenthesized": "for … in … 之后还有参数时，要给它加括号",
    "invalid decimal literal": "数字写法有误，名称不能以数字开头",
    "cannot assign": "判断相等要写 ==",
}

# What is written as the text of a regulation says it, and how the language says it.
_MEANT = (
    (
        re.compile("=[<>]|以上|以下|至少|至多|超过|不满|不足|不少于|不低于|大于|小于|等于"),
        Bilingual(
            "比较用符号：以上、不少于写 >=，超过写 >，以下、不超过写 <=，不满、不足写 <",
            "comparisons are signs: >= at least, > more than, <= at most, < less than",
        ),
    ),
    (
        re.compile("[0-9]+[%％]"),
        Bilingual("百分比写 percent(20)", "a percentage is written percent(20)"),
    ),
    (
        re.compile("[0-9][0-9,.]*[十百千万亿]*元"),
        Bilingual("金额写 yuan(7000)", "an amount of money is written yuan(7000)"),
    ),
    (
        re.compile("并且|而且|或者"),
        Bilingual("并且写 and，或者写 or", "and, or are written in English"),
    ),
)


@dataclass(frozen=True, slots=True)
class ExpressionText:
    """An expression as written, where it stands, and the form that Python can read."""

    text: str
    at: Position
    parsed: str
    start: int
    """Blanks of `text` before the expression."""
    inserted: tuple[int, ...]
    """Where `parsed` has brackets that `text` has not."""

    @staticmethod
    def of(text: str, at: Position) -> ExpressionText:
        """The text of a scalar. `at` is the place of the scalar, or of its first character."""
        start = len(text) - len(text.lstrip())
        parsed, inserted = _bracket_first(_half_width(text.strip()))
        return ExpressionText(text, at, parsed, start, inserted)

    def tree(self, rule: str | None) -> tuple[ast.expr | None, list[Diagnostic]]:
        """Python's tree, or None; and what is wrong with the form."""
        body = self.text.strip()
        if len(body) > LONGEST:
            return None, [problem("expression-too-long", self.at, rule, limit=LONGEST)]
        wide = _full_width(body)
        found = [
            problem(
                "full-width-character",
                self._stretch(self.start + index, self.start + index + 1),
                rule,
                character=body[index],
                ascii=_HALF_WIDTH[body[index]],
            )
            for index in wide
        ]
        if any(len(_HALF_WIDTH[body[index]]) > 1 for index in wide):
            return None, found
        form = self._form(body, rule)
        if form is not None:
            return None, [*found, form]
        try:
            tree, deep = _syntax_tree(self.parsed)
        except SyntaxError as error:
            return None, [*found, self._syntax(error, rule)]
        except (RecursionError, MemoryError):
            return None, [*found, problem("expression-too-deep", self.at, rule, limit=DEEPEST)]
        except ValueError:
            cause = Bilingual("有不能使用的字符", "it holds a character that cannot be used")
            return None, [*found, problem("expression-syntax", self.at, rule, cause=cause)]
        if deep is not None:
            at = self.position(deep)
            return None, [*found, problem("expression-too-deep", at, rule, limit=DEEPEST)]
        return tree, found

    def source(self, node: ast.expr | ast.keyword) -> str:
        """The characters of a node, as written."""
        start, stop = self._range(node)
        return self.text[start:stop]

    def ascii(self, node: ast.expr) -> str:
        """The same, as Python read it: what was written in full width is half."""
        return self.parsed.encode()[node.col_offset : node.end_col_offset].decode()

    def position(self, node: ast.expr | ast.keyword) -> Position:
        """Where a node stands in the file."""
        return self._stretch(*self._range(node))

    def span(self, node: ast.expr | ast.keyword) -> Span:
        """The same, as expressions carry it."""
        return span_of(self.position(node))

    def _form(self, body: str, rule: str | None) -> Diagnostic | None:
        """What Python would pass over: no text at all, several lines, a comment."""
        if not body:
            cause = Bilingual("没有内容", "it is empty")
            return problem("expression-syntax", self.at, rule, cause=cause)
        if "\n" in body or "\r" in body:
            cause = Bilingual("写了几行", "it has several lines")
            return problem("expression-syntax", self.at, rule, cause=cause)
        for index, quoted in enumerate(_in_quotes(body) if "#" in body else ()):
            if body[index] == "#" and not quoted:
                at = self._stretch(self.start + index, self.start + len(body))
                comment = Bilingual("注释", "comment")
                return problem("forbidden-expression", at, rule, construct=comment)
        return None

    def _syntax(self, error: SyntaxError, rule: str | None) -> Diagnostic:
        """What Python says of the form; it counts columns from 1, and says 0 at the end."""
        index = (error.offset or 0) - 1
        if not 0 <= index < len(self.parsed):
            index = len(self.parsed) - 1
            cause = Bilingual("表达式没有写完", "it is not finished")
        else:
            cause = _cause(error)
        for pattern, meant in _MEANT:
            found = pattern.search(self.parsed)
            if found is not None:
                index, cause = found.start(), meant
                break
        else:
            if self.parsed[index] == "=" and error.msg == "invalid syntax":
                cause = Bilingual("判断相等要写 ==", "for equal write ==")
        start = self._original(index)
        at = self._stretch(start, start + 1)
        return problem("expression-syntax", at, rule, cause=cause)

    def _range(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        start, stop = self._character(node.col_offset), self._character(node.end_col_offset or 0)
        return self._original(start), self._original(stop)

    def _character(self, offset: int) -> int:
        """Python counts the bytes of UTF-8, we count characters."""
        if self.parsed.isascii():
            return offset
        return len(self.parsed.encode()[:offset].decode())

    def _original(self, index: int) -> int:
        if not self.inserted:
            return self.start + index
        return self.start + index - sum(1 for place in self.inserted if place < index)

    def _stretch(self, start: int, stop: int) -> Position:
        """The place of `text[start:stop]`.

        The place of the whole scalar where the two cannot be matched character by character: text
        over several lines, or with escapes.
        """
        at = self.at
        width = at.end_column - at.column + 1
        if at.line != at.end_line or width not in (1, len(self.text), len(self.text) + 2):
            return at
        column = at.column + (1 if width == len(self.text) + 2 else 0)
        return Position(at.file, at.line, column + start, at.line, column + max(start, stop - 1))


def span_of(at: Position) -> Span:
    """The span of a place; of one over several lines, its first character."""
    end = at.end_column if at.end_line == at.line else at.column
    return Span(at.file, at.line, at.column, end)


def _in_quotes(text: str) -> list[bool]:
    """For each character, whether it stands inside quotes; the quotes themselves do not."""
    if '"' not in text and "'" not in text:
        return [False] * len(text)
    inside: list[bool] = []
    quote = ""
    for character in text:
        inside.append(bool(quote) and character != quote)
        if character == quote:
            quote = ""
        elif not quote and character in _QUOTES:
            quote = character
    return inside


def _full_width(text: str) -> list[int]:
    wide = [found.start() for found in _WIDE.finditer(text)]
    if not wide:
        return []
    quoted = _in_quotes(text)
    return [index for index in wide if not quoted[index]]


def _half_width(text: str) -> str:
    """The text as it was meant, so that its other problems are found too."""
    wide = _full_width(text)
    if not wide:
        return text
    characters = list(text)
    for index in wide:
        half = _HALF_WIDTH[characters[index]]
        characters[index] = half if len(half) == 1 else characters[index]
    return "".join(characters)


def _bracket_first(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with brackets round what `first` chooses from, and where they were put."""
    calls = list(_FIRST.finditer(text))
    if not calls:
        return text, ()
    quoted = _in_quotes(text)
    places: list[tuple[int, str]] = []
    for call in calls:
        comma = _comma_before_by(text, quoted, call.end())
        if comma is not None and not quoted[call.start()]:
            places += [(call.end(), "("), (comma, ")")]
    inserted: list[int] = []
    parts: list[str] = []
    last = 0
    for count, (place, bracket) in enumerate(sorted(places)):
        parts += [text[last:place], bracket]
        inserted.append(place + count)
        last = place
    return "".join([*parts, text[last:]]), tuple(inserted)


def _comma_before_by(text: str, quoted: list[bool], start: int) -> int | None:
    """The comma before `by=` in the call whose arguments begin at `start`."""
    depth = 0
    for index in range(start, len(text)):
        if quoted[index]:
            continue
        if text[index] in "([{":
            depth += 1
        elif text[index] in ")]}":
            depth -= 1
            if depth < 0:
                return None
        elif depth == 0 and text[index] == ",":
            return index if re.match(r"\s*by\s*=(?!=)", text[index + 1 :]) else None
    return None


def _cause(error: SyntaxError) -> Bilingual:
    said = error.msg
    fitting = [begin for begin in _CAUSES if said.startswith(begin)]
    zh = _CAUSES[max(fitting, key=len)] if fitting else "语法有误"
    return Bilingual(zh, said.rstrip("."))


@lru_cache(maxsize=4096)
def _syntax_tree(text: str) -> tuple[ast.expr, ast.expr | None]:
    """Python's tree, and the first node that is nested too deeply; raises as `ast.parse` does.

    Kept, since most texts stand in many versions of an instrument. Nobody changes a tree.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text, mode="eval").body
    return tree, _too_deep(tree)


def _too_deep(tree: ast.expr) -> ast.expr | None:
    """The first node that is nested too deeply. Without recursion: the depth is what is bounded."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, ast.expr):
            if depth > DEEPEST:
                return node
            depth += 1
        waiting += [(child, depth) for child in ast.iter_child_nodes(node)]
    return None
