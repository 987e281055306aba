"""Amendments: the list of changes of a version, applied to the text then in force.

    changes:
    - replace-rule: 16.4/both-only-children      # what `with` does not say stays
      with:
        id: one-only-child
        when: birth.one_only_child
    - repeal: [17.1, 17.3]
    - renumber: {from: 18, to: 17}
    - add:
        article: 18
        gist: …
    - add: 16.5                                  # an item
      with:
        id: adopted

Whatever their order in the file, repeals and replacements come first and name what they change as
the text then in force numbers it; then numbers change; what is added bears its new number. An empty
value under `with` takes the old one away; a new effect takes the place of the old one.

Consolidation works on the source, so that its result is read, checked and shown like any text. A
rule keeps the name under which its wording was enacted.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace
from functools import partial

from engine.language.articles import numbers_named, says_all, sentences, text_of
from engine.language.diagnostics import Bilingual, Diagnostic, nearest
from engine.language.fields import (
    Problems,
    as_mapping,
    as_texts,
    field,
    mapping_field,
    only,
    text_field,
)
from engine.language.node import Mapping, Node, Null, Position, Sequence, Text
from engine.language.read import CONFIDENCES
from engine.language.read_rules import Enacted
from engine.language.ruleset import Confidence
from engine.law.provisions import (
    Articles,
    add_article,
    add_item,
    add_rule,
    edit,
    locals_in,
    merge,
    numbers_in,
    on_sentences,
    renumber,
    replace_texts,
    set_key,
    without,
)

CHANGES = (
    "add",
    "replace",
    "repeal",
    "renumber",
    "add-rule",
    "replace-rule",
    "repeal-rule",
    "rename-authority",
    "not-read",
)
FIRST = ("repeal", "repeal-rule", "replace", "replace-rule", "add-rule", "rename-authority")
AMENDING = (
    "instrument",
    "version",
    "amends",
    "fills",
    "asks",
    "terms",
    "rounding",
    "gaps",
    "excluded",
    "not-read",
    "changes",
)
MERGED = ("instrument", "asks", "terms")
PAIRS = Bilingual(
    "{from: 旧号, to: 新号}，或者它们的列表", "{from: old, to: new}, or a list of them"
)

INSIDE = Bilingual("同一条内的新号，如 17.2", "a new number inside its article, as 17.2")

# A key that no file can hold: the sources reject the character.
_STAMP = "\0enacted"


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The text of one version, and who enacted the wording of each of its rules."""

    id: str
    node: Mapping
    enacted: MappingOf[str, Enacted]


def enact(node: Mapping, id: str) -> Consolidated:
    """A version that stands in its file in full."""
    silent = _said_by(node, id)
    return Consolidated(id, node, {local: silent(local) for local in locals_in(_articles(node))})


def amend(before: Consolidated, node: Mapping, id: str) -> tuple[Consolidated, list[Diagnostic]]:
    """The text that results when the changes of a file are applied to an earlier text."""
    problems = Problems([])
    only(node, AMENDING, problems)
    state = _State(before.id, _stamped(before), problems)
    changes = field(node, "changes", problems)
    listed = changes.items if isinstance(changes, Sequence) else ()
    if changes is not None and not isinstance(changes, Sequence):
        problems.wrong("changes", changes.at, Bilingual("列表", "a list"))
    read = [_read_change(item, problems) for item in listed]
    known = [change for change in read if change is not None]
    for name in FIRST:
        for change in known:
            if change.name == name:
                _APPLY[name](state, change)
    _renumber(state, [change for change in known if change.name == "renumber"])
    for change in known:
        if change.name == "add":
            _add(state, change)
    unread = [change.what for change in known if change.name == "not-read"]
    silent = _said_by(node, id)
    heading = _forget(before.node, _read_anew(known))
    enacted, articles = _unstamped(state.articles, before.enacted, silent)
    return Consolidated(id, _heading(heading, node, articles, unread), enacted), problems.found


@dataclass(frozen=True, slots=True)
class _Change:
    name: str
    what: Node
    with_: Mapping | None
    at: Position


@dataclass(slots=True)
class _State:
    """The articles as changed so far. `version` is the one that is amended."""

    version: str
    articles: Articles
    problems: Problems

    def dangling(self, target: Text) -> None:
        known = (*numbers_in(self.articles), *locals_in(self.articles))
        close = nearest(target.value, known)
        self.problems.add(
            "dangling-change", target.at, version=self.version, target=target.value, nearest=close
        )

    def edit(self, target: Text, change: Callable[[Mapping], Mapping | None]) -> None:
        """Changes what a target names, or takes it out; it must be there."""
        changed = edit(self.articles, target.value, change)
        if changed is None:
            self.dangling(target)
        else:
            self.articles = changed


