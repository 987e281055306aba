"""The page that says what became of each condition and fee item of the law base.

    python -m docs.generate                 # writes docs/coverage.md from rulesets/coverage/*.yaml

An item is `encoded` (then the rules that say it are named), a `gap` (its text was not read, or it
belongs to a later question) or `excluded` (the project does not compute it, and why).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "coverage.md"
STATUSES: Final = {"encoded": "已编写 encoded", "gap": "缺口 gap", "excluded": "排除 excluded"}

HEAD: Final = """\
# 条文覆盖 · Coverage

由 `rulesets/coverage/` 生成，勿手改：`make docs` · Generated, not edited by hand

每一项条件、每一项收费内容：已编写（列出规则）、缺口（没有读到，或属于以后的问题）、排除（不予计算）。
Each condition and each item on the fee: encoded (with its rules), a gap (not read, or left to
a later question), or excluded (not computed).
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One condition or fee item. `rules`: names of rules, or of parts of a file (`…#terms/…`)."""

    id: str
    status: str
    rules: tuple[str, ...]
    zh: str
    en: str


def read_items(folder: Path = ROOT / "rulesets" / "coverage") -> dict[str, list[Item]]:
    """The items of each file, by the file's name without its ending, in the file's order.

    Raises ValueError for an item without rules or a reason, one with a status that is none, and
    an id that stands twice.
    """
    found: dict[str, list[Item]] = {}
    seen: set[str] = set()
    for file in sorted(folder.glob("*.yaml")):
        # The base loader makes texts, lists and mappings, and nothing else.
        plain = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
        found[file.stem] = [_item(raw) for raw in plain["items"]]
        for item in found[file.stem]:
            if item.id in seen:
                raise ValueError(f"{item.id} stands twice")
            seen.add(item.id)
    return found


def _item(raw: Mapping[str, Any]) -> Item:
    rules = tuple(raw.get("rules", ()))
    item = Item(raw["id"], raw["status"], rules, raw.get("zh", ""), raw.get("en", ""))
    if item.status not in STATUSES:
        raise ValueError(f"{item.id}: no status {item.status}")
    if item.status == "encoded" and not item.rules:
        raise ValueError(f"{item.id} is encoded by no rule")
    if item.status != "encoded" and not (item.zh and item.en):
        raise ValueError(f"{item.id} is not encoded, and says not why in both languages")
    return item


def counts(items: Iterable[Item]) -> dict[str, int]:
    """How many items have each status."""
    by_status = Counter(item.status for item in items)
    return {status: by_status[status] for status in STATUSES}


def page(files: Mapping[str, list[Item]]) -> str:
    """The whole page as Markdown."""
    lines = [HEAD, f"| | 合计 all | {' | '.join(STATUSES.values())} |", f"|---{'|---:' * 4}|"]
    for name, items in files.items():
        lines.append(_sum(f"[{name}](#{name})", items))
    lines.append(_sum("**合计 all**", [item for items in files.values() for item in items]))
    for name, items in files.items():
        lines += ["", f"## {name}", "", "| | | |", "|---|---|---|"]
        lines += [f"| `{item.id}` | {STATUSES[item.status]} | {_told(item)} |" for item in items]
    return "\n".join(lines) + "\n"


def _sum(label: str, items: list[Item]) -> str:
    numbers = " | ".join(str(number) for number in counts(items).values())
    return f"| {label} | {len(items)} | {numbers} |"


def _told(item: Item) -> str:
    reason = [f"{item.zh} · {item.en}"] if item.zh else []
    return "<br>".join([*map(_link, item.rules), *reason]).replace("|", "\\|")


def _link(name: str) -> str:
    """The name, linked to the file or the folder where it stands."""
    if name.startswith("vocabulary#"):
        target = "vocabulary"
    elif "#" in name:
        target = name.partition("#")[0] + ".yaml"
    else:
        target = name.rsplit("/", 2)[0] + ".yaml"
    return f"[{name.removeprefix('cn/')}](../rulesets/{target})"


if __name__ == "__main__":
    PAGE.write_text(page(read_items()), "utf-8")
