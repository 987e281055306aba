"""`tiaoli compare`: one family under two laws or two states of knowledge, side by side.

tiaoli compare examples/daye-2014.yaml --as-of 2014-07-20 --as-of 2022-02-01
tiaoli compare examples/daye-2014.yaml --known-at 2026-01-01 --known-at 2027-01-01
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated, Final, NoReturn

import typer

from engine.commands.options import RULESETS, CaseFile, Inference, InJson, Lang, Rulesets, read_day
from engine.commands.told import fail, json_text, read_input, read_law, refuse_case
from engine.language.diagnostics import Bilingual, Language

Days = Annotated[
    list[date] | None,
    typer.Option(parser=read_day, metavar="DATE", help="作出决定之日，两次 · day, twice"),
]
Known = Annotated[
    list[date] | None,
    typer.Option(parser=read_day, metavar="DATE", help="录入截止之日，两次 · recorded by, twice"),
]

_LATER: Final = "later-than-as-of"
_NOT_YET: Final = Bilingual(
    "在较早的那一天，案中以下事实还没有发生，所以不能照那一天办：取一个不早于它们的 --as-of，"
    "或者在案件的副本里去掉它们。一家人历年的待遇：tiaoli entitlements CASE --from DATE",
    "on the earlier day these facts of the case had not happened yet, so it cannot be decided "
    "as of that day: take an --as-of that is not before them, or take them out of a copy of the "
    "case. What a family was entitled to over the years: tiaoli entitlements CASE --from DATE",
)


def add_compare(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="compare", help="同案两法比较 · Compare a case under two laws.")(compare)


def compare(
    case: CaseFile,
    as_of: Days = None,
    known_at: Known = None,
    in_json: InJson = False,
    lang: Lang = "zh",
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints both answers and the provisions that decide on one side only; exits 0."""
    from engine.decision.case.reading import CaseError
    from engine.decision.explaining.compare import compare as compared
    from engine.decision.explaining.compare import side
    from engine.decision.explaining.compare_text import comparison_text

    days, known = _two(as_of), _two(known_at)
    if days is None or known is None or (days[0] == days[1] and known[0] == known[1]):
        _refuse_days(lang)
    data = read_input(case, lang)
    file = "<stdin>" if case == "-" else case
    laws = {day: read_law(rulesets, day, lang) for day in dict.fromkeys(known)}
    try:
        sides = [
            side(data, laws[recorded], as_of=day, file=file, inference=inference)
            for day, recorded in zip(days, known, strict=True)
        ]
    except CaseError as error:
        if all(one.code == _LATER for one in error.problems):
            print(_NOT_YET.of(lang), file=sys.stderr)
        refuse_case(error, in_json, lang)
    found = compared(*sides).as_json()
    words = laws[known[0]].vocabulary
    print(json_text(found) if in_json else comparison_text(found, words, lang))


def _two(days: list[date] | None) -> tuple[date | None, date | None] | None:
    """A day for each side; one that is said once holds for both; None: too many."""
    match days or []:
        case []:
            return None, None
        case [day]:
            return day, day
        case [first, second]:
            return first, second
    return None


def _refuse_days(lang: Language) -> NoReturn:
    told = Bilingual(
        "要两个不同的 --as-of 或者两个不同的 --known-at",
        "give two different --as-of or two different --known-at",
    )
    fail(told, lang)
