"""What to ask next: the unknown fact that settles most, cheapest evidence first.

    found = next_question(case, law)
    found.fact, found.as_json()["question"]["answers"]     # what each answer would decide
    case = read_case_data(answered(canonical_case(case, words), words, found.fact, True), words)

A fact is asked only if it can matter: two answers to it, all else equal, lead to different results.
When there is none left the answer is the decision. Nothing is remembered between two questions: the
case says what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import combinations, islice
from typing import Any, Final

from engine.decision.case.model import Case
from engine.decision.deciding.coming import came
from engine.decision.deciding.decide import Evaluation, decide, evaluation_of, result_of
from engine.decision.deciding.part import Part, fact_named, is_text, part_of, told_part
from engine.decision.deciding.sought import sought_of
from engine.decision.governing.law import Law
from engine.decision.words.answering import (
    answer_order,
    evidence_of,
    fact_at,
    is_settled,
    told_answer,
    told_fact,
)
from engine.decision.words.suppositions import Suppositions
from engine.decision.worlds.explore import Explored, LeafWorlds, apart, explore
from engine.decision.worlds.forks import facts_compared, is_sign
from engine.decision.worlds.options import surely_differ, surely_undetermined
from engine.decision.worlds.results import Result, Sought
from engine.decision.worlds.survey import Surveyed, survey
from engine.inference.program import Inference
from engine.law.undisturbed import undisturbed

Told = dict[str, Any]
Projection = tuple[tuple[str, Any], ...]
"""What a leaf says of one fact: its points with the options taken."""

_UNSETTLED: Final = "unsettled"
"""What a completion comes to that has to be split further."""
PROOF: Final = 1024
"""Where no two leaves differ, so many worlds are visited to see whether all agree."""
MOST_ANSWERS: Final = 24
"""So many answers of a question are told with what they decide."""


@dataclass(frozen=True, slots=True)
class Interview:
    """The next question, or the decision when nothing that could matter is left to ask."""

    fact: str | None
    content: Mapping[str, Any]

    def as_json(self) -> Told:
        """The form `questions/1`."""
        return dict(self.content)


@dataclass(frozen=True, slots=True)
class Open:
    """A part that is not determined, in the leaves that were reached."""

    part: Part
    surveyed: Surveyed
    told: Told
    identities: Mapping[int, Any]
    """What each leaf comes to, by its id."""

    @property
    def leaves(self) -> tuple[LeafWorlds, ...]:
        """The leaves, and the completions that were not looked at any further."""
        return self.part.explored.leaves + self.surveyed.frontier

    def facts_of(self, name: str) -> tuple[str, ...]:
        """The facts that a point is about; texts are none."""
        points = (self.part.explored.points, self.surveyed.explored.points)
        facts = next(found[name].facts for found in points if name in found)
        return tuple(sorted({fact_named(one) for one in facts if not is_text(one)}))

    def came_to(self, leaf: LeafWorlds) -> Any:
        """What a leaf comes to, as a value that can be compared; a text that it lacks is one."""
        found = self.identities.get(id(leaf), _UNSETTLED)
        if leaf.open is None:
            return found
        return leaf.open.facts if all(map(is_text, leaf.open.facts)) else _UNSETTLED

    def said_of(self, leaf: LeafWorlds, fact: str) -> Projection:
        """What a leaf says of a fact."""
        return tuple(
            (name, option)
            for name, option in leaf.completion.items()
            if fact in self.facts_of(name)
        )


@undisturbed()
def next_question(
    case: Case,
    law: Law,
    *,
    skip: frozenset[str] = frozenset(),
    inference: Inference = "rete",
) -> Interview:
    """The best next question of a case; `skip`: facts that nobody can find out."""
    evaluation = evaluation_of(case, law, inference)
    opens = [one for one in surveyed(evaluation) if one is not None]
    content: Told = {
        "schema": "questions/1",
        "done": False,
        "asked": {"ask": case.question.ask, "about": list(case.question.about)},
        "as_of": case.as_of.isoformat(),
        "question": None,
        "open": [{"bearer": o.part.bearer, "missing": o.told.get("missing", [])} for o in opens],
    }

    def left_out(fact: str) -> bool:
        return fact in skip or is_settled(case, fact)

    candidates = {fact for one in opens for fact in _mattering(one, left_out) if not left_out(fact)}
    if not candidates:
        decision = decide(case, law, inference=inference)
        done = {"done": True, "outcome": decision.outcome, "decision": decision.as_json()}
        return Interview(None, content | done)
    candidates -= {fact for fact in candidates if _may_be_ruled_out(law, fact) & candidates}
    fact = min(candidates, key=partial(_rank, law, opens))
    content["outcome"] = "undetermined"
    content["question"] = told_fact(law, case, fact) | {
        "settles": _settles(opens, fact),
        "answers": list(answers_to(evaluation, opens, fact)),
    }
    return Interview(fact, content)


# --- what is open ---------------------------------------------------------------------------------
def surveyed(evaluation: Evaluation) -> Iterator[Open | None]:
    """Each part that is asked about, None if it is determined."""
    found = sought_of(evaluation)
    for number, (bearer, sought) in enumerate(found.parts):
        is_done = evaluation.work.share(len(found.parts) - number)
        yield _surveyed_part(evaluation, bearer, sought, found.cut, is_done)


def _surveyed_part(
    evaluation: Evaluation,
    bearer: str,
    sought: Sought | None,
    cut: bool,
    is_done: Callable[[], bool],
) -> Open | None:
    def result(assignment: Mapping[str, Any]) -> Result:
        return result_of(evaluation, assignment, bearer, sought)

    found = survey(result, surely_differ, is_done)
    explored = found.explored
    if not found.complete and not found.differing:  # it may be determined after all
        explored = explore(result, PROOF, surely_undetermined, is_done)
    if cut:
        explored = replace(explored, cut=True)
    part = part_of(evaluation, bearer, sought, explored)
    told = told_part(evaluation, part, None)
    if told["outcome"] != "undetermined":
        return None
    pairs = zip(part.explored.leaves, part.options, strict=True)
    return Open(part, found, told, {id(leaf): options.identity for leaf, options in pairs})


def _mattering(one: Open, skip: Callable[[str], bool]) -> set[str]:
    """The facts of which it is known that they can matter. `skip`: which are not asked for.

    Two leaves that come to different options and exclude each other by one fact alone show that it
    does: whatever else is so, both are reached by answers to it. Where all leaves are known there
    are always two such, unless what a leaf comes to is itself open.
    """
    found: set[str] = set()
    came = [(leaf, one.came_to(leaf)) for leaf in one.part.explored.leaves]
    for leaf, options in zip(one.part.explored.leaves, one.part.options, strict=True):
        own = leaf.open.facts if leaf.open else options.facts
        own |= {fact for identity in options.identity for fact in identity.facts}
        found |= {fact_named(fact) for fact in own if not is_text(fact)}
    fewest: tuple[str, ...] = ()
    for (leaf, it), (other, others) in combinations(came, 2):
        if it == others:
            continue
        parting = _parting(one, leaf, other)
        if len(parting) == 1:
            found |= parting
        elif parting and (not fewest or len(parting) < len(fewest)):
            fewest = tuple(sorted(parting))
    if not any(not skip(fact) for fact in found) and not one.surveyed.complete:
        # Too much is unknown to have seen two answers to one fact: what is read first is asked.
        found |= set(fewest[:1]) or _first_read(one, skip)
    return found


def _parting(one: Open, leaf: LeafWorlds, other: LeafWorlds) -> set[str]:
    """The facts by which two leaves exclude each other."""
    return {
        fact
        for name, option in leaf.completion.items()
        if name in other.completion and apart(option, other.completion[name])
        for fact in one.facts_of(name)
    }


def _first_read(one: Open, skip: Callable[[str], bool]) -> set[str]:
    """The fact that is read before all others, of those that can be asked for."""
    read = (fact for leaf in one.leaves for name in leaf.completion for fact in one.facts_of(name))
    return set(islice((fact for fact in read if not skip(fact)), 1))


# --- which is best --------------------------------------------------------------------------------
def _rank(law: Law, opens: Sequence[Open], fact: str) -> tuple[Any, ...]:
    """Fewest leaves left over its answers on average, then in all; then the cheapest evidence.

    Not in the worst case: an answer that settles all is worth more than two that leave half.
    """
    left = [_left(one, fact) for one in opens]
    average = sum(Fraction(sum(counts), len(counts)) for counts in left)
    return average, sum(sum(counts) for counts in left), _price(law, fact), fact


def _may_be_ruled_out(law: Law, fact: str) -> set[str]:
    """The facts of the same entity that rule out a day: whether a child is adopted comes before the
    day of the adoption."""
    known = fact_at(law, fact)
    return {f"{fact.rpartition('.')[0]}.{one.other}" for one in (known.rules_out if known else ())}


def _left(one: Open, fact: str) -> list[int]:
    """For each answer how many leaves are left that may differ; 0 where the part is settled."""
    said = {one.said_of(leaf, fact) for leaf in one.leaves}
    counts = [_count(one, projection) for projection in said if projection]
    return counts or [len(one.leaves)]


def _count(one: Open, projection: Projection) -> int:
    left = _compatible(one, projection)
    return len(left) if _differ(one, left) else 0


def _compatible(one: Open, projection: Projection) -> list[LeafWorlds]:
    """The leaves that an answer leaves possible."""
    return [
        leaf
        for leaf in one.leaves
        if not any(
            name in leaf.completion and apart(option, leaf.completion[name])
            for name, option in projection
        )
    ]


def _differ(one: Open, leaves: Sequence[LeafWorlds]) -> bool:
    came = {one.came_to(leaf) for leaf in leaves}
    return len(came) > 1 or _UNSETTLED in came


def _price(law: Law, fact: str) -> int:
    """How hard a fact is to prove: the place of its easiest paper in the vocabulary, which lists
    first what everybody has at hand; what needs no paper comes before all."""
    order = list(law.vocabulary.evidence)
    places = [order.index(kind) + 1 for kind in evidence_of(law, fact) if kind in order]
    return min(places) if places else (len(order) + 1 if fact_at(law, fact) is None else 0)


def _settles(opens: Sequence[Open], fact: str) -> bool:
    """Whether every answer to it settles every part."""
    return all(max(_left(one, fact)) == 0 for one in opens)


# --- what each answer decides ---------------------------------------------------------------------
def answers_to(evaluation: Evaluation, opens: Sequence[Open], fact: str) -> Iterator[Told]:
    """What each answer would come to: for each part the outcomes that are then possible."""
    said = {one.said_of(leaf, fact) for one in opens for leaf in one.leaves}
    projections = [p for p in said if p and not any(_within(q, p) for q in said if q)]
    in_order = sorted(projections, key=partial(answer_order, evaluation.law, fact))
    for projection in in_order[:MOST_ANSWERS]:
        yield {
            "answer": _told_answer(evaluation.law, fact, projection),
            "parts": [_then(evaluation, one, projection) for one in opens],
        }


def _told_answer(law: Law, fact: str, said: Projection) -> list[Told]:
    """An answer; where several facts are compared as one number, on which side it is, in words."""
    signs = [one for one in said if is_sign(one[0])]
    told = told_answer(law, fact, [one for one in said if one not in signs])
    for one in signs:
        zh, en = Suppositions(law, ()).world(dict([one]))
        told.append({"text": {"zh": zh, "en": en}, "compared": facts_compared(one[0])})
    return told


def _within(one: Projection, other: Projection) -> bool:
    """Whether an answer says all that another says, and more."""
    return set(other) < set(one)


def _then(evaluation: Evaluation, one: Open, projection: Projection) -> Told:
    known = {id(leaf) for leaf in one.part.explored.leaves}
    compatible = _compatible(one, projection)
    left = [leaf for leaf in compatible if id(leaf) in known]
    whole = len(left) == len(compatible)
    explored = Explored(tuple(left), one.part.explored.points, not whole)
    told = told_part(
        evaluation, part_of(evaluation, one.part.bearer, one.part.sought, explored), None
    )
    outcome = told["outcome"] if left else "undetermined"
    return {"bearer": one.part.bearer} | came(
        evaluation.law.vocabulary, told | {"outcome": outcome}
    )
