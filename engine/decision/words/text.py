"""A decision for the terminal: the tree of its trace in box drawing, in Chinese or English.

>>> print(draw({"text": {"zh": "甲"}, "children": [{"text": {"zh": "乙"}}]}, "zh"))
甲
└─ 乙
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def render_decision(content: Mapping[str, Any], lang: str) -> str:
    """The trace of a decision (`decision/1`) as text."""
    return draw(content["trace"], lang)


def draw(node: Mapping[str, Any], lang: str) -> str:
    """A node and everything below it, one line each."""
    return "\n".join([node["text"][lang], *_below(node, lang, "")])


def _below(node: Mapping[str, Any], lang: str, margin: str) -> Iterator[str]:
    children = node.get("children", ())
    for place, child in enumerate(children):
        last = place == len(children) - 1
        yield f"{margin}{'└─' if last else '├─'} {child['text'][lang]}"
        yield from _below(child, lang, margin + ("   " if last else "│  "))
