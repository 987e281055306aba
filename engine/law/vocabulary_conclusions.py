"""What rules conclude, what cases ask, what is barred, which statistics there are."""

from __future__ import annotations

from engine.language.articles import EFFECTS
from engine.language.diagnostics import Bilingual
from engine.language.fields import (
    as_bilingual,
    choice,
    labels,
    mapping_field,
    one_of,
    only,
    text_field,
    texts_field,
    word,
    words,
)
from engine.language.node import Mapping, Node, Null, Sequence, Text
from engine.law.vocabulary import Barred, Combination, ConclusionKind, Series
from engine.law.vocabulary_draft import Draft
from engine.law.vocabulary_questions import (
    Contested,
    Payments,
    Question,
    Reviewed,
    Supposed,
    Tabulated,
)

COMBINATIONS: tuple[Combination, ...] = ("unique", "sum", "collect", "heaviest")


def read_conclusion(draft: Draft, key: Text, node: Node) -> ConclusionKind | None:
    """A kind of conclusion."""
    body = draft.body(node, "effect", "combination", "for-each", "none", "ladder")
    if body is None:
        return None
    effect = text_field(body, "effect", draft.problems)
    known = None if effect is None else one_of(effect, "effect", EFFECTS, draft.problems)
    ladder = text_field(body, "ladder", draft.problems, required=False)
    if ladder is not None and ladder.value not in draft.types.ladders:
        draft.unknown(ladder, draft.types.ladders)
    each = text_field(body, "for-each", draft.problems, required=False)
    if each is not None and each.value not in draft.kinds:
        draft.unknown(each, draft.kinds)
    if known is None:
        return None
    return ConclusionKind(
        name=key.value,
        effect=known,
        combination=choice(body, "combination", COMBINATIONS, draft.problems, "unique"),
        for_each=None if each is None else each.value,
        none=word(body, "none", draft.problems, required=False),
        ladder=None if ladder is None else ladder.value,
        label=labels(body, draft.problems),
        at=key.at,
    )


def read_target(draft: Draft, text: Text, key: str) -> tuple[str, str | None] | None:
    """`charge social-maintenance-fee`: an effect and a conclusion, or an effect alone."""
    effect, _, object_ = text.value.partition(" ")
    if effect not in EFFECTS:
        draft.problems.wrong(key, text.at, ", ".join(EFFECTS))
        return None
    if object_ and object_ not in draft.conclusions:
        draft.unknown(text, draft.conclusions, object_)
        return None
    return effect, object_ or None


def read_question(draft: Draft, key: Text, node: Node) -> Question | None:
    """A question that a case can ask."""
    body = draft.body(
        node, "about", "supposes", "seeks", "decides", "object", "reviews", "tabulates", "contested"
    )
    if body is None:
        return None
    about = texts_field(body, "about", draft.problems)
    for kind in about:
        if kind.value not in draft.words:
            draft.unknown(kind, draft.words)
    sought = [
        read_target(draft, one, "seeks") for one in texts_field(body, "seeks", draft.problems)
    ]
    decides = text_field(body, "decides", draft.problems, required=False)
    if decides is not None and decides.value not in draft.names:
        draft.unknown(decides, draft.names)
    return Question(
        name=key.value,
        about=tuple(draft.words.get(kind.value, kind.value) for kind in about),
        supposes=_supposed(draft, body),
        seeks=tuple(one for one in sought if one is not None),
        decides=None if decides is None else decides.value,
        object=word(body, "object", draft.problems, required=False),
        reviews=_reviewed(draft, body, about),
        tabulates=_tabulated(draft, body),
        contested=_contested(draft, body),
        label=labels(body, draft.problems),
        at=key.at,
    )


def _tabulated(draft: Draft, body: Mapping) -> Tabulated | None:
    table = mapping_field(body, "tabulates", draft.problems, required=False)
    if table is None:
        return None
    only(table, ("kind", "over", "order", "panel", "rank", "marks"), draft.problems)
    kind, over, order, rank = (
        text_field(table, key, draft.problems) for key in ("kind", "over", "order", "rank")
    )
    panel = word(table, "panel", draft.problems, required=False)
    marks = texts_field(table, "marks", draft.problems)
    if kind is None or over is None or order is None or rank is None:
        return None
    for name in (kind, over):
        if name.value not in draft.kinds:
            draft.unknown(name, draft.kinds)
    for name in (rank, *marks):
        if name.value not in draft.conclusions:
            draft.unknown(name, draft.conclusions)
    if f"{over.value}.{order.value}" not in draft.facts:
        draft.unknown(order, draft.facts, f"{over.value}.{order.value}")
    return Tabulated(
        kind.value, over.value, order.value, panel, rank.value, tuple(one.value for one in marks)
    )


