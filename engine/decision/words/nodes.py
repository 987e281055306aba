"""Nodes of a trace: the plainest, and those that name a rule.

node("missing", "还缺 …", "missing: …", children, facts=["persons.mother.register"])
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from engine.decision.words.shown import Shown
from engine.inference.program import ProgramRule

Node: TypeAlias = dict[str, Any]

_AS_ABOVE: Final = {"zh": "……（全文见上）", "en": " … (in full above)"}
_CLAUSE: Final = re.compile("[，；：,;:]")


def node(kind: str, zh: str, en: str, children: list[Node] | None = None, **more: Any) -> Node:
    """A node of the trace; what is None or empty is left out."""
    told: Node = {"kind": kind, "text": {"zh": zh, "en": en}}
    for key, value in more.items():
        if value or (value is not None and type(value) is not list and type(value) is not tuple):
            told[key] = value
    if children:
        told["children"] = children
    return told


def others_left_out() -> Node:
    """That not all worlds are told: what they come to stands with the result."""
    return node("more", "其余情形没有逐一列出", "the other cases are not told one by one")


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


def gists_once(nodes: list[Node], told: set[str] | None = None) -> list[Node]:
    """Nodes in which what a provision says is told where it is named first, and after that by how
    it begins: of what is judged again for each period it is the same."""
    told = set() if told is None else told
    found: list[Node] = []
    for one in nodes:
        again = one
        gist = one.get("gist")
        if gist is not None:
            if gist["zh"] in told:
                again = {**one, "text": _begun(one["text"], gist)}
            told.add(gist["zh"])
        if "children" in one:
            again = {**again, "children": gists_once(one["children"], told)}
        found.append(again)
    return found


def _begun(text: Mapping[str, str], gist: Mapping[str, str]) -> dict[str, str]:
    """A text that ends with a gist, with no more than how that begins."""
    found = {}
    for lang, mark in _AS_ABOVE.items():
        first = _CLAUSE.split(gist[lang], maxsplit=1)[0]
        whole = text[lang]
        short = f"{whole.removesuffix(gist[lang])}{first}{mark}"
        found[lang] = short if whole.endswith(gist[lang]) and len(short) < len(whole) else whole
    return found


def gist_of(rule: ProgramRule) -> Shown:
    """What a rule says in short; empty if nothing does."""
    gist = rule.rule.gist
    return (gist.zh, gist.en) if gist else ("", "")
