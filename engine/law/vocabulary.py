"""The words of the law: kinds of entities, facts, relations, terms, conclusions, questions.

All files of `rulesets/vocabulary/` together are one `Vocabulary`, immutable. It answers what the
parser of expressions asks (`engine.language.types.Names`) and gives every code its labels.

    vocabulary, problems = load_vocabulary(Path("rulesets/vocabulary"))
    vocabulary.kind_of("parent")                     # 'person'
    vocabulary.of_kind("person", "register").type    # code of register
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.language.diagnostics import Bilingual, Diagnostic, Language
from engine.language.expression import Expression
from engine.language.node import Position
from engine.language.types import DATE, NameInfo, Type, entity, list_of
from engine.law.aspects import ASPECTS, LABELS
from engine.law.bounds import BackTo, Fits, Follows, NotBefore, RulesOut
from engine.law.vocabulary_questions import Question

Combination = Literal["unique", "sum", "collect", "heaviest"]
Labels = Mapping[str, Bilingual]

ASSESSMENT = "assessment"
"""What every case has: its assessment, with one name."""
DECISION_DAY = f"{ASSESSMENT}.date"
"""The day of the real or supposed decision."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A kind that is derived: entities of another kind with the same value and near dates."""

    of: str
    """The kind that is grouped: `child`."""
    members: str
    """The name of the group's members: `children`."""
    same: str
    """The fact that must be the same: `parents`."""
    near: str
    """The date that must be near: `born`."""
    days: int
    unless: str | None
    """A boolean fact; entities for which it is true belong to no group."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A kind that is derived: one entity for each entity of one kind with each of another, as a
    ship in a season. The names are those under which an entity has the two."""

    first: str
    first_kind: str
    second: str
    second_kind: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Entities of a kind with the same value of `same` share no day from `first` to `last`: what is
    counted in two seasons is counted twice. All three are facts of the kind."""

    same: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity. `section` is where a case lists them, None for a derived kind."""

    name: str
    section: str | None
    roles: tuple[str, ...]
    label: Bilingual
    listed: str | None
    """The key of the section that says whether all are listed (`all`, `some`)."""
    groups: Grouping | None
    pairs: Pairs | None
    apart: Apart | None
    party: tuple[str, ...] | None
    """The facts that name whose matter an entity is: who takes a leave. None: it is a party
    itself; empty: nobody is."""
    joins: str | None
    """A day, where an entity has it, before which the entity is no part of the case: a child that
    was adopted."""
    at: Position

    @property
    def made_of(self) -> tuple[str, ...]:
        """The kinds that a case lists for it: those it is derived from, or itself."""
        if self.groups is not None:
            return (self.groups.of,)
        if self.pairs is not None:
            return (self.pairs.first_kind, self.pairs.second_kind)
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Closes:
    """A value of a fact that closes a conclusion: no ground was claimed or found."""

    value: str
    effect: str
    object: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A name whose value is found in the case."""

    info: NameInfo
    main: str
    """The field of an entry that is the value; `true`: the fact is true while the entry lasts."""
    fields: tuple[tuple[str, Type], ...]
    """Further fields of an entry."""
    many: bool
    """Several values may hold at a time; the type is a list."""
    question: Bilingual | None
    evidence: tuple[str, ...]
    burden: Literal["party", "authority"]
    reverse: str | None
    """What the fact counts as while it is not established; None: the norm is not applied."""
    suggest: bool
    closes: Closes | None
    not_before: tuple[NotBefore, ...]
    """Other days that a day is not before."""
    fits: tuple[Fits, ...]
    """Other facts of the entity with which not every value goes."""
    rules_out: tuple[RulesOut, ...]
    """Values of other facts of the entity that a day, once it has come, leaves no room for."""
    follows: tuple[Follows, ...]
    """Fields that others give where the case says nothing."""
    back_to: BackTo | None
    down_to_county: bool
    """Its places are to be those of a county or of less: one above only says where it lies."""
    """How far the first entry of a history reaches back."""
    instead_of: str | None
    """The key of another fact of the entity: it has one of the two, and not the other."""
    role_specific: bool
    at: Position

    @property
    def unit(self) -> str | None:
        """What a number counts."""
        return self.info.type.about if self.info.type.base == "number" else None


@dataclass(frozen=True, slots=True)
class Formula:
    """A relation or a term. `variables` name its subject: the kind and its roles, or nothing."""

    info: NameInfo
    expression: Expression
    kind: str | None
    variables: tuple[str, ...]
    role_specific: bool
    reads: frozenset[str]
    """What it depends on, as `engine.language.dependencies` says it."""
    at: Position


@dataclass(frozen=True, slots=True)
class ConclusionKind:
    """What rules conclude, and how several conclusions for one bearer are combined."""

    name: str
    effect: str
    combination: Combination
    for_each: str | None
    """The kind of entity each of which has a conclusion of its own: those about several are not
    combined but stand side by side."""
    none: str | None
    """What is concluded where a complete list has nothing: `none-due`."""
    ladder: str | None
    """The ladder of measures that a sanction takes its steps from."""
    label: Bilingual
    at: Position


@dataclass(frozen=True, slots=True)
class Barred:
    """A fact or a section that no case may hold, with the reason and its exceptions."""

    name: str
    reason: Bilingual
    exceptions: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A series of statistics: what a figure of it is addressed by."""

    name: str
    concepts: Labels
    statuses: Labels
    levels: tuple[str, ...]
    label: Bilingual
    breaks: tuple[tuple[int, Bilingual], ...] = ()
    """Years in which it was counted in two ways, which are not to be joined."""


