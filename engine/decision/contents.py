"""What one law says, a slot at a time: so that a value found under another law can be taken again.

    contents = Contents(setting, Shared())
    contents.bit(("name", "act.law_day"))        # 1 << 7: what this law says of the name
    contents.agrees(consulted)                   # whether another law's bits are this one's too

From one day to the next the law that governs a case changes in one text of a dozen. What was found
under the one is so under the other if it says the same in all that was consulted. A slot is what is
consulted at once: the rules that define a name, that draw a conclusion, that make grounds stand;
one rule. What a law says in a slot has a bit, the same for all laws that say it. So what a value
consulted is one number, and to compare it with a law takes one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.decision.case_model import EntityRecord
from engine.decision.setting import Setting
from engine.inference.chapters import kind_of
from engine.inference.lazily import Made
from engine.inference.program import Program, VersionKey
from engine.inference.rule_parts import waits_for_text

Slot: TypeAlias = tuple[Any, ...]
"""`("name", key)`; `("rule", …)`, by what it is called in all laws (`Contents.named`); else the way
to ask of a world, as in `engine.decision.world`, with what it is given."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the laws of one case share: the place of each bit, and the slot that it stands for."""

    places: dict[tuple[Slot, Any], int] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)


class Contents:
    """The contents of a law, each looked up when it is first asked for."""

    def __init__(self, setting: Setting, shared: Shared) -> None:
        self._setting = setting
        self._shared = shared
        self.named = _named(setting.program)
        """The slot of each rule, at its place in the program."""
        self._numbers: dict[Slot, int] = setting.program.told.setdefault("said", {})
        self._entities: Mapping[str | None, EntityRecord] = {
            one.id: one for of in setting.entities.values() for one in of
        }
        """All of whom the law may say something, also those that are only supposed; of others it
        says what it says of the case."""
        self._own: dict[Slot, int] = {}
        self._for: dict[tuple[VersionKey, str, str | None], frozenset[str]] = {}
        self._says = 0
        self._says_not = 0

    def bit(self, slot: Slot) -> int:
        """The bit of what this law says in a slot."""
        found = self._own.get(slot)
        if found is None:
            places, slots = self._shared.places, self._shared.slots
            place = places.setdefault((slot, self._content(*slot)), len(slots))
            if place == len(slots):
                slots.append(slot)
            found = self._own[slot] = 1 << place
            self._says |= found
        return found

    def agrees(self, consulted: int) -> bool:
        """Whether this law says the same as that under which something was consulted."""
        open_ = consulted & ~self._says
        if open_ & self._says_not:
            return False
        while open_:
            bit = open_ & -open_
            if self.bit(self._shared.slots[bit.bit_length() - 1]) != bit:
                self._says_not |= bit
                return False
            open_ ^= bit
        return True

    # --- what is said in a slot -------------------------------------------------------------------
    def _content(self, sort: str, *of: Any) -> Any:
        """What the program says there (a number), and to whom it is said."""
        setting = self._setting
        match sort, of:
            case "rule", _:
                place = self._place((sort, *of))
                return None if place is None else (self._said((sort, *of)), self._rule(place))
            case "name", (key,) if ways := setting.program.terms.get(key):
                everybody = (None, *self._entities.values())
                whom = tuple(self._subjects(one, "define", everybody) for one, _ in ways)
                return self._said((sort, key)), whom
            case "declared", (effect, name):
                return setting.declared(effect, self._entities.get(name))
            case "gap", (kind, name):
                return setting.gap(kind, self._entities.get(name))
        return self._said((sort, *of))

    def _said(self, slot: Slot) -> int:
        """The number of what the program of this law says in a slot, the same in every program that
        says it."""
        found = self._numbers.get(slot)
        if found is None:
            numbers = self._setting.program.parts.numbers
            found = self._numbers[slot] = numbers.of(self._said_by_program(*slot))
        return found

    def _said_by_program(self, sort: str, *of: Any) -> Any:
        program = self._setting.program
        match sort, of:
            case "rule", _:
                place = self._place((sort, *of))
                assert place is not None
                one = program.chosen[place]
                text = (one.version, one.rule.local) if waits_for_text(one.rule) else None
                return self._rules(one.overridden_by), text
            case "name", (key,):
                ways = tuple(way for _, way in program.terms.get(key, ()))
                return self._rules(program.definers.get(key, ())), ways, program.asks.get(key, ())
            case "having", (effect,):
                places = self._setting.having(effect)  # one takes only its version's away
                return self._rules(places), tuple(program.chosen[place].version for place in places)
            case "drawing", (effect, what):
                return self._rules(self._setting.drawing(effect, what))
            case "ending", (what,):
                return self._rules(self._setting.ending(what))
            case "opening", (effect,):
                opening = self._setting.opening(effect)
                return tuple((self.named[place], kind) for place, kind in opening)
        raise LookupError(sort)

    def _rules(self, places: Iterable[int]) -> tuple[Slot, ...]:
        return tuple(self.named[place] for place in places)

    def _place(self, slot: Slot) -> int | None:
        """The place of the rule that a slot stands for."""
        called = self._setting.program.named(slot[1])
        return next((place for place in called if self.named[place] == slot), None)

    def _rule(self, place: int) -> frozenset[str]:
        """Whom a rule is for."""
        one = self._setting.program.chosen[place]
        key = one.version, one.effect, kind_of(one.rule)
        if key not in self._for:
            of_kind = self._setting.of_kind(key[2])
            self._for[key] = self._subjects(one.version, one.effect, of_kind)
        return self._for[key]

    def _subjects(
        self, version: VersionKey, effect: str, among: Iterable[EntityRecord | None]
    ) -> frozenset[str]:
        """Those to whom rules of a version apply; the case without a name."""
        governs = self._setting.governs
        return frozenset(one.id if one else "" for one in among if governs(version, effect, one))


def _named(program: Program) -> Sequence[Slot]:
    """The slot of each rule of a program. A rule has one name in all versions of its text that keep
    its wording; where several of them govern, each is another."""

    def named(place: int) -> Slot:
        one = program.chosen[place]
        alone = len(program.named(one.rule.name)) == 1
        return "rule", one.rule.name, one.called, None if alone else one.version

    found: Sequence[Slot] = program.told.setdefault("contents", Made(len(program.rules), named))
    return found
