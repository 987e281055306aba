"""`tiaoli entitlements`: what a family is entitled to over years.

tiaoli entitlements examples/entitlements-daye.yaml
tiaoli entitlements examples/entitlements-daye.yaml --from 2025-01-01 --to 2027-12-31 --json
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, NoReturn

import typer

from engine.commands.options import (
    RULESETS,
    AsOf,
    CaseFile,
    Inference,
    InJson,
    KnownAt,
    Lang,
    Rulesets,
    read_day,
)
from engine.commands.told import fail, json_text, read_input, read_law, refuse_case
from engine.language.diagnostics import Bilingual, Language

From = Annotated[
    date | None,
    typer.Option("--from", parser=read_day, metavar="DATE", help="自何日起 · first day"),
]
Until = Annotated[
    date | None,
    typer.Option("--to", parser=read_day, metavar="DATE", help="至何日止 · last day"),
]


def add_entitlements(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="entitlements", help="一家人历年的待遇 · What a family is entitled to.")(
        tell_entitlements
    )


def tell_entitlements(
    case: CaseFile,
    first: From = None,
    last: Until = None,
    in_json: InJson = False,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "reference",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints the rows; exits 0, or 2 for a bad case or period."""
    from engine.decision.case.reading import CaseError, read_case
    from engine.decision.entitlements.entitlements import (
        PeriodError,
        QuestionError,
        entitlements,
        years_of,
    )
    from engine.decision.entitlements.entitlements_text import entitlements_text

    data = read_input(case, lang)
    law = read_law(rulesets, known_at, lang)
    file = "<stdin>" if case == "-" else case
    try:
        read = read_case(data, law.vocabulary, file=file, as_of=as_of)
        found = entitlements(read, law, years_of(read, law, first, last), inference=inference)
    except CaseError as error:
        refuse_case(error, in_json, lang)
    except PeriodError:
        _refuse("--to 早于 --from", "--to is before --from", lang)
    except QuestionError:
        _refuse("案件问的不是待遇", "the case does not ask what one is entitled to", lang)
    content = found.as_json()
    print(json_text(content) if in_json else entitlements_text(content, law, lang))


def _refuse(zh: str, en: str, lang: Language) -> NoReturn:
    fail(Bilingual(zh, en), lang)
