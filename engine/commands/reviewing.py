"""`tiaoli review`: what an authority decided years ago, held against the law of its day.

tiaoli review examples/review-daye-2014.yaml
tiaoli review examples/review-daye-2014.yaml --as-of 2014-08-20 --lang en
"""

from __future__ import annotations

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
from engine.commands.told import json_text, read_input, read_law, refuse_case


def add_review(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="review", help="审查已作的决定 · Review a past decision.")(review)


def review(
    case: CaseFile,
    in_json: InJson = False,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints the findings; exits 0 if all is lawful or something is not, 3 if something is open,
    2 for a bad case."""
    from engine.decision.case.reading import CaseError, read_case
    from engine.decision.reviewing.review import review as reviewed

    data = read_input(case, lang)
    law = read_law(rulesets, known_at, lang)
    file = "<stdin>" if case == "-" else case
    try:
        read = read_case(data, law.vocabulary, file=file, as_of=as_of)
        found = reviewed(read, law, inference=inference)
    except CaseError as error:
        refuse_case(error, in_json, lang)
    if in_json:
        print(json_text(found.as_json()))
    else:
        from engine.decision.reviewing.review_text import review_text
        from engine.decision.words.paths_said import with_words

        print(with_words(review_text(found.as_json(), law.vocabulary, lang), law.vocabulary, lang))
    raise typer.Exit(found.exit)