def _reviewed(draft: Draft, body: Mapping, about: tuple[Text, ...]) -> Reviewed | None:
    reviews = mapping_field(body, "reviews", draft.problems, required=False)
    if reviews is None or not about:
        return None
    only(
        reviews,
        (
            "by", "questions", "day", "about", "amounts", "concluded", "lawful",
            "lawful_together", "lawful_concluded", "values", "articles", "payments", "then",
        ),
        draft.problems,
    )  # fmt: skip
    kind = draft.words.get(about[0].value, about[0].value)
    facts = _facts(draft, reviews, kind, "by", "day", "amounts", "articles")
    for optional in ("lawful", "lawful_together"):
        if reviews.get(optional) is not None:
            facts |= _facts(draft, reviews, kind, optional)
    values = _values(draft, reviews)
    beside = _facts_under(draft, reviews, kind, "lawful_concluded", required=False)
    return Reviewed(
        by=facts["by"],
        questions=_several(draft, reviews, "questions"),
        day=facts["day"],
        about=_facts_under(draft, reviews, kind, "about"),
        amounts=facts["amounts"],
        concluded=_concluded(draft, reviews, kind),
        lawful=facts.get("lawful"),
        lawful_together=facts.get("lawful_together"),
        lawful_concluded={f"{kind}.{name}": lawful for name, lawful in beside.items()},
        values={f"{kind}.{name}": names for name, names in values.items()},
        articles=facts["articles"],
        payments=_payments(draft, reviews),
        then=_several(draft, reviews, "then"),
    )


def _values(draft: Draft, reviews: Mapping) -> dict[str, tuple[str, ...]]:
    """The names, one or several, with which each value that a decision states is compared."""
    body = mapping_field(reviews, "values", draft.problems, required=False)
    if body is None:
        return {}
    found = {}
    for entry in body.entries:
        names = texts_field(body, entry.key.value, draft.problems)
        for name in names:
            if name.value not in draft.names:
                draft.unknown(name, draft.names)
        found[entry.key.value] = tuple(name.value for name in names)
    return found


def _several(draft: Draft, reviews: Mapping, key: str) -> dict[str, tuple[str, ...]]:
    """Questions under a key, one or several for each kind of decision that can be reviewed."""
    by_kind = mapping_field(reviews, key, draft.problems, required=False)
    if by_kind is None:
        return {}
    kinds = [entry.key.value for entry in by_kind.entries]
    return {kind: words(by_kind, kind, draft.problems) for kind in kinds}


def _facts_under(
    draft: Draft, reviews: Mapping, kind: str, key: str, required: bool = True
) -> dict[str, str]:
    """Names of a kind under a key, each by a word."""
    body = mapping_field(reviews, key, draft.problems, required=required)
    words_ = () if body is None else tuple(entry.key.value for entry in body.entries)
    return {} if body is None else _facts(draft, body, kind, *words_)


def _concluded(draft: Draft, reviews: Mapping, kind: str) -> dict[str, str]:
    """Facts of the kind that state a conclusion, each with it."""
    body = mapping_field(reviews, "concluded", draft.problems, required=False)
    found = {}
    for entry in () if body is None else body.entries:
        what = text_field(body, entry.key.value, draft.problems) if body else None
        if what is not None and what.value not in draft.conclusions:
            draft.unknown(what, draft.conclusions)
        if f"{kind}.{entry.key.value}" not in draft.names:
            draft.unknown(entry.key, draft.names, f"{kind}.{entry.key.value}")
        if what is not None:
            found[f"{kind}.{entry.key.value}"] = what.value
    return found


def _facts(draft: Draft, body: Mapping, kind: str, *keys: str) -> dict[str, str]:
    """The names of a kind that stand under keys."""
    found = {}
    for key in keys:
        name = text_field(body, key, draft.problems)
        if name is not None and f"{kind}.{name.value}" not in draft.names:
            draft.unknown(name, draft.names, f"{kind}.{name.value}")
        found[key] = f"{kind}.{name.value}" if name is not None else ""
    return found


def _payments(draft: Draft, reviews: Mapping) -> Payments | None:
    body = mapping_field(reviews, "payments", draft.problems, required=False)
    kind = None if body is None else text_field(body, "kind", draft.problems)
    if body is None or kind is None:
        return None
    only(body, ("kind", "of", "payer", "amount"), draft.problems)
    if kind.value not in draft.kinds:
        draft.unknown(kind, draft.kinds)
    found = _facts(draft, body, kind.value, "of", "amount")
    payers = texts_field(body, "payer", draft.problems)
    for payer in payers:
        if f"{kind.value}.{payer.value}" not in draft.names:
            draft.unknown(payer, draft.names, f"{kind.value}.{payer.value}")
    named = tuple(f"{kind.value}.{payer.value}" for payer in payers)
    return Payments(kind.value, found["of"], named, found["amount"])


