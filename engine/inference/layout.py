"""Clauses laid out for a Rete network: literals as numbers, rules as ANDs of them.

Each literal that some clause reads ("leaf 7 is true", "leaf 8 is not", "clause 0 does not
apply") gets a number n and is one fact {"id": n, "g": n // 64, "a": n % 64}. A clause is one
rule, an AND of its literals; that it fires means that it applies. A clause with more patterns
than a rule may have is cut up: each part concludes a literal that the next part reads.

>>> layout = lay_out([Clause(index=0, stratum=0, when=(7,), unless=(8,), overridden_by=())])
>>> print(layout.ruleset)  # doctest: +ELLIPSIS
{"boot": ..., "r0": {"all": [{"m_0": {"$and": [{"g": 0}, {"a": 0}]}}, {"m_1": ...
>>> layout.literals[0].put
'{"id":"0","g":0,"a":0}'

The limits are those that durable_rules was seen to keep, with a margin. Beyond them it hangs,
crashes, or fires rules that do not apply.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, NamedTuple

from engine.inference.clauses import Clause, ClauseError, check_clauses

PATTERNS_PER_RULE: Final = 16  # the 17th fact of a rule raises error 304
USES_PER_NUMBER: Final = 200  # from 256 on: wrong firings or a crash
GROUP: Final = 64  # tests below one `g`
NUMBERS: Final = 510 * GROUP  # `g` of `boot` is the 511th test; 512 hang
RULES: Final = 4000  # `boot` included: error 106 from 4097 on


class Fact(NamedTuple):
    """The two texts by which the extension is given a fact and relieved of it."""

    put: str
    retract: str


class Rule(NamedTuple):
    """All of `body` (numbers) fires; then `head` follows (facts, for parts of a long rule)."""

    body: tuple[int, ...]
    head: tuple[Fact, ...]


def _fact(number: int) -> Fact:
    return Fact(
        f'{{"id":"{number}","g":{number // GROUP},"a":{number % GROUP}}}', f'{{"id":"{number}"}}'
    )


class _Numbers:
    """Hands out the numbers of literals; a literal that is used up gets one more."""

    def __init__(self) -> None:
        self._next = 0
        self._numbers: dict[tuple[str, int], list[int]] = {}
        self._uses: dict[tuple[str, int], int] = {}

    def use(self, literal: tuple[str, int]) -> int:
        uses = self._uses.get(literal, 0)
        self._uses[literal] = uses + 1
        numbers = self._numbers.setdefault(literal, [])
        if uses % USES_PER_NUMBER == 0:
            if self._next == NUMBERS:
                raise ClauseError(
                    f"more than {NUMBERS} literals in one program",
                    f"一个程序的条件及否定条件合计超过 {NUMBERS} 个",
                )
            numbers.append(self._next)
            self._next += 1
        return numbers[-1]

    def facts(self, literal: tuple[str, int]) -> tuple[Fact, ...]:
        return tuple(_fact(number) for number in self._numbers.get(literal, ()))


class Stratum(NamedTuple):
    """What one call of `settle` needs, in the form in which it needs it."""

    before: int | None  # the stratum that must have been settled last
    indexes: tuple[int, ...]
    fresh: tuple[tuple[int, tuple[Fact, ...], tuple[Fact, ...]], ...]  # leaf, if true, if not
    lasting: tuple[int, ...]  # leaves that a later stratum reads again
    again: tuple[int, ...]  # leaves that an earlier stratum has asserted
    closing: tuple[tuple[int, tuple[Fact, ...]], ...]  # clause, "it does not apply"


@dataclass(frozen=True, slots=True)
class Layout:
    """A clause list, compiled: all that a network and a binding need to know."""

    ruleset: str
    rules: int
    heads: Mapping[int, tuple[Fact, ...]]
    anchors: Mapping[int, Fact]  # of a rule with three or more patterns, the one most shared
    always: frozenset[int]  # clauses without any condition; the extension cannot express them
    strata: Mapping[int, Stratum]
    literals: tuple[Fact, ...]  # everything that is ever asserted from outside


def _literals(clause: Clause) -> dict[tuple[str, int], None]:
    """What must hold for the clause, without repetition, what is known last at the end."""
    literals = dict.fromkeys(("is", leaf) for leaf in clause.when)
    literals |= dict.fromkeys(("not", leaf) for leaf in clause.unless)
    literals |= dict.fromkeys(("idle", other) for other in clause.overridden_by)
    return literals


def _compile_rules(clauses: Sequence[Clause], numbers: _Numbers) -> dict[int, Rule]:
    """Rule number -> rule. A clause has the number of its index; parts of a long one follow."""
    rules: dict[int, Rule] = {}
    parts = count(len(clauses))
    for clause in clauses:
        body = [numbers.use(literal) for literal in _literals(clause)]
        while len(body) > PATTERNS_PER_RULE:
            part = next(parts)
            joint = numbers.use(("part", part))
            rules[part] = Rule(tuple(body[:PATTERNS_PER_RULE]), (_fact(joint),))
            body = [*body[PATTERNS_PER_RULE:], joint]
        if body:
            rules[clause.index] = Rule(tuple(body), ())
    if len(rules) >= RULES:
        raise ClauseError(
            f"{len(rules)} rules with the parts of long ones; at most {RULES - 1}",
            f"连同拆分的长规则共 {len(rules)} 条，最多 {RULES - 1} 条",
        )
    return rules


def _ruleset(rules: Mapping[int, Rule]) -> str:
    def rule(tests: list[tuple[int, int]]) -> dict[str, object]:
        patterns = [
            {f"m_{place}": {"$and": [{"g": group}, {"a": atom}]}}
            for place, (group, atom) in enumerate(tests)
        ]
        return {"all": patterns, "pri": 0, "dist": 0}

    document = {"boot": rule([(-1, 0)])}
    document |= {f"r{n}": rule([divmod(m, GROUP) for m in r.body]) for n, r in rules.items()}
    return json.dumps(document)


def lay_out(clauses: Sequence[Clause]) -> Layout:
    """Raises ClauseError if the clauses have no meaning or are more than a network holds."""
    check_clauses(clauses)
    numbers = _Numbers()
    rules = _compile_rules(clauses, numbers)
    members: dict[int, list[Clause]] = {}
    for clause in sorted(clauses, key=lambda c: (c.stratum, c.index)):
        members.setdefault(clause.stratum, []).append(clause)
    leaves = {
        stratum: dict.fromkeys(leaf for c in own for leaf in c.when + c.unless)
        for stratum, own in members.items()
    }
    last_reader = {leaf: stratum for stratum, own in leaves.items() for leaf in own}
    strata: dict[int, Stratum] = {}
    seen: set[int] = set()
    before = None
    for stratum, own in leaves.items():
        strata[stratum] = Stratum(
            before=before,
            indexes=tuple(c.index for c in members[stratum]),
            fresh=tuple(
                (leaf, numbers.facts(("is", leaf)), numbers.facts(("not", leaf)))
                for leaf in own
                if leaf not in seen
            ),
            lasting=tuple(leaf for leaf in own if last_reader[leaf] > stratum),
            again=tuple(leaf for leaf in own if leaf in seen),
            closing=tuple(
                (c.index, facts)
                for c in members[stratum]
                if (facts := numbers.facts(("idle", c.index)))
            ),
        )
        seen.update(own)
        before = stratum
    outside: list[Fact] = []
    for plan in strata.values():
        for _, if_true, if_not in plan.fresh:
            outside += if_true + if_not
        for _, facts in plan.closing:
            outside += facts
    uses = Counter(number for rule in rules.values() for number in rule.body)
    return Layout(
        ruleset=_ruleset(rules),
        rules=len(rules),
        heads={n: rule.head for n, rule in rules.items() if rule.head},
        anchors={
            n: _fact(max(rule.body, key=uses.__getitem__))
            for n, rule in rules.items()
            if len(rule.body) > 2
        },
        always=frozenset(range(len(clauses))) - rules.keys(),
        strata=strata,
        literals=tuple(outside),
    )
