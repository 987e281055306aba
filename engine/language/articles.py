"""Articles, items and rules on the source: which sentences they hold, and how they are called.

An article holds items or rules, an item may hold rules; each innermost one is a *sentence* and
takes over what is said above it. An article or item with an effect of its own is one sentence.

>>> from engine.language.source import load_mapping
>>> article = load_mapping('''
... article: 17
... permit: borrowing
... items:
... - item: 4
...   id: children
... - item: 5
...   id: guests
... ''', "a.yaml")
>>> [sentence.local for sentence in sentences(article)]
['17.4/children', '17.5/guests']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.language.node import Mapping, Node, Null, Sequence, Text

EFFECTS = (
    "define",
    "permit",
    "forbid",
    "postpone",
    "duty",
    "charge",
    "lapse",
    "sanction",
    "grant",
    "time",
    "competence",
    "governs",
    "refuse",
    "status",
    "finding",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One rule on the source. `chain`: its own mapping first, then those it takes over from."""

    article: str
    number: str
    """17 or 17.4"""
    id: str | None
    chain: tuple[Mapping, ...]

    @property
    def local(self) -> str:
        """17.4/only-daughter; a question mark where the id is missing."""
        return f"{self.number}/{self.id or '?'}"

    @property
    def node(self) -> Mapping:
        """Its own mapping."""
        return self.chain[0]

    def nearest(self, key: str) -> Node | None:
        """The value of a key in its own mapping or, failing that, in the nearest one above."""
        for mapping in self.chain:
            node = mapping.get(key)
            if node is not None and not isinstance(node, Null):
                return node
        return None

    def all(self, key: str) -> tuple[Node, ...]:
        """The values of a key in every mapping, outermost first."""
        found = [mapping.get(key) for mapping in reversed(self.chain)]
        return tuple(node for node in found if node is not None and not isinstance(node, Null))

    def with_effect(self) -> Mapping | None:
        """The nearest mapping that has an effect."""
        return next((mapping for mapping in self.chain if effects_of(mapping)), None)


def effects_of(mapping: Mapping) -> tuple[str, ...]:
    """The effects that stand in a mapping, in the order of the text."""
    return tuple(entry.key.value for entry in mapping.entries if entry.key.value in EFFECTS)


def members(node: Mapping, key: str) -> tuple[Mapping, ...]:
    """The mappings listed under `articles`, `items` or `rules`."""
    listed = node.get(key)
    items = listed.items if isinstance(listed, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def text_of(node: Mapping, key: str) -> str | None:
    """The scalar under a key, if there is one."""
    value = node.get(key)
    return value.value if isinstance(value, Text) else None


def sentences(article: Mapping) -> Iterator[Sentence]:
    """The sentences of an article, in the order of the text."""
    number = text_of(article, "article") or "?"
    yield from _inside(article, number, number, ())


def _inside(
    node: Mapping, article: str, number: str, above: tuple[Mapping, ...]
) -> Iterator[Sentence]:
    chain = (node, *above)
    items, rules = members(node, "items"), members(node, "rules")
    for item in items:
        yield from _inside(item, article, f"{article}.{text_of(item, 'item') or '?'}", chain)
    for rule in rules:
        yield Sentence(article, number, text_of(rule, "id"), (rule, *chain))
    holds = node.get("items") is not None or node.get("rules") is not None
    speaks = above or effects_of(node) or node.get("id") is not None
    if not holds and speaks:
        yield Sentence(article, number, text_of(node, "id"), chain)


def says_all(node: Mapping) -> bool:
    """Whether a mapping says what its provision does, not only something about it."""
    return bool(effects_of(node)) or any(node.get(key) is not None for key in ("items", "rules"))


def numbers_named(text: str) -> tuple[str, ...]:
    """The articles that a number or a range of numbers names.

    >>> numbers_named("41-44"), numbers_named("17-1"), numbers_named("41.2")
    (('41', '42', '43', '44'), ('17-1',), ('41.2',))
    """
    first, _, last = text.partition("-")
    if first.isdecimal() and last.isdecimal() and int(first) < int(last) < int(first) + 1000:
        return tuple(str(number) for number in range(int(first), int(last) + 1))
    return (text,)


def under(local: str, reference: str) -> bool:
    """Whether a rule is the one referred to, or stands under the article or item referred to.

    >>> under("17.4/only-child", "17"), under("17.4/only-child", "17.4"), under("17.4/x", "17.40")
    (True, True, False)
    """
    return local == reference or local.startswith((f"{reference}/", f"{reference}."))


def resolve(reference: str, sentence: Sentence, locals_: frozenset[str]) -> tuple[str, ...]:
    """The local names of the rules that a rule refers to: a name of its own item or article, a full
    local name, or the number of an article or item. None: it points nowhere."""
    for full in (f"{sentence.number}/{reference}", f"{sentence.article}/{reference}", reference):
        if full in locals_:
            return (full,)
    return tuple(sorted(local for local in locals_ if under(local, reference)))
