"""What the vocabulary writes under `type:`.

>>> words = TypeWords({"parent": "person", "person": "person"}, ["register"], ["discipline"])
>>> for text in ("number child", "list of parent", "register", "discipline"):
...     print(read_type(text, words))
number of child
list of person
code of register
step of discipline
>>> read_type("nubmer", words) is None
True
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.language.types import (
    BOOLEAN,
    DATE,
    MONEY,
    PERIOD,
    PLACE,
    TEXT,
    Type,
    code,
    entity,
    list_of,
    number,
    step,
)

BASES: Mapping[str, Type] = {
    "boolean": BOOLEAN,
    "money": MONEY,
    "date": DATE,
    "text": TEXT,
    "place": PLACE,
    "period": PERIOD,
}


@dataclass(frozen=True, slots=True)
class TypeWords:
    """What a type may name: kinds and roles (each with its kind), enumerations, ladders."""

    kinds: Mapping[str, str]
    enumerations: Collection[str]
    ladders: Collection[str]

    def all(self) -> list[str]:
        """Every word that a type may begin with."""
        return [*BASES, "number", "list of", *self.enumerations, *self.ladders, *self.kinds]


def read_type(text: str, words: TypeWords) -> Type | None:
    """The type that a text declares; None if it declares none."""
    if text.startswith("list of "):
        item = read_type(text.removeprefix("list of "), words)
        return None if item is None or item.base == "list" else list_of(item)
    if text in BASES:
        return BASES[text]
    match text.split():
        case ["number"]:
            return number()
        case ["number", unit] | ["number", "of", unit]:
            return number(unit)
        case [name] if name in words.enumerations:
            return code(name)
        case [name] if name in words.ladders:
            return step(name)
        case [name] if name in words.kinds:
            return entity(words.kinds[name])
    return None
