"""The closed list of everything that can be wrong with a text of the rule language.

>>> from engine.language.catalogue import CATALOGUE
>>> CATALOGUE["unknown-name"].title.en
'unknown name'
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.language.catalogue.entry import Bilingual, CodeInfo
from engine.language.catalogue.expressions import EXPRESSIONS
from engine.language.catalogue.rules import RULES
from engine.language.catalogue.sources import SOURCES
from engine.language.catalogue.versions import VERSIONS

GROUPS: tuple[tuple[Bilingual, Mapping[str, CodeInfo]], ...] = (
    (Bilingual("文件", "The file"), SOURCES),
    (Bilingual("表达式", "Expressions"), EXPRESSIONS),
    (Bilingual("规则", "Rules"), RULES),
    (Bilingual("文本与修正", "Versions and amendments"), VERSIONS),
)
"""The codes by what they are about, in the order of the documentation."""

CATALOGUE: Mapping[str, CodeInfo] = MappingProxyType(
    {code: info for _, codes in GROUPS for code, info in codes.items()}
)
"""Every code of the rule language."""
