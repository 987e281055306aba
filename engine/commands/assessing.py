"""`tiaoli assess`: a whole county in one call, a row for each of its units.

tiaoli assess examples/county-2010.yaml
tiaoli assess examples/county-2010.yaml --row n2
tiaoli assess examples/county-2010.yaml --picture build/ranking.svg
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
)
from engine.commands.told import fail, json_text, read_input, read_law, refuse_case


def add_assess(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="assess", help="逐个单位考评 · Assess unit by unit.")(assess)


def assess(
    case: CaseFile,
    in_json: InJson = False,
    row: Annotated[
        str | None,
        typer.Option(metavar="ID", show_default=False, help="一个单位的理由 · why, of one unit"),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="名次图（SVG） · the ranks drawn"),
    ] = None,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints the table, or why of one row; exits 0, 3, 4 or 5 by the outcome, 2 for a bad case."""
    from engine.decision.assessing.assess import NoSuchRow, NotTabulated
    from engine.decision.assessing.assess import assess as assessed
    from engine.decision.assessing.assess_text import assessment_text, row_text
    from engine.decision.assessing.ranking_picture import ranking_picture
    from engine.decision.case.reading import CaseError, read_case

    data = read_input(case, lang)
    law = read_law(rulesets, known_at, lang)
    file = "<stdin>" if case == "-" else case
    try:
        read = read_case(data, law.vocabulary, file=file, as_of=as_of)
        found = assessed(read, law, inference=inference, traced=row is not None)
    except CaseError as error:
        refuse_case(error, in_json, lang)
    except NotTabulated as error:
        fail(error.message, lang)
    content = found.as_json()
    if picture is not None:
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_text(ranking_picture(content, law.vocabulary, lang), "utf-8")
    if row is not None:
        chosen = next((one for one in content["rows"] if one["id"] == row), None)
        if chosen is None:
            fail(NoSuchRow(row, [one["id"] for one in content["rows"]]).message, lang)
        print(json_text(chosen) if in_json else row_text(chosen, lang))
    else:
        print(json_text(content) if in_json else assessment_text(content, law.vocabulary, lang))
    raise typer.Exit(found.exit)
