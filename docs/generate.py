"""The page that says what became of each condition and fee item of the law base.

    python -m docs.generate                 # writes docs/coverage.md from rulesets/coverage/*.yaml,
                                            # and docs/seeds.md (docs/seeds.py)

An item is `encoded` (then the rules that say it are named), a `gap` (the base has no text for it
that one could rely on: it says which of three reasons) or `excluded` (the project does not compute
it, and why). An item that is an entry of the base carries its place there (`rebirth.conditions[3]`)
and how sure the base is of it, and the files say how many entries the lists of the base have, so
that none is lost. Of a provision of national law that is not encoded the page says for which of
four reasons. The counts of the page are printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import yaml

from docs.seeds import SEEDS_PAGE, read_seeds, seeds_page

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "coverage.md"
STATUSES: Final = {"encoded": "已编写 encoded", "gap": "缺口 gap", "excluded": "排除 excluded"}
REASONS: Final = {
    "declaratory": "宣示性规定 declaratory",
    "internal-organisation": "机关内部组织 internal organisation",
    "coercive": "强制措施 coercive, refused",
    "not-read": "没有读到 not read",
}
GAPS: Final = {
    "not-read": "没有读到 not read",
    "memory": "只凭记忆 from memory",
    "unconfirmed": "资料未证实 unconfirmed",
}
"""Why the base gives nothing to encode. What it calls confirmed or probable is no gap."""
SURE: Final = ("confirmed", "probable")
CONFIDENCES: Final = (*SURE, "unconfirmed", "memory", "none")
"""How sure the base is of an entry; `none`: it has no text."""
PROVISIONS: Final = "provisions"
"""The name of the lists of the base that hold whole provisions."""

HEAD: Final = """\
# 条文覆盖 · Coverage

由 `rulesets/coverage/` 生成，勿手改：`make docs` · Generated, not edited by hand

每一项条件、每一项收费、处分、奖励、休假的内容：已编写（列出规则）、缺口（没有读到、只凭记忆、资料未证实）、
排除（不予计算）。资料认为确认或者较可能的，没有一项是缺口。
Each condition and each item on fee, discipline, rewards and leave: encoded (with its rules), a gap
(not read, from memory only, or unconfirmed in the base), or excluded (not computed). Nothing that
the base calls confirmed or probable is a gap.
"""

LISTS: Final = """\
各文本的条件和收费项目、全国性规定的条文，与所据资料中的条目逐一对应（资料没有编号的，按版本和序号）：
The conditions and fee items of each text, and the provisions of national law, entry by entry as the
base lists them.
"""

NATIONAL: Final = """\
全国性规定的条文，没有编写的各有一个原因：
The provisions of national law; what is not encoded has one reason:
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One condition or fee item. `rules`: names of rules, or of parts of a file (`…#terms/…`).

    `base`: which entry of the base it is, None for one about a sentence or a part of an entry;
    `confidence`: how sure the base is of it, None where the item says nothing of that.
    """

    id: str
    base: str | None
    confidence: str | None
    status: str
    rules: tuple[str, ...]
    reason: str | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the base for one version, the file that counts it, and how many entries it has.

    The items that stand for its entries may be in several files.
    """

    file: str
    version: str
    name: str
    count: int

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
            found += [Listed(file.stem, version, name, int(count)) for name, count in lists.items()]
    return found