def _names(draft: Draft, body: Mapping, key: str) -> dict[str, str]:
    """Words under a key, each with another."""
    listed = mapping_field(body, key, draft.problems, required=False)
    entries = () if listed is None else listed.entries
    return {e.key.value: e.value.value for e in entries if isinstance(e.value, Text)}


def _contested(draft: Draft, body: Mapping) -> Contested | None:
    contested = mapping_field(body, "contested", draft.problems, required=False)
    if contested is None:
        return None
    only(contested, ("ask", "of", "facts", "tells"), draft.problems)
    ask, kind = (text_field(contested, key, draft.problems) for key in ("ask", "of"))
    if ask is None or kind is None:
        return None
    facts = _names(draft, contested, "facts")
    if ask.value not in draft.declared["questions"]:
        draft.unknown(ask, draft.declared["questions"])
    if kind.value not in draft.kinds:
        draft.unknown(kind, draft.kinds)
    for name, said in facts.items():
        conclusion, stop, _ = said.partition(".")
        if f"{kind.value}.{name}" not in draft.names:
            draft.unknown(kind, draft.names, f"{kind.value}.{name}")
        if stop and conclusion not in draft.conclusions:
            draft.unknown(kind, draft.conclusions, conclusion)
    told = contested.get("tells")
    tells = () if told is None else texts_field(contested, "tells", draft.problems)
    for one in tells:
        if one.value not in draft.conclusions:
            draft.unknown(one, draft.conclusions)
    return Contested(ask.value, kind.value, facts, tuple(one.value for one in tells))


def _supposed(draft: Draft, body: Mapping) -> Supposed | None:
    supposes = mapping_field(body, "supposes", draft.problems, required=False)
    kind = None if supposes is None else text_field(supposes, "kind", draft.problems)
    if supposes is None or kind is None:
        return None
    if kind.value not in draft.kinds:
        draft.unknown(kind, draft.kinds)
        return None
    values = [
        (entry.key.value, entry.value.value)
        for entry in supposes.entries
        if entry.key.value != "kind" and isinstance(entry.value, Text)
    ]
    return Supposed(kind.value, tuple(values))


def read_barred(draft: Draft, key: Text, node: Node) -> Barred | None:
    """A fact or a section that no case may hold."""
    body = draft.body(node, "exceptions")
    if body is None:
        return None
    listed = body.get("exceptions")
    items = listed.items if isinstance(listed, Sequence) else ()
    found = [as_bilingual(item, "exceptions", draft.problems) for item in items]
    exceptions = tuple(one for one in found if one is not None)
    return Barred(key.value, labels(body, draft.problems), exceptions)


def read_series(draft: Draft, key: Text, node: Node) -> Series | None:
    """A series of statistics; one without labels is called by its name."""
    body = draft.body(node, "concepts", "statuses", "levels", "breaks")
    if body is None:
        return None
    named = body.get("zh") is not None
    return Series(
        name=key.value,
        concepts=_codes(draft, body, "concepts"),
        statuses=_codes(draft, body, "statuses"),
        levels=words(body, "levels", draft.problems),
        label=labels(body, draft.problems) if named else Bilingual(key.value, key.value),
        breaks=_breaks(draft, body),
    )


def _breaks(draft: Draft, body: Mapping) -> tuple[tuple[int, Bilingual], ...]:
    """Years with what changed in them: `2013: {zh: …, en: …}`."""
    found = []
    listed = mapping_field(body, "breaks", draft.problems, required=False)
    for entry in listed.entries if listed is not None else ():
        text = as_bilingual(entry.value, "breaks", draft.problems)
        if not entry.key.value.isdecimal():
            draft.problems.wrong("breaks", entry.key.at, Bilingual("年份", "a year"))
        elif text is not None:
            found.append((int(entry.key.value), text))
    return tuple(found)


def _codes(draft: Draft, body: Mapping, key: str) -> dict[str, Bilingual]:
    """Codes with labels, or bare codes that are their own labels."""
    node = body.get(key)
    if not isinstance(node, Mapping):
        return {code: Bilingual(code, code) for code in words(body, key, draft.problems)}
    found: dict[str, Bilingual] = {}
    for entry in node.entries:
        code = entry.key.value
        bare = isinstance(entry.value, Null)
        label = None if bare else as_bilingual(entry.value, code, draft.problems)
        found[code] = label or Bilingual(code, code)
    return found
