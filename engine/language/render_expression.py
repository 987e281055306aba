"""Expressions in words, from the labels of the vocabulary.

Every node has a rendering in both languages, and the same node always the same one.
`engine.language.render` opens this to others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from engine.language.dependencies import walk
from engine.language.expression import (
    And,
    Arithmetic,
    At,
    Call,
    Collect,
    Compare,
    Established,
    Expression,
    Listed,
    Literal,
    Member,
    Negate,
    Not,
    Or,
    PlacePart,
    Quantify,
    Read,
    ResultsOf,
    Stated,
    Statistic,
    Variable,
    Verified,
)
from engine.language.types import BOOLEAN
from engine.language.wording import Wording
from engine.values.dates import Period
from engine.values.ladder import Step
from engine.values.money import Money, format_yuan

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ ", "**": " ^ "}
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
_COUNTED = {
    **{base: base for base in ("boolean", "number", "date", "step", "period")},
    "money": "number",
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def clause(expression: Expression, words: Wording) -> str:
    """An expression as a statement if it is a condition, else as what it stands for."""
    match expression:
        case Literal():
            return _literal(expression, words)
        case Variable(name=name):
            return dict(words.variables).get(name) or words.thing(expression.type, "free")
        case Read() | At():
            return named(expression, words, "holds")
        case PlacePart(place=place, level=level):
            return words.say(level, place=clause(place, words))
        case Compare():
            return _comparison(expression, words)
        case Member():
            return _membership(expression, words)
        case And(operands=operands):
            return words.say("and").join(_inside(one, words, (Or,)) for one in operands)
        case Or(operands=operands):
            return words.say("or").join(_inside(one, words, (And,)) for one in operands)
        case Not(operand=Read() | At() as operand):
            return named(operand, words, "fails")
        case Not(operand=Quantify(function="any") as operand):
            return _quantified(operand, words, "none")
        case Not(operand=operand):
            return words.say("not", a=_inside(operand, words, (And, Or, Not, Compare, Member)))
        case Arithmetic():
            return _calculation(expression, words)
        case Negate(operand=operand):
            return "−" + _inside(operand, words, (Arithmetic,))
        case Quantify(function=function):
            return _quantified(expression, words, function)
        case Listed(items=items):
            return words.listed([clause(item, words) for item in items])
        case Collect():
            return _collected(expression, words)
        case Established(fact=fact):
            return words.say("established", fact=noun(fact, words))
        case Stated(fact=fact):
            return words.say("stated", fact=noun(fact, words))
        case Verified(fact=fact, issuers=issuers, all_of_them=all_of_them):
            parts = words.listed([words.issuer(issuer) for issuer in issuers])
            among = words.say("all-issuers" if all_of_them else "any-issuer", issuers=parts)
            by = parts if len(issuers) == 1 else among
            return words.say("verified", fact=noun(fact, words), issuers=by)
        case Statistic():
            return _statistic(expression, words)
        case ResultsOf(kind=kind, bearer=bearer):
            label = words.conclusion(kind)
            return words.say("results", label=label, bearer=clause(bearer, words))
        case Call():
            return _call(expression, words)
    raise TypeError(f"{type(expression).__name__} is no expression of the language")


def noun(expression: Expression, words: Wording) -> str:
    """An expression as the thing that is spoken of: a condition as whether it is so."""
    if isinstance(expression, Read | At):
        return named(expression, words, "whether")
    return _inside(expression, words, (And, Or, Not, Compare, Member))


def named(expression: Read | At, words: Wording, mood: str) -> str:
    """A fact; one that is a condition in a mood: `holds`, `fails`, `whether`."""
    read = expression.fact if isinstance(expression, At) else expression
    key = mood if expression.type == BOOLEAN else "read"
    fields = {"label": words.name(read.key)}
    if read.subject is None:
        key = f"case-{key}"
    else:
        fields["subject"] = clause(read.subject, words)
        if key == "read":
            fields["label"] = bare(fields["label"], read.subject, words)
    if isinstance(expression, At):
        key = f"{key}-at"
        day = expression.when.type.base == "date"
        fields["when"] = words.say("on" if day else "in", when=_moment(expression.when, words))
    return words.say(key, **fields)


def bare(label: str, subject: Expression, words: Wording) -> str:
    """A label without its article, and without its subject where it names that too.

    The "day of the loan" of a loan is its day; 该借阅的读者 are its 读者.
    """
    if subject.type.about is not None:
        owner = words.say("free", kind=words.kind(subject.type.about))
        label = label.removeprefix(f"{owner}的").removesuffix(f" of {owner}")
    return label.removeprefix("the ")


def _moment(when: Expression, words: Wording) -> str:
    """A day, or a year."""
    if isinstance(when, Literal) and isinstance(when.value, int):
        return words.say("year-of", number=when.value)
    return clause(when, words)


def _inside(expression: Expression, words: Wording, compound: tuple[type[Expression], ...]) -> str:
    text = clause(expression, words)
    return words.bracketed(text) if isinstance(expression, compound) else text


def _literal(literal: Literal, words: Wording) -> str:
    value = literal.value
    match value:
        case bool():
            return words.say("true" if value else "false")
        case int() | Fraction():
            is_percent = literal.source.startswith("percent")
            return exact(value * 100) + "%" if is_percent else exact(value)
        case Money():
            return words.say("yuan", amount=format_yuan(value, grouped=True))
        case date():
            return words.say("day", year=value.year, month=value.month, day=value.day)
        case Period():
            return _period(value, words)
        case Step():
            return words.step(value.ladder.name, value.name)
    text = str(value)
    if literal.type.base == "code":
        return words.code(str(literal.type.about), text)
    if literal.type.base == "place":
        return words.say("place-code", code=text)
    return words.say("text", text=text)


def exact(value: int | Fraction) -> str:
    """An exact number: with decimals where they end, else as a fraction.

    >>> exact(Fraction(3, 5)), exact(Fraction(1, 3))
    ('0.6', '1/3')
    """
    value = Fraction(value)
    for decimals in range(13):
        shifted = value * 10**decimals
        if shifted.denominator == 1:
            digits = f"{abs(shifted.numerator):0{decimals + 1}}"
            sign = "-" if value < 0 else ""
            whole, rest = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
            return f"{sign}{whole}.{rest}" if rest else sign + whole
    return str(value)


def _period(period: Period, words: Wording) -> str:
    units = [("days", period.days)]
    if period.months % 12 == 0:
        units.insert(0, ("years", period.months // 12))
    else:
        units.insert(0, ("months", period.months))
    said = [(unit, n) for unit, n in units if n] or [("days", 0)]
    return " ".join(words.say(f"one-{unit}" if n == 1 else unit, n=n) for unit, n in said)


def _comparison(node: Compare, words: Wording) -> str:
    """A comparison; a constant is said last."""
    op, left, right = node.op, node.left, node.right
    if isinstance(left, Literal):
        op, left, right = _MIRRORED[op], right, left
    counted = _COUNTED.get(node.left.type.base, "")
    if op in ("==", "!=") and counted not in ("number", "boolean"):
        return words.say(op, a=noun(left, words), b=noun(right, words))
    return words.say(f"{counted} {op}", a=noun(left, words), b=noun(right, words))


def _membership(node: Member, words: Wording) -> str:
    item = noun(node.item, words)
    options = [noun(option, words) for option in node.options]
    if len(options) == 1 and node.options[0].type.base == "list":
        key = "excludes" if node.negated else "includes"
        return words.say(key, listed=options[0], item=item)
    if len(options) == 1:
        return words.say("!=" if node.negated else "==", a=item, b=options[0])
    key = "none-of" if node.negated else "one-of"
    return words.say(key, item=item, options=words.listed(options))


def _calculation(node: Arithmetic, words: Wording) -> str:
    left, right = clause(node.left, words), clause(node.right, words)
    binding = _BINDING[node.op]
    if isinstance(node.left, Negate) or (
        isinstance(node.left, Arithmetic) and (_BINDING[node.left.op] < binding or node.op == "**")
    ):
        left = words.bracketed(left)
    if isinstance(node.right, Negate) or (
        isinstance(node.right, Arithmetic) and _BINDING[node.right.op] <= binding
    ):
        right = words.bracketed(right)
    return left + _SIGNS[node.op] + right


def _among(node: Quantify | Collect, words: Wording, inner: Wording) -> str:
    text = clause(node.collection, words)
    if node.where is None:
        return text
    return words.say("among", listed=text, where=clause(node.where, inner))


def _inner(node: Quantify | Collect, words: Wording) -> Wording:
    return words.binding(node.variable, node.collection.type.item or node.type)


def _quantified(node: Quantify, words: Wording, function: str) -> str:
    """A function over a list; `function` is its own, or `none` for `not any`."""
    inner = _inner(node, words)
    fields = {"among": _among(node, words, inner)}
    phrase = _subject_phrase(node, function)
    if phrase is not None and node.body is not None:
        subject = (node.variable, words.say(phrase, **fields))
        return clause(node.body, replace(words, variables=(subject, *words.variables)))
    key = function
    if node.body is not None:
        fields["body"] = clause(node.body, inner)
        key = f"{key} {node.type.base}" if node.type.base in ("date", "step") else key
    if node.by is not None:
        fields["by"] = clause(node.by, inner)
        key = "earliest" if node.by.type.base == "date" else key
    return words.say(key, **fields)


def _subject_phrase(node: Quantify, function: str) -> str | None:
    """How a quantifier is said as the subject of its body, where it is spoken of once, up front:
    `any(p.staff for p in readers)` is "… applies to at least one of the readers"."""
    body = node.body
    if body is None or function not in ("any", "all", "none") or _is_ambiguous(body, function):
        return None
    first = body.left if isinstance(body, Compare) else body
    first = body.item if isinstance(body, Member) else first
    read = first.fact if isinstance(first, At) else first
    subject = read.subject if isinstance(read, Read) else read
    named = [part for part in walk(body) if _is_variable(part, node.variable)]
    if len(named) != 1 or named[0] is not subject:
        return None
    if function == "all":
        return "every-one-holds" if isinstance(body, Read | At) else "every-one"
    return f"{function}-one"


def _is_ambiguous(body: Expression, function: str) -> bool:
    """Whether "every one of" or "none of" inside the body could be taken for something else:
    that a list does not include every one of several leaves open whether it includes some."""
    if isinstance(body, Compare):
        return body.op == "!="
    is_list = isinstance(body, Member) and body.options[0].type.base == "list"
    return isinstance(body, Member) and (body.negated or (function == "none" and is_list))


def _is_variable(part: Expression, name: str) -> bool:
    return isinstance(part, Variable) and part.name == name


def _collected(node: Collect, words: Wording) -> str:
    inner = _inner(node, words)
    among = _among(node, words, inner)
    if node.body is None:
        return among
    key = "join" if node.body.type.base == "list" else "collect"
    return words.say(key, among=among, body=clause(node.body, inner))


def _statistic(node: Statistic, words: Wording) -> str:
    details = [clause(node.concept, words), clause(node.status, words)]
    if node.level is not None:
        details.append(words.say("level", level=words.code(f"{node.series}.level", node.level)))
    return words.say(
        "statistic",
        series=words.code("series", node.series),
        details=("，" if words.lang == "zh" else ", ").join(details),
        place=clause(node.place, words),
        year=_moment(node.year, words),
    )


def _call(node: Call, words: Wording) -> str:
    values = [clause(argument, words) for argument in node.arguments]
    if node.function in ("min", "max"):
        key = "least" if node.function == "min" else "greatest"
        return words.say(key, values=words.listed(values))
    if node.function in ("months_after", "days_after"):
        return words.say(node.function, values[0], _length(node, values[1], words))
    if node.function != "step":
        return words.say(node.function, *values)
    count = node.arguments[1]
    n = count.value if isinstance(count, Literal) and isinstance(count.value, int) else 0
    return words.say("step-down" if n < 0 else "step-up", a=values[0], n=abs(n))


def _length(node: Call, text: str, words: Wording) -> str:
    """So many months or days: a constant or a calculation."""
    count = node.arguments[1]
    unit = "months" if node.function == "months_after" else "days"
    if isinstance(count, Literal):
        return words.say(f"one-{unit}" if count.value == 1 else unit, n=text)
    return words.say(unit, n=words.bracketed(text))
