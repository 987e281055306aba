"""Ladders: ordered steps with two ends."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.values import Ladder, LadderError, Step, heaviest

MEASURES = Ladder("measures", ("reminder", "warning", "demotion", "removal"))
COLOURS = Ladder("colours", ("yellow", "red"))


def test_steps_are_ordered_as_the_ladder_lists_them() -> None:
    steps = [MEASURES.step(name) for name in MEASURES.steps]
    assert sorted(reversed(steps)) == steps
    assert [step.name for step in steps] == list(MEASURES.steps)
    assert steps[0] <= steps[0] < steps[1] <= steps[2] and steps[3] > steps[2] >= steps[2]


def test_a_step_goes_up_and_down() -> None:
    warning = MEASURES.step("warning")
    assert warning.up().name == "demotion"
    assert warning.up(2).name == "removal"
    assert warning.down().name == "reminder"
    assert warning.up(0) == warning


def test_past_the_end_is_an_error_unless_clamped() -> None:
    warning = MEASURES.step("warning")
    steps: list[Callable[[], Step]] = [
        lambda: warning.up(3),
        lambda: warning.down(2),
        lambda: Step(MEASURES, -1),
    ]
    for beyond in steps:
        with pytest.raises(LadderError) as caught:
            beyond()
        assert caught.value.code == "beyond-the-ladder"
    assert warning.up(3, clamp=True).name == "removal"
    assert warning.down(2, clamp=True).name == "reminder"


def test_up_is_not_used_to_go_down() -> None:
    with pytest.raises(ValueError, match="use down"):
        MEASURES.step("warning").up(-1)
    with pytest.raises(ValueError, match="use up"):
        MEASURES.step("warning").down(-1)


def test_a_step_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(LadderError, match="yellow, red") as caught:
        COLOURS.step("green")
    assert caught.value.code == "no-such-step"
    assert "green" in caught.value.zh


@pytest.mark.parametrize("other", [COLOURS.step("red"), 1, "warning"])
def test_steps_of_different_ladders_do_not_compare(other: Any) -> None:
    for compare in (Step.__lt__, Step.__le__, Step.__gt__, Step.__ge__):
        with pytest.raises(TypeError, match="measures"):
            compare(MEASURES.step("warning"), other)


def test_the_heaviest_is_the_last_on_the_ladder() -> None:
    warning, removal = MEASURES.step("warning"), MEASURES.step("removal")
    assert heaviest([warning, removal, warning]) == removal
    with pytest.raises(ValueError):
        heaviest([])


@pytest.mark.parametrize("steps", [(), ("warning", "warning")])
def test_a_ladder_has_steps_and_each_once(steps: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="each once"):
        Ladder("measures", steps)
