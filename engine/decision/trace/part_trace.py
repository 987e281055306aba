"""The trace of one part: for its bearer, what it comes to in each world that was told apart, under
which rules, by which candidate law, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from engine.decision.case.model import EntityRecord
from engine.decision.trace.telling import Teller
from engine.decision.words.aspect_words import aspects_said, rounded
from engine.decision.words.nodes import Node, gist_of, node, others_left_out
from engine.decision.words.paths_said import fact_said
from engine.decision.words.shown import Shown, shown
from engine.decision.words.suppositions import Suppositions
from engine.decision.words.written import grouped, length_said
from engine.decision.worlds.forks import fact_of
from engine.decision.worlds.names import variables_of
from engine.decision.worlds.results import Result
from engine.language.diagnostics import Bilingual
from engine.language.ruleset import TimeLimit
from engine.law.aspects import STANDS, side_by_side, told_first
from engine.values.money import Money
from engine.values.open_number import Open
from engine.values.truth import FALSE, TRUE, Truth

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation
    from engine.decision.deciding.part import Part

SHOWN: Final = 8
"""How many of the worlds of a part are told."""
OUTCOMES: Final = {
    "determined": ("确定", "determined"),
    "undetermined": ("待定", "undetermined"),
    "refused": ("拒绝", "refused"),
    "not_applicable": ("不适用", "not applicable"),
}
_FRACTION: Final = re.compile(r"-?\d+/\d+")


def part_node(evaluation: Evaluation, said: Suppositions, part: Part, told: Node) -> Node:
    """Why a part is what it is; `told`: as it is told as JSON."""
    zh, en = OUTCOMES[told["outcome"]]
    children: list[Node] = []
    tales: list[Node] = []
    givens: list[Mapping[str, Any]] = []
    cut_off = False
    for visited in (visited for leaf in part.explored.leaves for visited in leaf.worlds):
        if len(tales) >= SHOWN:
            cut_off = True
            break
        tale = _result_node(evaluation, visited.result, part)
        if tale not in tales:
            tales.append(tale)
            givens.append(visited.assignment)
    if len(tales) == 1 and told["outcome"] != "undetermined":
        givens = [{}]  # it is so in every world
    elif not cut_off:
        givens = _telling(givens)
    for tale, given in zip(tales, givens, strict=True):
        children.append(_world_node(said, given, tale) if given else tale)
    if cut_off:
        children.append(others_left_out())
    children += [_candidate_node(said, candidate) for candidate in told.get("laws", ())]
    for missing in told.get("missing", ()):
        children.append(_missing_node(evaluation, missing))
    for gap in told.get("gaps", ()):
        zh_gap, en_gap = said.gap(gap)
        children.append(node("gap", f"缺少文本：{zh_gap}", f"missing text: {en_gap}"))
    compared = told_first(b for b in told["bands"] if not b["aspect"].startswith(STANDS))
    compared = [b for b in compared if b["low"] is not None or b["high"] is not None]
    both = [_ends(evaluation, part, band) for band in compared]
    ends_zh, ends_en = (", ".join(dict.fromkeys(ends[i] for ends in both)) for i in (0, 1))
    if last := _last_day(told["bands"], compared):
        ends_zh, ends_en = f"{ends_zh} 至 {last}", f"{ends_en} to {last}"
    unit_zh, unit_en = (" 元", " yuan") if compared and "payer" in compared[0] else ("", "")
    tail_zh, tail_en = (f" {ends_zh}{unit_zh}", f" {ends_en}{unit_en}") if ends_zh else ("", "")
    what_zh, what_en = _what(evaluation, part)
    return node(
        "part",
        f"{part.bearer}{what_zh}：{zh}{tail_zh}",
        f"{part.bearer}{what_en}: {en}{tail_en}",
        children,
        bearer=part.bearer, outcome=told["outcome"], confidence=told["confidence"],
    )  # fmt: skip


def _telling(givens: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What the worlds of some tales suppose, without what is the same in all of them: were it
    otherwise, it would come to one of these tales, too."""
    if len(givens) < 2:
        return givens
    first, *others = givens
    same = {name for name in first if all(one.get(name) == first[name] for one in others)}
    return [{name: one[name] for name in one if name not in same} for one in givens]


def _last_day(
    bands: Sequence[Mapping[str, Any]], compared: Sequence[Mapping[str, Any]]
) -> str | None:
    """The last day of what has nothing but days, where it is one; a first day alone tells half."""
    if [one["aspect"] for one in compared] != ["start"]:
        return None
    ends = [one for one in bands if one["aspect"] == "end"]
    is_one = len(ends) == 1 and ends[0]["low"] == ends[0]["high"]
    return str(ends[0]["high"]) if is_one and ends[0]["high"] else None


