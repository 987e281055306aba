"""`tiaoli choose`: what is open, a choice recorded with its reasons, compared with earlier ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli import PROJECT, app

W08 = PROJECT / "examples/w08.yaml"
POINT = "39.2/extra:birth.multiple@k2"


def run(*arguments: str | Path) -> Result:
    runner = CliRunner(env={"TIAOLI_LANG": None})
    return runner.invoke(app, [str(one) for one in arguments])


def test_without_a_point_it_lists_what_is_open_and_what_must_be_considered() -> None:
    result = run("choose", W08)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        f"{POINT}  2–3",
        "  39.2/extra（k2）：征收倍数 = 2–3",
        "  应当考虑：当事人的实际收入水平",
    ]
    assert "可以以实际收入为基数 = 否，或者 是" in result.stdout
    assert json.loads(run("choose", W08, "--json").stdout)[0]["options"] == [["2", "3"]]
    nothing = run("choose", PROJECT / "examples/w01.yaml", "--lang", "en")
    assert nothing.stdout == "nothing in this case is open to choice\n"


def test_a_choice_is_written_into_a_case_that_can_be_decided(tmp_path: Path) -> None:
    chosen = tmp_path / "chosen.json"
    result = run(
        "choose", W08, "--point", POINT, "--value", "2.5", "--reasons", "难", "--by", "officer",
        "-o", chosen,
    )  # fmt: skip
    assert result.exit_code == 0 and f"已记录：{POINT} = 2.5" in result.stdout
    assert result.stdout.splitlines()[1:] == [
        "  husband  50,000.00，或者 200,000.00",
        "  wife  50,000.00，或者 200,000.00",
        "还可以选择：39/base.actual@husband、39/base.actual@wife",
    ]
    choices = json.loads(run("decide", chosen, "--json").stdout)["choices"]
    assert [(one["value"], one["by"], one["open"]) for one in choices] == [("2.5", "officer", True)]
    assert "officer选择2.5；理由：难" in run("notice", chosen).stdout


def test_what_is_not_allowed_is_refused_with_what_is() -> None:
    for arguments, told in (
        (["--value", "2"], "理由"),
        (["--value", "4", "--reasons", "难"], "2–3"),
        (["--value", "x", "--reasons", "难"], "2–3"),
        (["--reasons", "难"], "--value"),
    ):
        result = run("choose", W08, "--point", POINT, *arguments)
        assert result.exit_code == 2 and told in result.stderr and result.stdout == ""
    other = run("choose", W08, "--point", "1/x", "--value", "2", "--reasons", "难", "--lang", "en")
    assert other.exit_code == 2 and POINT in other.stderr


def test_earlier_choices_are_compared_once_there_are_five(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    (records / "no-record.json").write_text("{}")
    arguments = ("choose", W08, "--point", POINT, "--value", "2", "--reasons", "难")
    few = run(*arguments, "--earlier", records)
    assert "不足5件" in few.stdout and "no-record.json" in few.stderr
    for number, value in enumerate(("2", "2.2", "2.4", "2.6", "3")):
        chosen = tmp_path / f"c{number}.json"
        made = ("--point", POINT, "--value", value, "--reasons", "难", "-o", chosen)
        assert run("choose", W08, *made).exit_code == 0
        run("record", chosen, records / f"r{number}.json")
    (records / "copy.json").write_bytes((records / "r1.json").read_bytes())  # the same decision
    told = run(*arguments, "--earlier", records)
    assert "同类案件 5 件：中位数 2.4，从 2 到 3" in told.stdout
    listed = run("choose", W08, "--earlier", records)  # and before anything is chosen
    assert "同类案件 5 件：中位数 2.4，从 2 到 3" in listed.stdout
    assert "不足5件" in listed.stdout


OFFICIAL = """\
schema: case/1
as_of: 2016-09-01
question: {ask: sanction, about: [ann]}
persons:
  ann:
    sex: female
    born: 1975-02-11
    minority: false
    register: [{from: 1975-02-11, value: urban, place: 420281}]
    statuses: [{from: 1999-07-01, value: civil-servant}]
  bo:
    sex: male
    born: 1974-05-01
    minority: false
    register: [{from: 1974-05-01, value: urban, place: 420281}]
couples:
  c1: {partners: [ann, bo], married: [{from: 1999-10-01}]}
children:
  listed: all
  k1: {parents: [ann, bo], born: 2002-09-20, adopted: false, living: true}
  k2: {parents: [ann, bo], born: 2004-06-10, adopted: false, living: true, approved: true}
  k3:
    {parents: [ann, bo], born: 2014-09-01, adopted: false, living: true, approved: false,
     ground: none}
acts:
  a1:
    {by: ann, kind: own-excess-birth, date: 2014-09-01, place: 420281, about: [k3],
     gravity: ordinary, circumstances: []}
"""


@pytest.mark.parametrize(("lang", "said"), [("zh", "撤职"), ("en", "removal from post")])
def test_a_step_that_was_chosen_is_told_by_its_label(tmp_path: Path, lang: str, said: str) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(OFFICIAL)
    result = run(
        "choose", case, "--point", "6/act:act-sanction@a1", "--value", "removal",
        "--reasons", "y", "--lang", lang,
    )  # fmt: skip
    assert result.exit_code == 0
    assert result.stdout.count(said) == 2
    assert "removal\n" not in result.stdout
