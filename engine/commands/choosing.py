"""`tiaoli choose`: a choice that the law leaves is recorded in the case, with its reasons.

tiaoli choose examples/w08.yaml                               # what is open to choice
tiaoli choose examples/w08.yaml --point 39.2/extra:birth.multiple@k2 --value 2.5
    --reasons 家庭困难 --by officer -o build/chosen.json
tiaoli choose … --earlier build/records                       # compared with sealed decisions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    from engine.decision.choosing.choosing import Chosen
    from engine.decision.choosing.precedents import Comparison
    from engine.decision.choosing.precedents import Earlier as EarlierChoice
    from engine.decision.deciding.open_points import Open
    from engine.decision.words.suppositions import Suppositions

Point = Annotated[
    str | None, typer.Option(metavar="POINT", show_default=False, help="选择之处 · where")
]
Value = Annotated[str | None, typer.Option(show_default=False, help="所选 · what is chosen")]
Reasons = Annotated[str | None, typer.Option(show_default=False, help="理由 · the reasons")]
By = Annotated[str | None, typer.Option(show_default=False, help="谁选的（代号）· who, by a code")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", show_default=False, help="写入 · where to"),
]
Earlier = Annotated[
    Path | None,
    typer.Option(
        exists=True, file_okay=False, show_default=False, help="以前的决定记录 · earlier records"
    ),
]


def add_choose(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="choose", help="记录裁量及其理由 · Record a choice and its reasons.")(choose)


def choose(
    case: CaseFile,
    point: Point = None,
    value: Value = None,
    reasons: Reasons = None,
    by: By = None,
    earlier: Earlier = None,
    output: Output = None,
    in_json: InJson = False,
    lang: Lang = "zh",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    inference: Inference = "rete",
    rulesets: Rulesets = RULESETS,
) -> None:
    """Without a point lists what is open. Exits 0; 2 for a bad case or a choice that is refused."""
    from engine.decision.case.reading import CaseError, canonical_case, read_case
    from engine.decision.choosing.choosing import choose as chosen
    from engine.decision.deciding.cited import versions_of
    from engine.decision.deciding.decide import evaluation_of, parts_of
    from engine.decision.deciding.open_points import ChoiceError, open_points
    from engine.decision.words.suppositions import Suppositions

    data = read_input(case, lang)
    law = read_law(rulesets, known_at, lang)
    try:
        read = read_case(data, law.vocabulary, file="<stdin>" if case == "-" else case, as_of=as_of)
    except CaseError as error:
        refuse_case(error, in_json, lang)
    if point is None:
        evaluation = evaluation_of(read, law, inference)
        parts = parts_of(evaluation)
        before = None if earlier is None else _choices_in(earlier, lang)
        listed = [(one, _like(one, before)) for one in open_points(parts).values()]
        words = Suppositions(law, versions_of(evaluation, parts)[0])
        _list(listed, words, in_json, lang)
        return
    if value is None:
        fail(Bilingual("选什么？（--value）", "what is chosen? (--value)"), lang)
    try:
        made = chosen(read, law, point, value, reasons=reasons, by=by, inference=inference)
    except ChoiceError as error:
        fail(error.message, lang)
    plain = canonical_case(made.case, law.vocabulary)
    comparison = _like(made.point, None if earlier is None else _choices_in(earlier, lang))
    if in_json:
        told = made.as_json() | {"case": plain}
        if comparison is not None:
            told["like_cases"] = comparison.as_json()
        print(json_text(told))
    else:
        print("\n".join(_told(made, comparison, Suppositions(law, []), lang)))
    if output is not None:
        try:
            output.write_text(f"{json_text(plain)}\n", encoding="utf-8")
        except OSError:
            fail(Bilingual(f"写不了：{output}", f"cannot be written: {output}"), lang)


def _list(
    listed: Sequence[tuple[Open, Comparison | None]],
    words: Suppositions,
    in_json: bool,
    lang: Language,
) -> None:
    """What is open, in words, with what to consider, and with the choices of like cases where
    earlier ones are known."""
    if in_json:
        print(json_text([
            one.as_json() | ({} if like is None else {"like_cases": like.as_json()})
            for one, like in listed
        ]))  # fmt: skip
        return
    if not listed:
        told = Bilingual("本案没有可以选择之处", "nothing in this case is open to choice")
        print(told.of(lang))
    for one, like in listed:
        options = ["–".join(o) if isinstance(o, list) else str(o).lower() for o in one.shown()]
        print(f"{one.point}  {' | '.join(options)}")
        point, said = words.point(one.point), _options(one, words)
        print(f"  {Bilingual(*point).of(lang)} = {Bilingual(*said).of(lang)}")
        for factor in one.factors:
            print(
                Bilingual(f"  应当考虑：{factor.zh}", f"  to be considered: {factor.en}").of(lang)
            )
        if like is not None:
            print(f"  {like.text().of(lang)}")


def _options(point: Open, words: Suppositions) -> tuple[str, str]:
    """What may be chosen at a point, in words."""
    told = []
    for option in point.options:
        ends = option if isinstance(option, tuple) else (option,)
        said = [words.option(point.point, end) for end in ends]
        told.append(("–".join(zh for zh, _ in said), "–".join(en for _, en in said)))
    zh, en = zip(*told, strict=True)
    return "，或者 ".join(zh), " or ".join(en)


def _told(
    made: Chosen, comparison: Comparison | None, words: Suppositions, lang: Language
) -> Iterator[str]:
    point, value = made.made.point, _said(str(made.made.value).lower(), words, lang)
    yield Bilingual(f"已记录：{point} = {value}", f"recorded: {point} = {value}").of(lang)
    open_yet: dict[str, None] = {}
    for part in made.comes_to:
        told: dict[str, list[str]] = {}
        for band in part["bands"]:
            ends = (band["low"], band["high"])
            low, high = ("?" if end is None else _said(end, words, lang) for end in ends)
            told.setdefault(band["aspect"], []).append(low if low == high else f"{low}–{high}")
            open_yet |= {choice["point"]: None for choice in band["choices"]}
        for values in told.values():
            yield f"  {part['bearer']}  {Bilingual('，或者 ', ' or ').of(lang).join(values)}"
    if open_yet:
        zh, en = "、".join(open_yet), ", ".join(open_yet)
        yield Bilingual(f"还可以选择：{zh}", f"still open to choice: {en}").of(lang)
    if comparison is not None:
        yield comparison.text().of(lang)


def _said(value: str, words: Suppositions, lang: Language) -> str:
    """A value as it is recorded: a step by its label, else as letters write it."""
    from engine.decision.words.written import in_letter

    label = Bilingual(*words.result(value)).of(lang)
    return in_letter(value, lang) if label == value else label


def _like(point: Open, earlier: list[EarlierChoice] | None) -> Comparison | None:
    """The earlier choices at a point that was open in the same way; None if none were asked for."""
    from engine.decision.choosing.precedents import compared, options_text
    from engine.decision.deciding.open_points import steps_of

    if earlier is None:
        return None
    return compared(earlier, str(point.rule), options_text(point.shown()), steps_of(point))


def _choices_in(folder: Path, lang: Language) -> list[EarlierChoice]:
    """The choices of the sealed decisions in a folder, of copies once; what is no record there is
    passed over."""
    from engine.decision.choosing.precedents import choices_in
    from engine.decision.record.problems import RecordError
    from engine.decision.record.record import read_record, verify

    found: list[EarlierChoice] = []
    seen: set[bytes] = set()
    for path in sorted(folder.glob("*.json")):
        content = path.read_bytes()
        if content in seen:
            continue
        seen.add(content)
        try:
            record = read_record(content)
            verify(record)
        except RecordError:
            told = Bilingual(f"略过（不是有效记录）：{path}", f"passed over, no record: {path}")
            typer.echo(told.of(lang), err=True)
            continue
        if not record.withheld:
            found += choices_in(record.content["result"])
    return found
