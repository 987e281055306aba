"""The ranks of an assessment over its periods, as a picture (SVG).

A panel for each group, a line for each row, the first rank on top. Equal ranks share a point. The
same assessment gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.sax.saxutils import escape

from engine.decision.assessing.assess_text import panel_label
from engine.language.diagnostics import Bilingual, Language
from engine.law.vocabulary import Vocabulary

TITLE: Final = Bilingual("名次（第一名在上）", "ranks (the first on top)")
STEP: Final = 150
ROW: Final = 26
LEFT: Final = 190
RIGHT: Final = 140
TOP: Final = 46
COLOURS: Final = (
    *("#1f6f8b", "#b5402a", "#5b7f2b", "#7a4fa3", "#b07a16", "#2b8a7a", "#9c3d6b", "#4d5b9e"),
    *("#6b5344", "#3f3f3f"),
)


def ranking_picture(
    content: Mapping[str, Any], vocabulary: Vocabulary, lang: Language = "zh"
) -> str:
    """The picture as a whole SVG document."""
    periods = content["periods"]
    panels: dict[str, list[Mapping[str, Any]]] = {}
    for row in content["rows"]:
        if any(rank is not None for rank in row["ranks"].values()):
            panels.setdefault(row["panel"] or "", []).append(row)
    width = LEFT + RIGHT + STEP * max(1, len(periods) - 1)
    drawn: list[str] = []
    height = TOP
    for panel in sorted(panels):
        label = panel_label(panels[panel][0], content, vocabulary, lang)
        drawn += _panel(label, panels[panel], periods, height)
        height += ROW * (_last_rank(panels[panel]) + 2)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="13">'
    )
    title = f'<text x="{LEFT}" y="24" font-size="15">{escape(TITLE.of(lang))}</text>'
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, ground, title, *drawn, "</svg>"]) + "\n"


def _panel(label: str, rows: list[Mapping[str, Any]], periods: list[str], top: int) -> list[str]:
    last = _last_rank(rows)
    bottom = top + ROW * last + 8
    found = [f'<text x="8" y="{top + 4}" fill="#555555">{escape(label)}</text>']
    for at, period in enumerate(periods):
        x = LEFT + STEP * at
        found.append(f'<line x1="{x}" y1="{top + 12}" x2="{x}" y2="{bottom}" stroke="#dddddd"/>')
        found.append(
            f'<text x="{x}" y="{top + 4}" text-anchor="middle" fill="#555555">'
            f"{escape(period)}</text>"
        )
    taken: dict[tuple[int, int], list[str]] = {}
    for number, row in enumerate(rows):
        colour = COLOURS[number % len(COLOURS)]
        points = [
            (LEFT + STEP * at, top + ROW * int(row["ranks"][period]))
            for at, period in enumerate(periods)
            if row["ranks"].get(period) is not None
        ]
        path = " ".join(f"{x},{y}" for x, y in points)
        found.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        found += [f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>' for x, y in points]
        for place, side in ((points[0], -1), (points[-1], 1)):
            taken.setdefault((side, place[1]), []).append(row["id"])
    right = LEFT + STEP * (len(periods) - 1)
    for (side, y), ids in sorted(taken.items()):
        x, anchor = (LEFT - 10, "end") if side < 0 else (right + 10, "start")
        found.append(
            f'<text x="{x}" y="{y + 4}" text-anchor="{anchor}">{escape("、".join(ids))}</text>'
        )
    return found


def _last_rank(rows: list[Mapping[str, Any]]) -> int:
    ranks = [int(rank) for row in rows for rank in row["ranks"].values() if rank is not None]
    return max(ranks, default=0)
