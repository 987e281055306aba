"""Files of the vocabulary into one `Vocabulary`, with every problem on the way.

Names come first, formulas after them, so that a formula may use any name of any file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

from engine.language.diagnostics import Bilingual, Diagnostic, Severity, nearest
from engine.language.effects import EFFECTS
from engine.language.fields import (
    Problems,
    as_bilingual,
    as_mapping,
    bilingual_field,
    choice,
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
from engine.language.graph import cycles, keys_read
from engine.language.keywords import canonicalise
from engine.language.node import Mapping, Node, Position, Sequence, Text
from engine.language.source import SourceError, load_mapping
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
from engine.language.values import Scope, read_expression
from engine.law.declared_types import TypeWords, read_type
from engine.law.vocabulary import (
    ASSESSMENT,
    Barred,
    Closes,
    Combination,
    ConclusionKind,
    Fact,
    Formula,
    Grouping,
    Kind,
    Question,
    Series,
    Supposed,
    Vocabulary,
    built_in_names,
)

Item = TypeVar("Item")
Declared = dict[str, dict[str, tuple[Text, Node]]]

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
COMBINATIONS: tuple[Combination, ...] = ("unique", "sum", "collect", "heaviest")
VARIES: tuple[Varies, ...] = ("no", "history", "year")
BURDENS: tuple[Literal["party", "authority"], ...] = ("party", "authority")
NAME_KEYS = ("type", "zh", "en", "note", "deprecated", "role-specific")
FACT_KEYS = (
    *NAME_KEYS,
    "unit",
    "varies",
    "main",
    "fields",
    "many",
    "question",
    "evidence",
    "burden",
    "reverse",
    "suggest",
    "closes",
)


def read_folder(folder: Path) -> tuple[Vocabulary | None, list[Diagnostic]]:
    """The vocabulary of a folder; None where a problem is an error."""
    problems = Problems([])
    declared: Declared = {section: {} for section in SECTIONS}
    for path in sorted(folder.rglob("*.yaml")):
        _collect(path, path.relative_to(folder.parent).as_posix(), declared, problems)
    vocabulary = _Reader(declared, problems).read()
    found = sorted(set(problems.found))
    bad = any(one.severity is Severity.ERROR for one in found)
    return (None if bad else vocabulary), found


def _collect(path: Path, name: str, declared: Declared, problems: Problems) -> None:
    """The declarations of one file, by section; a name that stands twice is reported."""
    try:
        tree = canonicalise(load_mapping(path.read_bytes(), name))
    except SourceError as error:
        problems.found.extend(error.diagnostics)
        return
    top = as_mapping(tree, problems)
    if top is None:
        return
    only(top, SECTIONS, problems)
    for entry in top.entries:
        section = declared.get(entry.key.value)
        body = None if section is None else as_mapping(entry.value, problems)
        if section is None or body is None:
            continue
        for item in body.entries:
            before = section.get(item.key.value)
            if before is None:
                section[item.key.value] = (item.key, item.value)
            else:
                _twice(item.key, before[0].at, problems)


def _twice(key: Text, other: Position, problems: Problems) -> None:
    problems.add("duplicate-name", key.at, name=key.value, other=other)


@dataclass(frozen=True, slots=True)
class _Announced:
    """A formula whose name is known and whose text is not parsed yet."""

    info: NameInfo
    kind: str | None
    text: Text
    role_specific: bool
    at: Position


@dataclass(slots=True)
class _Reader:
    """What was read so far, section by section."""

    declared: Declared
    problems: Problems
    kinds: dict[str, Kind] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    names: dict[str, NameInfo] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    formulas: dict[str, Formula] = field(default_factory=dict)
    announced: list[_Announced] = field(default_factory=list)
    conclusions: dict[str, ConclusionKind] = field(default_factory=dict)
    types: TypeWords = field(default_factory=lambda: TypeWords({}, (), ()))

    def read(self) -> Vocabulary:
        enumerations = self._each("enumerations", self._enumeration)
        ladders = self._each("ladders", self._ladder)
        self.kinds = self._each("kinds", self._kind)
        self.words[ASSESSMENT] = ASSESSMENT
        self.types = TypeWords(self.words, enumerations, ladders)
        self.names.update(built_in_names(self.kinds))
        self.conclusions = self._each("conclusions", self._conclusion)
        self._each("facts", self._fact)
        for kind in self.kinds.values():
            self._group_names(kind)
        self._each("defined", lambda key, body: self._name(key, body, "defined"))
        self._each("relations", lambda key, body: self._announce(key, body, "relation"))
        self._each("terms", lambda key, body: self._announce(key, body, "term"))
        vocabulary = Vocabulary(
            kinds=self.kinds,
            names=self.names,
            facts=self.facts,
            formulas=self.formulas,
            enumerations=enumerations,
            ladders=ladders,
            conclusions=self.conclusions,
            questions=self._each("questions", self._question),
            evidence=self._each("evidence", self._label),
            issuers=self._each("issuers", self._label),
            excluded=self._each("excluded", self._barred),
            series=self._each("series", self._series),
            places=self.places,
            words=self.words,
        )
        for announced in self.announced:
            self._formula(announced, vocabulary)
        self._refuse_cycles()
        return vocabulary

    def _each(self, section: str, read: Callable[[Text, Node], Item | None]) -> dict[str, Item]:
        """Each declaration of a section, read; those that cannot be read are left out."""
        found: dict[str, Item] = {}
        for name, (key, node) in self.declared[section].items():
            item = read(key, node)
            if item is not None:
                found[name] = item
        return found

    # --- kinds, enumerations, ladders ------------------------------------------------------------
    def _kind(self, key: Text, node: Node) -> Kind | None:
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        only(body, ("section", "roles", "zh", "en", "listed", "groups", "note"), self.problems)
        groups = mapping_field(body, "groups", self.problems, required=False)
        grouping = None if groups is None else self._grouping(groups)
        roles = texts_field(body, "roles", self.problems)
        for name in (key, *roles):
            if name.value in self.words:
                other = self.declared["kinds"].get(name.value, (key, node))[0].at
                _twice(name, other, self.problems)
            self.words.setdefault(name.value, key.value)
        return Kind(
            name=key.value,
            section=word(body, "section", self.problems, required=grouping is None),
            roles=tuple(role.value for role in roles),
            label=labels(body, self.problems),
            listed=word(body, "listed", self.problems, required=False),
            groups=grouping,
            at=key.at,
        )

    def _grouping(self, body: Mapping) -> Grouping | None:
        only(body, ("of", "members", "same", "near", "days", "unless"), self.problems)
        names = [word(body, key, self.problems) for key in ("of", "members", "same", "near")]
        days = text_field(body, "days", self.problems)
        of, members, same, near = names
        if of is None or members is None or same is None or near is None or days is None:
            return None
        if not days.value.isdecimal():
            self.problems.wrong("days", days.at, Bilingual("整数", "a whole number"))
            return None
        unless = word(body, "unless", self.problems, required=False)
        return Grouping(of, members, same, near, int(days.value), unless)

    def _enumeration(self, key: Text, node: Node) -> dict[str, Bilingual] | None:
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        found: dict[str, Bilingual] = {}
        for entry in body.entries:
            label = self._label(entry.key, entry.value)
            if label is not None:
                found[entry.key.value] = label
        return found

    def _label(self, key: Text, node: Node) -> Bilingual | None:
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        only(body, ("zh", "en", "note"), self.problems)
        return labels(body, self.problems)

    def _ladder(self, key: Text, node: Node) -> dict[str, Bilingual] | None:
        if not isinstance(node, Sequence):
            self.problems.wrong(key.value, node.at, "[{id, zh, en}, …]")
            return None
        found: dict[str, Bilingual] = {}
        for item in node.items:
            body = as_mapping(item, self.problems)
            name = None if body is None else word(body, "id", self.problems)
            if body is not None and name is not None:
                only(body, ("id", "zh", "en", "note"), self.problems)
                found[name] = labels(body, self.problems)
        return found

    # --- names -----------------------------------------------------------------------------------
    def _key(self, key: Text) -> str | None:
        """The canonical key of a name: the role before the full stop becomes the kind."""
        head, stop, rest = key.value.partition(".")
        if not stop:
            return key.value
        kind = self.words.get(head)
        if kind is None:
            self.problems.add(
                "unknown-name", key.at, name=head, nearest=nearest(head, sorted(self.words))
            )
            return None
        return f"{kind}.{rest}"

    def _type(self, body: Mapping, default: Type | None) -> Type | None:
        text = text_field(body, "type", self.problems, required=default is None)
        if text is None:
            return default
        found = read_type(text.value, self.types)
        if found is None:
            close = nearest(text.value, self.types.all())
            self.problems.add("unknown-name", text.at, name=text.value, nearest=close)
        return found

    def _name(self, key: Text, node: Node, origin: Origin) -> NameInfo | None:
        """A name that has a type and labels only; also the first half of every other name."""
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        if origin == "defined":
            only(body, NAME_KEYS, self.problems)
        canonical = self._key(key)
        type_ = self._type(body, BOOLEAN if origin == "term" else None)
        label = labels(body, self.problems)
        if canonical is None or type_ is None:
            return None
        if truth(body, "many", self.problems, default=False) and type_.base != "list":
            type_ = list_of(type_)
        info = NameInfo(
            key=canonical,
            type=type_,
            origin=origin,
            varies=choice(body, "varies", VARIES, self.problems, "no"),
            zh=label.zh,
            en=label.en,
            deprecated=word(body, "deprecated", self.problems, required=False),
        )
        return self._declare(info, key)

    def _declare(self, info: NameInfo, key: Text) -> NameInfo | None:
        if info.key in self.names:
            _twice(key, self.places.get(info.key, key.at), self.problems)
            return None
        self.names[info.key] = info
        self.places[info.key] = key.at
        return info

    def _fact(self, key: Text, node: Node) -> Fact | None:
        info = self._name(key, node, "found")
        if info is None or not isinstance(node, Mapping):
            return None
        body, problems = node, self.problems
        only(body, FACT_KEYS, problems)
        unit = word(body, "unit", problems, required=False)
        if unit is not None and info.type.base == "number":
            info = NameInfo(
                info.key, number(unit), "found", info.varies, info.zh, info.en, info.deprecated
            )
            self.names[info.key] = info
        fact = Fact(
            info=info,
            main=word(body, "main", problems, required=False) or "value",
            fields=self._fields(info, body),
            many=truth(body, "many", problems, default=False),
            question=bilingual_field(body, "question", problems, required=False),
            evidence=self._evidence(body),
            burden=choice(body, "burden", BURDENS, problems, "party"),
            reverse=word(body, "reverse", problems, required=False),
            suggest=truth(body, "suggest", problems, default=True),
            closes=self._closes(body),
            role_specific=truth(body, "role-specific", problems, default=False),
            at=key.at,
        )
        self.facts[info.key] = fact
        return fact

    def _fields(self, info: NameInfo, body: Mapping) -> tuple[tuple[str, Type], ...]:
        """Further fields of an entry; each is a name too, `person.register.place`."""
        fields = mapping_field(body, "fields", self.problems, required=False)
        found: list[tuple[str, Type]] = []
        for entry in fields.entries if fields is not None else ():
            name = entry.key.value
            type_ = self._type(Mapping((entry,), entry.value.at, False), None) if False else None
            text = text_field(fields, name, self.problems) if fields is not None else None
            type_ = None if text is None else read_type(text.value, self.types)
            if text is not None and type_ is None:
                close = nearest(text.value, self.types.all())
                self.problems.add("unknown-name", text.at, name=text.value, nearest=close)
            if type_ is not None:
                found.append((name, type_))
                self._declare(
                    NameInfo(
                        f"{info.key}.{name}",
                        type_,
                        "found",
                        info.varies,
                        f"{info.zh}（{name}）",
                        f"{info.en} ({name})",
                    ),
                    entry.key,
                )
        return tuple(found)

    def _evidence(self, body: Mapping) -> tuple[str, ...]:
        known = self.declared["evidence"]
        found = texts_field(body, "evidence", self.problems)
        for kind in found:
            if kind.value not in known:
                close = nearest(kind.value, known)
                self.problems.add("unknown-name", kind.at, name=kind.value, nearest=close)
        return tuple(kind.value for kind in found)

    def _closes(self, body: Mapping) -> Closes | None:
        closes = mapping_field(body, "closes", self.problems, required=False)
        if closes is None:
            return None
        only(closes, ("value", "conclusion"), self.problems)
        value = word(closes, "value", self.problems)
        target = text_field(closes, "conclusion", self.problems)
        sought = None if target is None else self._conclusion_of(target, "conclusion")
        if value is None or sought is None or sought[1] is None:
            return None
        return Closes(value, sought[0], sought[1])

    def _conclusion_of(self, text: Text, key: str) -> tuple[str, str | None] | None:
        """`charge social-maintenance-fee`: an effect and a conclusion, or an effect alone."""
        effect, _, object_ = text.value.partition(" ")
        if effect not in EFFECTS:
            self.problems.wrong(key, text.at, ", ".join(EFFECTS))
            return None
        if not object_:
            return effect, None
        if object_ not in self.conclusions:
            close = nearest(object_, self.conclusions)
            self.problems.add("unknown-name", text.at, name=object_, nearest=close)
            return None
        return effect, object_

    def _group_names(self, kind: Kind) -> None:
        """The names that come with a derived kind: its members, its date, what is the same."""
        group = kind.groups
        if group is None:
            return
        same = self.names.get(f"{group.of}.{group.same}")
        at = Text(kind.name, kind.at, quoted=False)
        for needed in (f"{group.of}.{group.same}", f"{group.of}.{group.near}"):
            if needed not in self.names:
                self.problems.add(
                    "unknown-name", kind.at, name=needed, nearest=nearest(needed, self.names)
                )
        if group.of not in self.kinds or same is None:
            return
        of = self.kinds[group.of].label
        label = kind.label
        names = [
            (group.members, list_of(entity(group.of)), of.zh, f"{of.en} of the {label.en}"),
            ("date", DATE, f"{label.zh}日期", f"day of the {label.en}"),
            (group.same, same.type, same.zh, same.en),
        ]
        for name, type_, zh, en in names:
            key = f"{kind.name}.{name}"
            self._declare(NameInfo(key, type_, "built-in", "no", zh, en), at)

    # --- formulas --------------------------------------------------------------------------------
    def _announce(self, key: Text, node: Node, origin: Origin) -> None:
        info = self._name(key, node, origin)
        if info is None or not isinstance(node, Mapping):
            return
        only(node, (*NAME_KEYS, "means"), self.problems)
        text = text_field(node, "means", self.problems)
        if text is None:
            return
        kind = info.key.partition(".")[0] if "." in info.key else None
        role_specific = truth(node, "role-specific", self.problems, default=False)
        self.announced.append(_Announced(info, kind, text, role_specific, key.at))

    def _formula(self, announced: _Announced, vocabulary: Vocabulary) -> None:
        kind, info = announced.kind, announced.info
        variables = () if kind is None else subject_words(self.words, kind)
        scope = Scope(vocabulary, {name: entity(kind or "") for name in variables})
        problems = self.problems.within(info.key)
        expression = read_expression(announced.text, scope, problems, info.type)
        if expression is not None:
            self.formulas[info.key] = Formula(
                info, expression, kind, variables, announced.role_specific, announced.at
            )

    def _refuse_cycles(self) -> None:
        reads = {key: keys_read(formula.expression) for key, formula in self.formulas.items()}
        for path in cycles(reads):
            self.problems.add("cycle", self.formulas[path[0]].at, path=" → ".join(path))

    # --- what rules conclude and cases ask -------------------------------------------------------
    def _conclusion(self, key: Text, node: Node) -> ConclusionKind | None:
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        keys = ("effect", "combination", "none", "ladder", "zh", "en", "note")
        only(body, keys, self.problems)
        effect = text_field(body, "effect", self.problems)
        known = None if effect is None else one_of(effect, "effect", EFFECTS, self.problems)
        ladder = text_field(body, "ladder", self.problems, required=False)
        if ladder is not None and ladder.value not in self.types.ladders:
            close = nearest(ladder.value, self.types.ladders)
            self.problems.add("unknown-name", ladder.at, name=ladder.value, nearest=close)
        if known is None:
            return None
        return ConclusionKind(
            name=key.value,
            effect=known,
            combination=choice(body, "combination", COMBINATIONS, self.problems, "unique"),
            none=word(body, "none", self.problems, required=False),
            ladder=None if ladder is None else ladder.value,
            label=labels(body, self.problems),
            at=key.at,
        )

    def _question(self, key: Text, node: Node) -> Question | None:
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        keys = ("about", "supposes", "seeks", "decides", "object", "zh", "en", "note")
        only(body, keys, self.problems)
        about = texts_field(body, "about", self.problems)
        for kind in about:
            if kind.value not in self.words:
                close = nearest(kind.value, self.words)
                self.problems.add("unknown-name", kind.at, name=kind.value, nearest=close)
        seeks = text_field(body, "seeks", self.problems, required=False)
        decides = text_field(body, "decides", self.problems, required=False)
        if decides is not None and decides.value not in self.names:
            close = nearest(decides.value, self.names)
            self.problems.add("unknown-name", decides.at, name=decides.value, nearest=close)
        return Question(
            name=key.value,
            about=tuple(self.words.get(kind.value, kind.value) for kind in about),
            supposes=self._supposed(body),
            seeks=None if seeks is None else self._conclusion_of(seeks, "seeks"),
            decides=None if decides is None else decides.value,
            object=word(body, "object", self.problems, required=False),
            label=labels(body, self.problems),
            at=key.at,
        )

    def _supposed(self, body: Mapping) -> Supposed | None:
        supposes = mapping_field(body, "supposes", self.problems, required=False)
        kind = None if supposes is None else text_field(supposes, "kind", self.problems)
        if supposes is None or kind is None:
            return None
        if kind.value not in self.kinds:
            close = nearest(kind.value, self.kinds)
            self.problems.add("unknown-name", kind.at, name=kind.value, nearest=close)
            return None
        values = [
            (entry.key.value, entry.value.value)
            for entry in supposes.entries
            if entry.key.value != "kind" and isinstance(entry.value, Text)
        ]
        return Supposed(kind.value, tuple(values))

    def _barred(self, key: Text, node: Node) -> Barred | None:
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        only(body, ("zh", "en", "exceptions", "note"), self.problems)
        listed = body.get("exceptions")
        items = listed.items if isinstance(listed, Sequence) else ()
        found = [as_bilingual(item, "exceptions", self.problems) for item in items]
        exceptions = tuple(one for one in found if one is not None)
        return Barred(key.value, labels(body, self.problems), exceptions)

    def _series(self, key: Text, node: Node) -> Series | None:
        body = as_mapping(node, self.problems)
        if body is None:
            return None
        only(body, ("concepts", "statuses", "levels", "zh", "en", "note"), self.problems)
        return Series(
            name=key.value,
            concepts=self._codes(body, "concepts"),
            statuses=self._codes(body, "statuses"),
            levels=words(body, "levels", self.problems),
            label=labels(body, self.problems),
        )

    def _codes(self, body: Mapping, key: str) -> dict[str, Bilingual]:
        """Codes with labels, or a bare list of codes that are their own labels."""
        node = body.get(key)
        if isinstance(node, Mapping):
            return self._enumeration(Text(key, node.at, quoted=False), node) or {}
        return {code: Bilingual(code, code) for code in words(body, key, self.problems)}


def subject_words(words_: dict[str, str], kind: str) -> tuple[str, ...]:
    """The words that name the subject of a formula of a kind: the kind and its roles."""
    return tuple(word for word, known in words_.items() if known == kind)
