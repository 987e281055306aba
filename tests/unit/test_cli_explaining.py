"""`tiaoli explain` and `tiaoli ask`: what they print, and with which exit code they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli import PROJECT, app

DAYE = PROJECT / "examples/daye-2014.yaml"
PERMIT = PROJECT / "examples/w07-eligibility.yaml"

HUBEI = """\
schema: case/1
as_of: 2013-06-01
question: {ask: fee, about: [k2]}
persons:
  father: {sex: male, born: 1980-03-01, register: [{value: rural, place: 420000}]}
  mother: {sex: female, born: 1981-02-11, register: [{value: rural, place: 420000}]}
couples:
  c1: {partners: [father, mother], married: [{from: 2002-10-01}]}
children:
  listed: all
  k1: {parents: [father, mother], born: 2003-04-02, adopted: false, living: true}
  k2:
    {parents: [father, mother], born: 2012-09-15, adopted: false, approved: false, ground: none}
"""
"""A family of which only the province is known."""


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    runner = CliRunner(env={"TIAOLI_LANG": None})
    return runner.invoke(app, [str(one) for one in arguments], input=stdin)


def test_why_not_names_the_rules_the_nearest_first() -> None:
    result = run("explain", PERMIT, "--why-not", "further-birth")
    assert result.exit_code == 0
    heading, nearest, *_ = result.stdout.splitlines()
    assert "再生育" in heading
    assert "双方均为独生子女" in nearest


def test_why_tells_the_deciding_rules_in_json() -> None:
    found = run("explain", DAYE, "--why", "social-maintenance-fee", "--rule", "41/charge", "--json")
    told = json.loads(found.stdout)
    assert told["schema"] == "explanation/1"
    assert {one["rule"].rpartition("/")[2] for one in told["rules"]} == {"charge"}


@pytest.mark.parametrize("option", ["--possible", "--changes"])
def test_what_may_come_and_what_would_turn_it_is_told(option: str) -> None:
    text = run("explain", DAYE, option, "--lang", "en")
    assert text.exit_code == 0
    assert "mother: undetermined social maintenance fee 29,400.00, or 63,000.00 yuan" in text.stdout
    told = json.loads(run("explain", DAYE, option, "--json").stdout)
    assert told["schema"] == f"{option.removeprefix('--')}/1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "choose one"),
        (("--why", "further-birth", "--possible"), "choose one"),
        (("--why-not", "further-brith"), "further-birth"),
        (("--why-not", "further-birth", "--rule", "9.1/both-only-child"), "9.1/both-only-children"),
    ],
)
def test_what_cannot_be_explained_exits_2_and_says_why(
    arguments: tuple[str, ...], said: str
) -> None:
    result = run("explain", PERMIT, *arguments, "--lang", "en")
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_bad_case_exits_2_with_its_problems(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("schema: case/1\n", encoding="utf-8")
    for command in (("explain", case, "--possible"), ("ask", case)):
        result = run(*command)
        assert result.exit_code == 2
        assert "missing-field" in result.stderr


def test_the_next_question_is_printed_and_exits_3() -> None:
    result = run("ask", DAYE, "--lang", "en")
    assert result.exit_code == 3
    assert "persons.mother.register" in result.stdout
    assert "29,400.00" in result.stdout


@pytest.mark.parametrize("from_stdin", [False, True])
def test_answers_drive_the_interview_to_the_decision(tmp_path: Path, from_stdin: bool) -> None:
    answers = "persons.mother.register: {from: 1981-02-11, value: rural, place: '420281'}\n"
    file = tmp_path / "answers.yaml"
    file.write_text(answers, encoding="utf-8")
    source = ("-",) if from_stdin else (file,)
    result = run("ask", DAYE, "--answers", *source, "--json", stdin=answers)
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["done"]
    assert {band["low"] for band in told["decision"]["bands"]} == {"210000.00", "29400.00"}


def test_what_nobody_can_find_out_ends_the_interview_undetermined() -> None:
    result = run("ask", DAYE, "--skip", "persons.mother.register", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["done"]


@pytest.mark.parametrize("fact", ["persons.mother.registr", "persons.mothr.register", "register"])
def test_a_fact_that_the_case_cannot_have_is_not_passed_over(tmp_path: Path, fact: str) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(f"{fact}: rural\n", encoding="utf-8")
    for given in (("--skip", fact), ("--answers", file)):
        result = run("ask", DAYE, *given, "--lang", "en")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"the case has no such fact: {fact}\n"


def test_answers_that_are_no_mapping_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("- rural\n", encoding="utf-8")
    assert run("ask", DAYE, "--answers", file).exit_code == 2
    assert run("ask", DAYE, "--answers", tmp_path / "none.yaml").exit_code == 2


def test_a_case_that_asks_nothing_more_is_decided_with_words_for_its_paths() -> None:
    result = run("ask", PROJECT / "examples/w01.yaml", "--all")
    assert result.exit_code == 0
    assert "人均可支配收入（县级）（statistics[" in result.stdout
    assert result.stdout.count("statistics[") == 1  # where it stands first


def test_a_case_to_which_nothing_applies_is_told_so_and_asks_nothing(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    asked = HUBEI.replace("ask: fee, about: [k2]", "ask: entitlements, about: [k1]")
    case.write_text(asked.replace("living: true", "living: false"))
    result = run("ask", case)
    assert result.exit_code == 5
    assert "不适用" in result.output


def test_an_answer_that_is_no_value_of_the_fact_is_a_bad_case(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("persons.mother.register: suburban\n", encoding="utf-8")
    result = run("ask", DAYE, "--answers", file)
    assert result.exit_code == 2
    assert "/persons/mother/register" in result.stderr


@pytest.mark.parametrize(
    ("lang", "asks", "said"),
    [
        ("zh", "mother 的户籍地在哪个县（市、区）？", "可以回答：地区代码"),
        (
            "en",
            "In which county is the place of the household register of mother?",
            "answers: the code",
        ),
    ],
)
def test_the_county_of_a_register_is_asked_for_in_a_sentence(
    tmp_path: Path, lang: str, asks: str, said: str
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(HUBEI, "utf-8")
    first, *rest = run("ask", case, "--lang", lang).stdout.splitlines()
    assert first == asks
    assert any(said in line for line in rest)


JIANGSU = """\
schema: case/1
as_of: 2012-05-10
question: {ask: fee, about: [k2]}
persons:
  he: {sex: male, born: 1979-02-01, register: [{value: urban, place: 320116}]}
  she: {sex: female, born: 1981-07-19, register: [{value: rural, place: 320116}]}
couples:
  c1: {partners: [he, she], married: [{from: 2004-05-01}], bigamous: false}
children:
  listed: all
  k1: {parents: [he, she], born: 2005-09-30, adopted: false, living: true}
  k2:
    {parents: [he, she], born: 2011-08-08, adopted: false, living: true, approved: false,
     ground: none}
events:
  v1: {kind: discovery, date: 2012-03-05, place: 320116, about: [k2]}
"""


def test_a_place_that_the_case_has_to_name_is_no_answer(tmp_path: Path) -> None:
    """The average of farmers is that of the township, and the case names only the county."""
    case, file = tmp_path / "case.yaml", tmp_path / "answers.yaml"
    case.write_text(JIANGSU, encoding="utf-8")
    skipped: list[str] = []
    while "places[" not in (asked := json.loads(run("ask", case, "--json", *skipped).stdout)[
        "question"]["fact"]
    ):  # fmt: skip
        skipped += ["--skip", asked]
    file.write_text(json.dumps({asked: "320116001"}), encoding="utf-8")
    result = run("ask", case, "--answers", file, *skipped)
    assert result.exit_code == 2
    assert "六合区（320116）下的哪一个地方" in result.stderr and "改写案件里的地点" in result.stderr
