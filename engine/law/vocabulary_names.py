"""Kinds of entities and their names: facts, relations, terms, what rules define."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from engine.language.articles import EFFECTS
from engine.language.dependencies import dependencies
from engine.language.diagnostics import Bilingual
from engine.language.fields import (
    as_text,
    bilingual_field,
    choice,
    field,
    labels,
    mapping_field,
    one_of,
    only,
    text_field,
    texts_field,
    truth,
    word,
    words,
)
from engine.language.graph import cycles
from engine.language.node import Mapping, Node, Text
from engine.language.read_values import Scope, read_expression
from engine.language.types import (
    BOOLEAN,
    DATE,
    NameInfo,
    Origin,
    Type,
    Varies,
    entity,
    list_of,
    number,
)
from engine.law.declared_types import read_range
from engine.law.vocabulary import (
    Apart,
    Closes,
    Fact,
    Formula,
    Grouping,
    Kind,
    Pairs,
    Vocabulary,
)
from engine.law.vocabulary_bounds import (
    back_to,
    fits,
    follows,
    instead_of,
    not_before,
    rules_out,
    turned_by,
)
from engine.law.vocabulary_conclusions import read_target
from engine.law.vocabulary_draft import Announced, Draft

VARIES: tuple[Varies, ...] = ("no", "history", "year", "each")
BURDENS: tuple[Literal["party", "authority"], ...] = ("party", "authority")
NAME_KEYS = ("type", "deprecated", "role-specific", "many", "varies", "each")
FACT_KEYS = (
    *NAME_KEYS,
    "range",
    "unit",
    "main",
    "fields",
    "question",
    "evidence",
    "burden",
    "reverse",
    "suggest",
    "closes",
    "not-before",
    "turned-by",
    "fits",
    "rules-out",
    "follows",
    "down-to-county",
    "back-to",
    "instead-of",
)


# --- kinds ---------------------------------------------------------------------------------------
def read_kind(draft: Draft, key: Text, node: Node) -> Kind | None:
    """A kind of entity; its words are entered."""
    known = ("section", "roles", "listed", "groups", "pairs", "apart", "party", "joins")
    body = draft.body(node, *known)
    if body is None:
        return None
    pairs = mapping_field(body, "pairs", draft.problems, required=False)
    apart = mapping_field(body, "apart", draft.problems, required=False)
    groups = mapping_field(body, "groups", draft.problems, required=False)
    grouping = None if groups is None else _grouping(draft, groups)
    roles = texts_field(body, "roles", draft.problems)
    for name in (key, *roles):
        if name.value in draft.words:
            draft.twice(name, draft.declared["kinds"].get(name.value, (key, node))[0].at)
        draft.words.setdefault(name.value, key.value)
    return Kind(
        name=key.value,
        section=word(body, "section", draft.problems, required=groups is None and pairs is None),
        roles=tuple(role.value for role in roles),
        label=labels(body, draft.problems),
        listed=word(body, "listed", draft.problems, required=False),
        groups=grouping,
        pairs=None if pairs is None else _pairing(draft, pairs),
        apart=None if apart is None else _apart(draft, apart),
        party=_party(draft, body),
        joins=word(body, "joins", draft.problems, required=False),
        at=key.at,
    )


def _party(draft: Draft, body: Mapping) -> tuple[str, ...] | None:
    """`party: person`, or several facts, or none: `party: []`."""
    said = any(entry.key.value == "party" for entry in body.entries)
    return words(body, "party", draft.problems) if said else None


def _pairing(draft: Draft, body: Mapping) -> Pairs | None:
    """`{ship: ship, season: season}`: two names, each with the kind of what it names."""
    entries = [(e.key, as_text(e.value, e.key.value, draft.problems)) for e in body.entries]
    if len(entries) != 2 or any(kind is None for _, kind in entries):
        two = Bilingual("两个名称，各有一种对象", "two names, each with a kind")
        draft.problems.wrong("pairs", body.at, two)
        return None
    for _, kind in entries:
        if kind is not None and kind.value not in draft.declared["kinds"]:
            draft.unknown(kind, draft.declared["kinds"])
            return None
    (first, one), (second, other) = entries
    assert one is not None and other is not None
    return Pairs(first.value, one.value, second.value, other.value)


def _grouping(draft: Draft, body: Mapping) -> Grouping | None:
    only(body, ("of", "members", "same", "near", "days", "unless"), draft.problems)
    names = [word(body, key, draft.problems) for key in ("of", "members", "same", "near")]
    days = text_field(body, "days", draft.problems)
    of, members, same, near = names
    if of is None or members is None or same is None or near is None or days is None:
        return None
    if not days.value.isdecimal():
        draft.problems.wrong("days", days.at, Bilingual("整数", "a whole number"))
        return None
    unless = word(body, "unless", draft.problems, required=False)
    return Grouping(of, members, same, near, int(days.value), unless)


def _apart(draft: Draft, body: Mapping) -> Apart | None:
    only(body, ("same", "from", "until"), draft.problems)
    names = [word(body, key, draft.problems) for key in ("same", "from", "until")]
    same, first, last = names
    return None if same is None or first is None or last is None else Apart(same, first, last)


def add_derived_names(draft: Draft, kind: Kind) -> None:
    """The names that come with a derived kind: the two of a pair; of a group its members, its date
    and what is the same."""
    if kind.pairs is not None:
        _add_pair_names(draft, kind, kind.pairs)
    if kind.apart is not None:
        _check_facts(draft, kind, (kind.apart.same, kind.apart.first, kind.apart.last))
    if kind.party is not None:
        _check_facts(draft, kind, kind.party)
    if kind.joins is not None:
        _check_facts(draft, kind, (kind.joins,))
    group = kind.groups
    if group is None:
        return
    at = Text(kind.name, kind.at, quoted=False)
    same = draft.names.get(f"{group.of}.{group.same}")
    for needed in (group.same, group.near, group.unless):
        name = f"{group.of}.{needed}"
        if needed is not None and name not in draft.names:
            draft.unknown(at, draft.names, name)
    if group.of not in draft.kinds or same is None:
        return
    of, label = draft.kinds[group.of].label, kind.label
    names = (
        (group.members, list_of(entity(group.of)), of.zh, f"{of.en} of the {label.en}"),
        ("date", DATE, f"{label.zh}日期", f"day of the {label.en}"),
        (group.same, same.type, same.zh, same.en),
    )
    for name, type_, zh, en in names:
        draft.declare(NameInfo(f"{kind.name}.{name}", type_, "built-in", "no", zh, en), at)


def _check_facts(draft: Draft, kind: Kind, names: Iterable[str]) -> None:
    at = Text(kind.name, kind.at, quoted=False)
    for name in names:
        if f"{kind.name}.{name}" not in draft.facts:
            draft.unknown(at, draft.facts, f"{kind.name}.{name}")


def _add_pair_names(draft: Draft, kind: Kind, pairs: Pairs) -> None:
    at = Text(kind.name, kind.at, quoted=False)
    for name, of in ((pairs.first, pairs.first_kind), (pairs.second, pairs.second_kind)):
        label = draft.kinds[of].label if of in draft.kinds else kind.label
        info = NameInfo(f"{kind.name}.{name}", entity(of), "built-in", "no", label.zh, label.en)
        draft.declare(info, at)


# --- names ---------------------------------------------------------------------------------------
def read_defined(draft: Draft, key: Text, node: Node) -> NameInfo | None:
    """A name that rules define."""
    body = draft.body(node, *NAME_KEYS, "goes-with", "range")
    return None if body is None else _name(draft, key, body, "defined")


def read_relation(draft: Draft, key: Text, node: Node) -> None:
    """A relation; its formula waits until all names are known."""
    _announce(draft, key, node, "relation")


def read_term(draft: Draft, key: Text, node: Node) -> None:
    """A term, boolean where it states no type; its formula waits until all names are known."""
    _announce(draft, key, node, "term")


def _name(draft: Draft, key: Text, body: Mapping, origin: Origin) -> NameInfo | None:
    """What all names have: a type, labels, whether they vary. The name is entered."""
    canonical = _canonical(draft, key)
    type_ = draft.declared_type(body, BOOLEAN if origin == "term" else None)
    label = labels(body, draft.problems)
    if canonical is None or type_ is None:
        return None
    if truth(body, "many", draft.problems, default=False) and type_.base != "list":
        type_ = list_of(type_)
    unit = word(body, "unit", draft.problems, required=False)
    if unit is not None and type_.base == "number":
        type_ = number(unit)
    info = NameInfo(
        key=canonical,
        type=replace(type_, range=read_range(body, type_, draft.problems)),
        origin=origin,
        varies=choice(body, "varies", VARIES, draft.problems, "no"),
        zh=label.zh,
        en=label.en,
        deprecated=word(body, "deprecated", draft.problems, required=False),
        each=_each(draft, body),
        goes_with=_goes_with(draft, body),
        turned_by=turned_by(draft, body),
    )
    return draft.declare(info, key)


def _each(draft: Draft, body: Mapping) -> tuple[str, ...]:
    """The kinds of the entities for each of which a fact has a value."""
    kinds = texts_field(body, "each", draft.problems)
    for kind in kinds:
        if kind.value not in draft.words:
            draft.unknown(kind, draft.words)
    return tuple(draft.words[kind.value] for kind in kinds if kind.value in draft.words)


def _goes_with(draft: Draft, body: Mapping) -> str | None:
    """The effect whose law defines the name."""
    effect = text_field(body, "goes-with", draft.problems, required=False)
    return None if effect is None else one_of(effect, "goes-with", EFFECTS, draft.problems)


def _canonical(draft: Draft, key: Text) -> str | None:
    """The name with the kind before the full stop, where a role may stand in the text."""
    head, stop, rest = key.value.partition(".")
    if not stop:
        return key.value
    kind = draft.words.get(head)
    if kind is None:
        draft.unknown(key, sorted(draft.words), head)
        return None
    return f"{kind}.{rest}"


# --- facts ---------------------------------------------------------------------------------------
def read_fact(draft: Draft, key: Text, node: Node) -> Fact | None:
    """A name whose value is found in the case."""
    body = draft.body(node, *FACT_KEYS)
    info = None if body is None else _name(draft, key, body, "found")
    if body is None or info is None:
        return None
    problems = draft.problems
    fact = Fact(
        info=info,
        main=word(body, "main", problems, required=False) or "value",
        fields=_fields(draft, info, body),
        many=truth(body, "many", problems, default=False),
        question=bilingual_field(body, "question", problems, required=False),
        evidence=_evidence(draft, body),
        burden=choice(body, "burden", BURDENS, problems, "party"),
        reverse=word(body, "reverse", problems, required=False),
        suggest=truth(body, "suggest", problems, default=True),
        closes=_closes(draft, body),
        not_before=not_before(draft, info, body),
        fits=fits(draft, body),
        rules_out=rules_out(draft, info, body),
        follows=follows(draft, body),
        back_to=back_to(draft, body),
        instead_of=instead_of(draft, info, body),
        down_to_county=truth(body, "down-to-county", problems, default=False),
        role_specific=truth(body, "role-specific", problems, default=False),
        at=key.at,
    )
    draft.facts[info.key] = fact
    return fact


def _fields(draft: Draft, info: NameInfo, body: Mapping) -> tuple[tuple[str, Type], ...]:
    """Further fields of an entry; each is a name too, `person.register.place`."""
    fields = mapping_field(body, "fields", draft.problems, required=False)
    found: list[tuple[str, Type]] = []
    for entry in fields.entries if fields is not None else ():
        name = entry.key.value
        own = entry.value if isinstance(entry.value, Mapping) else None
        label = None if own is None else labels(own, draft.problems)
        node = entry.value if own is None else field(own, "type", draft.problems)
        text = None if node is None else as_text(node, name, draft.problems)
        type_ = None if text is None else draft.type_of(text)
        if type_ is None:
            continue
        found.append((name, type_))
        words = label or Bilingual(
            f"{info.zh}{'所在地' if type_.base == 'place' else f'（{name}）'}",
            f"{info.en} ({name})",
        )
        part = replace(
            info,
            key=f"{info.key}.{name}",
            type=type_,
            turned_by=None,
            zh=words.zh,
            en=words.en,
        )
        draft.declare(part, entry.key)
    return tuple(found)


def _evidence(draft: Draft, body: Mapping) -> tuple[str, ...]:
    found = texts_field(body, "evidence", draft.problems)
    for kind in found:
        if kind.value not in draft.declared["evidence"]:
            draft.unknown(kind, draft.declared["evidence"])
    return tuple(kind.value for kind in found)


def _closes(draft: Draft, body: Mapping) -> Closes | None:
    closes = mapping_field(body, "closes", draft.problems, required=False)
    if closes is None:
        return None
    only(closes, ("value", "conclusion"), draft.problems)
    value = word(closes, "value", draft.problems)
    target = text_field(closes, "conclusion", draft.problems)
    sought = None if target is None else read_target(draft, target, "conclusion")
    if value is None or sought is None or sought[1] is None:
        return None
    return Closes(value, sought[0], sought[1])


# --- formulas ------------------------------------------------------------------------------------
def _announce(draft: Draft, key: Text, node: Node, origin: Origin) -> None:
    body = draft.body(node, *NAME_KEYS, "means")
    info = None if body is None else _name(draft, key, body, origin)
    text = None if body is None else text_field(body, "means", draft.problems)
    if body is None or info is None or text is None:
        return
    head, stop, _ = info.key.partition(".")
    role_specific = truth(body, "role-specific", draft.problems, default=False)
    kind = head if stop else None
    draft.announced.append(Announced(info, kind, text, role_specific, key.at))


def read_formula(draft: Draft, announced: Announced, vocabulary: Vocabulary) -> None:
    """The formula of a relation or a term; its subject is named by the kind or one of its roles."""
    kind, info = announced.kind, announced.info
    variables = tuple(word for word, known in draft.words.items() if known == kind)
    scope = Scope(vocabulary, {name: entity(kind) for name in variables if kind is not None})
    expression = read_expression(announced.text, scope, draft.problems.within(info.key), info.type)
    if expression is not None:
        marked, reads = announced.role_specific, dependencies(expression)
        draft.formulas[info.key] = Formula(
            info, expression, kind, variables, marked, reads, announced.at
        )


def refuse_cycles(draft: Draft) -> None:
    """Reports relations and terms that mean each other in a circle."""
    reads = {key: formula.reads for key, formula in draft.formulas.items()}
    for path in cycles(reads):
        draft.problems.add("cycle", draft.formulas[path[0]].at, path=" → ".join(path))
