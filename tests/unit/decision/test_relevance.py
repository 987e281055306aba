"""Which texts have to do with a question: those with what it reads, in any of their versions."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from engine.assurance.scenarios import prepare, read_scenarios
from engine.decision.case.reading import read_case
from engine.decision.changing import reasoning
from engine.decision.changing.changes import changes
from engine.decision.deciding.decide import evaluation_of, parts_of
from engine.decision.governing.choice_of_law import govern
from engine.decision.governing.law import Law
from engine.decision.governing.relevance import Relevance, symbols_of
from engine.decision.governing.texts import turns_of
from engine.language.rule_expressions import conclusion_of
from engine.law.places import chain
from tests.real import RULESETS, real_law

DAYE = chain("420281", 2014)


def turns(ask: str) -> set[date]:
    """The days on which a text of Daye that has to do with a question begins or ends."""
    law = real_law()
    found = Relevance(law.registry, law.reads, symbols_of(law.vocabulary.questions[ask]))
    own = (one.id for one in law.registry.for_place(DAYE) if one.id in found.texts)
    return {day for name in own for day in turns_of(law.registry, name)}


def test_a_text_that_a_question_reads_turns_it_and_another_does_not() -> None:
    law = real_law()
    fee = turns("fee")
    assert turns_of(law.registry, "cn/hubei/pfp-regulations") <= fee
    assert turns_of(law.registry, "cn/pfpl") <= fee
    for ask in ("fee", "sanction", "eligibility"):
        every = {
            day for one in law.registry.for_place(DAYE) for day in turns_of(law.registry, one.id)
        }
        assert turns(ask) < every


def test_texts_and_rules_that_have_nothing_to_do_with_it_are_told_apart() -> None:
    law = real_law()
    found = law.relevance(law.vocabulary.questions["fee"])
    first = law.registry.version("cn/hubei/pfp-regulations", "2009-03-01")
    assert "cn/hubei/pfp-regulations" in found.texts
    assert "cn/party/cpc-discipline" not in found.texts
    needed = {rule.local for rule in first.rules if id(rule) in found.rules}
    assert "41/standard" in needed
    assert needed < {rule.local for rule in first.rules}


def test_what_is_compared_together_is_followed_together() -> None:
    law = real_law()  # one text for the fine and for the licence
    found = Relevance(law.registry, law.reads, ("results_of:penalty-fine",))
    versions = (one for of in law.registry.by_instrument.values() for one in of)
    drawing = {
        id(rule)
        for version in versions
        for rule in version.rules
        if "licence-measure" in map(conclusion_of, rule.effects)
    }
    assert drawing
    assert drawing <= found.rules


def test_what_ends_what_is_sought_by_its_effect_has_to_do_with_it() -> None:
    law = real_law()
    found = law.relevance(law.vocabulary.questions["procedure"])  # it seeks any competence
    version = law.registry.version("cn/pfpl", "2021-08-20")
    (ending,) = [rule for rule in version.rules if rule.local == "unnumbered-fee/no-decision"]
    assert id(ending) in found.rules


def test_what_is_overridden_or_opened_reads_what_overrides_or_opens_it() -> None:
    law = real_law()
    sanction = turns("sanction")
    for name in ("cn/national/public-officials-sanctions-law", "cn/party/cpc-discipline"):
        assert turns_of(law.registry, name) <= sanction


@pytest.mark.parametrize("seed", range(4))
def test_the_changes_are_those_that_every_turn_of_the_law_gives(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = real_law()
    scenarios = Random(seed).sample(read_scenarios(RULESETS.parent / "features"), 12)
    asked = [one.case for found in scenarios for one in _asked(found)[:1]]
    asked = [one for one in asked if not law.vocabulary.questions[one.question.ask].reviews]
    with_relevance = [changes(case, law, size=1) for case in asked]

    program = Law.program

    def of_every_turn(
        connecting: Any, texts: Any, question: Any, relevance_of: Any, **_: Any
    ) -> Any:
        return govern(connecting, texts, question, relevance_of)

    def with_all_rules(law: Law, selected: Any, *_: Any) -> Any:
        return program(law, selected)

    monkeypatch.setattr(reasoning, "govern", of_every_turn)
    monkeypatch.setattr(Law, "program", with_all_rules)
    assert [changes(case, law, size=1) for case in asked] == with_relevance


def _asked(scenario: Any) -> Any:
    try:
        return prepare(scenario, real_law().vocabulary).asked
    except ValueError:
        return ()


def test_texts_that_have_nothing_to_do_with_a_question_open_no_worlds() -> None:
    """Where a first day is only known to lie in a window, the version is a completion: of no text
    that the question does not concern."""
    law = real_law()
    case = read_case(_FINED_IN_A_WINDOW.encode(), law.vocabulary)
    evaluation = evaluation_of(case, law, "rete")
    parts_of(evaluation)
    asked = {
        name.removeprefix("version:").partition("@")[0]
        for world in evaluation.worlds
        for name, _ in world
        if name.startswith("version:")
    }
    assert asked
    assert asked <= law.relevance(law.vocabulary.questions["penalty"]).texts


_FINED_IN_A_WINDOW = """\
schema: case/1
reference: window
as_of: 2012-12-30
question: {ask: penalty, about: [c1]}
clinics: {c1: {}}
breaches:
  b1:
    kind: sex-determination
    actor: organisation
    clinic: c1
    date: 2012-12-20
    discovered: 2012-12-21
    place: 350802
    gains: "5000.00"
    serious: false
    times: 1
    for_profit: false
    harm: false
"""
