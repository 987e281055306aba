"""A consolidated text, from its source into its model.

    node, problems = open_source(path.read_bytes(), "cn/library/2001-01-01.yaml")
    version, more = read_version(node, vocabulary, id="2001-01-01")

Every problem is collected. A version is None only where it cannot be named or dated; a rule that
cannot be read is left out of it, and the problem says so.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import get_args

from engine.language.articles import numbers_named
from engine.language.diagnostics import Bilingual, Diagnostic, nearest
from engine.language.expression import Expression
from engine.language.fields import (
    Problems,
    as_day,
    as_mapping,
    as_text,
    as_window,
    bilingual_field,
    choice,
    labels,
    mapping_field,
    one_of,
    only,
    text_field,
    texts_field,
    word,
    words,
)
from engine.language.fields import field as value_of
from engine.language.keywords import canonicalise
from engine.language.node import Mapping, Node, Sequence, Text, to_plain
from engine.language.read_effects import RuleNames
from engine.language.read_rules import Enacted, TextOf, check_sources, read_rules
from engine.language.read_values import Scope, read_expression
from engine.language.ruleset import (
    Ask,
    Confidence,
    Excluded,
    Gap,
    Instrument,
    Rank,
    Unread,
    Version,
)
from engine.language.settings import Setting, WithSettings, bound_words
from engine.language.source import SourceError, flow_collections, load_mapping
from engine.language.types import NameInfo, entity
from engine.values.money import UNITS, Rounding, RoundingMode

FIRST_RECORDED = date(2026, 11, 23)
"""The day from which a text counts as known that does not say when it was recorded."""
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
RANKS: tuple[Rank, ...] = get_args(Rank)
MODES: MappingOf[str, RoundingMode] = {
    "down": "down",
    "up": "up",
    "half-up": "half_up",
    "half-even": "half_even",
}
TOP = (
    "instrument",
    "version",
    "amends",
    "fills",
    "asks",
    "terms",
    "rounding",
    "gaps",
    "excluded",
    "not-read",
    "articles",
    "changes",
)


def open_source(text: str | bytes, file: str) -> tuple[Mapping | None, list[Diagnostic]]:
    """The tree of a file with its keywords in English; None if it cannot be read."""
    try:
        node = canonicalise(load_mapping(text, file))
    except SourceError as error:
        return None, list(error.diagnostics)
    assert isinstance(node, Mapping)
    return node, list(flow_collections(node, {"articles", "changes"}))


def read_version(
    node: Mapping,
    names: RuleNames,
    id: str,
    enacted: MappingOf[str, Enacted] | None = None,
    sources: Collection[str] | None = None,
) -> tuple[Version | None, list[Diagnostic]]:
    """The version that a consolidated source says; None if it has no identity or no date.

    `enacted` names, for each local name of a rule, the version that enacted its wording; a rule
    that it lacks was enacted by this one. `sources`, if given, are the sources that are registered.
    """
    reader = _Reader(Problems([]), names, sources)
    version = reader.version(node, id, enacted or {})
    return version, sorted(set(reader.problems.found))


@dataclass(slots=True)
class _Reader:
    problems: Problems
    names: RuleNames
    sources: Collection[str] | None

    def version(self, node: Mapping, id: str, enacted: MappingOf[str, Enacted]) -> Version | None:
        problems = self.problems
        only(node, TOP, problems)
        instrument = self._instrument(node)
        head = mapping_field(node, "version", problems)
        if head is None:
            return None
        keys = ("in-force", "until", "confidence", "sources", "recorded", "note")
        only(head, keys, problems)
        start = value_of(head, "in-force", problems)
        in_force = None if start is None else as_window(start, "in-force", problems)
        if instrument is None or start is None or in_force is None:
            return None
        end = value_of(head, "until", problems, required=False)
        recorded = value_of(head, "recorded", problems, required=False)
        recorded_day = None if recorded is None else as_day(recorded, "recorded", problems)
        confidence = choice(head, "confidence", CONFIDENCES, problems, "unconfirmed")
        if head.get("confidence") is None:
            value_of(head, "confidence", problems)
        sources = self._sources(head)
        filled = node.get("fills")
        settings = self._settings(node)
        names = WithSettings(self.names, {one.info.key: one.info for one in settings})
        text = TextOf(instrument, id, confidence, sources, names, enacted, self.sources)
        return Version(
            instrument=instrument,
            id=id,
            in_force=in_force,
            ends=None if end is None else as_window(end, "until", problems),
            confidence=confidence,
            recorded=recorded_day or FIRST_RECORDED,
            sources=sources,
            fills=words(node, "fills", problems),
            asks=tuple(one.ask for one in settings),
            terms=self._terms(node, names),
            rounding=self._rounding(node),
            rules=read_rules(node, text, problems),
            unread=self._unread(node),
            gaps=self._gaps(node),
            excluded=self._excluded(node),
            at=start.at,
            fills_at=filled.at if filled is not None else start.at,
            text_hash=hash_of(node),
        )

    def _instrument(self, node: Mapping) -> Instrument | None:
        body = mapping_field(node, "instrument", self.problems)
        if body is None:
            return None
        only(body, ("id", "title", "rank", "territory", "note"), self.problems)
        id = word(body, "id", self.problems)
        title = bilingual_field(body, "title", self.problems)
        rank_text = text_field(body, "rank", self.problems)
        territory = text_field(body, "territory", self.problems)
        rank = None if rank_text is None else one_of(rank_text, "rank", RANKS, self.problems)
        if id is None or title is None or rank is None or territory is None:
            return None
        return Instrument(id, title, rank, territory.value, territory.at)

    def _sources(self, head: Mapping) -> tuple[str, ...]:
        found = texts_field(head, "sources", self.problems)
        check_sources(found, self.sources, self.problems)
        return tuple(text.value for text in found)

    # --- what a text leaves open, and words of its own ------------------------------------------
    def _settings(self, node: Mapping) -> list[Setting]:
        body = mapping_field(node, "asks", self.problems, required=False)
        found = [self._setting(entry.key, entry.value) for entry in body.entries] if body else []
        return [one for one in found if one is not None]

    def _setting(self, key: Text, node: Node) -> Setting | None:
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        only(body, ("zh", "en", "candidates"), self.problems)
        zh = word(body, "zh", self.problems)
        text = Bilingual(zh or "", word(body, "en", self.problems, required=False) or zh or "")
        texts = texts_field(body, "candidates", self.problems)
        value_of(body, "candidates", self.problems)
        known = self.names.of_case(key.value)
        if known is None or known.origin != "defined":
            near = nearest(key.value, self.names.names_of(None))
            self.problems.add("undeclared-setting", key.at, name=key.value, nearest=near)
            return None
        declared = known.type
        candidates: list[Expression] = []
        for one in texts:
            scope = Scope(self.names, bound_words(one.value, self.names))
            candidate = read_expression(one, scope, self.problems, declared)
            if candidate is not None:
                candidates.append(candidate)
        if not candidates or len(candidates) != len(texts):
            return None
        info = NameInfo(
            key=key.value,
            type=declared,
            origin="asked",
            varies="no",
            zh=known.zh,
            en=known.en,
        )
        return Setting(info, Ask(key.value, text, tuple(candidates)))

    def _terms(self, node: Mapping, names: RuleNames) -> tuple[tuple[str, Expression], ...]:
        """Terms of the vocabulary that this instrument means in its own way."""
        body = mapping_field(node, "terms", self.problems, required=False)
        found: list[tuple[str, Expression]] = []
        for entry in body.entries if body is not None else ():
            head, stop, name = entry.key.value.partition(".")
            kind = names.kind_of(head) if stop else None
            key = entry.key.value if kind is None else f"{kind}.{name}"
            info = names.of_case(key) if kind is None else names.of_kind(kind, name)
            if info is None or info.origin not in ("term", "relation"):
                known = [*names.names_of(None)]
                known += [f"{head}.{one}" for one in names.names_of(kind)] if kind else []
                self.problems.add(
                    "unknown-name",
                    entry.key.at,
                    name=entry.key.value,
                    nearest=nearest(entry.key.value, known),
                )
                continue
            text = self._means(entry.value)
            variables = {} if kind is None else {head: entity(kind), kind: entity(kind)}
            expression = (
                None
                if text is None
                else read_expression(text, Scope(names, variables), self.problems, info.type)
            )
            if expression is not None:
                found.append((info.key, expression))
        return tuple(found)

    def _means(self, node: Node) -> Text | None:
        """The formula of a term, bare or under `means` beside labels of its own."""
        if not isinstance(node, Mapping):
            return as_text(node, "terms", self.problems)
        only(node, ("means", "zh", "en", "sources", "note"), self.problems)
        return text_field(node, "means", self.problems)

    def _rounding(self, node: Mapping) -> Rounding | None:
        body = mapping_field(node, "rounding", self.problems, required=False)
        if body is None:
            return None
        only(body, ("to", "mode", "source"), self.problems)
        source = text_field(body, "source", self.problems)
        check_sources(() if source is None else (source,), self.sources, self.problems)
        to, mode = text_field(body, "to", self.problems), text_field(body, "mode", self.problems)
        unit = None if to is None else one_of(to, "to", tuple(UNITS), self.problems)
        how = None if mode is None else one_of(mode, "mode", tuple(MODES), self.problems)
        return None if unit is None or how is None else Rounding(MODES[how], UNITS[unit])

    # --- what is known to be missing ------------------------------------------------------------
    def _listed(self, node: Mapping, key: str) -> list[Mapping]:
        value = value_of(node, key, self.problems, required=False)
        if value is None:
            return []
        if not isinstance(value, Sequence):
            self.problems.wrong(key, value.at, Bilingual("列表", "a list"))
            return []
        bodies = [as_mapping(item, self.problems) for item in value.items]
        return [body for body in bodies if body is not None]

    def _unread(self, node: Mapping) -> tuple[Unread, ...]:
        found: list[Unread] = []
        for body in self._listed(node, "not-read"):
            only(body, ("day", "may-touch", "zh", "en"), self.problems)
            start = value_of(body, "day", self.problems)
            window = None if start is None else as_window(start, "day", self.problems)
            named = words(body, "may-touch", self.problems)
            touched = tuple(one for text in named for one in numbers_named(text))
            note = None if body.get("zh") is None else labels(body, self.problems)
            if window is not None:
                found.append(Unread(window[0], touched, note))
        return tuple(found)

    def _gaps(self, node: Mapping) -> tuple[Gap, ...]:
        """Gaps of the law base; each is noted where it stands."""
        found: list[Gap] = []
        for body in self._listed(node, "gaps"):
            only(body, ("kind", "zh", "en"), self.problems)
            kind = text_field(body, "kind", self.problems)
            if kind is not None:
                said = labels(body, self.problems)
                text = Bilingual(f"{said.zh}（{kind.value}）", f"{said.en} ({kind.value})")
                self.problems.add("gap", kind.at, text=text)
                found.append(Gap(kind.value, said))
        return tuple(found)

    def _excluded(self, node: Mapping) -> tuple[Excluded, ...]:
        """What the scope leaves out; each is noted where it stands."""
        found: list[Excluded] = []
        for body in self._listed(node, "excluded"):
            only(body, ("article", "id", "zh", "en"), self.problems)
            article, id = (
                text_field(body, "article", self.problems),
                word(body, "id", self.problems),
            )
            if article is not None and id is not None:
                said = labels(body, self.problems)
                name = f"{article.value}/{id}"
                text = Bilingual(f"{name}，{said.zh}", f"{name}, {said.en}")
                self.problems.add("excluded", article.at, text=text)
                found.append(Excluded(article.value, id, said))
        return tuple(found)


def hash_of(node: Mapping) -> str:
    """SHA-256 of a text without its places, as hexadecimal."""
    plain = json.dumps(to_plain(node), ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()
