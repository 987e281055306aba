"""Long lists for a reader: the first of them, and how many there are besides.

first_of(lines, whole=False)        # twelve of them at most, then "… 30 more: --all lists them"
under_heading(("无变化", "no change"), lines, whole=False)     # a heading with the count, the list
told_once(steps)                    # what stood above is not told again
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

Told: TypeAlias = dict[str, Any]

MOST: Final = 12
"""So many of a list are told where not the whole is asked for."""


def first_of(nodes: Sequence[Told], *, whole: bool, most: int = MOST) -> list[Told]:
    """The first nodes of a list, and a line with the number of the others; all if `whole`."""
    left = len(nodes) - most
    if whole or left <= 1:  # a line that says that there is one more is no shorter
        return list(nodes)
    zh, en = f"… 另有 {left} 项（--all 全部列出）", f"… {left} more (--all lists them)"
    return [*nodes[:most], line(zh, en)]


def under_heading(heading: tuple[str, str], nodes: Sequence[Told], *, whole: bool) -> list[Told]:
    """A heading with the number of nodes, these below it; nothing where there are none."""
    if not nodes:
        return []
    zh, en = heading
    told = line(f"{zh}（{len(nodes)}）", f"{en} ({len(nodes)})")
    return [told | {"children": first_of(nodes, whole=whole)}]


def texts_lacking(gaps: Sequence[Told]) -> list[Told]:
    """The texts that are lacking, each with what it is in words, a line each."""
    texts = (gap["text"] for gap in gaps)
    return [line(f"缺少文本：{one['zh']}", f"missing text: {one['en']}") for one in texts]


def told_once(nodes: Sequence[Told], told: set[str] | None = None) -> list[Told]:
    """Nodes of which one that stood above (`told`), with all that is below it, is only named."""
    told = set() if told is None else told
    found: list[Told] = []
    for node in nodes:
        below, said = node.get("children", ()), whole_of(node)
        if below and said in told:
            zh, en = node["text"]["zh"], node["text"]["en"]
            found.append(line(f"{zh}（见上）", f"{en} (see above)"))
        else:
            found.append({**node, "children": told_once(below, told)} if below else node)
        told.add(said)
    return found


def whole_of(node: Told) -> str:
    """What a node says with everything below it."""
    return f"{node['text']['zh']}[{''.join(map(whole_of, node.get('children', ())))}]"


def line(zh: str, en: str) -> Told:
    """A node that is a line of text."""
    return {"text": {"zh": zh, "en": en}}
