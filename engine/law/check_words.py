"""What rules speak of: conclusions that the vocabulary lacks, numbers without a source, roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.language.dependencies import dependencies, walk
from engine.language.diagnostics import nearest
from engine.language.expression import Literal
from engine.language.fields import Problems
from engine.language.node import Position
from engine.language.rule_expressions import expressions_in, position_of
from engine.language.ruleset import (
    Charge,
    Competence,
    Define,
    Effect,
    Governs,
    Grant,
    OverrideConclusion,
    Rule,
    Version,
)
from engine.law.vocabulary import Vocabulary
from engine.values.money import Money, format_yuan


def check_words(version: Version, vocabulary: Vocabulary, problems: Problems) -> None:
    """Reports conclusions and questions that the vocabulary does not have."""
    for filled in version.fills:
        _check_target(filled, version.fills_at, vocabulary, problems)
    for rule in version.rules:
        within = problems.within(rule.name)
        for what, known in _spoken_of(rule, vocabulary):
            if what not in known:
                within.add("unknown-name", rule.effect_at, name=what, nearest=nearest(what, known))
        for opened in rule.opens:
            _check_target(opened, rule.at, vocabulary, within)


def _spoken_of(rule: Rule, vocabulary: Vocabulary) -> Iterator[tuple[str, Collection[str]]]:
    """What a rule names, each with what there is to name."""
    for effect in rule.effects:
        yield from _in_effect(effect, vocabulary)
    for override in rule.overrides:
        if isinstance(override, OverrideConclusion):
            yield override.conclusion, vocabulary.conclusions


def _in_effect(effect: Effect, vocabulary: Vocabulary) -> Iterator[tuple[str, Collection[str]]]:
    conclusions = vocabulary.conclusions
    match effect:
        case Define():
            return
        case Governs(questions=questions, together=together):
            for question in questions:
                yield question, vocabulary.questions
            for conclusion in together:
                yield conclusion, conclusions
        case Competence(what=what, authority=authority):
            yield what, (*conclusions, *vocabulary.questions)
            yield authority, vocabulary.issuers
        case Grant(what=what, payer=payer, authority=authority, papers=papers):
            yield what, conclusions
            for office in (payer, authority):
                if office is not None:
                    yield office, vocabulary.issuers
            for paper in papers:
                yield paper, vocabulary.evidence
        case _:
            named = getattr(effect, "what", None) or getattr(effect, "object", None)
            if isinstance(named, str):
                yield named, conclusions
            if isinstance(effect, Charge) and effect.adds_to is not None:
                yield effect.adds_to, conclusions


def _check_target(text: str, at: Position, vocabulary: Vocabulary, problems: Problems) -> None:
    """What `fills` and `open` name: `permit further-birth`, or a name of the vocabulary."""
    effect, _, what = text.partition(" ")
    known: list[str] = [f"{one.effect} {one.name}" for one in vocabulary.conclusions.values()]
    head, stop, name = effect.partition(".")
    kind = vocabulary.kind_of(head)
    key = f"{kind}.{name}" if stop and kind is not None else effect
    if text not in known and (what or key not in vocabulary.names):
        known += list(vocabulary.names)
        problems.add("unknown-name", at, name=text, nearest=nearest(text, known))


def check_sources(version: Version, vocabulary: Vocabulary, problems: Problems) -> None:
    """Reports numbers in rules for which neither rule, article nor version names a source."""
    for rule in version.rules:
        if rule.sources:
            continue
        within = problems.within(rule.name)
        for expression in expressions_in(rule):
            for part in walk(expression):
                if isinstance(part, Literal) and _is_number(part.value):
                    at = position_of(part)
                    within.add("number-without-source", at, number=_shown(part.value))


def _is_number(value: object) -> bool:
    # Periods and dates are numbers of the law too; truth values and codes are not.
    return not isinstance(value, bool | str)


def _shown(value: object) -> str:
    return format_yuan(value) if isinstance(value, Money) else str(value)


def check_roles(version: Version, vocabulary: Vocabulary, problems: Problems) -> None:
    """Notes the rules that read a name which depends on sex or role."""
    marked = _names_of_roles(version, vocabulary)
    for rule in version.rules:
        read = {key for one in expressions_in(rule) for key in dependencies(one)}
        words = sorted(read & marked)
        if words:
            problems.within(rule.name).add("role-specific", rule.at, words=words)


def _names_of_roles(version: Version, vocabulary: Vocabulary) -> set[str]:
    """Names that are declared to depend on sex or role, and those worked out from one of them."""
    marked = {fact.info.key for fact in vocabulary.facts.values() if fact.role_specific}
    marked |= {key for key, formula in vocabulary.formulas.items() if formula.role_specific}
    reads = {key: one.reads for key, one in vocabulary.formulas.items()}
    reads |= {key: dependencies(expression) for key, expression in version.terms}
    while more := {key for key, read in reads.items() if key not in marked and read & marked}:
        marked |= more
    return marked
