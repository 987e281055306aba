"""What the value of a fact has to agree with, or comes from: other days, the day that turned it,
other codes, the facts of others."""

from __future__ import annotations

from engine.language.fields import (
    as_mapping,
    as_text,
    mapping_field,
    only,
    text_field,
    word,
    words,
)
from engine.language.node import Mapping, Node, Text
from engine.language.types import NameInfo, TurnedBy
from engine.law.bounds import BackTo, Fits, Follows, NotBefore, RulesOut
from engine.law.vocabulary_draft import Draft


def not_before(draft: Draft, info: NameInfo, body: Mapping) -> tuple[NotBefore, ...]:
    """`payment.decision.date`: from the entity itself, over references, to another day; or several
    such paths, each with what holds of the entities concerned: `{kind: [discovery]}`. Of a fact
    that varies, no entry begins before the other day."""
    node = body.get("not-before")
    if isinstance(node, Mapping):
        read = [
            NotBefore(path, _where(draft, entry.value))
            for entry in node.entries
            if (path := _path(draft, info, entry.key)) is not None
        ]
        return tuple(read)
    text = text_field(body, "not-before", draft.problems, required=False)
    single = None if text is None else _path(draft, info, text)
    return () if single is None else (NotBefore(single, ()),)


def turned_by(draft: Draft, body: Mapping) -> TurnedBy | None:
    """`{day: died_on, before: 'true'}`: a day of the same kind, and the value until then."""
    turned = mapping_field(body, "turned-by", draft.problems, required=False)
    if turned is None:
        return None
    only(turned, ("day", "before"), draft.problems)
    day, before = word(turned, "day", draft.problems), word(turned, "before", draft.problems)
    return None if day is None or before is None else TurnedBy(day, before)


def check_turns(draft: Draft) -> None:
    """That the day which turns a fact is a date of the same entity, found in the case."""
    for key, fact in draft.facts.items():
        turned = fact.info.turned_by
        if turned is None:
            continue
        day = draft.facts.get(f"{key.rpartition('.')[0]}.{turned.day}")
        if day is None or day.info.type.base != "date" or day.info.varies != "no":
            draft.problems.wrong("turned-by", fact.at, "{day: <date>, before: …}")


def _path(draft: Draft, info: NameInfo, path: Text) -> str | None:
    kind, *steps = path.value.split(".")
    dated = info.varies in ("history", "year") or (info.type.base == "date" and info.varies == "no")
    if not dated or kind != info.key.partition(".")[0]:
        draft.problems.wrong("not-before", path.at, f"{info.key.partition('.')[0]}.….date")
        return None
    return path.value if steps else None


def _where(draft: Draft, node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    body = as_mapping(node, draft.problems)
    if body is None:
        return ()
    names = [entry.key.value for entry in body.entries]
    return tuple((name, words(body, name, draft.problems)) for name in names)


def fits(draft: Draft, body: Mapping) -> tuple[Fits, ...]:
    """`{authority: {county-department: [county]}}`: with which codes of a fact of the same entity
    only some values of this one can go."""
    others = mapping_field(body, "fits", draft.problems, required=False)
    return tuple(
        Fits(entry.key.value, _where(draft, entry.value))
        for entry in (others.entries if others is not None else ())
    )


def rules_out(draft: Draft, info: NameInfo, body: Mapping) -> tuple[RulesOut, ...]:
    """`{adopted: 'false'}`: facts of the same entity, each with the value that the day excludes."""
    others = mapping_field(body, "rules-out", draft.problems, required=False)
    if others is None:
        return ()
    if info.type.base != "date" or info.varies != "no":
        draft.problems.wrong("rules-out", others.at, "type: date")
        return ()
    read = ((entry.key.value, as_text(entry.value, entry.key.value, draft.problems))
            for entry in others.entries)  # fmt: skip
    return tuple(RulesOut(name, text.value) for name, text in read if text is not None)


def check_rules_out(draft: Draft) -> None:
    """That what a day rules out is a value of a fact of the same entity, found once in the case."""
    for key, fact in draft.facts.items():
        for one in fact.rules_out:
            other = draft.facts.get(f"{key.rpartition('.')[0]}.{one.other}")
            if other is None or other.info.varies != "no":
                draft.problems.wrong("rules-out", fact.at, "{<fact>: <value>}")


def follows(draft: Draft, body: Mapping) -> tuple[Follows, ...]:
    """`{place: parents.register}`: a field, and whose fact gives it where the case says nothing."""
    given = mapping_field(body, "follows", draft.problems, required=False)
    declared = mapping_field(body, "fields", draft.problems, required=False)
    fields = [] if declared is None else [entry.key.value for entry in declared.entries]
    found = []
    for entry in given.entries if given is not None else ():
        text = as_text(entry.value, entry.key.value, draft.problems)
        if entry.key.value not in fields:
            draft.unknown(entry.key, fields)
        elif text is not None:
            of, stop, fact = text.value.partition(".")
            if stop and fact and "." not in fact:
                found.append(Follows(entry.key.value, of, fact))
            else:
                draft.problems.wrong("follows", text.at, "parents.register")
    return tuple(found)


def instead_of(draft: Draft, info: NameInfo, body: Mapping) -> str | None:
    """`instead-of: payer`: another fact of the same entity."""
    other = text_field(body, "instead-of", draft.problems, required=False)
    if other is None:
        return None
    key = f"{info.key.partition('.')[0]}.{other.value}"
    draft.others.append((key, other))
    return key


def check_instead_of(draft: Draft) -> None:
    """That there are the facts that others stand instead of."""
    for key, named in draft.others:
        if key not in draft.facts:
            draft.unknown(named, draft.facts, key)


def back_to(draft: Draft, body: Mapping) -> BackTo | None:
    """`{day: born, within: 31}`: a day of the same entity, and how many days after it."""
    given = mapping_field(body, "back-to", draft.problems, required=False)
    if given is None:
        return None
    only(given, ("day", "within"), draft.problems)
    day, within = word(given, "day", draft.problems), text_field(given, "within", draft.problems)
    if day is None or within is None:
        return None
    if not within.value.isdecimal():
        draft.problems.wrong("within", within.at, "31")
        return None
    return BackTo(day, int(within.value))
