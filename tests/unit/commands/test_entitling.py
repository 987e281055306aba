"""`tiaoli entitlements`: the rows as a table and as JSON; a period or a question that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli import app
from tests.unit.decision.harbour import BLAME, PENSION, RULESETS

YEARS = ("--from", "2005-01-01", "--to", "2005-12-31")


def run(case: Path, *arguments: str) -> Result:
    return CliRunner(env={"TIAOLI_LANG": None}).invoke(
        app, ["entitlements", str(case), *arguments, "--rulesets", str(RULESETS)]
    )


def written(folder: Path, plain: object) -> Path:
    path = folder / "case.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def test_the_rows_are_told_as_text_and_as_json(tmp_path: Path) -> None:
    case = written(tmp_path, PENSION)
    text = run(case, *YEARS)
    assert text.exit_code == 0
    assert "2005-01-31  2005-07-30  ann" in text.stdout
    found = json.loads(run(case, *YEARS, "--json").stdout)
    pension = next(row for row in found["rows"] if row["object"] == "widow-pension")
    shown = ("from", "until", "amount", "per", "total", "payer", "authority", "papers")
    assert [pension[name] for name in shown] == [
        *("2005-01-31", "2005-07-30", "30.00", "month", "180.00"),
        *("chest", "guild", "parish-note"),
    ]


def test_papers_are_called_by_their_names(tmp_path: Path) -> None:
    told = run(written(tmp_path, PENSION), *YEARS, "--lang", "en").stdout
    assert "bring parish note" in told


@pytest.mark.parametrize(
    ("plain", "days", "said"),
    [
        (PENSION, ("--from", "2006-01-01", "--to", "2005-01-01"), "--to is before --from"),
        (BLAME, YEARS, "does not ask"),
    ],
)
def test_what_can_not_be_told_is_refused(
    tmp_path: Path, plain: object, days: tuple[str, ...], said: str
) -> None:
    found = run(written(tmp_path, plain), *days, "--lang", "en")
    assert found.exit_code == 2
    assert said in found.stderr
