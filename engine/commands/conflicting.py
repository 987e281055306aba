"""`tiaoli conflicts`: rules that say different things of one thing, each pair with a case.

tiaoli conflicts --on 2014-07-20
tiaoli conflicts cn/hubei/pfp-regulations
tiaoli conflicts my-copy.yaml --json
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.commands.options import (
    FEATURES,
    RULESETS,
    Features,
    InJson,
    Lang,
    Rulesets,
    date_option,
)
from engine.commands.told import (
    FAILED,
    fail,
    json_text,
    read_law,
    read_scenarios_of,
    refuse_rulesets,
)
from engine.language.diagnostics import Bilingual, Language

if TYPE_CHECKING:
    from engine.assurance.conflicts import Conflict
    from engine.decision.governing.law import Law


def add_conflicts(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="conflicts", help="相互冲突的规则 · Rules that contradict each other.")(
        show_conflicts
    )


def show_conflicts(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[PATH]", show_default=False, help="文件、路径 · instrument or path"
        ),
    ] = None,
    on: Annotated[date | None, date_option("只看这一天有效的 · only of texts in force")] = None,
    in_json: InJson = False,
    lang: Lang = "zh",
    rulesets: Rulesets = RULESETS,
    features: Features = FEATURES,
) -> None:
    """Prints each pair with a case that shows it; exits 1 if there is one."""
    from engine.assurance.conflicts import conflicts

    with _asked(what, rulesets, lang) as (law, instruments):
        scenarios = read_scenarios_of(features, law, lang)
        found = conflicts(law, scenarios, on=on, instruments=instruments)
    if in_json:
        print(json_text([_as_json(one) for one in found]))
    else:
        print("\n".join([*(line for one in found for line in _text(one, lang)), _sum(found, lang)]))
    if found:
        raise typer.Exit(FAILED)


@contextmanager
def _asked(
    what: str | None, rulesets: Path, lang: Language
) -> Iterator[tuple[Law, frozenset[str] | None]]:
    """The law, and the instruments that are asked about; None: all."""
    from engine.law.check_path import WORDS, Misplaced, folder_of, staged

    if what is None:
        yield read_law(rulesets, None, lang), None
        return
    path = Path(what)
    if (path / WORDS).is_dir():
        yield read_law(path, None, lang), None
        return
    rulesets = folder_of(path) or rulesets
    law = read_law(rulesets, None, lang)
    named = what.strip("/")
    if path.exists() and path.resolve().is_relative_to(rulesets.resolve()):
        named = path.resolve().relative_to(rulesets.resolve()).as_posix()
        named = named if path.is_dir() else named.rpartition("/")[0]
    elif path.exists():
        try:
            with staged(path.resolve(), rulesets) as (stage, origin):
                instruments = frozenset(place.rpartition("/")[0] for place in origin)
                yield read_law(stage, None, lang), instruments
        except Misplaced as error:
            refuse_rulesets(error.diagnostics, lang)
        return
    known = law.registry.instruments
    chosen = frozenset(id for id in known if id == named or id.startswith(f"{named}/"))
    if not chosen:
        fail(Bilingual(f"没有 {what}", f"there is no {what}"), lang)
    yield law, chosen


def _text(one: Conflict, lang: Language) -> list[str]:
    rules = [
        f"  {rule.name} = {value}  {rule.gist.of(lang) if rule.gist else ''}".rstrip()
        for rule, value in zip(one.rules, one.values, strict=True)
    ]
    made = Bilingual("案件由此情景改成", "the case is made from").of(lang)
    return [f"{one.what}  {one.bearer}", *rules, f"  {made} {one.scenario.at}"]


def _sum(found: tuple[Conflict, ...], lang: Language) -> str:
    if found:
        return Bilingual(f"{len(found)} 对规则冲突", f"{len(found)} pairs in conflict").of(lang)
    return Bilingual("没有发现冲突", "no conflict was found").of(lang)


def _as_json(one: Conflict) -> dict[str, Any]:
    return {
        "what": one.what,
        "bearer": one.bearer,
        "rules": [
            {
                "rule": rule.name,
                "file": rule.at.file,
                "line": rule.at.line,
                "value": value,
                "gist": {"zh": rule.gist.zh, "en": rule.gist.en} if rule.gist else None,
            }
            for rule, value in zip(one.rules, one.values, strict=True)
        ],
        "case": one.case,
        "scenario": {"file": one.scenario.file, "line": one.scenario.line},
    }
