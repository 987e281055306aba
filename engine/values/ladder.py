"""Ladders: named steps from the lightest to the heaviest, such as the measures of discipline.

>>> discipline = Ladder("discipline", ("warning", "demerit", "removal"))
>>> warning = discipline.step("warning")
>>> warning < warning.up(1)
True
>>> heaviest([warning, discipline.step("removal")]).name
'removal'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

LadderErrorCode: TypeAlias = Literal["no-such-step", "beyond-the-ladder"]


class LadderError(ValueError):
    """A step that a ladder does not have."""

    def __init__(self, code: LadderErrorCode, zh: str, en: str) -> None:
        self.code: LadderErrorCode = code
        self.zh, self.en = zh, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Ladder:
    """A name and the steps, lightest first, each name once."""

    name: str
    steps: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.steps or len(set(self.steps)) != len(self.steps):
            raise ValueError(f"the ladder {self.name} needs one or more steps, each once")

    def step(self, name: str) -> Step:
        """The step of that name; `LadderError` `no-such-step` if there is none."""
        if name not in self.steps:
            known = ", ".join(self.steps)
            raise LadderError(
                "no-such-step",
                f"{self.name} 没有“{name}”这一档：可用 {known}",
                f"the ladder {self.name} has no step {name!r}: it has {known}",
            )
        return Step(self, self.steps.index(name))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder, counted from 0, the lightest. Orders with steps of the same ladder."""

    ladder: Ladder
    index: int

    def __post_init__(self) -> None:
        if not 0 <= self.index < len(self.ladder.steps):
            last = len(self.ladder.steps) - 1
            raise LadderError(
                "beyond-the-ladder",
                f"{self.ladder.name} 的档次为 0 至 {last}，没有 {self.index}",
                f"the steps of the ladder {self.ladder.name} are 0 to {last}, not {self.index}",
            )

    @property
    def name(self) -> str:
        """The step's own name."""
        return self.ladder.steps[self.index]

    def up(self, n: int = 1, *, clamp: bool = False) -> Step:
        """The step `n` heavier. Past the end: `LadderError`, or with `clamp` the heaviest."""
        if n < 0:
            raise ValueError(f"up goes 0 or more steps, not {n}: use down")
        last = len(self.ladder.steps) - 1
        return Step(self.ladder, min(self.index + n, last) if clamp else self.index + n)

    def down(self, n: int = 1, *, clamp: bool = False) -> Step:
        """The step `n` lighter. Past the end: `LadderError`, or with `clamp` the lightest."""
        if n < 0:
            raise ValueError(f"down goes 0 or more steps, not {n}: use up")
        return Step(self.ladder, max(self.index - n, 0) if clamp else self.index - n)

    def __lt__(self, other: Step) -> bool:
        return self.index < self._same_ladder(other).index

    def __le__(self, other: Step) -> bool:
        return self.index <= self._same_ladder(other).index

    def __gt__(self, other: Step) -> bool:
        return self.index > self._same_ladder(other).index

    def __ge__(self, other: Step) -> bool:
        return self.index >= self._same_ladder(other).index

    def _same_ladder(self, other: Step) -> Step:
        if not isinstance(other, Step) or other.ladder != self.ladder:
            raise TypeError(f"a step of {self.ladder.name} compares only with steps of it")
        return other


def heaviest(steps: Iterable[Step]) -> Step:
    """The heaviest of one or more steps of one ladder; ValueError over nothing, like `max`."""
    return max(steps)


def moved(step: Step, by: int) -> Step:
    """The step so many steps heavier, or lighter if negative; never past an end of the ladder.

    >>> discipline = Ladder("discipline", ("warning", "demerit", "removal"))
    >>> moved(discipline.step("demerit"), -2).name, moved(discipline.step("demerit"), 1).name
    ('warning', 'removal')
    """
    return step.up(by, clamp=True) if by >= 0 else step.down(-by, clamp=True)
