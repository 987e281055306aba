"""`tiaoli publish`: from now on these texts stay as they are.

tiaoli publish
tiaoli publish --rulesets build/try/rulesets --json
"""

from __future__ import annotations

import typer

from engine.commands.options import RULESETS, InJson, Lang, Rulesets
from engine.commands.told import json_text, refuse_rulesets
from engine.language.diagnostics import Bilingual, Severity


def add_publish(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="publish", help="公布规则，此后不得改动 · Publish: no edits from now on.")(
        publish
    )


def publish(in_json: InJson = False, lang: Lang = "zh", rulesets: Rulesets = RULESETS) -> None:
    """Writes PUBLISHED.lock; exits 1 and leaves it alone if the rulesets have an error."""
    from engine.law.check import check
    from engine.law.published import publish as published

    errors = [one for one in check(rulesets) if one.severity is Severity.ERROR]
    if errors:
        refuse_rulesets(errors, lang)
    done = published(rulesets)
    if in_json:
        print(json_text({"added": list(done.added), "standing": len(done.standing)}))
        return
    for path in done.added:
        print(f"+ {path}")
    added, standing = len(done.added), len(done.standing)
    told = Bilingual(
        f"新公布 {added} 个文件，此前已公布 {standing} 个",
        f"{added} files published, {standing} were before",
    )
    print(told.of(lang))
