"""What holds of the rulesets of the project: Hubei, Fujian, Anhui, Liaoning and national law.

The same promises as those of `test_invariants` for invented laws, on families drawn in the times of
all versions. A failure names its seed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice, pairwise, product
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from engine.language.articles import under
from engine.language.expression import Literal, Span
from engine.language.ruleset import Define, Forbid, OverrideRule, Postpone, Rule, Version
from engine.language.types import BOOLEAN
from engine.law.check import check_registry
from tests.property.decision.answers import assert_learned, renamed, sorted_bands
from tests.property.decision.families import (
    PARENTS,
    Family,
    copied,
    forget,
    learn,
    make_family,
    options_of,
)
from tests.real import real_law

RULESETS = Path(__file__).parents[3] / "rulesets"
SEEDS = st.integers(0, 10**6)
SWAPPED = dict(zip(PARENTS, reversed(PARENTS), strict=True))
KEPT = ("outcome", "conclusions", "bands", "missing", "confidence")


def drawn(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, derandomize=True, database=None)


def parts_of(plain: Mapping[str, Any], law: Law) -> dict[str, dict[str, Any]]:
    """The parts of a decision by bearer."""
    told = decide(read_case_data(plain, law.vocabulary), law, traced=False).as_json()["parts"]
    return {part["bearer"]: {key: part.get(key) for key in KEPT} for part in told}


# --- laws that differ in some rules ---------------------------------------------------------------
def changed(law: Law, change: Mapping[str, Rule | None]) -> Law:
    """The law with some rules replaced, or removed with the references to them, by full name."""
    versions = {
        instrument: tuple(_changed(version, change) for version in found)
        for instrument, found in law.registry.by_instrument.items()
    }
    return replace(law, registry=replace(law.registry, by_instrument=versions), programs={})


def _changed(version: Version, change: Mapping[str, Rule | None]) -> Version:
    kept = [change.get(rule.name, rule) for rule in version.rules]
    gone = [rule for rule in version.rules if change.get(rule.name, rule) is None]
    left = [_without_references(rule, gone, version) for rule in kept if rule is not None]
    return replace(version, rules=tuple(rule for rule in left if rule is not None))


def _without_references(rule: Rule, gone: Iterable[Rule], version: Version) -> Rule | None:
    """The rule without what it says of removed ones; None if it spoke of nothing else."""
    names = {
        name for one in gone for name in (one.local, one.local.removeprefix(f"{rule.article}/"))
    }
    overrides = tuple(
        one for one in rule.overrides if not (isinstance(one, OverrideRule) and one.local in names)
    )
    effect = rule.effects[0] if rule.effects else None
    if isinstance(effect, Forbid | Postpone) and effect.grounds:
        permits = [one for one in version.rules if one not in gone]
        grounds = tuple(
            named for named in effect.grounds if any(under(one.local, named) for one in permits)
        )
        if not grounds:
            return None
        return replace(rule, overrides=overrides, effects=(replace(effect, grounds=grounds),))
    return replace(rule, overrides=overrides)


# --- swapping -------------------------------------------------------------------------------------
@cache
def without_roles() -> Law:
    """The law without the rules of which the checker notes that they name sex or role."""
    law = real_law()
    named = {one.rule for one in check_registry(law.registry) if one.code == "role-specific"}
    assert len(named) > 10
    return changed(law, {name: None for name in named if name is not None})


@drawn(120)
@given(SEEDS)
def test_swapping_the_parents_swaps_the_result_where_no_rule_names_sex_or_role(seed: int) -> None:
    law = without_roles()
    random = Random(seed)
    family = make_family(random, law)
    if random.random() < 0.5:
        family = forget(family, random, law)
    plain = family.plain
    swapped = renamed(copied(plain), SWAPPED)
    for name in PARENTS:  # whose sex stays what it is: everything else is the other one's now
        swapped["persons"][name].pop("sex", None)
        if "sex" in plain["persons"][name]:
            swapped["persons"][name]["sex"] = plain["persons"][name]["sex"]
    told = renamed(parts_of(swapped, law), SWAPPED)
    assert sorted_bands(told) == sorted_bands(parts_of(plain, law))


# --- learning -------------------------------------------------------------------------------------
def assert_announced(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """What is learned overturns nothing, and comes to something that was announced.

    Nothing is announced where it is not even known which law governs; at most eight are listed.
    """
    assert_learned(before, after)
    for bearer, part in before.items():
        announced = [(one["effect"], one["value"]) for one in part["conclusions"]]
        if bearer in after and 0 < len(announced) < 8:
            came = {(one["effect"], one["value"]) for one in after[bearer]["conclusions"]}
            assert came <= set(announced), bearer


@drawn(50)
@given(SEEDS)
def test_what_is_learned_overturns_nothing(seed: int) -> None:
    law, random = real_law(), Random(seed)
    known = make_family(random, law)
    family = forget(known, random, law)
    before = parts_of(family.plain, law)
    while family.forgotten:
        family = learn(family, known, random, law)
        after = parts_of(family.plain, law)
        assert_announced(before, after)
        before = after


@drawn(30)
@given(SEEDS)
def test_every_completion_lands_in_what_was_announced(seed: int) -> None:
    law, random = real_law(), Random(seed)
    family = forget(make_family(random, law), random, law)
    before = parts_of(family.plain, law)
    for complete in islice(completions(family, law), 8):
        assert_announced(before, parts_of(complete, law))


def completions(family: Family, law: Law) -> Iterator[dict[str, Any]]:
    """The case with each combination of values of the forgotten facts that have few."""
    places = [p for p in family.forgotten if options_of(law, p[0], p[2])]
    for values in product(*(options_of(law, section, name) for section, _, name in places)):
        plain = copied(family.plain)
        for (section, entity, name), value in zip(places, values, strict=True):
            plain[section][entity][name] = value
        yield plain


# --- order ----------------------------------------------------------------------------------------
@drawn(30)
@given(SEEDS)
def test_the_order_of_facts_changes_nothing(seed: int) -> None:
    law, random = real_law(), Random(seed)
    plain = forget(make_family(random, law), random, law).plain
    told = decide(read_case_data(plain, law.vocabulary), law).as_json()
    other = decide(read_case_data(shuffled(plain, random), law.vocabulary), law).as_json()
    assert other == told


def shuffled(value: Any, random: Random) -> Any:
    """Plain data with mappings and lists in another order: every list of a case is a set."""
    match value:
        case dict():
            keys = random.sample(sorted(value), len(value))
            return {key: shuffled(value[key], random) for key in keys}
        case list():
            return random.sample([shuffled(one, random) for one in value], len(value))
        case _:
            return value


@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_rules_and_files_changes_nothing(seed: int, tmp_path: Path) -> None:
    law, random = real_law(), Random(seed)
    other = load_law(rearranged(RULESETS, tmp_path / "rulesets", random))
    for _ in range(8):
        plain = make_family(random, law).plain
        told = decide(read_case_data(plain, law.vocabulary), law).as_json()
        assert decide(read_case_data(plain, other.vocabulary), other).as_json() == told


def rearranged(rulesets: Path, folder: Path, random: Random) -> Path:
    """A copy of rulesets: articles and their rules in another order, files under other names."""
    copytree(rulesets, folder)
    for path in sorted((folder / "cn").rglob("*.yaml")):
        path.write_text(rearranged_text(path.read_text("utf-8"), random), "utf-8")
    for name in ("vocabulary", "sources"):
        for path in sorted((folder / name).glob("*.yaml")):
            path.rename(path.with_stem(f"{random.randrange(10**6):06}-{path.stem}"))
    return folder


def rearranged_text(text: str, random: Random) -> str:
    """A version's text with its articles, and their rules and items, in another order.

    Changes of another version stay as they are: they are made one after the other.
    """
    head, mark, rest = text.partition("\narticles:\n")
    if not mark:
        return text
    listed, *after = cut(rest, "[a-z]")
    articles = ["".join(_fields(one, random)) for one in cut(listed, "- ")]
    return head + mark + "".join([*random.sample(articles, len(articles)), *after])


def _fields(article: str, random: Random) -> Iterator[str]:
    for field in cut(article, "  [a-z]"):
        key, mark, listed = field.partition(":\n")
        if mark and key in ("  rules", "  items"):
            one = cut(listed, "  - ")
            yield key + mark + "".join(random.sample(one, len(one)))
        else:
            yield field


def cut(text: str, mark: str) -> list[str]:
    """The text cut before each line that begins with a mark."""
    starts = [found.start() for found in re.finditer(f"^{mark}", text, re.MULTILINE)]
    return [text[a:b] for a, b in pairwise(sorted({0, *starts, len(text)}))]


# --- removing -------------------------------------------------------------------------------------
@drawn(40)
@given(SEEDS)
def test_a_rule_whose_condition_is_false_can_be_removed(seed: int) -> None:
    """But the only rule that gives a name or leaves something open: then no law says what it is,
    which is an answer of its own (not applicable, or a text that was not read). Who pays by no
    other rule has no part any more; nothing was due.
    """
    law, random = real_law(), Random(seed)
    plain = make_family(random, law).plain
    found = governing(plain, law)
    rules = [rule for rule in found if not only_giver(rule, found)]
    if not rules:  # no law yet
        return
    rule = random.choice(rules)
    never = Literal(BOOLEAN, Span(rule.at.file, rule.at.line, 1, 1), "false", False)
    kept = parts_of(plain, changed(law, {rule.name: replace(rule, when=(*rule.when, never))}))
    less = parts_of(plain, changed(law, {rule.name: None}))
    for bearer in kept.keys() | less.keys():
        if bearer in kept and bearer in less:
            assert kept[bearer] == less[bearer], rule.name
        else:
            assert (kept.get(bearer) or less[bearer])["bands"] == [], rule.name


def only_giver(rule: Rule, rules: Iterable[Rule]) -> bool:
    """Whether a rule gives a name, or leaves something open, that none of the other rules does."""
    others = {key for other in rules if other.name != rule.name for key in given_by(other)}
    return not given_by(rule) <= others


def given_by(rule: Rule) -> set[str]:
    return {effect.key for effect in rule.effects if isinstance(effect, Define)} | set(rule.opens)


def governing(plain: Mapping[str, Any], law: Law) -> list[Rule]:
    """The rules of the versions that govern a case."""
    told = decide(read_case_data(plain, law.vocabulary), law, traced=False).as_json()["versions"]
    keys = {(one["instrument"], one["version"]) for one in told}
    return [
        rule
        for instrument, id in sorted(keys)
        for version in law.registry.versions(instrument)
        if version.id == id
        for rule in version.rules
        if rule.effects
    ]
