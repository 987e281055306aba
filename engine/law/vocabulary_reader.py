"""Files of the vocabulary into one `Vocabulary`, with every problem on the way.

Names come first, formulas after them, so that a formula may use any name of any file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.language.diagnostics import Diagnostic, Severity
from engine.language.fields import Problems, as_mapping, only
from engine.language.keywords import canonicalise
from engine.language.node import Mapping, Position
from engine.language.source import SourceError, load_mapping
from engine.law.declared_types import TypeWords
from engine.law.vocabulary import Vocabulary, built_in_names, result_names
from engine.law.vocabulary_bounds import check_instead_of, check_rules_out, check_turns
from engine.law.vocabulary_conclusions import (
    read_barred,
    read_conclusion,
    read_question,
    read_series,
)
from engine.law.vocabulary_draft import Draft, read_enumeration, read_label, read_ladder
from engine.law.vocabulary_names import (
    add_derived_names,
    read_defined,
    read_fact,
    read_formula,
    read_kind,
    read_relation,
    read_term,
    refuse_cycles,
)

SECTIONS = (
    "kinds",
    "enumerations",
    "ladders",
    "facts",
    "relations",
    "terms",
    "defined",
    "conclusions",
    "questions",
    "evidence",
    "issuers",
    "excluded",
    "series",
)
LABELLED = ("kinds", "conclusions", "questions", "evidence", "issuers")
"""Sections whose entries are told apart by their labels."""


def read_folder(folder: Path) -> tuple[Vocabulary | None, list[Diagnostic]]:
    """The vocabulary of a folder; None where a problem is an error.

    Places name files relative to the folder above it.
    """
    draft = Draft({section: {} for section in SECTIONS}, Problems([]))
    for path in sorted(folder.rglob("*.yaml")):
        _collect(path, path.relative_to(folder.parent).as_posix(), draft)
    vocabulary = _read(draft)
    found = sorted(set(draft.problems.found))
    bad = any(one.severity is Severity.ERROR for one in found)
    return (None if bad else vocabulary), found


def _collect(path: Path, name: str, draft: Draft) -> None:
    """The declarations of one file, by section; a name that stands twice is reported."""
    try:
        tree = canonicalise(load_mapping(path.read_bytes(), name))
    except SourceError as error:
        draft.problems.found.extend(error.diagnostics)
        return
    top = as_mapping(tree, draft.problems)
    if top is None:
        return
    only(top, SECTIONS, draft.problems)
    for entry in top.entries:
        section = draft.declared.get(entry.key.value)
        body = None if section is None else as_mapping(entry.value, draft.problems)
        if section is None or body is None:
            continue
        for item in body.entries:
            before = section.get(item.key.value)
            if before is None:
                section[item.key.value] = (item.key, item.value)
            else:
                draft.twice(item.key, before[0].at)


def _read(draft: Draft) -> Vocabulary:
    enumerations = draft.each("enumerations", read_enumeration)
    ladders = draft.each("ladders", read_ladder)
    draft.kinds = draft.each("kinds", read_kind)
    draft.types = TypeWords(draft.words, enumerations, ladders)
    draft.names.update(built_in_names(draft.kinds))
    draft.conclusions = draft.each("conclusions", read_conclusion)
    for conclusion in draft.conclusions.values():
        draft.names.update(result_names(conclusion))
    draft.each("facts", read_fact)
    check_turns(draft)
    check_rules_out(draft)
    check_instead_of(draft)
    for kind in draft.kinds.values():
        add_derived_names(draft, kind)
    draft.each("defined", read_defined)
    draft.each("relations", read_relation)
    draft.each("terms", read_term)
    vocabulary = Vocabulary(
        kinds=draft.kinds,
        names=draft.names,
        facts=draft.facts,
        formulas=draft.formulas,
        enumerations=enumerations,
        ladders=ladders,
        conclusions=draft.conclusions,
        questions=draft.each("questions", read_question),
        evidence=draft.each("evidence", read_label),
        issuers=draft.each("issuers", read_label),
        excluded=draft.each("excluded", read_barred),
        series=draft.each("series", read_series),
        places=draft.places,
        words=draft.words,
    )
    for announced in draft.announced:
        read_formula(draft, announced, vocabulary)
    refuse_cycles(draft)
    _refuse_same_labels(draft, vocabulary)
    return vocabulary


def _refuse_same_labels(draft: Draft, vocabulary: Vocabulary) -> None:
    """Reports what has the label of another of its kind: names, codes, conclusions and the like are
    called by their Chinese labels in scenarios and answers."""
    first: dict[tuple[str, str], tuple[str, Position]] = {}
    for among, name, label, at in _labelled(draft, vocabulary):
        other, place = first.setdefault((among, label), (name, at))
        if other != name:
            draft.problems.add("same-label", at, name=name, label=label, first=other, other=place)


def _labelled(draft: Draft, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str, Position]]:
    """Everything with a label: what it must be told apart from, its name, label and place."""
    for key, info in vocabulary.names.items():
        if key in draft.places and info.deprecated is None:
            yield f"names of {key.rpartition('.')[0]}", key, info.zh, draft.places[key]
    for section in LABELLED:
        declared = getattr(vocabulary, section)
        for name, (key_, _) in draft.declared[section].items():
            if name in declared:
                label = getattr(declared[name], "label", declared[name])
                yield section, name, label.zh, key_.at
    for name, codes in vocabulary.enumerations.items():
        node = draft.declared["enumerations"][name][1]
        for entry in node.entries if isinstance(node, Mapping) else ():
            if entry.key.value in codes:
                yield f"codes of {name}", entry.key.value, codes[entry.key.value].zh, entry.key.at
