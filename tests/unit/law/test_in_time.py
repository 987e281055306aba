"""On every day, in every area, one set of rules for each question: what is not so is listed."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from engine.language.fields import Problems
from engine.law.check import check
from engine.law.in_time import Span, in_time, read_questions, write_known
from engine.law.registry import load_registry
from tests.written import write_all

VOCABULARY = """\
enumerations: {}
kinds:
  boat: {section: boats, zh: 船, en: boat}
conclusions:
  toll: {effect: charge, combination: unique, none: free, zh: 过境费, en: toll}
facts:
  boat.long: {type: boolean, zh: 长, en: long}
"""
QUESTIONS = """\
from: 2000-01-01
table-until: 2010
questions:
  toll: {zh: 过境费, en: toll, kinds: [charge toll]}
territories: [420000]
"""
HEAD = """\
instrument:
  id: {id}
  title: {{zh: 例, en: example}}
  rank: {rank}
  territory: {territory}
version: {{in-force: {first}{until}, confidence: confirmed, sources: [S1]}}
"""


def folder(root: Path, *texts: tuple[str, str, str]) -> Path:
    """A folder of rulesets: for each text its path, its head and the rest."""
    written = {
        "vocabulary/words.yaml": VOCABULARY,
        "in-time/questions.yaml": QUESTIONS,
        "sources/s.yaml": 'S1: {where: "w", kind: "k", read: "all"}\n',
        **{path: head + rest for path, head, rest in texts},
    }
    return write_all(root, written)


def local(
    first: str, until: str = "", id: str = "cn/local", rest: str = ""
) -> tuple[str, str, str]:
    until = f", until: {until}" if until else ""
    head = HEAD.format(id=id, rank="local-regulation", territory="420000", first=first, until=until)
    return f"{id}/{first}.yaml", f"{head}fills: [charge toll]\n{rest}", "articles: []\n"


def spans(root: Path) -> list[Span]:
    registry, _ = load_registry(root)
    problems = Problems([])
    asked = read_questions(root, problems)
    assert asked is not None, problems.found
    return in_time(registry, asked)


def told(root: Path) -> list[tuple[str, str | None, str]]:
    return [
        (one.first.isoformat(), one.last and one.last.isoformat(), one.status)
        for one in spans(root)
    ]


def test_before_the_first_text_and_between_two_there_is_a_gap(tmp_path: Path) -> None:
    folder(tmp_path, local("2001-01-01", "2005-06-30"), local("2005-07-01"))
    assert told(tmp_path) == [
        ("2000-01-01", "2000-12-31", "gap"),
        ("2001-01-01", "2005-06-29", "encoded"),
        ("2005-06-30", "2005-06-30", "gap"),
        ("2005-07-01", None, "encoded"),
    ]


def test_two_texts_of_one_area_that_both_say_they_are_complete_overlap(tmp_path: Path) -> None:
    folder(tmp_path, local("1999-01-01"), local("2003-01-01", "2004-01-01", id="cn/other"))
    assert told(tmp_path) == [
        ("2000-01-01", "2002-12-31", "encoded"),
        ("2003-01-01", "2003-12-31", "overlap"),
        ("2004-01-01", None, "encoded"),
    ]


def test_a_first_day_in_a_window_and_an_unread_amendment_are_warnings(tmp_path: Path) -> None:
    unread = "not-read:\n- {day: 2008-01-01, zh: 没有读到, en: not read}\n"
    path, head, rest = local("2001-01-01", rest=unread)
    head = head.replace("in-force: 2001-01-01", "in-force: {from: 2001-01-01, to: 2001-03-01}")
    folder(tmp_path, (path, head, rest))
    assert told(tmp_path) == [
        ("2000-01-01", "2000-12-31", "gap"),
        ("2001-01-01", "2001-02-28", "warning"),
        ("2001-03-01", "2007-12-31", "encoded"),
        ("2008-01-01", None, "warning"),
    ]


RULE = """\
articles:
- article: {article}
  gist: {{zh: 过境费, en: toll}}
  confidence: {confidence}
  for: boat in every_boat
  rules:
  - id: toll
    charge:
      what: toll
      payer: boat
      amount: yuan(1)
