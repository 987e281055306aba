"""Articles as trees that are taken apart and put together: what amendments are made of.

Every function returns new trees; nodes that did not change are the same objects, in their places.

>>> from engine.language.source import load_mapping
>>> text = load_mapping("article: 17\\npermit: x\\nitems:\\n- item: 4\\n  id: a\\n", "a.yaml")
>>> locals_in(edit((text,), "17.4/a", lambda node: merge(node, load_mapping("id: b", "b.yaml"))))
('17.4/b',)
>>> locals_in(renumber((text,), {"17": "18"}))
('18.4/a',)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from dataclasses import replace

from engine.language.articles import Sentence, effects_of, members, sentences, text_of, under
from engine.language.node import Entry, Mapping, Node, Null, Sequence, Text

Articles = tuple[Mapping, ...]
REFERENCES = ("overrides", "grounds")


# --- looking -----------------------------------------------------------------------------------
def locals_in(articles: Articles) -> tuple[str, ...]:
    """The local names of all sentences."""
    return tuple(sentence.local for article in articles for sentence in sentences(article))


def numbers_in(articles: Articles) -> tuple[str, ...]:
    """The numbers of all articles and items."""
    found: list[str] = []
    for article in articles:
        number = text_of(article, "article") or "?"
        found.append(number)
        found += [f"{number}.{text_of(item, 'item')}" for item in members(article, "items")]
    return tuple(found)


# --- keys of a mapping -------------------------------------------------------------------------
def set_key(node: Mapping, key: str, value: Node, first: bool = False) -> Mapping:
    """The mapping with another value under a key; a new key goes last, or first."""
    old = node.entry(key)
    if old is not None:
        changed = Entry(old.key, value)
        return replace(node, entries=tuple(changed if e is old else e for e in node.entries))
    new = Entry(Text(key, value.at, quoted=False), value)
    return replace(node, entries=(new, *node.entries) if first else (*node.entries, new))


def without(node: Mapping, key: str, deep: bool = True) -> Mapping:
    """The mapping without a key; `deep`: nor anything inside it, in items and rules."""
    entries: list[Entry] = []
    for entry in node.entries:
        value = entry.value
        if entry.key.value == key:
            continue
        if deep and entry.key.value in ("items", "rules") and isinstance(value, Sequence):
            items = tuple(without(i, key) if isinstance(i, Mapping) else i for i in value.items)
            value = replace(value, items=items)
        entries.append(Entry(entry.key, value))
    return replace(node, entries=tuple(entries))


def merge(node: Mapping, with_: Mapping) -> Mapping:
    """What `with_` says, and what it does not say as before.

    An empty value takes the old one away. An effect takes the place of another, with its grounds.
    """
    dropped = {entry.key.value for entry in with_.entries if isinstance(entry.value, Null)}
    if effects_of(with_):
        dropped.update(key for key in (*effects_of(node), "grounds") if with_.get(key) is None)
    result = replace(node, entries=tuple(e for e in node.entries if e.key.value not in dropped))
    for entry in with_.entries:
        if not isinstance(entry.value, Null):
            old = result.entry(entry.key.value)
            kept = tuple(e for e in result.entries if e is not old)
            place = len(kept) if old is None else result.entries.index(old)
            result = replace(result, entries=(*kept[:place], entry, *kept[place:]))
    return result


# --- one provision -----------------------------------------------------------------------------
def edit(
    articles: Articles, target: str, change: Callable[[Mapping], Mapping | None]
) -> Articles | None:
    """The articles with one article, item or rule changed, or taken out where `change` gives None.

    A target is `17`, `17.4`, `17.4/only-child`. None: there is no such provision. Of an article
    that stands in several blocks, the first that has the target is changed.
    """
    number, _, id = target.partition("/")
    for index, article in enumerate(articles):
        own = text_of(article, "article") or "?"
        if not under(number, own):
            continue
        item = number.removeprefix(own).removeprefix(".")
        changed = _edit_inside(article, item, id, change)
        if changed is not None:
            return (*articles[:index], *changed, *articles[index + 1 :])
    return None


def _edit_inside(
    node: Mapping, item: str, id: str, change: Callable[[Mapping], Mapping | None]
) -> Articles | None:
    """The node changed (one), taken out (none), or None if what is looked for is not in it."""
    if item:
        return _edit_member(
            node, "items", lambda one: text_of(one, "item") == item,
            lambda one: _edit_inside(one, "", id, change),
        )  # fmt: skip
    if not id:
        changed = change(node)
        return () if changed is None else (changed,)
    if text_of(node, "id") == id and not members(node, "rules"):
        return _edit_inside(node, "", "", change)
    return _edit_member(
        node, "rules", lambda one: text_of(one, "id") == id,
        lambda one: _edit_inside(one, "", "", change),
    )  # fmt: skip


def _edit_member(
    node: Mapping,
    key: str,
    is_meant: Callable[[Mapping], bool],
    edit_one: Callable[[Mapping], Articles | None],
) -> Articles | None:
    listed = node.get(key)
    if not isinstance(listed, Sequence):
        return None
    for index, one in enumerate(listed.items):
        if isinstance(one, Mapping) and is_meant(one):
            changed = edit_one(one)
            if changed is None:
                return None
            items = (*listed.items[:index], *changed, *listed.items[index + 1 :])
            return (set_key(node, key, replace(listed, items=items)),)
    return None


def add_article(articles: Articles, number: Text, body: Mapping) -> Articles:
    """The articles with one more, in the place that its number gives it."""
    new = set_key(body, "article", number, first=True)
    order = natural(number.value)
    place = next(
        (i for i, one in enumerate(articles) if natural(text_of(one, "article") or "") > order),
        len(articles),
    )
    return (*articles[:place], new, *articles[place:])


def add_item(articles: Articles, article: str, item: Text, body: Mapping) -> Articles:
    """The articles with one more item in an article that is there."""
    new = set_key(body, "item", item, first=True)

    def insert(node: Mapping) -> Mapping:
        there = members(node, "items")
        order = natural(item.value)
        place = next(
            (i for i, one in enumerate(there) if natural(text_of(one, "item") or "") > order),
            len(there),
        )
        items = (*there[:place], new, *there[place:])
        return set_key(node, "items", Sequence(items, node.at, flow=False))

    return edit(articles, article, insert) or articles


def add_rule(articles: Articles, number: str, rule: Mapping) -> Articles | None:
    """The articles with one more rule in an article or item; None where there is no place for it:
    no such number, or a provision that is itself one rule or holds items."""
    found: list[bool] = []

    def insert(node: Mapping) -> Mapping:
        there = members(node, "rules")
        if not there and (effects_of(node) or node.get("id") or members(node, "items")):
            return node
        found.append(True)
        return set_key(node, "rules", Sequence((*there, rule), node.at, flow=False))

    changed = edit(articles, number, insert)
    return changed if found else None


# --- everywhere --------------------------------------------------------------------------------
def on_sentences(articles: Articles, change: Callable[[Sentence], Mapping]) -> Articles:
    """The articles with the own mapping of every sentence changed."""
    result = articles
    for article in articles:
        for sentence in sentences(article):
            changed = change(sentence)
            target = sentence.local if sentence.id is not None else sentence.number
            result = edit(result, target, _always(changed)) or result
    return result


def _always(new: Mapping) -> Callable[[Mapping], Mapping]:
    return lambda node: new


def renumber(articles: Articles, pairs: MappingOf[str, str]) -> Articles:
    """The articles with other numbers, all at once, and what refers to them likewise.

    An item is renumbered inside its article.
    """
    result: list[Mapping] = []
    for article in articles:
        own = text_of(article, "article") or "?"
        items = article.get("items")
        if isinstance(items, Sequence):
            new = tuple(_renumbered_item(own, item, pairs) for item in items.items)
            article = set_key(article, "items", replace(items, items=new))
        if own in pairs:
            article = _relabel(article, "article", pairs[own])
        result.append(_repoint(article, pairs))
    return tuple(sorted(result, key=lambda one: natural(text_of(one, "article") or "")))


def _renumbered_item(article: str, item: Node, pairs: MappingOf[str, str]) -> Node:
    if not isinstance(item, Mapping):
        return item
    new = pairs.get(f"{article}.{text_of(item, 'item')}")
    return item if new is None else _relabel(item, "item", new.rpartition(".")[2])


def _relabel(node: Mapping, key: str, label: str) -> Mapping:
    old = node.get(key)
    return set_key(node, key, replace(old, value=label)) if isinstance(old, Text) else node


def _repoint(node: Mapping, pairs: MappingOf[str, str]) -> Mapping:
    """The mapping with the references of its rules to renumbered provisions set right."""
    entries: list[Entry] = []
    for entry in node.entries:
        value = entry.value
        if entry.key.value in REFERENCES:
            value = _on_texts(value, lambda text: _repointed(text, pairs))
        elif entry.key.value in ("items", "rules") and isinstance(value, Sequence):
            inner = (_repoint(i, pairs) if isinstance(i, Mapping) else i for i in value.items)
            value = replace(value, items=tuple(inner))
        entries.append(Entry(entry.key, value))
    return replace(node, entries=tuple(entries))


def _repointed(reference: str, pairs: MappingOf[str, str]) -> str:
    """The longest number that a reference begins with counts: an item before its article."""
    for old in sorted(pairs, key=len, reverse=True):
        if under(reference, old):
            return pairs[old] + reference.removeprefix(old)
    return reference


def replace_texts(articles: Articles, old: str, new: str) -> Articles:
    """The articles with other words in all their texts, as where an authority has a new name."""
    changed = [_on_texts(article, lambda text: text.replace(old, new)) for article in articles]
    return tuple(article for article in changed if isinstance(article, Mapping))


def _on_texts(node: Node, change: Callable[[str], str]) -> Node:
    match node:
        case Text(value=value):
            new = change(value)
            return node if new == value else replace(node, value=new)
        case Sequence(items=items):
            return replace(node, items=tuple(_on_texts(item, change) for item in items))
        case Mapping(entries=entries):
            inner = tuple(Entry(e.key, _on_texts(e.value, change)) for e in entries)
            return replace(node, entries=inner)
    return node


def natural(number: str) -> tuple[tuple[int, int, str], ...]:
    """The order of numbers as people count: 9 before 10, 17 before 17-1, names last.

    >>> sorted(["10", "unnumbered-fee", "9", "17-1", "17"], key=natural)
    ['9', '10', '17', '17-1', 'unnumbered-fee']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", number)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
