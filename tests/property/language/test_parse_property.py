"""Whatever the text: no exception, places inside it, exact numbers, one rendering."""

from __future__ import annotations

import ast
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.language.diagnostics import Language, Severity
from engine.language.expression import Literal
from engine.language.node import Position
from engine.language.parse import parse, parse_value, walk
from engine.language.render import render_expression, render_value
from engine.values.money import Money
from tests.unit.language.library import LIBRARY, VARIABLES, WELL_TYPED

LANGUAGES: tuple[Language, ...] = ("zh", "en")
TOKENS = (
    *(
        "loan",
        "reader",
        ".late",
        ".date",
        ".readers",
        ".card",
        ".book",
        ".price",
        "loans",
        "branch",
    ),
    *("closed", "chess", ".favourite", "any", "all", "count", "sum", "first", "min", "at", "step"),
    *(
        "(",
        ")",
        "[",
        "]",
        ",",
        " for l in ",
        " if ",
        "by=",
        " and ",
        " or ",
        "not ",
        " in ",
        " is ",
    ),
    *("+", "-", "*", "/", "**", "<", "<=", "==", "!=", "=", "1", "0.5", "yuan(3)", "days(2)", " l"),
    *("（", "，", "≥", "’", "é", "借", "'", '"', "#", "\\", "\n", "\t", ":", "{", "}", "@", " "),
    *("between(", "statistic(", "place=", "results_of(", "date(", "true", "verified(", "lambda "),
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(TOKENS), max_size=25).map("".join),
    st.tuples(
        st.sampled_from(sorted(WELL_TYPED)),
        st.sampled_from((" and ", " or ", " + ", " - ", " * ", " / ", " == ", " < ", " in ", ", ")),
        st.sampled_from(sorted(WELL_TYPED)),
    ).map("".join),
)


def at(text: str) -> Position:
    return Position("a.yaml", 4, 7, 4, 7 + len(text) - 1)


@given(TEXTS)
def test_no_text_raises_and_every_refusal_says_why(text: str) -> None:
    found, problems = parse(text, LIBRARY, VARIABLES, at(text))
    wrong = [one for one in problems if one.severity is Severity.ERROR]
    assert (found is None) == bool(wrong)
    assert problems == sorted(problems)
    value, _ = parse_value(text, LIBRARY, VARIABLES, at(text))
    if found is not None:
        assert value is not None
    if value is not None:
        assert render_value(value, LIBRARY, "zh")


@given(TEXTS)
def test_every_place_lies_in_the_text(text: str) -> None:
    found, problems = parse(text, LIBRARY, VARIABLES, at(text))
    for one in problems:
        assert 7 <= one.at.column <= max(7, one.at.end_column) <= max(7, 6 + len(text))
    for part in walk(found) if found is not None else ():
        assert text[part.span.column - 7 : part.span.end_column - 6] == part.source


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_what_can_be_read_can_be_said(text: str, lang: Language) -> None:
    found, _ = parse(text, LIBRARY, VARIABLES, at(text))
    if found is not None:
        said = render_expression(found, LIBRARY, lang)
        assert said == render_expression(found, LIBRARY, lang)
        assert said


@given(st.sampled_from(sorted(WELL_TYPED)))
def test_the_source_of_a_part_means_the_same_alone(text: str) -> None:
    """A part that binds nothing from outside has the same type by itself."""
    found, _ = parse(text, LIBRARY, VARIABLES, at(text))
    assert found is not None
    again, problems = parse(found.source, LIBRARY, VARIABLES, at(found.source), found.type)
    assert problems == []
    assert again is not None and again.type == found.type


@given(st.integers(0, 10**12), st.integers(0, 10**6))
def test_decimals_are_exactly_what_is_written(whole: int, decimals: int) -> None:
    text = f"{whole}.{decimals}"
    number, _ = parse(text, LIBRARY, VARIABLES, at(text))
    assert isinstance(number, Literal)
    assert number.value == Fraction(text)
    assert not isinstance(number.value, float)


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_amounts_are_exactly_what_is_written(yuan: int, fen: int) -> None:
    text = f"yuan('{yuan}.{fen:02}')"
    amount, _ = parse(text, LIBRARY, VARIABLES, at(text))
    assert isinstance(amount, Literal)
    assert amount.value == Money(yuan * 100 + fen)


@given(st.recursive(st.sampled_from(("1", "closed", "loan.late")), lambda inner: st.tuples(
    inner, st.sampled_from((" and ", " or ", " + ", " < ")), inner
).map(lambda parts: f"({''.join(parts)})"), max_leaves=12))  # fmt: skip
def test_brackets_and_operators_are_read_as_python_reads_them(text: str) -> None:
    found, _ = parse(text, LIBRARY, VARIABLES, at(text))
    if found is not None:
        assert ast.dump(ast.parse(found.source, mode="eval")) == ast.dump(
            ast.parse(text, mode="eval")
        )
