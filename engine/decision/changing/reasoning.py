"""What a part of a case comes to, and on what that rests, with some facts supposed otherwise.

    reasoning = Reasoning(evaluation, supposing(case, law.vocabulary), unproved, window)
    looked = reasoning.look(part, {"persons.m.register": "rural"}, reasoning.came(part))
    looked.turns, looked.reason

What one run has computed is taken again in the next where its reason holds: which law governs, too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from engine.decision.changing.contents import Contents, Shared
from engine.decision.changing.differing import Differing, differing_in
from engine.decision.changing.framing import Run, Store, signature
from engine.decision.changing.reasoned import ReasonedWorld
from engine.decision.changing.reasons import Frame, Kept, KeptShelf, Reason, exact, join
from engine.decision.changing.turning import Looked, Moves
from engine.decision.deciding.decide import Evaluation
from engine.decision.deciding.part import Part
from engine.decision.governing.candidates import candidates_of, favourable, result_in
from engine.decision.governing.choice_of_law import Governed, govern
from engine.decision.worlds.explore import Explored, LeafWorlds
from engine.decision.worlds.found import TODAY
from engine.decision.worlds.options import LACKING
from engine.decision.worlds.results import Result, answer_alone
from engine.decision.worlds.setting import Setting
from engine.decision.worlds.supposing import OpenCase, Positions, witness
from engine.decision.worlds.survey import Evaluate, Fork, worlds_of
from engine.inference.undecided import Bounds, Stopped
from engine.values.dates import Window
from engine.values.open_date import Dated
from engine.values.open_number import Open

NEAR: Final = 4
"""With so many laws another is compared, to see what both say alike."""
COMPLETIONS: Final = 128
"""At most so many completions of what is unknown in truth are looked at; beyond it nothing is
certain."""


@dataclass(slots=True)
class Reasoning:
    """The runs of one case. `base`: its setting with every open fact open, on any day from that of
    the decision on."""

    evaluation: Evaluation
    open_case: OpenCase
    base: Setting
    unproved: Mapping[str, tuple[str, ...]]
    _own_contents: Contents = field(init=False)
    """Of the connecting rules, which are the same under any law."""
    _connecting: Store = field(default_factory=dict)
    _governed: KeptShelf = field(default_factory=KeptShelf)
    _shared: Shared = field(default_factory=Shared)
    _stores: dict[Any, Store] = field(default_factory=dict)
    """What was computed, by what connecting rules laid down before and what law was not told."""
    _laws: dict[int, tuple[Contents, Store]] = field(default_factory=dict)
    """By what was kept of which law governs."""
    _alike: dict[Any, tuple[Contents, Store]] = field(default_factory=dict)
    """By what is the same of all that comes to it."""
    _latest: deque[tuple[Governed, Contents]] = field(default_factory=lambda: deque(maxlen=NEAR))
    """The laws that were found last."""
    _runs: dict[Any, Run] = field(default_factory=dict)
    """The runs of the parts that were looked at: what one part has computed serves the others."""
    _worlds: dict[int, ReasonedWorld] = field(default_factory=dict)
    _laws_of_runs: dict[int, Kept] = field(default_factory=dict)
    """By run: which law governs."""

    def __post_init__(self) -> None:
        base = self.base
        self._own_contents = Contents(lambda: base, Shared())

    def came(self, part: Part) -> Came | None:
        """What a part comes to as it is, in the first completion of what is unknown."""
        return self._look(part, {}, None)[0]

    def look(self, part: Part, moves: Moves, came: Came | None) -> Looked:
        """Whether a part comes to anything but `came` where some points are moved.

        What is unknown in truth may be anything. One completion that comes to `came`, or to nothing
        certain, or two that differ, are reason enough that the moves do not turn it.
        """
        found, reason = self._look(part, moves, came)
        return Looked(found is not None and not (came and found.is_same(came)), reason)

    def _look(self, part: Part, moves: Moves, came: Came | None) -> tuple[Came | None, Reason]:
        """What all completions come to, None if they differ; the first if it is what is known."""
        actual: dict[str, Any] = {**self.open_case.actual, TODAY: self.evaluation.case.as_of}
        placed = {
            name: witness(option, actual[name]) if isinstance(option, Bounds | Window) else option
            for name, option in moves.items()
        }
        positions, moved = Positions(actual, placed), frozenset(placed.items())
        effect = part.sought[0] if part.sought else "permit"
        whole: Reason = {}
        first: tuple[Came, Reason] | None = None
        todo: list[Mapping[str, Any]] = [{}]
        for _ in range(COMPLETIONS):
            if not todo:
                break
            completion, reason = todo.pop(), Reason()
            try:
                explored = worlds_of(self._evaluate(part, positions, moved, reason), completion)
            except Fork as fork:
                join(whole, reason)
                if not fork.point.options:
                    return None, reason
                options = reversed(fork.point.options)
                todo += [{**completion, fork.point.name: option} for option in options]
                continue
            join(whole, reason)
            leaf, one = _came(explored.leaves[0], explored, effect, positions)
            if came is None or one.is_same(came):
                return one, reason
            if any(_is_uncertain(visited.result, positions) for visited in leaf.worlds):
                return None, reason
            if first is not None and first[0].forms != one.forms:
                join(reason, first[1])
                return None, reason
            first = first or (one, reason)
        return (None if todo or first is None else first[0]), whole

    def _evaluate(
        self, part: Part, positions: Positions, moved: frozenset[Any], reason: Reason
    ) -> Evaluate:
        def evaluate(assignment: Mapping[str, Any]) -> Result:
            run = self._run(positions, moved, assignment)
            try:
                return self._result(part, run)
            finally:
                join(reason, run.frames[0].reason)

        return evaluate

    def _run(
        self, positions: Positions, moved: frozenset[Any], assignment: Mapping[str, Any]
    ) -> Run:
        """The run of these positions and this assignment, begun anew: other parts have had it."""
        key = (moved, frozenset(assignment.items()))
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = Run(positions, self.unproved, assignment)
        run.frames[:] = [Frame(lean=False)]
        return run

    def _result(self, part: Part, run: Run) -> Result:
        """What a part comes to in a run: as an earlier one came to it, or in a world of its own."""
        contents, store = self._law(run)
        question, key = self.evaluation.question, ("result", part.bearer, part.sought)
        if question.decides:
            return answer_alone(self._world(run, contents, store), question)
        kept = run.kept(key, store, contents)
        if kept is not None:
            known: Result = run.frames[0].takes(key, kept)
            return known
        connecting, world = self.evaluation.base.program, self._world(run, contents, store)
        came: Result = world.as_before(
            key, lambda: _alone(result_in(world, connecting, question, part.bearer, part.sought))
        )
        return came

    def _world(self, run: Run, contents: Contents, store: Store) -> ReasonedWorld:
        world = self._worlds.get(id(run))
        if world is None:
            world = self._worlds[id(run)] = ReasonedWorld(contents.setting, run, store, contents)
        return world

    # --- which law --------------------------------------------------------------------------------
    def _law(self, run: Run) -> tuple[Contents, Store]:
        """What the law of a run says, and what was computed under it and others like it."""
        kept = self._laws_of_runs.get(id(run))
        if kept is None:
            kept = self._laws_of_runs[id(run)] = self._kept_law(run)
        join(run.frames[0].reason, kept.reason)
        if kept.stop is not None:
            raise kept.stop.again()
        found = self._laws.get(id(kept))
        if found is None:
            key = _what_governs(kept.value)
            found = self._alike.get(key)
            if found is None:
                store = self._stores.setdefault(key[1:], {})
                found = self._alike[key] = self._contents(kept.value), store
            self._laws[id(kept)] = found
        return found

    def _kept_law(self, run: Run) -> Kept:
        """Which law governs a run: as an earlier one found it, or found now."""
        kept = self._governed.holding_under(run.positions, run.completion, self._own_contents)
        if kept is None:
            kept = self._govern(run)
            self._governed.add(kept, run.positions)
        return kept

    def _contents(self, governed: Governed) -> Contents:
        """What a law says; what it says like the nearest of those that were found last."""
        base, law = self.base, self.evaluation.law  # nothing below holds what holds it
        relevance = law.relevance(self.evaluation.question)

        def make() -> Setting:
            program = law.program(governed.selected, relevance)
            return base.under(program, governed.governance, governed.preset)

        like: tuple[Contents, Differing] | None = None
        if self._latest:
            chosen = governed.selected
            near, contents = min(self._latest, key=lambda one: len(one[0].selected ^ chosen))
            like = contents, differing_in(near, governed, law, relevance)
        found = Contents(make, self._shared, like)
        self._latest.append((governed, found))
        return found

    def _govern(self, run: Run) -> Kept:
        """Which law governs, as far as it can have to do with the question; it rests on all that
        the connecting rules read."""
        own = Run(run.positions, run.unproved, run.completion)
        connecting = ReasonedWorld(self.base, own, self._connecting, self._own_contents)
        governed, stop = None, None
        try:
            law, question = self.evaluation.law, self.evaluation.question
            governed = govern(connecting, law.texts, question, law.relevance, only_relevant=True)
        except Stopped as stopped:
            stop = stopped.kept()
        return Kept(governed, stop, own.frames[0].reason, own.frames[0].completion, 0)


def _what_governs(found: Governed) -> Any:
    """The same for two findings under which everything else is the same."""
    of_subject, untold = found.governance.of_subject.items(), found.governance.untold
    return (
        frozenset((name, frozenset(effects.items())) for name, effects in of_subject),
        None if untold is None else frozenset(untold.facts.items()),
        frozenset((name, signature(value)) for name, value in found.preset.items()),
    )


def _alone(result: Result) -> Result:
    """A result without its world: kept where that world looks it up, they would hold each other."""
    beside = tuple((sought, replace(other, world=None)) for sought, other in result.beside)
    return replace(result, world=None, beside=beside)


# --- what it came to ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Came:
    """What a part comes to. An amount that rests on a fact that may change is the same as long as
    it is calculated in the same way, or if it comes to the same and no longer rests on any."""

    forms: frozenset[Any]
    """How it is calculated."""
    values: frozenset[Any]
    """What it is where the facts stand."""
    is_fixed: bool
    """Whether nothing of it is calculated from what may change."""

    def is_same(self, before: Came) -> bool:
        """Whether it is no other than before."""
        return self.forms == before.forms or (self.is_fixed and self.values == before.values)


def _came(
    leaf: LeafWorlds, explored: Explored, effect: str, positions: Positions
) -> tuple[LeafWorlds, Came]:
    """The worlds of a leaf that count, and what they come to."""
    one = leaf.worlds[0].result
    if _is_fixed(one) and all(_told(v.result) == _told(one) for v in leaf.worlds[1:]):
        said = (one.status, str(one.value), one.facts)
        same = frozenset([(said, _forms(one.aspects, _unchosen([one])))])
        return leaf, Came(same, same, is_fixed=True)
    unchosen = _unchosen([v.result for v in leaf.worlds])
    is_fixed = all(_is_fixed(v.result) for v in leaf.worlds)
    forms = {id(v.result): _forms(v.result.aspects, unchosen) for v in leaf.worlds}
    if any(point.kind == "law" for point in explored.points.values()):
        placed = tuple(
            replace(v, result=replace(v.result, aspects=_placed(v.result, positions)))
            for v in leaf.worlds
        )
        forms = {
            id(p.result): forms[id(v.result)] for p, v in zip(placed, leaf.worlds, strict=True)
        }
        leaf = replace(leaf, worlds=placed)
        leaf = favourable(leaf, candidates_of(leaf, explored, effect))
    results = [v.result for v in leaf.worlds]
    told = [(one.status, str(one.value), one.facts) for one in results]
    values = [_forms(_placed(one, positions), unchosen) for one in results]
    return leaf, Came(
        frozenset(zip(told, (forms[id(one)] for one in results), strict=True)),
        frozenset(zip(told, values, strict=True)),
        is_fixed,
    )


def _told(result: Result) -> tuple[Any, ...]:
    """What a result tells."""
    return result.status, result.value, result.facts, result.aspects


def _is_fixed(result: Result) -> bool:
    """Whether nothing of a result is calculated from what may change."""
    return not any(isinstance(value, Open | Dated) for _, value in result.aspects)


def _is_uncertain(result: Result, positions: Positions) -> bool:
    """Whether a result leaves its part undetermined: something is lacking, or an amount or a day
    rests on what is unknown in truth, wherever the other facts stand."""
    return result.status in LACKING or any(
        _rests_on_unknown(_put(value, positions), positions) for _, value in result.aspects
    )


def _rests_on_unknown(value: Any, positions: Positions) -> bool:
    match value:
        case Open():
            return any(path not in positions for path in value.paths)
        case Dated():
            return not any(path in positions for path in value.paths)
    return False


def _unchosen(results: list[Result]) -> set[str]:
    """The aspects that are one word, whatever is chosen."""
    said: dict[str, set[Any]] = {}
    for result in results:
        for name, value in result.aspects:
            said.setdefault(name, set()).add(value if isinstance(value, str) else None)
    return {name for name, values in said.items() if len(values) == 1 and None not in values}


def _forms(aspects: tuple[tuple[str, Any], ...], unchosen: set[str]) -> Any:
    """The aspects that make a result another one. A word that nobody chooses is none, unless it is
    what is compared: that a period still runs, or has ended, changes by itself."""
    return tuple(
        (name, _form(value))
        for place, (name, value) in enumerate(aspects)
        if place == 0 or name not in unchosen
    )


def _form(value: Any) -> Any:
    match value:
        case Open():
            return value.form
        case Dated(windows=windows):
            return tuple(name for name, _ in windows)
        case _:
            return str(value)


def _placed(result: Result, positions: Positions) -> tuple[tuple[str, Any], ...]:
    """The aspects of a result where the facts stand."""
    return tuple((name, _put(value, positions)) for name, value in result.aspects)


def _put(value: Any, positions: Positions) -> Any:
    if isinstance(value, Open):
        for path in filter(positions.has, value.paths):
            here = exact(positions[path])
            value = value.with_bounds(path, here.low, here.high)
        low, high = value.low, value.high
        return low if low is not None and low == high else value
    if isinstance(value, Dated) and all(path in positions for path in value.paths):
        return value.of(tuple(positions[path] for path, _ in value.windows))
    return value
