"""Why a conclusion follows, and why not: for every rule that could have led there what stood in
the way, and how far it missed.

    told = explain(case, law, "social-maintenance-fee", why=False)
    told.as_json()["rules"][0]["children"]      # conditions that fail, exceptions, other rules
    print(render_explanation(told.as_json(), "en"))

Why-not is read off one world in which nothing unknown is settled: a condition is false, or open
with the facts that would tell. Why is read off the worlds of the answer, like the trace.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias

from engine.decision.case.model import Case, EntityRecord
from engine.decision.deciding.decide import Evaluation, evaluation_of, parts_of
from engine.decision.deciding.part import Part
from engine.decision.explaining.other_versions import passed_over
from engine.decision.explaining.tales import Tale, together, versions_in, worlds_apart
from engine.decision.explaining.targets import (
    Role,
    Target,
    check_bearer,
    check_rule,
    is_named,
    role_of,
    target_of,
)
from engine.decision.explaining.unmet import unmet, unmet_of
from engine.decision.governing.law import Law
from engine.decision.trace.telling import Teller
from engine.decision.trace.whichever import completions, truth_in
from engine.decision.words.nodes import Node, gist_of, node
from engine.decision.words.paths_said import path_said
from engine.decision.words.suppositions import Suppositions
from engine.decision.worlds.concluded import concluded
from engine.decision.worlds.found import closing_fact
from engine.decision.worlds.names import variables_of
from engine.decision.worlds.standing import covers
from engine.decision.worlds.world import World
from engine.inference.effects import concludes
from engine.inference.program import Inference, ProgramRule
from engine.inference.undecided import Stopped, Undecided, nothing_to_choose
from engine.language.diagnostics import Bilingual
from engine.law.aspects import ASPECTS
from engine.law.undisturbed import undisturbed
from engine.law.vocabulary import Vocabulary
from engine.values.truth import FALSE, TRUE, UNKNOWN, Truth

_WORDS: Final = {TRUE: "true", FALSE: "false", UNKNOWN: "unknown"}
Visited: TypeAlias = tuple[World, str | None]
"""A world, and whose part it is that it settles; None: of everybody."""
_MARKS: Final = {"true": "✓", "false": "✗", "unknown": "?"}
_TAKERS: Final = {
    "forbid": ("被排除：", "taken away by "),
    "postpone": ("须等待：", "postponed by "),
}
_ENDS: Final = ("lapse", "refuse")
MOST_WORLDS: Final = 8
"""Of so many worlds of a part it is told why, …"""
MOST_PARTS: Final = 4
"""… and in so many times as many worlds in all."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation as plain data."""

    content: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The form `explanation/1`."""
        return dict(self.content)


@undisturbed()
def explain(
    case: Case,
    law: Law,
    conclusion: str,
    *,
    why: bool,
    rule: str | None = None,
    bearer: str | None = None,
    inference: Inference = "rete",
) -> Explanation:
    """Why, or why not, a conclusion follows in a case.

    `conclusion`: `late-fee`, `charge late-fee`, or a name that rules define: `loan.rate`. `rule`:
    only this rule, by its local or its full name. `bearer`: only what concerns this entity. Raises
    ExplainError if there is none such.
    """
    seeks = law.vocabulary.questions[case.question.ask].seeks
    target = target_of(law.vocabulary, conclusion, [what for _, what in seeks if what])
    evaluation = evaluation_of(case, law, inference)
    parts = parts_of(evaluation)
    visited = _settled(evaluation, parts) if why else _worlds(evaluation, parts)
    worlds = list({id(world): world for world, _ in visited}.values())
    if rule is not None:
        check_rule(law, worlds, rule, target)
    concerned = {part.bearer for part in parts}
    if bearer is not None:
        check_bearer(case, bearer, concerned)
    tales: dict[tuple[str, ...], list[Tale]] = {}
    is_only_one = len(visited) == 1  # of many worlds, to look into each candidate would cost more
    for world, whose in visited:
        open_ones = None if why else completions(evaluation, world) if is_only_one else ()
        for told in _rules(evaluation, world, open_ones, target, rule, concerned):
            elsewhere = whose is not None and not concerned.isdisjoint(told["bearers"])
            if _is_of(told, bearer) and not (elsewhere and whose not in told["bearers"]):
                of = str(told["rule"]), str(told.get("subject")), str(told["text"]["zh"])
                tales.setdefault(of, []).append((world.assignment, told))
    said = Suppositions(law, versions_in(worlds))
    cut = {part.bearer for part in parts if why and worlds_apart(part, MOST_WORLDS)[1]}
    found = [
        together(said, several, cut_off=not cut.isdisjoint(several[0][1].get("bearers", ())))
        for several in tales.values()
    ]
    if not why:
        found.sort(key=_nearest)
    passed = [] if why else list(passed_over(evaluation, worlds, target, rule))
    role = role_of(law, worlds, rule, target)
    content: dict[str, Any] = {
        "schema": "explanation/1",
        "kind": "why" if why else "why-not",
        "conclusion": {"effect": target.effect, "object": target.what},
        "text": _heading(law.vocabulary, target, found, why, bearer)
        if role == "draws"
        else _other_heading(law.vocabulary, target, rule or "", role),
        "question": {"ask": case.question.ask, "about": list(case.question.about)},
        "as_of": case.as_of.isoformat(),
        "follows": _follows(found if role == "draws" else []),
        "rules": found,
        "ended_by": []
        if why
        else [one for one in _ended(evaluation, parts, target) if bearer in (None, one["bearer"])],
        "passed_over": passed,
    }
    return Explanation(content)


# --- where it is looked for -----------------------------------------------------------------------
def _worlds(evaluation: Evaluation, parts: list[Part]) -> list[Visited]:
    """The world in which nothing unknown is settled; where not even the law is, those visited."""
    try:
        return [(evaluation.world({}), None)]
    except Undecided:
        worlds = {id(world): world for world, _ in _settled(evaluation, parts)}
        return [(world, None) for world in list(worlds.values())[:MOST_WORLDS]]


def _settled(evaluation: Evaluation, parts: list[Part]) -> list[Visited]:
    """The worlds of the answer, of each part the first."""
    found: dict[tuple[int, str | None], Visited] = {}
    for part in parts:
        for world in worlds_apart(part, MOST_WORLDS)[0]:
            whose = part.bearer if world.assignment else None
            found[id(world), whose] = world, whose
    if not found:
        worlds = [one for one in evaluation.worlds.values() if isinstance(one, World)]
        return [(world, None) for world in worlds[:MOST_WORLDS]]
    return list(found.values())[: MOST_WORLDS * MOST_PARTS]


def _concerns(
    evaluation: Evaluation, subject: EntityRecord | None, concerned: Container[str]
) -> bool:
    """Whether a rule about a subject can be about what is asked: not if it is about another of
    that kind, unless the answer concerns that one, too."""
    about = evaluation.base.about
    kinds = {one.kind for one in about}
    return (
        subject is None or subject.kind not in kinds or subject in about or subject.id in concerned
    )


def _is_of(told: Node, bearer: str | None) -> bool:
    """Whether a rule is about an entity, or would burden it; None: any is."""
    return bearer is None or bearer == told.get("subject") or bearer in told.get("bearers", ())


def _rules(
    evaluation: Evaluation,
    world: World,
    open_ones: tuple[World, ...] | None,
    target: Target,
    rule: str | None,
    concerned: Container[str],
) -> Iterator[Node]:
    """The rules that could lead there: why one does; with `open_ones` why one does not."""
    program = world.setting.program
    drawing = target.rules(program)
    if rule is not None:
        drawing = tuple(index for index, one in program.written if is_named(one, rule))
    for index in drawing:
        one = program.rules[index]
        for subject in world.subjects(one):
            if not _concerns(evaluation, subject, concerned) or not world.in_scope(one, subject):
                continue
            if open_ones is not None:
                yield _report(evaluation, world, open_ones, one, subject)
            elif status_of(world, one, subject) is TRUE:
                told = Teller(evaluation, world).rule(index, subject)
                whose = subject.id if subject else None
                yield {**told, "subject": whose, "bearers": _bearers(world, one, subject)}


def _follows(found: list[Node]) -> str:
    """Whether some rule applies: `true`, `false`, or `unknown`."""
    truths = {told["truth"] for told in found}
    return next((word for word in ("true", "unknown") if word in truths), "false")


def _nearest(told: Node) -> tuple[int, int, str, str]:
    """What applies first, then what has least in its way."""
    order = ("true", "unknown", "false").index(told["truth"])
    failing = [one for one in told.get("children", ()) if one["kind"] != "other-rule"]
    return order, len(failing), told["rule"], told.get("subject", "")


# --- what stood in the way ------------------------------------------------------------------------
def _report(
    evaluation: Evaluation,
    world: World,
    open_ones: tuple[World, ...],
    rule: ProgramRule,
    subject: EntityRecord | None,
) -> Node:
    """A rule with everything that keeps it from applying to a subject, in the rule's order.
    `open_ones`: the worlds that settle what texts leave to the case."""
    teller = Teller(evaluation, world, open_ones)
    truth = _WORDS[_status(teller, lambda one: status_of(one, rule, subject))]
    children = [*_before(evaluation, world, rule, subject), *unmet_of(teller, rule, subject)]
    children += _after(teller, rule, subject)
    failing = [c for c in children if c["kind"] != "choice"]
    first = next((c for c in failing if c.get("truth") != "unknown"), failing[0] if failing else {})
    if any(c["kind"] == "other-rule" and c["truth"] == "false" for c in children):
        truth = "false"  # a ground that applies may still be taken away or postponed
    if not children and (truth == "true" or world.status_of(rule.index, subject) is TRUE):
        children = teller.rule(rule.index, subject).get("children", [])
    here = f"{rule.rule.local}@{subject.id}" if subject else rule.rule.local
    zh, en = gist_of(rule)
    mark = _MARKS[truth]
    return node(
        "rule", f"{mark} {here}　{zh}", f"{mark} {here}  {en}", children,
        rule=rule.rule.name, article=rule.rule.article, version=rule.version[1],
        subject=subject.id if subject else None, truth=truth, first=first.get("text"),
        bearers=_bearers(world, rule, subject),
    )  # fmt: skip


def _status(teller: Teller, read: Callable[[World], Truth]) -> Truth:
    """Whether a rule applies; where that is open, whether it does whatever is so."""
    truth = read(teller.world)
    return truth_in(teller.completions, read) if truth is UNKNOWN else truth


def _applies(index: int, subject: EntityRecord | None, world: World) -> Truth:
    return world.status_of(index, subject)


def status_of(world: World, rule: ProgramRule, subject: EntityRecord | None) -> Truth:
    """Whether a rule applies and concludes something: nothing, where there is none of what it
    takes its value from."""
    status = world.status_of(rule.index, subject)
    if status is not TRUE or not ASPECTS.get(rule.effect):
        return status
    try:
        concluded(world, rule, subject)
    except Stopped as stop:
        return FALSE if nothing_to_choose(stop) else status
    return status


def _bearers(world: World, rule: ProgramRule, subject: EntityRecord | None) -> list[str]:
    try:
        return list(world.bearers(rule, subject))
    except Stopped:
        return []


def _before(
    evaluation: Evaluation, world: World, rule: ProgramRule, subject: EntityRecord | None
) -> Iterator[Node]:
    """What is asked before any condition: that no finding closes it, that its text was read."""
    for what in concludes(rule.rule.effects[0]) if rule.rule.effects else ():
        closing = closing_fact(world, rule.effect, what, subject)
        if closing is not None:
            said = path_said(closing.path, evaluation.law.vocabulary)
            yield node(
                "closed", f"经办人认定没有：{said.zh}", f"a finding closes it: {said.en}",
                facts=[closing.path], truth="false",
            )  # fmt: skip
    if rule.rule.confidence in ("unconfirmed", "memory"):
        yield node(
            "text", "该规则的条文没有读到原文", "the text of this rule was not read",
            truth="unknown", confidence=rule.rule.confidence,
        )  # fmt: skip


def _after(teller: Teller, rule: ProgramRule, subject: EntityRecord | None) -> Iterator[Node]:
    """What may still be in the way of a rule whose conditions hold."""
    world = teller.world
    if rule.rule.may:
        point = f"{rule.called}@{subject.id if subject else 'case'}"
        yield node(
            "choice", f"由机关选择是否适用：{point}", f"the authority may apply it or not: {point}",
            point=point, truth="unknown",
        )  # fmt: skip
    yield from _others(teller, rule.overridden_by, subject, ("被取代：", "overridden by "))
    if rule.effect == "permit" and world.status_of(rule.index, subject) is not FALSE:
        program = world.setting.program
        for effect, words in _TAKERS.items():
            taking = [
                i for i in program.by_effect.get(effect, ()) if covers(program.rules[i], rule)
            ]
            yield from _others(teller, taking, subject, words)


def _others(
    teller: Teller, indexes: Iterable[int], subject: EntityRecord | None, words: tuple[str, str]
) -> Iterator[Node]:
    """Rules that take its place, or take it away, each with what would keep it from applying."""
    for index in indexes:
        truth = _status(teller, partial(_applies, index, subject))
        if truth is FALSE:
            continue
        other = teller.program.rules[index]
        variables = variables_of(other.variable, subject)
        zh, en = gist_of(other)
        maybe = ("可能", "possibly ") if truth is UNKNOWN else ("", "")
        yield node(
            "other-rule",
            f"{maybe[0]}{words[0]}{other.rule.local}　{zh}",
            f"{maybe[1]}{words[1]}{other.rule.local}  {en}",
            [one for e in other.rule.when for one in unmet(teller, e, variables, wanted=False)],
            rule=other.rule.name,
            # It stands in the way: that it applies is what fails.
            truth="false" if truth is TRUE else "unknown",
        )


def _ended(evaluation: Evaluation, parts: list[Part], target: Target) -> Iterator[Node]:
    """The rules by which there is no legal basis, or by which what was due has lapsed."""
    seen: set[tuple[str, str]] = set()
    for part in parts:
        if part.sought != (target.effect, target.what):
            continue
        for result in part.results:
            program = result.world.setting.program if result.world else None
            for index in result.rules if program else ():
                rule = program.rules[index]  # type: ignore[union-attr]
                if rule.effect in _ENDS and (part.bearer, rule.rule.name) not in seen:
                    seen.add((part.bearer, rule.rule.name))
                    zh, en = gist_of(rule)
                    yield node(
                        "ended", f"{part.bearer}：{rule.rule.local}　{zh}",
                        f"{part.bearer}: {rule.rule.local}  {en}",
                        rule=rule.rule.name, effect=rule.effect, bearer=part.bearer,
                    )  # fmt: skip


def _label(vocabulary: Vocabulary, target: Target) -> Bilingual:
    if target.effect == "define":
        info = vocabulary.names[target.what]
        return Bilingual(info.zh, info.en)
    return vocabulary.conclusions[target.what].label


def _other_heading(vocabulary: Vocabulary, target: Target, rule: str, role: Role) -> dict[str, str]:
    """The heading for a rule that does not itself lead to what is asked."""
    label = _label(vocabulary, target)
    if role == "supports":
        zh = f"规则 {rule} 为“{label.zh}”提供依据，本身不导出它"
        en = f"rule {rule} gives what “{label.en}” rests on; it does not itself lead there"
    else:
        zh = f"规则 {rule} 不导出“{label.zh}”"
        en = f"rule {rule} does not lead to “{label.en}”"
    return {"zh": zh, "en": en}


def _heading(
    vocabulary: Vocabulary, target: Target, found: list[Node], why: bool, bearer: str | None
) -> dict[str, str]:
    label, follows = _label(vocabulary, target), _follows(found)
    if why and follows != "true":
        zh = f"“{label.zh}”不成立：没有规则确定适用；用 --why-not 看原因"
        return {"zh": zh, "en": f"no rule surely leads to “{label.en}”; see --why-not"}
    if why:
        return {"zh": f"为什么有“{label.zh}”", "en": f"why “{label.en}”"}
    if not found:
        to, of = (f"对 {bearer} ", f" for {bearer}") if bearer else ("", "")
        zh = f"当时有效的条文里没有规则{to}导出“{label.zh}”"
        return {"zh": zh, "en": f"no rule of the governing law leads to “{label.en}”{of}"}
    tail = {"true": ("其实成立", "it does follow"), "unknown": ("还不能确定", "it is still open")}
    zh, en = f"为什么没有“{label.zh}”", f"why not “{label.en}”"
    if follows in tail:
        zh, en = f"{zh}：{tail[follows][0]}", f"{en}: {tail[follows][1]}"
    return {"zh": zh, "en": en}
