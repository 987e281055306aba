"""Decide a case: which law governs, what every part comes to in every world, and why.

    law = load_law(Path("rulesets"))
    decision = decide(read_case(text, law.vocabulary), law)
    decision.outcome, decision.as_json()

A part is one conclusion for one bearer of what is asked: a charge for each payer, a permit for the
couple that asks. Each part has its own worlds; with nothing unknown and nothing to choose there is
one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from engine.decision.case.groups import doubtful_groups
from engine.decision.case.model import Case, EntityRecord, Found, State
from engine.decision.deciding.bands_told import Told
from engine.decision.deciding.outcome import Decision, assemble
from engine.decision.deciding.part import Part, part_of, told_part
from engine.decision.deciding.sought import sought_of
from engine.decision.governing.candidates import result_in
from engine.decision.governing.choice_of_law import Governed, govern
from engine.decision.governing.law import Law
from engine.decision.words.shown import Shown
from engine.decision.words.suppositions import SUPPOSING
from engine.decision.worlds.explore import LIMIT, Explored, explore
from engine.decision.worlds.first_world import Unsettled
from engine.decision.worlds.found import TODAY
from engine.decision.worlds.goal_directed import GoalDirectedWorld
from engine.decision.worlds.horizon import UNCHANGED, Change, first_change, years_ahead
from engine.decision.worlds.options import surely_undetermined
from engine.decision.worlds.results import Result, Sought, of_bearer, of_name
from engine.decision.worlds.setting import Setting
from engine.decision.worlds.work import Work
from engine.decision.worlds.world import World
from engine.inference.asked import OPEN
from engine.inference.program import Inference
from engine.inference.undecided import GOVERNING, NO_LAW, Point, Undecided, Unproved
from engine.law.undisturbed import undisturbed
from engine.law.vocabulary import Vocabulary
from engine.law.vocabulary_questions import Question
from engine.values.dates import Window


@dataclass(slots=True)
class Evaluation:
    """The worlds of one case, each settled once."""

    case: Case
    law: Law
    question: Question
    inference: Inference
    base: Setting
    work: Work
    only_relevant: bool = False
    """Whether the law that can have to do with the question is enough, and its rules that are asked
    for."""
    worlds: dict[frozenset[tuple[str, Any]], World | Undecided] = field(default_factory=dict)
    governed: dict[int, Governed] = field(default_factory=dict)
    first: World | None = None
    """The world in which nothing is settled, with what it looked up, if the law of it is."""
    looked_for_first: bool = False
    papers_told: dict[str, Shown] = field(default_factory=dict)
    """Papers in words, by their ids."""
    asked: World | None = None
    """The world that was given last, where rules are settled when they are asked for."""
    counted: int = 0
    """How many of its steps were counted."""

    def world(self, assignment: Mapping[str, Any]) -> World:
        """The settled world of an assignment; raises `Undecided` if its law is not settled."""
        key = frozenset(assignment.items())
        if key not in self.worlds:
            try:
                self.worlds[key] = self._settled(assignment)
            except Undecided as stop:
                self.worlds[key] = stop.kept()
        found = self.worlds[key]
        if isinstance(found, Undecided):
            raise found.again()
        if self.only_relevant:
            self._count_asked(found)
        return found

    def _count_asked(self, given: World) -> None:
        """Counts what was asked of the world before the one that is given now."""
        if self.asked is not None:
            self.work.spend(self.asked.steps() - self.counted)
        self.asked, self.counted = given, given.steps()

    def _settled(self, assignment: Mapping[str, Any]) -> World:
        first = self._noting_first() if assignment and not self.only_relevant else None
        if first is None:
            return self._afresh(assignment)
        world = World(first.setting, assignment).settle_after(first)
        self.work.spend(world.steps())
        self.governed[id(world)] = self.governed[id(first)]
        return world

    def _noting_first(self) -> World | None:
        """The first world, run once more with what it looks up noted: a case with one world does
        not pay for it. None where the law is not settled in it."""
        if not self.looked_for_first:
            self.looked_for_first = True
            try:
                world = self._afresh(Unsettled())
            except Undecided:
                return None
            if not any(type(value) in OPEN for value in world.setting.preset.values()):
                self.first = world
        return self.first

    def _afresh(self, assignment: Mapping[str, Any]) -> World:
        connecting, governed = self._governed(assignment)
        selected = governed.selected
        self.work.bring_together(selected)
        relevance = self.law.relevance(self.question) if self.only_relevant else None
        program = self.law.program(selected, relevance)
        plain, also = self.base.program.plain, program.plain
        known = {
            name: value
            for name, value in connecting.memo.items()
            if name[0] in plain and name[0] in also
        }
        setting = self.base.under(program, governed.governance, {**known, **governed.preset})
        kind = GoalDirectedWorld if self.only_relevant else World
        world = kind(setting, assignment).settle()
        world.followed.update(connecting.followed)
        self.work.spend(world.steps())
        self.governed[id(world)] = governed
        return world

    def told_of(self, case: Case) -> list[Told]:
        """What each part would be, were the case another, on the same day under the same law."""
        other = evaluation_of(case, self.law, self.inference, self.base.today, self.work)
        return [told_part(other, part, None) for part in parts_of(other)]

    def _governed(self, assignment: Mapping[str, Any]) -> tuple[World, Governed]:
        """Phase one. What keeps it from telling which law governs cannot be split."""
        connecting = World(self.base, assignment)
        try:
            connecting.settle()
            law, question, only = self.law, self.question, self.only_relevant
            found = govern(connecting, law.texts, question, law.relevance, only_relevant=only)
            return connecting, found
        except Undecided as stop:
            if stop.point.options:
                raise
            facts = stop.point.facts
        except Unproved as stop:
            # A name such as the place, that no connecting rule of the day gives.
            unnamed = stop.gap is None or stop.gap in self.law.vocabulary.names
            facts = stop.facts or frozenset({f"text::{NO_LAW if unnamed else stop.gap}"})
        finally:
            self.work.spend(connecting.steps())
        raise Undecided(Point(GOVERNING, "fact", (), facts))


@undisturbed()
def decide(
    case: Case,
    law: Law,
    *,
    inference: Inference = "rete",
    traced: bool = True,
    ahead: bool = True,
) -> Decision:
    """Decide one case. The same case, law and engine give the same result.

    `ahead`: whether the first day on which the answer is another one is looked for, too.
    """
    question = law.vocabulary.questions[case.question.ask]
    evaluation = evaluation_of(case, law, inference)
    parts = parts_of(evaluation)
    change = _first_change(evaluation, parts) if question.decides and ahead else UNCHANGED
    return assemble(evaluation, parts, change, traced=traced)


def evaluation_of(
    case: Case,
    law: Law,
    inference: Inference,
    today: date | Window | None = None,
    work: Work | None = None,
    *,
    only_relevant: bool = False,
) -> Evaluation:
    """The worlds of a case. `today`: the day of the decision, where it is not that of the case;
    `work`: what is left of the work for an answer of which this is a part; `only_relevant`: where
    no trace is asked for, what can have to do with the question is enough."""
    question = law.vocabulary.questions[case.question.ask]
    setting = _setting(case, law, question, inference, today or case.as_of)
    return Evaluation(case, law, question, inference, setting, work or Work(), only_relevant)


def asked_backwards(case: Case, law: Law, work: Work | None = None) -> Evaluation:
    """The worlds of a case where it matters only what its parts come to: rules are settled when
    they are asked for, and no trace can be told."""
    return evaluation_of(case, law, "reference", work=work, only_relevant=True)


def parts_of(evaluation: Evaluation) -> list[Part]:
    """Every part of what is asked, in all its worlds. Each may take a like share of the work."""
    found = sought_of(evaluation)
    return [
        part_of_bearer(evaluation, bearer, sought, found.cut, len(found.parts) - number)
        for number, (bearer, sought) in enumerate(found.parts)
    ]


def part_of_name(evaluation: Evaluation, key: str, subject: EntityRecord | None) -> Part:
    """The value of a name of an entity, or of the case, in all worlds of a case."""

    def result(assignment: Mapping[str, Any]) -> Result:
        return of_name(evaluation.world(assignment), key, subject)

    bearer = subject.id if subject else "case"
    explored = explore(result, LIMIT, surely_undetermined, evaluation.work.share(1))
    return part_of(evaluation, bearer, None, explored)


def part_of_bearer(
    evaluation: Evaluation, bearer: str, sought: Sought | None, cut: bool = False, parts: int = 1
) -> Part:
    """All worlds of a part, one of so many that are still to come. `cut`: it is not known whether
    there are others."""
    explored = explore(
        lambda assignment: result_of(evaluation, assignment, bearer, sought),
        LIMIT,
        surely_undetermined,
        evaluation.work.share(parts),
    )
    if cut:
        explored = replace(explored, cut=True)
    return part_of(evaluation, bearer, sought, explored)


def result_of(
    evaluation: Evaluation, assignment: Mapping[str, Any], bearer: str, sought: Sought | None
) -> Result:
    """What a part comes to in the world of an assignment; raises `Undecided`."""
    world, question = evaluation.world(assignment), evaluation.question
    return result_in(world, evaluation.base.program, question, bearer, sought)


def _setting(
    case: Case, law: Law, question: Question, inference: Inference, today: date | Window
) -> Setting:
    entities = dict(case.entities)
    by_id = dict(case.by_id)
    about: tuple[EntityRecord, ...]
    if question.supposes:
        asked = [by_id[name] for name in case.question.about if name in by_id]
        supposed = tuple(_supposed(question, couple, today, law.vocabulary) for couple in asked[:1])
        entities[question.supposes.kind] = (*entities.get(question.supposes.kind, ()), *supposed)
        about = supposed
    else:
        named = [case.group_of.get(name) or by_id.get(name) for name in case.question.about]
        about = tuple({record.id: record for record in named if record}.values())
    return Setting(
        case=case,
        today=today,
        vocabulary=law.vocabulary,
        program=law.connecting(case.as_of, question.name),
        governance=None,
        statistics=law.statistics,
        entities=entities,
        by_id=by_id,
        about=about,
        doubtful=doubtful_groups(case, law.vocabulary),
        preset={},
        inference=inference,
    )


def _supposed(
    question: Question, asked: EntityRecord, today: date | Window, vocabulary: Vocabulary
) -> EntityRecord:
    """The entity that a question supposes, of the day of the decision and without members."""
    assert question.supposes is not None
    kind = question.supposes.kind
    facts: dict[str, Any] = {}
    groups = vocabulary.kinds[kind].groups
    if groups is not None:
        facts[f"{kind}.{groups.members}"] = Found(State.KNOWN, (), (), (), "/as_of", TODAY)
    for name, word in question.supposes.values:
        key = f"{kind}.{name}"
        if word == "date":
            facts[key] = Found(State.KNOWN, today, (), (), "/as_of", TODAY)
        else:
            found = asked.facts.get(f"{asked.kind}.{word}")
            if found is not None:
                facts[key] = found
    return EntityRecord(f"{SUPPOSING}{kind}", kind, facts)


def _first_change(evaluation: Evaluation, parts: list[Part]) -> Change:
    """The first day on which, all else equal, the answer is another one."""
    answer = _settled_answer(parts)
    if answer is None or any(part.explored.cut for part in parts):
        return UNCHANGED
    case, question = evaluation.case, evaluation.question
    bearer = case.question.about[0]
    window = years_ahead(case.as_of)
    later = evaluation_of(case, evaluation.law, evaluation.inference, window, evaluation.work)

    def result(assignment: Mapping[str, Any]) -> Result:
        return of_bearer(later.world(assignment), question, bearer, None)

    def is_same(explored: Explored) -> bool:
        return _settled_answer([part_of(later, bearer, None, explored)]) == answer

    return first_change(window, result, is_same, evaluation.work.share(1))


def _settled_answer(parts: list[Part]) -> tuple[Any, ...] | None:
    """What all that was visited comes to alike."""
    answers = {options.identity for part in parts for options in part.options}
    return tuple(answers) if len(answers) == 1 else None
