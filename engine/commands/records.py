"""Commands that seal a decision and hold it to its seal: record, verify, replay, redact, keygen.

tiaoli keygen office.pem                                     # and office.pem.pub
tiaoli record examples/daye-2014.yaml record.json --sign office.pem
tiaoli verify record.json --key office.pem.pub
tiaoli replay record.json
tiaoli record examples/review-daye-2014.yaml review.json     # what is sealed follows the question
tiaoli record examples/county-2010.yaml county.json --answer assessment
tiaoli redact record.json public.json --fact persons.father.annual_income
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NoReturn

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
    FAILED,
    fail,
    json_text,
    read_input,
    read_law,
    refuse_case,
    refuse_record,
)
from engine.language.diagnostics import Bilingual, Language

if TYPE_CHECKING:
    from engine.decision.record.record import Record

RecordFile = Annotated[Path, typer.Argument(metavar="RECORD", help="决定记录 · a sealed decision")]
FORMS_TOLD = {
    "decision/1": Bilingual("决定", "decision"),
    "review/1": Bilingual("审查", "review"),
    "assessment/1": Bilingual("考评", "assessment"),
    "entitlements/1": Bilingual("待遇", "entitlements"),
}
DERIVED: Final = Bilingual(
    "由它算出的数还在副本里，可以反推；连同隐去，加 --derived",
    "what was calculated from it is still in the copy, and tells it; --derived withholds that too",
)
NewFile = Annotated[Path, typer.Argument(metavar="NEW", help="新文件 · the file to write")]


def add_records(app: typer.Typer) -> None:
    """Adds these commands to the command line."""
    app.command(name="record", help="办案并封存 · Decide a case and seal the decision.")(record)
    app.command(name="verify", help="核对记录未被改动 · Check that a record is unchanged.")(verify)
    app.command(name="replay", help="按记录重新办案 · Decide a recorded case again.")(replay)
    app.command(name="redact", help="隐去事实的副本 · Copy a record without some facts.")(redact)
    app.command(name="keygen", help="生成签名钥匙 · Make a pair of keys.")(keygen)


def record(
    case: CaseFile,
    new: NewFile,
    sign: Annotated[Path | None, typer.Option(metavar="PRIVATE", help="私钥 · private key")] = None,
    answer: Annotated[
        Literal["decision", "review", "assessment", "entitlements"] | None,
        typer.Option(show_default=False, help="封存哪一种答案 · which answer; by the question"),
    ] = None,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Writes the record of a decision, a review, an assessment or entitlements; exits as the
    command of that answer does."""
    from engine.decision.assessing.assess import NotTabulated
    from engine.decision.case.reading import CaseError, read_case
    from engine.decision.entitlements.entitlements import QuestionError
    from engine.decision.record.inputs import inputs_of
    from engine.decision.record.record import seal
    from engine.decision.record.sealing import answer_in, form_of
    from engine.decision.record.signature import KeyFileError, read_private_key

    data = read_input(case, lang)
    try:
        key = None if sign is None else read_private_key(_read(sign, lang))
    except KeyFileError:
        _refuse_key(sign, lang)
    law = read_law(rulesets, known_at, lang)
    inputs = inputs_of(rulesets)
    try:
        read = read_case(data, law.vocabulary, file=case, as_of=as_of)
    except CaseError as error:
        refuse_case(error, False, lang)
    form = form_of(read, law) if answer is None else f"{answer}/1"
    try:
        answered = answer_in(form, read, law, inference=inference)
    except CaseError as error:
        refuse_case(error, False, lang)
    except NotTabulated as error:
        fail(error.message, lang)
    except QuestionError:
        fail(Bilingual("案件问的不是待遇", "the case does not ask for entitlements"), lang)
    salt, material = secrets.token_hex(32), answered.material
    sealed = seal(
        read, answered, law, inputs, inference=inference, salt=salt, key=key, material=material
    )
    _write(new, sealed.as_bytes(), lang)
    text = _heading(answered.result, lang)
    print(Bilingual(f"{text}\n已封存：{new}", f"{text}\nsealed: {new}").of(lang))
    raise typer.Exit(answered.exit)


def verify(
    record: RecordFile,
    key: Annotated[Path | None, typer.Option(metavar="PUBLIC", help="公钥 · public key")] = None,
    in_json: InJson = False,
    lang: Lang = "zh",
) -> None:
    """Exits 0 if nothing was changed, 2 otherwise, with every place that was."""
    from engine.decision.record.problems import RecordError
    from engine.decision.record.record import verify as verified
    from engine.decision.record.signature import KeyFileError, read_public_key

    try:
        expected = None if key is None else read_public_key(_read(key, lang))
    except KeyFileError:
        _refuse_key(key, lang)
    found = _read_record(record, in_json, lang)
    try:
        verified(found, expected)
    except RecordError as error:
        refuse_record(error, in_json, lang)
    told = _standing(found, expected)
    if in_json:
        told_by = {"zh": told.zh, "en": told.en}
        listed = sorted(found.withheld)
        print(json_text({"holds": True, "key": found.signed_by, "withheld": listed} | told_by))
    else:
        print(told.of(lang))


