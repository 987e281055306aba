"""`tiaoli explain` and `tiaoli ask`: why, why not, what is still possible, what to find out next.

tiaoli explain examples/w07-eligibility.yaml --why-not further-birth
tiaoli explain examples/daye-2014.yaml --why social-maintenance-fee --rule 41/charge
tiaoli explain examples/daye-2014.yaml --possible --lang en
tiaoli explain examples/w07-eligibility.yaml --changes --size 3
tiaoli ask examples/daye-2014.yaml
tiaoli ask examples/daye-2014.yaml --answers answers.yaml
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

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
from engine.language.diagnostics import Bilingual, Language

if TYPE_CHECKING:
    from engine.decision.case.reading import Case
    from engine.decision.governing.law import Law

Conclusion: TypeAlias = Annotated[
    str | None, typer.Option(metavar="CONCLUSION", show_default=False)
]

Whole: TypeAlias = Annotated[
    bool,
    typer.Option("--all", help="全部列出，不只是要点 · everything, not only what matters most"),
]


def add_explaining(app: typer.Typer) -> None:
    """Adds these commands to the command line."""
    app.command(name="explain", help="为什么、为什么不 · Why, and why not.")(explain)
    app.command(name="ask", help="下一步问什么 · What to find out next.")(ask)


def explain(
    case: CaseFile,
    why: Conclusion = None,
    why_not: Conclusion = None,
    rule: Annotated[
        str | None, typer.Option(metavar="NAME", show_default=False, help="只看一条规则 · one rule")
    ] = None,
    possible: Annotated[
        bool, typer.Option("--possible", help="还可能怎样，取决于什么 · what may still come")
    ] = False,
    changes: Annotated[
        bool, typer.Option("--changes", help="怎样才会不同 · what would turn it")
    ] = False,
    bearer: Annotated[
        str | None,
        typer.Option(metavar="ID", show_default=False, help="只看一个对象 · one entity"),
    ] = None,
    size: Annotated[
        int,
        typer.Option(
            "--size", min=1, max=3, help="--changes：至多几项改变 · at most so many changes"
        ),
    ] = 2,
    whole: Whole = False,
    in_json: InJson = False,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints one explanation; exits 2 for a bad case, an unknown conclusion or rule."""
    from engine.decision.explaining.explaining import Kind, Sought, explained, render_explained
    from engine.decision.explaining.targets import ExplainError

    asked: dict[Kind, bool] = {
        "why": why is not None,
        "why-not": why_not is not None,
        "possible": possible,
        "changes": changes,
    }
    kinds = [kind for kind, chosen in asked.items() if chosen]
    if len(kinds) != 1:
        fail(
            Bilingual(
                "选一项：--why、--why-not、--possible、--changes",
                "choose one of --why, --why-not, --possible, --changes",
            ),
            lang,
        )
    law = read_law(rulesets, known_at, lang)
    read = _case(case, law, as_of, in_json, lang)
    sought = Sought(kinds[0], why or why_not or "", rule, size, bearer)
    try:
        content = explained(read, law, sought, inference=inference)
    except ExplainError as error:
        fail(error.message, lang)
    if in_json:
        print(json_text(content))
    else:
        print(render_explained(content, lang, law.vocabulary, whole=whole))


def ask(
    case: CaseFile,
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="事实路径: 答案（YAML），- 为标准输入 · answers by fact path",
        ),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option(metavar="FACT", show_default=False, help="查不到的事实 · cannot be found out"),
    ] = None,
    whole: Whole = False,
    in_json: InJson = False,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints the next question and exits 3, or the decision with its exit code. With answers it
    goes on as far as they reach."""
    from engine.decision.asking.question_text import render_question
    from engine.decision.asking.questions import next_question
    from engine.decision.case.reading import CaseError, canonical_case, read_case_data
    from engine.decision.deciding.outcome import EXITS
    from engine.decision.words.answering import answered, is_of_case, typed_answer
    from engine.decision.words.paths_said import place_below_said

    law = read_law(rulesets, known_at, lang)
    read = _case(case, law, as_of, in_json, lang)
    given = _answers(answers, lang)
    unknown = {fact for fact, value in given.items() if value is None} | set(skip or ())
    for fact in sorted({*given, *unknown}):
        if not is_of_case(law, read, fact):
            fail(
                Bilingual(f"案件里没有这个事实：{fact}", f"the case has no such fact: {fact}"), lang
            )
    while True:
        found = next_question(read, law, skip=frozenset(unknown), inference=inference)
        if found.fact is None or given.get(found.fact) is None:
            break
        if place_below_said(found.fact) is not None:
            zh, en = (found.content["question"]["text"][of] for of in ("zh", "en"))
            told = (
                f"{zh}　不能这样回答：改写案件里的地点",
                f"{en} Not here: change the place in the case",
            )
            fail(Bilingual(*told), lang)
        answer = typed_answer(law, found.fact, given[found.fact])
        plain = answered(canonical_case(read, law.vocabulary), law.vocabulary, found.fact, answer)
        if not in_json:
            print(f"{found.content['question']['text'][lang]}  {given[found.fact]}")
        try:
            read = read_case_data(plain, law.vocabulary)
        except CaseError as error:
            refuse_case(error, in_json, lang)
        unknown.add(found.fact)  # an answer that settles nothing is not asked for again
    if in_json:
        print(json_text(found.as_json()))
    else:
        print(render_question(found.as_json(), lang, law.vocabulary, whole=whole))
    raise typer.Exit(EXITS[found.content["outcome"]])


def _case(case: str, law: Law, as_of: Any, in_json: bool, lang: Language) -> Case:
    from engine.decision.case.reading import CaseError, read_case

    data = read_input(case, lang)
    file = "<stdin>" if case == "-" else case
    try:
        return read_case(data, law.vocabulary, file=file, as_of=as_of)
    except CaseError as error:
        refuse_case(error, in_json, lang)


def _answers(source: str | None, lang: Language) -> dict[str, Any]:
    """Answers by the path of the fact, in YAML; null: nobody can find it out."""
    import sys

    from engine.decision.case.input import read_document
    from engine.decision.case.problems import CaseError

    if source is None:
        return {}
    try:
        text = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        plain = read_document(text, "yaml", source).plain
    except (OSError, CaseError):
        plain = None
    if not isinstance(plain, dict):
        told = "答案应为“事实路径: 答案”的列表", "answers are a mapping of fact paths to answers"
        fail(Bilingual(*told), lang)
    return {str(fact): value for fact, value in plain.items()}
