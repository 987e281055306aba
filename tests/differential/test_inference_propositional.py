"""The Rete network against the direct evaluator, and both against every completion.

Programs and bindings are drawn by Hypothesis. A leaf is a condition, a choice of the authority
(unknown until a world makes it), or the result of a clause of an earlier stratum: so exceptions
have exceptions both by overriding and by `unless`. The third evaluator below shares no code with
the other two: it knows true and false only, no strata, and asks every completion of the unknown.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.inference.clauses import Clause, Settler
from engine.inference.reference import ReferenceSettler
from engine.inference.rete import ReteSettler
from engine.values.truth import Truth

CONDITIONS = range(0, 12)
CHOICES = range(12, 16)
RESULTS = 100  # leaf RESULTS + i is true when clause i applies
STRATA = 5

Leaves = st.lists(st.sampled_from(CONDITIONS), max_size=4)
Recipe = st.tuples(
    st.integers(0, STRATA - 1),
    Leaves,
    Leaves,
    st.lists(st.integers(0, 39), max_size=3),  # overriders, where they lie in an earlier stratum
    st.lists(st.integers(0, 39), max_size=2),  # results that must hold, likewise
    st.lists(st.integers(0, 39), max_size=2),  # results that are exceptions, likewise
    st.sampled_from([None, None, *CHOICES]),
)
Base = dict[int, Truth]


@st.composite
def programs(draw: st.DrawFn) -> list[Clause]:
    size = draw(st.sampled_from([*range(1, 41)]))
    recipes = draw(st.lists(Recipe, min_size=size, max_size=size))
    if draw(st.booleans()) and len(recipes) >= 3:
        recipes[:3] = [(level, *recipe[1:]) for level, recipe in enumerate(recipes[:3])]
        recipes[1] = (*recipes[1][:3], [0], *recipes[1][4:])
        recipes[2] = (*recipes[2][:3], [1], *recipes[2][4:])

    def earlier(places: Sequence[int], stratum: int) -> tuple[int, ...]:
        return tuple(p for p in places if p < len(recipes) and recipes[p][0] < stratum)

    return [
        Clause(
            index=index,
            stratum=stratum,
            when=(
                *when,
                *(RESULTS + p for p in earlier(needed, stratum)),
                *(() if choice is None else (choice,)),
            ),
            unless=(*unless, *(RESULTS + p for p in earlier(excepting, stratum))),
            overridden_by=earlier(overriders, stratum),
        )
        for index, (stratum, when, unless, overriders, needed, excepting, choice) in enumerate(
            recipes
        )
    ]


def bindings(may_be_unknown: bool) -> st.SearchStrategy[Base]:
    known = st.sampled_from([Truth.TRUE, Truth.TRUE, Truth.FALSE])
    truth = st.one_of(known, st.just(Truth.UNKNOWN)) if may_be_unknown else known
    choice = st.sampled_from([Truth.UNKNOWN, Truth.TRUE, Truth.FALSE]) if may_be_unknown else known
    return st.fixed_dictionaries(
        {leaf: truth for leaf in CONDITIONS} | {leaf: choice for leaf in CHOICES}
    )


Bindings = st.lists(st.one_of(bindings(False), bindings(True), bindings(True)), min_size=5)


def settle_all(settler: Settler, base: Mapping[int, Truth]) -> dict[int, Truth]:
    """Every stratum in turn, each told what the ones before it concluded."""
    results: dict[int, Truth] = {}
    settler.begin()
    try:
        for stratum in range(STRATA):
            told = {RESULTS + index: truth for index, truth in results.items()}
            results |= settler.settle(stratum, {**base, **told})
    finally:
        settler.end()
    return results


def is_two_deep(clauses: Sequence[Clause]) -> bool:
    def excepts(clause: Clause) -> list[int]:
        return [*clause.overridden_by, *(x - RESULTS for x in clause.unless if x >= RESULTS)]

    return any(excepts(clauses[other]) for clause in clauses for other in excepts(clause))


@dataclass(frozen=True)
class World:
    """One completion: every leaf true or false."""

    clauses: Sequence[Clause]
    true_leaves: frozenset[int]

    def applying(self) -> set[int]:
        @cache
        def holds(leaf: int) -> bool:
            return applies(leaf - RESULTS) if leaf >= RESULTS else leaf in self.true_leaves

        @cache
        def applies(index: int) -> bool:
            clause = self.clauses[index]
            if any(holds(leaf) for leaf in clause.unless):
                return False
            if any(applies(other) for other in clause.overridden_by):
                return False
            return all(holds(leaf) for leaf in clause.when)

        return {clause.index for clause in self.clauses if applies(clause.index)}


def test_the_network_settles_every_binding_as_the_reference_does() -> None:
    shares: Counter[str] = Counter()

    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    @given(programs(), Bindings)
    def agree(clauses: list[Clause], bases: list[Base]) -> None:
        reference, network = ReferenceSettler(clauses), ReteSettler(clauses)
        try:
            for base in bases:
                expected = settle_all(reference, base)
                assert settle_all(network, base) == expected
                assert set(expected) == set(range(len(clauses)))
                shares["bindings"] += 1
                shares["unknown"] += Truth.UNKNOWN in base.values()
                shares["doubtful"] += Truth.UNKNOWN in expected.values()
            assert set(network.leftovers()) <= set("[]")
        finally:
            network.close()
        shares["programs"] += 1
        shares["two deep"] += is_two_deep(clauses)
        shares["may"] += any(set(clause.when) & set(CHOICES) for clause in clauses)

    agree()
    assert shares["unknown"] >= 0.5 * shares["bindings"]
    assert shares["doubtful"] >= 0.2 * shares["bindings"]
    assert shares["two deep"] >= 0.3 * shares["programs"]
    assert shares["may"] >= 0.2 * shares["programs"]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    programs(),
    bindings(False),
    st.sets(st.sampled_from([*CONDITIONS, *CHOICES]), min_size=0, max_size=6),
)
def test_certain_holds_in_every_completion_and_impossible_in_none(
    clauses: list[Clause], base: Base, unknown: set[int]
) -> None:
    network = ReteSettler(clauses)
    doubtful = base | dict.fromkeys(unknown, Truth.UNKNOWN)
    true_leaves = {leaf for leaf, truth in doubtful.items() if truth is Truth.TRUE}
    worlds = [
        World(
            clauses,
            frozenset(true_leaves | {x for x, on in zip(unknown, picks, strict=True) if on}),
        )
        for picks in product([False, True], repeat=len(unknown))
    ]
    applying = [world.applying() for world in worlds]
    for settler in (ReferenceSettler(clauses), network):
        for index, truth in settle_all(settler, doubtful).items():
            in_worlds = {index in found for found in applying}
            if truth is Truth.TRUE:
                assert in_worlds == {True}
            elif truth is Truth.FALSE:
                assert in_worlds == {False}
            else:
                assert unknown
    network.close()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs(), bindings(True), st.integers(0, 15), st.booleans())
def test_learning_a_leaf_never_overturns_what_was_settled(
    clauses: list[Clause], base: Base, leaf: int, learnt: bool
) -> None:
    before = base | {leaf: Truth.UNKNOWN}
    after = base | {leaf: Truth.TRUE if learnt else Truth.FALSE}
    network = ReteSettler(clauses)
    first, second = settle_all(network, before), settle_all(network, after)
    network.close()
    assert all(second[i] is truth for i, truth in first.items() if truth is not Truth.UNKNOWN)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs(), bindings(True), st.randoms(use_true_random=False))
def test_the_order_of_clauses_and_leaves_changes_nothing(
    clauses: list[Clause], base: Base, random: Random
) -> None:
    place = list(range(len(clauses)))
    random.shuffle(place)

    def moved(leaf: int) -> int:
        return RESULTS + place[leaf - RESULTS] if leaf >= RESULTS else leaf

    def shuffled(items: Sequence[int]) -> tuple[int, ...]:
        return tuple(random.sample(items, len(items)))

    reordered = sorted(
        (
            Clause(
                index=place[c.index],
                stratum=c.stratum,
                when=shuffled([moved(leaf) for leaf in c.when]),
                unless=shuffled([moved(leaf) for leaf in c.unless]),
                overridden_by=shuffled([place[other] for other in c.overridden_by]),
            )
            for c in clauses
        ),
        key=lambda clause: clause.index,
    )
    first, second = ReteSettler(clauses), ReteSettler(reordered)
    expected = settle_all(first, base)
    found = settle_all(second, dict(random.sample(list(base.items()), len(base))))
    first.close()
    second.close()
    assert {place[index]: truth for index, truth in expected.items()} == found