def _what(evaluation: Evaluation, part: Part) -> tuple[str, str]:
    """What a part is about, where a question asks for several things."""
    seeks = evaluation.question.seeks
    if part.sought is None or (len(seeks) == 1 and seeks[0][1] is not None):
        return "", ""
    label = evaluation.law.vocabulary.conclusions[part.sought[1]].label
    return f"　{label.zh}", f", {label.en}"


def _ends(evaluation: Evaluation, part: Part, band: Mapping[str, Any]) -> Shown:
    """The ends of a band; steps by their labels, fractions with about how much they are."""
    vocabulary = evaluation.law.vocabulary
    ladder = vocabulary.conclusions[part.sought[1]].ladder if part.sought else None
    steps = vocabulary.ladders.get(ladder or "", {})
    low = _end(band["low"], steps)
    mark = f"{of} " if (of := side_by_side(band["aspect"])[1]) else ""
    if band["low"] != band["high"]:
        high = _end(band["high"], steps)
        return f"{mark}{low[0]}–{high[0]}", f"{mark}{low[1]}–{high[1]}"
    if _FRACTION.fullmatch(low[0]):
        about = rounded(low[0])
        return f"{low[0]}（{about[0]}）", f"{low[1]} ({about[1]})"
    return f"{mark}{low[0]}", f"{mark}{low[1]}"


def _end(end: str | None, steps: Mapping[str, Bilingual]) -> Shown:
    if end is None:
        return "…", "…"
    if end in steps:
        return steps[end].zh, steps[end].en
    said = grouped(end)
    return length_said(said, "zh"), length_said(said, "en")


def _results(said: Suppositions, results: list[str]) -> tuple[str, str]:
    came = [said.result(result) for result in results]
    return "–".join(zh for zh, _ in came), "–".join(en for _, en in came)


def _candidate_node(said: Suppositions, candidate: Node) -> Node:
    """A candidate law: what it would come to, and whether it was taken; where it was compared as a
    whole, with what else would come of it."""
    law = said.world(candidate["law"])
    beside_zh, beside_en = _results(said, candidate["results"])
    zh, en = ("采用", "taken") if candidate["taken"] else ("未用", "not taken")
    for what, others in candidate.get("together", {}).items():
        label, (came_zh, came_en) = said.words.conclusions[what].label, _results(said, others)
        beside_zh += f"；{label.zh}：{came_zh}"
        beside_en += f"; {label.en}: {came_en}"
    return node(
        "candidate-law",
        f"可适用的规定：{law[0]}：{beside_zh}（{zh}）",
        f"candidate law: {law[1]}: {beside_en} ({en})",
        taken=candidate["taken"],
    )


def _world_node(said: Suppositions, assignment: Mapping[str, Any], tale: Node) -> Node:
    """What a part comes to in one world, under what that world supposes."""
    zh, en = said.world(assignment)
    facts = sorted({fact_of(name) for name in assignment if fact_said(fact_of(name), said.words)})
    return node("world", f"如果 {zh}", f"if {en}", [tale], facts=facts)


def _missing_node(evaluation: Evaluation, missing: list[str]) -> Node:
    children = []
    for path in missing:
        fact = _declared(evaluation, path)
        if fact is None:
            continue
        question = fact.question
        papers = [evaluation.law.vocabulary.evidence.get(kind) for kind in fact.evidence]
        zh = question.zh if question else fact.info.zh
        en = question.en if question else fact.info.en
        named = [paper for paper in papers if paper]
        if named:
            zh += "　证明：" + "、".join(paper.zh for paper in named)
            en += "; proved by: " + ", ".join(paper.en for paper in named)
        children.append(node("question", f"问：{zh}", f"ask: {en}"))
    children = [one for place, one in enumerate(children) if one not in children[:place]]
    zh, en = "、".join(missing), ", ".join(missing)
    return node("missing", f"还缺 {zh}", f"missing: {en}", children, facts=missing)


def _declared(evaluation: Evaluation, path: str) -> Any:
    section, _, rest = path.partition(".")
    name = rest.partition(".")[2].partition("[")[0]
    for kind in evaluation.law.vocabulary.kinds.values():
        if kind.section == section:
            return evaluation.law.vocabulary.facts.get(f"{kind.name}.{name}")
    return None


