"""`tiaoli notice`: a decision or a review written out as a letter, for one of three readers.

tiaoli notice examples/w01.yaml
tiaoli notice examples/w01.yaml --reader lawyer --lang en
tiaoli notice build/record.json --format html              # of a sealed decision, without rulesets
tiaoli notice examples/review-daye-2014.yaml --format pdf -o build/letter.pdf
tiaoli notice examples/county-2010.yaml --answer assessment --row n2
tiaoli notice examples/entitlements-daye.yaml --answer entitlements
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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
from engine.commands.told import (
    fail,
    json_text,
    read_input,
    read_law,
    refuse_case,
    refuse_record,
)
from engine.language.diagnostics import Bilingual, Language

if TYPE_CHECKING:
    from engine.decision.case.reading import Case
    from engine.decision.governing.law import Law
    from engine.decision.letter.notice import Notice
    from engine.decision.letter.saying import Reader
    from engine.decision.record.record import Record

ForWhom = Annotated[
    Literal["party", "caseworker", "lawyer"],
    typer.Option("--reader", help="当事人、经办人、法制人员 · for whom"),
]
Format = Annotated[Literal["text", "html", "pdf"], typer.Option(help="格式 · what to write")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", show_default=False, help="写入 · where to"),
]


Answer = Annotated[
    Literal["decision", "review", "assessment", "entitlements"] | None,
    typer.Option(show_default=False, help="哪一种答案 · of which answer; by the question"),
]
Row = Annotated[
    str | None,
    typer.Option(metavar="ID", show_default=False, help="考评中的一个单位 · one unit assessed"),
]


def add_notice(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="notice", help="写成文书 · Write a letter.")(notice)


def notice(
    case: CaseFile,
    reader: ForWhom = "party",
    format: Format = "text",
    output: Output = None,
    answer: Answer = None,
    row: Row = None,
    in_json: InJson = False,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Prints the letter or writes it to a file; exits 0, or 2 for a bad case."""
    from engine.decision.assessing.assess import NoSuchRow, NotTabulated
    from engine.decision.case.reading import CaseError, read_case
    from engine.decision.entitlements.entitlements import QuestionError

    try:
        record = _record(case, in_json, lang)
        if record is not None:
            letter = _of_record(record, in_json, reader, lang, row)
        else:
            data = read_input(case, lang)
            law = read_law(rulesets, known_at, lang)
            file = "<stdin>" if case == "-" else case
            read = read_case(data, law.vocabulary, file=file, as_of=as_of)
            letter = _letter(read, law, inference, reader, lang, answer, row)
    except CaseError as error:
        refuse_case(error, in_json, lang)
    except (NotTabulated, NoSuchRow) as error:
        fail(error.message, lang)
    except QuestionError:
        fail(Bilingual("案件问的不是待遇", "the case does not ask for entitlements"), lang)
    _put(_formatted(letter, format, in_json), output, lang)


def _record(case: str, in_json: bool, lang: Language) -> Record | None:
    """The sealed decision in a file, if it holds one: its letter follows from it alone."""
    from engine.decision.record.problems import RecordError
    from engine.decision.record.record import LIMIT, read_record, verify

    try:
        data = b"" if case == "-" else Path(case).read_bytes()
    except OSError:
        return None
    if b'"schema":"record/' not in data or len(data) > LIMIT:
        return None
    try:
        record = read_record(data)
        verify(record)
    except RecordError as error:
        refuse_record(error, in_json, lang)
    return record


def _of_record(
    record: Record, in_json: bool, reader: Reader, lang: Language, row: str | None
) -> Notice:
    from engine.decision.record.letters import notice_of_record
    from engine.decision.record.problems import RecordError

    try:
        return notice_of_record(record, reader=reader, lang=lang, row=row)
    except RecordError as error:
        refuse_record(error, in_json, lang)


def _letter(
    case: Case,
    law: Law,
    inference: Inference,
    reader: Reader,
    lang: Language,
    answer: str | None,
    row: str | None,
) -> Notice:
    from engine.decision.letter.notice import written
    from engine.decision.record.sealing import answer_in, form_of

    form = form_of(case, law) if answer is None else f"{answer}/1"
    if answer is None and law.vocabulary.questions[case.question.ask].tabulates is not None:
        form = "assessment/1"
    given = answer_in(form, case, law, inference=inference)
    return written(given.result, given.material or {}, reader=reader, lang=lang, row=row)


def _formatted(letter: Notice, format: Format, in_json: bool) -> bytes:
    if in_json:
        return f"{json_text(letter.as_json())}\n".encode()
    if format == "pdf":
        from engine.decision.letter.pdf import letter_pdf

        return letter_pdf(letter)
    if format == "html":
        from engine.decision.letter.html import letter_html

        return letter_html(letter).encode()
    from engine.decision.letter.text import letter_text

    return letter_text(letter).encode()


def _put(written: bytes, output: Path | None, lang: Language) -> None:
    if output is None:
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(written)
    except OSError:
        fail(Bilingual(f"写不了：{output}", f"cannot be written: {output}"), lang)
    print(Bilingual(f"已写入：{output}", f"written: {output}").of(lang))
