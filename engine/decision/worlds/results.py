"""What one world comes to for one bearer: one conclusion, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from engine.decision.case.model import EntityRecord
from engine.decision.worlds.concluded import Aspects, concluded, day_before, end_of_all, until
from engine.decision.worlds.standing import grounds, opened
from engine.decision.worlds.weight import heavier
from engine.decision.worlds.world import World
from engine.inference.asked import OPEN
from engine.inference.effects import RANKS
from engine.inference.program import ProgramRule
from engine.inference.undecided import Contradiction, Refusal, Stopped, Undecided, Unproved
from engine.language.ruleset import Charge, Lapse, Refuse
from engine.law.aspects import STANDS
from engine.law.vocabulary import ConclusionKind
from engine.law.vocabulary_questions import Question
from engine.values.truth import TRUE

StatusWord: TypeAlias = Literal[
    "stands", "none", "refused", "answer", "lacking", "conflict", "absent"
]
TIMED: Final = frozenset({"grant", "status"})
"""Effects whose conclusions last: one that lapses from a day stands until the day before."""
ADDED: Final = frozenset({"amount", "total", "period", "duration", "length"})
"""Aspects that add up where conclusions are summed."""
Sought: TypeAlias = tuple[str, str]
"""An effect and a conclusion: `("charge", "late-fee")`."""


@dataclass(frozen=True, slots=True)
class Result:
    """One world's result.

    `aspects`: of what `stands`, the one that is compared first; `value`: of an `answer`, or what
    conflicts; `reason`: of `refused`; `facts`: what is lacking, found facts and names of texts;
    `rules`: those it rests on, in the world's program; `wanting`: those whose conclusion is
    lacking something; `lapsed`: how far a lapse ended it.
    """

    status: StatusWord
    aspects: tuple[tuple[str, Any], ...] = ()
    value: Any = None
    reason: tuple[str, str] | None = None
    facts: frozenset[str] = frozenset()
    rules: tuple[int, ...] = ()
    wanting: tuple[int, ...] = ()
    grounds: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    postponed: tuple[str, ...] = ()
    lapsed: str | None = None
    world: World | None = None
    beside: tuple[tuple[Sought, Result], ...] = ()
    """Where candidate laws are compared as wholes: what else comes of the same world."""

    @property
    def compared(self) -> Any:
        """The aspect that results are compared by; None if there is none."""
        return self.aspects[0][1] if self.aspects else None


def of_bearer(world: World, question: Question, bearer: str, sought: Sought | None) -> Result:
    """What is asked, for one bearer, in one world; raises `Undecided`."""
    if not world.setting.about:
        return Result("absent", world=world)
    if question.decides:
        return _answer(world, question)
    if sought is None:
        if world.setting.untold is not None:
            world.setting.untold.check(world.setting.by_id.get(bearer))
        return Result("none", world=world)
    return _Concluding(world, sought, bearer).result()


def of_name(world: World, key: str, subject: EntityRecord | None) -> Result:
    """The value of a name of an entity or of the case, in one world; raises `Undecided`."""
    try:
        value = world.name(key, subject)
    except Unproved as stop:
        gaps = frozenset({f"text::{stop.gap}"}) if stop.gap else frozenset[str]()
        return Result("lacking", facts=stop.facts | gaps, world=world)
    except Refusal as stop:
        return Result("refused", reason=(stop.zh, stop.en), rules=(stop.rule,), world=world)
    except Contradiction as stop:
        return _in_conflict(stop, world)
    rules = world.setting.program.definers.get(key, ())
    return Result("stands", aspects=(("value", value),), rules=rules, world=world)


def answer_alone(world: World, question: Question) -> Result:
    """The answer to a question that decides, without its grounds; raises `Undecided`."""
    assert question.decides is not None
    if not world.setting.about:
        return Result("absent", world=world)
    subject = world.setting.about[0]
    program = world.setting.program
    try:
        value = world.name(question.decides, subject)
    except Unproved as stop:
        gaps = frozenset({f"text::{stop.gap}"}) if stop.gap else frozenset[str]()
        if stop.gap and not program.definers.get(stop.gap):
            return Result("absent", world=world)
        return Result("lacking", facts=stop.facts | gaps, world=world)
    except Contradiction as stop:
        return _in_conflict(stop, world)
    except Refusal as stop:
        return Result("refused", reason=(stop.zh, stop.en), rules=(stop.rule,), world=world)
    return Result("answer", value=value, world=world)


def _in_conflict(stop: Contradiction, world: World) -> Result:
    return Result("conflict", value=stop.kept(), rules=stop.rules, world=world)


def _answer(world: World, question: Question) -> Result:
    alone = answer_alone(world, question)
    if alone.status != "answer":
        return alone
    assert question.decides is not None
    subject = world.setting.about[0]
    program = world.setting.program
    found, _ = grounds(world, subject)
    bars = _applying(world, "forbid", subject)
    standing = [program.rules[i].rule.local for i, _ in found]
    postponed = _applying(world, "postpone", subject) if any(p for _, p in found) else ()
    rules = [i for i, _ in found]
    definers = program.definers.get(question.decides, ())
    return Result(
        "answer",
        value=alone.value,
        rules=(*definers, *rules),
        grounds=tuple(sorted(standing)),
        bars=bars,
        postponed=postponed,
        world=world,
    )


def _surely(world: World, index: int, subject: EntityRecord) -> bool:
    try:
        return world.applies(index, subject)
    except Undecided:
        return False


def _applying(world: World, effect: str, subject: EntityRecord) -> tuple[str, ...]:
    """The local names of the rules with an effect that surely apply."""
    program = world.setting.program
    return tuple(
        sorted(
            program.rules[i].rule.local for i in world.having(effect) if _surely(world, i, subject)
        )
    )


class _Concluding:
    """The conclusions of one kind for one bearer, ended or combined into one result."""

    def __init__(self, world: World, sought: Sought, bearer: str) -> None:
        self.world = world
        self.effect, self.what = sought
        self.bearer = bearer
        self.kind: ConclusionKind = world.setting.vocabulary.conclusions[self.what]

    def result(self) -> Result:
        """The result; raises `Undecided`."""
        untold = self.world.setting.untold
        if untold is not None:
            untold.check_conclusion(self.what, self.world.setting.by_id.get(self.bearer))
        found = self._ending()
        if found is None:  # what ends it changes more often than what is concluded
            key = ("concluded", self.effect, self.what, self.bearer)
            found = self.world.as_before(key, self._concluded)
        elif isinstance(found, _Cut):
            found = self._concluded(found)
        return replace(found, world=self.world)

    def _concluded(self, cut: _Cut | None = None) -> Result:
        """What is concluded, unless all of it is ended."""
        found = self._found(cut)
        return found if isinstance(found, Result) else self._combined(found, cut)

    # --- what ends it -----------------------------------------------------------------------------
    def _ending(self) -> Result | _Cut | None:
        """That there is no legal basis, or that what was due has lapsed: by the highest rank."""
        program = self.world.setting.program
        applying = [
            (index, subject)
            for index in self.world.ending(self.what)
            for subject in self.world.subjects(program.rules[index])
            if self._concerned(subject) and self.world.applies(index, subject)
        ]
        if not applying:
            return None
        applying.sort(key=lambda one: (RANKS.index(program.rules[one[0]].rule.rank), one[0]))
        first, subject = applying[0]
        rule = program.rules[first]
        effect = rule.rule.effects[0]
        if isinstance(effect, Refuse):
            reason = (effect.reason.zh, effect.reason.en)
            refusing = dict.fromkeys(
                index
                for index, _ in applying
                if isinstance(program.rules[index].rule.effects[0], Refuse)
            )
            return Result("refused", reason=reason, rules=tuple(refusing))
        assert isinstance(effect, Lapse)
        grounds = (rule.rule.local,)
        if effect.extent == "from-day":
            day = self.world.exactly(self.world.value(rule, f"{effect.what}.day", subject))
            if day > self.world.setting.case.as_of or self.effect in TIMED:
                return _Cut(first, day, grounds)
        return Result("none", rules=(first,), grounds=grounds, lapsed=effect.extent)

    def _concerned(self, subject: EntityRecord | None) -> bool:
        """Whether a rule about a subject can be about the bearer: not if it is about another of
        the bearer's kind."""
        record = self.world.setting.by_id.get(self.bearer)
        if subject is None or record is None or record.kind != subject.kind:
            return True
        return subject.id == self.bearer

    # --- what stands ------------------------------------------------------------------------------
    def _found(self, cut: _Cut | None) -> list[tuple[int, str, Aspects]] | Result:
        """What each rule that applies concludes for the bearer; or why there is no telling."""
        world = self.world
        program = world.setting.program
        found: list[tuple[int, str, Aspects]] = []
        lacking: frozenset[str] = frozenset()
        wanting: list[int] = []
        refusal: Refusal | None = None
        doubt: Undecided | None = None
        for index in world.drawing(self.effect, self.what):
            rule = program.rules[index]
            for subject in world.subjects(rule):
                try:
                    if self._anothers(rule, subject) or not world.applies(index, subject):
                        continue
                    if self.bearer not in world.bearers(rule, subject):
                        continue
                    aspects: Aspects | None = concluded(world, rule, subject)
                    if cut is not None and aspects is not None:
                        aspects = until(aspects, day_before(cut.day))
                except Unproved as stop:
                    gap = {f"text:{'/'.join(rule.version)}:{stop.gap}"} if stop.gap else set()
                    lacking |= stop.facts | gap
                    wanting.append(index)
                except Refusal as stop:
                    refusal = stop.kept()
                except Contradiction as stop:
                    return Result("conflict", value=stop.kept(), rules=stop.rules)
                except Undecided as stop:
                    doubt = doubt or stop.kept()
                else:
                    if aspects is not None:
                        found.append((index, subject.id if subject else "case", aspects))
        if doubt:
            raise doubt
        if refusal:
            reason = (refusal.zh, refusal.en)
            return Result("refused", reason=reason, rules=(refusal.rule,))
        if lacking:
            return Result("lacking", facts=lacking, wanting=tuple(wanting))
        return found

    def _anothers(self, rule: ProgramRule, subject: EntityRecord | None) -> bool:
        """Whether what a rule concludes is another's for sure: its doubts are not the bearer's."""
        try:
            return self.bearer not in self.world.bearers(rule, subject)
        except Stopped:
            return False

    # --- combination ------------------------------------------------------------------------------
    def _combined(self, found: list[tuple[int, str, Aspects]], cut: _Cut | None) -> Result:
        """What all that was found comes to; of several entities each of which has a conclusion of
        its own, what it comes to for each, the aspects under its id."""
        about = list(dict.fromkeys(subject for _, subject, _ in found))
        if self.kind.for_each is None or len(about) < 2:
            return self._together(found, cut)
        aspects: dict[str, Any] = {}
        results: list[Result] = []
        for one in about:
            result = self._together([each for each in found if each[1] == one], cut)
            if result.status != "stands":
                return result
            results.append(result)
            told = result.aspects or ((STANDS, True),)
            aspects.update((f"{aspect}[{one}]", value) for aspect, value in told)
        rules = tuple(dict.fromkeys(rule for result in results for rule in result.rules))
        return replace(results[0], aspects=tuple(aspects.items()), rules=rules)

    def _together(self, found: list[tuple[int, str, Aspects]], cut: _Cut | None) -> Result:
        program = self.world.setting.program
        rules = tuple(dict.fromkeys(index for index, _, _ in found))
        added = [one for one in found if _adds_to(program.rules[one[0]])]
        whole = [one for one in found if one not in added]
        if not found:
            return self._nothing(cut)
        match self.kind.combination:
            case "collect":
                aspects: Aspects | None = self._collected(whole)
            case "sum":
                unread = self._unread()
                if unread is not None:
                    return Result("lacking", facts=frozenset({unread}))
                blank = [one for one in found if ADDED.isdisjoint(one[2])]
                if blank:  # how much a part adds was not read
                    texts = frozenset(_text_of(program.rules[index]) for index, _, _ in blank)
                    return Result("lacking", facts=texts)
                aspects, added = self._summed([*whole, *added]), []
                if _of_several_times(whole):
                    aspects = None
            case "heaviest":
                aspects = self._heaviest([one for _, _, one in whole])
            case _:
                aspects = self._agreed([one for _, _, one in whole])
        if aspects is None:
            values = [dict(one) for _, _, one in whole]
            return Result("conflict", value=values, rules=rules)
        if added:
            aspects = self._summed([*([(0, "", aspects)] if whole else []), *added])
        grounds = cut.grounds if cut is not None else ()
        rules = (*rules, cut.rule) if cut is not None else rules
        return Result(
            "stands",
            aspects=tuple(aspects.items()),
            rules=rules,
            grounds=grounds,
            lapsed="from-day" if cut is not None else None,
        )

    def _agreed(self, found: list[Aspects]) -> Aspects | None:
        """What all say; None if two say different things."""
        first = found[0] if found else {}
        for other in found[1:]:
            if first.keys() != other.keys():
                return None
            if any(not self.world.same(first[name], other[name]) for name in first):
                return None
        return first

    def _collected(self, found: list[tuple[int, str, Aspects]]) -> Aspects:
        """Everything, each aspect under the rule that gives it where there are several."""
        if len(found) == 1:
            return found[0][2]
        rules = self.world.setting.program.rules
        return {
            f"{aspect}[{rules[index].rule.local}@{subject}]": value
            for index, subject, aspects in found
            for aspect, value in (aspects or {STANDS: True}).items()
        }

    def _summed(self, found: list[tuple[int, str, Aspects]]) -> Aspects:
        """Amounts and periods added; of the rest what all say alike. What lasts longer by the parts
        from the same first day ends later: one part runs after the other, that of the highest law
        first."""
        total: dict[str, Any] = dict(found[0][2])
        for _, _, aspects in found[1:]:
            for name in list(total):
                if name in ADDED:
                    total[name] = total[name] + aspects[name] if name in aspects else total[name]
                elif total[name] != aspects.get(name):
                    del total[name]
        alike = {aspects.get("days") for _, _, aspects in found} == {None}
        if len(found) > 1 and alike and {"start", "duration"} <= total.keys():
            total["end"] = end_of_all(self.world, total["start"], found)
        return total

    def _unread(self) -> str | None:
        """The name of a text that may add a part to a sum: what is left open is not filled."""
        for subject in self.world.setting.about:
            kind = f"{self.effect} {self.what}"
            if kind in opened(self.world, self.effect, subject):
                name = self.world.gap(kind, subject)
                if name is not None and self.world.supposes(name):
                    return name
        return None

    def _heaviest(self, found: list[Aspects]) -> Aspects:
        """The heaviest: the greatest by the aspect that is compared, then by the others."""
        best = found[0]
        for other in found[1:]:
            one, two = next(iter(best.values())), next(iter(other.values()))
            if type(one) in OPEN or type(two) in OPEN:
                more = self.world.decide(">", two, one)
            else:
                more = heavier(other, best) is TRUE
            best = other if more else best
        return best

    def _nothing(self, cut: _Cut | None) -> Result:
        """Nothing is concluded: an answer only where the list is complete, or nothing was open."""
        world = self.world
        if cut is not None:
            return Result("none", rules=(cut.rule,), grounds=cut.grounds, lapsed="from-day")
        kind = f"{self.effect} {self.what}"
        for subject in world.setting.about:
            if kind in opened(world, self.effect, subject):
                name = world.gap(kind, subject)
                if name:
                    return Result("lacking", facts=frozenset({name}))
        standing = {
            world.setting.program.rules[i].rule.local
            for subject in world.setting.about
            for i, _ in grounds(world, subject)[0]
        }
        return Result("none", grounds=tuple(sorted(standing)))


@dataclass(frozen=True, slots=True)
class _Cut:
    """That a conclusion ends before a day, by a rule."""

    rule: int
    day: date
    grounds: tuple[str, ...]


def _of_several_times(found: list[tuple[int, str, Aspects]]) -> bool:
    """Whether lengths of time begin on different days: they are several things, and no sum."""
    starts = {one.get("start") for _, _, one in found if "duration" in one and "start" in one}
    return len(starts) > 1


def _text_of(rule: ProgramRule) -> str:
    """The name of a rule as a text that was not read."""
    return f"text:{'/'.join(rule.version)}/{rule.rule.local}"


def _adds_to(rule: ProgramRule) -> bool:
    effect = rule.rule.effects[0]
    return isinstance(effect, Charge) and effect.adds_to is not None
