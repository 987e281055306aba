"""What two laws, or two versions of an instrument, say differently: article by article, in words.

    changes = law_changes(old, new)                  # two folders of rulesets
    change = version_change(one, other, vocabulary)  # two versions of one instrument
    turned = turned_scenarios(old, new, scenarios)   # whose answer is another one

Rules are compared by the sentences that they are rendered as, and by what stands behind them (gist,
confidence, sources), so a change that nobody could read is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.assurance.answers import Answer, answer_to, decisions_in
from engine.assurance.coverage import content_of
from engine.assurance.scenarios import Prepared, Scenario
from engine.decision.governing.law import Law
from engine.language.diagnostics import Bilingual, Language
from engine.language.render import render_rule
from engine.language.ruleset import Rule, Version
from engine.law.version_text import CONFIDENCE, remarks
from engine.law.vocabulary import Vocabulary

Kind = Literal["added", "removed", "changed", "renumbered"]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that is another one; `before` and `after` are its sentences, None: there is none."""

    article: str
    rule: str
    kind: Kind
    before: Bilingual | None
    after: Bilingual | None
    was: str | None = None
    """The place it had before, of one that was renumbered."""


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A version that is another one: what it says of itself, and its rules."""

    instrument: str
    old: str | None
    new: str | None
    remarks: tuple[tuple[Literal["-", "+"], Bilingual], ...]
    rules: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """A scenario that comes out otherwise: what counts of both answers."""

    scenario: Scenario
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def law_changes(old: Law, new: Law) -> tuple[VersionChange, ...]:
    """The versions that two laws do not have alike, in the order of instruments and days."""
    words = old.vocabulary, new.vocabulary
    before, after = _versions(old), _versions(new)
    found = (
        _change(key[0], before.get(key), after.get(key), words)
        for key in sorted(before.keys() | after.keys())
    )
    return tuple(one for one in found if one is not None)


def version_change(old: Version, new: Version, vocabulary: Vocabulary) -> VersionChange:
    """What a version of an instrument says otherwise than another."""
    found = _change(old.instrument.id, old, new, (vocabulary, vocabulary))
    return found or VersionChange(old.instrument.id, old.id, new.id, (), ())


def turned_scenarios(
    old: Law, new: Law, scenarios: Sequence[Prepared], changes: Iterable[VersionChange]
) -> Iterator[Turned]:
    """The scenarios whose answer is another one under the new law.

    Only those are decided again that rest on a text that changed, or that a new text may touch.
    """
    changed = tuple(changes)
    touched = {(one.instrument, one.old) for one in changed if one.old}
    arrived = any(one.old is None for one in changed)
    for prepared in scenarios:
        for asked in prepared.asked:
            answer = answer_to(asked.case, old)
            if arrived or touched & set(_governing(answer)):
                other = answer_to(asked.case, new)
                before, after = content_of(answer), content_of(other)
                if before != after:
                    yield Turned(prepared.scenario, before, after)


def in_place_of(law: Law, old: Version, new: Version) -> Law:
    """The law in which a version says what another says, at its own time."""
    moved = replace(new, id=old.id, in_force=old.in_force, ends=old.ends)
    by_instrument = {
        id: tuple(moved if one is old else one for one in versions)
        for id, versions in law.registry.by_instrument.items()
    }
    return replace(law, registry=replace(law.registry, by_instrument=by_instrument), programs={})


def _versions(law: Law) -> dict[tuple[str, str], Version]:
    return {
        (id, version.id): version
        for id, versions in law.registry.by_instrument.items()
        for version in versions
    }


def _governing(answer: Answer) -> Iterator[tuple[str, str]]:
    for told in decisions_in(answer):
        for version in told["versions"]:
            yield version["instrument"], version["version"]


def _change(
    instrument: str, old: Version | None, new: Version | None, words: tuple[Vocabulary, Vocabulary]
) -> VersionChange | None:
    before, after = _said(old, words[0]), _said(new, words[1])
    told = _told(old, words[0]), _told(new, words[1])
    remarked = [("-", one) for one in told[0] if one not in told[1]]
    remarked += [("+", one) for one in told[1] if one not in told[0]]
    rules = tuple(_rules(before, after))
    if old is not None and new is not None and not remarked and not rules:
        return None
    ids = old.id if old else None, new.id if new else None
    return VersionChange(instrument, *ids, tuple(remarked), rules)  # type: ignore[arg-type]


def _rules(before: dict[str, Bilingual], after: dict[str, Bilingual]) -> Iterator[RuleChange]:
    gone = {said: name for name, said in before.items() if name not in after}
    moved = {
        name: gone[said] for name, said in after.items() if name not in before and said in gone
    }
    for name in sorted(before.keys() | after.keys(), key=_natural):
        article = name.partition("/")[0]
        was, now = before.get(name), after.get(name)
        if name in moved:
            yield RuleChange(article, name, "renumbered", now, now, moved[name])
        elif was == now or name in moved.values():
            continue
        else:
            kind: Kind = "added" if was is None else "removed" if now is None else "changed"
            yield RuleChange(article, name, kind, was, now)


def _said(version: Version | None, words: Vocabulary) -> dict[str, Bilingual]:
    """The rules by their places, each as its sentence with what stands behind it."""
    rules = version.rules if version else ()
    return {rule.local: Bilingual(_sentence(rule, words, "zh"), _sentence(rule, words, "en"))
            for rule in rules}  # fmt: skip


def _sentence(rule: Rule, words: Vocabulary, lang: Language) -> str:
    gist = "" if rule.gist is None else rule.gist.of(lang)
    behind = (CONFIDENCE[rule.confidence].of(lang), ", ".join(rule.sources))
    return f"{render_rule(rule, words, lang)}〔{'; '.join(p for p in (gist, *behind) if p)}〕"


def _told(version: Version | None, words: Vocabulary) -> list[Bilingual]:
    """What a version says of itself: from when it is in force, what is open, missing, its words."""
    if version is None:
        return []
    head = [
        Bilingual(f"施行 {'，'.join(_days(version))}", f"in force {', '.join(_days(version))}"),
        CONFIDENCE[version.confidence],
        *(Bilingual(f"完整规定 {one}", f"complete for {one}") for one in version.fills),
        *_rounding(version),
    ]
    both = zip(remarks(version, words, "zh"), remarks(version, words, "en"), strict=True)
    return [*head, *(Bilingual(zh, en) for zh, en in both)]


def _rounding(version: Version) -> Iterator[Bilingual]:
    if version.rounding is not None:
        said = f"{version.rounding.unit_fen} fen, {version.rounding.mode}"
        yield Bilingual(f"取整 {said}", f"rounding {said}")


def _days(version: Version) -> list[str]:
    return [
        first.isoformat() if first == last else f"{first.isoformat()}…{last.isoformat()}"
        for window in (version.in_force, version.ends)
        if window is not None
        for first, last in (window,)
    ]


def _natural(name: str) -> list[tuple[int, str]]:
    """17.4 before 17.10, 9 before 41."""
    parts = name.replace("/", ".").split(".")
    return [(int(part), "") if part.isdecimal() else (1 << 30, part) for part in parts]
