"""What the network is given stays within what durable_rules was seen to bear."""

import json
from collections import Counter
from typing import Any

import pytest

from engine.inference import layout as limits
from engine.inference.clauses import Clause, ClauseError
from engine.inference.layout import Layout, lay_out


def rules_of(layout: Layout) -> dict[str, list[tuple[int, int]]]:
    """Rule name -> its (g, a) pairs; checks the shape of every pattern on the way."""
    found: dict[str, list[tuple[int, int]]] = {}
    for name, rule in json.loads(layout.ruleset).items():
        assert (rule["pri"], rule["dist"]) == (0, 0)
        pairs = []
        for place, pattern in enumerate(rule["all"]):
            (key, tests), *rest = pattern.items()
            first, second = tests["$and"]
            assert (key, list(first), list(second), rest) == (f"m_{place}", ["g"], ["a"], [])
            pairs.append((first["g"], second["a"]))
        found[name] = pairs
    return found


def fnv1a(text: str) -> int:
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def test_no_two_ids_and_no_two_property_names_share_a_hash() -> None:
    """The extension tells ids and properties apart by FNV-1a of 32 bits only."""
    ids = [str(number) for number in range(-1, limits.NUMBERS)]
    assert len({fnv1a(text) for text in ids}) == len(ids)
    assert len({fnv1a(text) for text in ("id", "sid", "g", "a")}) == 4


def test_a_fact_carries_its_number_and_nothing_else() -> None:
    layout = lay_out([Clause(0, 0, tuple(range(70)), (), ())])
    facts: list[dict[str, Any]] = [json.loads(fact.put) for fact in layout.literals]
    assert facts[65] == {"id": "65", "g": 1, "a": 1}
    assert [json.loads(fact.retract) for fact in layout.literals] == [
        {"id": fact["id"]} for fact in facts
    ]


def test_only_literals_that_a_clause_reads_are_ever_asserted() -> None:
    layout = lay_out([Clause(0, 0, (5,), (6,), ()), Clause(1, 1, (5,), (), (0,))])
    ((five, if_true, if_not), (six, if_six, if_not_six)) = layout.strata[0].fresh
    assert (five, len(if_true), if_not) == (5, 1, ())
    assert (six, if_six, len(if_not_six)) == (6, (), 1)
    assert [index for index, _ in layout.strata[0].closing] == [0]
    assert (layout.strata[1].fresh, layout.strata[1].closing) == ((), ())


@pytest.mark.parametrize("uses", [199, 200, 201, 401])
def test_a_literal_that_is_used_often_gets_more_numbers(uses: int) -> None:
    layout = lay_out([Clause(i, 0, (1,), (), ()) for i in range(uses)])
    counted = Counter(pair for pairs in rules_of(layout).values() for pair in pairs)
    assert max(counted.values()) <= limits.USES_PER_NUMBER
    ((_, numbers, _),) = layout.strata[0].fresh
    assert len(numbers) == -(-uses // limits.USES_PER_NUMBER)


@pytest.mark.parametrize("conditions", [16, 17, 31, 32, 300])
def test_a_long_clause_is_cut_into_rules_of_sixteen_patterns(conditions: int) -> None:
    layout = lay_out([Clause(0, 0, tuple(range(conditions)), (), ())])
    rules = rules_of(layout)
    assert all(len(pairs) <= limits.PATTERNS_PER_RULE for pairs in rules.values())
    assert layout.rules == len(rules) - 1 == 1 + -(-(conditions - 16) // 15)


def test_no_level_has_more_tests_than_it_can_hold() -> None:
    fullest = [Clause(i, 0, tuple(range(i * 16, i * 16 + 16)), (), ()) for i in range(2040)]
    pairs = {pair for pairs in rules_of(lay_out(fullest)).values() for pair in pairs}
    assert len(pairs) == limits.NUMBERS + 1
    assert len({group for group, _ in pairs}) == 511
    assert max(Counter(group for group, _ in pairs).values()) == limits.GROUP


def test_more_literals_than_a_network_holds_are_refused() -> None:
    one_more = [Clause(i, 0, tuple(range(i * 16, i * 16 + 16)), (), ()) for i in range(2041)]
    with pytest.raises(ClauseError, match="32640 literals"):
        lay_out(one_more)


def test_more_rules_than_a_network_holds_are_refused() -> None:
    clauses = [Clause(i, 0, (i,), (), ()) for i in range(4000)]
    assert lay_out(clauses[:3999]).rules == 3999
    with pytest.raises(ClauseError, match="at most 3999"):
        lay_out(clauses)
