"""Values with their reasons, computed in frames: one run of a world, and what runs keep.

A plain frame notes on what rests whatever it reads. A lean frame is computed without what rests on
something, then with it as far as nothing else decides, then again without each that it can spare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.decision.changing.contents import Contents
from engine.decision.changing.reasons import Frame, Kept, KeptShelf, Reason, join
from engine.decision.worlds.goal_directed import GoalDirectedWorld
from engine.decision.worlds.setting import Setting
from engine.decision.worlds.supposing import Positions
from engine.inference.undecided import Stopped, Undecided
from engine.values.open_number import Open

Store = dict[Any, KeptShelf]
"""What was computed, by what it is: under any law that agrees with what was consulted."""


@dataclass(slots=True)
class Run:
    """One run: where the facts stand, the completion of what is unknown in truth, the frames."""

    positions: Positions
    unproved: Mapping[str, tuple[str, ...]]
    """The facts that papers may yet prove."""
    completion: Mapping[str, Any]
    frames: list[Frame] = field(default_factory=lambda: [Frame(lean=False)])

    def kept(self, key: Any, store: Store, contents: Contents) -> Kept | None:
        """What an earlier run came to, if that holds in this one under a law."""
        shelf = store.get(key)
        if shelf is None:
            return None
        return shelf.holding_under(self.positions, self.completion, contents)


class Assigned(Mapping[str, Any]):
    """What a world takes of each point: of open facts where they stand."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def get(self, name: str, default: Any = None) -> Any:
        """The option taken. Amounts and days stay open: comparisons settle them."""
        run = self._run
        fact, mark, _ = name.partition("?")
        if mark and run.positions.has(fact):
            return True  # what may change is established
        if run.positions.has(name):
            value = run.positions[name]
            if run.positions.is_range(name):
                return default
            run.frames[-1].rests_on(name, {name: value})
            return value
        taken = run.completion.get(name)
        run.frames[-1].completion[name] = taken
        return default if taken is None else taken

    def __contains__(self, name: object) -> bool:
        return self.get(str(name)) is not None

    def __getitem__(self, name: str) -> Any:
        return self.get(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._run.completion)

    def __len__(self) -> int:
        return len(self._run.completion)


class FramedWorld(GoalDirectedWorld):
    """A world of one run under one law; `store`: what earlier runs computed."""

    __slots__ = ("_met", "_store", "contents", "named", "run")

    def __init__(self, setting: Setting, run: Run, store: Store, contents: Contents) -> None:
        super().__init__(setting, Assigned(run))
        self.run = run
        self.contents = contents
        self.named = contents.named
        self._store = store
        self._met: dict[Any, Kept] = {}

    def as_before(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """A value as an earlier run came to it, if that still holds."""
        return self._framed(key, compute)

    def _framed(self, key: Any, compute: Callable[[], Any], *, lean: bool = False) -> Any:
        """A value in a frame of its own: as it was kept, or computed and kept."""
        kept = self._met.get(key)
        if kept is None:
            kept = self._met[key] = self._kept(key) or self._computed(key, compute, lean)
        return self.run.frames[-1].takes(key, kept)

    def _kept(self, key: Any) -> Kept | None:
        return self.run.kept(key, self._store, self.contents)

    def consult(self, *slot: Any) -> None:
        """Notes that what is computed consults a slot of the law."""
        self.run.frames[-1].consulted |= self.contents.bit(slot)

    def _computed(self, key: Any, compute: Callable[[], Any], lean: bool) -> Kept:
        kept = self._lean(compute) if lean else self._plain(compute)
        self._keep(key, kept)
        return kept

    def _keep(self, key: Any, kept: Kept) -> None:
        shelf = self._store.get(key)
        if shelf is None:
            shelf = self._store[key] = KeptShelf()
        shelf.add(kept, self.run.positions)

    def _plain(self, compute: Callable[[], Any]) -> Kept:
        frame = Frame(lean=False)
        value, stop = self._in(frame, compute)
        return Kept(value, stop, frame.reason, frame.completion, frame.consulted)

    def _lean(self, compute: Callable[[], Any]) -> Kept:
        """Gives what is asked for only as far as nothing else decides; then takes away again what
        was not needed."""
        frame = Frame(lean=True)
        while True:
            frame.raised = {}
            value, stop = self._in(frame, compute)
            if not frame.raised or not isinstance(stop, Undecided):
                break
            key = next(iter(frame.raised))
            frame.pins[key] = frame.raised[key]
        if len(frame.pins) > 1:
            for key in sorted(frame.pins, key=lambda one: -len(frame.pins[one])):
                pin = frame.pins.pop(key)
                frame.raised = {}
                again, stopped = self._in(frame, compute)
                if type(stopped) is not type(stop) or (stop is None and again != value):
                    frame.pins[key] = pin
        reason: Reason = {}
        for pin in frame.pins.values():
            join(reason, pin)
        return Kept(value, stop, reason, frame.completion, frame.consulted)

    def _in(self, frame: Frame, compute: Callable[[], Any]) -> tuple[Any, Stopped | None]:
        self.run.frames.append(frame)
        try:
            return compute(), None
        except Stopped as stop:
            return None, stop.kept()
        finally:
            self.run.frames.pop()

    def _note(self, kept: Kept) -> None:
        frame = self.run.frames[-1]
        join(frame.reason, kept.reason)
        frame.completion.update(kept.completion)
        frame.consulted |= kept.consulted


def signature(value: Any) -> Any:
    """What an open value is called among what a frame was given."""
    match value:
        case Open():
            return value.form
    return str(value)
