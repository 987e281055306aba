"""Warnings of a result: what a reader must know before relying on it, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.decision.case_model import Found, State
from engine.decision.confidence import rests_on_a_list, unread_of
from engine.decision.world import World
from engine.inference.program import ProgramRule
from engine.language.ruleset import Unread

if TYPE_CHECKING:
    from engine.decision.decide import Evaluation
    from engine.decision.part import Part


def _warning(code: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "text": {"zh": zh, "en": en}, **more}


def _unread(unread: Unread, rule: ProgramRule) -> dict[str, Any]:
    day, article = unread.day.isoformat(), rule.rule.article
    return _warning(
        "unread-amendment",
        f"{day} 的一次修改未读到，可能涉及“{article}”：结论至多为“较可能”",
        f"an amendment of {day} was not read and may touch {article}: at most probable",
        rule=rule.rule.name,
    )


def warnings_of(
    evaluation: Evaluation,
    parts: list[Part],
    told: list[dict[str, Any]],
    worlds: list[World],
) -> list[dict[str, Any]]:
    """The warnings of a result, each once."""
    found: list[dict[str, Any]] = []

    def add(warning: dict[str, Any]) -> None:
        """Once for each text; the rules it concerns are gathered."""
        rule = warning.pop("rule", None)
        same = next((one for one in found if one["text"] == warning["text"]), None)
        if same is None:
            found.append(warning)
            same = warning
        if rule and rule not in same.setdefault("rules", []):
            same["rules"].append(rule)

    for world, rules in (pair for part in parts for pair in part.deciding):
        for index in rules:
            rule = world.setting.program.rules[index]
            for unread in unread_of(world, rule):
                add(_unread(unread, rule))
            if rule.rule.confidence == "probable":
                add(_warning(
                    "probable-rule",
                    f"{rule.rule.local} 只是较可能的读法",
                    f"{rule.rule.local} is only a probable reading",
                    rule=rule.rule.name,
                ))  # fmt: skip
    for part in parts:
        for world in part.worlds:
            if rests_on_a_list(part, world):
                for index in world.setting.program.by_effect.get("permit", ()):
                    rule = world.setting.program.rules[index]
                    for unread in unread_of(world, rule):
                        add(_unread(unread, rule))
    for world in worlds:
        for figure in world.figures.values():
            if figure.illustrative:
                add(_warning(
                    "illustrative-figure",
                    f"{figure.key.path} 是示例数字，不能据以作出决定",
                    f"{figure.key.path} is an illustrative figure: no decision may rest on it",
                ))  # fmt: skip
            elif figure.brought and figure.confidence != "confirmed":
                add(_warning(
                    "unverified-figure",
                    f"{figure.key.path} 没有经核实的证明",
                    f"{figure.key.path} has no verified paper behind it",
                ))  # fmt: skip
        for last in sorted(world.running):
            add(_warning(
                "running-period",
                f"期限尚在进行，最后一日为 {last.isoformat()}",
                f"a period is still running; its last day is {last.isoformat()}",
            ))  # fmt: skip
    for name, value in sorted(evaluation.case.settings.items()):
        add(_warning(
            "setting",
            f"条文未写明，由经办人填写：{name} = {value}",
            f"the text leaves it open; filled in by the caseworker: {name} = {value}",
        ))  # fmt: skip
    for _, record in sorted(evaluation.case.by_id.items()):
        for key, fact in sorted(record.facts.items()):
            closes = getattr(evaluation.law.vocabulary.facts.get(key), "closes", None)
            if closes and isinstance(fact, Found) and fact.value == closes.value:
                add(_warning(
                    "closed-by-finding",
                    f"{record.id}：经办人认定没有主张或者查明任何理由，未逐项审查",
                    f"{record.id}: found by the caseworker that no ground was claimed or found; "
                    "the grounds were not examined one by one",
                    fact=fact.path,
                ))  # fmt: skip
            if isinstance(fact, Found) and fact.state is State.UNESTABLISHED:
                add(_warning(
                    "unestablished",
                    f"{fact.path} 未能查明：以其为条件的规定不适用",
                    f"{fact.path} is not established: norms that rest on it are not applied",
                ))  # fmt: skip
    if any(part.get("not_minimal") for part in told):
        add(_warning(
            "missing-not-minimal",
            "未知情况太多，所列缺失事实不一定是最少的",
            "too much is unknown: the missing facts listed may not be the fewest",
        ))  # fmt: skip
    return found
