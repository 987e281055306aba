"""Pages keep their word: what is generated is up to date, and what they name exists."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs.generate import PAGE, ROOT, Item, counts, page, read_items
from engine.law.registry import load_registry

RULESETS = ROOT / "rulesets"
FILES = read_items()
ITEMS = [item for items in FILES.values() for item in items]

COUNTS = {
    "hubei": {"encoded": 50, "gap": 6, "excluded": 1},
    "national": {"encoded": 20, "gap": 6, "excluded": 0},
}
"""What the law base lists, and what became of it. A number changes with the rules that change it."""


def written(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def rules() -> set[str]:
    registry, _ = load_registry(RULESETS)
    return {
        rule.name
        for instrument in registry.instruments
        for version in registry.versions(instrument)
        for rule in version.rules
    }


def exists(name: str, rules: set[str]) -> bool:
    """Whether a rule, or a part of a file such as `…#terms/birth.both_rural`, is there."""
    if "#" not in name:
        return name in rules
    file, _, part = name.partition("#")
    section, _, key = part.partition("/")
    if file == "vocabulary":
        pages = [written(path) for path in (RULESETS / "vocabulary").glob("*.yaml")]
    else:
        pages = [written(RULESETS / f"{file}.yaml")]
    held = [one[section] for one in pages if section in one]
    return any(
        key in one or (isinstance(one, list) and any(key in entry for entry in one)) for one in held
    )


def test_the_page_of_coverage_is_what_the_command_writes() -> None:
    assert PAGE.read_text("utf-8") == page(FILES), "run: make docs"


def test_each_number_of_the_coverage_is_held() -> None:
    assert {name: counts(items) for name, items in FILES.items()} == COUNTS


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_each_rule_that_encodes_an_item_exists(item: Item, rules: set[str]) -> None:
    assert [name for name in item.rules if not exists(name, rules)] == []


@pytest.mark.parametrize(
    "path",
    [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))],
    ids=lambda path: path.name,
)
def test_every_link_to_a_file_of_the_project_leads_there(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    local = {target for target in targets if "://" not in target}
    assert [target for target in sorted(local) if not (path.parent / target).exists()] == []