def _read_change(node: Node, problems: Problems) -> _Change | None:
    body = as_mapping(node, problems)
    if body is None:
        return None
    key = next((entry.key for entry in body.entries if entry.key.value != "with"), None)
    if key is None or key.value not in CHANGES:
        at, said = (body.at, "with") if key is None else (key.at, key.value)
        problems.add(
            "unknown-change", at, change=said, nearest=nearest(said, CHANGES), changes=CHANGES
        )
        return None
    what = field(body, key.value, problems)
    if what is None:
        return None
    if key.value == "add" and isinstance(what, Mapping):
        # An article in full: its number is in it.
        number = text_field(what, "article", problems)
        return None if number is None else _Change(key.value, number, what, key.at)
    takes_text = key.value in ("add", "replace", "add-rule", "replace-rule")
    only(body, (key.value, "with") if takes_text else (key.value,), problems)
    with_ = mapping_field(body, "with", problems) if takes_text else None
    if takes_text and with_ is None:
        return None
    return _Change(key.value, what, with_, key.at)


# --- the changes -------------------------------------------------------------------------------
def _repeal(state: _State, change: _Change) -> None:
    for target in as_texts(change.what, change.name, state.problems):
        state.edit(target, lambda node: None)


def _replace(state: _State, change: _Change) -> None:
    with_ = change.with_
    for target in as_texts(change.what, change.name, state.problems):
        if with_ is not None:
            state.edit(target, partial(_reworded, with_=with_))


def _reworded(node: Mapping, with_: Mapping) -> Mapping:
    """Everything in a node whose wording changes is enacted anew."""
    return without(merge(node, with_), _STAMP)


def _add_rule(state: _State, change: _Change) -> None:
    for target in as_texts(change.what, change.name, state.problems):
        number, _, id = target.value.partition("/")
        rule = change.with_
        if rule is not None and id:
            rule = set_key(rule, "id", replace(target, value=id), first=True)
        if rule is not None and text_field(rule, "id", state.problems) is not None:
            changed = add_rule(state.articles, number, rule)
            if changed is None:
                state.dangling(target)
            else:
                state.articles = changed


def _add(state: _State, change: _Change) -> None:
    for target in as_texts(change.what, change.name, state.problems):
        if change.with_ is None:
            continue
        there = [one for one in state.articles if edit((one,), target.value, lambda n: n)]
        if there:
            other = there[0].at
            state.problems.add("duplicate-rule", target.at, name=target.value, other=other)
            continue
        holder = next(
            (one for one in numbers_in(state.articles) if target.value.startswith(f"{one}.")), None
        )
        if holder is None:
            state.articles = add_article(state.articles, target, change.with_)
        else:
            item = replace(target, value=target.value.removeprefix(f"{holder}."))
            state.articles = add_item(state.articles, holder, item, change.with_)


def _rename_authority(state: _State, change: _Change) -> None:
    body = as_mapping(change.what, state.problems)
    pair = None if body is None else _pair(body, state.problems)
    if pair is None:
        return
    renamed = replace_texts(state.articles, pair[0].value, pair[1].value)
    if renamed == state.articles:
        state.dangling(pair[0])
    state.articles = renamed


def _renumber(state: _State, changes: SequenceOf[_Change]) -> None:
    """All at once, so that two articles may change places."""
    pairs: dict[str, str] = {}
    places: dict[str, Text] = {}
    for change in changes:
        what = change.what
        for item in what.items if isinstance(what, Sequence) else (what,):
            if not isinstance(item, Mapping):
                state.problems.wrong("renumber", item.at, PAIRS)
                continue
            pair = _pair(item, state.problems)
            if pair is None:
                continue
            if pair[0].value in numbers_in(state.articles):
                pairs[pair[0].value] = pair[1].value
                places[pair[0].value] = pair[1]
            else:
                state.dangling(pair[0])
    for article in state.articles:
        number = text_of(article, "article") or "?"
        inside = pairs.get(number, number)
        for old in [one for one in pairs if one.startswith(f"{number}.")]:
            if pairs[old].rpartition(".")[0] != inside:
                state.problems.wrong("to", places[old].at, INSIDE)
                del pairs[old]
    state.articles = renumber(state.articles, pairs)