@dataclass(frozen=True, slots=True)
class ImpliedPair:
    """Two entities named by `parents` of one kind are a pair: `kind`, with the fact `partners`."""

    kind: Kind
    partners: str
    parents: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the rulesets may speak of. `names` holds each name under its canonical key."""

    kinds: Mapping[str, Kind]
    names: Mapping[str, NameInfo]
    facts: Mapping[str, Fact]
    formulas: Mapping[str, Formula]
    enumerations: Mapping[str, Labels]
    ladders: Mapping[str, Labels]
    conclusions: Mapping[str, ConclusionKind]
    questions: Mapping[str, Question]
    evidence: Labels
    issuers: Labels
    excluded: Mapping[str, Barred]
    series: Mapping[str, Series]
    places: Mapping[str, Position]
    """Where each name is declared."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Kinds and roles, each with its kind."""
    sections: Mapping[str, str] = field(init=False)
    """The kind whose entities a section of a case lists, by section."""
    facts_of: Mapping[str, Mapping[str, tuple[str, Fact]]] = field(init=False)
    """By kind, its facts by their names there, each with its key."""
    grouped: tuple[tuple[Kind, Grouping], ...] = field(init=False)
    """The kinds that group entities of another one."""
    implied: tuple[ImpliedPair, ...] = field(init=False)
    """Pairs that a case need not list."""
    ordered: tuple[tuple[str, str, NotBefore], ...] = field(init=False)
    """Days that are not to lie before others: the kind and the key of each, and the other."""
    instead: Mapping[str, str] = field(init=False)
    """Facts of which an entity has one or the other, each with the other."""
    instead_of: tuple[tuple[str, str, str], ...] = field(init=False)
    """The same by kind: the fact that stands in the place of the other, and that other."""
    fitting: tuple[tuple[str, Fact], ...] = field(init=False)
    """Facts whose values go with those of others, each with its kind."""
    settings: Mapping[str, NameInfo] = field(init=False)
    """What rules define for the case as a whole, and a case may say in their place."""
    ruled_out: tuple[tuple[str, str, RulesOut], ...] = field(init=False)
    """What a day leaves no room for: the kind and the key of each day, and what it rules out."""

    def __post_init__(self) -> None:
        kinds = self.kinds.values()
        facts_of: dict[str, dict[str, tuple[str, Fact]]] = {kind: {} for kind in self.kinds}
        for key, fact in self.facts.items():
            kind, _, name = key.partition(".")
            facts_of.setdefault(kind, {})[name] = key, fact
        ordered = ((key, other) for key, fact in self.facts.items() for other in fact.not_before)
        of_kind = [(key.partition(".")[0], key, fact) for key, fact in self.facts.items()]
        pairs = [(kind, key, one.instead_of) for kind, key, one in of_kind if one.instead_of]
        of_case = ((name, self.names[name]) for name in self.names_of(None))
        for name, value in (
            ("instead", {one: other for _, a, b in pairs for one, other in ((a, b), (b, a))}),
            ("instead_of", tuple(pairs)),
            ("fitting", tuple((kind, fact) for kind, _, fact in of_kind if fact.fits)),
            ("settings", {name: info for name, info in of_case if info.origin == "defined"}),
            ("sections", {kind.section: kind.name for kind in kinds if kind.section}),
            ("facts_of", facts_of),
            ("grouped", tuple((kind, kind.groups) for kind in kinds if kind.groups)),
            ("implied", tuple(_implied_pairs(self))),
            ("ordered", tuple((key.partition(".")[0], key, other) for key, other in ordered)),
            ("ruled_out", tuple(_ruled_out(self))),
        ):
            object.__setattr__(self, name, value)

    # --- Names, for the parser of expressions ---------------------------------------------------
    def kind_of(self, word: str) -> str | None:
        """The kind that a word names, itself or as a role."""
        return self.words.get(word)

    def of_case(self, name: str) -> NameInfo | None:
        """A name that belongs to the case as a whole."""
        return self.names.get(name) if self._is_of_case(name) else None

    def of_kind(self, kind: str, name: str) -> NameInfo | None:
        """A name of a kind of entity, or a further field of one of its facts."""
        return self.names.get(f"{kind}.{name}")

    def codes(self, enumeration: str) -> Sequence[str]:
        """The codes of an enumeration, in its order; empty if there is none.

        Also the words of `issuers`, of `series` and of each series: `income.concept`,
        `income.status`, `income.level`.
        """
        return tuple(self._coded(enumeration))

    def ladder(self, name: str) -> Sequence[str]:
        """The steps of a ladder, lightest first; empty if there is none."""
        return tuple(self.ladders.get(name, ()))

    def names_of(self, kind: str | None) -> Sequence[str]:
        """All names of a kind (None: of the case), without the kind."""
        if kind is None:
            return [key for key in self.names if self._is_of_case(key)]
        return [key.removeprefix(f"{kind}.") for key in self.names if key.startswith(f"{kind}.")]

    def _coded(self, enumeration: str) -> Labels:
        """The codes of an enumeration with their labels."""
        if enumeration in self.enumerations:
            return self.enumerations[enumeration]
        if enumeration == "issuers":
            return self.issuers
        if enumeration == "series":
            return {name: series.label for name, series in self.series.items()}
        name, _, part = enumeration.partition(".")
        series = self.series.get(name)
        if series is None:
            return {}
        if part == "level":
            return {level: Bilingual(level, level) for level in series.levels}
        return {"concept": series.concepts, "status": series.statuses}.get(part, {})

    def _is_of_case(self, key: str) -> bool:
        """A relation of the case may be called as a kind is: `couple`, the couple asked about."""
        head, stop, _ = key.partition(".")
        return not stop or head not in self.words

    # --- what reading a ruleset asks ------------------------------------------------------------
    def ladder_of(self, conclusion: str) -> str | None:
        """The ladder that a sanction of this name takes its steps from, if any."""
        found = self.conclusions.get(conclusion)
        return None if found is None else found.ladder

    # --- labels ---------------------------------------------------------------------------------
    def name_label(self, key: str, language: Language) -> str:
        """The label of a name by its canonical key; KeyError if there is none."""
        info = self.names[key]
        return info.zh if language == "zh" else info.en

    def code_label(self, enumeration: str, code: str, language: Language) -> str:
        """The label of a code; KeyError if there is none."""
        return self._coded(enumeration)[code].of(language)

    def step_label(self, ladder: str, step: str, language: Language) -> str:
        """The label of a step of a ladder; KeyError if there is none."""
        return self.ladders[ladder][step].of(language)

    def kind_label(self, word: str, language: Language) -> str:
        """The label of a kind, of the kind of a role, or of a conclusion whose results are read;
        KeyError if there is none."""
        if word in self.conclusions and word not in self.words:
            return self.conclusions[word].label.of(language)
        return self.kinds[self.words[word]].label.of(language)

    def conclusion_label(self, name: str, language: Language) -> str:
        """The label of a conclusion; KeyError if there is none."""
        return self.conclusions[name].label.of(language)

    def question_label(self, name: str, language: Language) -> str:
        """The label of a question; KeyError if there is none."""
        return self.questions[name].label.of(language)

    def evidence_label(self, kind: str, language: Language) -> str:
        """The label of a kind of evidence; KeyError if there is none."""
        return self.evidence[kind].of(language)

    def issuer_label(self, issuer: str, language: Language) -> str:
        """The label of an issuer of evidence; KeyError if there is none."""
        return self.issuers[issuer].of(language)


