"""The answer of an interview in which nothing is left to ask, in a few lines.

render_settled(content["decision"], "zh", whole=False)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.decision.words.shortly import Told, first_of, line
from engine.decision.words.text import draw, render_decision

_SETTLED: Final = ("不必再问，结果已经确定", "Nothing more has to be asked: it is settled")
_NOTHING_HELPS: Final = (
    "没有还能问的：未定的部分缺的在下面",
    "Nothing is left to ask: what is open lacks what stands below it",
)
_HOW: Final = (
    "为什么、依据、计算：--all，或者 tiaoli decide",
    "why, by which provisions, and the arithmetic: --all, or tiaoli decide",
)
_LACKING: Final = frozenset({"gap", "missing"})
_RESULT: Final = frozenset({"result"})


def render_settled(decision: Mapping[str, Any], lang: str, *, whole: bool) -> str:
    """That nothing has to be asked, and what each part comes to; of an open one what is lacking.
    If the `whole` is asked for, the decision with every step."""
    if whole:
        return render_decision(decision, lang)
    trace = decision["trace"]
    nodes = (one for one in trace.get("children", ()) if one["kind"] == "part")
    parts = [_part(*both) for both in zip(nodes, decision["parts"], strict=True)]
    children: list[Told] = [*first_of(parts, whole=False), line(*_HOW)]
    said = _NOTHING_HELPS if decision["outcome"] == "undetermined" else _SETTLED
    head = {of: f"{text}\n{trace['text'][of]}" for of, text in zip(("zh", "en"), said, strict=True)}
    return draw({"text": head, "children": children}, lang)


def _part(node: Mapping[str, Any], part: Mapping[str, Any]) -> Told:
    """A part; with what is lacking if it is open, and with its result if it has no number."""
    is_open = part["outcome"] == "undetermined"
    kinds = _LACKING if is_open else frozenset() if part["bands"] else _RESULT
    below = [one for one in node.get("children", ()) if one["kind"] in kinds]
    told: list[Told] = [{"text": one["text"]} for one in below]
    if len(told) == 1 and not is_open:
        said, came = node["text"], told[0]["text"]
        return line(f"{said['zh']} —— {came['zh']}", f"{said['en']} — {came['en']}")
    return {"text": node["text"], "children": first_of(told, whole=False)}
