"""In what two laws that govern one case differ: the slots in which they may.

    differing = differing_in(before, after, law, relevance)
    differing.touches(("drawing", "charge", "social-maintenance-fee"), None)

From one day to the next the law that governs a case changes in one text of a dozen. What no version
has a part in that only one of two laws takes, both say alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from engine.decision.governing.choice_of_law import Governed
from engine.decision.governing.law import Law
from engine.decision.governing.relevance import Relevance
from engine.inference.chapters import kind_of
from engine.inference.effects import concludes
from engine.inference.rule_parts import VersionKey
from engine.language.ruleset import Rule

Slot: TypeAlias = tuple[Any, ...]
"""What is consulted of a law at once: `("name", key)`; `("rule", …)`, by what it is called in all
laws (`engine.decision.changing.contents`); else the way to ask of a world, as in
`engine.decision.worlds.world`, with what it is given."""
NONE: Final[frozenset[VersionKey]] = frozenset()


@dataclass(frozen=True, slots=True)
class Differing:
    """What either of two laws takes of the texts of which they do not take the same."""

    effects: frozenset[str]
    """The effects for which somebody is governed by other versions."""
    answers: frozenset[Slot]
    """What is asked of all rules together to which these texts contribute."""
    local: frozenset[str]
    """The local names of their rules."""
    general: frozenset[tuple[str | None, str]]
    """The conclusions whose rules in any text may yield to one of theirs, by kind of subject."""

    def touches(self, slot: Slot, rule: Rule | None) -> bool:
        """Whether the laws may differ in a slot; `rule`: the one that it stands for."""
        sort = slot[0]
        if sort == "rule":
            return rule is None or rule.local in self.local or self._takes_place_of(rule)
        if sort == "declared" or sort == "gap":
            return slot[1].partition(" ")[0] in self.effects
        return slot in self.answers

    def _takes_place_of(self, rule: Rule) -> bool:
        if not self.general:
            return False
        drawn = {(kind_of(rule), what) for one in rule.effects for what in concludes(one)}
        return not drawn.isdisjoint(self.general)


def differing_in(before: Governed, after: Governed, law: Law, relevance: Relevance) -> Differing:
    """In what two laws differ, as far as it can have to do with a question."""
    effects, versions = _changed(before, after)
    texts = {instrument for instrument, _ in versions}
    chapters = [
        chapter
        for one in (before, after)
        for chapter in law.chapters(one.selected, relevance, texts)
    ]
    return Differing(
        effects=frozenset(effects),
        answers=frozenset[Slot]().union(*(one.answers for one in chapters)),
        local=frozenset[str]().union(*(one.local for one in chapters)),
        general=frozenset(
            (kind_of(one.rules[by]), override.conclusion)
            for one in chapters
            for by, override in one.general
        ),
    )


def _changed(before: Governed, after: Governed) -> tuple[set[str], set[VersionKey]]:
    """The effects for which somebody is governed by other versions, and these versions."""
    effects: set[str] = set()
    versions: set[VersionKey] = set()
    one, other = before.governance, after.governance
    for name in one.of_subject.keys() | other.of_subject.keys():
        was, is_now = one.of(name), other.of(name)
        if was is is_now:
            continue
        for effect in was.keys() | is_now.keys():
            changed = was.get(effect, NONE) ^ is_now.get(effect, NONE)
            if changed:
                effects.add(effect)
                versions |= changed
    return effects, versions