def _due(amount: Any) -> Shown:
    """An amount that is due; of one that is not known its bounds, and on what it rests."""
    if not isinstance(amount, Open):
        zh, en = shown(amount)
        return f" {zh} 元", f"{en} yuan"
    ends = (("不少于", "at least", amount.low), ("不多于", "at most", amount.high))
    bounds = [
        (f"{word} {shown(end)[0]} 元", f"{of} {shown(end)[0]} yuan")
        for word, of, end in ends
        if end is not None and end != Money(0)
    ]
    paths = sorted(amount.paths)
    zh = "".join(f"，{zh}" for zh, _ in bounds)
    en = "".join(f", {en}" for _, en in bounds)
    return (
        f"数额未定{zh}，取决于 {'、'.join(paths)}",
        f"an amount not known{en}, which rests on {', '.join(paths)}",
    )


def _result_node(evaluation: Evaluation, result: Result, part: Part) -> Node:
    world = result.world
    if world is None:
        return node("result", result.status, result.status)
    teller = Teller(evaluation, world)
    children = [
        teller.rule(index, subject)
        for index in result.rules
        for subject in world.subjects(world.setting.program.rules[index])
        if world.status_of(index, subject) is TRUE and teller.concerns(index, subject, part.bearer)
    ]
    match result.status:
        case "stands" if _is_due(part, result):
            zh, en = _due(result.compared)
            return node("result", f"应缴{zh}", f"due: {en}", children)
        case "stands":
            zh, en = aspects_said(result.aspects, evaluation.law.vocabulary)
            then = _follows(result)
            if then is not None:
                zh, en = f"{zh}；届满后：{then.zh}", f"{en}; after it: {then.en}"
            zh, en = (f"成立：{zh}", f"stands: {en}") if zh else ("成立", "stands")
            return node("result", zh, en, children)
        case "none":
            children += _openers(teller, part)
            if part.sought is None or part.sought[0] == "charge":
                return node("result", "无应缴", "nothing is due", children)
            return node("result", "没有", "none", children)
        case "answer":
            children += _standings(teller)
            yes = bool(result.value)
            return node("result", "符合" if yes else "不符合", "yes" if yes else "no", children)
        case "refused":
            zh, en = result.reason or ("", "")
            return node("result", f"拒绝：{zh}", f"refused: {en}", children)
        case "lacking":
            facts = ", ".join(name for name in sorted(result.facts) if not name.startswith("text:"))
            if not facts:  # the gaps beside it name the text
                return node("result", "条文没有读到", "the text was not read", children)
            return node("result", f"缺少 {facts}", f"lacking: {facts}", children)
        case "conflict":
            return node("result", "规定相互冲突", "rules in conflict", children)
        case _:
            return node("result", "不适用", "not applicable", children)


def _is_due(part: Part, result: Result) -> bool:
    """Whether a result is an amount that somebody has to pay, and no more."""
    is_charge = part.sought is None or part.sought[0] == "charge"
    return is_charge and isinstance(result.compared, Money | Open) and len(result.aspects) == 1


def _follows(result: Result) -> Bilingual | None:
    """What follows at the end of a period."""
    rules = result.world.setting.program.rules if result.world else ()
    effects = (rules[index].rule.effects[0] for index in result.rules)
    return next((e.then for e in effects if isinstance(e, TimeLimit) and e.then), None)


def _openers(teller: Teller, part: Part) -> list[Node]:
    """Why nothing is due: the rules that leave to other law what was sought, and did not."""
    sought = None if part.sought is None else " ".join(part.sought)
    opening = [
        rule
        for rule in teller.program.rules
        if rule.variable and (rule.rule.opens if sought is None else sought in rule.rule.opens)
    ]
    return [
        teller.condition(condition, variables_of(rule.variable, subject))
        for subject in teller.world.setting.about
        for rule in opening
        for condition in rule.rule.when
    ]


def _standings(teller: Teller) -> list[Node]:
    """The grounds, and what takes them away or postpones them, for what was asked about."""
    children = []
    for subject in teller.world.setting.about[:1]:
        for effect in ("permit", "forbid", "postpone"):
            for index in teller.program.by_effect.get(effect, ()):
                status = teller.world.status.get(subject.id, {}).get(index)
                if status is not None:
                    children.append(_standing(teller, index, subject, status))
    return children


def _standing(teller: Teller, index: int, subject: EntityRecord, status: Truth) -> Node:
    if status is TRUE:
        return teller.rule(index, subject)
    rule = teller.program.rules[index]
    rejected = teller.refused(rule, subject)
    if rejected is not None and status is FALSE:
        return rejected
    mark, truth = ("✗", "false") if status is FALSE else ("?", "unknown")
    zh, en = gist_of(rule)
    return node(
        "rule", f"{mark} {rule.rule.local}　{zh}", f"{mark} {rule.rule.local}  {en}",
        rule=rule.rule.name, truth=truth,
    )  # fmt: skip
