"""What one law says, a slot at a time: so that a value found under another law can be taken again.

    contents = Contents(setting, Shared())
    contents.bit(("name", "act.law_day"))        # 1 << 7: what this law says of the name
    contents.agrees(consulted)                   # whether another law's bits are this one's too

From one day to the next the law that governs a case changes in one text of a dozen. What was found
under the one is so under the other if it says the same in all that was consulted. A slot is what is
consulted at once: the rules that define a name, that draw a conclusion, that make grounds stand;
one rule. What a law says in a slot has a bit, the same for all laws that say it. So what a value
consulted is one number, and to compare it with a law takes one step. Two laws can only differ where
the texts have a part of which they take other versions (`engine.decision.changing.differing`); all
else is looked up in the one that was met before, so that the program of the other need not be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.decision.case.model import EntityRecord
from engine.decision.changing.differing import Differing, Slot
from engine.decision.worlds.setting import Setting
from engine.inference.chapters import kind_of
from engine.inference.lazily import Made
from engine.inference.program import Chosen, Program, VersionKey
from engine.inference.rule_parts import waits_for_text
from engine.language.ruleset import Rule

_Said: TypeAlias = tuple[int, Chosen | None]
"""A number, the same in every program that says the same; of a rule, the rule."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the laws of one case share: the place of each bit, and the slot that it stands for."""

    places: dict[tuple[Slot, Any], int] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    rules: dict[Slot, Rule] = field(default_factory=dict)
    """The rule that a slot stands for, where any law has one there."""


class Contents:
    """The contents of a law, each looked up when it is first asked for; its setting is made when
    that is needed. `like`: another law of the case, and in what this one differs from it."""

    def __init__(
        self,
        make: Callable[[], Setting],
        shared: Shared,
        like: tuple[Contents, Differing] | None = None,
    ) -> None:
        self._make = make
        self._shared = shared
        self._like = like
        self._made: Setting | None = None
        self._own: dict[Slot, int] = {}
        self._for: dict[tuple[VersionKey, str, str | None], frozenset[str]] = {}
        self._says = 0
        self.says_not = 0
        """The bits of what other laws say, and this one surely not."""

    @property
    def setting(self) -> Setting:
        """The case under this law."""
        if self._made is None:
            self._made = self._make()
        return self._made

    @property
    def named(self) -> Sequence[Slot]:
        """The slot of each rule, at its place in the program."""
        return _named(self.setting.program)

    def bit(self, slot: Slot) -> int:
        """The bit of what this law says in a slot."""
        found = self._own.get(slot)
        if found is None:
            like = self._like
            if like is not None and not like[1].touches(slot, self._shared.rules.get(slot)):
                found = like[0].bit(slot)
            else:
                found = self._bit_of(slot, self._content(*slot))
            self._own[slot] = found
            self._says |= found
        return found

    def _bit_of(self, slot: Slot, content: Any) -> int:
        places, slots = self._shared.places, self._shared.slots
        place = places.setdefault((slot, content), len(slots))
        if place == len(slots):
            slots.append(slot)
        return 1 << place

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
        setting = self.setting
        match sort, of:
            case "declared", (effect, name):
                return setting.declared(effect, self._entity(name))
            case "gap", (kind, name):
                return setting.gap(kind, self._entity(name))
            case "name", (key,) if ways := setting.program.terms.get(key):
                everybody = (None, *self._everybody())
                whom = tuple(self._subjects(one, "define", everybody) for one, _ in ways)
                return self._said((sort, key)), whom
        said, chosen = self._said((sort, *of))
        if chosen is None:
            return said
        self._shared.rules[sort, *of] = chosen.rule
        return said, self._whom(chosen)

    def _entity(self, name: str | None) -> EntityRecord | None:
        """Whom a law may say something of, also one that is only supposed; of others it says what
        it says of the case."""
        return next((one for one in self._everybody() if one.id == name), None)

    def _everybody(self) -> Iterator[EntityRecord]:
        return (one for of_kind in self.setting.entities.values() for one in of_kind)

    def _said(self, slot: Slot) -> _Said:
        """What the program of this law says in a slot."""
        program = self.setting.program
        known: dict[Slot, _Said] = program.told.setdefault("said", {})
        found = known.get(slot)
        if found is None:
            rule = self._chosen(slot) if slot[0] == "rule" else None
            said = self._of_rule(rule) if rule else self._of_program(*slot)
            found = known[slot] = program.parts.numbers.of(said), rule
        return found

    def _of_rule(self, rule: Chosen) -> Any:
        """What takes its place, and the text that it waits for: all else is the same of a rule in
        every law."""
        text = (rule.version, rule.rule.local) if waits_for_text(rule.rule) else None
        return self._rules(rule.overridden_by), text

    def _of_program(self, sort: str, *of: Any) -> Any:
        setting, program = self.setting, self.setting.program
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
                opening = setting.opening(effect)
                kinds = tuple(kind for _, kind in opening)
                return self._rules(place for place, _ in opening), kinds
        raise LookupError(sort)

    def _rules(self, places: Iterable[int]) -> tuple[Slot, ...]:
        """The rules at these places, whatever they are called before their choices: who asks
        further consults each."""
        named = self.named
        return tuple(named[place][1:3] for place in places)

    def _chosen(self, slot: Slot) -> Chosen | None:
        """The rule that a slot stands for, if there is one in this law."""
        program, named = self.setting.program, self.named
        places = (place for place in program.by_name.get(slot[1], ()) if named[place] == slot)
        return next((program.chosen[place] for place in places), None)

    def _whom(self, rule: Chosen) -> frozenset[str]:
        """Whom a rule is for."""
        key = rule.version, rule.effect, kind_of(rule.rule)
        if key not in self._for:
            of_kind = self.setting.of_kind(key[2])
            self._for[key] = self._subjects(rule.version, rule.effect, of_kind)
        return self._for[key]

    def _subjects(
        self, version: VersionKey, effect: str, among: Iterable[EntityRecord | None]
    ) -> frozenset[str]:
        """Those to whom rules of a version apply; the case without a name."""
        governs = self.setting.governs
        return frozenset(one.id if one else "" for one in among if governs(version, effect, one))


def _named(program: Program) -> Sequence[Slot]:
    """The slot of each rule of a program. A rule has one name in all versions of its text that keep
    its wording; where several of them govern, each is another."""

    found: Sequence[Slot] | None = program.told.get("contents")
    if found is not None:
        return found

    def named(place: int) -> Slot:
        one = program.chosen[place]
        alone = len(program.by_name[one.rule.name]) == 1
        return "rule", one.rule.name, None if alone else one.version, one.called

    found = program.told["contents"] = Made(len(program.rules), named)
    return found