def replay(
    record: RecordFile,
    in_json: InJson = False,
    lang: Lang = "zh",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Exits 0 if the answer has the same bytes, 1 if not, 2 if the record cannot be replayed."""
    from engine.decision.record.inputs import inputs_of
    from engine.decision.record.problems import RecordError
    from engine.decision.record.record import verify as verified
    from engine.decision.record.replay import known_at_of
    from engine.decision.record.replay import replay as replayed

    read = _read_record(record, in_json, lang)
    try:
        verified(read)
        law = read_law(rulesets, known_at_of(read), lang)
        found = replayed(read, law, inputs_of(rulesets))
    except RecordError as error:
        refuse_record(error, in_json, lang)
    if in_json:
        print(json_text(found.as_json()))
    else:
        print(found.text().of(lang))
        for changed in found.changed:
            print(f"  {changed.message().of(lang)}")
        for pointer in found.unreadable:
            print(f"  {pointer}")
        for one in found.differences:
            print(f"  {one.pointer}: {one.recorded} → {one.now}")
    if not found.same:
        raise typer.Exit(FAILED)


def redact(
    record: RecordFile,
    new: NewFile,
    fact: Annotated[list[str], typer.Option(help="隐去的事实 · what to withhold")],
    derived: Annotated[
        bool,
        typer.Option("--derived", help="连同由它算出的数 · with what was calculated from it"),
    ] = False,
    lang: Lang = "zh",
) -> None:
    """Writes a copy that withholds facts and still verifies."""
    from engine.decision.record.problems import RecordError
    from engine.decision.record.record import verify as verified
    from engine.decision.record.redact import redact as redacted
    from engine.decision.record.redact import redact_counted

    read = _read_record(record, False, lang)
    try:
        verified(read)
        if derived:
            copy, left = redacted(read, fact, derived=True), 0
        else:
            copy, left = redact_counted(read, fact)
    except RecordError as error:
        refuse_record(error, False, lang)
    _write(new, copy.as_bytes(), lang)
    count = len(copy.withheld)
    print(Bilingual(f"隐去 {count} 处：{new}", f"{count} places withheld: {new}").of(lang))
    if left:
        print(DERIVED.of(lang))


def keygen(new: NewFile, lang: Lang = "zh") -> None:
    """Writes a private key, readable by its owner only, and beside it the public key, `.pub`."""
    from engine.decision.record.signature import make_keys

    private, public = make_keys()
    _write(new, private, lang, mode=0o600)
    beside = new.with_name(f"{new.name}.pub")
    _write(beside, public, lang)
    print(Bilingual(f"私钥 {new}，公钥 {beside}", f"private {new}, public {beside}").of(lang))


def _heading(result: Mapping[str, Any], lang: Language) -> str:
    """An answer in a line: the head of its trace, or its form and what it comes to."""
    from engine.decision.reviewing.review_text import OUTCOMES as FINDINGS
    from engine.decision.trace.part_trace import OUTCOMES

    trace = result.get("trace") or result.get("basis", {}).get("trace")
    if isinstance(trace, dict) and "basis" not in result:
        return str(trace["text"][lang])
    about = ", ".join(result["question"]["about"])
    outcome = str(result.get("outcome", ""))
    known = {**{name: Bilingual(*words) for name, words in OUTCOMES.items()}, **FINDINGS}
    label = known.get(outcome, Bilingual(outcome, outcome)).of(lang)
    return f"{FORMS_TOLD[result['schema']].of(lang)} {about} {label}".rstrip()


# --- files and what is told --------------------------------------------------------------------
def _read(path: Path, lang: Language) -> bytes:
    from engine.decision.record.record import LIMIT

    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError:
        fail(Bilingual(f"读不到：{path}", f"cannot be read: {path}"), lang)


def _write(path: Path, data: bytes, lang: Language, mode: int = 0o644) -> None:
    """Writes a new file; what is there already is never overwritten."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except FileExistsError:
        fail(Bilingual(f"已有这个文件：{path}", f"there is such a file already: {path}"), lang)
    except OSError:
        fail(Bilingual(f"写不了：{path}", f"cannot be written: {path}"), lang)


def _read_record(path: Path, in_json: bool, lang: Language) -> Record:
    from engine.decision.record.problems import RecordError
    from engine.decision.record.record import read_record

    try:
        return read_record(_read(path, lang))
    except RecordError as error:
        refuse_record(error, in_json, lang)


def _standing(record: Record, expected: str | None) -> Bilingual:
    """What a record that holds is worth."""
    zh, en = "未被改动", "unchanged"
    if record.withheld:
        count = len(record.withheld)
        zh, en = f"{zh}；隐去 {count} 处", f"{en}; {count} places withheld"
    if expected is not None:
        return Bilingual(f"{zh}；签名属于所给的公钥", f"{en}; signed with the given key")
    if record.signed_by is None:
        return Bilingual(
            f"{zh}；没有签名，任何人都可能作出这份记录",
            f"{en}; not signed: anybody may have made it",
        )
    key = record.signed_by
    return Bilingual(
        f"{zh}；由钥匙 {key} 签名，用 --key 核对是谁的",
        f"{en}; signed with the key {key}: give --key to check whose it is",
    )


def _refuse_key(path: Path | None, lang: Language) -> NoReturn:
    fail(Bilingual(f"不是所需的 Ed25519 钥匙：{path}", f"not the Ed25519 key needed: {path}"), lang)
