"""The page that says what the engine does with each item of the five speeches.

    python -m docs.generate                 # writes docs/seeds.md from rulesets/seeds/speeches.yaml

An item is `computed` (then the rule or the text and the scenario that shows it are named),
`refused` (the provisions that exclude it) or `nothing`, for one of a closed list of reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parent.parent
SEEDS: Final = ROOT / "rulesets" / "seeds" / "speeches.yaml"
SEEDS_PAGE: Final = ROOT / "docs" / "seeds.md"
DOES: Final = {
    "computed": "计算 computed",
    "refused": "拒绝 refused",
    "nothing": "无可计算 nothing",
}
CLASSES: Final = {
    "a": "个案 individual case",
    "b": "单位责任 organisations",
    "c": "奖励扶助 benefit",
    "d": "号召 exhortation",
    "e": "强制措施 coercive",
}

HEAD: Final = """\
# 五篇讲话逐项 · The five speeches, item by item

由 `rulesets/seeds/speeches.yaml` 生成，勿手改：`make docs` · Generated, not edited by hand

每一项：计算（规则和情景）、拒绝（排除它的条文）、无可计算（原因）。
Each item: computed (rule and scenario), refused (what excludes it), or nothing to compute (why).
"""


@dataclass(frozen=True, slots=True)
class Seed:
    """One item. `rules`: names of rules, of texts, or the beginning of both."""

    id: str
    kind: str
    does: str
    zh: str
    en: str
    rules: tuple[str, ...]
    measures: tuple[str, ...]
    feature: str | None
    scenario: str | None
    reason: str | None


def read_seeds(path: Path = SEEDS) -> tuple[list[Seed], Mapping[str, Mapping[str, str]]]:
    """The items in their order, and the reasons.

    Raises ValueError for an item without what it does, and for an id that stands twice.
    """
    plain = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    reasons = plain["reasons"]
    found = [_seed(raw) for raw in plain["items"]]
    twice = [id for id, number in Counter(one.id for one in found).items() if number > 1]
    if twice:
        raise ValueError(f"twice: {', '.join(twice)}")
    for one in found:
        if one.does not in DOES or one.kind not in CLASSES or not (one.zh and one.en):
            raise ValueError(f"{one.id}: says not what it is or what is done with it")
        if one.does == "nothing" and (one.reason not in reasons or one.rules):
            raise ValueError(f"{one.id}: no reason of the list")
        if one.does != "nothing" and not (one.rules and one.feature and one.scenario):
            raise ValueError(f"{one.id}: names no rule or no scenario")
        if (one.does == "refused") != (one.kind == "e"):
            raise ValueError(f"{one.id}: what is coercive is refused, and nothing else")
    return found, reasons


def _seed(raw: Mapping[str, Any]) -> Seed:
    return Seed(
        id=raw["id"],
        kind=raw["class"],
        does=raw["does"],
        zh=raw["zh"],
        en=raw["en"],
        rules=tuple(raw.get("rules", ())),
        measures=tuple(raw.get("measures", ())),
        feature=raw.get("feature"),
        scenario=raw.get("scenario"),
        reason=raw.get("reason"),
    )


def seeds_page(seeds: Collection[Seed], reasons: Mapping[str, Mapping[str, str]]) -> str:
    """The whole page as Markdown."""
    lines = [HEAD, f"| | 合计 all | {' | '.join(DOES.values())} |", f"|---{'|---:' * 4}|"]
    for kind, label in CLASSES.items():
        lines.append(_sum(label, [one for one in seeds if one.kind == kind]))
    lines.append(_sum("**合计 all**", list(seeds)))
    for speech in dict.fromkeys(one.id.partition("_")[0] for one in seeds):
        lines += ["", f"## {speech}", "", "| | | | |", "|---|---|---|---|"]
        lines += [_row(one, reasons) for one in seeds if one.id.startswith(f"{speech}_")]
    return "\n".join(lines) + "\n"


def _sum(label: str, seeds: list[Seed]) -> str:
    counts = Counter(one.does for one in seeds)
    return f"| {label} | {len(seeds)} | {' | '.join(str(counts[does]) for does in DOES)} |"


def _row(one: Seed, reasons: Mapping[str, Mapping[str, str]]) -> str:
    what = f"{one.zh} · {one.en}".replace("|", "\\|")
    if one.reason is not None:
        why = f"{reasons[one.reason]['zh']} · {reasons[one.reason]['en']}"
    else:
        rules = "<br>".join(f"`{rule}`" for rule in one.rules)
        why = f"{rules}<br>[{one.scenario}](../features/{one.feature})"
    return f"| `{one.id}` {one.kind} | {what} | {DOES[one.does]} | {why} |"
