"""What would turn the result: all smallest sets of changes of facts that are open to change.

    told = changes(case, law)
    told["parts"][0]["sets"][0]      # {"changes": [{"fact": …, "to": …}], "then": {…}}

A fact that is registered, evidence that is brought, a day that passes: what the vocabulary lets be
suggested. Thresholds are those that the rules compare with. `engine.decision.changing.turning`
looks for the sets; each one is proved here: the case is changed and decided again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from engine.decision.case.model import Case, Found, State
from engine.decision.changing.placed import Entangled
from engine.decision.changing.reasoned import PROVED
from engine.decision.changing.reasoning import Reasoning
from engine.decision.changing.turning import Looked, Moves, Search, fact_of_point
from engine.decision.deciding.coming import came, result_of
from engine.decision.deciding.decide import (
    Evaluation,
    asked_backwards,
    evaluation_of,
    part_of_bearer,
    parts_of,
)
from engine.decision.deciding.part import Part, concluded_part, lacking_in
from engine.decision.governing.law import Law
from engine.decision.words.answering import said_answer, told_answer
from engine.decision.words.paths_said import path_said, paths_listed
from engine.decision.words.shortly import line, texts_lacking, under_heading
from engine.decision.words.suppositions import Suppositions
from engine.decision.words.text import draw
from engine.decision.worlds.found import TODAY
from engine.decision.worlds.horizon import years_ahead
from engine.decision.worlds.supposing import OpenCase, changed, supposing, with_papers, witness
from engine.decision.worlds.work import Work
from engine.inference.program import Program
from engine.inference.undecided import Bounds
from engine.language.diagnostics import LANGUAGES
from engine.law.undisturbed import undisturbed
from engine.law.vocabulary import Vocabulary
from engine.values.dates import Window

Told: TypeAlias = dict[str, Any]
Papers: TypeAlias = Mapping[str, tuple[str, ...]]
"""Facts that are proved, by their paths, each with the issuers of what is brought."""

SIZE: Final = 2
"""Sets of at most so many changes are looked for, unless told otherwise."""
SHOWN: Final = 60
FEW: Final = 4
"""More parts than this that the same turns are told together."""
_NONE: Final = "没有可改变的事实能使结果不同", "no change of this size turns it"


@undisturbed()
def changes(case: Case, law: Law, *, size: int = SIZE) -> Told:
    """For each part all smallest sets of at most `size` changes that turn it: `changes/1`. No trace
    is told: the case is asked backwards, as it is and as it is changed."""
    evaluation = asked_backwards(case, law)
    parts = parts_of(evaluation)
    return {
        "schema": "changes/1",
        "question": {"ask": case.question.ask, "about": list(case.question.about)},
        "as_of": case.as_of.isoformat(),
        "size": size,
        "parts": _parts(evaluation, parts, size),
    }


def render_changes(
    content: Mapping[str, Any], lang: str, words: Vocabulary, *, whole: bool = False
) -> str:
    """The changes that turn each part (`changes/1`), as text: first the parts that something
    turns, then those that are open, then those that nothing turns. Parts that the same sets turn
    are told together, unless the `whole` is asked for."""
    parts = content["parts"]
    if len(parts) == 1:
        return draw(_part_text(parts[0], words, whole=whole), lang)
    turned = [part for part in parts if part["sets"] or not part["complete"]]
    if whole:
        trees = [_part_text(part, words, whole=True) for part in turned]
    else:
        trees = _together(turned, words)
    opens = [part for part in parts if "missing" in part]
    if len(opens) > FEW and not whole:
        lines = [_head(part) | {"children": _missing(part, words)[:1]} for part in opens]
        trees += under_heading(("待定，先查明事实", "open: first find out"), lines, whole=whole)
    else:
        trees += [_part_text(part, words, whole=whole) for part in opens]
    firm = [_head(part) for part in parts if part not in turned and "missing" not in part]
    trees += under_heading(_NONE, firm, whole=whole)
    return "\n".join(draw(tree, lang) for tree in trees)


# --- looking --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Supposed:
    """A case with what may be changed in it: facts, papers behind facts, the day."""

    evaluation: Evaluation
    open_case: OpenCase
    unproved: Papers
    reasoning: Reasoning
    domains: Mapping[str, Any]
    again: dict[frozenset[tuple[str, Any]], Evaluation] = field(default_factory=dict)
    """By what is moved: the changed case, decided again. Its worlds serve all parts."""


def _supposed(evaluation: Evaluation, parts: list[Part], but: frozenset[str]) -> Supposed:
    case, law = evaluation.case, evaluation.law
    open_case = supposing(case, law.vocabulary, but)
    unproved = _unproved(case, open_case, parts)
    window = Window(case.as_of, years_ahead(case.as_of).last)
    base = evaluation_of(open_case.case, law, evaluation.inference, window).base
    return Supposed(
        evaluation,
        open_case,
        unproved,
        Reasoning(evaluation, open_case, base, unproved),
        {**open_case.domains, TODAY: window},
    )


def _parts(evaluation: Evaluation, parts: list[Part], size: int) -> list[Told]:
    """The parts with what turns them. Facts that meet in one value are left as they are, and then
    the sets may not be all."""
    entangled: frozenset[str] = frozenset()
    while True:
        supposed = _supposed(evaluation, parts, entangled)
        try:
            found = [_part(supposed, part, size) for part in parts]
        except Entangled as met:
            entangled |= met.facts
        else:
            return [one | {"complete": one["complete"] and not entangled} for one in found]


def _part(supposed: Supposed, part: Part, size: int) -> Told:
    now = concluded_part(supposed.evaluation, part, None)
    words = supposed.evaluation.law.vocabulary
    told: Told = {
        "bearer": part.bearer,
        "object": now.get("object"),
        "now": came(words, now),
        "complete": True,
        "sets": [],
    }
    if now["outcome"] == "undetermined":
        lacking = lacking_in(supposed.evaluation, part)
        said = Suppositions(supposed.evaluation.law, ())
        gaps = [said.worded(gap) for gap in lacking.get("gaps", [])]
        return told | {"missing": lacking["missing"], "gaps": gaps}
    actual = {**supposed.open_case.actual, TODAY: supposed.evaluation.case.as_of}

    def prove(moves: Moves) -> Told | None:
        then = _then(supposed, part, moves)
        turned = then["outcome"] != "undetermined" and result_of(then) != result_of(now)
        return then if turned else None

    reasoning = supposed.reasoning
    base = reasoning.came(part)

    def look(moves: Moves) -> Looked:
        return reasoning.look(part, moves, base)

    search = Search(look, supposed.domains, actual, size, prove).run()
    found = sorted(search.found, key=_order)
    told["complete"] = search.complete and len(found) <= SHOWN
    told["sets"] = [
        {"changes": list(_told(supposed, moves)), "then": came(words, then)}
        for moves, then in found[:SHOWN]
    ]
    return told


def _order(one: tuple[Moves, Told]) -> tuple[int, list[str], str]:
    moves, _ = one
    return len(moves), sorted(moves), str(moves)


def _unproved(case: Case, open_case: OpenCase, parts: list[Part]) -> Papers:
    """The known facts of which rules ask whether they are verified, and that are not: with the
    issuers whose papers are lacking."""
    asked: dict[str, set[str]] = {}
    programs = {id(w.setting.program): w.setting.program for part in parts for w in part.worlds}
    for program in programs.values():
        for key, issuers in _verified_keys(program):
            asked.setdefault(key, set()).update(issuers)
    found: dict[str, tuple[str, ...]] = {}
    for path, (id_, key, place) in open_case.spots.items():
        fact: Any = case.by_id[id_].facts[key]
        known = fact if place is None else fact[place].found
        if key in asked and isinstance(known, Found) and known.state is State.KNOWN:
            papers = [case.evidence[e] for e in known.evidence]
            there = {paper.issuer for paper in papers if paper.status == "verified"}
            lacking = tuple(sorted(asked[key] - there))
            if lacking:
                found[path] = lacking
    return found


def _verified_keys(program: Program) -> list[tuple[str, tuple[str, ...]]]:
    """The facts that conditions want verified, with the issuers."""
    found: list[tuple[str, tuple[str, ...]]] | None = program.told.get("verified")
    if found is None:
        parts = program.parts
        found = [one for _, rule in program.written for one in parts.verified(rule)]
        found += parts.verified_in_formulas
        program.told["verified"] = found
    return found


# --- proof and words ------------------------------------------------------------------------------
def _then(supposed: Supposed, part: Part, moves: Moves) -> Told:
    """The part in the case that is changed: decided again."""
    key = frozenset(moves.items())
    again = supposed.again.get(key)
    if again is None:
        again = supposed.again[key] = _again(supposed, moves)
    again.work = Work()  # no part has less of it than the first
    return concluded_part(again, part_of_bearer(again, part.bearer, part.sought), None)


def _again(supposed: Supposed, moves: Moves) -> Evaluation:
    """The changed case, to be decided again: under the law that can have to do with the question,
    and as far as it is asked for."""
    evaluation, open_case = supposed.evaluation, supposed.open_case
    papers = {
        path: supposed.unproved[path]
        for name in moves
        if (path := name.removesuffix(PROVED)) != name
    }
    case = with_papers(evaluation.case, open_case, papers)
    values: dict[str, Any] = {}
    for name, option in moves.items():
        fact, mark, code = name.partition("#")
        if name == TODAY:
            case = replace(case, as_of=option.first)
        elif mark:
            codes = values.get(fact, open_case.actual[fact])
            values[fact] = (*codes, code) if option else tuple(c for c in codes if c != code)
        elif not name.endswith(PROVED):
            ranges = isinstance(option, Bounds)
            values[name] = witness(option, open_case.actual[name]) if ranges else option
    return asked_backwards(changed(case, open_case, values), evaluation.law)


def _told(supposed: Supposed, moves: Moves) -> Iterator[Told]:
    """The changes of a set: papers, the day, then facts."""
    law = supposed.evaluation.law
    for name in sorted(moves, key=lambda name: (not name.endswith(PROVED), name)):
        option, path = moves[name], name.removesuffix(PROVED)
        if path != name:
            issuers = supposed.unproved[path]
            labels = [law.vocabulary.issuers[issuer] for issuer in issuers]
            named = path_said(path, law.vocabulary)
            zh = f"{named.zh} 经核实：{'、'.join(label.zh for label in labels)}"
            en = f"{named.en} is verified: {', '.join(label.en for label in labels)}"
            text = {"zh": zh, "en": en}
            yield {"kind": "evidence", "fact": path, "issuers": list(issuers), "text": text}
        elif name == TODAY:
            day = option.first.isoformat()
            text = {"zh": f"自 {day} 起", "en": f"from {day} on"}
            yield {"kind": "day", "fact": TODAY, "from": day, "text": text}
        else:
            fact = fact_of_point(name)
            (to,) = told_answer(law, fact, [(name, option)])
            named = path_said(fact, law.vocabulary)
            text = {lang: f"{named.of(lang)} → {said_answer(to, lang)}" for lang in LANGUAGES}
            yield {"kind": "fact", "fact": fact, "to": to, "text": text}


def _head(part: Told) -> Told:
    text = part["now"]["text"]
    return line(f"{part['bearer']}：{text['zh']}", f"{part['bearer']}: {text['en']}")


def _part_text(part: Told, words: Vocabulary, *, whole: bool = False) -> Told:
    children = [_set_text(one) for one in part["sets"]]
    if "missing" in part:
        children += _missing(part, words, whole=whole)
    elif not part["sets"]:
        children.append(line(*_NONE))
    if not part["complete"]:
        told = "还可能有别的：没有全部查完", "there may be more: not all were tried"
        children.append(line(*told))
    return _head(part) | {"children": children}


def _set_text(one: Told) -> Told:
    zh, en = (f"{_joint(one, lang)}　⇒　{one['then']['text'][lang]}" for lang in LANGUAGES)
    return line(zh, en)


def _missing(part: Told, words: Vocabulary, *, whole: bool = False) -> list[Told]:
    most = None if whole else FEW
    listed = [paths_listed(facts, words, most) for facts in part["missing"]]
    told = [line(f"先查明 {one.zh}", f"first find out {one.en}") for one in listed]
    return told + texts_lacking(part["gaps"])


def _together(parts: list[Told], words: Vocabulary) -> list[Told]:
    """Parts that the same changes turn, told once: the parts, and below them the changes."""
    groups: dict[str, list[Told]] = {}
    for part in parts:
        sets = [[c["text"]["zh"] for c in one["changes"]] for one in part["sets"]]
        groups.setdefault(repr((sets, part["complete"])), []).append(part)
    found: list[Told] = []
    for several in groups.values():
        if len(several) <= FEW:
            found += [_part_text(part, words) for part in several]
            continue
        lines = [_head(part) for part in several]
        for one, below in zip(several, lines, strict=True):
            thens = list(dict.fromkeys(s["then"]["text"]["zh"] for s in one["sets"]))
            thens_en = list(dict.fromkeys(s["then"]["text"]["en"] for s in one["sets"]))
            zh, en = below["text"]["zh"], below["text"]["en"]
            below |= line(f"{zh}　⇒　{'；'.join(thens)}", f"{en}　⇒　{'; '.join(thens_en)}")
        changes = [
            " / ".join(_joint(one, lang) for one in several[0]["sets"]) for lang in LANGUAGES
        ]
        zh, en = f"{changes[0]}，以下都会不同", f"{changes[1]}: each of these turns"
        found += under_heading((zh, en), lines, whole=False)
    return found


def _joint(one: Told, lang: str) -> str:
    joint = {"zh": "，并且 ", "en": ", and "}[lang]
    return joint.join(change["text"][lang] for change in one["changes"])