def read_items(folder: Path = ROOT / "rulesets" / "coverage") -> dict[str, list[Item]]:
    """The items of each file, by the file's name without its ending, in the file's order.

    Raises ValueError for an item without rules or words, a status or a reason that is none,
    and an id that stands twice.
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
    words = (raw.get("zh", ""), raw.get("en", ""))
    sure = raw.get("confidence")
    item = Item(raw["id"], raw.get("base"), sure, raw["status"], rules, raw.get("reason"), *words)
    if item.status not in STATUSES:
        raise ValueError(f"{item.id}: no status {item.status}")
    if item.reason is not None and item.reason not in (GAPS if item.status == "gap" else REASONS):
        raise ValueError(f"{item.id}: no reason {item.reason}")
    if item.confidence is not None and item.confidence not in CONFIDENCES:
        raise ValueError(f"{item.id}: no confidence {item.confidence}")
    if item.status == "encoded" and not item.rules:
        raise ValueError(f"{item.id} is encoded by no rule")
    if item.status != "encoded" and not (item.zh and item.en):
        raise ValueError(f"{item.id} is not encoded, and says not why in both languages")
    return item


def counts(items: Iterable[Item]) -> dict[str, int]:
    """How many items have each status."""
    by_status = Counter(item.status for item in items)
    return {status: by_status[status] for status in STATUSES}


def provisions(items: Iterable[Item], lists: Iterable[Listed]) -> list[Item]:
    """The items that stand for whole provisions."""
    held = list(items)
    whole = [one for one in lists if one.name == PROVISIONS]
    return [item for one in whole for item in one.items(held).values()]


def unbinding(items: Collection[Item]) -> Fraction:
    """Which share of provisions is declaratory or concerns internal organisation."""
    found = [one for one in items if one.reason in ("declaratory", "internal-organisation")]
    return Fraction(len(found), len(items))


def page(files: Mapping[str, list[Item]], lists: Collection[Listed]) -> str:
    """The whole page as Markdown."""
    everything = [item for items in files.values() for item in items]
    columns = ["合计 all", *STATUSES.values(), *GAPS.values()]
    lines = [HEAD, f"| | {' | '.join(columns)} |", f"|---{'|---:' * len(columns)}|"]
    for name, items in files.items():
        lines.append(_sum(f"[{name}](#{name})", items))
    lines.append(_sum("**合计 all**", everything))
    lines += ["", *_national(provisions(everything, lists))]
    lines += ["", LISTS, f"| | 条目 entries | {' | '.join(STATUSES.values())} |"]
    lines.append(f"|---{'|---:' * 4}|")
    lines += [_counted(one, everything) for one in lists]
    for name, items in files.items():
        lines += ["", f"## {name}", "", "| | | |", "|---|---|---|"]
        lines += [f"| `{item.id}` | {STATUSES[item.status]} | {_told(item)} |" for item in items]
    return "\n".join(lines) + "\n"


def gaps(items: Iterable[Item]) -> dict[str, int]:
    """How many gaps have each reason."""
    by_reason = Counter(item.reason for item in items if item.status == "gap")
    return {reason: by_reason[reason] for reason in GAPS}


def _sum(label: str, items: list[Item]) -> str:
    numbers = [len(items), *counts(items).values(), *gaps(items).values()]
    return f"| {label} | {' | '.join(str(number) for number in numbers)} |"


def summary(files: Mapping[str, list[Item]]) -> str:
    """A line for each file: how many items, and what became of them."""
    told = {**files, "all": [item for items in files.values() for item in items]}
    return "\n".join(
        f"{name:20} {len(items):5} items: "
        + ", ".join(f"{number} {status}" for status, number in counts(items).items())
        for name, items in told.items()
    )


def _national(items: list[Item]) -> list[str]:
    reasons = Counter(item.reason for item in items if item.status != "encoded")
    rows = {STATUSES["encoded"]: counts(items)["encoded"]}
    rows |= {said: reasons[reason] for reason, said in REASONS.items()}
    whole, tenth = divmod(round(unbinding(items) * 1000), 10)
    share = f"{whole}.{tenth}"
    return [
        NATIONAL,
        "| | |",
        "|---|---:|",
        *(f"| {said} | {number} |" for said, number in rows.items()),
        f"| **合计 all** | {len(items)} |",
        "",
        f"宣示性规定和机关内部组织合计占 {share}%（以 15% 为限）。",
        f"Declaratory and internal organisation together: {share} % (at most 15 %).",
    ]


def _counted(listed: Listed, items: Iterable[Item]) -> str:
    numbers = counts(listed.items(items).values()).values()
    shown = " | ".join(str(number) for number in numbers)
    return f"| `{listed.version}` {listed.name} | {listed.count} | {shown} |"


def _told(item: Item) -> str:
    words = [f"{item.zh} · {item.en}"] if item.zh else []
    reason = [(REASONS | GAPS)[item.reason]] if item.reason else []
    return "<br>".join([*map(_link, item.rules), *reason, *words]).replace("|", "\\|")


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
    FILES = read_items()
    PAGE.write_text(page(FILES, read_lists()), "utf-8")
    print(summary(FILES))
    SEEDS_PAGE.write_text(seeds_page(*read_seeds()), "utf-8")
