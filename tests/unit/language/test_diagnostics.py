"""Diagnostics: a closed list of codes, sentences in two languages, carets under the place."""

import json
import re
from pathlib import Path

import pytest

from engine.language.diagnostics import (
    CATALOGUE,
    Bilingual,
    Severity,
    as_json,
    nearest,
    page,
    problem,
    render,
)
from engine.language.node import Position

ROOT = Path(__file__).parents[3]
AT = Position("a.yaml", 2, 9, 2, 18)


def test_a_code_that_the_catalogue_lacks_is_refused() -> None:
    with pytest.raises(KeyError):
        problem("no-such-code", AT)


def test_the_fields_must_be_those_of_the_sentences() -> None:
    with pytest.raises(TypeError, match="missing-field takes the fields"):
        problem("missing-field", AT)
    with pytest.raises(TypeError, match="alias takes the fields"):
        problem("alias", AT, field="x")


def test_fields_are_said_in_the_language_of_the_sentence() -> None:
    found = problem(
        "conflict", AT, "41/base", other=Position("b.yaml", 7, 1, 7, 2), example=("甲 1", "乙 2")
    )
    assert "b.yaml:7:1" in found.message.zh and "甲 1、乙 2" in found.message.zh
    assert "b.yaml:7:1" in found.message.en and "甲 1, 乙 2" in found.message.en
    named = problem("unknown-name", AT, name="x", nearest=Bilingual("为甲", " to y"))
    assert "为甲" in named.remedy.zh and "Correct the name to y," in named.remedy.en


def test_the_nearest_names_are_told_with_their_labels() -> None:
    known = ["birth.order", "birth.older", "parent.income"]
    told = nearest("birth.oder", known, {"birth.order": "孩次"})
    assert '"birth.order" (孩次)' in told.en and "“birth.order”（孩次）" in told.zh
    assert "parent.income" not in told.en
    assert nearest("birth.oder", reversed(known)) == nearest("birth.oder", known)
    assert nearest("quite else", known) == Bilingual("", "")


def test_diagnostics_are_ordered_by_file_line_column_and_code() -> None:
    def at(file: str, line: int, column: int) -> Position:
        return Position(file, line, column, line, column)

    expected = [
        problem("tag", at("a", 1, 2)),
        problem("alias", at("a", 2, 1)),
        problem("tag", at("a", 2, 1)),
        problem("alias", at("a", 10, 1)),
        problem("alias", at("b", 1, 1)),
    ]
    assert sorted(reversed(expected)) == expected


def test_the_machine_readable_form_has_exactly_these_fields() -> None:
    found = problem("missing-field", AT, "41/base", field="id")
    assert json.loads(json.dumps(as_json(found))) == {
        "code": "missing-field",
        "severity": "error",
        "file": "a.yaml",
        "line": 2,
        "column": 9,
        "rule": "41/base",
        "message": {"zh": "这里缺少“id”。", "en": '"id" is missing here.'},
        "remedy": {"zh": "补上“id”。", "en": 'Add "id".'},
    }


def test_it_is_rendered_with_line_caret_cause_and_remedy() -> None:
    source = "x:\n  when: birth.oder == 1\n"
    told = nearest("birth.oder", ["birth.order"], {"birth.order": "孩次"})
    found = problem("unknown-name", AT, "22.1/first", name="birth.oder", nearest=told)

    assert render(found, source, "en").split("\n") == [
        "a.yaml:2:9: unknown-name in 22.1/first",
        "    when: birth.oder == 1",
        "          ^^^^^^^^^^",
        '  The vocabulary has no "birth.oder". Correct the name to "birth.order" (孩次), '
        "or add the new fact to the vocabulary.",
    ]
    assert render(found, source, "zh").split("\n") == [
        "a.yaml:2:9: unknown-name 规则 22.1/first",
        "    when: birth.oder == 1",
        "          ^^^^^^^^^^",
        "  词汇表里没有“birth.oder”。改写名称为“birth.order”（孩次），或者把新事实加入词汇表。",
    ]


@pytest.mark.parametrize(
    ("line", "start", "end", "spaces", "carets"),
    [
        ("要旨: 甲乙", 5, 6, 6, 4),  # four columns and ": " stand before, two wide characters
        ("a\u0301: b", 5, 5, 3, 1),  # a combining accent takes no column
        ("\ta: b", 5, 5, 4, 1),  # a tab is shown as one blank
        ("a: ", 4, 4, 3, 1),  # behind the end
        ("", 1, 1, 0, 1),
    ],
)
def test_the_caret_stands_under_the_text_whatever_its_width(
    line: str, start: int, end: int, spaces: int, carets: int
) -> None:
    found = problem("alias", Position("f", 1, start, 1, end))
    assert render(found, line, "en").split("\n")[2] == "  " + " " * spaces + "^" * carets


def test_carets_of_a_place_over_several_lines_end_with_the_first() -> None:
    found = problem("alias", Position("f", 1, 4, 3, 2))
    assert render(found, "a: bcd  \n  e\n f", "en").split("\n")[1:3] == ["  a: bcd", "     ^^^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    shown, carets = render(problem("alias", Position("f", 1, 501, 1, 504)), line, "en").split("\n")[
        1:3
    ]
    assert len(shown) < 170
    assert shown[carets.index("^") : carets.index("^") + 4] == "HERE"
    assert carets.strip() == "^^^^"


def test_nothing_in_a_line_can_act_on_the_terminal() -> None:
    told = render(problem("alias", Position("f", 1, 1, 1, 1)), "\x1b[2J\u202e\x07", "en")
    assert not re.search("[\x1b\x07\u202e]", told)


def test_a_line_that_the_source_lacks_is_not_shown() -> None:
    told = render(problem("alias", Position("f", 9, 1, 9, 1)), "a: 1", "en")
    assert told.split("\n")[0] == "f:9:1: alias" and "^" not in told


def test_severity_is_told_unless_it_is_an_error() -> None:
    found = problem("gap", Position("f", 1, 1, 1, 1), text="x")
    assert render(found, "a", "en").startswith("f:1:1: gap (note)\n")
    assert render(found, "a", "zh").startswith("f:1:1: gap (提示)\n")


def test_a_remedy_of_several_lines_is_indented_as_one() -> None:
    found = problem("flow-collection", Position("f", 1, 1, 1, 1), text="f(a", block="x:\n- f(a, b)")
    assert render(found, "", "en").endswith("\n  x:\n  - f(a, b)")


@pytest.mark.parametrize("code", CATALOGUE)
def test_each_code_says_the_same_in_both_languages(code: str) -> None:
    info = CATALOGUE[code]
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code)
    assert info.severity in Severity
    # These would shadow the parameters of `problem`.
    assert not info.fields & {"code", "at", "rule"}
    for text in (info.title, info.explanation, info.remedy):
        assert re.search("[\u4e00-\u9fff]", text.zh) and text.en
        assert set(re.findall(r"\{\w+\}", text.zh)) == set(re.findall(r"\{\w+\}", text.en))
    filled = problem(code, AT, None, **{name: f"<{name}>" for name in info.fields})
    assert "{" not in filled.message.zh + filled.message.en + filled.remedy.zh + filled.remedy.en


def test_the_documented_codes_are_those_of_the_catalogue() -> None:
    assert (ROOT / "docs" / "diagnostics.md").read_text("utf-8") == page()
    assert re.findall(r'<a id="([^"]+)">', page()) == list(CATALOGUE)
