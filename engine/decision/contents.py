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
from engine.inference.program import Chosen, Program, VersionKey
from engine.inference.rule_parts import waits_for_text

Slot: TypeAlias = tuple[Any, ...]
"""`("name", key)`; `("rule", …)`, by what it is called in all laws (`Contents.named`); else the way
to ask of a world, as in `engine.decision.world`, with what it is given."""


_Said: TypeAlias = tuple[int, Chosen | None]
"""A number, the same in every program that says the same; of a rule, the rule."""


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
        self._known: dict[Slot, _Said] = setting.program.told.setdefault("said", {})
        self._entities: Mapping[str | None, EntityRecord] = {
            one.id: one for of in setting.entities.values() for one in of
        }
        """All of whom the law may say something, also those that are only supposed; of others it
        says what it says of the case."""
        self._own: dict[Slot, int] = {}
        self._for: dict[tuple[VersionKey, str, str | None], frozenset[str]] = {}
        self._says = 0
        self.says_not = 0
        """The bits of what other laws say, and this one surely not."""

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
        if open_ & self.says_not:
            return False
        while open_:
            bit = open_ & -open_
            if self.bit(self._shared.slots[bit.bit_length() - 1]) != bit:
                self.says_not |= bit
                return False
            open_ ^= bit
        return True

    # --- what is said in a slot -------------------------------------------------------------------
    def _content(self, sort: str, *of: Any) -> Any:
        """What the program says there (a number), and to whom it is said."""
        setting = self._setting
        match sort, of:
            case "declared", (effect, name):
                return setting.declared(effect, self._entities.get(name))
            case "gap", (kind, name):
                return setting.gap(kind, self._entities.get(name))
            case "name", (key,) if ways := setting.program.terms.get(key):
                everybody = (None, *self._entities.values())
                whom = tuple(self._subjects(one, "define", everybody) for one, _ in ways)
                return self._said((sort, key)), whom
        said, rule = self._said((sort, *of))
        return said if rule is None else (said, self._whom(rule))

    def _said(self, slot: Slot) -> _Said:
        """What the program of this law says in a slot."""
        found = self._known.get(slot)
        if found is None:
            rule = self._chosen(slot) if slot[0] == "rule" else None
            said = self._of_rule(rule) if rule else self._of_program(*slot)
            number = self._setting.program.parts.numbers.of(said)
            found = self._known[slot] = number, rule
        return found

    def _of_rule(self, rule: Chosen) -> Any:
        """What takes its place, and the text that it waits for: all else is the same of a rule in
        every law."""
        text = (rule.version, rule.rule.local) if waits_for_text(rule.rule) else None
        return self._rules(rule.overridden_by), text

    def _of_program(self, sort: str, *of: Any) -> Any:
        setting, program = self._setting, self._setting.program
        match sort, of:
            case "rule", _:
                return None  # there is none
            case "name", (key,):
                ways = tuple(way for _, way in program.terms.get(key, ()))
                return self._rules(program.definers.get(key, ())), ways, program.asks.get(key, ())
            case "having", (effect,):
                places = setting.having(effect)  # one takes only its version's away
                return self._rules(places), tuple(program.chosen[place].version for place in places)
            case "drawing", (effect, what):
                return self._rules(setting.drawing(effect, what))
            case "ending", (what,):
                return self._rules(setting.ending(what))
            case "opening", (effect,):
                return tuple((self.named[place], kind) for place, kind in setting.opening(effect))
        raise LookupError(sort)

    def _rules(self, places: Iterable[int]) -> tuple[Slot, ...]:
        return tuple(self.named[place] for place in places)

    def _chosen(self, slot: Slot) -> Chosen | None:
        """The rule that a slot stands for, if there is one in this law."""
        program = self._setting.program
        places = (place for place in program.named(slot[1]) if self.named[place] == slot)
        return next((program.chosen[place] for place in places), None)

    def _whom(self, rule: Chosen) -> frozenset[str]:
        """Whom a rule is for."""
        key = rule.version, rule.effect, kind_of(rule.rule)
        if key not in self._for:
            of_kind = self._setting.of_kind(key[2])
            self._for[key] = self._subjects(rule.version, rule.effect, of_kind)
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
