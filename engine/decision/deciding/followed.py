"""Fields that a case does not state and that follow others (`follows` in the vocabulary), in words.

followed_said("children.k1.register.place", source, "420281", law, day)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from engine.decision.words.paths_said import fact_said, place_said
from engine.decision.worlds.world import World
from engine.language.diagnostics import Bilingual
from engine.law.bounds import Follows
from engine.law.vocabulary import Vocabulary


def followed_in(worlds: Iterable[World], vocabulary: Vocabulary, day: date) -> dict[str, Bilingual]:
    """What the worlds took from others, by path, each with the words that say so."""
    taken = {
        (path, source, value)
        for world in worlds
        for path, (source, value) in world.followed.items()
    }
    return {
        path: followed_said(path, source, value, vocabulary, day)
        for path, source, value in sorted(taken, key=str)
    }


def followed_said(
    path: str, source: Follows, value: Any, vocabulary: Vocabulary, day: date
) -> Bilingual:
    """That a field is not stated, and from whom its value was taken."""
    said = fact_said(path, vocabulary) or Bilingual(path, path)
    section, _, fact = path.partition(".")
    kind = vocabulary.sections[section]
    of = vocabulary.names[f"{kind}.{source.of}"]
    is_place = vocabulary.names[f"{kind}.{fact.partition('.')[2]}"].type.base == "place"
    there = place_said(value, day) if is_place else Bilingual(str(value), str(value))
    return Bilingual(
        f"{said.zh}没有写明：按{of.zh}相同的{there.zh}计；不是的，请写明",
        f"{said.en} is not stated: taken to be {there.en}, as that of all its {of.en}; "
        "if it is not, state it",
    )