def _ruled_out(vocabulary: Vocabulary) -> Iterator[tuple[str, str, RulesOut]]:
    """What days rule out, and of a fact that a day turned what it was until then."""
    for key, fact in vocabulary.facts.items():
        kind, _, name = key.partition(".")
        turned = fact.info.turned_by
        if turned is not None:
            yield kind, f"{kind}.{turned.day}", RulesOut(name, turned.before)
        for other in fact.rules_out:
            yield kind, key, other


def _implied_pairs(vocabulary: Vocabulary) -> Iterator[ImpliedPair]:
    """A question that supposes a group for an entity says what pair the group comes from.

    A birth is supposed with `parents: partners`: the parents of children are the partners of a
    couple.
    """
    seen = set()
    for question in vocabulary.questions.values():
        supposed = question.supposes
        grouping = vocabulary.kinds[supposed.kind].groups if supposed is not None else None
        if supposed is None or grouping is None:
            continue
        for asked in question.about:
            for name, word in supposed.values:
                partners = f"{asked}.{word}"
                if name == grouping.same and partners in vocabulary.facts and partners not in seen:
                    seen.add(partners)
                    parents = f"{grouping.of}.{grouping.same}"
                    yield ImpliedPair(vocabulary.kinds[asked], partners, parents)


def built_in_names(kinds: Mapping[str, Kind]) -> dict[str, NameInfo]:
    """What every case has: what is asked about, the day of the decision, all entities of a kind."""
    names = {
        "about": _built_in("about", list_of(Type("entity")), "所问的对象", "what is asked about"),
        DECISION_DAY: _built_in(DECISION_DAY, DATE, "作出决定之日", "the day of the decision"),
    }
    for kind in kinds.values():
        key = f"every_{kind.name}"
        label = kind.label
        names[key] = _built_in(
            key,
            list_of(entity(kind.name)),
            f"案中的每个{label.zh}",
            f"every {label.en} of the case",
        )
    return names


def result_names(conclusion: ConclusionKind) -> dict[str, NameInfo]:
    """What rules may read of a result of this kind: `results_of(late-fee, of=reader)` gives
    entities of the kind `late-fee`, each with an `amount`."""
    found: dict[str, NameInfo] = {}
    for aspect, type_ in ASPECTS[conclusion.effect].items():
        if type_.base == "step" and conclusion.ladder is None:
            continue
        of = Type("step", conclusion.ladder) if type_.base == "step" else type_
        key, label = f"{conclusion.name}.{aspect}", LABELS[aspect]
        found[key] = _built_in(key, of, label.zh, label.en)
    return found


def _built_in(key: str, type: Type, zh: str, en: str) -> NameInfo:
    return NameInfo(key, type, "built-in", "no", zh, en)


def load_vocabulary(folder: Path) -> tuple[Vocabulary | None, list[Diagnostic]]:
    """The vocabulary of a folder of YAML files; None where a problem is an error.

    Every problem of every file is reported, in the order of the text.
    """
    # Imported here because the reader builds what this module declares.
    from engine.law.vocabulary_reader import read_folder

    return read_folder(folder)
