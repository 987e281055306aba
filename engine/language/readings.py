"""What is looked up: facts at a date, their evidence, figures, earlier results.

The vocabulary may keep lists of words that are no enumeration of a fact; what it keeps is checked,
by asking `Names.codes` for `issuers`, `series`, and `income.concept`, `income.status` and
`income.level` for the series `income`.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.language.diagnostics import Bilingual, nearest
from engine.language.expression import (
    And,
    At,
    Compare,
    Established,
    Expression,
    Literal,
    Or,
    Read,
    ResultsOf,
    Stated,
    Statistic,
    Verified,
)
from engine.language.types import BOOLEAN, DATE, MONEY, PLACE, Type, code, entity, list_of, number
from engine.language.typing_rules import common

if TYPE_CHECKING:
    from engine.language.typed import Reader, Scope

ISSUERS = "issuers"
SERIES = "series"
RESULTS = "results_of:"
"""With a conclusion's name behind it, what `Names.of_case` is asked for: the results' type."""


def at(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """`at(fact, date)`, `at(fact, year)` or, of a fact with a value for each entity of a kind,
    `at(fact, entity)`. A fact that a day turned has a value at any date, too."""
    fact, when = node.args
    read = reader.name(fact, scope) if isinstance(fact, ast.Name | ast.Attribute) else None
    if not isinstance(fact, ast.Name | ast.Attribute):
        reader.read(when, scope)
        reader.misuse(node)
        return None
    if read is None:
        reader.read(when, scope)
        return None
    varies = reader.infos[read.key].varies if isinstance(read, Read) else "no"
    if isinstance(read, Read) and read.type == BOOLEAN and reader.infos[read.key].turned_by:
        return _turned(reader, node, read, scope)
    if not isinstance(read, Read) or varies == "no":
        wanted = Bilingual("随时间变化的事实", "a fact that varies over time")
        reader.mismatch(fact, wanted, read.type)
        return None
    if varies == "each":
        of = _entity_of(reader, when, scope, reader.infos[read.key].each)
        return of and At(read.type, **reader.place(node), fact=read, when=of)
    day = reader.read_as(when, scope, DATE if varies == "history" else number("year"))
    return day and At(read.type, **reader.place(node), fact=read, when=day)


def _entity_of(
    reader: Reader, node: ast.expr, scope: Scope, kinds: tuple[str, ...]
) -> Expression | None:
    """An entity of one of some kinds."""
    of = reader.read(node, scope)
    if of is None or any(isinstance(common(entity(kind), of.type), Type) for kind in kinds):
        return of
    reader.fits(node, of, entity(kinds[0]))
    return None


def _turned(reader: Reader, node: ast.Call, read: Read, scope: Scope) -> Expression | None:
    """What a condition was at a date, from what it is and the day that turned it: `at(alive, date)`
    is `alive or died_on > date`, `at(closed, date)` is `closed and closed_on <= date`."""
    turned = reader.infos[read.key].turned_by
    when = reader.read_as(node.args[1], scope, DATE)
    turn = None if turned is None else reader.sibling(node.args[0], read, turned.day)
    if turned is None or when is None or turn is None:
        return None
    held_before = turned.before == "true"
    since = Compare(
        BOOLEAN, **reader.place(node), op=">" if held_before else "<=", left=turn, right=when
    )
    made = Or if held_before else And
    return made(BOOLEAN, **reader.place(node), operands=(read, since))


def _fact(reader: Reader, node: ast.expr, scope: Scope) -> Expression | None:
    """A fact of the case itself, not what was made of it."""
    fact = reader.read(node, scope)
    if fact is None:
        return None
    read = fact.fact if isinstance(fact, At) else fact
    if isinstance(read, Read) and reader.infos[read.key].origin in ("found", "built-in"):
        return fact
    wanted = Bilingual("案中找到的事实", "a fact found in the case")
    reader.mismatch(node, wanted, fact.type)
    return None


def established(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """`established(fact)`."""
    fact = _fact(reader, node.args[0], scope)
    return fact and Established(BOOLEAN, **reader.place(node), fact=fact)


def stated(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """`stated(fact)`."""
    fact = _fact(reader, node.args[0], scope)
    return fact and Stated(BOOLEAN, **reader.place(node), fact=fact)


def verified(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """`verified(fact, by_all=[tax, statistics])`, or `by_any`."""
    fact = _fact(reader, node.args[0], scope)
    if len(node.keywords) != 1 or not isinstance(node.keywords[0].value, ast.List | ast.Tuple):
        reader.misuse(node)
        return None
    listed = node.keywords[0].value.elts
    words = [_word(issuer) for issuer in listed]
    issuers = tuple(word for word in words if word is not None)
    if not issuers or len(issuers) < len(listed):
        reader.misuse(node)
        return None
    pairs = zip(listed, issuers, strict=True)
    if not all([_known(reader, issuer, word, ISSUERS) for issuer, word in pairs]) or fact is None:
        return None
    return Verified(
        BOOLEAN,
        **reader.place(node),
        fact=fact,
        issuers=issuers,
        all_of_them=node.keywords[0].arg == "by_all",
    )


def statistic(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """`statistic(income, concept=net, status=rural, place=…, year=…)`, with or without `level=`."""
    series, given = _word(node.args[0]), _keywords(node)
    level_node = given.get("level")
    level = _word(level_node)
    if series is None or (level_node is not None and level is None):
        reader.misuse(node)
        return None
    known = _known(reader, node.args[0], series, SERIES)
    if level_node is not None and level is not None:
        known &= _known(reader, level_node, level, f"{series}.level")
    concept = _statistic_code(reader, given["concept"], scope, f"{series}.concept")
    status = _statistic_code(reader, given["status"], scope, f"{series}.status")
    place = reader.read_as(given["place"], scope, PLACE)
    year = reader.read_as(given["year"], scope, number("year"))
    if concept is None or status is None or place is None or year is None or not known:
        return None
    return Statistic(
        MONEY,
        **reader.place(node),
        series=series,
        concept=concept,
        status=status,
        level=level,
        place=place,
        year=year,
    )


def _statistic_code(
    reader: Reader, node: ast.expr, scope: Scope, enumeration: str
) -> Expression | None:
    """A word of the series, or an expression that gives a code."""
    word = _word(node)
    if word is not None and reader.is_word(node, scope):
        if not _known(reader, node, word, enumeration):
            return None
        return Literal(code(enumeration), **reader.place(node), value=word)
    read = reader.read(node, scope)
    if read is not None and read.type.base != "code":
        reader.mismatch(node, Bilingual("代码", "a code"), read.type)
        return None
    return read


def results(reader: Reader, node: ast.Call, scope: Scope) -> Expression | None:
    """`results_of(kind, of=bearer)`: entities of that kind, or what the vocabulary says."""
    kind = _word(node.args[0])
    if kind is None:
        reader.misuse(node)
        return None
    bearer = reader.read(_keywords(node)["of"], scope)
    if bearer is None:
        return None
    if bearer.type.base != "entity":
        reader.mismatch(_keywords(node)["of"], Bilingual("一个对象", "an entity"), bearer.type)
        return None
    info = reader.names.of_case(RESULTS + kind)
    type = list_of(entity(kind)) if info is None else info.type
    return ResultsOf(type, **reader.place(node), kind=kind, bearer=bearer)


def _word(node: ast.expr | None) -> str | None:
    """A bare word as a code, with hyphens; a text in quotes as it is."""
    if isinstance(node, ast.Name):
        return node.id.replace("_", "-")
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _keywords(node: ast.Call) -> Mapping[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg is not None}


def _known(reader: Reader, node: ast.expr, word: str, enumeration: str) -> bool:
    """Whether a list that the vocabulary keeps has the word; one that it does not keep has all."""
    known = reader.names.codes(enumeration)
    if not known or word in known:
        return True
    near = nearest(word, known)
    reader.report("unknown-code", node, enumeration=enumeration, name=word, nearest=near)
    return False
