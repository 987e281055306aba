"""A law with one rule altered answers as if it had been written so."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from engine.assurance.answers import answer_to
from engine.assurance.coverage import content_of
from engine.assurance.mutants import mutants_of
from engine.assurance.mutation import may_notice
from engine.assurance.scenarios import Prepared, prepare, read_scenarios
from engine.assurance.watched import Watch, watched
from engine.decision.case.model import Case
from engine.decision.governing.altered import replaced, rules_in, without
from engine.decision.governing.law import Law, load_law
from engine.language.expression import Literal, Span
from engine.language.ruleset import Rule
from engine.language.types import BOOLEAN

LAWS = Path(__file__).parents[2] / "laws"


@cache
def law_of(name: str) -> Law:
    return load_law(LAWS / name / "rulesets")


@cache
def scenarios_of(name: str) -> tuple[Prepared, ...]:
    found = read_scenarios(LAWS / name / "features")
    return tuple(prepare(one, law_of(name).vocabulary) for one in found)


@cache
def watches_of(name: str) -> list[tuple[Case, Watch]]:
    """The case of each scenario, and what was seen while it was decided."""
    found = []
    for prepared in scenarios_of(name):
        case, watch = prepared.asked[0].case, Watch()
        answer_to(case, watched(law_of(name), watch))
        found.append((case, watch))
    return found


def rewritten(law: Law, name: str, change: Callable[[Rule], Rule]) -> Law:
    """The law with the rule changed in its texts, and everything compiled anew."""
    texts = {
        instrument: tuple(
            replace(v, rules=tuple(change(r) if r.name == name else r for r in v.rules))
            for v in versions
        )
        for instrument, versions in law.registry.by_instrument.items()
    }
    return replace(law, registry=replace(law.registry, by_instrument=texts), programs={})


NEVER = Literal(BOOLEAN, Span("", 0, 0, 0), "false", False)


def never(rule: Rule) -> Rule:
    return replace(rule, when=(*rule.when, NEVER))


@pytest.mark.parametrize("name", ["ferry", "harbour"])
def test_a_rule_that_never_applies_is_like_one_with_a_false_condition(name: str) -> None:
    law = law_of(name)
    for rule in rules_in(law):
        with_false = rewritten(law, rule.name, never)
        for case, watch in watches_of(name):
            if rule.name in watch.standing:
                expected = content_of(answer_to(case, with_false))
                assert content_of(answer_to(case, without(law, rule.name))) == expected


@pytest.mark.parametrize("name", ["ferry", "harbour"])
def test_an_altered_law_has_the_same_texts_to_do_with_a_question(name: str) -> None:
    law = law_of(name)
    other = without(law, next(rules_in(law)).name)
    for question in law.vocabulary.questions.values():
        assert other.relevance(question) is law.relevance(question)


@pytest.mark.parametrize("name", ["ferry", "harbour"])
def test_a_rule_that_stood_nowhere_makes_no_difference(name: str) -> None:
    law = law_of(name)
    for rule in islice(rules_in(law), 0, None, 7):
        for case, watch in watches_of(name):
            if rule.name not in watch.standing:
                answer = content_of(answer_to(case, law))
                assert content_of(answer_to(case, without(law, rule.name))) == answer


@pytest.mark.parametrize("name", ["ferry", "harbour"])
def test_a_slip_makes_the_difference_that_it_would_make_on_paper(name: str) -> None:
    law = law_of(name)
    slips = [(rule, n, one) for rule in rules_in(law) for n, one in enumerate(mutants_of(rule))]
    for rule, place, mutant in slips[::9]:

        def slip(there: Rule, place: int = place) -> Rule:
            return next(islice(mutants_of(there), place, None)).rule

        on_paper, wrong = rewritten(law, rule.name, slip), replaced(law, rule.name, slip)
        for prepared, (case, watch) in zip(scenarios_of(name), watches_of(name), strict=True):
            if may_notice(watch, mutant):
                found, expected = (content_of(answer_to(case, one)) for one in (wrong, on_paper))
            else:
                found, expected = (content_of(answer_to(case, one)) for one in (law, on_paper))
            assert found == expected, (prepared.scenario.at, rule.name, mutant.told.en)