"""


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ([], "encoded"),  # a complete list may have nothing
        (["probable"], "encoded"),
        (["memory"], "gap"),
        (["unconfirmed"], "gap"),
        (["confirmed", "unconfirmed"], "warning"),
    ],
)
def test_a_rule_that_does_not_decide_answers_nothing(
    tmp_path: Path, rules: list[str], status: str
) -> None:
    path, head, rest = local("2000-01-01")
    written = [RULE.format(article=n, confidence=one) for n, one in enumerate(rules, 1)]
    body = "articles:\n" + "".join(one.removeprefix("articles:\n") for one in written)
    folder(tmp_path, (path, head, body if rules else rest))
    assert told(tmp_path) == [("2000-01-01", None, status)]


def test_a_question_may_begin_later_than_the_others(tmp_path: Path) -> None:
    folder(tmp_path, local("2005-01-01"))
    questions = tmp_path / "in-time/questions.yaml"
    questions.write_text(QUESTIONS.replace("[charge toll]", "[charge toll], from: 2004-01-01"))
    assert told(tmp_path) == [("2004-01-01", "2004-12-31", "gap"), ("2005-01-01", None, "encoded")]


def test_questions_that_share_a_column_have_its_label(tmp_path: Path) -> None:
    folder(tmp_path, local("2005-01-01"))
    questions = tmp_path / "in-time/questions.yaml"
    questions.write_text(
        QUESTIONS.replace(
            "territories:",
            "  fine: {zh: 罚款, en: fine, kinds: [charge toll], column: dues}\n"
            "  late: {zh: 滞纳金, en: late fee, kinds: [charge toll], column: dues}\n"
            "columns:\n  dues: {zh: 应缴, en: dues}\nterritories:",
        )
    )
    asked = read_questions(tmp_path, Problems([]))
    assert asked is not None
    assert {key: one.en for key, one in asked.columns.items()} == {"toll": "toll", "dues": "dues"}


def codes(root: Path) -> list[str]:
    return [one.code for one in check(root) if one.code.endswith("-gap-in-time")]


def test_a_new_gap_is_an_error_until_it_is_listed(tmp_path: Path) -> None:
    folder(tmp_path, local("2001-01-01"))
    assert codes(tmp_path) == ["new-gap-in-time"]
    write_known(tmp_path, spans(tmp_path))
    assert codes(tmp_path) == []


def test_what_a_text_that_cannot_be_read_would_fill_is_no_gap(tmp_path: Path) -> None:
    folder(tmp_path, local("2001-01-01"))
    text = next(tmp_path.rglob("2001-01-01.yaml"))
    text.write_text("\tbroken: yes\n", encoding="utf-8")
    assert [one.code for one in check(tmp_path)] == ["not-yaml"]


def test_a_listed_gap_that_is_none_is_an_error(tmp_path: Path) -> None:
    folder(tmp_path, local("2001-01-01"))
    write_known(tmp_path, spans(tmp_path))
    folder(tmp_path, local("1999-01-01"))
    assert codes(tmp_path) == ["no-gap-in-time"]


REAL = Path(__file__).parents[3] / "rulesets"


def test_an_injected_gap_of_one_day_in_the_real_rulesets_is_found(tmp_path: Path) -> None:
    copytree(REAL, tmp_path / "rulesets")
    file = tmp_path / "rulesets/cn/hubei/pfp-regulations/2014-03-27.yaml"
    text = file.read_text("utf-8")
    assert "in-force: 2014-03-27," in text
    before = file.with_name("2009-03-01.yaml")
    start = before.read_text("utf-8")
    before.write_text(
        start.replace("in-force: 2009-03-01,", "in-force: 2009-03-01, until: 2014-03-26,"), "utf-8"
    )
    found = {one for one in spans(tmp_path / "rulesets") if one.status == "gap"}
    new = found - {one for one in spans(REAL) if one.status == "gap"}
    day = date(2014, 3, 26)
    assert {(one.question, one.first, one.last) for one in new if one.territory == "420000"} == {
        ("eligibility", day, day),
        ("fee", day, day),
    }


@pytest.mark.parametrize("status", ["gap", "overlap"])
def test_what_is_listed_of_the_real_rulesets_is_what_is_found(status: str) -> None:
    listed = (REAL / "in-time" / "known.csv").read_text("utf-8").splitlines()[1:]
    found = [",".join(one.row) for one in spans(REAL) if one.status == status]
    assert [row for row in listed if row.endswith(status)] == found
