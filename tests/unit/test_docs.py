"""Pages keep their word: what is generated is up to date, and what they name exists."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs import in_time
from docs.generate import (
    GAPS,
    PAGE,
    ROOT,
    SURE,
    Item,
    Listed,
    counts,
    page,
    provisions,
    read_items,
    read_lists,
    summary,
    unbinding,
)
from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.words.paths_said import with_words
from engine.decision.words.text import render_decision
from engine.language.diagnostics import Severity
from engine.law.check_path import check_path
from engine.law.in_time import Span, Status
from engine.law.registry import load_registry
from tests.real import real_law

RULESETS = ROOT / "rulesets"
FILES = read_items()
ITEMS = [item for items in FILES.values() for item in items]
LISTS = read_lists()


def written(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


HELD = {file.stem: written(file) for file in (Path(__file__).parent / "coverage").glob("*.yaml")}
"""What became of what the law base lists (`counts`), and how many entries it has, version by
version (`base`): changed only together with the file of the same name in `rulesets/coverage`."""


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
    assert PAGE.read_text("utf-8") == page(FILES, LISTS), "run: make docs"


def test_each_number_of_the_coverage_is_held() -> None:
    found = {name: {k: str(n) for k, n in counts(items).items()} for name, items in FILES.items()}
    assert found == {name: one["counts"] for name, one in HELD.items()}


def test_the_counts_of_the_base_are_carried_over() -> None:
    found: dict[str, dict[str, list[str]]] = {name: {} for name in FILES}
    for one in LISTS:
        found[one.file].setdefault(one.name, []).append(str(one.count))
    assert found == {name: one["base"] or {} for name, one in HELD.items()}


@pytest.mark.parametrize("listed", LISTS, ids=lambda one: f"{one.version}/{one.name}")
def test_each_entry_of_the_base_is_encoded_or_a_gap_or_excluded(listed: Listed) -> None:
    items = listed.items(ITEMS)
    assert sorted(items) == list(range(listed.count))


def test_each_item_with_a_place_in_the_base_belongs_to_a_list_of_its_version() -> None:
    counted = {item.id for one in LISTS for item in one.items(ITEMS).values()}
    assert {item.id for item in ITEMS if item.base is not None} == counted


def test_nothing_that_the_base_is_sure_of_is_a_gap() -> None:
    found = [item for item in ITEMS if item.status == "gap"]
    assert [item.id for item in found if item.reason not in GAPS] == []
    assert [item.id for item in found if item.confidence in SURE] == []


def test_a_gap_says_of_what_kind_it_is_by_how_sure_the_base_is() -> None:
    kinds = {"none": "not-read", "memory": "memory", "unconfirmed": "unconfirmed"}
    told = [item for item in ITEMS if item.status == "gap" and item.confidence is not None]
    assert [item.id for item in told if kinds[str(item.confidence)] != item.reason] == []


def test_each_entry_of_a_province_says_how_sure_the_base_is_of_it() -> None:
    local = [
        item for name, items in FILES.items() if not name.startswith("national") for item in items
    ]
    entries = [item for item in local if item.base is not None or item.status == "gap"]
    assert [item.id for item in entries if item.confidence is None] == []


def test_the_counts_of_each_province_are_printed() -> None:
    lines = summary(FILES).splitlines()
    assert [line.split()[0] for line in lines] == [*FILES, "all"]
    assert lines[-1].split()[1] == str(len(ITEMS))


def test_each_provision_of_national_law_that_is_not_encoded_has_one_of_four_reasons() -> None:
    found = provisions(ITEMS, LISTS)
    assert len(found) == 246
    assert [one.id for one in found if (one.status == "encoded") != (one.reason is None)] == []
    assert [one.id for one in found if (one.status == "gap") != (one.reason == "not-read")] == []


def test_few_provisions_are_without_effect_on_a_case() -> None:
    assert unbinding(provisions(ITEMS, LISTS)) <= Fraction(15, 100)


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


def block(page: str, language: str) -> str:
    """The first fenced block of a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert found is not None, language
    return found[1]


def test_the_readme_shows_what_the_command_prints() -> None:
    shown = block((ROOT / "README.md").read_text("utf-8"), "text")
    law = real_law()
    case = read_case((ROOT / "examples" / "daye-2014.yaml").read_bytes(), law.vocabulary)
    text = render_decision(decide(case, law).as_json(), "zh")
    printed = iter(with_words(text, law.vocabulary, "zh").splitlines())
    # In this order, with others between: `in` goes on from where the last one was found.
    assert [line for line in shown.splitlines() if line != "…" and line not in printed] == []


def test_the_ruleset_that_authors_learn_from_is_without_errors(tmp_path: Path) -> None:
    file = tmp_path / "2010-01-01.yaml"
    file.write_text(block((ROOT / "docs" / "authoring.md").read_text("utf-8"), "yaml"), "utf-8")
    assert [one for one in check_path(file, RULESETS) if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("encoded", "encoded", "encoded"),
        ("gap", "gap", "gap"),
        ("encoded", "gap", "warning"),
        ("warning", "gap", "warning"),
        ("encoded", "overlap", "overlap"),
    ],
)
def test_a_table_of_several_items_shows_that_a_part_was_not_read(
    one: Status, other: Status, status: Status
) -> None:
    first, last = date(2004, 1, 1), date(2004, 12, 31)
    held = [Span("a", "420000", first, last, one), Span("b", "420000", first, last, other)]
    assert in_time.of_year(held, 2004) == status


def test_the_page_and_the_picture_in_time_are_what_the_command_writes() -> None:
    loaded = in_time.load()
    assert in_time.PAGE.read_text("utf-8") == in_time.page(*loaded), "run: make docs"
    assert in_time.PICTURE.read_text("utf-8") == in_time.picture(*loaded), "run: make docs"
