"""What holds of every decision, whatever the law: on real cases and on invented laws."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision.case.reading import CaseError, read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from tests.differential.programs import (
    MONEY,
    Facts,
    Rule,
    case_of,
    make_facts,
    make_law,
    write_law,
)
from tests.property.decision.answers import (
    assert_learned,
    ordered,
    parts_of,
    renamed,
    sorted_bands,
)
from tests.real import real_law

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
OF_PERSONS = [path for path in EXAMPLES if "persons:\n" in path.read_text(encoding="utf-8")]
SEEDS = st.integers(0, 10**6)
FORGOTTEN = 4
"""Facts of an example that are forgotten, one at a time: what is open has many worlds."""
FEW = settings(max_examples=40, deadline=None, derandomize=True, database=None)


def example(path: Path) -> dict[str, Any]:
    """An example as plain data: every scalar is read as text, as the engine reads it."""
    plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(plain, dict)
    return _typed(plain)  # type: ignore[no-any-return]


def _typed(plain: Any) -> Any:
    """Truth values and whole numbers as JSON has them."""
    match plain:
        case dict():
            return {key: _named(key, value) for key, value in plain.items()}
        case list():
            return [_typed(one) for one in plain]
        case "true" | "false":
            return plain == "true"
        case _:
            return plain


def _named(key: str, value: Any) -> Any:
    whole = isinstance(value, str) and value.isdigit() and key not in ("place", "reference")
    return int(value) if whole else _typed(value)


def invented(rules: tuple[Rule, ...]) -> Law:
    with TemporaryDirectory() as folder:
        return load_law(write_law(Path(folder), rules))


def decided(plain: Mapping[str, Any], law: Law) -> dict[str, Any]:
    """A whole decision, with its id."""
    return decide(read_case_data(plain, law.vocabulary), law).as_json()


def forgettable(plain: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The facts of persons and children that a case could do without."""
    for section in ("persons", "children", "couples"):
        for entity, facts in plain.get(section, {}).items():
            if isinstance(facts, dict):
                for name in facts:
                    if name not in ("parents", "partners", "about"):
                        yield section, entity, name


# --- real law -------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", OF_PERSONS, ids=lambda path: path.stem)
def test_persons_may_be_called_anything(path: Path) -> None:
    plain = example(path)
    people = sorted(plain["persons"])
    names = dict(zip(people, reversed(people), strict=True))
    told = parts_of(plain, real_law())
    other = parts_of(renamed(plain, names), real_law())
    assert sorted_bands(renamed(other, names)) == sorted_bands(told)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_order_of_a_case_changes_nothing(path: Path) -> None:
    plain = example(path)
    before = decided(plain, real_law())
    for seed in range(2):
        assert decided(ordered(plain, Random(seed)), real_law()) == before


@pytest.mark.parametrize("path", EXAMPLES[:10], ids=lambda path: path.stem)
def test_a_fact_of_a_real_case_that_is_learned_overturns_nothing(path: Path) -> None:
    plain = example(path)
    after = parts_of(plain, real_law())
    facts = list(forgettable(plain))
    for section, entity, name in Random(path.stem).sample(facts, min(FORGOTTEN, len(facts))):
        less = json.loads(json.dumps(plain))
        del less[section][entity][name]
        try:
            before = parts_of(less, real_law())
        except CaseError:  # what a case cannot be read without is never learned
            continue
        try:
            assert_learned(before, after)
        except AssertionError as error:
            raise AssertionError(f"{section}.{entity}.{name}: {before} became {after}") from error


# --- invented laws --------------------------------------------------------------------------------
@FEW
@given(SEEDS)
def test_swapping_the_holders_swaps_the_result(seed: int) -> None:
    random = Random(seed)
    law = invented(make_law(random).rules)
    for _ in range(4):
        facts = make_facts(random)
        if len(facts.holders) == 2:
            plain, names = case_of(facts), {"ada": "ben", "ben": "ada"}
            swapped = {**plain, "holders": renamed(plain["holders"], names)}
            told = renamed(parts_of(swapped, law), names)
            assert sorted_bands(told) == sorted_bands(parts_of(plain, law))


@FEW
@given(SEEDS)
def test_every_completion_lands_in_what_was_announced(seed: int) -> None:
    random = Random(seed)
    law = invented(make_law(random).rules)
    for _ in range(4):
        facts = make_facts(random)
        before = parts_of(case_of(facts), law)
        for _ in range(3):
            learned = learn(facts, random)
            after = parts_of(case_of(learned), law)
            assert_learned(before, after)


def learn(facts: Facts, random: Random) -> Facts:
    """The case with some or all of what is unknown found out."""
    many = random.randint(1, len(facts.unknown)) if facts.unknown else 0
    found = dict(facts.found)
    for entity, name in random.sample(facts.unknown, many):
        if name in MONEY["holder"]:
            found[entity, name] = random.choice((200, 300, 899, 900, 5000))
        else:
            truth = name[0] in "bg"
            found[entity, name] = random.random() < 0.5 if truth else random.randint(1, 9)
    left = tuple(place for place in facts.unknown if found[place] in ("unknown", "absent"))
    return replace(facts, found=found, unknown=left)


@FEW
@given(SEEDS)
def test_the_order_of_facts_rules_and_files_changes_nothing(seed: int) -> None:
    random = Random(seed)
    rules = make_law(random).rules
    law = invented(rules)
    shuffled = invented(tuple(random.sample(rules, len(rules))))
    for _ in range(4):
        plain = case_of(make_facts(random))
        assert decided(ordered(plain, random), shuffled) == decided(plain, law)


def test_the_names_of_the_files_of_a_vocabulary_change_nothing(tmp_path: Path) -> None:
    random = Random(1)
    rules = make_law(random).rules
    law = invented(rules)
    folder = write_law(tmp_path, rules)
    words = folder / "vocabulary/words.yaml"
    sections = yaml.safe_load(words.read_text(encoding="utf-8"))
    words.unlink()
    for number, (section, entries) in enumerate(reversed(sections.items())):
        text = yaml.safe_dump({section: entries}, allow_unicode=True)
        (words.parent / f"{number}.yaml").write_text(text, encoding="utf-8")
    scattered = load_law(folder)
    for _ in range(20):
        plain = case_of(make_facts(random))
        assert parts_of(plain, scattered) == parts_of(plain, law)


@FEW
@given(SEEDS)
def test_a_rule_whose_condition_is_false_can_be_removed(seed: int) -> None:
    random = Random(seed)
    rules = make_law(random).rules
    removable = [rule for rule in rules if rule.overrides or rule.effect in ("permit", "add")]
    if not removable:
        return
    dead = random.choice(removable)
    never = ("fact", "b0" if dead.kind == "holder" else "g0")
    kept = tuple(
        replace(rule, when=(*rule.when, never)) if rule.id == dead.id else rule for rule in rules
    )
    without = tuple(
        replace(rule, overrides=tuple(name for name in rule.overrides if name != dead.id))
        for rule in rules
        if rule.id != dead.id
    )
    law, less = invented(kept), invented(without)
    for _ in range(4):
        facts = make_facts(random)
        found = {k: False if k[1] == never[1] else v for k, v in facts.found.items()}
        plain = case_of(replace(facts, found=found))
        assert parts_of(plain, less) == parts_of(plain, law)
