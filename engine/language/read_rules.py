"""Articles into rules: what a sentence says itself, and what it takes over from its article."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import get_args

from engine.language.articles import EFFECTS, Sentence, effects_of, members, resolve, sentences
from engine.language.dependencies import dependencies
from engine.language.diagnostics import Bilingual, nearest
from engine.language.expression import Expression
from engine.language.fields import (
    Problems,
    as_bilingual,
    as_mapping,
    as_text,
    as_texts,
    one_of,
    only,
    text_field,
    word,
)
from engine.language.fields import field as value_of
from engine.language.graph import expressions_of
from engine.language.node import Mapping, Node, Position, Sequence, Text
from engine.language.read_effects import RuleNames, read_effect
from engine.language.read_values import Scope, read_expression
from engine.language.ruleset import (
    UNCHOSEN,
    Confidence,
    Define,
    Effect,
    Instrument,
    OverrideConclusion,
    OverrideRule,
    Rank,
    Rule,
    Subject,
)
from engine.language.types import BOOLEAN, Type

SHARED = (
    "gist",
    "confidence",
    "sources",
    "for",
    "when",
    "unless",
    "may",
    "overrides",
    "open",
    "grounds",
    "note",
    "practice",
    "factors",
    *EFFECTS,
)
RULE = ("id", *SHARED)
ITEM = ("item", "rules", *RULE)
ARTICLE = ("article", "items", "rules", *RULE)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
RANKS: tuple[Rank, ...] = get_args(Rank)
FOR = Bilingual("变量 in 列表，如 loan in loans", "a variable in a list, as loan in loans")
LABEL = Bilingual("字母、数字、点和连字符", "letters, digits, full stops and hyphens")

_FOR = re.compile(r"\s*(?P<variable>\w+)\s+in\s+(?P<list>\S.*)")
_LABEL = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Enacted:
    """Who enacted the wording of a rule: the version, the rule's local name in it, and what that
    version says of itself, which holds for the rule where the rule is silent."""

    version: str
    local: str
    confidence: Confidence
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextOf:
    """The version whose articles are read."""

    instrument: Instrument
    id: str
    confidence: Confidence
    sources: tuple[str, ...]
    names: RuleNames
    enacted: MappingOf[str, Enacted]
    registered: Collection[str] | None
    """The sources that are registered; None: not known."""

    def enacted_by(self, local: str) -> Enacted:
        """The version that enacted a rule: this one, if none is named."""
        found = self.enacted.get(local)
        return found or Enacted(self.id, local, self.confidence, self.sources)


def read_rules(node: Mapping, text: TextOf, problems: Problems) -> tuple[Rule, ...]:
    """The rules of all articles, in the order of the text."""
    listed = value_of(node, "articles", problems)
    if listed is not None and not isinstance(listed, Sequence):
        problems.wrong("articles", listed.at, Bilingual("列表", "a list"))
    found: dict[str, Sentence] = {}
    numbers: dict[str, Position] = {}
    for article in members(node, "articles"):
        _check_article(article, problems)
        _check_number(article, numbers, problems)
        for sentence in sentences(article):
            if sentence.id is None:
                value_of(sentence.node, "id", problems)
            elif sentence.local in found:
                other = found[sentence.local].node.at
                at = (text_field(sentence.node, "id", problems) or sentence.node).at
                if other != sentence.node.at:  # an amended text repeats the sentence
                    problems.add("duplicate-rule", at, name=sentence.local, other=other)
            else:
                found[sentence.local] = sentence
    reader = _RuleReader(text, frozenset(found), _grounds(found.values()))
    rules = [reader.rule(sentence, problems) for sentence in found.values()]
    return tuple(rule for rule in rules if rule is not None)


def check_sources(
    found: Iterable[Text], registered: Collection[str] | None, problems: Problems
) -> None:
    """Reports the sources that are not registered."""
    for text in found:
        if registered is not None and text.value not in registered:
            close = nearest(text.value, registered)
            problems.add("unknown-source", text.at, source=text.value, nearest=close)


def _check_article(article: Mapping, problems: Problems) -> None:
    """Keywords and labels of an article, its items and its rules."""
    only(article, ARTICLE, problems)
    _check_label(article, "article", problems)
    items = members(article, "items")
    for item in items:
        only(item, ITEM, problems)
        _check_label(item, "item", problems)
    for holder in (article, *items):
        for key in ("items", "rules"):
            listed = holder.get(key)
            if listed is not None and not isinstance(listed, Sequence):
                problems.wrong(key, listed.at, Bilingual("列表", "a list"))
            for member in listed.items if isinstance(listed, Sequence) else ():
                as_mapping(member, problems)
        for rule in members(holder, "rules"):
            only(rule, RULE, problems)
            _check_label(rule, "id", problems)


def _check_number(article: Mapping, numbers: dict[str, Position], problems: Problems) -> None:
    """Notes an article that stands a second time; an amended text repeats what it amends."""
    text = article.get("article")
    if isinstance(text, Text) and numbers.setdefault(text.value, text.at) != text.at:
        problems.add("article-again", text.at, number=text.value, other=numbers[text.value])


def _check_label(node: Mapping, key: str, problems: Problems) -> None:
    text = text_field(node, key, problems)
    if text is not None and not _LABEL.fullmatch(text.value):
        problems.wrong(key, text.at, LABEL)


def _note(node: Mapping, problems: Problems) -> Bilingual | None:
    only(node, ("zh", "en", "source", "confidence"), problems)
    zh, en = text_field(node, "zh", problems), text_field(node, "en", problems)
    return None if zh is None or en is None else Bilingual(zh.value, en.value)


def _effect_at(sentence: Sentence) -> Position:
    """The place of the key of the effect; of the sentence where it has none."""
    holder = sentence.with_effect()
    entry = None if holder is None else holder.entry(next(iter(effects_of(holder)), ""))
    return sentence.node.entries[0].key.at if entry is None else entry.key.at


def _grounds(found: Iterable[Sentence]) -> frozenset[str]:
    """The local names of the rules that permit."""
    permitting: set[str] = set()
    for sentence in found:
        holder = sentence.with_effect()
        if holder is not None and "permit" in effects_of(holder):
            permitting.add(sentence.local)
    return frozenset(permitting)


@dataclass(frozen=True, slots=True)
class _RuleReader:
    text: TextOf
    locals: frozenset[str]
    grounds: frozenset[str]

    def rule(self, sentence: Sentence, outer: Problems) -> Rule | None:
        enacted = self.text.enacted_by(sentence.local)
        name = f"{self.text.instrument.id}/{enacted.version}/{enacted.local}"
        problems = outer.within(name)
        before = len(problems.found)
        subject = self._subject(sentence, problems)
        variables: dict[str, Type] = {}
        if subject is not None:
            item = subject.collection.type.item
            assert item is not None
            variables[subject.variable] = item
        elif len(problems.found) > before:
            # Without its subject nothing in the rule can be read.
            return None
        scope = Scope(self.text.names, variables)
        when = self._conditions(sentence, "when", scope, problems)
        unless = self._conditions(sentence, "unless", scope, problems)
        readable = None not in (*when, *unless)
        effects = self._effects(sentence, variables, problems)
        rule = Rule(
            name=name,
            local=sentence.local,
            instrument=self.text.instrument.id,
            rank=self.text.instrument.rank,
            article=sentence.article,
            gist=self._gist(sentence, problems),
            confidence=self._confidence(sentence, enacted, problems),
            sources=self._sources(sentence, enacted, problems),
            subject=subject,
            when=tuple(one for one in when if one is not None),
            unless=tuple(one for one in unless if one is not None),
            may=self._may(sentence, effects, problems),
            overrides=self._overrides(sentence, problems),
            effects=effects,
            opens=self._opens(sentence, problems),
            at=sentence.node.entries[0].key.at,
            effect_at=_effect_at(sentence),
            practice=self._practice(sentence, problems),
            factors=self._factors(sentence, problems),
        )
        self._refuse_self_reference(rule, problems)
        # With a condition that cannot be read it would say more than its text.
        return rule if readable else None

    def _subject(self, sentence: Sentence, problems: Problems) -> Subject | None:
        node = sentence.nearest("for")
        text = None if node is None else as_text(node, "for", problems)
        if text is None:
            return None
        found = _FOR.fullmatch(text.value)
        if found is None:
            problems.wrong("for", text.at, FOR)
            return None
        start = found.start("list")
        listed = Text(found["list"], text.part(start, len(text.value)), quoted=False)
        collection = read_expression(listed, Scope(self.text.names), problems)
        if collection is None:
            return None
        item = collection.type.item
        if item is None or item.base != "entity" or item.about is None:
            problems.wrong("for", text.at, FOR)
            return None
        return Subject(found["variable"], item.about, collection)

    def _conditions(
        self, sentence: Sentence, key: str, scope: Scope, problems: Problems
    ) -> tuple[Expression | None, ...]:
        """The conditions, None for each that cannot be read."""
        texts = [text for node in sentence.all(key) for text in as_texts(node, key, problems)]
        return tuple(read_expression(text, scope, problems, BOOLEAN) for text in texts)

    def _effects(
        self, sentence: Sentence, variables: MappingOf[str, Type], problems: Problems
    ) -> tuple[Effect, ...]:
        holder = sentence.with_effect()
        at = sentence.node.entries[0].key.at
        if holder is None:
            if sentence.nearest("open") is None:
                problems.add("unknown-effect", at, effects=EFFECTS)
            return ()
        present = effects_of(holder)
        if len(present) > 1:
            at = (holder.entry(present[1]) or holder.entries[0]).key.at
            problems.add("several-effects", at, effects=present)
            return ()
        node = value_of(holder, present[0], problems)
        if node is None:
            return ()
        grounds = self._referred_grounds(holder, sentence, problems)
        return read_effect(present[0], node, grounds, self.text.names, variables, problems)

    def _referred_grounds(
        self, holder: Mapping, sentence: Sentence, problems: Problems
    ) -> tuple[str, ...]:
        """Numbers as they stand, names of rules in full."""
        node = holder.get("grounds")
        found: list[str] = []
        for text in as_texts(node, "grounds", problems) if node is not None else ():
            targets = resolve(text.value, sentence, self.grounds)
            if not targets:
                close = nearest(text.value, self.grounds)
                problems.add("dangling-ground", text.at, target=text.value, nearest=close)
            found.append(targets[0] if len(targets) == 1 and "/" not in text.value else text.value)
        return tuple(found)

    def _gist(self, sentence: Sentence, problems: Problems) -> Bilingual | None:
        node = sentence.nearest("gist")
        return None if node is None else as_bilingual(node, "gist", problems)

    def _practice(self, sentence: Sentence, problems: Problems) -> tuple[Bilingual, ...]:
        """What was reported of practice, where it did otherwise than the article says."""
        node = sentence.nearest("practice")
        if not isinstance(node, Sequence):
            return ()
        notes = [_note(item, problems) for item in node.items if isinstance(item, Mapping)]
        return tuple(note for note in notes if note is not None)

    def _factors(self, sentence: Sentence, problems: Problems) -> tuple[Bilingual, ...]:
        """What the text names to be considered in a choice."""
        node = sentence.nearest("factors")
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        factors = [as_bilingual(item, "factors", problems) for item in items]
        return tuple(factor for factor in factors if factor is not None)

    def _confidence(self, sentence: Sentence, enacted: Enacted, problems: Problems) -> Confidence:
        node = sentence.nearest("confidence")
        text = None if node is None else as_text(node, "confidence", problems)
        said = None if text is None else one_of(text, "confidence", CONFIDENCES, problems)
        return enacted.confidence if said is None else said

    def _sources(self, sentence: Sentence, enacted: Enacted, problems: Problems) -> tuple[str, ...]:
        node = sentence.nearest("sources")
        if node is None:
            return enacted.sources
        found = as_texts(node, "sources", problems)
        check_sources(found, self.text.registered, problems)
        return tuple(text.value for text in found)

    def _may(self, sentence: Sentence, effects: tuple[Effect, ...], problems: Problems) -> bool:
        node = sentence.nearest("may")
        text = None if node is None else as_text(node, "may", problems)
        if text is None or one_of(text, "may", ("true", "false"), problems) != "true":
            return False
        if any(isinstance(one, UNCHOSEN) for one in effects):
            problems.add("nobody-chooses", text.at)
        return True

    def _opens(self, sentence: Sentence, problems: Problems) -> tuple[str, ...]:
        node = sentence.nearest("open")
        found = () if node is None else as_texts(node, "open", problems)
        return tuple(text.value for text in found)

    def _overrides(
        self, sentence: Sentence, problems: Problems
    ) -> tuple[OverrideRule | OverrideConclusion, ...]:
        node = sentence.nearest("overrides")
        if node is None:
            return ()
        found: list[OverrideRule | OverrideConclusion] = []
        for target in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(target, Mapping):
                found += self._override_conclusion(target, problems)
            else:
                found += self._override_rules(target, sentence, problems)
        return tuple(found)

    def _override_conclusion(
        self, node: Mapping, problems: Problems
    ) -> list[OverrideRule | OverrideConclusion]:
        only(node, ("conclusion", "rank-below"), problems)
        conclusion = word(node, "conclusion", problems)
        below = text_field(node, "rank-below", problems)
        rank = None if below is None else one_of(below, "rank-below", RANKS, problems)
        if conclusion is None or rank is None:
            return []
        return [OverrideConclusion(conclusion, rank)]

    def _override_rules(
        self, node: Node, sentence: Sentence, problems: Problems
    ) -> list[OverrideRule | OverrideConclusion]:
        text = as_text(node, "overrides", problems)
        if text is None:
            return []
        # Where a rule stands below the article or item that yields, it does not yield to itself.
        targets = [
            local for local in resolve(text.value, sentence, self.locals) if local != sentence.local
        ]
        if not targets:
            beside = {one.rpartition("/")[2] for one in self.locals if one != sentence.local}
            close = nearest(text.value, {*self.locals, *beside})
            problems.add("dangling-override", text.at, target=text.value, nearest=close)
        return [OverrideRule(local) for local in targets]

    def _refuse_self_reference(self, rule: Rule, problems: Problems) -> None:
        defined = {effect.key for effect in rule.effects if isinstance(effect, Define)}
        values = [effect.value for effect in rule.effects if isinstance(effect, Define)]
        inner = [expression for value in values for expression in expressions_of(value)]
        for expression in (*rule.when, *rule.unless, *inner):
            for key in sorted(dependencies(expression) & defined):
                span = expression.span
                at = Position(span.file, span.line, span.column, span.line, span.end_column)
                problems.add("self-reference", at, name=key)
