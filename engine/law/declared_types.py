"""What the vocabulary writes under `type:` and `range:`.

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

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.language.diagnostics import Bilingual
from engine.language.fields import Problems, mapping_field, only, text_field, truth
from engine.language.node import Mapping as Body
from engine.language.types import (
    BOOLEAN,
    DATE,
    MONEY,
    PERIOD,
    PLACE,
    TEXT,
    Range,
    Type,
    code,
    entity,
    list_of,
    number,
    step,
)

COUNTS_ONLY = Bilingual("只用于数和列表", "only with a number or a list")
A_WHOLE_NUMBER = Bilingual("整数", "a whole number")
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


def read_range(body: Body, type_: Type, problems: Problems) -> Range | None:
    """`range: {least: 0, most: 4, whole: true}`: which numbers a found number can be, or how many
    items a list can have."""
    said = mapping_field(body, "range", problems, required=False)
    if said is None:
        return None
    if type_.base not in ("number", "list"):
        problems.wrong("range", said.at, COUNTS_ONLY)
    only(said, ("least", "most", "whole"), problems)
    least, most = (_whole(said, end, problems) for end in ("least", "most"))
    if least is not None and most is not None and most < least:
        problems.wrong("most", said.at, f">= {least}")
    return Range(least, most, truth(said, "whole", problems, default=False))


def _whole(said: Body, end: str, problems: Problems) -> int | None:
    """An end of a range: a whole number."""
    text = text_field(said, end, problems, required=False)
    if text is None:
        return None
    if not re.fullmatch(r"-?[0-9]{1,12}", text.value, re.ASCII):
        problems.wrong(end, text.at, A_WHOLE_NUMBER)
        return None
    return int(text.value)
