"""`tiaoli coverage` and `tiaoli mutate`: what they print and how they end."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli import app
from tests.unit.assurance.apiary import LARGE, RULES, SMALL, WILD, write_features, write_law

LARGER = "bees/rules/2001-01-01/3/rate.large"


def run(folder: Path, *arguments: str, scenarios: tuple[str, ...], rules: str = RULES) -> Result:
    write_law(folder / "law", rules)
    write_features(folder / "features", *scenarios)
    places = ["--rulesets", str(folder / "law"), "--features", str(folder / "features")]
    return CliRunner(env={"TIAOLI_LANG": None}).invoke(app, [*arguments, *places])


def test_coverage_in_json_counts_and_names_what_decides_nothing(tmp_path: Path) -> None:
    result = run(tmp_path, "coverage", "--json", scenarios=(SMALL, WILD))
    undecided = ["bees/rules/2001-01-01/4/relief"]
    assert json.loads(result.stdout) == {"provisions": 6, "decisive": 5, "undecided": undecided}
    assert result.exit_code == 0


@pytest.mark.parametrize(("lang", "word"), [("zh", "条规定"), ("en", "provisions")])
def test_coverage_can_be_read_in_both_languages(tmp_path: Path, lang: str, word: str) -> None:
    result = run(tmp_path, "coverage", "--lang", lang, scenarios=(SMALL,))
    assert word in result.stdout
    assert result.exit_code == 0


def test_mutate_ends_with_1_while_a_slip_goes_unnoticed_and_with_0_when_none_does(
    tmp_path: Path,
) -> None:
    unnoticed = run(tmp_path, "mutate", "--rule", LARGER, scenarios=(LARGE,))
    assert unnoticed.exit_code == 1
    assert unnoticed.stdout.splitlines()[0].endswith("未发现")
    noticed = run(tmp_path, "mutate", "--rule", LARGER, "--json", scenarios=(SMALL,))
    assert noticed.exit_code == 0
    told = json.loads(noticed.stdout)
    assert told["survived"] == 0
    assert told["mutants"] == told["killed"] == len(told["trials"]) > 0


def test_a_sample_tries_no_more_than_it_says(tmp_path: Path) -> None:
    arguments = ("mutate", "--sample", "3", "--seed", "7", "--json")
    assert json.loads(run(tmp_path, *arguments, scenarios=(SMALL,)).stdout)["mutants"] == 3


@pytest.mark.parametrize("command", ["coverage", "mutate"])
def test_every_scenario_that_cannot_be_understood_is_named_at_once(
    tmp_path: Path, command: str
) -> None:
    wrong = (LARGE.replace("蜂税", "蜜税"), WILD.replace("无须缴纳", "无须退还"))
    result = run(tmp_path, command, "--lang", "en", scenarios=wrong)
    assert result.exit_code == 2
    assert "tax.feature:15: " in result.stderr
    assert "tax.feature:20: " in result.stderr


def test_a_scenario_that_fails_already_is_named_before_any_slip_is_tried(tmp_path: Path) -> None:
    result = run(tmp_path, "mutate", scenarios=(LARGE.replace("25.00", "24.00"), WILD))
    assert result.exit_code == 2
    assert "tax.feature:15: 大箱" in result.stderr
    assert result.stdout == ""


def test_a_check_that_names_what_there_is_not_is_told(tmp_path: Path) -> None:
    wrong = LARGE.replace('"ann"应缴"25.00"至"25.00"', '结果为"大概"')
    result = run(tmp_path, "mutate", scenarios=(wrong,))
    assert result.exit_code == 2
    assert "大概" in result.stderr


def test_how_far_a_command_is_and_what_it_finds_is_told_on_stderr(tmp_path: Path) -> None:
    relief = "bees/rules/2001-01-01/4/relief"
    found = run(tmp_path, "coverage", "--lang", "en", scenarios=(SMALL, WILD)).stderr.splitlines()
    assert f"- {relief}" in found
    assert [line for line in found if line[0] != "-"][-1] == "6/6 provisions"
    tried = run(tmp_path, "mutate", "--rule", LARGER, "--lang", "en", scenarios=(LARGE,)).stderr
    assert f"- {LARGER}: 3 becomes 4\n" in tried
    assert len([line for line in tried.splitlines() if line.endswith(" slips")]) <= 20


def test_how_many_processes_share_the_work_makes_no_difference(tmp_path: Path) -> None:
    for command in ("coverage", "mutate"):
        one, three = (
            run(tmp_path, command, "--json", "--jobs", jobs, scenarios=(SMALL, WILD))
            for jobs in ("1", "3")
        )
        assert one.stdout == three.stdout
        assert one.stderr == three.stderr
        assert one.exit_code == three.exit_code
