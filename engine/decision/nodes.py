"""Nodes of a trace: the plainest, and those that name a rule.

node("missing", "还缺 …", "missing: …", children, facts=["persons.mother.register"])
"""

from __future__ import annotations

from typing import Any, TypeAlias

from engine.decision.shown import Shown
from engine.inference.program import ProgramRule

Node: TypeAlias = dict[str, Any]


def node(kind: str, zh: str, en: str, children: list[Node] | None = None, **more: Any) -> Node:
    """A node of the trace; what is None or empty is left out."""
    told: Node = {"kind": kind, "text": {"zh": zh, "en": en}}
    for key, value in more.items():
        if value or (value is not None and type(value) is not list and type(value) is not tuple):
            told[key] = value
    if children:
        told["children"] = children
    return told


def override(rule: ProgramRule) -> Node:
    """A rule that another takes the place of."""
    local, (zh, en) = rule.rule.local, gist_of(rule)
    return node(
        "override", f"取代 {local}　{zh}", f"takes the place of {local}  {en}", rule=rule.rule.name
    )


def not_applied(rule: ProgramRule, why: list[Node]) -> Node:
    """A rule that does not apply, above what stands in its way."""
    local, (zh, en) = rule.rule.local, gist_of(rule)
    return node(
        "not-applied", f"✗ {local}　{zh}", f"✗ {local}  {en}", why,
        rule=rule.rule.name, truth="false",
    )  # fmt: skip


def gist_of(rule: ProgramRule) -> Shown:
    """What a rule says in short; empty if nothing does."""
    gist = rule.rule.gist
    return (gist.zh, gist.en) if gist else ("", "")
