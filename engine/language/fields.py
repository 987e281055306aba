"""Reading a tree field by field: what is asked for is returned, what is wrong is collected.

>>> from engine.language.source import load_mapping
>>> problems = Problems([])
>>> law = load_mapping("id: library\\nrnak: law\\n", "a.yaml")
>>> only(law, ("id", "rank"), problems)
>>> word(law, "id", problems)
'library'
>>> word(law, "rank", problems)
>>> [found.code for found in problems.found]
['unknown-keyword', 'missing-field']
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from engine.language.diagnostics import Bilingual, Diagnostic, Field, nearest, problem
from engine.language.node import Mapping, Node, Null, Position, Sequence, Text
from engine.values.dates import DateError, Window, parse_date

Choice = TypeVar("Choice", bound=str)

NAME = Bilingual("一个名称", "a name")
TEXTS = Bilingual("一个名称，或者名称的列表", "a name or a list of names")
LABELS = Bilingual("{zh: 中文, en: English}", "{zh: 中文, en: English}")
A_DAY = Bilingual("YYYY-MM-DD", "YYYY-MM-DD")
A_WINDOW = Bilingual(
    "日历上有的日子：YYYY-MM-DD、YYYY-MM、YYYY，或者 from 和 to",
    "a day of the calendar: YYYY-MM-DD, YYYY-MM, YYYY, or from and to",
)


@dataclass(frozen=True, slots=True)
class Problems:
    """Where problems are collected; `rule` is the one being read."""

    found: list[Diagnostic]
    rule: str | None = None

    def within(self, rule: str) -> Problems:
        """The same collection, for the problems of one rule."""
        return Problems(self.found, rule)

    def add(self, code: str, at: Position, **fields: Field) -> None:
        """One more, in the words of the catalogue (see `diagnostics.problem`)."""
        self.found.append(problem(code, at, self.rule, **fields))

    def wrong(self, field: str, at: Position, expected: str | Bilingual) -> None:
        """The value of a field is none that it can have."""
        self.add("wrong-value", at, field=field, expected=expected)


def only(mapping: Mapping, allowed: Collection[str], problems: Problems) -> None:
    """Reports the keys that have no place in this mapping."""
    unused = [key for key in allowed if mapping.get(key) is None]
    for entry in mapping.entries:
        key = entry.key.value
        if key not in allowed:
            problems.add("unknown-keyword", entry.key.at, key=key, nearest=nearest(key, unused))


def field(mapping: Mapping, key: str, problems: Problems, required: bool = True) -> Node | None:
    """The value of a key; one that is missing or empty is None, and reported if required."""
    node = mapping.get(key)
    if node is not None and not isinstance(node, Null):
        return node
    if required:
        start = mapping.entries[0].key.at if mapping.entries else mapping.at
        problems.add("missing-field", start if node is None else node.at, field=key)
    return None


def as_mapping(node: Node, problems: Problems) -> Mapping | None:
    """The mapping that a node must be."""
    if isinstance(node, Mapping):
        return node
    problems.add("not-a-mapping", node.at)
    return None


def mapping_field(
    mapping: Mapping, key: str, problems: Problems, required: bool = True
) -> Mapping | None:
    """The mapping under a key."""
    node = field(mapping, key, problems, required)
    return None if node is None else as_mapping(node, problems)


def as_text(node: Node, name: str, problems: Problems) -> Text | None:
    """The scalar that a node must be."""
    if isinstance(node, Text):
        return node
    problems.wrong(name, node.at, NAME)
    return None


def text_field(
    mapping: Mapping, key: str, problems: Problems, required: bool = True
) -> Text | None:
    """The scalar under a key, with its place."""
    node = field(mapping, key, problems, required)
    return None if node is None else as_text(node, key, problems)


def word(mapping: Mapping, key: str, problems: Problems, required: bool = True) -> str | None:
    """The scalar under a key."""
    text = text_field(mapping, key, problems, required)
    return None if text is None else text.value


def as_texts(node: Node, name: str, problems: Problems) -> tuple[Text, ...]:
    """One scalar or a list of them."""
    if isinstance(node, Text):
        return (node,)
    if isinstance(node, Sequence) and all(isinstance(item, Text) for item in node.items):
        return tuple(item for item in node.items if isinstance(item, Text))
    problems.wrong(name, node.at, TEXTS)
    return ()


def texts_field(mapping: Mapping, key: str, problems: Problems) -> tuple[Text, ...]:
    """The scalars under a key, none if the key is not there."""
    node = field(mapping, key, problems, required=False)
    return () if node is None else as_texts(node, key, problems)


def words(mapping: Mapping, key: str, problems: Problems) -> tuple[str, ...]:
    """The scalars under a key as plain text, none if the key is not there."""
    return tuple(text.value for text in texts_field(mapping, key, problems))


def one_of(text: Text, key: str, options: Collection[Choice], problems: Problems) -> Choice | None:
    """The option that a scalar names."""
    for option in options:
        if option == text.value:
            return option
    problems.wrong(key, text.at, ", ".join(options))
    return None


def choice(
    mapping: Mapping, key: str, options: Collection[Choice], problems: Problems, default: Choice
) -> Choice:
    """The option that the scalar under a key names; the default where there is none."""
    text = text_field(mapping, key, problems, required=False)
    found = None if text is None else one_of(text, key, options, problems)
    return default if found is None else found


def truth(mapping: Mapping, key: str, problems: Problems, default: bool) -> bool:
    """`true` or `false` under a key; the default where there is none."""
    return choice(mapping, key, ("true", "false"), problems, str(default).lower()) == "true"


def as_bilingual(node: Node, name: str, problems: Problems) -> Bilingual | None:
    """A text in both languages; a bare scalar says the same in both."""
    if isinstance(node, Text):
        return Bilingual(node.value, node.value)
    if isinstance(node, Mapping):
        zh, en = word(node, "zh", problems), word(node, "en", problems)
        return None if zh is None or en is None else Bilingual(zh, en)
    problems.wrong(name, node.at, LABELS)
    return None


def bilingual_field(
    mapping: Mapping, key: str, problems: Problems, required: bool = True
) -> Bilingual | None:
    """The text in both languages under a key."""
    node = field(mapping, key, problems, required)
    return None if node is None else as_bilingual(node, key, problems)


def labels(mapping: Mapping, problems: Problems) -> Bilingual:
    """The mapping's own `zh` and `en`; empty text for what is missing, which is reported."""
    zh, en = word(mapping, "zh", problems), word(mapping, "en", problems)
    return Bilingual(zh or "", en or "")


def as_day(node: Node, key: str, problems: Problems) -> date | None:
    """A single day."""
    window = _window_of(node.value) if isinstance(node, Text) else None
    if window is not None and window[0] == window[1]:
        return window[0]
    problems.wrong(key, node.at, A_DAY)
    return None


def as_window(node: Node, key: str, problems: Problems) -> tuple[date, date] | None:
    """A day, a month, a year, or a mapping of `from` and `to`: first and last possible day."""
    if isinstance(node, Mapping):
        only(node, ("from", "to"), problems)
        ends = [field(node, name, problems) for name in ("from", "to")]
        days = [as_day(end, key, problems) for end in ends if end is not None]
        first, last = days if len(days) == 2 else (None, None)
        if first is None or last is None:
            return None
        if first <= last:
            return first, last
    elif isinstance(node, Text):
        window = _window_of(node.value)
        if window is not None:
            return window
    problems.wrong(key, node.at, A_WINDOW)
    return None


def _window_of(text: str) -> tuple[date, date] | None:
    try:
        found = parse_date(text)
    except DateError:
        return None
    return (found.first, found.last) if isinstance(found, Window) else (found, found)
