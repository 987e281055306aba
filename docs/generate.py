"""The page that says what became of each condition and fee item of the law base.

    python -m docs.generate                 # writes docs/coverage.md from rulesets/coverage/*.yaml

An item is `encoded` (then the rules that say it are named), a `gap` (its text was not read, or it
belongs to a later question) or `excluded` (the project does not compute it, and why). An item that
is an entry of the base carries its place there (`rebirth.conditions[3]`), and each file says how
many entries the lists of the base have, so that none is lost.
"""

from __future__ import annotations

import re
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

LISTS: Final = """\
各文本的条件和收费项目，与所据资料中的条目逐一对应（资料没有编号的，按版本和序号）：
The conditions and fee items of each text, entry by entry as the base lists them; elsewhere: entries
about neither births nor the fee.
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One condition or fee item. `rules`: names of rules, or of parts of a file (`…#terms/…`).

    `base`: which entry of the base it is, None for one about a sentence or a part of an entry.
    """

    id: str
    base: str | None
    status: str
    rules: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the base for one version: how many entries it has, and the places of those that are
    about neither births nor the fee."""

    file: str
    version: str
    name: str
    count: int
    elsewhere: tuple[int, ...]

    def items(self, items: Iterable[Item]) -> dict[int, Item]:
        """The items that stand for its entries, by place; ValueError if two stand for one."""
        found: dict[int, Item] = {}
        for item in items:
            at = re.fullmatch(rf"{re.escape(self.name)}\[(\d+)\]", item.base or "")
            if at is not None and item.id.startswith(f"{self.version}/"):
                if int(at[1]) in found:
                    raise ValueError(f"{item.id}: {item.base} stands twice")
                found[int(at[1])] = item
        return found


def read_lists(folder: Path = ROOT / "rulesets" / "coverage") -> list[Listed]:
    """The lists of the base that each file counts, in the order of the files."""
    found: list[Listed] = []
    for file in sorted(folder.glob("*.yaml")):
        plain = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
        for version, lists in plain["base"].items():
            elsewhere = tuple(int(place) for place in plain.get("elsewhere", {}).get(version, ()))
            found += [
                Listed(file.stem, version, name, int(count), elsewhere)
                for name, count in lists.items()
            ]
    return found


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
    item = Item(
        raw["id"], raw.get("base"), raw["status"], rules, raw.get("zh", ""), raw.get("en", "")
    )
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


def page(files: Mapping[str, list[Item]], lists: Iterable[Listed]) -> str:
    """The whole page as Markdown."""
    lines = [HEAD, f"| | 合计 all | {' | '.join(STATUSES.values())} |", f"|---{'|---:' * 4}|"]
    for name, items in files.items():
        lines.append(_sum(f"[{name}](#{name})", items))
    lines.append(_sum("**合计 all**", [item for items in files.values() for item in items]))
    lines += [
        "",
        LISTS,
        f"| | 条目 entries | {' | '.join(STATUSES.values())} | 其他事项 elsewhere |",
    ]
    lines.append(f"|---{'|---:' * 5}|")
    lines += [_counted(one, files[one.file]) for one in lists]
    for name, items in files.items():
        lines += ["", f"## {name}", "", "| | | |", "|---|---|---|"]
        lines += [f"| `{item.id}` | {STATUSES[item.status]} | {_told(item)} |" for item in items]
    return "\n".join(lines) + "\n"


def _sum(label: str, items: list[Item]) -> str:
    numbers = " | ".join(str(number) for number in counts(items).values())
    return f"| {label} | {len(items)} | {numbers} |"


def _counted(listed: Listed, items: list[Item]) -> str:
    numbers = [*counts(listed.items(items).values()).values(), len(listed.elsewhere)]
    shown = " | ".join(str(number) for number in numbers)
    return f"| `{listed.version}` {listed.name} | {listed.count} | {shown} |"


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
    PAGE.write_text(page(read_items(), read_lists()), "utf-8")
