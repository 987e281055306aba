"""The trace: why a result is what it is, as a tree that text and JSON share.

A node has a `kind`, a bilingual `text` and children; where they apply also the rule, its truth, its
value, the facts and the evidence behind it. Nothing is told that was not evaluated in the world
from which the node is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.decision.case.model import Found
from engine.decision.trace.part_trace import OUTCOMES, part_node
from engine.decision.words.nodes import Node, node
from engine.decision.words.shown import Shown, shown
from engine.decision.words.suppositions import Suppositions
from engine.decision.words.written import grouped
from engine.decision.worlds.world import World
from engine.language.diagnostics import Bilingual

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation
    from engine.decision.deciding.part import Part

_ENDED: Final = ("已被取代", "replaced by then")
_NOT_YET: Final = ("当日尚未施行", "not yet in force on that day")


def trace_of(evaluation: Evaluation, parts: list[Part], told: list[Node], content: Node) -> Node:
    """The trace of a decision."""
    label = evaluation.question.label
    about = [_about(evaluation, id) for id in evaluation.case.question.about]
    about_zh, about_en = (", ".join(one[i] for one in about) for i in (0, 1))
    zh, en = OUTCOMES[content["outcome"]]
    said = Suppositions(evaluation.law, content["versions"])
    children = _law_nodes(content["versions"], said)
    for part, answer in zip(parts, told, strict=True):
        children.append(part_node(evaluation, said, part, answer))
    children += [_choice_node(said, made) for made in content["choices"]]
    children += [_figure_node(figure) for figure in content["figures"]]
    for warning in content["warnings"]:
        children.append(node("warning", warning["text"]["zh"], warning["text"]["en"]))
    children += _practice(evaluation, content)
    return node(
        "decision", f"{label.zh}：{about_zh} —— {zh}", f"{label.en}: {about_en} — {en}", children,
        outcome=content["outcome"],
    )  # fmt: skip


def _about(evaluation: Evaluation, id: str) -> Shown:
    """What is asked about; of what is grouped by a day, with that day: a child with its birth."""
    vocabulary, record = evaluation.law.vocabulary, evaluation.case.by_id.get(id)
    if record is None:
        return id, id
    for _, one in vocabulary.grouped:
        name = f"{one.of}.{one.near}"
        found = record.facts.get(name) if one.of == record.kind else None
        if isinstance(found, Found):
            info, day = vocabulary.names[name], shown(found.value)
            return f"{id}（{info.zh} {day[0]}）", f"{id} ({info.en} {day[1]})"
    return id, id


def _law_nodes(versions: list[Node], said: Suppositions) -> list[Node]:
    """Which text of which instrument was taken, on which days, and which were passed over; each
    rule that chose is told what it says where it is named first."""
    explained: set[str] = set()
    by_text: dict[tuple[str, str], list[Node]] = {}
    for version in versions:
        by_text.setdefault((version["instrument"], version["version"]), []).append(version)
    found = []
    for (_, text), several in by_text.items():
        title = several[0]["title"]
        days = sorted({v["because"]["date"] for v in several})
        passed: dict[str, Node] = {}
        for p in (p for v in several for p in v["passed_over"]):
            other, ended = p["version"], p["reason"] == "ended"
            if other not in passed:
                zh, en = _ENDED if ended else _NOT_YET
                passed[other] = node(
                    "passed-over", f"未用 {other} 文本：{zh}", f"not the text of {other}: {en}"
                )
        rules = sorted({v["because"]["rule"] for v in several})
        by = zip(*(_chosen_by(rule, said, explained) for rule in rules), strict=True)
        by_zh, by_en = (sep.join(told) for sep, told in zip(("、", ", "), by, strict=True))
        on_zh, on_en = (sep.join(days) for sep in ("、", ", "))
        found.append(node(
            "version",
            f"依据 {title['zh']}，{text} 起的文本（适用日 {on_zh}）　规则 {by_zh}",
            f"law: {title['en']}, text from {text} (on {on_en})  rule {by_en}",
            list(passed.values()),
            rules=rules, version=text, place=several[0]["place"],
        ))  # fmt: skip
    return found


def _chosen_by(name: str, said: Suppositions, explained: set[str]) -> tuple[str, str]:
    """The connecting rule that chose a text, the first time with what it says."""
    short, rule = name.split("/", 3)[-1], said.rule(name)
    if rule is None or rule.gist is None or rule.gist.zh in explained:
        return short, short
    explained.add(rule.gist.zh)
    return f"{short}（{rule.gist.zh}）", f"{short} ({rule.gist.en})"


def _choice_node(said: Suppositions, made: Node) -> Node:
    """What a person chose, beside what the law allows, and why."""
    name, value = made["point"], made["value"]
    point = said.point(name)
    none = ("", "") if made["open"] else ("　不起作用", ", without effect")
    zh, en = ("–".join(value),) * 2 if isinstance(value, list) else said.option(name, value)
    why = made["reasons"] or ""
    return node(
        "choice",
        f"已记录的选择　{point[0]}：{zh}" + (f"（理由：{why}）" if why else "") + none[0],
        f"recorded choice  {point[1]}: {en}" + (f" (reasons: {why})" if why else "") + none[1],
        point=made["point"],
    )


def _figure_node(told: Node) -> Node:
    """Which figure was taken, from where and why, and which were passed over."""
    passed = [_from(one) for one in told["passed_over"]]
    children = [node("passed-figure", f"未用 {zh}", f"not {en}") for zh, en in passed]
    zh, en = zip(*map(_from, told["taken"]), strict=True)
    path = told["path"]
    return node(
        "taken-figure", f"{path} 取 {'；'.join(zh)}", f"{path} is {'; '.join(en)}", children
    )


def _from(told: Node) -> tuple[str, str]:
    """A figure with its source and what became of it."""
    why, source = told["because"], told["source"]
    zh, en = ("", "") if source == "case" else (f"（{source}）", f" ({source})")
    amount = grouped(told["value"])
    return f"{amount}{zh}：{why['zh']}", f"{amount}{en}: {why['en']}"


def _practice(evaluation: Evaluation, content: Node) -> list[Node]:
    """What was reported of practice under the articles that decided."""
    rules = {provision["rule"] for provision in content["provisions"]}
    noted: dict[Bilingual, str] = {}
    for world in evaluation.worlds.values():
        for rule in world.setting.program.practised if isinstance(world, World) else ():
            for note in rule.rule.practice if rule.rule.name in rules else ():
                noted.setdefault(note, rule.rule.name)
    return [
        node("practice", f"实际做法（报道）：{note.zh}", f"reported practice: {note.en}", rule=rule)
        for note, rule in noted.items()
    ]
