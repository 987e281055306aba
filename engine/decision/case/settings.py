"""What a text leaves open and the case says: `settings: {reference_year: 2013}`.

A setting is a name that rules define, and its value is of the type that the vocabulary gives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.decision.case.model import FIRST_YEAR, Value
from engine.decision.case.problems import child
from engine.decision.case.values import Reader
from engine.language.diagnostics import Bilingual
from engine.language.types import NameInfo

YEAR: Final = "year"
"""The unit of a number that names a year of the calendar."""


def read_settings(reader: Reader, raw: object) -> Mapping[str, Value]:
    """The settings by their names; reports what is no setting, and what it can not be."""
    read: dict[str, Value] = {}
    if not isinstance(raw, dict):
        reader.wrong_type("/settings", raw, Bilingual("设定的映射", "a mapping of settings"))
        return read
    known = reader.vocabulary.settings
    for name, said in raw.items():
        info = known.get(name)
        if info is None:
            reader.unknown_key("/settings", name, known)
            continue
        value = _value(reader, info, said, child("/settings", name))
        if value is not None:
            read[name] = value
    return read


def names_year(info: NameInfo) -> bool:
    """Whether a setting says which year of the calendar counts."""
    return info.type.base == "number" and info.type.about == YEAR


def _value(reader: Reader, info: NameInfo, said: object, pointer: str) -> Value | None:
    if names_year(info):
        return reader.year(said, pointer)
    return reader.value(info.type, said, pointer, (FIRST_YEAR, reader.as_of.year), None)
