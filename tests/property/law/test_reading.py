"""Reading rulesets: whatever is done to a text, problems come back and nothing is raised."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.language.node import Mapping
from engine.language.read import open_source, read_version
from engine.law.amendments import Consolidated, amend, enact
from engine.law.provisions import locals_in, renumber
from engine.law.vocabulary import load_vocabulary
from tests.unit.law.lending import BASE, VOCABULARY, amending, write

CHANGES = """\
- replace-rule: 3.1/junior
  with:
    when: not loan.by_junior
- repeal: [3.2, 4]
- renumber: {from: 7, to: 8}
- add: 3.3
  with:
    id: excused
- rename-authority: {from: 图书馆, to: 文化馆}
- not-read: {day: 2004-05-01, may-touch: [3]}
"""
WORDS = ["", "  ", "-", "[]", "{}", ":", "null", "for", "when: [a, b]", "3+", "between(1, 2)", "é"]


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A text with a few lines dropped, doubled, moved or overwritten."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        index = draw(st.integers(0, len(lines) - 1))
        what = draw(st.sampled_from(["drop", "double", "indent", "cut", "word"]))
        line = lines[index]
        if what == "drop":
            lines[index] = ""
        elif what == "double":
            lines.insert(index, line)
        elif what == "indent":
            lines[index] = " " * draw(st.integers(0, 6)) + line.lstrip()
        elif what == "cut":
            lines[index] = line[: draw(st.integers(0, max(0, len(line) - 1)))]
        else:
            head, colon, _ = line.partition(":")
            lines[index] = head + colon + " " + draw(st.sampled_from(WORDS))
    return "\n".join(lines) + "\n"


def tree(text: str) -> Mapping:
    node, problems = open_source(text, "a.yaml")
    assert problems == []
    assert node is not None
    return node


def base() -> Consolidated:
    return enact(tree(BASE), "2001-01-01")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=damaged(BASE), amended=damaged(amending(CHANGES)))
def test_a_damaged_text_gives_problems_and_no_exception(
    tmp_path: Path, text: str, amended: str
) -> None:
    vocabulary, _ = load_vocabulary(write(tmp_path, {}) / "vocabulary")
    assert vocabulary is not None
    before, _ = open_source(text, "a.yaml")
    after, _ = open_source(amended, "b.yaml")
    if before is not None:
        read_version(before, vocabulary, "2001-01-01")
        if after is not None:
            changed, _ = amend(enact(before, "2001-01-01"), after, "2005-01-01")
            read_version(changed.node, vocabulary, "2005-01-01", changed.enacted)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=damaged(VOCABULARY))
def test_a_damaged_vocabulary_gives_problems_and_no_exception(tmp_path: Path, text: str) -> None:
    (tmp_path / "vocabulary").mkdir(exist_ok=True)
    (tmp_path / "vocabulary/words.yaml").write_text(text, encoding="utf-8")
    load_vocabulary(tmp_path / "vocabulary")


@given(order=st.permutations(CHANGES.split("\n- ")))
def test_the_order_of_changes_in_a_file_decides_nothing(order: list[str]) -> None:
    def text(parts: list[str]) -> str:
        return "".join("- " + part.removeprefix("- ").rstrip("\n") + "\n" for part in parts)

    one, first = amend(base(), tree(amending(text(CHANGES.split("\n- ")))), "2005-01-01")
    other, second = amend(base(), tree(amending(text(order))), "2005-01-01")
    assert first == second == []
    assert one.enacted == other.enacted


@given(numbers=st.permutations(["3", "4", "7"]))
def test_numbers_that_are_changed_back_are_the_old_ones(numbers: list[str]) -> None:
    listed = tree(BASE).get("articles")
    articles = tuple(item for item in getattr(listed, "items", ()) if isinstance(item, Mapping))
    there = dict(zip(["3", "4", "7"], numbers, strict=True))
    back = {new: old for old, new in there.items()}
    assert locals_in(renumber(renumber(articles, there), back)) == locals_in(articles)
