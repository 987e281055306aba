"""The command line: `tiaoli decide`, `check`, `show`, `coverage`, `mutate`, `serve`.

    tiaoli decide examples/daye-2014.yaml
    tiaoli check rulesets --json
    tiaoli show cn/hubei/pfp-regulations --on 2010-05-14 --lang en
    tiaoli coverage --json
    tiaoli mutate --rule cn/hubei/pfp-regulations/2009-03-01/41

The commands of engine/commands are added to these: records, comparisons, reviews.

Nothing is decided here: it reads, calls, prints, and says by its exit code how it went. What a
command does not need is not imported, so that an answer comes within a second.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from engine.commands.assessing import add_assess
from engine.commands.choosing import add_choose
from engine.commands.comparing import add_compare
from engine.commands.conflicting import add_conflicts
from engine.commands.differing import add_diff
from engine.commands.entitling import add_entitlements
from engine.commands.explaining import add_explaining
from engine.commands.letters import add_notice
from engine.commands.options import FEATURES as FEATURES
from engine.commands.options import PROJECT as PROJECT
from engine.commands.options import (
    RULESETS,
    AsOf,
    CaseFile,
    Inference,
    InJson,
    KnownAt,
    Lang,
    Rulesets,
    date_option,
)
from engine.commands.publishing import add_publish
from engine.commands.records import add_records
from engine.commands.reviewing import add_review
from engine.commands.timing import add_in_time
from engine.commands.told import (
    FAILED,
    NOT_APPLICABLE,
    fail,
    json_text,
    read_input,
    read_law,
    refuse_case,
    refuse_rulesets,
)
from engine.commands.trying import add_trying
from engine.language import diagnostics
from engine.language.diagnostics import Bilingual, Diagnostic, Language, Severity

app = typer.Typer(
    name="tiaoli",
    help="条例：按当日的条文办案 · Decides individual cases under dated law.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    # A traceback with local variables would show the case.
    pretty_exceptions_enable=False,
)


@app.command(name="decide", help="办一件案 · Decide a case.")
def decide_case(
    case: CaseFile,
    in_json: InJson = False,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints the decision; exits 0, 3, 4 or 5 by its outcome, 2 for a bad case."""
    from engine.decision.case.reading import CaseError, read_case
    from engine.decision.deciding.decide import decide

    data = read_input(case, lang)
    law = read_law(rulesets, known_at, lang)
    file = "<stdin>" if case == "-" else case
    try:
        read = read_case(data, law.vocabulary, file=file, as_of=as_of)
    except CaseError as error:
        refuse_case(error, in_json, lang)
    decision = decide(read, law, inference=inference)
    if in_json:
        print(json_text(decision.as_json()))
    else:
        from engine.decision.words.paths_said import with_words
        from engine.decision.words.text import render_decision

        print(with_words(render_decision(decision.as_json(), lang), law.vocabulary, lang))
    raise typer.Exit(decision.exit)


@app.command(name="check", help="检查规则 · Check rulesets.")
def check_rulesets(
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", show_default=False)] = None,
    in_json: InJson = False,
    lang: Lang = "zh",
) -> None:
    """Prints every problem at once; exits 1 if one of them is an error."""
    from engine.law.check_path import check_path

    chosen = path or Path(os.path.relpath(RULESETS))
    try:
        found = check_path(chosen, RULESETS)
    except OSError:
        told = Bilingual(f"这里没有可读的规则：{chosen}", f"no rulesets to read: {chosen}")
        fail(told, lang)
    if in_json:
        print(json_text([diagnostics.as_json(one) for one in found]))
    else:
        _print_diagnostics(found, lang)
    if any(one.severity is Severity.ERROR for one in found):
        raise typer.Exit(FAILED)


@app.command(name="show", help="某日有效的文本 · Show an instrument as of a day.")
def show_instrument(
    instrument: Annotated[str, typer.Argument(metavar="INSTRUMENT")],
    on: Annotated[date, date_option("哪一天 · the day")],
    lang: Lang = "zh",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints the consolidated version in force on a day, article by article."""
    from engine.decision.governing.law import LawError, load_law
    from engine.law.version_text import version_text

    try:
        registry = load_law(rulesets, cache=True).registry
    except LawError as error:
        refuse_rulesets(error.diagnostics, lang)
    name = instrument.strip("/")
    if name not in registry.instruments:
        titles = {one.id: one.title.of(lang) for one in registry.instruments.values()}
        close = get_close_matches(name, titles) or [id for id in titles if name in titles[id]]
        known = "\n".join(f"  {id}  {titles[id]}" for id in close or titles)
        fail(Bilingual(f"没有 {name}。有：\n{known}", f"no {name}. There are:\n{known}"), lang)
    candidates = registry.candidates(name, on)
    if not candidates:
        days = ", ".join(one.id for one in registry.versions(name))
        told = Bilingual(f"{on} 没有有效的文本。有：{days}", f"no text on {on}. There are: {days}")
        fail(told, lang, NOT_APPLICABLE)
    for number, (version, certain) in enumerate(candidates):
        if number:
            print()
        if not certain:
            print(Bilingual(f"{on} 可能有效：", f"Possibly in force on {on}:").of(lang))
        print("\n".join(version_text(registry, version, lang)))


@app.command(name="serve", help="启动服务 · Serve the API.")
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
) -> None:
    """Serves until interrupted."""
    import uvicorn

    # By name: the command line stands beside the service and does not import it.
    uvicorn.run("api.app:app", host=host, port=port)


add_records(app)
add_choose(app)
add_compare(app)
add_conflicts(app)
add_diff(app)
add_entitlements(app)
add_explaining(app)
add_notice(app)
add_review(app)
add_assess(app)
add_publish(app)
add_in_time(app)
add_trying(app)


def main() -> None:
    """The entry point `tiaoli`."""
    for stream in (sys.stdout, sys.stderr):
        # Chinese text must come out under any locale.
        if isinstance(stream, io.TextIOWrapper):
            # And so must the name of a file that is no text.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


# --- what is told ------------------------------------------------------------------------------
def _print_diagnostics(found: Iterable[Diagnostic], lang: Language) -> None:
    texts: dict[str, str] = {}
    counts = dict.fromkeys(Severity, 0)
    for one in found:
        file = one.at.file
        if file not in texts:
            path = Path(file)
            texts[file] = path.read_text("utf-8", errors="replace") if path.is_file() else ""
        counts[one.severity] += 1
        print(diagnostics.render(one, texts[file], lang))
    error, warning, note = (counts[one] for one in Severity)
    told = Bilingual(
        f"错误 {error}，警告 {warning}，提示 {note}",
        f"errors {error}, warnings {warning}, notes {note}",
    )
    print(told.of(lang))


if __name__ == "__main__":
    main()
