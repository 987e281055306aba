"""The constructors written into the compiled copy are those that `dataclass` would write."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from bench.compile import with_constructors, with_open_operators

EXAMPLE = '''
from dataclasses import dataclass, field


@dataclass(slots=True)
class Paper:
    """A paper."""

    id: str
    pages: int = 1
    """How many."""
    seen: dict[str, int] = field(default_factory=dict)
    cited: set[str] = field(default_factory=lambda: {"first"}, init=False)

    def is_long(self) -> bool:
        return self.pages > 10


@dataclass
class Checked:
    id: str
    length: int = field(init=False)

    def __post_init__(self) -> None:
        self.id = self.id.strip()
        self.length = len(self.id)
'''


def class_of(source: str, name: str = "Paper") -> Any:
    names: dict[str, Any] = {"__name__": __name__}
    exec(source, names)
    return names[name]


@pytest.mark.parametrize(
    "given", [{"id": "a"}, {"id": "a", "pages": 12}, {"id": "a", "seen": {"x": 1}}]
)
def test_a_written_constructor_sets_what_the_one_of_dataclass_does(given: dict[str, Any]) -> None:
    before, after = class_of(EXAMPLE), class_of(with_constructors(EXAMPLE))
    assert repr(before(**given)) == repr(after(**given))
    assert before(**given).is_long() == after(**given).is_long()


def test_a_written_constructor_takes_what_the_one_of_dataclass_does() -> None:
    before, after = class_of(EXAMPLE), class_of(with_constructors(EXAMPLE))
    assert [*inspect.signature(before).parameters] == [*inspect.signature(after).parameters]
    assert after("a").seen is not after("a").seen
    with pytest.raises(TypeError, match="cited"):
        after("a", cited={"b"})


def test_a_class_that_checks_itself_once_made_still_does() -> None:
    for source in (EXAMPLE, with_constructors(EXAMPLE)):
        checked = class_of(source, "Checked")(" a ")
        assert (checked.id, checked.length) == ("a", 1)


LENGTH = """
from __future__ import annotations


class Length:
    def __init__(self, metres: int) -> None:
        self.metres = metres

    def __add__(self, other: Length) -> Length:
        if type(other) is not Length:
            return NotImplemented
        return Length(self.metres + other.metres)

    def twice(self) -> Length:
        return self + self
"""


def test_only_an_operator_that_may_decline_returns_anything() -> None:
    source = with_open_operators(LENGTH)
    assert "def __add__(self, other: Length) -> Any:" in source
    assert "def twice(self) -> Length:" in source
    assert class_of(source, "Length")(3).twice().metres == 6
    assert with_open_operators(EXAMPLE) == EXAMPLE
