"""The page and the picture that show where and when there is law: province, year, question.

    python -m docs.in_time            # writes docs/in-time.md and docs/in-time.svg

A year has the worst that any of its days has: a gap (or an overlap) before a warning before
encoded. `rulesets/in-time/questions.yaml` says which questions and areas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from engine.language.fields import Problems
from engine.law.in_time import Questions, Span, Status, in_time, read_questions
from engine.law.places import find_place
from engine.law.registry import load_registry

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "in-time.md"
PICTURE: Final = ROOT / "docs" / "in-time.svg"
ORDER: Final[tuple[Status, ...]] = ("encoded", "warning", "overlap", "gap")
SIGNS: Final = {"encoded": "●", "warning": "◐", "overlap": "⊗", "gap": "·"}
COLOURS: Final = {
    "encoded": "#2f6f4f",
    "warning": "#d9a441",
    "overlap": "#8e3b8e",
    "gap": "#e3e3e3",
}

HEAD: Final = """\
# 各地各年有无规定 · Where and when there is law

由 `rulesets/` 生成，勿手改：`make docs` · Generated, not edited by hand

● 已编写；◐ 已编写，但起止日、修改或者一部分没有读到（一栏有几项的，其中一项）；
· 没有读到（当年至少有一日）；⊗ 重叠。
● encoded; ◐ encoded, but a day, an amendment or a part was not read (of a table of several items:
one of them); · not read (on one day of the year at least); ⊗ overlapping.
逐日、逐项的缺口 each gap day by day: `tiaoli in-time`.

![各地各年有无规定](in-time.svg)
"""


def load() -> tuple[Questions, list[Span]]:
    """What is held, and every span, of the project's own rulesets."""
    problems = Problems([])
    asked = read_questions(ROOT / "rulesets", problems)
    assert asked is not None, problems.found
    registry, _ = load_registry(ROOT / "rulesets")
    return asked, in_time(registry, asked)


def years(asked: Questions) -> range:
    """The years of the table."""
    return range(asked.first.year, asked.last_year + 1)


def of_year(spans: Sequence[Span], year: int) -> Status:
    """The worst status that a question has on a day of a year; of several questions the one that
    all have, else that a part was not read."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    held: dict[str, list[Status]] = {}
    for span in spans:
        if span.first <= last and (span.last is None or span.last >= first):
            held.setdefault(span.question, []).append(span.status)
    worst = {max(one, key=ORDER.index) for one in held.values()}
    if "overlap" in worst:
        return "overlap"
    return worst.pop() if len(worst) == 1 else "warning"


def name_of(territory: str) -> str:
    """The name of an area as it is now."""
    return find_place(territory, 2019).name


def page(asked: Questions, spans: Sequence[Span]) -> str:
    """The page as Markdown."""
    lines = [HEAD]
    columns = years(asked)
    for column, label in asked.columns.items():
        lines += [f"## {label.zh} · {label.en}", ""]
        told = [one.label for one in asked.questions if one.column == column]
        if len(told) > 1:
            lines += [
                f"{'、'.join(one.zh for one in told)} · {', '.join(one.en for one in told)}",
                "",
            ]
        lines.append(f"| | {' | '.join(f'{year % 100:02}' for year in columns)} |")
        lines.append(f"|---{'|---' * len(columns)}|")
        counts: Counter[Status] = Counter()
        for territory, own in _by_territory(asked, spans, column):
            row = [of_year(own, year) for year in columns]
            counts.update(row)
            signs = " | ".join(SIGNS[status] for status in row)
            lines.append(f"| {name_of(territory)} {territory} | {signs} |")
        sums = "，".join(f"{SIGNS[status]} {counts[status]}" for status in ORDER if counts[status])
        lines += ["", f"{sums}（地方 × 年 areas × years）", ""]
    return "\n".join(lines).rstrip() + "\n"


def picture(asked: Questions, spans: Sequence[Span]) -> str:
    """The same as a heat map, one panel for each question."""
    columns, cell, left, top = years(asked), 9, 118, 34
    territories = sorted({span.territory for span in spans})
    width = left + cell * len(columns) + 14
    height = top + cell * len(territories) + 30
    panels = len(asked.columns)
    whole = (width * panels, height + 24)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole[0]} {whole[1]}" '
        f'width="{whole[0]}" height="{whole[1]}" font-family="sans-serif" font-size="8">',
        f'<rect width="{whole[0]}" height="{whole[1]}" fill="#ffffff"/>',
    ]
    for panel, (column, label) in enumerate(asked.columns.items()):
        x = panel * width
        title = f"{label.zh.partition('（')[0]} {label.en}"
        out.append(f'<text x="{x + left}" y="14" font-size="11">{title}</text>')
        for place, year in enumerate(columns):
            if year % 4 == 2:
                out.append(f'<text x="{x + left + cell * place}" y="{top - 6}">{year}</text>')
        for row, (territory, own) in enumerate(_by_territory(asked, spans, column)):
            y = top + cell * row
            where = f'x="{x + left - 4}" y="{y + 7}" text-anchor="end"'
            out.append(f"<text {where}>{name_of(territory)}</text>")
            for place, year in enumerate(columns):
                colour = COLOURS[of_year(own, year)]
                out.append(
                    f'<rect x="{x + left + cell * place}" y="{y}" width="{cell - 1}" '
                    f'height="{cell - 1}" fill="{colour}"/>'
                )
    for place, (status, said) in enumerate(
        (("encoded", "已编写 encoded"), ("warning", "部分 in part"), ("gap", "没有读到 not read"))
    ):
        x = left + place * 130
        y = height + 6
        out.append(f'<rect x="{x}" y="{y}" width="8" height="8" fill="{COLOURS[status]}"/>')
        out.append(f'<text x="{x + 12}" y="{y + 7}">{said}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def _by_territory(
    asked: Questions, spans: Sequence[Span], column: str
) -> list[tuple[str, list[Span]]]:
    """The spans of the questions of a column, by area."""
    told = {one.id for one in asked.questions if one.column == column}
    found: dict[str, list[Span]] = {}
    for span in spans:
        if span.question in told:
            found.setdefault(span.territory, []).append(span)
    return sorted(found.items())


if __name__ == "__main__":
    loaded = load()
    PAGE.write_text(page(*loaded), "utf-8")
    PICTURE.write_text(picture(*loaded), "utf-8")
