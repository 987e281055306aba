"""The command line: what it prints, where, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from engine.cli import PROJECT, app
from engine.language.diagnostics import Language
from engine.law.version_text import version_text
from tests.real import real_law
from tests.unit.decision.hostile import HOSTILE
from tests.unit.law.lending import BASE, amending, write

DAYE = PROJECT / "examples/daye-2014.yaml"
BROKEN = BASE.replace("when: loan.late\n", "when: loan.laet\n")
REVISED = amending("- repeal-rule: 4/interval\n")


def run(*arguments: str | Path, stdin: str | bytes | None = None, **env: str) -> Result:
    return CliRunner(env={"TIAOLI_LANG": None, **env}).invoke(
        app, [str(one) for one in arguments], input=stdin
    )


@pytest.fixture
def lending(tmp_path: Path) -> Path:
    return write(tmp_path / "law", {"2001-01-01.yaml": BASE, "2005-01-01.yaml": REVISED})


# --- check -------------------------------------------------------------------------------------
def test_the_rulesets_of_the_project_have_no_error() -> None:
    result = run("check", "--json")
    found = json.loads(result.stdout)
    keys = {"code", "severity", "file", "line", "column", "rule", "message", "remedy"}
    assert all(one.keys() == keys for one in found)
    assert "error" not in {one["severity"] for one in found}
    assert result.exit_code == 0


def test_an_error_is_shown_with_place_caret_and_remedy_and_exits_1(tmp_path: Path) -> None:
    folder = write(tmp_path, {"2001-01-01.yaml": BROKEN})
    result = run("check", folder, "--lang", "en")
    assert result.exit_code == 1
    heading, line, caret, advice, *_, summary = result.stdout.splitlines()
    file = folder / "lending/rules/2001-01-01.yaml"
    assert heading.startswith(f"{file}:")
    assert heading.endswith(": unknown-name in lending/rules/2001-01-01/7/fee")
    assert line.index("loan.laet") == caret.index("^") + line.index("loan.laet") - caret.index("^")
    assert set(caret.strip()) == {"^"}
    assert "loan.late" in advice
    assert summary == "errors 1, warnings 0, notes 0"


def test_every_problem_of_several_files_is_told_at_once(tmp_path: Path) -> None:
    files = {"2001-01-01.yaml": BROKEN, "2005-01-01.yaml": amending("- repeal-rule: 99/none\n")}
    found = json.loads(run("check", write(tmp_path, files), "--json").stdout)
    assert len({one["file"] for one in found}) == 2


def test_the_check_of_one_file_tells_only_of_this_file(lending: Path) -> None:
    sound, broken = (lending / f"lending/rules/{day}-01-01.yaml" for day in (2001, 2005))
    broken.write_text(amending("- repeal-rule: 99/none\n"), encoding="utf-8")
    assert run("check", sound).exit_code == 0
    found = json.loads(run("check", broken, "--json").stdout)
    assert {one["file"] for one in found} == {broken.as_posix()}


def test_a_broken_vocabulary_is_told_whatever_part_is_checked(lending: Path) -> None:
    words = lending / "vocabulary/words.yaml"
    words.write_text(words.read_text(encoding="utf-8") + "novelties: {}\n", encoding="utf-8")
    result = run("check", lending / "lending")
    assert result.exit_code == 1
    assert "vocabulary/words.yaml" in result.stdout


@pytest.mark.parametrize("part", ["", "cn", "cn/hubei", "cn/hubei/pfp-regulations"])
def test_a_copied_part_of_the_rulesets_is_checked_with_the_words_of_the_project(
    tmp_path: Path, part: str
) -> None:
    copy = tmp_path / "copy"
    source = PROJECT / "rulesets" / part
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("vocabulary", "*.lock"))
    assert run("check", copy).exit_code == 0
    version = next(copy.rglob("pfp-regulations/2009-03-01.yaml"), copy / "2009-03-01.yaml")
    text = version.read_text(encoding="utf-8")
    version.write_text(text.replace("for: parent in ", "for: pearent in "), encoding="utf-8")
    found = json.loads(run("check", copy, "--json").stdout)
    errors = [one for one in found if one["severity"] == "error"]
    assert errors
    assert version.as_posix() in {one["file"] for one in errors}


@pytest.mark.parametrize(
    ("text", "code"), [("changes: []\n", "no-instrument"), ("a: [1\nb: 2\n", "not-yaml")]
)
@pytest.mark.parametrize("command", ["check", "conflicts", "diff"])
def test_a_file_of_no_known_place_is_not_passed_over(
    tmp_path: Path, command: str, text: str, code: str
) -> None:
    file = tmp_path / "2014-03-27.yaml"
    file.write_text(text, "utf-8")

    result = run(command, file, *([file] if command == "diff" else []))

    assert result.exit_code == 1
    assert f"{file}:" in result.output
    assert code in result.output


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_path_without_rulesets_is_bad_input(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "没有可读的规则" in result.stderr


# --- show --------------------------------------------------------------------------------------
def test_an_instrument_is_shown_as_it_was_on_the_day(lending: Path) -> None:
    show = ("show", "lending/rules", "--rulesets", lending, "--lang", "en", "--on")
    before, after = run(*show, "2004-12-31").stdout, run(*show, "2005-01-01").stdout
    assert "In force from 2001-01-01 until (not including) 2005-01-01; confirmed" in before
    assert "4/interval" in before
    assert "In force from 2005-01-01; probable; sources L2" in after
    assert "4/interval" not in after
    assert "〔Enacted by 2001-01-01; confirmed; sources L1〕" in after
    assert "  L1  the desk\n" in after


def test_each_rule_is_a_sentence_in_chinese_by_default(lending: Path) -> None:
    lines = run("show", "lending/rules", "--on", "2001-01-01", "--rulesets", lending).stdout
    assert "第7条" in lines
    assert "7/fee  图书馆收取逾期费" in lines
    assert "该借阅符合“逾期”的，由该借阅的借阅人缴纳“逾期费”" in lines


def test_the_language_may_come_from_the_environment(lending: Path) -> None:
    show = ("show", "lending/rules", "--on", "2001-01-01", "--rulesets", lending)
    assert "Art. 7" in run(*show, TIAOLI_LANG="en").stdout
    assert "第7条" in run(*show, "--lang", "zh", TIAOLI_LANG="en").stdout


def test_before_the_first_version_there_is_nothing_to_show(lending: Path) -> None:
    result = run("show", "lending/rules", "--on", "2000-12-31", "--rulesets", lending)
    assert (result.exit_code, result.stdout) == (5, "")
    assert "2001-01-01" in result.stderr


def test_where_the_first_day_is_uncertain_both_texts_are_shown_as_possible(tmp_path: Path) -> None:
    files = {"2001-01-01.yaml": BASE, "2005.yaml": REVISED.replace("2005-01-01", "2005")}
    folder = write(tmp_path, files)
    show = ("show", "lending/rules", "--rulesets", folder, "--lang", "en", "--on")
    during = run(*show, "2005-06-01").stdout
    assert during.count("Possibly in force on 2005-06-01:") == 2
    assert "a day between 2005-01-01 and 2005-12-31" in during
    assert "Possibly" not in run(*show, "2006-01-01").stdout


def test_an_instrument_that_is_not_there_is_answered_with_those_that_are(lending: Path) -> None:
    result = run("show", "lending/laws", "--on", "2001-01-01", "--rulesets", lending)
    assert result.exit_code == 2
    assert "lending/rules  借阅规则" in result.stderr


def test_an_instrument_is_found_by_a_name_like_it_or_by_a_part_of_its_title() -> None:
    close = run("show", "cn/pfp", "--on", "2003-01-01").stderr.splitlines()
    assert close[1] == "  cn/pfpl  中华人民共和国人口与计划生育法"
    titled = run("show", "湖北省人口与计划生育条例", "--on", "2003-01-01").stderr.splitlines()
    assert "  cn/hubei/pfp-regulations  湖北省人口与计划生育条例" in titled
    assert max(len(close), len(titled)) < 10


def test_broken_rulesets_are_not_shown(tmp_path: Path) -> None:
    folder = write(tmp_path, {"2001-01-01.yaml": BROKEN})
    result = run("show", "lending/rules", "--on", "2001-01-01", "--rulesets", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "unknown-name" in result.stderr


@pytest.mark.parametrize("day", ["2014-02-30", "20140220", "today"])
def test_a_day_that_is_no_day_is_bad_input(day: str) -> None:
    assert run("show", "cn/pfpl", "--on", day).exit_code == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_version_of_the_project_can_be_shown(lang: Language) -> None:
    registry = real_law().registry
    versions = [one for of in registry.by_instrument.values() for one in of]
    assert len(versions) > 300
    for version in versions:
        assert version.id in "\n".join(version_text(registry, version, lang)), version.instrument
    for path in sorted((PROJECT / "rulesets/cn").rglob("????-??-??.yaml")):
        id = path.parent.relative_to(PROJECT / "rulesets").as_posix()
        on_its_day = registry.candidates(id, date.fromisoformat(path.stem))
        shown = [line for one, _ in on_its_day for line in version_text(registry, one, lang)]
        assert path.stem in "\n".join(shown), path


# --- decide ------------------------------------------------------------------------------------
def test_the_example_is_undetermined_and_says_what_is_missing() -> None:
    result = run("decide", DAYE, "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["outcome"], answer["exit"]) == (3, "undetermined", 3)
    assert answer["schema"] == "decision/1"
    assert ["persons.mother.register"] in answer["missing"]


def test_a_file_whose_name_is_no_text_is_bad_input() -> None:
    command = [sys.executable, "-m", "engine.cli", "decide", b"no-such-\xff.yaml"]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr and "读不到案件".encode() in ended.stderr


def test_a_case_comes_by_standard_input_too() -> None:
    from_file = run("decide", DAYE, "--json")
    assert from_file.exit_code == 3
    assert run("decide", "-", "--json", stdin=DAYE.read_bytes()).stdout == from_file.stdout


def test_both_ways_of_inference_give_the_same_answer() -> None:
    answers = [run("decide", DAYE, "--json", "--inference", i) for i in ("rete", "reference")]
    assert [one.exit_code for one in answers] == [3, 3]
    assert answers[0].stdout == answers[1].stdout


@pytest.mark.parametrize(("lang", "word"), [("zh", "待定"), ("en", "ndetermined")])
def test_the_answer_is_told_in_the_language_asked_for(lang: str, word: str) -> None:
    result = run("decide", DAYE, "--lang", lang)
    assert result.exit_code == 3
    assert word in result.stdout


def test_bad_input_is_told_by_its_place_and_never_by_its_content() -> None:
    text = DAYE.read_text(encoding="utf-8").replace("sex: male", "sex: zhangsan")
    result = run("decide", "-", "--lang", "en", stdin=text)
    assert (result.exit_code, result.stdout) == (2, "")
    place, message, expected = result.stderr.splitlines()
    line = text[: text.index("zhangsan")].count("\n") + 1
    assert place.startswith(f"/persons/father/sex ({line}:")
    assert message.strip()
    assert expected.startswith("  Expected: ")
    assert "zhangsan" not in result.stderr


DECIDED = {"kind": "fee", "place": "420281", "about": ["k2"], "date": "2014-06-20"}
PAID = {"decision": "d1", "date": "2014-06-20"}
ACTED = {"kind": "neglect", "by": "father", "date": "2014-06-20"}
FOUND = {"kind": "obstruction", "actor": "individual", "person": "father", "date": "2014-06-20"}
DISCOVERED = {"kind": "discovery", "place": "420281", "about": ["k2"]}
DAY_BEFORE = "2014-06-19"


@pytest.mark.parametrize(
    ("code", "pointer", "entry"),
    [
        # Days out of order.
        ("before-other-day", "decisions/d1/served", DECIDED | {"served": DAY_BEFORE}),
        ("before-other-day", "decisions/d2/date", {"acts": ["a1"], "date": DAY_BEFORE}),
        ("before-other-day", "payments/p1/date", PAID | {"date": DAY_BEFORE}),
        ("before-other-day", "events/v2/date", {"decision": "d1", "date": DAY_BEFORE}),
        ("before-other-day", "events/v1/date", DISCOVERED | {"date": "2013-09-14"}),
        ("before-other-day", "decisions/d1/date", DECIDED | {"date": "2013-09-14"}),
        ("before-other-day", "acts/a1/filed", ACTED | {"filed": DAY_BEFORE}),
        ("before-other-day", "breaches/b1/discovered", FOUND | {"discovered": DAY_BEFORE}),
        # An authority that there is not, or was not yet.
        ("unknown-code", "decisions/d1/authority", DECIDED | {"authority": "fee-office"}),
        ("unknown-place", "decisions/d1/place", DECIDED | {"place": "429999"}),
        ("not-valid-in-year", "decisions/d1/place", DECIDED | {"place": "350112"}),
        # Amounts below zero.
        ("negative-money", "payments/p1/amount", PAID | {"amount": "-0.01"}),
        ("negative-money", "decisions/d1/amounts/father", {"amounts": {"father": "-0.01"}}),
        ("negative-money", "breaches/b1/gains", FOUND | {"gains": "-0.01"}),
        # A category that there is not.
        ("unknown-code", "persons/uncle/statuses/0", {"statuses": ["astronaut"]}),
        ("unknown-code", "acts/a1/kind", {"kind": "sloth"}),
    ],
)
def test_what_cannot_have_been_is_bad_input(code: str, pointer: str, entry: dict[str, Any]) -> None:
    case: dict[str, Any] = yaml.safe_load(DAYE.read_bytes())
    case |= {"decisions": {"d1": DECIDED}, "acts": {"a1": ACTED}}
    section, id, *_ = pointer.split("/")
    case[section] = case.get(section, {}) | {id: entry}
    result = run("decide", "-", "--json", stdin=json.dumps(case, default=str))
    assert result.exit_code == 2
    found = [(one["code"], one["pointer"]) for one in json.loads(result.stdout)["errors"]]
    assert (code, f"/{pointer}") in found


@pytest.mark.parametrize(
    ("section", "entry"),
    [
        ("events", DISCOVERED | {"date": "2013-09-15"}),
        ("events", {**DISCOVERED, "kind": "approval-withdrawn", "date": "2013-01-15"}),
        ("decisions", DECIDED | {"date": "2013-09-15"}),
        ("decisions", {**DECIDED, "kind": "approval", "date": "2013-01-15"}),
    ],
)
def test_days_in_order_and_approvals_before_a_birth_are_read(
    section: str, entry: dict[str, Any]
) -> None:
    case: dict[str, Any] = yaml.safe_load(DAYE.read_bytes())
    case[section] = {"x1": entry}
    result = run("decide", "-", "--json", stdin=json.dumps(case, default=str))
    assert result.exit_code != 2, result.stdout


def test_bad_input_is_a_list_of_problems_in_json() -> None:
    result = run("decide", "-", "--json", stdin='{"schema": "case/2"}')
    assert result.exit_code == 2
    errors = json.loads(result.stdout)["errors"]
    assert "wrong-schema" in {one["code"] for one in errors}
    assert {"pointer", "line", "column", "kind", "message", "expected"} <= errors[0].keys()


def test_the_day_of_the_decision_given_by_option_goes_before_that_of_the_case() -> None:
    born_later = run("decide", DAYE, "--as-of", "2010-01-01", "--lang", "en")
    assert born_later.exit_code == 2
    assert "/children/k2/born" in born_later.stderr
    assert run("decide", DAYE, "--as-of", "2014-07-21", "--json").exit_code == 3


def test_the_place_of_a_problem_is_that_in_the_case_also_with_a_day_by_option() -> None:
    text = DAYE.read_text(encoding="utf-8").replace("as_of: 2014-07-20", "as_of:   2014-07-20")
    plain = run("decide", "-", stdin=text.replace("sex: male", "sex: mal"))
    other = run("decide", "-", "--as-of", "2014-07-21", stdin=text.replace("sex: male", "sex: mal"))
    assert other.exit_code == 2
    assert other.stderr == plain.stderr


def test_a_case_without_its_day_takes_that_of_the_option() -> None:
    lines = DAYE.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("as_of:"))
    assert run("decide", "-", stdin=text).exit_code == 2
    assert run("decide", "-", "--as-of", "2014-07-20", "--json", stdin=text).exit_code == 3


def test_a_case_of_ten_megabytes_is_refused_without_being_read() -> None:
    result = run("decide", "-", stdin=b"a" * 10_000_000)
    assert result.exit_code == 2
    assert "too-large" in result.stderr


def test_a_case_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    result = run("decide", tmp_path / "none.yaml", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be read" in result.stderr


# --- the process -------------------------------------------------------------------------------
def process(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    # A locale that knows no Chinese, and another folder: neither may matter.
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [Path(sys.executable).with_name("tiaoli"), *arguments]
    return subprocess.run(command, cwd="/", env=env, capture_output=True, check=False)


def test_the_command_answers_in_any_locale() -> None:
    done = process("decide", str(DAYE))
    assert done.returncode == 3, done.stderr.decode()
    assert "待定" in done.stdout.decode("utf-8")


def test_a_command_does_not_load_what_it_does_not_need() -> None:
    code = "import sys, engine.cli; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert not {"api", "fastapi", "rich", "uvicorn"} & set(done.stdout.split())


def test_a_case_of_which_nothing_is_known_is_answered_and_says_what_to_find_out_first() -> None:
    result = run("decide", "-", stdin=json.dumps(HOSTILE["births known"]))

    assert result.exit_code == 3
    assert "没有全部推算" in result.output
    assert "先查明：father 的身份" in result.output