def _pair(body: Mapping, problems: Problems) -> tuple[Text, Text] | None:
    only(body, ("from", "to"), problems)
    old, new = text_field(body, "from", problems), text_field(body, "to", problems)
    return None if old is None or new is None else (old, new)


_APPLY: MappingOf[str, Callable[[_State, _Change], None]] = {
    "repeal": _repeal,
    "repeal-rule": _repeal,
    "replace": _replace,
    "replace-rule": _replace,
    "add-rule": _add_rule,
    "rename-authority": _rename_authority,
}


def _read_anew(changes: SequenceOf[_Change]) -> frozenset[str]:
    """The articles whose text in this version was read: what an earlier amendment did is in it."""
    return frozenset(
        text.value
        for change in changes
        if change.name == "replace" and change.with_ is not None and says_all(change.with_)
        for text in (change.what.items if isinstance(change.what, Sequence) else (change.what,))
        if isinstance(text, Text)
    )


# --- the text around the articles --------------------------------------------------------------
def _heading(
    before: Mapping, node: Mapping, articles: Articles, unread: SequenceOf[Node]
) -> Mapping:
    """What stands above the articles: what the amending file does not say stays."""
    result = without(without(before, "version", deep=False), "not-read", deep=False)
    for entry in node.entries:
        key, old = entry.key.value, before.get(entry.key.value)
        if key in ("amends", "changes", "not-read"):
            continue
        if key in MERGED and isinstance(old, Mapping) and isinstance(entry.value, Mapping):
            result = set_key(result, key, merge(old, entry.value))
        else:
            result = set_key(result, key, entry.value)
    known = [before.get("not-read"), node.get("not-read")]
    listed = [item for one in known if isinstance(one, Sequence) for item in one.items]
    items = (*listed, *unread)
    if items:
        result = set_key(result, "not-read", Sequence(items, items[0].at, flow=False))
    at = articles[0].at if articles else node.at
    result = set_key(result, "articles", Sequence(articles, at, flow=False))
    return replace(result, at=node.at)


def _forget(before: Mapping, read: frozenset[str]) -> Mapping:
    """The text without the doubt that an unread amendment may have touched what was read since."""
    listed = before.get("not-read")
    if not read or not isinstance(listed, Sequence):
        return before
    kept: list[Node] = []
    for item in listed.items:
        touched = item.get("may-touch") if isinstance(item, Mapping) else None
        if not isinstance(item, Mapping) or touched is None or isinstance(touched, Null):
            kept.append(item)
            continue
        texts = as_texts(touched, "may-touch", Problems([]))
        named = [replace(text, value=one) for text in texts for one in numbers_named(text.value)]
        left = tuple(text for text in named if text.value not in read)
        if left:
            kept.append(set_key(item, "may-touch", Sequence(left, touched.at, flow=False)))
    return set_key(before, "not-read", replace(listed, items=tuple(kept)))


def _articles(node: Mapping) -> Articles:
    listed = node.get("articles")
    items = listed.items if isinstance(listed, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


# --- who enacted what --------------------------------------------------------------------------
def _said_by(node: Mapping, id: str) -> Callable[[str], Enacted]:
    """What a version says of the rules that it enacts."""
    silent = Problems([])
    head = node.get("version")
    head = head if isinstance(head, Mapping) else Mapping((), node.at, flow=False)
    said = head.get("confidence")
    confidence: Confidence = next(
        (one for one in CONFIDENCES if isinstance(said, Text) and one == said.value), "unconfirmed"
    )
    listed = head.get("sources")
    texts = (
        () if listed is None or isinstance(listed, Null) else as_texts(listed, "sources", silent)
    )
    sources = tuple(text.value for text in texts)
    return lambda local: Enacted(id, local, confidence, sources)


def _stamped(before: Consolidated) -> Articles:
    """The articles, each sentence with the local name under which `before` knows it."""
    return on_sentences(
        _articles(before.node),
        lambda sentence: set_key(
            sentence.node, _STAMP, Text(sentence.local, sentence.node.at, quoted=True)
        ),
    )


def _unstamped(
    articles: Articles, before: MappingOf[str, Enacted], silent: Callable[[str], Enacted]
) -> tuple[dict[str, Enacted], Articles]:
    """Who enacted each sentence: whoever did before, where it still bears the stamp."""
    enacted: dict[str, Enacted] = {}
    for article in articles:
        for sentence in sentences(article):
            stamp = sentence.node.get(_STAMP)
            old = before.get(stamp.value) if isinstance(stamp, Text) else None
            enacted[sentence.local] = old or silent(sentence.local)
    return enacted, tuple(without(article, _STAMP) for article in articles)
