"""Items are made once, when they are asked for; mappings are joined key by key."""

from __future__ import annotations

import operator

import pytest

from engine.inference.lazily import Joined, Made


def test_an_item_is_made_when_it_is_asked_for_and_once() -> None:
    made: list[int] = []

    def make(at: int) -> str:
        made.append(at)
        return "abc"[at]

    items = Made(3, make)
    assert len(items) == 3 and made == []
    assert items[1] == items[1] == items[-2] == "b" and made == [1]
    assert list(items) == ["a", "b", "c"] and items[1:] == ["b", "c"] and sorted(made) == [0, 1, 2]
    with pytest.raises(IndexError):
        items[3]


def test_what_several_mappings_have_is_joined_in_their_order() -> None:
    one: dict[str, tuple[int, ...]] = {"a": (0, 1), "b": (0,)}
    other: dict[str, tuple[int, ...]] = {"c": (1,), "a": (0,)}
    joined = Joined([(0, one), (2, other)], operator.add)
    assert joined["a"] == (0, 1, 2) and joined.get("c") == (3,)
    assert list(joined) == ["a", "b", "c"] and len(joined) == 3 and "b" in joined
    assert "d" not in joined and joined.get("d", ()) == ()
    with pytest.raises(KeyError):
        joined["d"]
