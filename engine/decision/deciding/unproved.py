"""Facts that a case states without the verified paper that a benefit asks for.

    unproved(case, proofs_asked(rules))     # ["persons.mother.retired_on"]

Such a rule is not applied, and the answer would not say why there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.decision.case.model import Case, Found, State
from engine.language.dependencies import dependencies, walk
from engine.language.expression import Verified
from engine.language.rule_expressions import conditions_of
from engine.language.ruleset import Grant, Rule

Proofs = Mapping[str, frozenset[str]]
"""Facts, by their names, with the issuers whose papers prove them."""


def proofs_asked(rules: Iterable[Rule]) -> Proofs:
    """What the rules that grant something want proved."""
    found: dict[str, frozenset[str]] = {}
    for rule in rules:
        if any(isinstance(effect, Grant) for effect in rule.effects):
            for condition in conditions_of(rule):
                for part in walk(condition):
                    if isinstance(part, Verified):
                        for key in dependencies(part.fact):
                            found[key] = found.get(key, frozenset()).union(part.issuers)
    return found


def unproved(case: Case, asked: Proofs) -> list[str]:
    """The paths of facts of the case that are to be proved and have no verified paper."""
    found: set[str] = set()
    for record in case.by_id.values():
        for key, fact in record.facts.items():
            if key in asked:
                stated = [fact] if isinstance(fact, Found) else [one.found for one in fact]
                found.update(one.path for one in stated if not _is_proved(case, one, asked[key]))
    return sorted(found)


def _is_proved(case: Case, fact: Found, issuers: frozenset[str]) -> bool:
    if fact.state is not State.KNOWN:
        return True  # nothing is stated
    papers = [case.evidence[id] for id in fact.evidence]
    return any(paper.status == "verified" and paper.issuer in issuers for paper in papers)
