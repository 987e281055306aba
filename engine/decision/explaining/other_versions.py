"""Rules that other versions of the instruments have and the version that governs has not: whether
each was not yet in force on the day, and by how much, or replaced by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.decision.deciding.decide import Evaluation
from engine.decision.explaining.distance import missed
from engine.decision.explaining.targets import Target, is_named
from engine.decision.governing.choice_of_law import Choice
from engine.decision.words.nodes import Node, node
from engine.decision.worlds.world import World
from engine.inference.program import key_of
from engine.language.ruleset import Rule, Version


def passed_over(
    evaluation: Evaluation, worlds: Iterable[World], target: Target, said: str | None
) -> Iterator[Node]:
    """Rules that other versions of the governing instruments have for it, and this one has not."""
    seen: set[tuple[str, str]] = set()
    for world in worlds:
        for choice in evaluation.governed[id(world)].choices():
            if not _about(evaluation, choice) or target.effect not in choice.effects:
                continue
            own = {rule.local for rule in choice.version.rules}
            neighbours = {version for version, _ in choice.passed_over}
            for other in evaluation.law.registry.versions(choice.version.instrument.id):
                key = key_of(other)
                if said is None:
                    rules = [r for r in other.rules if target.drawn_by(r) and r.local not in own]
                else:
                    rules = [r for r in other.rules if is_named(r, said)]
                near = said is not None or other.id in neighbours
                if rules and near and other.id != choice.version.id and key not in seen:
                    seen.add(key)
                    yield _other_version(choice, other, rules)


def _about(evaluation: Evaluation, choice: Choice) -> bool:
    """Whether a version was chosen for what is asked about, or for the case."""
    return choice.subject is None or any(one.id == choice.subject for one in evaluation.base.about)


def _other_version(choice: Choice, other: Version, rules: list[Rule]) -> Node:
    title, day = other.instrument.title, choice.day
    first = other.in_force[0]
    children = []
    for rule in rules:
        zh, en = (rule.gist.zh, rule.gist.en) if rule.gist else ("", "")
        told = node("rule", f"{rule.local}　{zh}", f"{rule.local}  {en}", rule=rule.name)
        children.append(told)
    why = ("已被取代", "replaced by then")
    distance = None
    if first > day:
        distance = missed(">=", day, first, None)
        why = ("尚未施行", "not yet in force")
        if distance is not None:
            why = f"{why[0]}，{distance.text[0]}", f"{why[1]}, {distance.text[1]}"
    return node(
        "passed-over",
        f"{title.zh} {other.id} 文本另有规定，适用日 {day.isoformat()} {why[0]}",
        f"{title.en}, text of {other.id}, has other rules; on {day.isoformat()} it was {why[1]}",
        children,
        instrument=other.instrument.id, version=other.id, day=day.isoformat(),
        missed=distance.as_json() if distance else None,
    )  # fmt: skip
