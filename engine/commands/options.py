"""Options that several commands take."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

import typer

PROJECT: Final = Path(__file__).resolve().parents[2]
RULESETS: Final = PROJECT / "rulesets"
FEATURES: Final = PROJECT / "features"


def read_day(text: str | date) -> date:
    """A day written 2014-07-20; anything else is a wrong option."""
    if isinstance(text, date):
        return text
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is None:
        raise typer.BadParameter("日期写作 2014-07-20 · a date is written 2014-07-20")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("没有这一天 · there is no such day") from None


def date_option(help: str) -> typer.models.OptionInfo:
    """An option that holds a day."""
    option = typer.Option(parser=read_day, metavar="DATE", help=help)
    assert isinstance(option, typer.models.OptionInfo)
    return option


Lang: TypeAlias = Annotated[
    Literal["zh", "en"], typer.Option(envvar="TIAOLI_LANG", help="中文或英文 · language")
]
InJson: TypeAlias = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
Rulesets: TypeAlias = Annotated[
    Path,
    typer.Option(
        exists=True,
        file_okay=False,
        show_default=False,
        help="另一套规则 · another folder of rulesets",
    ),
]
Features: TypeAlias = Annotated[
    Path,
    typer.Option(
        exists=True,
        file_okay=False,
        show_default=False,
        help="另一套情景 · another folder of scenarios",
    ),
]
Inference: TypeAlias = Annotated[
    Literal["rete", "reference"], typer.Option(help="推理方式 · how rules are matched")
]
CaseFile: TypeAlias = Annotated[
    str, typer.Argument(metavar="CASE", help="YAML 或 JSON，- 为标准输入 · stdin")
]
AsOf: TypeAlias = Annotated[date | None, date_option("作出决定之日 · day of the decision")]
KnownAt: TypeAlias = Annotated[date | None, date_option("当时已录入的条文 · law recorded by")]
