"""What may still come of a case, and on what it depends.

    told = possible(case, law)
    told["parts"][0]["facts"][0]["answers"]     # what each answer to a missing fact would decide
    told["proof"]                               # what rests on facts that nobody has verified

Every result that remains is told, with the facts that decide among them. Then each fact that is
alleged, or of which somebody claims otherwise, is left out, and put as it is claimed: the result
stands, or it hangs on that fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from engine.decision.asking.questions import Open, answers_to, surveyed
from engine.decision.case.model import Case, EntityRecord, Found, State
from engine.decision.case.watched import watch
from engine.decision.deciding.coming import came, result_of
from engine.decision.deciding.decide import Evaluation, asked_backwards, evaluation_of, parts_of
from engine.decision.deciding.part import concluded_part, lacking_in, told_part
from engine.decision.governing.law import Law
from engine.decision.words.answering import said_together, told_fact
from engine.decision.words.paths_said import path_said, paths_listed
from engine.decision.words.shortly import MOST, first_of, line, texts_lacking, under_heading
from engine.decision.words.shown import plain
from engine.decision.words.suppositions import Suppositions
from engine.decision.words.text import draw
from engine.decision.worlds.supposing import SPLIT, with_fact
from engine.decision.worlds.work import Work
from engine.inference.program import Inference
from engine.language.diagnostics import LANGUAGES, Bilingual
from engine.law.undisturbed import undisturbed
from engine.law.vocabulary import Vocabulary

Told: TypeAlias = dict[str, Any]

VERIFIED: Final = "verified"
MOST_DOUBTFUL: Final = 32
"""Of so many doubtful facts it is followed whether the result hangs on them: each decides the case
anew."""
MOST_PARTS: Final = 12
"""Of more parts than this those that are open are told first, and not all."""
MOST_FACTS: Final = 4
"""Of so many missing facts it is told what each answer would decide."""
MOST_TURNED: Final = 4
"""Of more parts that come to something else without a fact, the first are told."""


@undisturbed()
def possible(case: Case, law: Law, *, inference: Inference = "rete") -> Told:
    """The outcomes and bands that remain, what each missing fact would decide, and what hangs on
    facts that are alleged or contested: `possible/1`."""
    evaluation = evaluation_of(case, law, inference)
    told = [told_part(evaluation, part, None) for part in parts_of(evaluation)]
    opens = [one for one in surveyed(evaluation) if one is not None]
    proof, not_followed = _proof(case, law)
    return {
        "schema": "possible/1",
        "question": {"ask": case.question.ask, "about": list(case.question.about)},
        "as_of": case.as_of.isoformat(),
        "parts": [_part(evaluation, part, opens) for part in told],
        "proof": proof,
        "not_followed": not_followed,
    }


def render_possible(
    content: Mapping[str, Any], lang: str, words: Vocabulary, *, whole: bool = False
) -> str:
    """What may still come (`possible/1`), as text: the parts that are open first, of each the
    first facts and answers, unless the `whole` is asked for."""
    parts = content["parts"]
    if len(parts) <= MOST_PARTS or whole:
        trees = [_part_text(part, whole=whole) for part in parts]
    else:
        opens = [part for part in parts if part["missing"] or part["gaps"]]
        firm = [_head(part) for part in parts if part not in opens]
        trees = under_heading(
            ("还有几种可能", "open"), [_open(part, words) for part in opens], whole=whole
        )
        trees += under_heading(("没有别的可能", "nothing else is possible"), firm, whole=whole)
    hanging = [
        _proof_text(one, words, whole=whole) for one in content["proof"] if not one["stands"]
    ]
    hanging = first_of(hanging, whole=whole)
    firm_facts = [one["fact"] for one in content["proof"] if one["stands"]]
    if firm_facts:
        listed = _listed(firm_facts, words, whole=whole)
        zh = f"不论以下单独未核实的事实如何，结果不变：{listed.zh}"
        en = f"the result stands without any one of these, which nobody verified: {listed.en}"
        hanging.append(line(zh, en))
    if content["not_followed"]:
        listed = _listed(content["not_followed"], words, whole=whole)
        zh = f"未知情况太多，没有推算以下事实是否影响结果：{listed.zh}"
        en = (
            f"too much is possible: whether the result hangs on these was not followed: {listed.en}"
        )
        hanging.append(line(zh, en))
    if hanging:
        trees.append(line("未核实或者有争议的事实", "facts that are alleged or contested"))
        trees[-1]["children"] = hanging
    return "\n".join(draw(tree, lang) for tree in trees)


def _listed(paths: list[str], words: Vocabulary, *, whole: bool) -> Bilingual:
    """Facts in words; beyond a dozen how many more there are."""
    first = paths if whole else paths[:MOST]
    listed, left = paths_listed(first, words), len(paths) - len(first)
    if not left:
        return listed
    return Bilingual(f"{listed.zh}，另有 {left} 项", f"{listed.en}, and {left} more")


# --- what remains ---------------------------------------------------------------------------------
def _part(evaluation: Evaluation, told: Told, opens: list[Open]) -> Told:
    own = [
        one
        for one in opens
        if (one.part.bearer, one.told.get("object")) == (told["bearer"], told.get("object"))
    ]
    missing = told.get("missing", [])
    said = Suppositions(evaluation.law, ())
    facts = sorted({fact for chosen in missing for fact in chosen})
    return {
        "bearer": told["bearer"],
        "object": told.get("object"),
        **came(evaluation.law.vocabulary, told),
        "missing": missing,
        "facts": [
            told_fact(evaluation.law, evaluation.case, fact)
            | {"answers": list(answers_to(evaluation, own, fact))}
            for fact in facts
        ],
        "gaps": [said.worded(gap) for gap in told.get("gaps", [])],
        **({"refusal": told["refusal"]} if told.get("refusal") else {}),
    }


# --- what hangs on what ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Doubtful:
    """A fact of a case that is found but not verified, or of which somebody claims otherwise."""

    entity: str
    key: str
    place: int | None
    found: Found


def _proof(case: Case, law: Law) -> tuple[list[Told], list[str]]:
    """For each doubtful fact whether the result stands without it, and as it is claimed: it does
    where nothing reads the fact, else the case is decided anew, as far as the work allows (all of
    them together are another answer). And the facts that were not followed to the end.

    `then`: the parts that come to something else.
    """
    watched, work = watch(case), Work()
    before, _ = _parts(watched.case, law, Work())
    is_done = work.share(1)
    doubtful = list(_doubtful(case, law.vocabulary))
    read = [one.found.path for one in doubtful if one.found.path in watched.read]
    first = frozenset(read[:MOST_DOUBTFUL])
    proof: list[Told] = []
    not_followed: list[str] = []

    def turned(one: Doubtful, found: Found) -> list[Told] | None:
        """The parts that are otherwise; None if that was not followed to the end."""
        if one.found.path not in watched.read:
            return []
        if one.found.path not in first or is_done():
            return None
        after, sure = _parts(with_fact(case, one.entity, one.key, one.place, found), law, work)
        others = list(_turned(law, before, after))
        return None if is_done() or (others and not sure) else others

    for one in doubtful:
        others = [turned(one, found) for found in _otherwise(one.found)]
        followed = [parts for parts in others if parts is not None]
        if len(followed) < len(others):
            not_followed.append(one.found.path)
        else:
            proof.append(_hanging(one.found, *followed))
    return proof, not_followed


def _otherwise(found: Found) -> Iterator[Found]:
    """A finding left out, and as each claim puts it."""
    yield replace(found, state=State.UNKNOWN, value=None, claims=())
    for claim in found.claims:
        yield replace(found, state=State.KNOWN, value=claim.value)


def _hanging(found: Found, then: list[Told], *claimed: list[Told]) -> Told:
    """Whether the result hangs on a fact: the parts that are otherwise without it, and as it is
    put by each claim."""
    claims = [
        {
            "by": claim.by,
            "value": plain(claim.value),
            "stands": not otherwise,
            "then": otherwise,
        }
        for claim, otherwise in zip(found.claims, claimed, strict=True)
    ]
    return {
        "fact": found.path,
        "state": "contested" if claims else "alleged",
        "stands": not then and not any(claimed),
        "without": {"stands": not then, "then": then},
        "claims": claims,
    }


def _turned(law: Law, before: list[Told], after: list[Told]) -> Iterator[Told]:
    """The parts that come to something else, or that are no longer there. Of what was asked of
    nobody before, that it is not so is nothing else."""
    was = {(part["bearer"], part.get("object")): result_of(part) for part in before}
    for part in after:
        before_it = was.pop((part["bearer"], part.get("object")), None)
        if before_it != result_of(part) and not (before_it is None and _is_nothing(part)):
            yield _named(law, part)
    for bearer, thing in was:
        yield {"bearer": bearer, "object": thing, "text": _gone(law, thing)}


def _gone(law: Law, thing: str | None) -> Told:
    """That a part is no longer there, and what it was about."""
    known = law.vocabulary.conclusions.get(thing or "")
    zh, en = ("", "") if known is None else (f"{known.label.zh}：", f"{known.label.en}: ")
    return {"zh": f"{zh}没有这一部分", "en": f"{en}no such part"}


def _is_nothing(told: Told) -> bool:
    """Whether a part says no more than that something is not so."""
    drawn = told["conclusions"]
    nothing = all(one["value"] is None and "details" not in one for one in drawn)
    return told["outcome"] == "determined" and not told["bands"] and nothing


def _named(law: Law, told: Told) -> Told:
    """What a part comes to; where that is nothing that could be told, what it hangs on."""
    named = {"bearer": told["bearer"], "object": told.get("object"), **came(law.vocabulary, told)}
    if told["outcome"] == "undetermined" and not (told["bands"] or told["conclusions"]):
        lacking = _lacking(law, told)
        if lacking is not None:
            zh, en = (named["text"][lang] for lang in LANGUAGES)
            named["text"] = {"zh": f"{zh}（{lacking.zh}）", "en": f"{en} ({lacking.en})"}
    return named


def _lacking(law: Law, told: Told) -> Bilingual | None:
    """What keeps a part open: a text that was not read, or facts."""
    said = Suppositions(law, ())
    for one in texts_lacking([said.worded(gap) for gap in told.get("gaps", ())]):
        return Bilingual(**one["text"])
    for facts in told.get("missing", ()):
        listed = paths_listed(facts, law.vocabulary, MOST_FACTS)
        return Bilingual(f"取决于 {listed.zh}", f"depends on {listed.en}")
    return None


def _parts(case: Case, law: Law, work: Work) -> tuple[list[Told], bool]:
    """What each part of a case comes to, asked backwards, and what is lacking of one that is open;
    and whether nothing that was left out can make a difference."""
    evaluation = asked_backwards(case, law, work)
    parts = parts_of(evaluation)
    told = [concluded_part(evaluation, part, None) for part in parts]
    for one, part in zip(told, parts, strict=True):
        if one["outcome"] == "undetermined":
            one.update(lacking_in(evaluation, part))
    return told, all(part.explored.sure for part in parts)


def _doubtful(case: Case, vocabulary: Vocabulary) -> Iterator[Doubtful]:
    """The facts that no verified paper proves, or that somebody contests, in the case's order.

    What tells entities apart, such as who the parents are, is not among them; nor is a day that
    nobody contests, without which nearly everything would be open.
    """
    for id, record in sorted(case.by_id.items()):
        for key in sorted(record.facts):
            declared = vocabulary.facts.get(key)
            if declared is None or declared.info.type.base not in SPLIT:
                continue
            for place, found in _found(record, key):
                proved = any(case.evidence[e].status == VERIFIED for e in found.evidence)
                left_out = declared.info.type.base != "date" and found.state is State.KNOWN
                if found.claims or (left_out and not proved):
                    yield Doubtful(id, key, place, found)


def _found(record: EntityRecord, key: str) -> Iterator[tuple[int | None, Found]]:
    fact = record.facts[key]
    if isinstance(fact, Found):
        yield None, fact
    else:
        yield from ((place, entry.found) for place, entry in enumerate(fact))


# --- words ----------------------------------------------------------------------------------------
def _part_text(part: Told, *, whole: bool) -> Told:
    children: list[Told] = []
    for fact in part["facts"] if whole else part["facts"][:MOST_FACTS]:
        answers = [
            {"text": {lang: _answer_text(one, lang) for lang in LANGUAGES}}
            for one in fact["answers"]
        ]
        children.append({"text": fact["text"], "children": first_of(answers, whole=whole)})
    left = len(part["facts"]) - len(children)
    if left:
        zh, en = (
            f"… 另有 {left} 项事实（--all 全部列出）",
            f"… {left} more facts (--all lists them)",
        )
        children.append(line(zh, en))
    return _head(part) | {"children": [*children, *_gaps(part)]}


def _head(part: Told) -> Told:
    zh, en = part["text"]["zh"], part["text"]["en"]
    return line(f"{part['bearer']}：{zh}", f"{part['bearer']}: {en}")


def _open(part: Told, words: Vocabulary) -> Told:
    """A part with the facts that decide it, without what each answer would decide."""
    facts = [fact["fact"] for fact in part["facts"]]
    listed = _listed(facts, words, whole=False)
    on = [line(f"取决于 {listed.zh}", f"depends on {listed.en}")] if facts else []
    return _head(part) | {"children": [*on, *_gaps(part)]}


def _gaps(part: Told) -> list[Told]:
    told = texts_lacking(part["gaps"])
    if part.get("refusal"):
        told.append(line(*(part["refusal"][lang] for lang in LANGUAGES)))
    return told


def _answer_text(answer: Told, lang: str) -> str:
    said = said_together(answer["answer"], lang)
    return f"{said}　⇒　" + "; ".join(part["text"][lang] for part in answer["parts"])


def _proof_text(one: Told, vocabulary: Vocabulary, *, whole: bool) -> Told:
    children = []
    if not one["without"]["stands"]:
        came_to = _then_text(one["without"]["then"], whole=whole)
        children.append(line(f"没有它：{came_to.zh}", f"without it: {came_to.en}"))
    for claim in one["claims"]:
        if not claim["stands"]:
            came_to = _then_text(claim["then"], whole=whole)
            zh = f"按 {claim['by']} 所说 {claim['value']}：{came_to.zh}"
            en = f"as {claim['by']} says, {claim['value']}: {came_to.en}"
            children.append(line(zh, en))
    words = {"alleged": ("未核实", "alleged"), "contested": ("有争议", "contested")}[one["state"]]
    fact = path_said(one["fact"], vocabulary)
    return line(f"{fact.zh}：{words[0]}", f"{fact.en}: {words[1]}") | {"children": children}


def _bearers(parts: list[Told], mark: str) -> str:
    return mark.join(dict.fromkeys(part["bearer"] for part in parts))


def _then_text(then: list[Told], *, whole: bool) -> Bilingual:
    """What parts come to, in a line; of many the first."""
    first = then if whole else then[:MOST_TURNED]
    left = len(then) - len(first)
    bearers: dict[str, list[Told]] = {}
    for part in first:
        bearers.setdefault(part["text"]["zh"], []).append(part)
    zh = "；".join(f"{_bearers(parts, '、')} {text}" for text, parts in bearers.items())
    en = "; ".join(f"{_bearers(p, ', ')} {p[0]['text']['en']}" for p in bearers.values())
    if not left:
        return Bilingual(zh, en)
    return Bilingual(
        f"{zh}；另有 {left} 个部分（--all 全部列出）", f"{en}; and {left} more (--all)"
    )
