"""From Python's syntax tree to typed nodes: names, operators, conditions, lists.

A whitelist: what no branch here or in `engine.language.operators` and `engine.language.functions`
names is an error. Every problem is collected; where a part is wrong, its neighbours are read all
the same. A node whose part is wrong is None.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypedDict

from engine.language.constructors import is_place_code
from engine.language.diagnostics import Bilingual, Diagnostic, Field, nearest, problem
from engine.language.expression import Expression, Literal, PlacePart, Read, Span, Variable
from engine.language.expression_text import ExpressionText
from engine.language.functions import FUNCTIONS, call
from engine.language.operators import calculate, compare, logic, unary
from engine.language.quantifiers import collect, listed
from engine.language.types import BOOLEAN, PLACE, TEXT, NameInfo, Names, Type, code, number
from engine.language.typing_rules import ORDERED, Mismatch, common, describe
from engine.values.exact import Exact, normalised
from engine.values.ladder import Ladder

Scope = Mapping[str, Type]
"""The variables that may be read here."""

LEVELS = ("province", "city", "county", "township")
"""The parts of a place that can be asked for."""

_TRUTHS = {"true": True, "false": False}
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SHOWN = 40
"""Characters of an expression that a message repeats."""

_CONSTRUCTS: dict[type[ast.expr], Bilingual] = {
    ast.Lambda: Bilingual(" lambda ", "lambda"),
    ast.IfExp: Bilingual(" if … else ", "if … else"),
    ast.JoinedStr: Bilingual("拼接的文字", "text that is put together"),
    ast.Subscript: Bilingual("下标", "subscript"),
    ast.NamedExpr: Bilingual(" := ", ":="),
    ast.Starred: Bilingual("星号参数", "starred argument"),
    ast.Tuple: Bilingual("逐项写出的列表", "list written out"),
    ast.Set: Bilingual("集合", "set"),
    ast.Dict: Bilingual("字典", "dictionary"),
    ast.SetComp: Bilingual("集合", "set"),
    ast.DictComp: Bilingual("字典", "dictionary"),
    ast.GeneratorExp: Bilingual("函数之外的 for … in …", "for … in … outside a function"),
    ast.Await: Bilingual(" await ", "await"),
    ast.Yield: Bilingual(" yield ", "yield"),
    ast.YieldFrom: Bilingual(" yield ", "yield"),
}


class Place(TypedDict):
    """What every node takes beside its type."""

    span: Span
    source: str


class Reader:
    """Reads one expression: the vocabulary, the text, and the problems found so far."""

    def __init__(self, names: Names, written: ExpressionText, rule: str | None) -> None:
        self.names = names
        self.written = written
        self.rule = rule
        self.problems: list[Diagnostic] = []
        self.infos: dict[str, NameInfo] = {}
        """What the vocabulary says of each name that was read, by key."""

    # --- places and problems --------------------------------------------------------------------
    def place(self, node: ast.expr) -> Place:
        """Span and source of a node."""
        return {"span": self.written.span(node), "source": self.written.source(node)}

    def function(self, node: ast.Call) -> str:
        """The name of the function that is called; a call of anything else has none."""
        return node.func.id if isinstance(node.func, ast.Name) else ""

    def report(self, code: str, node: ast.expr | ast.keyword, **fields: Field) -> None:
        """One more problem, at a node."""
        self.problems.append(problem(code, self.written.position(node), self.rule, **fields))

    def shown(self, node: ast.expr) -> str:
        """The text of a node, short enough for a message."""
        source = self.written.source(node)
        return source if len(source) <= _SHOWN else source[: _SHOWN - 1] + "…"

    def mismatch(self, node: ast.expr, expected: Type | Bilingual, found: Type) -> None:
        """Reports that something else belongs where a node stands."""
        wanted = describe(expected) if isinstance(expected, Type) else expected
        self.report("type-mismatch", node, expected=wanted, found=self._about(node, found))

    def misuse(self, node: ast.Call) -> None:
        """Reports a function that is not called as it should be."""
        name = self.function(node)
        usage = FUNCTIONS[name].usage
        self.report("wrong-arguments", node, function=name, expected=usage)

    def disagree(self, why: Mismatch, left: ast.expr, a: Type, right: ast.expr, b: Type) -> None:
        """Reports two operands that do not go together; the place is that of the right one."""
        if why == "type-mismatch":
            self.mismatch(right, a, b)
        else:
            first, second = self._about(left, a), self._about(right, b)
            self.report("unit-mismatch", right, left=first, right=second)

    def _about(self, node: ast.expr, type: Type) -> Bilingual:
        shown, words = self.shown(node), describe(type)
        return Bilingual(f"“{shown}”，{words.zh}", f'"{shown}", {words.en},')

    def fits(self, node: ast.expr, expression: Expression, expected: Type) -> bool:
        """Whether an expression has a type; reports it if not."""
        held = common(expected, expression.type)
        if isinstance(held, Type):
            return True
        if held == "unit-mismatch":
            wanted, found = describe(expected), self._about(node, expression.type)
            self.report("unit-mismatch", node, left=wanted, right=found)
        else:
            self.mismatch(node, expected, expression.type)
        return False

    def ordered(self, node: ast.expr, type: Type) -> bool:
        """Whether a type has a least and a greatest; reports it if not."""
        if type.base in ORDERED:
            return True
        self.mismatch(node, Bilingual("可以比较大小的值", "something that has an order"), type)
        return False

    def read_as(self, node: ast.expr, scope: Scope, expected: Type) -> Expression | None:
        """Reads an expression that must have a type."""
        expression = self.read(node, scope, expected)
        if expression is None or not self.fits(node, expression, expected):
            return None
        return expression

    # --- expressions ----------------------------------------------------------------------------
    def read(self, node: ast.expr, scope: Scope, expected: Type | None = None) -> Expression | None:
        """The typed node. `expected` gives a bare word its enumeration; it is not enforced."""
        match node:
            case ast.Constant():
                return self._constant(node, expected)
            case ast.Name() | ast.Attribute():
                return self._unvarying(node, self.name(node, scope, expected))
            case ast.BoolOp():
                return logic(self, node, scope)
            case ast.UnaryOp():
                return unary(self, node, scope)
            case ast.BinOp():
                return calculate(self, node, scope)
            case ast.Compare():
                return compare(self, node, scope)
            case ast.Call():
                return call(self, node, scope)
            case ast.ListComp():
                return collect(self, node, scope)
            case ast.List():
                return listed(self, node, scope)
        other = Bilingual("这种写法", "such construct")
        self.report("forbidden-expression", node, construct=_CONSTRUCTS.get(type(node), other))
        return None

    def read_all(self, nodes: Sequence[ast.expr], scope: Scope, expected: Type) -> list[Expression]:
        """Those of the expressions that can be read and have the type."""
        read = [self.read_as(node, scope, expected) for node in nodes]
        return [expression for expression in read if expression is not None]

    def amount(self, node: ast.expr) -> Exact | None:
        """The exact number that a literal says; None if it is no plain decimal."""
        if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
            return None
        source = self.written.ascii(node)
        return normalised(Fraction(source)) if _DECIMAL.fullmatch(source) else None

    def _constant(self, node: ast.Constant, expected: Type | None) -> Expression | None:
        value = node.value
        if isinstance(value, str):
            if expected is not None and expected.base in ("code", "step"):
                return self._coded(node, value, expected)
            if expected == PLACE and is_place_code(value):
                return Literal(PLACE, **self.place(node), value=value)
            return Literal(TEXT, **self.place(node), value=value)
        amount = self.amount(node)
        if amount is not None:
            return Literal(number(), **self.place(node), value=amount)
        shown = self.shown(node)
        lower = shown.lower()
        if lower in _TRUTHS:
            construct = Bilingual(f"“{shown}”（应写 {lower}）", f'"{shown}" (write {lower})')
        else:
            construct = Bilingual(f"“{shown}”", f'"{shown}"')
        self.report("forbidden-expression", node, construct=construct)
        return None

    # --- names ----------------------------------------------------------------------------------
    def name(
        self, node: ast.Name | ast.Attribute, scope: Scope, expected: Type | None = None
    ) -> Expression | None:
        """What a name stands for, dots and all. A fact that varies comes back as it is."""
        root: ast.expr = node
        steps: list[ast.Attribute] = []
        while isinstance(root, ast.Attribute):
            steps.insert(0, root)
            root = root.value
        if not isinstance(root, ast.Name):
            start = self.read(root, scope)
            return None if start is None else self._follow(start, root, steps)
        if root.id in scope:
            variable = Variable(scope[root.id], **self.place(root), name=root.id)
            return self._follow(variable, root, steps)
        if not steps:
            if root.id in _TRUTHS:
                return Literal(BOOLEAN, **self.place(root), value=_TRUTHS[root.id])
            if expected is not None and code_of(root.id, expected, self.names) is not None:
                return self._coded(root, root.id, expected)
        for count in range(len(steps), -1, -1):
            last = steps[count - 1] if count else root
            dotted = ".".join([root.id, *(step.attr for step in steps[:count])])
            info = self.names.of_case(dotted)
            if info is not None:
                start = self._read_name(last, info, None)
                return self._follow(start, last, steps[count:])
        self._unknown_root(root, steps, scope, expected)
        return None

    def is_word(self, node: ast.expr, scope: Scope) -> bool:
        """Whether a node is a bare word or a text in quotes: it may be a code of the other side."""
        if isinstance(node, ast.Constant):
            return isinstance(node.value, str)
        return isinstance(node, ast.Name) and node.id not in scope and node.id not in _TRUTHS

    def is_code_word(self, node: ast.expr, scope: Scope) -> bool:
        """Whether a node is a bare word that can only be a code: no name of the case."""
        is_word = isinstance(node, ast.Name) and self.is_word(node, scope)
        return is_word and self.names.of_case(self.written.ascii(node)) is None

    def _coded(self, node: ast.expr, word: str, expected: Type) -> Expression | None:
        found = code_of(word, expected, self.names)
        if found is None:
            about = str(expected.about)
            near = nearest(word.replace("_", "-"), words_of(expected, self.names))
            self.report("unknown-code", node, enumeration=about, name=word, nearest=near)
            return None
        if expected.base == "step":
            ladder = Ladder(str(expected.about), tuple(self.names.ladder(str(expected.about))))
            return Literal(expected, **self.place(node), value=ladder.step(found))
        return Literal(code(str(expected.about)), **self.place(node), value=found)

    def _read_name(self, node: ast.expr, info: NameInfo, subject: Expression | None) -> Read:
        if info.deprecated is not None:
            use = info.deprecated.removeprefix("use ")
            self.report("deprecated-name", node, name=info.key, use=use)
        self.infos[info.key] = info
        return Read(info.type, **self.place(node), subject=subject, key=info.key)

    def sibling(self, node: ast.expr, read: Read, name: str) -> Read | None:
        """Another name of what a read name is of; None if there is none."""
        kind, dotted, _ = read.key.rpartition(".")
        info = self.names.of_kind(kind, name) if dotted else self.names.of_case(name)
        return None if info is None else self._read_name(node, info, read.subject)

    def _follow(
        self, start: Expression, at: ast.expr, steps: Sequence[ast.Attribute]
    ) -> Expression | None:
        """The value that full stops lead to from a start."""
        current: Expression | None = start
        while steps and current is not None:
            current = self._unvarying(at, current)
            if current is None:
                return None
            if current.type == PLACE:
                current = self._part(current, steps[0])
                taken = 1
            elif current.type.base == "entity" and current.type.about is not None:
                current, taken = self._of_entity(current, steps)
            else:
                wanted = Bilingual(
                    f"有“{steps[0].attr}”的对象", f'something that has "{steps[0].attr}"'
                )
                self.mismatch(at, wanted, current.type)
                return None
            at, steps = steps[taken - 1], steps[taken:]
        return current

    def _part(self, place: Expression, step: ast.Attribute) -> Expression | None:
        if step.attr in LEVELS:
            return PlacePart(PLACE, **self.place(step), place=place, level=step.attr)
        holder = self.written.ascii(step.value)
        near = nearest(f"{holder}.{step.attr}", [f"{holder}.{level}" for level in LEVELS])
        self.report("unknown-name", step, name=self.shown(step), nearest=near)
        return None

    def _of_entity(
        self, subject: Expression, steps: Sequence[ast.Attribute]
    ) -> tuple[Expression | None, int]:
        """The longest name of the subject's kind, and how many steps it takes."""
        kind = str(subject.type.about)
        for count in range(len(steps), 0, -1):
            info = self.names.of_kind(kind, ".".join(step.attr for step in steps[:count]))
            if info is not None:
                return self._read_name(steps[count - 1], info, subject), count
        holder = self.written.ascii(steps[0].value)  # by the author's own word: parent, not person
        known = [f"{holder}.{one.removeprefix(f'{kind}.')}" for one in self.names.names_of(kind)]
        wrong = f"{holder}.{steps[0].attr}"
        self.report("unknown-name", steps[0], name=wrong, nearest=nearest(wrong, known))
        return None, 1

    def _unvarying(self, node: ast.expr, read: Expression | None) -> Expression | None:
        """A value as it may be used; a fact that varies has one only at a date."""
        if not isinstance(read, Read) or self.infos[read.key].varies == "no":
            return read
        shown = self.shown(node)
        by_year = self.infos[read.key].varies == "year"
        zh, en = ("年份", "year") if by_year else ("日期", "date")
        self.report(
            "type-mismatch",
            node,
            expected=Bilingual(f" at({shown}, {zh})", f"at({shown}, {en})"),
            found=Bilingual(f"随时间变化的“{shown}”", f'"{shown}", which varies over time,'),
        )
        return None

    def _unknown_root(
        self, root: ast.Name, steps: Sequence[ast.Attribute], scope: Scope, expected: Type | None
    ) -> None:
        if not steps and expected is not None and words_of(expected, self.names):
            self._coded(root, root.id, expected)
            return
        kind = self.names.kind_of(root.id)
        if kind is not None:
            near = Bilingual(
                f"：这里没有“{root.id}”，先写 for: {root.id} in …",
                f': no "{root.id}" is bound here, write for: {root.id} in … first',
            )
        elif root.id.isascii():
            near = nearest(root.id, [*scope, *self.names.names_of(None)])
        else:
            near = nearest(root.id, scope, self._labels(scope))
        self.report("unknown-name", root, name=root.id, nearest=near)

    def _labels(self, scope: Scope) -> dict[str, str]:
        """The Chinese labels of all names that can stand here, each as it would be written."""
        known = {one: self.names.of_case(one) for one in self.names.names_of(None)}
        for variable, type in scope.items():
            kind = str(type.about)
            for one in self.names.names_of(kind) if type.base == "entity" else ():
                name = one.removeprefix(f"{kind}.")
                known[f"{variable}.{name}"] = self.names.of_kind(kind, name)
        return {name: info.zh for name, info in known.items() if info is not None}


def words_of(type: Type, names: Names) -> Sequence[str]:
    """The codes of an enumeration or the steps of a ladder; nothing for another type."""
    if type.base == "code":
        return names.codes(str(type.about))
    return names.ladder(str(type.about)) if type.base == "step" else ()


def code_of(word: str, type: Type, names: Names) -> str | None:
    """The code or step that a word names: `civil_servant` is `civil-servant`; None if none."""
    known = words_of(type, names)
    return next((one for one in (word, word.replace("_", "-")) if one in known), None)
