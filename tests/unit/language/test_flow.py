"""Brackets hold names and numbers; anything else is reported with the block form."""

import pytest

from engine.language.flow import flow_collections
from engine.language.source import load, to_plain

BELOW = {"articles", "changes"}


def blocks(text: str) -> list[str]:
    """The block forms that the remedies print."""
    found = flow_collections(load(text, "f"), BELOW)
    return [diagnostic.remedy.en.split("\n", 1)[1] for diagnostic in found]


@pytest.mark.parametrize(
    "harmless",
    [
        "[17.1, 17.3]",
        "[16.4/only-child, 41-44, unnumbered-topic]",
        "[permit further-birth, open]",
        "{from: 甲部门, to: 乙部门}",
        "{from: 2003-01-16, to: 2003-04-01}",
        "[-1, 3+, 20]",
        "{zh: 双方均为甲，乙除外, en: for both}",
        '{zh: 甲, en: "for a, or (if not) b"}',
        "[]",
        "{}",
    ],
)
def test_names_numbers_and_pairs_of_texts_may_stand_in_brackets(harmless: str) -> None:
    assert blocks(f"articles:\n- x: {harmless}\n") == []


@pytest.mark.parametrize(
    ("written", "block"),
    [
        ("{amount: at(a.b, c)}", "x:\n  amount: at(a.b, c)"),
        ("{amount: min(a, max(b, c)), to: d}", "x:\n  amount: min(a, max(b, c))\n  to: d"),
        ("[f(a, b), c]", "x:\n- f(a, b)\n- c"),
        ("{a: days(60)}", "x:\n  a: days(60)"),
        ('["a b", c]', "x:\n- a b\n- c"),
        ('["a: b"]', 'x:\n- "a: b"'),
        ("[a >= 1]", "x:\n- a >= 1"),
        ("[a and b]", "x:\n- a and b"),
        ("[not a]", "x:\n- not a"),
        ("{a: 1, b}", "x:\n  a: 1, b"),
        ("{a, b: 1}", "x:\n  a:\n  b: 1"),
        ("{zh: 甲, en: one, or two}", "x:\n  zh: 甲\n  en: one, or two"),
        ("{a: {b: [c * 2], d: [], e: {}}}", "x:\n  a:\n    b:\n    - c * 2\n    d: []\n    e: {}"),
        ("[{a: x*2, b: y}]", "x:\n- a: x*2\n  b: y"),
    ],
)
def test_anything_more_is_an_error_with_the_block_form(written: str, block: str) -> None:
    assert blocks(f"changes:\n- x: {written}\n") == [block]
    assert flow_collections(load(block, "f"), {"x"}) == ()


def test_the_error_points_at_the_first_thing_that_is_no_name() -> None:
    [found] = flow_collections(load("articles:\n- x: {a: b, c: f(d, e)}\n", "f"), BELOW)
    assert (found.code, found.at.line, found.at.column, found.at.end_column) == (
        *("flow-collection", 2, 16, 18),
    )


def test_a_list_in_brackets_at_the_top_is_checked_itself() -> None:
    assert blocks("changes: [f(a, b)]") == ["- f(a, b)"]


def test_only_the_named_keys_are_checked() -> None:
    text = "terms: {a: f(x, y)}\nversion: ['a b']\n"
    assert flow_collections(load(text, "f"), BELOW) == ()
    assert flow_collections(load("[f(x)]", "f"), BELOW) == ()


def test_every_bracket_is_reported_at_once() -> None:
    assert len(blocks("articles:\n- [f(a)]\n- b: [g(c)]\nchanges:\n- {d: h(e)}\n")) == 3


def test_the_block_form_of_quoted_text_means_the_same() -> None:
    written = r"""["- a", "b #c", "d\"e\\", "null", "", " f", "g\nh", "*i"]"""
    [block] = blocks(f"articles:\n- x: {written}\n")
    assert to_plain(load(block, "f")) == to_plain(load(f"x: {written}", "f"))
